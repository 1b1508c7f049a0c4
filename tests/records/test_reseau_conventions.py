"""Conventions with a CPAS: drafted, signed one by one, in force from the last signature, reported on, ended."""

import datetime as dt

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.actions import conventions, rapports
from clefdevoute.records.reseau.etats import Etat, etat, remind_on
from clefdevoute.records.reseau.models import RapportCpas, Signature
from tests.records import factories_reseau as made
from tests.records.factories import AbsenceFactory, EngagementFactory, StatutEngagementFactory, actor

pytestmark = pytest.mark.django_db
D = dt.date
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def cpas():
    return made.PartenaireFactory(cpas=True)


@pytest.fixture
def by(cpas):
    return actor(Role.ACCOMPAGNATEUR, cpas.entreprise)


@pytest.fixture
def worker(cpas):
    return EngagementFactory(
        entreprise=cpas.entreprise, travailleur__entreprise=cpas.entreprise, article60=True, starts_on=D(2026, 1, 5)
    ).travailleur


def draft(cpas, by, **more):
    values = {"starts_on": D(2026, 1, 1), "ends_on": D(2026, 12, 31), "sections": ["presence", "poste"]}
    return conventions.rediger_convention(cpas=cpas, by=by, now=NOW, **(values | more))


def sent(cpas, by, worker, **more):
    row = draft(cpas, by, **more)
    conventions.ajouter_personne(
        convention=row, travailleur=worker, starts_on=D(2026, 1, 5), ends_on=D(2026, 12, 31), by=by, now=NOW
    )
    for party, name in (("ei", "Mme Dumont"), ("cpas", "M. Renard")):
        conventions.ajouter_signataire(convention=row, party=party, name=name, by=by, now=NOW)
    return conventions.envoyer_a_signer(convention=row, sent_on=D(2026, 1, 7), by=by, now=NOW)


def sign(row, by, **days):
    for party, day in days.items():
        signature = Signature.objects.get(convention=row, party=party)
        conventions.noter_signature(signature=signature, signed_on=day, by=by, now=NOW)
    row.refresh_from_db()
    return row


def test_it_holds_from_its_last_signature_and_says_what_began_before(cpas, by, worker):
    row = sent(cpas, by, worker)
    assert etat(row, D(2026, 1, 7)) is Etat.A_SIGNER
    assert [one.phrase for one in facts.commences_avant(row, D(2026, 1, 8))] == [
        f"{worker} travaille depuis le 05/01/2026 et la convention n’est pas signée par tous."
    ]
    assert worker.pk in facts.art60_sans_convention(cpas.entreprise_id, as_of=D(2026, 1, 10))
    row = sign(row, by, ei=D(2026, 1, 9))
    assert etat(row, D(2026, 1, 10)) is Etat.A_SIGNER
    row = sign(row, by, cpas=D(2026, 1, 14))
    assert (row.signed_on, row.effective_on) == (D(2026, 1, 14), D(2026, 1, 14))
    assert etat(row, D(2026, 1, 13)) is Etat.A_VENIR
    assert etat(row, D(2026, 1, 14)) is Etat.EN_VIGUEUR
    assert etat(row, D(2026, 12, 31)) is Etat.EN_VIGUEUR
    assert etat(row, D(2027, 1, 1)) is Etat.ECHUE
    assert "dernière signature est du 14/01/2026" in facts.commences_avant(row, D(2026, 2, 1))[0].phrase
    assert facts.art60_sans_convention(cpas.entreprise_id, as_of=D(2026, 1, 14)) == {}


def test_a_draft_lacks_who_signs_and_whom_it_covers(cpas, by, worker):
    row = draft(cpas, by)
    assert etat(row, D(2026, 1, 7)) is Etat.BROUILLON
    with pytest.raises(RowRefused, match="Nommez qui signe"):
        conventions.envoyer_a_signer(convention=row, sent_on=D(2026, 1, 7), by=by, now=NOW)
    for party in ("ei", "cpas"):
        conventions.ajouter_signataire(convention=row, party=party, name="M. Petit", by=by, now=NOW)
    with pytest.raises(RowRefused, match="ne porte sur personne"):
        conventions.envoyer_a_signer(convention=row, sent_on=D(2026, 1, 7), by=by, now=NOW)


