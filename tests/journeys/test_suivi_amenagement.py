"""An adjustment in Chromium: from the accompagnateur to the head of the enterprise and back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from clefdevoute.records.amenagements.facts import preuves_amenagements
from tests.records import factories as make

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "Zygomatique-témoin"


@pytest.fixture
def person():
    row = make.TravailleurFactory(name="Boisclair", first_name="Samira")
    make.EngagementFactory(travailleur=row)
    return row


def sign_in(page: Page, live_server, entreprise, role: str, **more) -> None:
    client = Client()
    client.force_login(make.AffectationFactory(role=role, entreprise=entreprise, **more).user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def send(page: Page, verb: str, said: str) -> None:
    page.get_by_role("button", name=verb, exact=True).press("Enter")
    expect(page.get_by_text(said)).to_be_visible()


def test_the_measure_goes_to_the_head_and_the_decision_comes_back(
    page: Page, live_server, person, axe: Callable, no_overflow: Callable
):
    today = timezone.localdate()
    here = f"{live_server.url}/suivi/amenagements/"

    def look(*paths: str) -> None:
        for path in paths:
            for width, scheme in ((320, "light"), (1440, "dark")):
                dress(page, width, scheme)
                page.goto(f"{live_server.url}{path}")
                no_overflow(page)
                axe(page)

    sign_in(page, live_server, person.entreprise, "accompagnateur")
    page.goto(here)
    page.get_by_role("link", name="Noter un besoin").click()
    page.get_by_label("Travailleur", exact=True).select_option(index=1)
    page.get_by_label("Ce qui gêne la personne au travail").fill(f"{SECRET} : la table est trop basse.")
    page.get_by_label("Le travailleur").check()
    send(page, "Noter le besoin", "Besoin noté.")
    page.get_by_role("link", name="Analyser le poste").click()
    page.get_by_label("Sorte de mesure").select_option(label="Poste de travail")
    page.get_by_label("Mesure proposée").fill("Une table de coupe réglable en hauteur.")
    send(page, "Enregistrer l’analyse", "Analyse enregistrée.")
    address = page.url.removeprefix(live_server.url)
    look("/suivi/amenagements/", address, f"{address}avis/", f"{address}sante/")
    page.goto(f"{live_server.url}{address}avis/")
    send(page, "Remettre l’avis à la direction", "Avis remis à la direction.")
    expect(page.get_by_text("Attend la direction")).to_be_visible()

    sign_in(page, live_server, person.entreprise, "gestionnaire", permissions=["chef_entreprise"])
    page.goto(f"{live_server.url}/gestion/amenagements/")
    page.get_by_role("link", name="Boisclair Samira").click()
    expect(page.get_by_text("Une table de coupe réglable en hauteur.")).to_be_visible()
    assert SECRET not in page.content()
    look("/gestion/amenagements/", page.url.removeprefix(live_server.url))
    page.get_by_label("Accepté", exact=True).check()
    page.get_by_label("À revoir le").fill(f"{today + dt.timedelta(days=90):%d/%m/%Y}")
    send(page, "Enregistrer la décision", "Décision enregistrée.")

    sign_in(page, live_server, person.entreprise, "accompagnateur")
    page.goto(f"{live_server.url}/suivi/")
    page.get_by_role("link", name="Lire la décision").click()
    page.get_by_role("link", name="Noter que la personne la connaît").click()
    send(page, "Noter que la personne la connaît", "Noté.")
    found = preuves_amenagements(person.entreprise_id, [person.pk], start=today, end=today)
    assert [task for task, *_ in found[person.pk]] == [10, 10], "l'analyse et l'avis prouvent la tâche 10"


def test_without_a_script_the_head_refuses_with_reasons(no_js_page: Page, live_server, person):
    page = no_js_page
    sign_in(page, live_server, person.entreprise, "accompagnateur")
    page.goto(f"{live_server.url}/suivi/travailleurs/{person.pk}/amenagements/nouveau/")
    page.get_by_label("Ce qui gêne la personne au travail").fill("La table.")
    page.get_by_label("Le travailleur").check()
    send(page, "Noter le besoin", "Besoin noté.")
    page.get_by_role("link", name="Besoin du").click()
    page.get_by_role("link", name="Analyser le poste").click()
    page.get_by_label("Sorte de mesure").select_option(label="Poste de travail")
    page.get_by_label("Mesure proposée").fill("Une table.")
    send(page, "Enregistrer l’analyse", "Analyse enregistrée.")
    page.get_by_role("link", name="Relire et remettre l’avis").click()
    send(page, "Remettre l’avis à la direction", "Avis remis à la direction.")
    sign_in(page, live_server, person.entreprise, "gestionnaire", permissions=["chef_entreprise"])
    page.goto(f"{live_server.url}/gestion/amenagements/")
    page.get_by_role("link", name="Boisclair Samira").click()
    page.get_by_label("Refusé").check()
    page.get_by_role("button", name="Enregistrer la décision").press("Enter")
    expect(page.get_by_text("Un refus, même en partie, se motive").first).to_be_visible()
    page.get_by_label("Motivation").fill("Le bâtiment est loué jusqu’en mars.")
    send(page, "Enregistrer la décision", "Décision enregistrée.")
