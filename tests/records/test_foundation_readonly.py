"""A GET may write to the journal and to nothing else."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from clefdevoute.config.readonly import ReadOnlyMiddleware, WriteWhileReading, allowed_tables, check_statement
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.journal import Subject
from clefdevoute.records.foundation.models import Change, User

pytestmark = pytest.mark.django_db


def answer(method, work):
    def view(request):
        work()
        return HttpResponse("fait")

    return ReadOnlyMiddleware(view)(RequestFactory().generic(method, "/"))


def create_user():
    User.objects.create_user("anna@exemple.be")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "work",
    [
        create_user,
        lambda: User.objects.update(name="x"),
        lambda: Change.objects.all()._raw_delete("default"),
        lambda: Change.objects.create(field="x"),
    ],
    ids=["insert", "update", "delete", "history"],
)
def test_reading_changes_nothing(method, work):
    with pytest.raises(WriteWhileReading, match="move this to a POST"), transaction.atomic():
        answer(method, work)
    assert not User.objects.exists()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_may_write(method):
    answer(method, create_user)
    assert User.objects.count() == 1


def test_reading_may_be_written_in_the_journal(make_actor, now):
    actor = make_actor()

    def read():
        journal.append(
            event="personnes.dossier_lu",
            by=actor,
            subject=Subject("personnes.travailleur", actor.user_id),
            entreprise_id=actor.entreprise_id,
            now=now,
        )

    assert answer("GET", read).content == b"fait"
    assert journal.verify(actor.entreprise_id).links == 1


def test_sessions_and_cache_stay_usable():
    def remember():
        cache.set("a", 1)
        SessionStore().save()

    answer("GET", remember)
    assert (cache.get("a"), Session.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT * FROM "x" FOR UPDATE',
        "WITH t AS (SELECT 1) SELECT * FROM t FOR NO KEY UPDATE",
        'SAVEPOINT "s1"',
        'RELEASE SAVEPOINT "s1"',
        'INSERT INTO "foundation_auditevent" ("id") VALUES (%s)',
        'UPDATE "foundation_chainhead" SET "sequence" = 2',
        'DELETE FROM "django_session" WHERE 1=1',
        "SET CONSTRAINTS ALL IMMEDIATE",
    ],
)
def test_allowed_statements(sql):
    check_statement(sql, allowed_tables())


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "foundation_user" ("id") VALUES (%s)',
        'INSERT OR REPLACE INTO "foundation_user" VALUES (1)',
        "update foundation_user set name = %s",
        'WITH t AS (DELETE FROM "foundation_user" RETURNING *) SELECT * FROM t',
        'UPDATE "foundation_auditevent_x" SET a = 1',
        "DROP TABLE foundation_user",
        "TRUNCATE foundation_auditevent",
        "CREATE TABLE x (y int)",
        "REPLACE INTO foundation_user VALUES (1)",
        "VACUUM",
        "",
    ],
)
def test_refused_statements(sql):
    with pytest.raises(WriteWhileReading):
        check_statement(sql, allowed_tables())
