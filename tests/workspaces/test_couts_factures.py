"""The inbox and the page of an invoice: found, imputed, shared, settled, completed, put aside."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import Facture, LigneFrais
from clefdevoute.records.frais.saisies import FactureSaisie, FournisseurSaisi, PartSaisie
from tests.records.factories import NOW, AccompagnateurFactory, PartTvaDeductibleFactory
from tests.records.factories_frais import (
    AnneeFigeeFactory,
    CleRepartitionFactory,
    FactureFactory,
    FournisseurFactory,
    LigneFraisFactory,
)
from tests.workspaces.conftest import assert_swap_equals_reload, at_most
from tests.workspaces.couts_gestes import approved, by, key, parts, text, upload, url

pytestmark = pytest.mark.django_db
N = "\u00a0"


@pytest.fixture
def entreprise(entreprise):
    return approved(entreprise)


@pytest.fixture
def supplier(entreprise):
    return FournisseurFactory(entreprise=entreprise, name="Eaux vives", enterprise_number="0403170701")


@pytest.fixture
def invoice(supplier):
    return FactureFactory(fournisseur=supplier, number="E-1")


def fresh(row):
    row.refresh_from_db()
    return row


# The inbox


def names(answer):
    return [link.get_text() for link in BeautifulSoup(answer.content, "html.parser").select("tbody th a")]


def test_the_inbox_shows_what_waits_and_the_rail_says_how_many(gestionnaire, supplier):
    for state in ("a_imputer", "imputee", "hors_periode"):
        FactureFactory(fournisseur=supplier, state=state)
    FactureFactory(fournisseur=supplier, state="ecartee", state_reason="Chantier.")
    page = gestionnaire.get(url("factures"))
    assert len(names(page)) == 1
    rail = BeautifulSoup(page.content, "html.parser").select_one(f".cv-nav a[href='{url('factures')}'] .cv-nav__n")
    assert rail.get_text() == "1"
    assert len(names(gestionnaire.get(url("factures", query="?etat=toutes")))) == 4
    assert len(names(gestionnaire.get(url("factures", query="?etat=hors_periode")))) == 1


@pytest.mark.parametrize(
    ("word", "found"),
    [("eaux", 1), ("E-1", 1), ("0403.170.701", 1), ("121", 1), ("121,00", 1), ("1.210,00", 0), ("zzz", 0)],
)
def test_an_invoice_is_found_by_supplier_number_or_amount(gestionnaire, invoice, word, found):
    FactureFactory(fournisseur__entreprise=invoice.entreprise, fournisseur__name="Autre", net=Decimal(7), number="Z")
    assert len(names(gestionnaire.get(url("factures"), {"q": word}))) == found


def test_the_list_swaps_to_what_a_reload_shows(gestionnaire, invoice):
    LigneFraisFactory(facture__fournisseur=invoice.fournisseur)
    before = gestionnaire.get(url("factures"))
    wanted = url("factures", query="?q=&etat=imputee")
    swapped = gestionnaire.get(wanted, headers={"HX-Request": "true"})
    assert_swap_equals_reload(gestionnaire, wanted, before.content, swapped.content, "#factures")


def test_three_hundred_invoices_cost_a_bounded_number_of_queries(gestionnaire, supplier):
    for _ in range(3):
        CleRepartitionFactory(entreprise=supplier.entreprise)
    Facture.objects.bulk_create(
        FactureFactory.build(fournisseur=supplier, entreprise=supplier.entreprise, piece_number=n, number_key=str(n))
        for n in range(1, 301)
    )
    with at_most(14):
        page = gestionnaire.get(url("factures"))
    assert len(names(page)) == 20


def test_several_invoices_of_a_supplier_are_imputed_at_once(gestionnaire, supplier):
    rows = [FactureFactory(fournisseur=supplier) for _ in range(3)]
    cle = key(supplier.entreprise)
    data = {"facture": [row.pk for row in rows], "lot-line": "eau", "lot-cle": cle.pk, "retour": "?q=eaux"}
    answer = gestionnaire.post(url("factures_imputer"), data)
    assert answer["Location"] == url("factures", query="?q=eaux")
    assert {fresh(row).state for row in rows} == {"imputee"}
    assert "3 factures imputées" in text(gestionnaire.get(answer["Location"]))


def test_one_refused_among_several_is_said_and_the_others_go(gestionnaire, supplier):
    good, foreign = FactureFactory(fournisseur=supplier), FactureFactory(fournisseur=supplier, dollars=True)
    old = FactureFactory(fournisseur=supplier, issue_date=dt.date(2012, 1, 1))
    data = {"facture": [good.pk, foreign.pk, old.pk], "lot-line": "eau", "lot-cle": key(supplier.entreprise).pk}
    answer = gestionnaire.post(url("factures_imputer"), data)
    assert answer.status_code == 409
    assert "tapez d’abord le montant en euros" in text(answer)
    assert "n’est pas un poste" in text(answer)
    assert [fresh(row).state for row in (good, foreign, old)] == ["imputee", "a_imputer", "a_imputer"]


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        ({}, 409, "Aucune facture n’est cochée"),
        ({"facture": "pas-un-identifiant"}, 409, "rechargez la page"),
        ({"facture": "01a20380-73bb-74a5-87a1-64df5419e6ac"}, 409, "Aucune facture n’est cochée"),
    ],
)
def test_a_bulk_imputation_without_invoice_is_said(gestionnaire, data, status, says):
    answer = gestionnaire.post(url("factures_imputer"), data)
    assert answer.status_code == status
    assert says in text(answer)


def test_a_bulk_imputation_without_line_keeps_the_ticks(gestionnaire, invoice):
    answer = gestionnaire.post(url("factures_imputer"), {"facture": invoice.pk})
    assert answer.status_code == 409
    assert "Rien n’a encore été imputé chez ce fournisseur. Choisissez un poste et une clé." in text(answer)
    assert BeautifulSoup(answer.content, "html.parser").select_one(f"input[value='{invoice.pk}']").has_attr("checked")


def test_several_invoices_go_each_as_the_last_of_its_supplier(gestionnaire, supplier):
    cle, other = key(supplier.entreprise), FournisseurFactory(entreprise=supplier.entreprise)
    firsts = [FactureFactory(fournisseur=one) for one in (supplier, other)]
    for row, line in zip(firsts, ("eau", "telephonie"), strict=True):
        gestionnaire.post(url("factures_imputer"), {"facture": row.pk, "lot-line": line, "lot-cle": cle.pk})
    rows = [FactureFactory(fournisseur=one) for one in (supplier, other, supplier)]
    answer = gestionnaire.post(url("factures_imputer"), {"facture": [row.pk for row in rows]})
    assert answer.status_code == 302
    assert [LigneFrais.objects.get(facture=row).line for row in rows] == ["eau", "telephonie", "eau"]


@pytest.mark.parametrize(("given", "says"), [("lot-line", "Choisissez la clé"), ("lot-cle", "Choisissez le poste")])
def test_a_bulk_imputation_wants_a_line_and_its_key_together(gestionnaire, invoice, given, says):
    value = {"lot-line": "eau", "lot-cle": key(invoice.entreprise).pk}[given]
    answer = gestionnaire.post(url("factures_imputer"), {"facture": invoice.pk, given: value})
    assert answer.status_code == 422
    assert says in text(answer)


def test_an_amount_in_euros_carries_its_sign_not_its_code(gestionnaire, invoice):
    page = text(gestionnaire.get(url("facture", invoice.pk)))
    assert " EUR" not in page
    assert re.search(r"TVA comprise [\d.]+,\d\d €", page)


def test_a_way_back_never_leads_elsewhere(gestionnaire, invoice):
    data = {"facture": invoice.pk, "lot-line": "eau", "lot-cle": key(invoice.entreprise).pk}
    answer = gestionnaire.post(url("factures_imputer"), data | {"retour": "https://ailleurs.example/"})
    assert answer["Location"] == url("factures")


# The page: imputation


def impute(client, invoice, *rows, **extra):
    return client.post(url("facture_imputer", invoice.pk), parts(*rows) | extra)


def test_an_imputed_invoice_shows_net_vat_share_borne_key_and_dedicated_with_its_reason(gestionnaire, invoice):
    PartTvaDeductibleFactory(entreprise=invoice.entreprise, percent=Decimal("60"))
    cle = key(invoice.entreprise, "15", name="Bureau")
    answer = impute(gestionnaire, invoice, {"line": "eau", "cle": cle.pk})
    assert answer.status_code == 302
    page = gestionnaire.get(answer["Location"])
    said = text(page).replace(N, " ")
    for words in (
        "100,00 € hors TVA, 21,00 € de TVA",
        "TVA déductible 60 %",
        "Supporté 108,40 €",
        "Bureau, 15 % : 18 m² sur 120 m²",
        "Dédié 16,26 €",
        "Pourquoi 16,26 € ?",
        "Année d’agrément du 15/03/2025 au 14/03/2026",
    ):
        assert words in said, words


def test_the_line_and_key_of_a_supplier_are_proposed_next_time(gestionnaire, invoice):
    cle = key(invoice.entreprise)
    impute(gestionnaire, invoice, {"line": "eau", "cle": cle.pk})
    page = gestionnaire.get(url("facture", FactureFactory(fournisseur=invoice.fournisseur).pk))
    assert "Proposé d’après la dernière facture" in text(page)
    chosen = BeautifulSoup(page.content, "html.parser").select("#parts option[selected]")
    assert {"eau", str(cle.pk)} <= {option["value"] for option in chosen}


def test_an_invoice_is_shared_over_two_lines(gestionnaire, invoice):
    cle, person = key(invoice.entreprise), AccompagnateurFactory(entreprise=invoice.entreprise)
    rows = (
        {"line": "eau", "cle": cle.pk, "net": "60", "vat": "12,60"},
        {"line": "nettoyage", "cle": cle.pk, "net": "40", "vat": "8,40", "accompagnateur": person.pk},
        {},
    )
    assert impute(gestionnaire, invoice, *rows).status_code == 302
    assert {(row.line, row.net, row.accompagnateur) for row in LigneFrais.objects.all()} == {
        ("eau", Decimal(60), None),
        ("nettoyage", Decimal(40), person),
    }


def test_parts_above_the_invoice_are_refused_and_kept(gestionnaire, invoice):
    cle = key(invoice.entreprise)
    rows = [{"line": line, "cle": cle.pk, "net": "60", "vat": "12,60"} for line in ("eau", "loyer")]
    answer = impute(gestionnaire, invoice, *rows)
    assert answer.status_code == 409
    assert "Les parts dépassent le montant de la facture" in text(answer)
    typed = BeautifulSoup(answer.content, "html.parser").select("#parts input[name$=net]")
    assert [field["value"] for field in typed] == ["60", "60"]
    assert not LigneFrais.objects.exists()


def test_keys_above_a_hundred_are_refused(gestionnaire, invoice):
    rows = [{"line": "eau", "cle": key(invoice.entreprise, percent).pk} for percent in ("60", "50")]
    answer = impute(gestionnaire, invoice, *rows)
    assert answer.status_code == 409
    assert "prennent 110" in text(answer)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"line": "eau"}, "Choisissez la clé de ce poste."),
        ({"line": "eau", "cle": "pas-une-cle"}, "choix valide"),
        ({"line": "yacht"}, "choix valide"),
        ({"line": "eau", "net": "abc"}, "n’est pas un nombre lisible"),
    ],
)
def test_a_part_that_cannot_be_read_is_said(gestionnaire, invoice, row, says):
    answer = impute(gestionnaire, invoice, row)
    assert answer.status_code == 422
    assert says in text(answer)


def test_another_enterprises_key_is_no_choice(gestionnaire, invoice):
    assert impute(gestionnaire, invoice, {"line": "eau", "cle": CleRepartitionFactory().pk}).status_code == 422


def test_no_part_at_all_is_refused(gestionnaire, invoice):
    answer = impute(gestionnaire, invoice, {})
    assert answer.status_code == 409
    assert "Choisissez au moins un poste" in text(answer)


@pytest.mark.parametrize("count", ["", "x", "-1", "99999"])
def test_a_made_up_number_of_parts_breaks_nothing(gestionnaire, invoice, count):
    data = {"part-TOTAL_FORMS": count, "part-INITIAL_FORMS": "0"}
    for extra in ({}, {"ajouter": "1"}):
        answer = gestionnaire.post(url("facture_imputer", invoice.pk), data | extra)
        assert answer.status_code in {200, 409, 422}


def test_one_more_part_is_drawn_without_saving(gestionnaire, invoice):
    row = {"line": "eau", "cle": str(key(invoice.entreprise).pk), "net": "60", "vat": "x"}
    for headers in ({}, {"HX-Request": "true"}):
        data = parts(row) | {"ajouter": "1"}
        answer = gestionnaire.post(url("facture_imputer", invoice.pk), data, headers=headers)
        page = BeautifulSoup(answer.content, "html.parser")
        assert len(page.select("#parts select[name$=line]")) == 2
        assert page.select_one("#id_part-0-vat")["value"] == "x"
    assert not LigneFrais.objects.exists()


def test_an_imputation_is_withdrawn(gestionnaire, invoice):
    impute(gestionnaire, invoice, {"line": "eau", "cle": key(invoice.entreprise).pk})
    gestionnaire.post(url("facture_retirer", invoice.pk))
    assert fresh(invoice).state == "a_imputer"


def test_a_year_already_sent_does_not_change(gestionnaire, invoice):
    AnneeFigeeFactory(entreprise=invoice.entreprise)
    answer = impute(gestionnaire, invoice, {"line": "eau", "cle": key(invoice.entreprise).pk})
    assert answer.status_code == 409
    assert "déjà transmise" in text(answer)


def test_without_agrement_the_amount_waits_and_the_page_says_it(sign_in):
    row = LigneFraisFactory()
    client = sign_in(by(row.entreprise).role, row.entreprise)
    assert "Aucun agrément n’est enregistré" in text(client.get(url("facture", row.facture.pk)))


# The page: the rest


def test_a_conflict_shows_both_and_keeps_one(gestionnaire, invoice):
    saisie = FactureSaisie(
        fournisseur=FournisseurSaisi("Eaux vives", "0403170701"),
        number="E-1",
        kind=Facture.Kind.FACTURE,
        issue_date=dt.date(2025, 4, 12),
        net=Decimal("90"),
        vat=Decimal("18.90"),
        gross=Decimal("108.90"),
    )
    other = actions.recevoir(entreprise=invoice.entreprise, saisie=saisie, by=by(invoice.entreprise), now=NOW).facture
    page = text(gestionnaire.get(url("facture", other.pk)))
    assert "108,90" in page
    assert "121,00" in page
    answer = gestionnaire.post(url("facture_departager", other.pk), {"garder": "celle-ci"})
    assert answer["Location"] == url("facture", other.pk)
    assert (fresh(other).state, fresh(invoice).state) == ("a_imputer", "ecartee")
    again = gestionnaire.post(url("facture_departager", other.pk), {"garder": "autre"})
    assert again.status_code == 409


def test_a_foreign_invoice_waits_for_euros_and_their_proof(gestionnaire, supplier):
    foreign = FactureFactory(fournisseur=supplier, dollars=True)
    assert "n’entre dans un tableau qu’avec" in text(gestionnaire.get(url("facture", foreign.pk)))
    address = url("facture_euros", foreign.pk)
    missing = gestionnaire.post(address, {"net_eur": "90", "vat_eur": "0"})
    assert missing.status_code == 422
    assert "Joignez la preuve" in text(missing)
    bad = gestionnaire.post(address, {"net_eur": "90", "vat_eur": "0", "preuve": upload("x.exe", b"MZ\x00\x01")})
    assert bad.status_code == 409
    proof = upload("cours.pdf", b"%PDF-1.7\n")
    assert gestionnaire.post(address, {"net_eur": "90", "vat_eur": "0", "preuve": proof}).status_code == 302
    assert fresh(foreign).net_eur == 90
    opened = gestionnaire.get(url("facture_fichier", foreign.pk, query="?euros"))
    assert opened.content == b"%PDF-1.7\n"


def test_another_subsidy_takes_its_share(gestionnaire, invoice):
    address = url("facture_autre_subvention", invoice.pk)
    half = gestionnaire.post(address, {"other_subsidy": "Fonds social", "other_subsidy_percent": ""})
    assert half.status_code == 422
    assert "Fonds social" in half.content.decode()
    gestionnaire.post(address, {"other_subsidy": "Fonds social", "other_subsidy_percent": "40,25"})
    assert fresh(invoice).other_subsidy_percent == Decimal("40.25")
    refused = impute(gestionnaire, invoice, {"line": "eau", "cle": key(invoice.entreprise, "70").pk})
    assert refused.status_code == 409
    assert "autre subvention" in text(refused)
    gestionnaire.post(address, {"other_subsidy": "", "other_subsidy_percent": ""})
    assert fresh(invoice).other_subsidy_percent is None


def test_an_invoice_is_put_aside_with_its_reason_and_taken_back(gestionnaire, invoice):
    address = url("facture_ecarter", invoice.pk)
    assert gestionnaire.post(address, {"reason": " "}).status_code == 422
    gestionnaire.post(address, {"reason": "Concerne le magasin."})
    assert fresh(invoice).state == "ecartee"
    assert "Concerne le magasin." in text(gestionnaire.get(url("facture", invoice.pk)))
    gestionnaire.post(url("facture_reprendre", invoice.pk))
    assert fresh(invoice).state == "a_imputer"


def test_a_correction_keeps_what_was_before(gestionnaire, invoice):
    address = url("facture_corriger", invoice.pk)
    data = {"number": "E-2", "issue_date": "11/04/2025", "net": "50", "vat": "10,50", "currency": "EUR"}
    assert gestionnaire.post(address, data | {"net": "x"}).status_code == 422
    assert gestionnaire.post(address, data).status_code == 302
    assert (fresh(invoice).number, invoice.gross) == ("E-2", Decimal("60.50"))
    said = text(gestionnaire.get(url("facture", invoice.pk)))
    assert "montant hors TVA 100,00 50,00" in said
    assert "date d’émission 10/04/2025 11/04/2025" in said


def test_what_a_file_says_is_not_corrected(gestionnaire, supplier):
    row = FactureFactory(fournisseur=supplier, ubl=True)
    data = {"number": "E-2", "issue_date": "11/04/2025", "net": "50", "vat": "0", "currency": "EUR"}
    answer = gestionnaire.post(url("facture_corriger", row.pk), data)
    assert answer.status_code == 409
    assert "viennent du fichier reçu" in text(answer)
    assert gestionnaire.get(url("facture", row.pk)).status_code == 200, "même si son fichier manque"


def test_an_invoice_of_many_parts_costs_a_bounded_number_of_queries(gestionnaire, invoice):
    rows = [(line, key(invoice.entreprise, "1")) for line in ("eau", "loyer", "charges", "formation", "nettoyage")]
    share = [PartSaisie(line=line, cle=cle, net=Decimal(10), vat=Decimal("2.10")) for line, cle in rows]
    actions.imputer(facture=invoice, parts=share, by=by(invoice.entreprise), now=NOW)
    with at_most(30):
        gestionnaire.get(url("facture", invoice.pk))
