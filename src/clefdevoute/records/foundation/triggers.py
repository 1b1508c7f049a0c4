"""
Tables that are written once: triggers of the database itself refuse to change or remove a row.

They are declared by one fact, ``append_only`` on ``AppendOnlyModel``, and put back after every migrate,
because SQLite loses a table's triggers when Django rebuilds it (ADR 0011).
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "Cette table ne se modifie pas : ajoutez une ligne qui corrige la précédente."
_FUNCTION = "clefdevoute_refuse_change"


def protected_tables() -> list[str]:
    """List the tables of every concrete append-only model of the project."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))


def operations(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Say what is refused on this engine; SQLite knows no TRUNCATE."""
    return ("UPDATE", "DELETE", "TRUNCATE") if connection.vendor == "postgresql" else ("UPDATE", "DELETE")


def name_of(table: str, operation: str) -> str:
    """Name the trigger of a table; short enough for PostgreSQL's 63 bytes."""
    return f"{table[:48]}_no_{operation.lower()}"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every missing trigger back on the protected tables that exist."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        present = installed(connection)
        for table in protected_tables():
            for operation in operations(connection):
                if table in existing and (table, operation) not in present:
                    cursor.execute(_create(connection, table, operation))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off; only the emptying of a test database does this."""
    with connection.cursor() as cursor:
        for table, operation in sorted(installed(connection)):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name_of(table, operation)}"{on_table}')


def installed(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Read from the database which protected table refuses what."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled = 'O'"
        )
    else:
        sql = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = set(cursor.fetchall())
    wanted = ((table, operation) for table in protected_tables() for operation in operations(connection))
    return {(table, operation) for table, operation in wanted if (table, name_of(table, operation)) in found}


def after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Answer ``post_migrate``, the one signal of the project."""
    install(connections[using])


def _create(connection: BaseDatabaseWrapper, table: str, operation: str) -> str:
    """Write the trigger in the engine's own words."""
    name = name_of(table, operation)
    if connection.vendor != "postgresql":
        return f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" BEGIN SELECT RAISE(ABORT, \'{MESSAGE}\'); END'
    each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
    return f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {_FUNCTION}()'
