"""Route sheets by their pages: typed, refused with all that was typed, added up, printed with names, asked abroad."""

import datetime as dt
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from clefdevoute.records.temps.models import AutorisationEtranger, Deplacement
from clefdevoute.ui.formats import NBSP
from tests.records.factories import AccompagnateurFactory, AgrementFactory
from tests.records.factories_frais import AnneeFigeeFactory
from tests.records.factories_temps import AutorisationEtrangerFactory, DeplacementFactory
from tests.workspaces.conftest import at_most, on_day

pytestmark = pytest.mark.django_db
YEAR = "/gestion/2025-03-15/trajets/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
D = Decimal


@pytest.fixture(autouse=True)
def around(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    with on_day("2026-03-20"):
        yield


@pytest.fixture
def person(entreprise):
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 3, 15))
    return AccompagnateurFactory(entreprise=entreprise)


def typed(person, **more):
    return {
        "accompagnateur": str(person.pk),
        "held_on": "12/05/2025",
        "nature": "mission",
        "moyen": "voiture",
        "departure": "Siège",
        "destination": "Liège, Forem",
        "purpose": "Réunion de réseau",
        "kilometres": "100",
    } | more


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def test_a_trip_typed_is_counted_at_the_rate_of_its_day_and_explained(gestionnaire, person):
    page = gestionnaire.post(f"{YEAR}nouveau/", typed(person))
    assert page["Location"] == YEAR
    shown = text(gestionnaire.get(YEAR))
    assert "Total de l’année : 43,20 €" in shown
    assert "Pourquoi 43,20 € ?" in shown
    assert "100 km × 0,4320 €" in shown
    row = Deplacement.objects.get()
    assert gestionnaire.post(f"/gestion/trajets/{row.pk}/", typed(person, kilometres="50")).status_code == 302
    assert "Total de l’année : 21,60 €" in text(gestionnaire.get(YEAR))
    assert gestionnaire.post(f"/gestion/trajets/{row.pk}/retirer/").status_code == 302
    assert "Aucun trajet dans cette année" in text(gestionnaire.get(YEAR))


def test_the_purpose_reminds_what_is_never_written_there(gestionnaire, person):
    assert "Ni nom de travailleur ni motif social" in text(gestionnaire.get(f"{YEAR}nouveau/"))


WRONG = [
    ({"held_on": "31/02/2025"}, "31/02/2025"),
    ({"held_on": "14/03/2024"}, "dans aucune année d’agrément"),
    ({"held_on": "14/03/2027"}, "Ce trajet n’est pas encore fait"),
    ({"kilometres": ""}, "Une mission en voiture se compte en kilomètres"),
    ({"kilometres": "-3"}, "est négatif"),
    ({"kilometres": "1000000"}, "chiffres"),
    ({"kilometres": "trente"}, "n’est pas un nombre lisible"),
    ({"kilometres": "", "moyen": "transport_public", "price": "12,40"}, "Un prix se prouve"),
    ({"purpose": " "}, "La feuille de route porte un motif"),
    ({"destination": ""}, "Il manque la destination"),
    ({"accompagnateur": "x"}, "Choisissez la personne dans la liste"),
]


@pytest.mark.parametrize(("more", "says"), WRONG, ids=lambda value: str(value)[:40])
def test_what_cannot_be_is_said_and_all_that_was_typed_stays(gestionnaire, person, more, says):
    page = gestionnaire.post(f"{YEAR}nouveau/", typed(person, **more))
    assert page.status_code == 422
    assert says in text(page)
    found = BeautifulSoup(page.content, "html.parser")
    assert found.select_one("#id_departure")["value"] == "Siège"
    assert found.select_one("#id_kilometres").get("value", "") == (typed(person) | more)["kilometres"]
    assert not Deplacement.objects.exists()


def test_a_ticket_keeps_its_proof_through_a_mistake_elsewhere(gestionnaire, person):
    ticket = typed(person, kilometres="", moyen="transport_public", price="12,40")
    page = gestionnaire.post(
        f"{YEAR}nouveau/", ticket | {"purpose": "", "proof": SimpleUploadedFile("ticket.pdf", PDF)}
    )
    receipt = BeautifulSoup(page.content, "html.parser").select_one("[name=proof_gardee]")["value"]
    assert gestionnaire.post(f"{YEAR}nouveau/", ticket | {"proof_gardee": receipt}).status_code == 302
    row = Deplacement.objects.get()
    assert row.price == D("12.40")
    assert gestionnaire.get(f"/gestion/trajets/{row.pk}/preuve/").content == PDF
    gestionnaire.post(f"/gestion/trajets/{row.pk}/", ticket | {"price": "13,00"})
    assert Deplacement.objects.get().proof == row.proof, "une preuve déposée reste"


