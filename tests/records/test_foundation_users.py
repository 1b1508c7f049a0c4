"""Accounts, sign-in in the journal, timed visits of support, background work."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clefdevoute.records.foundation import journal, support, tasks
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.models import AuditEvent, SupportSession, User

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_one_person_one_account_whatever_the_case():
    user = User.objects.create_user(" Anna.Dupont@Exemple.BE ", "un mot de passe long", name="Anna")
    assert (user.email, user.check_password("un mot de passe long"), str(user)) == (
        "anna.dupont@exemple.be",
        True,
        "Anna",
    )
    assert User.objects.get_by_natural_key("ANNA.DUPONT@exemple.be") == user
    assert user.pk.version == 7
    with pytest.raises(ValidationError):
        User.objects.create_user("anna.dupont@EXEMPLE.be")


def test_the_database_refuses_an_address_with_capitals():
    with pytest.raises(IntegrityError, match="user_email_lower"), transaction.atomic():
        User.objects.create(email="Anna@exemple.be")
    with pytest.raises(ValidationError, match="en minuscules"):
        User(email="Anna@exemple.be").validate_constraints()
    User(email="anna@exemple.be", name="x").validate_constraints()


def test_an_account_without_password_cannot_sign_in(client):
    User.objects.create_user("anna@exemple.be")
    client.post("/connexion/", {"login": "anna@exemple.be", "password": ""})
    assert "_auth_user_id" not in client.session


def test_signing_in_and_out_is_journalled_without_a_name(client):
    user = User.objects.create_user("anna@exemple.be", "un mot de passe long")
    client.post("/connexion/", {"login": "anna@exemple.be", "password": "faux"})
    client.post("/connexion/", {"login": "Anna@Exemple.be", "password": "un mot de passe long"})
    assert client.session["_auth_user_id"] == str(user.pk)
    client.post("/deconnexion/")
    events = list(AuditEvent.objects.order_by("sequence").values_list("event", "subject_ref"))
    ref = journal.identity("foundation.user", user.pk)
    assert events == [
        ("foundation.connexion_refusee", None),
        ("foundation.connexion_ouverte", ref),
        ("foundation.connexion_fermee", ref),
    ]
    assert journal.verify(None).ok


@pytest.fixture
def visit(make_actor, now):
    def open_one(duration=HOUR, reason="Tableau A illisible", role=Role.SUPPORT):
        return support.open_session(
            by=make_actor(role), entreprise_id=uuid7(), reason=reason, duration=duration, now=now
        )

    return open_one


def test_support_works_in_timed_justified_logged_sessions(visit, now):
    session = visit()
    actor = support.actor_for(session, now=now)
    assert (actor.role, actor.entreprise_id) == (Role.SUPPORT, session.entreprise_id)
    assert AuditEvent.objects.get(entreprise_id=session.entreprise_id).event == "foundation.assistance_ouverte"
    with pytest.raises(AccessDenied, match="est terminée"):
        support.actor_for(session, now=now + HOUR)
    assert list(SupportSession.objects.open_at(now)) == [session]
    assert not SupportSession.objects.open_at(now + HOUR).exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"reason": "  "}, "a une raison"),
        ({"duration": 5 * HOUR}, "quatre heures au plus"),
        ({"duration": 0 * HOUR}, "quatre heures au plus"),
        ({"role": Role.GESTIONNAIRE}, "ne permet pas"),
    ],
)
def test_support_is_refused_without_reason_or_bounds(visit, words, message):
    with pytest.raises(AccessDenied, match=message):
        visit(**words)
    assert not SupportSession.objects.exists()


def test_the_visited_enterprise_sees_and_ends_the_visit(visit, make_actor, now):
    session = visit()
    chef = make_actor(Role.GESTIONNAIRE, session.entreprise_id, frozenset({"chef_entreprise"}))
    stranger = make_actor(Role.GESTIONNAIRE, None, frozenset({"chef_entreprise"}))
    assert SupportSession.objects.visible_to(chef).count() == 1
    assert SupportSession.objects.visible_to(stranger).count() == 0
    for refused in (stranger, make_actor(Role.GESTIONNAIRE, session.entreprise_id)):
        with pytest.raises(AccessDenied):
            support.close_session(session=session, by=refused, now=now)
    support.close_session(session=session, by=chef, now=now)
    with pytest.raises(AccessDenied, match="est terminée"):
        support.actor_for(session, now=now)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("support_session_dates", {"ends_at": -HOUR}), ("support_session_reason", {"reason": ""})],
)
def test_constraints_of_a_visit(visit, make_actor, now, name, wrong):
    session = visit()
    facts = {"reason": "x", "starts_at": now, "ends_at": now + HOUR} | wrong
    facts["ends_at"] = now + wrong.get("ends_at", HOUR)
    row = SupportSession(user_id=session.user_id, entreprise_id=uuid7(), **facts)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()
    with pytest.raises(ValidationError, match=r"(corrigez|écrivez)"):
        row.validate_constraints()


DONE = []


@tasks.task
def remember(word):
    """Run in the background by the tests below."""
    DONE.append(word)


def test_background_work_waits_for_the_commit(django_capture_on_commit_callbacks):
    DONE.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.enqueue(remember, word="fait")
        assert DONE == []
    assert DONE == ["fait"]


@pytest.mark.django_db(transaction=True)
def test_background_work_of_a_refused_write_is_forgotten():
    DONE.clear()

    @transaction.atomic
    def fail():
        tasks.enqueue(remember, word="jamais")
        raise AccessDenied("non")

    with pytest.raises(AccessDenied):
        fail()
    assert DONE == []


def test_keys_come_in_the_order_in_which_they_are_made():
    keys = [uuid7() for _ in range(2000)]
    assert keys == sorted(keys)
    assert {key.version for key in keys} == {7}
    assert len(set(keys)) == len(keys)
