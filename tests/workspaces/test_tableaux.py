"""Tables A and B on screen: the verdict, the months, what may be typed, and what a refusal leaves."""

import datetime as dt
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.frais import actions as frais
from clefdevoute.records.frais.models import ChargeRecurrente, Facture, LigneFrais
from clefdevoute.records.frais.saisies import PartSaisie
from clefdevoute.records.subventions.decompte import decompter
from tests.records import annee_frais as scene
from tests.records.factories import ProofFileFactory
from tests.workspaces.annee_pages import GESTION, sheet, signed_in, words
from tests.workspaces.conftest import assert_swap_equals_reload, on_day

pytestmark = pytest.mark.django_db
D = Decimal
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def year():
    made = scene.make()
    scene.opened(made)
    return made


@pytest.fixture
def web(year):
    return signed_in(year)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def cells(answer) -> dict[str, str]:
    return {field["aria-label"]: field["name"] for field in soup(answer).select("[data-cv-grid] input")}


def values(answer) -> dict[str, str]:
    return {field["aria-label"]: field["value"] for field in soup(answer).select("[data-cv-grid] input")}


def test_a_year_off_the_quarter_has_five_sheets_and_its_outside_months_are_struck(web):
    page = web.get(sheet("a-2025-t1"))
    tabs = [link.get_text(strip=True) for link in soup(page).select("nav[aria-label=Trimestres] a")]
    assert tabs == ["T1/2025", "T2/2025", "T3/2025", "T4/2025", "T1/2026", "Tableau B"]
    rent = soup(page).select("[data-cv-grid] tbody")[0]
    assert [row.get_text(" ", strip=True) for row in rent.select("tr.is-outside")] == [
        "Janvier hors année",
        "Février hors année",
    ]
    assert [struck.get_text() for struck in rent.select("s")] == ["Janvier", "Février"]


def test_the_grid_adds_up_to_the_decompte(web):
    page = words(web.get(sheet("a-2025-t3")))
    assert "Total du trimestre 504,45" in page  # three rents at 15 %, telephone 484 less 121 at 15 %
    assert "Cumul T1/2025 + T2/2025 + T3/2025 990,75" in page


@pytest.mark.parametrize(
    ("wages", "day", "said"),
    [
        ("3200.00", "2026-04-02", "Ouvrez le tableau B. Les tableaux apportent 1.890,75 €"),
        ("3200.00", "2026-01-10", "Continuez le tableau A."),
        ("4100.00", "2026-04-02", "Aucun tableau n’est nécessaire."),
    ],
)
def test_the_verdict_comes_first(wages, day, said):
    made = scene.make(wages=wages)
    scene.opened(made)
    with on_day(day):
        assert said in words(signed_in(made).get(f"{GESTION}/tableaux/"))


def test_while_the_year_runs_the_stop_may_still_move(year, web):
    year.subvention.granted_amount = D("41000.00")
    year.subvention.save(update_fields=["granted_amount"])
    with on_day("2025-08-15"):
        page = words(web.get(f"{GESTION}/tableaux/"))
    said = (
        "À ce jour, le tableau A suffit avec T3/2025. Le cumul de 990,75 € couvre les 600,00 € à justifier à ce jour."
    )
    assert said in page
    assert "Arrêtez-vous" not in page
    assert "T4/2025, inutile à ce jour" in page
    assert "T3/2025, en cours" in page
    with on_day("2025-05-15"):
        page = words(web.get(f"{GESTION}/tableaux/"))
    assert "Continuez jusqu’à T3/2025. Avec les charges déjà prévues" in page


def test_a_quarter_of_credit_notes_lowers_the_running_total(year, web):
    scene.invoice(year, "NC-9", net="500.00", vat="0.00", day=dt.date(2025, 3, 20), line="formation", credit=True)
    page = web.get(f"{GESTION}/tableaux/")
    gauge = page.context["gauge"]
    assert any(part.amount < 0 for part in gauge.parts)
    assert gauge.reached == sum(part.amount for part in gauge.parts)


def test_it_says_where_to_stop_and_which_sheets_are_useless(year, web):
    year.subvention.granted_amount = D("41000.00")
    year.subvention.save(update_fields=["granted_amount"])
    page = web.get(f"{GESTION}/tableaux/")
    assert "Arrêtez-vous après T3/2025. Le cumul de 990,75 € couvre les 600,00 € à justifier." in words(page)
    assert "T4/2025, inutile" in words(page)
    assert "Tableau B, inutile" in words(page)


def test_table_b_opens_read_only_while_a_is_enough(year, web):
    year.subvention.granted_amount = D("41000.00")
    year.subvention.save(update_fields=["granted_amount"])
    scene.invoice(year, "B-1", net="100.00", vat="0.00", day=dt.date(2025, 5, 5), line="nettoyage")
    page = web.get(sheet("b-2025-t2"))
    assert "Lecture seule. Le tableau A suffit" in words(page)
    assert cells(page) == {}
    assert soup(page).select_one("form button") is None or "Enregistrer" not in words(page)
    refused = web.post(sheet("b-2025-t2"), {"montant-x": "1"})
    assert refused.status_code == 409
    assert "Cette feuille ne se modifie pas" in words(refused)