def test_a_year_already_sent_refuses_in_a_sentence(gestionnaire, person):
    row = DeplacementFactory(accompagnateur=person)
    AnneeFigeeFactory(entreprise=person.entreprise)
    for page in (
        gestionnaire.post(f"{YEAR}nouveau/", typed(person)),
        gestionnaire.post(f"/gestion/trajets/{row.pk}/", typed(person, kilometres="50")),
        gestionnaire.post(f"/gestion/trajets/{row.pk}/retirer/"),
    ):
        assert page.status_code == 409
        assert "déjà transmise" in text(page)
    assert Deplacement.objects.get().kilometres == D("37.50")


def test_a_journey_abroad_is_asked_answered_once_and_counts_from_then(gestionnaire, person):
    asked = {
        "accompagnateur": str(person.pk),
        "destination": "Lille",
        "departure_on": "12/05/2025",
        "return_on": "13/05/2025",
        "requested_on": "01/04/2025",
    }
    page = gestionnaire.post(f"{YEAR}etranger/", asked | {"request": ""})
    assert page.status_code == 422
    assert "La demande est motivée" in text(page)
    assert BeautifulSoup(page.content, "html.parser").select_one("#id_destination")["value"] == "Lille"
    page = gestionnaire.post(f"{YEAR}etranger/", asked | {"request": "Visite d’une structure partenaire."})
    row = AutorisationEtranger.objects.get()
    assert page["Location"] == f"/gestion/trajets/etranger/{row.pk}/"
    abroad = typed(person, abroad="on", autorisation=str(row.pk))
    assert gestionnaire.post(f"{YEAR}nouveau/", abroad).status_code == 302
    assert "sans réponse" in text(gestionnaire.get(YEAR))
    assert "Total de l’année : 0,00 €" in text(gestionnaire.get(YEAR))
    answer = {"state": "accordee", "decided_on": "20/04/2025", "reference": "DES/2025/12"}
    wrong = gestionnaire.post(page["Location"], answer | {"decided_on": "31/03/2025"})
    assert wrong.status_code == 422
    assert "La réponse précède la demande" in text(wrong)
    assert gestionnaire.post(page["Location"], answer).status_code == 302
    assert "Total de l’année : 43,20 €" in text(gestionnaire.get(YEAR))
    again = gestionnaire.post(page["Location"], answer | {"state": "refusee"})
    assert again.status_code == 409
    assert "La réponse est déjà notée" in text(again)


def test_the_sheet_to_sign_names_its_person_purpose_day_kilometres_and_rate(gestionnaire, person):
    DeplacementFactory(accompagnateur=person, kilometres=D("100"), purpose="Visite d’employeur")
    DeplacementFactory(accompagnateur=AccompagnateurFactory(entreprise=person.entreprise), purpose="Autre personne")
    shown = text(gestionnaire.get(f"{YEAR}{person.pk}/"))
    for words in (str(person), "Visite d’employeur", "12/05/2025", "0,4320", "43,20", "Date et signature", "Mai 2025"):
        assert words in shown
    assert "Autre personne" not in shown
    assert gestionnaire.get(f"{YEAR}{AccompagnateurFactory().pk}/").status_code == 404


def test_without_approval_the_page_says_where_to_begin(gestionnaire):
    assert "Aucun agrément n’est enregistré" in text(gestionnaire.get("/gestion/trajets/"))


def test_three_hundred_trips_ask_no_more_than_one(gestionnaire, person):
    asked = AutorisationEtrangerFactory(accompagnateur=person, accordee=True)
    DeplacementFactory(accompagnateur=person, abroad=True, autorisation=asked)
    for number in range(300):
        DeplacementFactory(accompagnateur=person, held_on=dt.date(2025, 3, 15) + dt.timedelta(days=number))
    with at_most(14):
        page = gestionnaire.get(YEAR)
    assert page.context["page"].count == 301
    assert len(page.context["page"].items) == 20
    with at_most(13):
        gestionnaire.get(f"{YEAR}{person.pk}/")
