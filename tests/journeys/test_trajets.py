"""A route sheet in Chromium: every page fits and is accessible; typed by keyboard, then without a script."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from clefdevoute.records.temps.models import Deplacement
from tests.records.factories import (
    AccompagnateurFactory,
    AffectationFactory,
    AgrementFactory,
    EntrepriseInsertionFactory,
)
from tests.records.factories_temps import AutorisationEtrangerFactory, DeplacementFactory

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
YEAR = "/gestion/2025-03-15/trajets/"


@pytest.fixture
def person():
    entreprise = EntrepriseInsertionFactory()
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 3, 15))
    row = AccompagnateurFactory(entreprise=entreprise, name="Vermeiren")
    asked = AutorisationEtrangerFactory(accompagnateur=row)
    DeplacementFactory(accompagnateur=row, abroad=True, autorisation=asked)
    for month in (4, 5, 9):
        DeplacementFactory(accompagnateur=row, held_on=dt.date(2025, month, 20))
    return row


def signed_in(page: Page, live_server, person) -> Page:
    client = Client()
    client.force_login(AffectationFactory(role="gestionnaire", entreprise=person.entreprise).user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def add(page: Page, live_server) -> None:
    """Type one trip and send it."""
    page.goto(f"{live_server.url}{YEAR}nouveau/")
    page.get_by_label("Accompagnateur").select_option(label="Nadia Vermeiren")
    for label, value in (
        ("Jour", "12/05/2025"),
        ("Départ", "Siège"),
        ("Destination", "Namur"),
        ("Motif", "Réunion de réseau"),
        ("Kilomètres", "100"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Enregistrer le trajet").press("Enter")
    expect(page.get_by_role("heading", name="Feuilles de route", level=1)).to_be_visible()


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    page: Page, live_server, person, axe: Callable, no_overflow: Callable, capture: Callable
):
    signed_in(page, live_server, person)
    trip = Deplacement.objects.filter(abroad=True).get()
    paths = {
        "liste": YEAR,
        "nouveau": f"{YEAR}nouveau/",
        "feuille": f"{YEAR}{person.pk}/",
        "demande": f"{YEAR}etranger/",
        "trajet": f"/gestion/trajets/{trip.pk}/",
        "etranger": f"/gestion/trajets/etranger/{trip.autorisation_id}/",
    }
    for name, path in paths.items():
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            page.goto(f"{live_server.url}{path}")
            no_overflow(page)
            axe(page)
            capture(page, f"trajets-{name}-{width}-{scheme}")
    page.emulate_media(media="print")
    page.goto(f"{live_server.url}{paths['feuille']}")
    expect(page.get_by_text("Date et signature").first).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    capture(page, "trajets-feuille-papier")


def test_a_trip_typed_with_the_keyboard_is_counted(page: Page, live_server, person):
    add(signed_in(page, live_server, person), live_server)
    assert Deplacement.objects.filter(destination="Namur").count() == 1


def test_without_a_script_a_trip_is_recorded_and_removed(no_js_page: Page, live_server, person):
    page = signed_in(no_js_page, live_server, person)
    add(page, live_server)
    page.get_by_role("button", name="2025, Namur").click()
    expect(page.get_by_text("Trajet retiré.")).to_be_visible()
    assert not Deplacement.objects.filter(destination="Namur").exists()