def test_the_rent_is_typed_over_from_its_month_on(year, web):
    name = cells(web.get(sheet("a-2025-t2")))["Loyer, Mai, Montant"]
    answer = web.post(sheet("a-2025-t2"), {name: "1.100,00"}, follow=True)
    assert "Enregistré à" in words(answer)
    assert [one.net for one in ChargeRecurrente.objects.order_by("starts_on")] == [D("1000.00"), D("1100.00")]
    shown = values(web.get(sheet("a-2025-t2")))
    assert shown["Loyer, Avril, Montant"] == "1.000,00"
    assert shown["Loyer, Juin, Montant"] == "1.100,00"


def test_a_typed_invoice_changes_number_and_key_together_or_not_at_all(year, web):
    frais.creer_cle(
        entreprise=year.entreprise,
        name="Téléphonie",
        percent=D("25"),
        basis="1 ligne sur 4",
        since=dt.date(2024, 1, 1),
        by=year.by,
        now=scene.NOW,
    )
    found = cells(web.get(sheet("a-2025-t2")))
    typed = {found["Eau, Avril, N° de factures"]: "E-1 bis", found["Eau, Avril, Clé"]: "115"}
    refused = web.post(sheet("a-2025-t2"), typed)
    assert refused.status_code == 422
    assert "« 115 » dépasse 100 %" in words(refused)
    assert values(refused)["Eau, Avril, N° de factures"] == "E-1 bis"  # nothing typed is lost
    assert Facture.objects.get(number="E-1").state == "imputee"
    typed[found["Eau, Avril, Clé"]] = "25"
    assert web.post(sheet("a-2025-t2"), typed).status_code == 302
    line = LigneFrais.objects.get(line="eau")
    assert (line.facture.number, line.cle.name, line.facture.state) == ("E-1 bis", "Téléphonie", "imputee")


def test_a_share_without_its_reasoning_is_refused(web):
    name = cells(web.get(sheet("a-2025-t2")))["Eau, Avril, Clé"]
    refused = web.post(sheet("a-2025-t2"), {name: "20"}, headers=HTMX)
    assert refused.status_code == 422
    assert "Aucune clé ne vaut 20 % le 10/04/2025. Écrivez-la d’abord, avec son raisonnement" in words(refused)


def test_keys_that_take_more_than_the_invoice_are_refused_and_said(year, web):
    """60 % on a line that another part of the same invoice already takes 60 % of."""
    key = frais.creer_cle(
        entreprise=year.entreprise,
        name="Large",
        percent=D("60"),
        basis="60 m² sur 100",
        since=dt.date(2024, 1, 1),
        by=year.by,
        now=scene.NOW,
    )
    facture = scene.invoice(year, "F-9", net="100.00", vat="0.00", day=dt.date(2025, 5, 6))
    parts = [PartSaisie(line="formation", cle=key), PartSaisie(line="formation", cle=year.bureau)]
    frais.imputer(facture=facture, parts=parts, by=year.by, now=scene.NOW)
    page = web.get(sheet("a-2025-t2"))
    field = next(name for label, name in cells(page).items() if label.startswith("Formation") and "Clé" in label)
    other = [label for label, name in cells(page).items() if label.startswith("Formation") and "Clé" in label]
    small = next(cells(page)[label] for label in other if values(page)[label] == "15\u00a0%")
    rent = cells(page)["Loyer, Mai, Montant"]
    refused = web.post(sheet("a-2025-t2"), {rent: "1.100,00", small: "60"})
    assert refused.status_code == 422, field
    assert "plus que la facture entière" in words(refused)
    assert LigneFrais.objects.filter(facture=facture).count() == 2
    assert ChargeRecurrente.objects.get().net == D("1000.00")  # the rent typed beside it was not written
    assert values(refused)["Loyer, Mai, Montant"] == "1.100,00"  # nor lost


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Eau, Avril, N° de factures", "", "Le numéro manque"),
        ("Eau, Avril, N° de factures", "E\x001", "signe invisible"),
        ("Eau, Avril, N° de factures", "9" * 300, "200"),
        ("Eau, Avril, Clé", "-5", "est négatif"),
        ("Eau, Avril, Clé", "15,12345", "décimales"),
        ("Loyer, Mai, Montant", "0", "plus grand que zéro"),
        ("Loyer, Mai, Montant", "-5", "est négatif"),
        ("Loyer, Mai, Montant", "1e9", "n’est pas un nombre lisible"),
        ("Loyer, Mai, Montant", "99999999999999", "chiffres"),
    ],
)
def test_a_cell_badly_typed_says_why_and_keeps_it(web, label, typed, sentence):
    refused = web.post(sheet("a-2025-t2"), {cells(web.get(sheet("a-2025-t2")))[label]: typed})
    assert refused.status_code == 422
    assert sentence in words(refused)
    assert values(refused)[label] == typed


