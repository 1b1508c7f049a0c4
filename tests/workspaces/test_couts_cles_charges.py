"""Keys with their written reasoning and dated versions; charges that spread by themselves."""

import datetime as dt
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.frais.models import ChargeRecurrente, CleRepartition, VersionCle
from tests.records.factories_frais import AnneeFigeeFactory, ChargeRecurrenteFactory
from tests.workspaces.conftest import at_most
from tests.workspaces.couts_gestes import START, approved, key, text, url

pytestmark = pytest.mark.django_db
N = "\u00a0"
NEW = {"name": "Bureau", "percent": "33,3333", "basis": "18 m² sur 54 m²", "since": "01/01/2025"}


@pytest.fixture
def entreprise(entreprise):
    return approved(entreprise)


def test_a_key_is_made_with_four_decimals_and_its_reasoning(gestionnaire):
    answer = gestionnaire.post(url("cles"), NEW, follow=True)
    assert VersionCle.objects.get().percent == Decimal("33.3333")
    assert f"33,3333{N}%" in text(answer).replace(" %", f"{N}%")
    assert "18 m² sur 54 m²" in text(answer)


@pytest.mark.parametrize(
    ("percent", "says"),
    [
        ("115", f"«{N}115{N}» dépasse 100{N}%. Écrivez la part de l’accompagnatrice, par exemple 15."),
        ("115 %", f"«{N}115{N}» dépasse 100{N}%."),
        ("0", f"Une clé de 0{N}% ne prend rien."),
        ("-5", "est négatif"),
        ("33,33333", "5 décimales"),
        ("un tiers", "n’est pas un nombre lisible"),
        ("", "Il manque le pourcentage"),
        ("9" * 40, "trop grand"),
    ],
)
def test_a_percentage_that_cannot_be_is_said_and_kept(gestionnaire, percent, says):
    answer = gestionnaire.post(url("cles"), NEW | {"percent": percent})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert says in page.get_text()
    assert page.select_one("#id_percent").get("value", "") == percent
    assert page.select_one("#id_basis").get_text(strip=True) == NEW["basis"]
    assert not CleRepartition.objects.exists()


def test_a_key_without_reasoning_is_refused(gestionnaire):
    answer = gestionnaire.post(url("cles"), NEW | {"basis": " "})
    assert answer.status_code == 422
    assert "l’annexe le demande" in text(answer)


def test_two_keys_of_one_name_are_refused(gestionnaire, entreprise):
    key(entreprise, name="Bureau")
    answer = gestionnaire.post(url("cles"), NEW)
    assert answer.status_code == 409
    assert "Une clé porte déjà ce nom" in text(answer)


def test_a_revision_keeps_the_version_before(gestionnaire, entreprise):
    cle = key(entreprise)
    data = {"percent": "20", "basis": "24 m² sur 120 m²", "since": "01/06/2025"}
    said = text(gestionnaire.post(url("cle", cle.pk), data, follow=True))
    assert "18 m² sur 120 m²" in said
    assert "24 m² sur 120 m²" in said
    gestionnaire.post(url("cle_fermer", cle.pk))
    again = gestionnaire.post(url("cle", cle.pk), data)
    assert again.status_code == 409
    assert "n’est plus proposée" in text(again)


def test_a_revision_within_a_year_sent_is_refused(gestionnaire, entreprise):
    AnneeFigeeFactory(entreprise=entreprise)
    data = {"percent": "20", "basis": "24 m²", "since": "01/06/2025"}
    answer = gestionnaire.post(url("cle", key(entreprise).pk), data)
    assert answer.status_code == 409
    assert "déjà transmise" in text(answer)


# Charges


def rent(key_used, **changes):
    return {
        "name": "Loyer",
        "net": "1.000",
        "vat": "",
        "every_months": "1",
        "due_day": "31",
        "starts_on": "01/01/2025",
        "ends_on": "",
        "line": "loyer",
        "cle": key_used.pk,
    } | changes


