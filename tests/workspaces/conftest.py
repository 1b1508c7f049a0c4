"""What a test of pages uses: signing in under a role, swap-equals-reload, a bound on queries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Role
from clefdevoute.workspaces.accompagnateur import jour
from tests import clock
from tests.records.factories import AffectationFactory, EntrepriseInsertionFactory

OUTSIDE = {Role.ADMINISTRATION, Role.INSPECTION, Role.FEDERATION, Role.SUPPORT}


@pytest.fixture
def counted() -> None:
    """Let every page of a test count anew what its rail tells, as nothing in a test keeps a count."""


@pytest.fixture(autouse=True)
def _count_kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Let the pages of the other tests find the count of « Aujourd’hui » kept, as an installation nearly always does.

    It reads all that is due to everybody: counted anew, it takes as long as all the rest of the page.
    """
    if "counted" not in request.fixturenames:
        monkeypatch.setattr(jour, "_compter", lambda actor: 0)


TRACED = frozenset(
    f"test_{name}"
    for name in (
        "agenda_calendrier",
        "agenda_envois",
        "agenda_rendez_vous",
        "couts_depots",
        "couts_factures",
        "suivi_amenagements",
        "suivi_entretiens",
        "suivi_travailleurs",
    )
)
"""Tests whose every button is watched: what it writes leaves its event, by which memory knows (``tests/traces.py``)."""


@pytest.fixture(autouse=True)
def _traced(request: pytest.FixtureRequest, settings: Any) -> None:
    if request.module.__name__.rpartition(".")[2] in TRACED:
        settings.MIDDLEWARE = ["tests.traces.TraceMiddleware", *settings.MIDDLEWARE]


@pytest.fixture
def entreprise(db) -> EntrepriseInsertion:
    """An invented enterprise."""
    return EntrepriseInsertionFactory()


@pytest.fixture
def sign_in(db) -> Callable[..., Client]:
    """Give a signed-in browser for a role in an enterprise (none for the roles that stand outside)."""

    def open_session(role: Role, entreprise: EntrepriseInsertion) -> Client:
        held = AffectationFactory(
            role=role.value,
            entreprise=None if role in OUTSIDE else entreprise,
            user__email=f"{role}-{entreprise.pk}@exemple.be",
        )
        client = Client()
        client.force_login(held.user)
        return client

    return open_session


@pytest.fixture
def gestionnaire(sign_in, entreprise) -> Client:
    """Give the browser of the enterprise's gestionnaire."""
    return sign_in(Role.GESTIONNAIRE, entreprise)


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """Fail when a page asks the database more than ``number`` times; the queries are shown."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        yield
    assert len(seen) <= number, f"{len(seen)} requêtes :\n" + "\n".join(q["sql"][:200] for q in seen)


@contextmanager
def on_day(day: str) -> Iterator[None]:
    """Let the pages believe that it is the morning of another day."""
    with clock.at(f"{day}T09:00"):
        yield


def _without_tokens(page: BeautifulSoup) -> str:
    for field in page.select("input[name=csrfmiddlewaretoken], input[name=cv_envoi]"):
        field["value"] = ""
    if page.body is not None:
        page.body.attrs.pop("hx-headers", None)
    return page.prettify()


def assert_swap_equals_reload(client: Client, page_url: str, before: bytes, swapped: bytes, selector: str) -> None:
    """Apply what htmx received to the page as it was, and find the page that a reload shows."""
    page = BeautifulSoup(before, "html.parser")
    part = BeautifulSoup(swapped, "html.parser").select_one(selector)
    target = page.select_one(selector)
    assert part is not None, f"le fragment ne contient pas {selector}"
    assert target is not None, f"la page ne contient pas {selector}"
    target.replace_with(part)
    reloaded = BeautifulSoup(client.get(page_url).content, "html.parser")
    assert _without_tokens(page) == _without_tokens(reloaded)
