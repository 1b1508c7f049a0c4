"""What every command on an installation checks before it works: settings, tables, keys."""

import importlib
import os

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor


class NotReady(Exception):
    """An installation that is not in order; the message is French and says what to do."""


def begin(*, with_keys: bool = False) -> None:
    """Load Django, or raise NotReady; models can be imported only afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clefdevoute.config.settings")
    try:
        django.setup()
        _check_tables()
    except ImproperlyConfigured as refused:
        raise NotReady(str(refused)) from None
    except OperationalError as failed:
        raise NotReady(unreachable(failed)) from None
    if with_keys:
        _check_keys()


def unreachable(failed: OperationalError) -> str:
    """Say that the database does not answer, and where to look."""
    return (
        f"La base de données ne répond pas ({str(failed).strip().splitlines()[0]}) : vérifiez "
        "CLEFDEVOUTE_DATABASE_URL et que le serveur tourne, puis recommencez."
    )


def _check_tables() -> None:
    """Refuse a database that waits for a migration."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("La base n’est pas à jour : lancez « clefdevoute migrate », puis recommencez.")


def _check_keys() -> None:
    """Refuse to start without the master key that opens what is stored."""
    keys = importlib.import_module("clefdevoute.records.foundation.keys")
    errors = importlib.import_module("clefdevoute.records.foundation.errors")
    try:
        keys.master_key()
        keys.check_at_start()
    except errors.KeyUnavailable as refused:
        raise NotReady(str(refused)) from None
