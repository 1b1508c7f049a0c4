"""Sending a year: refused while something misses, frozen once gone, and never reopened by what comes after."""

import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import Error, connection, transaction

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied, ProofRefused
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.frais import actions as frais
from clefdevoute.records.frais.models import AnneeFigee, CompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi, PartSaisie
from clefdevoute.records.subventions import actions
from clefdevoute.records.subventions.decompte import decompter
from clefdevoute.records.subventions.errors import EnvoiRefuse
from clefdevoute.records.subventions.manque import manque
from clefdevoute.records.subventions.models import AideDeMinimis, DossierTransmis, Mouvement, Subvention
from clefdevoute.records.subventions.signalements import a_signaler
from tests.records import annee_frais as scene
from tests.records import factories_frais as f
from tests.records.factories import ContratAccompagnateurFactory, actor

pytestmark = pytest.mark.django_db
D = Decimal
LATER = scene.NOW + dt.timedelta(days=30)
COURRIEL = DossierTransmis.Channel.COURRIEL


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def year():
    made = scene.make()
    scene.opened(made)
    return made


def sign(year):
    frozen = actions.figer_decompte(subvention=year.subvention, by=year.by, now=scene.NOW)
    made = actions.produire_declaration(decompte=frozen, document=scene.pdf("declaration"), by=year.by, now=scene.NOW)
    return actions.signer_declaration(
        declaration=made, signed_on=scene.TODAY, document=scene.pdf("signee"), by=year.by, now=scene.NOW
    )


def package(year, *, without=None):
    held = CompteIndividuel.objects.filter(entreprise=year.entreprise, replaced=False).exclude(year=without)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tableau-a.pdf", b"%PDF-1.7 A")
        for compte in held:
            archive.writestr(f"compte-{compte.year}.pdf", proofs.read(compte.proof))
    return FichierSaisi(out.getvalue(), "dossier.zip")


def send(year, **other):
    facts = {"package": package(year), "channel": COURRIEL, "sent_on": scene.TODAY, "by": year.by, "now": scene.NOW}
    return actions.transmettre(subvention=year.subvention, **(facts | other))


def test_a_year_in_order_leaves_with_its_list_of_pieces_and_its_receipt(year):
    sign(year)
    sent = send(year)
    names = [piece["name"] for piece in sent.pieces]
    assert names == ["tableau-a.pdf", "compte-2025.pdf", "compte-2026.pdf"]
    assert all(len(piece["sha256"]) == 64 for piece in sent.pieces)
    assert sent.receipt_number.startswith("AS-20250315-")
    assert sent.decompte.explained["value"]["justifie"] == "42290.75"
    year.subvention.refresh_from_db()
    assert year.subvention.state == "justification_transmise"
    assert AnneeFigee.objects.values_list("start", "end").get() == (scene.START, scene.END)
    assert journal.verify(year.entreprise.pk).ok


def missing_at(year, as_of=scene.INSIDE):
    return manque(entreprise=year.entreprise, as_of=as_of, today=scene.TODAY)


def test_a_year_sent_asks_nothing_more_whatever_comes_later(year):
    sign(year)
    send(year)
    assert missing_at(year).sent
    ContratAccompagnateurFactory(accompagnateur=year.accompagnateur, starts_on=dt.date(2026, 6, 1))
    later = missing_at(year)
    assert later.items == ()
    assert not later.ready, "ce qui est parti ne repart pas"


def test_a_correction_asked_opens_the_year_again(year):
    sign(year)
    send(year)
    Subvention.objects.filter(pk=year.subvention.pk).update(state="correction_demandee")
    assert not missing_at(year).sent
    assert missing_at(year).items


def test_sending_is_refused_while_a_compte_individuel_is_missing(year):
    sign(year)
    CompteIndividuel.objects.filter(year=2025).update(replaced=True)
    with pytest.raises(EnvoiRefuse, match="compte individuel 2025") as refusal:
        send(year)
    assert "compte_individuel_absent" in refusal.value.codes
    year.subvention.refresh_from_db()
    assert (year.subvention.state, DossierTransmis.objects.count()) == ("contrat_transmis", 0)