def test_once_sent_it_no_longer_changes(cpas, by, worker):
    row = sent(cpas, by, worker)
    with pytest.raises(AccessDenied, match="partie à signer le 07/01/2026"):
        conventions.modifier_convention(convention=row, by=by, now=NOW, reference="B")
    with pytest.raises(RowRefused, match="se signe après avoir été envoyée"):
        sign(row, by, ei=D(2026, 1, 6))
    with pytest.raises(AccessDenied, match="n’est pas encore passé"):
        sign(row, by, ei=D(2026, 3, 3))
    sign(row, by, ei=D(2026, 1, 9))
    with pytest.raises(RowRefused, match="déjà notée"):
        sign(row, by, ei=D(2026, 1, 10))


def test_a_missing_signature_is_reminded_and_the_last_time_is_seen(cpas, by, worker):
    row = sent(cpas, by, worker)
    signature = Signature.objects.get(convention=row, party="cpas")
    assert remind_on(signature, row.sent_on) == D(2026, 1, 21)
    signature = conventions.relancer(signature=signature, reminded_on=D(2026, 1, 22), by=by, now=NOW)
    assert (signature.reminders, signature.reminded_on) == (1, D(2026, 1, 22))
    assert remind_on(signature, row.sent_on) == D(2026, 2, 5)
    sign(row, by, cpas=D(2026, 1, 25))
    signature.refresh_from_db()
    assert remind_on(signature, row.sent_on) is None
    with pytest.raises(RowRefused, match="a signé"):
        conventions.relancer(signature=signature, reminded_on=D(2026, 1, 26), by=by, now=NOW)


def test_the_reports_follow_from_the_dates_and_end_with_the_person(cpas, by, worker):
    row = sign(sent(cpas, by, worker, report_months=3), by, ei=D(2026, 1, 8), cpas=D(2026, 1, 8))
    due = list(RapportCpas.objects.filter(convention=row).values_list("due_on", flat=True))
    assert due == [D(2026, 4, 5), D(2026, 7, 5), D(2026, 10, 5), D(2026, 12, 31)]
    dues = facts.rapports_dus(cpas.entreprise_id, until=D(2026, 4, 30))
    assert [one.due_on for one in dues] == [D(2026, 4, 5)]
    conventions.denoncer(convention=row, denounced_on=D(2026, 7, 31), reason="Fermeture de l’atelier.", by=by, now=NOW)
    kept = RapportCpas.objects.filter(convention=row, cancelled_reason="").values_list("due_on", flat=True)
    assert list(kept) == [D(2026, 4, 5), D(2026, 7, 5)]
    row.refresh_from_db()
    assert etat(row, D(2026, 7, 31)) is Etat.EN_VIGUEUR
    assert etat(row, D(2026, 8, 1)) is Etat.DENONCEE
    assert worker.pk in facts.art60_sans_convention(cpas.entreprise_id, as_of=D(2026, 8, 1))
    with pytest.raises(AccessDenied, match="déjà dénoncée"):
        conventions.denoncer(convention=row, denounced_on=D(2026, 8, 1), reason="Encore", by=by, now=NOW)


