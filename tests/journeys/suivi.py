"""Opening a browser as an accompagnateur, shared by the journeys of her workspace."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.records.factories import AffectationFactory


def as_accompagnateur(page: Page, live_server, entreprise) -> Page:
    """Give the page a session of the role, without going through the sign-in page."""
    client = Client()
    client.force_login(AffectationFactory(role="accompagnateur", entreprise=entreprise).user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page
