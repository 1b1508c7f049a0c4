"""Comptes individuels: typed in a grid that saves itself, imported from a CSV, explained by the law."""

import datetime as dt
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from clefdevoute.records.frais.models import CompteIndividuel, ImportComptes, MontantCompteIndividuel
from tests.records.factories import AccompagnateurFactory, ContratAccompagnateurFactory, EngagementFactory
from tests.records.factories_frais import AnneeFigeeFactory, MontantCompteIndividuelFactory
from tests.workspaces.conftest import at_most
from tests.workspaces.couts_gestes import approved, text, upload, url

pytestmark = pytest.mark.django_db
N = "\u00a0"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def entreprise(entreprise):
    return approved(entreprise)


@pytest.fixture
def person(entreprise):
    return AccompagnateurFactory(entreprise=entreprise, name="Marsoul", first_name="Hélène")


@pytest.fixture
def right(entreprise, person):
    """Eight TD persons open half a full time; one accompagnateur works full time: half of her cost counts."""
    for _ in range(8):
        EngagementFactory(travailleur__entreprise=entreprise)
    ContratAccompagnateurFactory(accompagnateur=person, temps_plein=True)
    return person


def amounts():
    rows = MontantCompteIndividuel.objects.order_by("month", "component")
    return [(row.month, row.component, row.amount) for row in rows]


APRIL, MAY = dt.date(2025, 4, 1), dt.date(2025, 5, 1)


def test_the_grid_is_typed_and_saved_without_a_script(gestionnaire, person):
    address = url("compte", person.pk, 2025)
    answer = gestionnaire.post(address, {"m04-brut": "3.000", "m04-mission": "12,50", "m05-brut": ""}, follow=True)
    assert amounts() == [(APRIL, "brut", Decimal(3000)), (APRIL, "mission", Decimal("12.50"))]
    assert "Enregistré à" in text(answer)
    cell = BeautifulSoup(answer.content, "html.parser").select_one("#c-m04-brut")
    assert cell["value"] == "3.000,00"
    assert cell["aria-label"] == "Rémunération brute, avril"


def test_an_emptied_cell_erases_and_an_unchanged_one_asks_nothing(gestionnaire, person):
    row = MontantCompteIndividuelFactory(accompagnateur=person, piece="P-1")
    gestionnaire.post(url("compte", person.pk, 2025), {"m04-brut": "2600,00"})
    row.refresh_from_db()
    assert row.piece == "P-1"
    gestionnaire.post(url("compte", person.pk, 2025), {"m04-brut": "2700"})
    row.refresh_from_db()
    assert (row.amount, row.piece) == (2700, "P-1"), "une facture déjà notée reste"
    gestionnaire.post(url("compte", person.pk, 2025), {"m04-brut": " "})
    assert amounts() == []


def test_a_saved_cell_says_when_and_swaps_to_what_a_reload_shows(gestionnaire, right):
    address = url("compte", right.pk, 2025)
    swapped = gestionnaire.post(address, {"m04-brut": "3000"}, headers=HTMX)
    state = BeautifulSoup(swapped.content, "html.parser").select_one(".cv-save").get_text(strip=True)
    assert state.startswith("Enregistré à ")
    part = BeautifulSoup(swapped.content, "html.parser").select_one("#etat > section")
    assert "3.000,00" in part.get_text()
    reloaded = BeautifulSoup(gestionnaire.get(address).content, "html.parser")
    assert reloaded.select_one("#etat > section").prettify() == part.prettify()


def test_a_wrong_cell_is_named_the_others_are_saved_and_nothing_typed_is_lost(gestionnaire, person):
    data = {"m04-brut": "3000", "m05-brut": "douze", "m04-autres_aides": "-5"}
    answer = gestionnaire.post(url("compte", person.pk, 2025), data)
    assert answer.status_code == 422
    assert amounts() == [(APRIL, "brut", Decimal(3000))]
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("#c-m05-brut")["value"] == "douze"
    assert page.select_one("#c-m05-brut")["aria-invalid"] == "true"
    assert "2 cases à revoir. Le reste est enregistré." in text(answer).replace(N, " ")
    assert "Rémunération brute, mai" in text(answer)


