"""Protected tables refuse to change, on both engines, and again after Django has rebuilt one."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from clefdevoute.records.foundation import journal, triggers
from clefdevoute.records.foundation.encryption import EncryptedTextField, Sealed
from clefdevoute.records.foundation.models import AppendOnlyModel, AuditEvent, ChainHead, Change, JournalIdentity

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def protected_models():
    """The project's append-only models, found without the code that is tried."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def wanted():
    return {
        (table, operation) for table in triggers.protected_tables() for operation in triggers.operations(connection)
    }


@pytest.mark.django_db
def test_after_all_migrations_every_protected_table_has_its_triggers():
    assert triggers.installed(connection) == wanted()
    assert "foundation_auditevent" in triggers.protected_tables()


def test_every_append_only_model_is_protected_and_nothing_else():
    assert triggers.protected_tables() == sorted(model._meta.db_table for model in protected_models())
    assert len(triggers.protected_tables()) == len({triggers.name_of(t, "x") for t in triggers.protected_tables()})
    for erasable in (JournalIdentity, Change, ChainHead):
        assert not issubclass(erasable, AppendOnlyModel)


def refuses(table):
    """Try raw SQL on one row (UPDATE, DELETE) or on the table (TRUNCATE)."""
    statements = [f'UPDATE "{table}" SET id = id', f'DELETE FROM "{table}"']
    if connection.vendor == "postgresql":
        statements.append(f'TRUNCATE "{table}" CASCADE')
    for sql in statements:
        with (
            pytest.raises(IntegrityError, match="ne se modifie pas"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


SAMPLES = {
    "UUIDField": uuid.UUID(int=7),
    "DateField": NOW.date(),
    "DateTimeField": NOW,
    "DecimalField": Decimal(1),
    "BooleanField": False,
    "BinaryField": b"x",
    "JSONField": {},
}


def put_one_row(model):
    """Put one row in a table whatever its other constraints say: the trigger is what is tried."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid = %s::regclass", [table]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        values = [
            Sealed(b"x")
            if isinstance(field, EncryptedTextField)
            else SAMPLES.get(
                field.target_field.get_internal_type() if field.remote_field else field.get_internal_type(),
                1 if "Integer" in field.get_internal_type() else "x",
            )
            for field in fields
        ]
        names = ", ".join(f'"{field.column}"' for field in fields)
        prepared = [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(fields))})', prepared)


@pytest.mark.django_db
@pytest.mark.parametrize("model", protected_models(), ids=lambda model: model._meta.db_table)
def test_raw_sql_is_refused(model):
    with transaction.atomic():
        put_one_row(model)
        refuses(model._meta.db_table)
        transaction.set_rollback(True)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.django_db
def test_replacing_a_row_is_refused_as_well():
    """On SQLite « INSERT OR REPLACE » deletes without asking the triggers, unless the connection says so."""
    event = journal.append(event="a.b", by=None, entreprise_id=None, now=NOW)
    if connection.vendor == "postgresql":
        sql = "INSERT INTO foundation_auditevent SELECT * FROM foundation_auditevent "
        sql += "ON CONFLICT (id) DO UPDATE SET role = 'x'"
    else:
        sql = "INSERT OR REPLACE INTO foundation_auditevent SELECT * FROM foundation_auditevent"
    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic():
        event.save()


@pytest.mark.django_db(transaction=True)
def test_triggers_come_back_after_a_migration_that_rebuilds_the_table():
    journal.append(event="a.b", by=None, entreprise_id=None, now=NOW)

    class Rebuild(migrations.Migration):
        operations = [migrations.AlterField("auditevent", "event", models.CharField("événement", max_length=81))]

    before = ProjectState.from_apps(apps)
    migration = Rebuild("rebuild", "foundation")
    with connection.schema_editor() as editor:
        migration.apply(before.clone(), editor)
    if connection.vendor == "sqlite":
        assert ("foundation_auditevent", "UPDATE") not in triggers.installed(connection)
    call_command("migrate", verbosity=0)
    assert triggers.installed(connection) == wanted()
    refuses("foundation_auditevent")
    with connection.schema_editor() as editor:
        migration.unapply(before.clone(), editor)
    call_command("migrate", verbosity=0)
    assert triggers.installed(connection) == wanted()
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_an_emptied_test_database_is_protected_again():
    """The runner takes the triggers off to empty a database; the migrate signal brings them back."""
    triggers.remove(connection)
    assert triggers.installed(connection) == set()
    triggers.install(connection)
    assert triggers.installed(connection) == wanted()
