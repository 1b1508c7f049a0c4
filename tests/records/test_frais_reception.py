"""Receiving invoices: suppliers found again, duplicates recognised, conflicts shown, files kept."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.actions import Issue
from clefdevoute.records.frais.models import Facture, Fournisseur, PieceFacture
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, FournisseurSaisi
from tests.records.factories import NOW, AgrementFactory, EntrepriseInsertionFactory, actor

pytestmark = pytest.mark.django_db
XML = b'<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">%s</Invoice>'
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def entreprise():
    return EntrepriseInsertionFactory()


@pytest.fixture
def gestionnaire(entreprise):
    return actor(Role.GESTIONNAIRE, entreprise)


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def saisie(**other):
    facts = {
        "fournisseur": FournisseurSaisi("Eau pure", "0403170701"),
        "number": "2025-17",
        "kind": Facture.Kind.FACTURE,
        "issue_date": dt.date(2025, 4, 10),
        "net": Decimal("100.00"),
        "vat": Decimal("21.00"),
        "gross": Decimal("121.00"),
        "source": Facture.Source.UBL,
        "original": FichierSaisi(XML % b"17", "facture-17.xml"),
    }
    return FactureSaisie(**(facts | other))


@pytest.fixture
def receive(entreprise, gestionnaire):
    def one(what=None, **other):
        return actions.recevoir(entreprise=entreprise, saisie=what or saisie(**other), by=gestionnaire, now=NOW)

    return one


def test_a_new_invoice_waits_to_be_imputed_with_its_file_and_its_place_in_the_binder(receive, entreprise):
    first = receive().facture
    second = receive(number="2025-18", original=FichierSaisi(XML % b"18", "b.xml")).facture
    assert (first.state, first.piece_number, second.piece_number) == ("a_imputer", 1, 2)
    assert first.original.filename == "facture-17.xml"
    assert first.fournisseur == second.fournisseur
    events = AuditEvent.objects.filter(entreprise_id=entreprise.pk, event="frais.facture_recue")
    assert events.count() == 2


def test_the_same_file_twice_is_recognised(receive):
    first = receive()
    again = receive(number="renumbered by hand")
    assert (again.issue, again.facture) == (Issue.DEJA_RECUE, first.facture)
    assert Facture.objects.count() == 1


@pytest.mark.parametrize("number", ["2025-17", " 2025-17 ", "2025 -17"])
def test_the_same_supplier_number_and_amounts_is_recognised_in_another_file(receive, number):
    first = receive()
    again = receive(number=number, original=FichierSaisi(XML % b"sent again", "again.xml"))
    assert (again.issue, again.facture) == (Issue.DEJA_RECUE, first.facture)


def test_the_same_number_with_another_amount_is_a_conflict_that_shows_both(receive):
    first = receive().facture
    other = receive(net=Decimal("90.00"), gross=Decimal("111.00"), original=FichierSaisi(XML % b"x", "x.xml"))
    assert (other.issue, other.other) == (Issue.CONFLIT, first)
    assert (other.facture.state, other.facture.conflict_with) == ("conflit", first)
    assert first.state == "a_imputer"


def test_a_credit_note_may_bear_the_number_of_an_invoice_and_finds_the_one_it_credits(receive):
    first = receive().facture
    note = receive(kind=Facture.Kind.NOTE_CREDIT, credited_number="2025-17", original=FichierSaisi(XML % b"n", "n.xml"))
    assert (note.issue, note.facture.credited, note.facture.sign) == (Issue.NOUVELLE, first, -1)


@pytest.mark.parametrize("keep_new", [True, False])
def test_settling_a_conflict_keeps_one_and_puts_the_other_aside(receive, gestionnaire, keep_new):
    first = receive().facture
    second = receive(net=Decimal("90.00"), gross=Decimal("111.00"), original=FichierSaisi(XML % b"x", "x.xml")).facture
    kept = actions.resoudre_conflit(facture=second, garder=keep_new, by=gestionnaire, now=NOW)
    aside = first if keep_new else second
    states = dict(Facture.objects.values_list("pk", "state"))
    assert kept == (second if keep_new else first)
    assert states == {kept.pk: "a_imputer", aside.pk: "ecartee"}


def test_a_supplier_is_found_on_its_digits_then_its_foreign_number_then_its_name(receive):
    belgian = receive().facture.fournisseur
    same = FournisseurSaisi("EAU", "0403170701")
    renamed = receive(number="2", original=FichierSaisi(XML % b"2", "2.xml"), fournisseur=same)
    french = receive(
        number="3", original=FichierSaisi(XML % b"3", "3.xml"), fournisseur=FournisseurSaisi("Eau", "", "fr40303265045")
    )
    named = receive(number="4", original=None, source=Facture.Source.TYPED, fournisseur=FournisseurSaisi("Boulanger"))
    again = receive(number="5", original=None, source=Facture.Source.TYPED, fournisseur=FournisseurSaisi("boulanger "))
    assert renamed.facture.fournisseur == belgian
    assert french.facture.fournisseur.foreign_vat_id == "FR40303265045"
    assert again.facture.fournisseur == named.facture.fournisseur
    assert Fournisseur.objects.count() == 3


def test_a_buyer_that_is_not_the_enterprise_is_a_warning_not_a_refusal(receive, entreprise):
    right = receive(buyer_number=entreprise.bce).facture
    wrong = receive(number="9", buyer_number="0403170701", original=FichierSaisi(XML % b"9", "9.xml")).facture
    assert [right.warnings, [one["rule"] for one in wrong.warnings]] == [[], ["acheteur"]]


def test_another_currency_is_kept_and_says_what_it_waits_for(receive):
    facture = receive(currency="USD").facture
    assert facture.euros is None
    assert "montant en euros" in facture.warnings[0]["sentence"]


def test_an_invoice_outside_every_period_of_agrement_says_so(receive, entreprise):
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2025, 5, 1))
    assert receive().facture.state == "hors_periode"
    assert (
        receive(
            number="later", issue_date=dt.date(2025, 5, 1), original=FichierSaisi(XML % b"l", "l.xml")
        ).facture.state
        == "a_imputer"
    )


def test_an_embedded_pdf_is_kept_and_one_that_is_no_proof_is_said_not_lost_in_silence(receive):
    good, bad = FichierSaisi(PDF, "../facture.pdf"), FichierSaisi(b"MZ\x90\x00\x03\x00", "virus.exe")
    facture = receive(attachments=(good, bad)).facture
    assert [piece.filename for piece in PieceFacture.objects.filter(facture=facture)] == ["facture.pdf"]
    assert [one["rule"] for one in facture.warnings] == ["piece_jointe"]


def test_amounts_with_more_than_two_decimals_are_rounded_and_the_rounding_is_said(receive):
    facture = receive(net=Decimal("100.005"), gross=Decimal("121.005")).facture
    assert facture.net == Decimal("100.01")
    assert facture.warnings[0]["rule"] == "arrondi"


def test_a_reversed_period_is_said_and_not_kept(receive):
    facture = receive(period_start=dt.date(2025, 5, 1), period_end=dt.date(2025, 4, 1)).facture
    assert facture.period_start is None
    assert facture.warnings[0]["rule"] == "periode"


def test_typed_amounts_that_do_not_add_up_are_refused_in_french(receive):
    with pytest.raises(RowRefused, match="vérifiez les trois"):
        receive(source=Facture.Source.TYPED, original=None, gross=Decimal("120.00"))
    assert Facture.objects.count() == 0


def test_nobody_else_receives_for_the_enterprise(entreprise):
    for role in Role:
        for where in (entreprise, EntrepriseInsertionFactory()):
            if (role, where) == (Role.GESTIONNAIRE, entreprise):
                continue
            with pytest.raises(AccessDenied):
                actions.recevoir(entreprise=entreprise, saisie=saisie(), by=actor(role, where), now=NOW)


def test_an_invoice_put_aside_and_received_again_is_recognised(receive, gestionnaire):
    facture = receive().facture
    actions.ecarter(facture=facture, reason="Chantier.", by=gestionnaire, now=NOW)
    again = receive(replace(saisie(), original=FichierSaisi(XML % b"again", "a.xml")))
    assert (again.issue, again.facture.state) == (Issue.DEJA_RECUE, "ecartee")


def test_the_same_invoice_dropped_by_two_people_at_once_is_kept_once(in_threads, settings, tmp_path):
    settings.PROOFS_DIR = tmp_path

    def scene(_):
        entreprise = EntrepriseInsertionFactory()
        return entreprise, [actor(Role.GESTIONNAIRE, entreprise) for _ in range(4)]

    ((entreprise, people),) = in_threads(1, scene)

    def drop(index):
        return actions.recevoir(entreprise=entreprise, saisie=saisie(), by=people[index], now=NOW).issue

    assert sorted(map(str, in_threads(4, drop))) == ["deja_recue"] * 3 + ["nouvelle"]
