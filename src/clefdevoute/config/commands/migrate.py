"""
``clefdevoute migrate``: bring an installation up to date, after a copy of what it holds.

Makes the data folder and its keys when they are absent; never a key that stored data would need.
"""

import argparse
import datetime as dt
import os
import sqlite3
import sys
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]
from django.db.migrations.executor import MigrationExecutor

from clefdevoute import __version__
from clefdevoute.config import data_folder, startup


def main(argv: list[str]) -> int:
    """Read the words, migrate, answer the exit code."""
    parser = argparse.ArgumentParser(
        prog="clefdevoute migrate", description="Met la base à jour, après une sauvegarde."
    )
    parser.add_argument("--sans-sauvegarde", action="store_true", help="ne copie pas la base SQLite avant")
    words = parser.parse_args(argv)
    try:
        run(kind="installation", backup=not words.sans_sauvegarde)
    except (data_folder.FolderRefused, ImproperlyConfigured) as refused:
        return _refuse(str(refused))
    except OperationalError as failed:
        return _refuse(startup.unreachable(failed))
    except OSError as failed:
        return _refuse(
            f"Le dossier de données ne s’écrit pas ({failed.filename} : {failed.strerror}) : "
            "indiquez-en un autre par CLEFDEVOUTE_DATA, ou donnez-vous le droit d’y écrire."
        )
    return 0


def run(*, kind: str, backup: bool = True) -> None:
    """Prepare the folder, copy an SQLite database that will change, migrate, mark the folder."""
    os.umask(0o077)
    folder = data_folder.location()
    data_folder.check_mark(folder, kind)
    data_folder.create(folder)
    if not (os.environ.get("CLEFDEVOUTE_SECRET_KEY") or os.environ.get("CLEFDEVOUTE_SECRET_KEY_FILE")):
        _say_if(data_folder.create_key(folder / data_folder.SECRET_KEY), "Clé secrète créée.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clefdevoute.config.settings")
    django.setup()
    connection = connections[DEFAULT_DB_ALIAS]
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _create_master_key()
    if backup and plan and executor.loader.applied_migrations and connection.vendor == "sqlite":
        _say(f"Base copiée avant la mise à jour : {copy_database(Path(connection.settings_dict['NAME']), folder)}")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    data_folder.write_mark(folder, kind)
    _say(f"Base à jour ({len(plan)} étapes), Clef de voûte {__version__}.")


def copy_database(database: Path, folder: Path) -> Path:
    """Copy an SQLite database while it may be in use, and check the copy."""
    target = folder / "sauvegardes" / f"{_moment():%Y%m%d-%H%M%S}-avant-{__version__}.sqlite3"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    source, copy = sqlite3.connect(database), sqlite3.connect(target)
    try:
        source.backup(copy)
        register(copy)  # constraints of the tables call Django's own functions
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        source.close()
        copy.close()
    if verdict != "ok":
        raise data_folder.FolderRefused(
            f"La copie de la base ({target}) est abîmée : rien n’a été mis à jour. "
            "Vérifiez le disque, puis recommencez."
        )
    return target


def _create_master_key() -> None:
    """Make the master key of a new installation; an old one must bring its own."""
    settings = django.conf.settings
    path = Path(settings.MASTER_KEY_FILE)
    if settings.MASTER_KEY or path.exists():
        return
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if "foundation_datakey" in connection.introspection.table_names(cursor):
            cursor.execute("SELECT COUNT(*) FROM foundation_datakey")
            if cursor.fetchone()[0]:
                raise data_folder.FolderRefused(
                    f"La clé maîtresse manque ({path}) alors que des données chiffrées existent : remettez la copie "
                    "que vous gardez à part. Une nouvelle clé ne les ouvrirait pas."
                )
    _say_if(
        data_folder.create_key(path), f"Clé maîtresse créée : {path}. Gardez-en une copie ailleurs que les sauvegardes."
    )


def _moment() -> dt.datetime:
    """Read the clock of the machine, to name a file."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 the name of a copy is no fact of law


def _refuse(sentence: str) -> int:
    """Tell why nothing was done."""
    _say(sentence)
    return 1


def _say_if(done: bool, sentence: str) -> None:
    """Tell what was made."""
    if done:
        _say(sentence)


def _say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(sentence + "\n")