def test_a_package_without_the_very_compte_individuel_is_refused(year):
    sign(year)
    with pytest.raises(EnvoiRefuse, match="compte individuel 2026"):
        send(year, package=package(year, without=2026))


def test_a_zip_handed_in_as_a_proof_is_still_refused(year):
    facts = {"by": year.by, "entreprise_id": year.entreprise.pk, "now": scene.NOW}
    with pytest.raises(ProofRefused):
        proofs.store(content=package(year).content, filename="piece.zip", **facts)
    with pytest.raises(ProofRefused):
        proofs.store(content=b"%PDF-1.7", filename="dossier.zip", package=True, **facts)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_what_is_no_package_is_refused(year, content):
    sign(year)
    with pytest.raises(EnvoiRefuse, match="produisez-le à nouveau"):
        send(year, package=FichierSaisi(content, "dossier.zip"))


def test_a_sending_is_noted_once_it_has_left(year):
    sign(year)
    with pytest.raises(EnvoiRefuse):
        send(year, sent_on=scene.TODAY + dt.timedelta(days=1))


def test_a_year_is_not_sent_before_it_ends_nor_twice(year):
    sign(year)
    with pytest.raises(EnvoiRefuse) as refusal:
        send(year, sent_on=dt.date(2026, 3, 14))
    assert "annee_pas_finie" in refusal.value.codes
    send(year)
    with pytest.raises(AccessDenied, match="Envoyée"):
        send(year)


def test_only_the_gestionnaire_of_the_enterprise_sends(year):
    sign(year)
    with pytest.raises(AccessDenied):
        send(year, by=actor(Role.ADMINISTRATION))


def late_note(year, *, credited=True, day=dt.date(2025, 7, 20), received=LATER):
    return f.FactureFactory(
        fournisseur=year_invoice(year).fournisseur,
        note_credit=True,
        credited=year_invoice(year) if credited else None,
        issue_date=day,
        net=D("200.00"),
        vat=D("42.00"),
        piece_number=900,
        received_at=received,
    )


def year_invoice(year):
    return scene.Facture.objects.get(entreprise=year.entreprise, number="T-1")


def test_a_late_credit_note_is_told_with_its_effect_and_reopens_nothing(year):
    sign(year)
    sent = send(year)
    note = late_note(year)
    (told,) = a_signaler(year.subvention)
    # 242,00 of telephone at 15 %: 36,30 less.
    assert (told.facture, told.effet) == (note, D("-36.30"))
    assert "36,30\u00a0€ de moins" in told.sentence
    assert decompter(entreprise=year.entreprise, as_of=scene.INSIDE).explained.value.justifie == D("42290.75")
    with pytest.raises(AccessDenied, match="déjà transmise"):
        frais.imputer(facture=note, parts=[PartSaisie(line="telephonie", cle=year.bureau)], by=year.by, now=LATER)
    assert DossierTransmis.objects.get() == sent


def test_a_late_credit_note_that_names_no_invoice_asks_for_it(year):
    sign(year)
    send(year)
    late_note(year, credited=False)
    (told,) = a_signaler(year.subvention)
    assert told.effet is None
    assert "dites quelle facture" in told.sentence


@pytest.mark.parametrize(
    "other",
    [{"received": scene.NOW}, {"credited": False, "day": dt.date(2026, 3, 15)}],
    ids=["received before", "another year"],
)
def test_other_credit_notes_are_not_told(year, other):
    sign(year)
    send(year)
    late_note(year, **other)
    assert a_signaler(year.subvention) == ()


def test_nothing_is_told_before_the_package_left(year):
    late_note(year)
    assert a_signaler(year.subvention) == ()


def test_the_file_of_a_year_counts_persons_on_its_first_day(year):
    assert (year.subvention.reference_on, year.subvention.persons_count) == (scene.START, 27)
    assert year.subvention.annee_agrement_end == scene.END