def test_a_report_holds_the_agreed_sections_and_no_other(cpas, by, worker):
    sign(sent(cpas, by, worker, report_months=3), by, ei=D(2026, 1, 8), cpas=D(2026, 1, 8))
    row = RapportCpas.objects.get(due_on=D(2026, 4, 5))
    with pytest.raises(RowRefused, match="ne prévoit pas cette partie"):
        rapports.ecrire_rapport(rapport=row, texts={"projet": "Veut être jardinier."}, by=by, now=NOW)
    with pytest.raises(RowRefused, match="vide"):
        rapports.envoyer_rapport(
            rapport=row, sent_on=D(2026, 3, 1), channel="courriel", recipient="M. Renard", by=by, now=NOW
        )
    row = rapports.ecrire_rapport(rapport=row, texts={"poste": " Gagne en autonomie. "}, by=by, now=NOW)
    assert rapports.texts_of(row) == {"poste": "Gagne en autonomie."}
    sent_report = rapports.envoyer_rapport(
        rapport=row, sent_on=D(2026, 3, 1), channel="courriel", recipient="M. Renard", by=by, now=NOW
    )
    assert len(sent_report.sha256) == 64
    with pytest.raises(AccessDenied, match="est parti le 01/03/2026"):
        rapports.ecrire_rapport(rapport=row, texts={"poste": "Autre"}, by=by, now=NOW)
    assert (2, D(2026, 3, 1), facts.RAPPORT, row.pk) in facts.preuves_reseau(
        cpas.entreprise_id, [worker.pk], start=D(2026, 1, 1), end=D(2026, 12, 31)
    )[worker.pk]


def test_a_report_begins_where_the_one_before_ended(cpas, by, worker):
    sign(sent(cpas, by, worker, report_months=3), by, ei=D(2026, 1, 8), cpas=D(2026, 1, 8))
    first, second = RapportCpas.objects.order_by("due_on")[:2]
    assert facts.debut_rapport(first) == D(2026, 1, 5)
    assert facts.debut_rapport(second) == D(2026, 4, 6)
    AbsenceFactory(travailleur=worker, entreprise=worker.entreprise, starts_on=D(2026, 2, 2), ends_on=D(2026, 2, 6))
    assert facts.dates_presence(worker, D(2026, 1, 5), D(2026, 4, 5)) == [(D(2026, 2, 2), D(2026, 2, 6))]


def test_the_evidence_begins_on_the_day_it_holds_and_who_is_not_art60_is_sans_objet(cpas, by, worker):
    row = sign(sent(cpas, by, worker), by, ei=D(2026, 1, 8), cpas=D(2026, 1, 14))
    other = StatutEngagementFactory(
        entreprise=cpas.entreprise,
        engagement__entreprise=cpas.entreprise,
        engagement__travailleur__entreprise=cpas.entreprise,
    ).engagement.travailleur
    ids = [worker.pk, other.pk]
    found = facts.preuves_reseau(cpas.entreprise_id, ids, start=D(2026, 1, 1), end=D(2026, 12, 31))
    assert [(task, day) for task, day, *_ in found[worker.pk]] == [(2, D(2026, 1, 14))]
    assert other.pk not in found
    without = facts.sans_objet_reseau(cpas.entreprise_id, ids, start=D(2026, 1, 1), end=D(2026, 12, 31))
    assert 2 not in without[worker.pk]
    assert "mise à disposition" in without[other.pk][2]
    assert row.pk


def test_an_art60_by_her_status_alone_is_followed_too(cpas):
    row = StatutEngagementFactory(
        statut="art60",
        entreprise=cpas.entreprise,
        engagement__entreprise=cpas.entreprise,
        engagement__travailleur__entreprise=cpas.entreprise,
        engagement__starts_on=D(2026, 1, 5),
    )
    assert row.engagement.travailleur_id in facts.art60_sans_convention(cpas.entreprise_id, as_of=D(2026, 3, 1))


@pytest.mark.parametrize("role", list(Role))
def test_only_an_accompagnateur_of_the_enterprise_writes_and_sees(cpas, worker, role):
    inside = actor(role, cpas.entreprise)
    outside = actor(role, made.PartenaireFactory(cpas=True).entreprise)
    assert type(cpas).objects.visible_to(outside).filter(pk=cpas.pk).count() == 0
    seen = type(cpas).objects.visible_to(inside).filter(pk=cpas.pk).count()
    assert seen == (1 if role is Role.ACCOMPAGNATEUR else 0)
    for who, may in ((inside, role is Role.ACCOMPAGNATEUR), (outside, False)):
        if may:
            draft(cpas, who)
        else:
            with pytest.raises(AccessDenied):
                draft(cpas, who)
