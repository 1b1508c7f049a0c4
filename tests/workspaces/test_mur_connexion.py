"""Signing in under attack: guesses are counted by where they come from; one stranger shuts out nobody else."""

import pytest
from django.core.cache import cache
from django.test import Client

from clefdevoute.records.foundation.models import AuditEvent
from tests.records.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "motdepasse-de-test"
TOO_MANY = "Trop de tentatives"


@pytest.fixture(autouse=True)
def no_memory():
    cache.clear()
    yield
    cache.clear()


def guess(email: str, password: str, come_from: str) -> str:
    """Try once from an address, as the server in front tells it."""
    answer = Client().post(
        "/connexion/", {"login": email, "password": password}, headers={"X-Forwarded-For": come_from}
    )
    return "entrée" if answer.status_code == 302 else answer.content.decode()


def test_guessing_is_stopped_for_the_account_from_wherever_it_comes(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = UserFactory()
    said = [guess(user.email, "faux", f"203.0.113.{n}") for n in range(7)]
    assert TOO_MANY not in said[0]
    assert TOO_MANY in said[-1]


def test_behind_a_proxy_one_stranger_s_guesses_leave_the_others_in(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = UserFactory()
    said = [guess(f"inconnu{n}@exemple.be", "faux", "203.0.113.7") for n in range(12)]
    assert TOO_MANY in said[-1]
    assert guess(user.email, PASSWORD, "198.51.100.4") == "entrée"


def test_a_failed_guess_leaves_an_event_without_the_address_typed():
    guess("quelqu.un@exemple.be", "faux", "203.0.113.7")
    link = AuditEvent.objects.get(event="foundation.connexion_refusee")
    assert link.actor_ref is None
    assert link.subject_ref is None


def test_signing_out_takes_a_post():
    client = Client()
    client.force_login(UserFactory())
    client.get("/deconnexion/")
    assert "_auth_user_id" in client.session
    client.post("/deconnexion/")
    assert "_auth_user_id" not in client.session
