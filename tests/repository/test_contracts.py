"""Each import contract is broken on purpose in a copy, and seen to fail: a contract that cannot fail guards nothing."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, SOURCE

BREAKS = {
    "Floors: arrows only downward": ("law/agrement/brise.py", "import clefdevoute.config.settings\n"),
    "Inside records: arrows only downward": ("records/entreprises/brise.py", "import clefdevoute.records.frais.apps\n"),
    "The law knows no framework": ("law/sieg/brise.py", "import django.db\n"),
    "The components know no record and no law": ("ui/brise.py", "import clefdevoute.records.foundation.access\n"),
    "Workspaces do not know each other": (
        "workspaces/public/brise.py",
        "import clefdevoute.workspaces.gestionnaire.apps\n",
    ),
    "No circles between the matters of law": ("law/agrement/brise.py", "import clefdevoute.law.sieg\n"),
}
CIRCLE = ("law/sieg/brise_retour.py", "import clefdevoute.law.agrement\n")


def contracts():
    with (ROOT / "pyproject.toml").open("rb") as stream:
        return tomllib.load(stream)["tool"]["importlinter"]["contracts"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the modules of the product and its contracts, away from the real tree."""
    top = tmp_path_factory.mktemp("contrats")
    shutil.copytree(
        SOURCE, top / "src" / "clefdevoute", ignore=lambda folder, names: {n for n in names if keep_out(folder, n)}
    )
    shutil.copy(ROOT / "pyproject.toml", top)
    return top


def keep_out(folder, name):
    return (not name.endswith(".py") and not (Path(folder) / name).is_dir()) or name in {
        "__pycache__",
        "static",
        "templates",
    }


def lint(top):
    """Run the contracts where they stand, and read which are kept."""
    env = os.environ | {"PYTHONPATH": str(top / "src"), "NO_COLOR": "1", "COLUMNS": "200"}
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=top, env=env, capture_output=True, text=True, check=False)  # noqa: S603 fixed words
    lines = [line.partition(" (")[0] for line in done.stdout.splitlines()]  # « KEPT (2 ignored imports) »
    verdicts = {name: next((line for line in lines if line.startswith(name)), "") for name in BREAKS}
    assert all(line.endswith(("KEPT", "BROKEN")) for line in verdicts.values()), done.stdout + done.stderr
    return {name: line.endswith("KEPT") for name, line in verdicts.items()}, done.stdout


def test_every_contract_has_its_break():
    assert sorted(contract["name"] for contract in contracts()) == sorted(BREAKS)


def test_all_contracts_are_kept(copy):
    kept, output = lint(copy)
    assert all(kept.values()), output


def test_all_contracts_fail_when_broken(copy):
    """One copy holds every break, so that six failures cost one run."""
    written = [copy / "src" / "clefdevoute" / name for name, _ in [*BREAKS.values(), CIRCLE]]
    for name, text in [*BREAKS.values(), CIRCLE]:
        path = copy / "src" / "clefdevoute" / name
        path.write_text((path.read_text() if path.exists() else "") + text)
    kept, output = lint(copy)
    assert not any(kept.values()), output
    for path in set(written):
        path.unlink()
