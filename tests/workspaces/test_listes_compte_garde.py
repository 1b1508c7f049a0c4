"""The count of the rail is kept while nothing is written, and counted anew as soon as something is."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from clefdevoute.records.agenda.actions.rendez_vous import enregistrer_tenu
from clefdevoute.records.foundation.access import Role
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]


@pytest.fixture(autouse=True)
def kept(settings):
    """Keep the counts as an installation does."""
    settings.CACHES = settings.CACHES | {"comptes": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def count(client) -> int:
    page = BeautifulSoup(client.get("/suivi/registre/").content, "html.parser")
    link = page.select_one(".cv-nav a[href='/suivi/']")
    return int("".join(letter for letter in link.text if letter.isdigit()) or 0)


def test_a_write_of_the_enterprise_makes_it_count_anew(sign_in, entreprise):
    nadia = AccompagnateurFactory(entreprise=entreprise)
    one = TravailleurFactory(entreprise=entreprise)
    EngagementFactory(travailleur=one)
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    before = count(client)
    assert before > 0
    EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise))
    assert count(client) == before, "une ligne sans trace au journal ne fait pas recompter"
    now = timezone.now()
    enregistrer_tenu(
        travailleur=one,
        accompagnateur=nadia,
        starts_at=now - dt.timedelta(hours=30),
        by=actor(Role.ACCOMPAGNATEUR, entreprise),
        now=now,
    )
    assert count(client) != before
