"""What the tests of the agenda's pages share: a team, persons under contract, and how a page is read."""

import datetime as dt

from bs4 import BeautifulSoup
from django.test import Client

from clefdevoute.records.foundation.access import Role
from clefdevoute.ui.formats import NBSP
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory

TODAY = "2026-11-23"


def text(page) -> str:
    """Read the words of a page, unbreakable spaces as spaces."""
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def soup(page) -> BeautifulSoup:
    return BeautifulSoup(page.content, "html.parser")


def staff(entreprise, client: Client | None = None, **fields):
    """Give an accompagnateur, the one who holds the browser where there is one."""
    user = {"user_id": client.session["_auth_user_id"]} if client else {}
    return AccompagnateurFactory(entreprise=entreprise, functions_start=dt.date(2024, 1, 1), **(user | fields))


def worker(entreprise, **fields):
    """Give a person under contract since January 2024."""
    site = fields.pop("site", "Namur")
    row = TravailleurFactory(entreprise=entreprise, **fields)
    EngagementFactory(travailleur=row, site=site)
    return row


def typed(who, **more):
    """Give what a form of an appointment sends."""
    return {
        "le": "25/11/2026",
        "heure": "14:30",
        "duration_min": "60",
        "accompagnateur": str(who.pk),
        "place": "Bureau 2",
        "kind": "entretien",
        "form": "face_a_face",
    } | more


ROLES = [Role.ACCOMPAGNATEUR, Role.SECRETARIAT]