def test_a_month_already_sent_is_refused_whole(gestionnaire, person):
    AnneeFigeeFactory(entreprise=person.entreprise)
    answer = gestionnaire.post(url("compte", person.pk, 2025), {"m01-brut": "1", "m04-brut": "3000"}, headers=HTMX)
    assert answer.status_code == 409
    assert "déjà transmise" in text(answer)
    assert amounts() == []


def test_the_law_says_what_counts_of_each_month(gestionnaire, right):
    data = {"m04-brut": "3000", "m04-autres_aides": "200"}
    said = text(gestionnaire.post(url("compte", right.pk, 2025), data, follow=True)).replace(N, " ")
    assert "avril 2.800,00 1 50 % 1.400,00" in said
    assert "Pourquoi 1.400,00 € ?" in said
    assert "autres aides déduites : 200,00 €" in said


def test_the_law_that_cannot_answer_says_why(gestionnaire, entreprise):
    person = AccompagnateurFactory(entreprise=entreprise)
    MontantCompteIndividuelFactory(accompagnateur=person)
    said = text(gestionnaire.get(url("compte", person.pk, 2016 + 4)))
    assert "Aucune année d’agrément ne touche cette année civile." in said
    assert gestionnaire.get(url("compte", person.pk, 2025)).status_code == 200


def test_a_yearly_item_asks_its_payment_date(gestionnaire, person):
    address = url("montant_ajouter", person.pk, 2025)
    data = {"component": "pecule_vacances", "month": "1", "amount": "1.800", "paid_on": ""}
    missing = gestionnaire.post(address, data)
    assert missing.status_code == 422
    assert "compte à sa date de paiement" in text(missing)
    assert gestionnaire.post(address, data | {"paid_on": "30/05/2024"}).status_code == 422
    said = text(gestionnaire.post(address, data | {"paid_on": "30/05/2025"}, follow=True))
    assert "30/05/2025" in said
    assert amounts() == [(MAY, "pecule_vacances", Decimal(1800))]
    gestionnaire.post(url("montant_effacer", MontantCompteIndividuel.objects.get().pk))
    assert amounts() == []


def test_one_amount_is_typed_by_itself(gestionnaire, person):
    data = {"component": "brut", "month": "4", "amount": "3000", "paid_on": "", "piece": "C-1"}
    assert gestionnaire.post(url("montant_ajouter", person.pk, 2025), data).status_code == 302
    assert amounts() == [(APRIL, "brut", Decimal(3000))]
    aid = gestionnaire.post(
        url("montant_ajouter", person.pk, 2025), data | {"component": "autres_aides", "amount": "-1"}
    )
    assert aid.status_code == 409
    assert "Écrivez l’aide positive" in text(aid)


PDF = b"%PDF-1.7\n%%EOF\n"


def test_the_document_of_a_year_takes_the_place_of_the_one_before(gestionnaire, person):
    address = url("compte_deposer", person.pk, 2025)
    data = {"nature": "provisoire", "received_on": "01/02/2026"}
    assert gestionnaire.post(address, data | {"fichier": upload("p.pdf", PDF)}).status_code == 302
    assert "Provisoire : à remplacer" in text(gestionnaire.get(url("compte", person.pk, 2025))).replace(N, " ")
    gestionnaire.post(address, data | {"nature": "definitif", "fichier": upload("d.pdf", PDF + b"d")})
    first, second = CompteIndividuel.objects.order_by("pk")
    assert (first.replaced, second.replaced) == (True, False)
    assert gestionnaire.get(url("compte_document", second.pk)).content == PDF + b"d"
    said = text(gestionnaire.get(url("comptes")))
    assert "Hélène Marsoul" in said
    wrong = gestionnaire.post(address, data | {"fichier": upload("d.csv", b"a;b\n1;2")})
    assert wrong.status_code == 409
    assert "n’est pas un PDF" in text(wrong)
    assert gestionnaire.post(address, data).status_code == 422
    assert gestionnaire.post(address, data | {"fichier": upload("v.pdf", b"")}).status_code == 422


# CSV

CSV = """Nom;Mois;Salaire brut;ONSS patronal;Autre
Marsoul;04/2025;3000,00;750;x
Marsoul;05/2025;douze;800;
Dupont;04/2025;1;1;"""


