"""Nothing typed is lost, nothing is written twice, in a browser without a script: session ended, double click."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from clefdevoute.records.suivi.models import Objectif
from tests.records.factories import AffectationFactory, EngagementFactory, EntrepriseInsertionFactory

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "motdepasse-de-test"
WISH = "Quitter la rue du Moulin ; l’ex-mari a les clés.\nEn parler d’abord à sa sœur."


@pytest.fixture
def look(axe: Callable, no_overflow: Callable, capture: Callable) -> Callable:
    """Check a page at both ends of the widths and take its picture."""

    def check(page: Page, name: str) -> None:
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            axe(page)
            no_overflow(page)
            capture(page, f"saisie-{name}-{width}")

    return check


def walk(page: Page, live_server, look: Callable) -> None:
    """Type, lose the session, sign in, find the words again, send them with a double click."""
    held = AffectationFactory(role="accompagnateur", entreprise=EntrepriseInsertionFactory(name="Ateliers du Tilleul"))
    person = EngagementFactory(travailleur__entreprise=held.entreprise).travailleur
    client = Client()
    client.force_login(held.user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"{live_server.url}/suivi/travailleurs/{person.pk}/objectifs/nouveau/")
    page.get_by_label("Objectif", exact=True).fill("Un logement à elle")
    page.get_by_label("Souhait, dans les mots de la personne").fill(WISH)
    page.context.clear_cookies(name=name)
    page.get_by_role("button", name="Fixer l’objectif").click()

    expect(page.get_by_text("reconnectez-vous, rien n’est perdu")).to_be_visible()
    assert "ex-mari" not in page.content()
    look(page, "reconnexion")
    page.get_by_label("Adresse e-mail").fill(held.user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Me connecter").click()

    expect(page.get_by_text("Votre texte est revenu dans le formulaire.")).to_be_visible()
    expect(page.get_by_label("Souhait, dans les mots de la personne")).to_have_value(WISH)
    look(page, "retrouvee")
    assert not Objectif.objects.exists()
    page.get_by_role("button", name="Fixer l’objectif").dblclick()
    expect(page.get_by_text("Un logement à elle").first).to_be_visible()
    assert Objectif.objects.count() == 1


def test_a_session_that_ended_loses_nothing_and_a_double_click_writes_once(page: Page, live_server, look: Callable):
    walk(page, live_server, look)


def test_the_same_without_a_script(no_js_page: Page, live_server):
    walk(no_js_page, live_server, lambda *_seen: None)  # axe is a script, and has its turn above
