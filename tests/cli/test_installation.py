"""A new installation, its second start, its update after a copy, and the refusals that save data."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from clefdevoute import __version__
from clefdevoute.config import data_folder
from clefdevoute.config.commands.migrate import copy_database


def run(folder, *words, **extra):
    """Run the command as a person does, with nothing but a data folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CLEFDEVOUTE_", "DJANGO_"))}
    env |= {"CLEFDEVOUTE_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)} | extra
    command = [sys.executable, "-m", "clefdevoute.cli", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=900, check=False)  # noqa: S603 our own command


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_an_installation_is_made_kept_and_updated_after_a_copy(tmp_path):
    folder = tmp_path / "donnees"
    before = run(folder, "serve")
    assert (before.returncode, "clefdevoute migrate" in before.stderr) == (1, True)
    assert "Traceback" not in before.stderr

    made = run(folder, "migrate")
    assert made.returncode == 0, made.stderr
    assert mode(folder) == 0o700
    keys = {name: (folder / name).read_text() for name in (data_folder.SECRET_KEY, data_folder.MASTER_KEY)}
    assert {mode(folder / name) for name in (*keys, "clefdevoute.sqlite3")} == {0o600}
    assert not (folder / "sauvegardes").exists()
    assert data_folder.read_mark(folder) == (__version__, "installation")

    undone = run(folder, "django", "migrate", "sessions", "zero", "--verbosity", "0")
    assert undone.returncode == 0, undone.stderr
    pending = run(folder, "serve")
    assert (pending.returncode, "n’est pas à jour" in pending.stderr) == (1, True)
    updated = run(folder, "migrate")
    assert updated.returncode == 0, updated.stderr
    (copy,) = (folder / "sauvegardes").iterdir()
    assert mode(copy) == 0o600
    assert "django_session" in tables(folder / "clefdevoute.sqlite3")
    assert "django_session" not in tables(copy)
    assert "foundation_auditevent" in tables(copy)
    assert keys == {name: (folder / name).read_text() for name in keys}

    lose_master_key(folder)
    for words in (["migrate"], ["worker", "--une-fois"]):
        refused = run(folder, *words)
        assert (refused.returncode, "La clé maîtresse manque" in refused.stderr) == (1, True), refused.stderr
    assert not (folder / data_folder.MASTER_KEY).exists()


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"CLEFDEVOUTE_DATA": "/dev/null/donnees"}, "ne s’écrit pas"),
        ({"CLEFDEVOUTE_DATABASE_URL": "postgres://postgres@/x?host=/nulle/part"}, "ne répond pas"),
    ],
)
def test_what_cannot_work_is_said_in_one_sentence(tmp_path, extra, words):
    refused = run(tmp_path / "donnees", "migrate", **extra)
    assert refused.returncode == 1
    assert words in refused.stderr.splitlines()[-1]
    assert "Traceback" not in refused.stderr


def lose_master_key(folder):
    """Pretend that a secret was stored, then lose the key that opens it."""
    with closing(sqlite3.connect(folder / "clefdevoute.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO foundation_datakey (id, entreprise_id, version, master_key, wrapped, created_at) "
            "VALUES ('01', '02', 1, 'ab', x'00', '2026-11-22')"
        )
    (folder / data_folder.MASTER_KEY).unlink()


def tables(path):
    with closing(sqlite3.connect(path)) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master")}


def test_a_copy_can_be_made_while_the_database_is_used(tmp_path):
    with closing(sqlite3.connect(tmp_path / "base.sqlite3")) as database:
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (1)")
        database.commit()
        reader = database.execute("SELECT x FROM t")
        copy = copy_database(tmp_path / "base.sqlite3", tmp_path)
        reader.fetchall()
    assert tables(copy) == {"t"}


@pytest.mark.parametrize(
    ("mark", "kind", "words"),
    [
        ("0.1.0 installation", "demo", "d’une véritable installation"),
        ("0.1.0 demo", "installation", "d’une démonstration"),
        ("99.0 installation", "installation", "plus récente que celle-ci"),
    ],
)
def test_a_folder_of_another_kind_or_of_the_future_is_refused(tmp_path, mark, kind, words):
    (tmp_path / data_folder.MARK).write_text(mark)
    with pytest.raises(data_folder.FolderRefused, match=words):
        data_folder.check_mark(tmp_path, kind)


def test_a_folder_of_this_or_an_older_version_is_taken(tmp_path):
    data_folder.check_mark(tmp_path, "demo")
    (tmp_path / data_folder.MARK).write_text("0.0.9 demo")
    data_folder.check_mark(tmp_path, "demo")
    data_folder.write_mark(tmp_path, "demo")
    assert data_folder.read_mark(tmp_path) == (__version__, "demo")


def test_a_key_is_never_written_over_another(tmp_path):
    path = tmp_path / data_folder.MASTER_KEY
    assert data_folder.create_key(path)
    kept = path.read_text()
    assert not data_folder.create_key(path)
    assert (path.read_text(), mode(path)) == (kept, 0o600)