def test_a_contract_sent_in_the_course_of_the_year_fixes_the_day_of_counting():
    made = scene.make()
    row = actions.ouvrir_annee(
        entreprise=made.entreprise,
        as_of=scene.INSIDE,
        origin=Subvention.Origin.CONTRAT_RECU,
        contract_sent_on=scene.INSIDE,
        by=made.by,
        now=scene.NOW,
    )
    assert row.reference_on == scene.INSIDE


def test_the_grant_enters_the_ledger_once_and_its_correction_follows(year):
    actions.noter_octroi(
        subvention=year.subvention, amount=D("40000.00"), granted_on=dt.date(2025, 4, 11), by=year.by, now=scene.NOW
    )
    assert AideDeMinimis.objects.values_list("amount", "granted_on").get() == (D("40000.00"), dt.date(2025, 4, 11))
    with pytest.raises(RowRefused, match="montant accordé"):
        actions.retirer_aide(aide=AideDeMinimis.objects.get(), by=year.by, now=scene.NOW)


def test_letters_are_noted_in_order_and_a_year_is_given_up_with_a_reason(year):
    state = Subvention.State
    for target in (state.AVANCE_DECIDEE, state.AVANCE_LIQUIDEE, state.PIECES_DEMANDEES):
        row = actions.noter_etat(subvention=year.subvention, target=target, by=year.by, now=scene.NOW)
    assert row.state == "pieces_demandees"
    with pytest.raises(AccessDenied):
        actions.renoncer(subvention=year.subvention, reason="x", by=year.by, now=scene.NOW)
    other = f.SubventionFactory(entreprise=year.entreprise, annee_agrement_start=dt.date(2024, 3, 15))
    with pytest.raises(RowRefused, match="pourquoi"):
        actions.renoncer(subvention=other, reason="  ", by=year.by, now=scene.NOW)
    assert actions.renoncer(subvention=other, reason="Faillite.", by=year.by, now=scene.NOW).state == "sans_suite"
    assert AuditEvent.objects.filter(event="subventions.etat_note").count() == 3


def test_a_signature_is_dated_between_the_document_and_today(year):
    frozen = actions.figer_decompte(subvention=year.subvention, by=year.by, now=scene.NOW)
    made = actions.produire_declaration(decompte=frozen, document=None, by=year.by, now=scene.NOW)
    for day in (scene.TODAY - dt.timedelta(days=1), scene.TODAY + dt.timedelta(days=1)):
        with pytest.raises(RowRefused, match="datée"):
            actions.signer_declaration(declaration=made, signed_on=day, document=None, by=year.by, now=scene.NOW)


def test_the_original_is_posted_after_it_is_signed(year):
    declaration = sign(year)
    posted = actions.poster_declaration(declaration=declaration, posted_on=scene.TODAY, by=year.by, now=scene.NOW)
    assert posted.posted_on == scene.TODAY


def test_a_movement_is_cancelled_once_by_another_that_names_it(year):
    facts = {"subvention": year.subvention, "kind": Mouvement.Kind.AVANCE, "amount": D("40000.00"), "by": year.by}
    wrong = actions.enregistrer_mouvement(moved_on=scene.INSIDE, now=scene.NOW, **facts)
    cancelling = actions.annuler_mouvement(mouvement=wrong, by=year.by, now=scene.NOW)
    for row in (wrong, cancelling):
        with pytest.raises(RowRefused):
            actions.annuler_mouvement(mouvement=row, by=year.by, now=scene.NOW)
    with pytest.raises(RowRefused, match="date passée"):
        actions.enregistrer_mouvement(moved_on=scene.TODAY + dt.timedelta(days=1), now=scene.NOW, **facts)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (f.MouvementFactory, "amount"),
        (f.DecompteFigeFactory, "law_version"),
        (f.DossierTransmisFactory, "receipt_number"),
        (f.VersionCleFactory, "percent"),
        (f.AnneeFigeeFactory, "start"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_the_database_itself_refuses_to_rewrite_what_is_written_once(make, field):
    row = make()
    table = row._meta.db_table
    for statement in (f'UPDATE "{table}" SET "{field}" = "{field}"', f'DELETE FROM "{table}"'):
        with pytest.raises(Error, match="ne se modifie pas"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert type(row).objects.filter(pk=row.pk).exists()
