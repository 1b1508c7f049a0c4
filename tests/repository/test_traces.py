"""Nothing of the machine where it was written, no skip in silence, words explained, migrations in step."""

import ast
import io
import re

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.repository.tree import ROOT, SOURCE, modules, parsed, tracked, where

FOLDERS = [f"/{name}/" for name in ("root", "work", "farm", "opt/cv")]
TRACES = re.compile("|".join(map(re.escape, FOLDERS)))
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".sh",
    ".html",
    ".css",
    ".js",
    ".yaml",
    ".yml",
    ".json",
    ".svg",
    ".typ",
    ".cfg",
    "",
}


def test_no_file_names_a_folder_of_this_machine():
    texts = [path for path in tracked() if path.suffix in TEXT]
    found = [where(path) for path in texts if TRACES.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert found == []


def test_a_trace_is_seen():
    assert all(TRACES.search(f"see {folder}x") for folder in FOLDERS)
    assert not TRACES.search("the homework/ folder of roots/")


def skips(tree):
    """Find what would leave a test out, whatever its form."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"skip", "skipif", "importorskip", "xfail"}
        and isinstance(node.value, (ast.Name, ast.Attribute))
        and getattr(node.value, "id", getattr(node.value, "attr", "")) in {"pytest", "mark", "unittest"}
    ]


def silent_skips(tree):
    """Leave out the skips of a function that fails instead when CI=true: those are not silent."""
    loud = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and fails_under_ci(node)]
    return [line for line in skips(tree) if not any(node.lineno <= line <= node.end_lineno for node in loud)]


def fails_under_ci(function):
    """Tell whether a function asks for CI and then fails."""
    text = ast.unparse(function)
    return "'CI'" in text and "pytest.fail(" in text


def test_only_shared_inputs_may_be_absent_in_silence():
    found = {where(path): lines for path in modules(ROOT / "tests") if (lines := silent_skips(parsed(path)))}
    assert list(found) == ["tests/conftest.py"]
    assert len(found["tests/conftest.py"]) == 1


def test_a_silent_skip_is_seen():
    quiet = "def f():\n    if absent:\n        pytest.skip('x')\n"
    assert sorted(silent_skips(ast.parse(quiet + "@pytest.mark.skipif(True)\ndef g(): ...\n"))) == [3, 4]
    loud = quiet.replace(
        "        pytest", "        if os.environ.get('CI'):\n            pytest.fail('x')\n        pytest"
    )
    assert silent_skips(ast.parse(loud)) == []


def users_of_shared(tree):
    """Find tests that take the shared inputs without saying so by their mark."""
    marked_file = any("shared" in ast.unparse(node) for node in tree.body if is_pytestmark(node))
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and any(item.arg == "shared" for item in node.args.args)
        and not marked_file
        and not any("mark.shared" in ast.unparse(item) for item in node.decorator_list)
    ]


def twin_of(path, node):
    """Read where a test says that the same is proved on our own samples: its file, and the name of the test."""
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and "mark.shared" in ast.unparse(mark):
            (word,) = mark.keywords
            file, _, name = word.value.value.rpartition("::")
            return path.with_name(file) if file else path, name
    return None, ""


def test_each_test_on_shared_inputs_has_a_twin_that_never_skips():
    found = {}
    for path in modules(ROOT / "tests"):
        for node in ast.walk(parsed(path)):
            named = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            if named and any(item.arg == "shared" for item in node.args.args):
                found[f"{where(path)}::{node.name}"] = twin_of(path, node)
    assert len(found) == 9
    for name, (path, twin) in found.items():
        assert path, f"{name} : dites son jumeau, @pytest.mark.shared(twin=…)"
        (own,) = (one for one in ast.walk(parsed(path)) if isinstance(one, ast.FunctionDef) and one.name == twin)
        assert "shared" not in [item.arg for item in own.args.args]


def is_pytestmark(node):
    return isinstance(node, ast.Assign) and any(getattr(item, "id", "") == "pytestmark" for item in node.targets)


def test_tests_on_shared_inputs_are_marked():
    assert {where(path): names for path in modules(ROOT / "tests") if (names := users_of_shared(parsed(path)))} == {}
    assert users_of_shared(ast.parse("def test_x(shared): ...")) == ["test_x"]


GLOSSARY = ROOT / "docs" / "reference" / "glossaire.md"


def glossary():
    """Read the terms of the glossary's tables: what stands between backquotes in the first column."""
    rows = re.findall(r"^\|([^|]+)\|([^|]+)\|([^|]+)\|\s*$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        term: (article.strip(), sentence.strip())
        for head, article, sentence in rows
        for term in re.findall(r"`([^`]+)`", head)
    }


def nouns():
    """Name the models, the matters of law and the domains of the records."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("clefdevoute.")]
    folders = [*(SOURCE / "law").iterdir(), *(SOURCE / "records").iterdir()]
    named = {
        path.name for path in folders if path.is_dir() and (path / "__init__.py").is_file() and path.name != "kernel"
    }
    return {model.__name__ for model in ours} | named


def test_every_noun_is_in_the_glossary():
    assert sorted(nouns() - set(glossary())) == []
    assert [term for term, (article, sentence) in glossary().items() if not article or not sentence.endswith(".")] == []


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models():
    answer = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=answer)
    except SystemExit:
        pytest.fail(f"Il manque une migration :\n{answer.getvalue()}")


def test_decisions_are_numbered_in_their_file_name_alone():
    names = sorted(path.name for path in (ROOT / "docs" / "adr").glob("*.md") if path.name != "README.md")
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    for name in names:
        text = (ROOT / "docs" / "adr" / name).read_text(encoding="utf-8")
        for heading in ("## Contexte", "## Décision", "## Conséquences"):
            assert heading in text, f"{name}: {heading}"
        assert name[:4] not in text.splitlines()[0]