def test_a_rent_spreads_by_itself_over_the_agrement_year(gestionnaire, entreprise):
    assert gestionnaire.post(url("charges"), rent(key(entreprise))).status_code == 302
    page = BeautifulSoup(gestionnaire.get(url("charges_annee", START)).content, "html.parser")
    days = [cell.get_text() for cell in page.select("table.cv-table--mid tbody th")]
    assert len(days) == 12
    assert days[0] == f"31{N}mars 2025"
    assert days[1] == f"30{N}avril 2025", "en fin de mois court, le dernier jour"
    assert days[-1] == f"28{N}février 2026"
    assert page.get_text().count(f"Pourquoi 150,00{N}€{N}?") == 12


def test_a_new_amount_leaves_past_months_alone(gestionnaire, entreprise):
    charge = ChargeRecurrenteFactory(entreprise=entreprise, net=Decimal(1000), starts_on=dt.date(2025, 1, 1))
    answer = gestionnaire.post(url("charge_montant", charge.pk), {"since": "01/07/2025", "net": "1.100", "vat": ""})
    assert answer.status_code == 302
    page = BeautifulSoup(gestionnaire.get(url("charges_annee", START)).content, "html.parser")
    borne = [row.select("td")[1].get_text() for row in page.select("table.cv-table--mid tbody tr")]
    assert borne == ["1.000,00"] * 3 + ["1.100,00"] * 9
    assert gestionnaire.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"due_day": "32"}, 422, "de 1 à 31"),
        ({"due_day": "x"}, 422, "de 1 à 31"),
        ({"net": "0"}, 409, "plus grand que zéro"),
        ({"net": "mille"}, 422, "n’est pas un nombre lisible"),
        ({"line": ""}, 422, "Choisissez un poste."),
        ({"cle": ""}, 422, "Choisissez une clé."),
        ({"ends_on": "31/12/2024"}, 409, "finit avant de commencer"),
        ({"starts_on": "01/01/2019"}, 409, "ne vaut rien au"),
        ({"every_months": "2"}, 422, "choix valide"),
    ],
)
def test_a_charge_that_cannot_be_is_said_and_kept(gestionnaire, entreprise, changes, status, says):
    answer = gestionnaire.post(url("charges"), rent(key(entreprise), **changes))
    assert answer.status_code == status
    assert says in text(answer)
    assert BeautifulSoup(answer.content, "html.parser").select_one("#id_name")["value"] == "Loyer"
    assert not ChargeRecurrente.objects.exists()


def test_a_charge_ends(gestionnaire, entreprise):
    charge = ChargeRecurrenteFactory(entreprise=entreprise)
    assert gestionnaire.post(url("charge_terminer", charge.pk), {"ends_on": "hier"}).status_code == 422
    assert gestionnaire.post(url("charge_terminer", charge.pk), {"ends_on": "01/01/2020"}).status_code == 409
    assert gestionnaire.post(url("charge_terminer", charge.pk), {"ends_on": "30/06/2025"}).status_code == 302
    charge.refresh_from_db()
    assert charge.ends_on == dt.date(2025, 6, 30)
    before = gestionnaire.post(url("charge_montant", charge.pk), {"since": "01/01/2020", "net": "1", "vat": "0"})
    assert before.status_code == 409


def test_an_unknown_year_is_no_address(gestionnaire):
    assert gestionnaire.get(url("charges_annee", dt.date(2025, 3, 16))).status_code == 404
    assert gestionnaire.get("/gestion/2025-02-31/charges/").status_code == 404


def test_pages_open_without_agrement_and_cost_bounded_queries(gestionnaire, entreprise):
    for _ in range(10):
        ChargeRecurrenteFactory(entreprise=entreprise, cle=key(entreprise))
    with at_most(22):
        gestionnaire.get(url("charges_annee", START))
    with at_most(10):
        gestionnaire.get(url("cles"))


def test_without_agrement_there_are_charges_and_no_year(sign_in):
    charge = ChargeRecurrenteFactory()
    client = sign_in(Role.GESTIONNAIRE, charge.entreprise)
    said = text(client.get(url("charges")))
    assert charge.name in said
    assert "Échéances" not in said