def test_an_electronic_invoice_is_read_and_never_typed_over(year, web):
    file = ProofFileFactory(entreprise=year.entreprise)
    Facture.objects.filter(number="E-1").update(source="ubl", original=file)
    assert not [label for label in cells(web.get(sheet("a-2025-t2"))) if label.startswith("Eau")]


def test_saving_by_htmx_leaves_what_a_reload_shows(web):
    before = web.get(sheet("a-2025-t2")).content
    name = cells(web.get(sheet("a-2025-t2")))["Loyer, Mai, Montant"]
    swapped = web.post(sheet("a-2025-t2"), {name: "1.100,00"}, headers=HTMX)
    assert swapped.status_code == 200
    web.get("/composants/")  # the message was told with the swap
    assert_swap_equals_reload(web, sheet("a-2025-t2"), before, swapped.content, "#tableau")


def cost(year, **changed):
    typed = {
        "line": "formation",
        "issue_date": "06/05/2025",
        "supplier": "Centre de formation",
        "number": "FC-118",
        "net": "780,00",
        "vat": "",
        "cle": str(year.bureau.pk),
    }
    return {f"depense-{name}": value for name, value in (typed | changed).items()}


def test_the_one_row_form_adds_a_cost_without_javascript(year, web):
    answer = web.post(sheet("a-2025-t2") + "depense/", cost(year), follow=True)
    assert answer.redirect_chain == [(sheet("a-2025-t2"), 302)]
    assert "117,00" in words(answer)
    assert decompter(entreprise=year.entreprise, as_of=scene.INSIDE).explained.value.frais_retenus == D("2007.75")


def test_a_cost_of_another_month_leads_to_its_sheet(year, web):
    answer = web.post(sheet("a-2025-t2") + "depense/", cost(year, issue_date="06/09/2025"))
    assert answer["Location"] == sheet("a-2025-t3")


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"issue_date": "06/05/2024"}, 409, "Le 06/05/2024 est hors de l’année d’agrément, du 15/03/2025"),
        ({"issue_date": "31/02/2025"}, 422, "n’existe pas : ce mois-là a 28 jours"),
        ({"net": "beaucoup"}, 422, "n’est pas un nombre lisible"),
        ({"number": ""}, 422, "Recopiez le numéro de la facture"),
        ({"cle": ""}, 422, "Choisissez la clé"),
        ({"supplier": "Fournisseur unique"}, 302, ""),
    ],
)
def test_a_cost_refused_keeps_what_was_typed(year, web, changed, status, sentence):
    answer = web.post(sheet("a-2025-t2") + "depense/", cost(year, **changed))
    assert answer.status_code == status
    if sentence:
        assert sentence in words(answer)
        assert soup(answer).select_one("[name=depense-supplier]")["value"] == "Centre de formation"
        assert not Facture.objects.filter(number="FC-118").exists()


def test_a_cost_typed_twice_is_recognised(year, web):
    web.post(sheet("a-2025-t2") + "depense/", cost(year))
    again = web.post(sheet("a-2025-t2") + "depense/", cost(year))
    assert again.status_code == 409
    assert "est déjà là, pièce n°" in words(again)
    assert Facture.objects.filter(number="FC-118").count() == 1


@pytest.mark.parametrize("address", ["a-2024-t1", "c-2025-t1", "a-2025-t5", "n-importe"])
def test_a_sheet_that_is_none_is_no_address(web, address):
    assert web.get(sheet(address)).status_code == 404


def test_a_year_that_is_anothers_is_no_address(web):
    assert web.get("/gestion/2025-04-01/tableaux/").status_code == 404


def test_three_hundred_lines_ask_no_more_queries_than_a_dozen(year, web):
    web.get(sheet("a-2025-t2"))
    with CaptureQueriesContext(connection) as few:
        web.get(sheet("a-2025-t2"))
    for number in range(60):
        scene.invoice(year, f"N-{number}", net="10.00", vat="2.10", day=dt.date(2025, 5, 7), line="eau")
    with CaptureQueriesContext(connection) as many:
        page = web.get(sheet("a-2025-t2"))
    assert len(many) <= len(few) + 1
    assert "N-59" in values(page).values()
    assert len(many) <= 50


@pytest.mark.parametrize(
    ("name", "start"),
    [("a-pdf", b"%PDF-"), ("b-pdf", b"%PDF-"), ("xlsx", b"PK"), ("ods", b"PK"), ("decompte", b"%PDF-")],
)
def test_each_paper_is_made_out(web, name, start):
    answer = web.get(f"{GESTION}/documents/{name}/")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer["Cache-Control"] == "private, no-store"


def test_a_paper_with_nothing_on_it_is_a_sentence(year, web):
    year.subvention.granted_amount = D("40000.00")
    year.subvention.save(update_fields=["granted_amount"])
    answer = web.get(f"{GESTION}/documents/a-pdf/")
    assert answer.status_code == 409
    assert "il n’y a rien à imprimer" in words(answer)