def send(client, person, content):
    content = content.encode() if isinstance(content, str) else content
    return client.post(url("compte_importer", person.pk, 2025), {"fichier": upload("paie.csv", content)})


def test_a_csv_is_previewed_applied_and_undone(gestionnaire, person):
    MontantCompteIndividuelFactory(accompagnateur=person, amount=Decimal(100))
    answer = send(gestionnaire, person, CSV)
    address = answer["Location"]
    preview = text(gestionnaire.get(address)).replace(N, " ")
    assert "1 erreur dans le fichier" in preview
    assert "Ligne 3" in preview
    assert "2 montants d’une autre personne" in preview
    assert amounts() == [(APRIL, "brut", Decimal(100))], "rien n’est écrit avant l’accord"
    mapping = {"c0": "accompagnateur", "c1": "mois", "c2": "brut", "c3": "onss_patronal", "c4": ""}
    said = text(gestionnaire.post(address, mapping, follow=True)).replace(N, " ")
    assert "3 montants dans la grille" in said
    assert (APRIL, "brut", Decimal(3000)) in amounts()
    assert gestionnaire.post(address, mapping).status_code == 409
    imported = ImportComptes.objects.get()
    gestionnaire.post(url("compte_import_annuler", imported.pk))
    assert amounts() == [(APRIL, "brut", Decimal(100))]


def test_the_preview_says_what_an_amount_replaces_and_whose_the_others_are(gestionnaire, person):
    MontantCompteIndividuelFactory(accompagnateur=person, month=dt.date(2025, 4, 1), component="brut", amount="2900.00")
    content = f"Matricule;Nom;Mois;Brut\n12;{person.name} {person.first_name};04/2025;9,00\n13;Autre Ève;04/2025;8,00\n"
    page = gestionnaire.get(send(gestionnaire, person, content)["Location"])
    said = text(page)
    assert "Remplace Montant avril 2025 Rémunération brute – 2.900,00 9,00" in said
    assert "1 montant d’une autre personne (Autre Ève) : laissés." in said
    alone = b"Nom;Mois;Brut\nAutre;04/2025;8,00\n"
    said = text(gestionnaire.get(send(gestionnaire, person, alone)["Location"]))
    assert f"Aucun n’est de {person} : choisissez la colonne qui porte ce nom." in said


def test_columns_are_corrected_before_anything_is_read(gestionnaire, person):
    address = send(gestionnaire, person, "Quand;Combien\n04/2025;3000")["Location"]
    first = text(gestionnaire.get(address))
    assert "Désignez la colonne du mois." in first
    refused = gestionnaire.post(address, {"c0": "", "c1": "brut"})
    assert refused.status_code == 422
    shown = text(gestionnaire.get(f"{address}?c0=mois&c1=brut"))
    assert "3.000,00" in shown
    assert gestionnaire.get(f"{address}?c0=yacht&c1=brut").status_code == 200
    assert gestionnaire.post(address, {"c0": "mois", "c1": "brut"}).status_code == 302


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "vide"),
        (b"mois;brut", "pas de ligne sous ses titres"),
        (b"\x00\x01", "pas un CSV"),
        (b"a;b\n" + b"1;2\n" * 20_002, "20.000 lignes"),
        (PDF, ""),
    ],
)
def test_a_file_that_is_no_csv_is_said(gestionnaire, person, content, says):
    answer = send(gestionnaire, person, content)
    assert answer.status_code in ({422} if says else {302, 422})
    if says:
        assert says in text(answer)
        assert not ImportComptes.objects.exists()


def test_a_year_that_cannot_be_is_no_address(gestionnaire, person):
    for year in (0, 1999, 2999):
        assert gestionnaire.get(url("compte", person.pk, year)).status_code == 404


def test_the_pages_cost_a_bounded_number_of_queries(gestionnaire, right):
    for month in range(1, 13):
        MontantCompteIndividuelFactory(accompagnateur=right, month=dt.date(2025, month, 1))
    for _ in range(5):
        AccompagnateurFactory(entreprise=right.entreprise)
    with at_most(70):
        gestionnaire.get(url("compte", right.pk, 2025))
    with at_most(10):
        gestionnaire.get(url("comptes"))
