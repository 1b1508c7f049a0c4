"""The five steps of an adjustment, who may do each, and what is frozen."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from clefdevoute.records.amenagements import actions, avis, facts, policies
from clefdevoute.records.amenagements.models import (
    Amenagement,
    AvisAmenagement,
    DecisionAmenagement,
    DiagnosticAmenagement,
    TexteAvis,
)
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation import encryption
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent, Change
from tests.records import factories as make
from tests.records import factories_amenagements as a

pytestmark = pytest.mark.django_db
MARKER = "Lombalgie-témoin"
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def team(now):
    person = make.EngagementFactory().travailleur
    here = person.entreprise
    return {
        "person": person,
        "nadia": make.actor(Role.ACCOMPAGNATEUR, here),
        "chef": make.actor(Role.GESTIONNAIRE, here, permissions=("chef_entreprise",)),
        "comptable": make.actor(Role.GESTIONNAIRE, here),
    }


def analysed(team, now, **more):
    row = actions.noter_besoin(
        travailleur=team["person"],
        need=f"{MARKER} : la table",
        need_on=dt.date(2026, 10, 1),
        asked_by="travailleur",
        by=team["nadia"],
        now=now,
    )
    return actions.analyser(
        amenagement=row,
        analysed_on=dt.date(2026, 10, 5),
        kind="poste",
        analysis=f"{MARKER} au dos",
        measure="Une table réglable",
        by=team["nadia"],
        now=now,
        **more,
    )


def sent(team, now):
    return actions.remettre_avis(amenagement=analysed(team, now), by=team["nadia"], now=now)


def test_from_the_need_to_the_review(team, now):
    by = {"by": team["nadia"], "now": now}
    row = analysed(team, now)
    assert facts.stand(row).step is facts.Step.AVIS
    notice = actions.remettre_avis(amenagement=row, **by)
    row.refresh_from_db()
    assert (facts.stand(row).step, facts.stand(row).direction) == (facts.Step.DECISION, True)
    actions.decider(
        avis=notice, outcome="partiel", reasons="Une table, pas deux.", review_on=dt.date(2027, 2, 1),
        by=team["chef"], now=now,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.outcome, row.decided_on, row.review_on) == ("partiel", TODAY, dt.date(2027, 2, 1))
    assert facts.due(row) == TODAY + dt.timedelta(days=7)
    actions.dire_decision(amenagement=row, told_on=TODAY, **by)
    row.refresh_from_db()
    assert facts.due(row) == dt.date(2027, 2, 1)
    actions.revoir(amenagement=row, held_on=TODAY, result="maintenu", next_on=dt.date(2027, 5, 3), **by)
    row.refresh_from_db()
    assert facts.in_place(row)
    found = facts.preuves_amenagements(row.entreprise_id, [row.travailleur_id], start=dt.date(2026, 1, 1), end=TODAY)[
        row.travailleur_id
    ]
    assert [(task, on) for task, on, _kind, _pk in found] == [(10, dt.date(2026, 10, 5)), (10, TODAY), (10, TODAY)]


def test_a_refusal_with_reasons_ends_when_the_person_knows_it(team, now):
    notice = sent(team, now)
    with pytest.raises(RowRefused, match="se motive"):
        actions.decider(avis=notice, outcome="refuse", by=team["chef"], now=now)
    actions.decider(avis=notice, outcome="refuse", reasons="Le bâtiment est loué.", by=team["chef"], now=now)
    row = Amenagement.objects.get(pk=notice.amenagement_id)
    actions.dire_decision(amenagement=row, told_on=TODAY, by=team["nadia"], now=now)
    row.refresh_from_db()
    assert (row.closed_on, row.close_reason) == (TODAY, "refuse")
    assert facts.due(row) is None


def test_only_the_head_decides_and_once(team, now):
    notice = sent(team, now)
    good = {"avis": notice, "outcome": "accepte", "review_on": dt.date(2027, 2, 1), "now": now}
    for other in (team["comptable"], team["nadia"]):
        with pytest.raises(AccessDenied):
            actions.decider(by=other, **good)
        assert not policies.can_decide(other, notice)
    stranger = make.actor(Role.GESTIONNAIRE, make.EntrepriseInsertionFactory(), permissions=("chef_entreprise",))
    with pytest.raises(AccessDenied, match="n’est pas celle de votre session"):
        actions.decider(by=stranger, **good)
    actions.decider(by=team["chef"], **good)
    with pytest.raises(AccessDenied, match="déjà prise"):
        actions.decider(by=team["chef"], **good)


def test_nothing_is_decided_of_an_adjustment_that_was_closed(team, now):
    notice = sent(team, now)
    row = Amenagement.objects.get(pk=notice.amenagement_id)
    actions.clore(amenagement=row, close_reason="retire", closed_on=TODAY, by=team["nadia"], now=now)
    with pytest.raises(AccessDenied, match="a clos cette demande"):
        actions.decider(avis=notice, outcome="accepte", review_on=dt.date(2027, 2, 1), by=team["chef"], now=now)


def test_the_notice_is_the_preview_frozen_word_for_word(team, now):
    row = analysed(team, now)
    author = make.User.objects.get(pk=team["nadia"].user_id).name
    preview = avis.compose(row, author=author, sent_on=TODAY)
    notice = actions.remettre_avis(amenagement=row, by=team["nadia"], now=now)
    text = TexteAvis.objects.visible_to(team["chef"]).get(avis=notice)
    assert avis.read(text.text) == preview
    assert text.intact
    assert MARKER not in text.text
    with pytest.raises(AccessDenied, match="l’analyse ne change plus"):
        actions.analyser(
            amenagement=row, analysed_on=TODAY, kind="poste", measure="Autre chose", by=team["nadia"], now=now
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        AvisAmenagement.objects.filter(pk=notice.pk).update(sha256="1" * 64)
    text.text = text.text.replace("réglable", "fixe")
    text.save()
    assert not TexteAvis.objects.get(pk=text.pk).intact, "un mot changé se voit"


def test_a_change_of_key_leaves_the_seal_whole(team, now):
    notice = sent(team, now)
    encryption.rotate(notice.entreprise_id)
    assert TexteAvis.objects.get(avis=notice).intact


def test_health_opens_for_its_author_alone_and_each_opening_is_written_down(team, now):
    row = analysed(team, now)
    note = actions.noter_sante(amenagement=row, text=MARKER, by=team["nadia"], now=now)
    colleague = make.actor(Role.ACCOMPAGNATEUR, row.entreprise)
    for other in (colleague, team["chef"], team["comptable"], make.actor(Role.INSPECTION)):
        assert not DiagnosticAmenagement.objects.visible_to(other).exists()
        with pytest.raises(AccessDenied):
            actions.ouvrir_sante(diagnostic=note, by=other, now=now)
    before = AuditEvent.objects.count()
    assert actions.ouvrir_sante(diagnostic=note, by=team["nadia"], now=now) == MARKER
    assert AuditEvent.objects.count() == before + 1
    actions.noter_sante(amenagement=row, text=f"{MARKER}, suite", by=team["nadia"], now=now)
    assert DiagnosticAmenagement.objects.count() == 1


def test_the_head_sees_the_notice_and_no_row_of_the_file(team, now):
    notice = sent(team, now)
    for who in (team["chef"], team["comptable"]):
        assert AvisAmenagement.objects.visible_to(who).get() == notice
        assert not Amenagement.objects.visible_to(who).exists()
    for role in (Role.SECRETARIAT, Role.ADMINISTRATION, Role.INSPECTION, Role.FEDERATION):
        assert not AvisAmenagement.objects.visible_to(make.actor(role, notice.entreprise)).exists()
        assert not TexteAvis.objects.visible_to(make.actor(role, notice.entreprise)).exists()
        assert not DecisionAmenagement.objects.visible_to(make.actor(role, notice.entreprise)).exists()


def test_no_column_of_what_crosses_leads_to_health():
    for model in (Amenagement, AvisAmenagement, TexteAvis, DecisionAmenagement):
        assert DiagnosticAmenagement not in {
            field.related_model for field in model._meta.get_fields(include_hidden=False)
        }


def test_the_history_of_changes_holds_no_sealed_word(team, now):
    notice = sent(team, now)
    row = Amenagement.objects.get(pk=notice.amenagement_id)
    actions.noter_sante(amenagement=row, text=MARKER, by=team["nadia"], now=now)
    kept = " ".join(f"{one.old} {one.new}" for one in Change.objects.all())
    assert MARKER not in kept
    assert "table" not in kept


@pytest.mark.parametrize(
    ("traits", "step"),
    [
        ({}, "analyse"),
        ({"analyse": True}, "avis"),
        ({"remis": True}, "decision"),
        ({"accepte": True}, "dire"),
        ({"dit": True}, "revue"),
        ({"clos": True}, "clos"),
    ],
)
def test_where_it_stands_follows_from_the_dates(traits, step):
    assert facts.stand(a.AmenagementFactory(**traits)).step == step
