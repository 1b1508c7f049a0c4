"""The house rules, executable: size, words, imports, doors to the rows."""

import ast
import re

import pytest

from tests.repository.tree import ROOT, SOURCE, modules, parsed, tracked, where

TESTS = ROOT / "tests"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def long_functions(tree):
    """Name functions whose body, docstring set apart, takes more than 40 lines; facts by keyword make long heads."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            count = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            if count > 40:
                found.append((node.name, count))
    return found


def undocumented(tree):
    """Name public modules, classes, functions and methods without a docstring; a class within a class says nothing."""
    found = [] if ast.get_docstring(tree) or not tree.body else ["module"]
    for owner in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]:
        kinds = (*FUNCTIONS, ast.ClassDef) if owner is tree else FUNCTIONS
        for node in owner.body:
            public = isinstance(node, kinds) and not node.name.startswith("_")
            overload = any(getattr(item, "id", "") == "overload" for item in getattr(node, "decorator_list", []))
            if public and not overload and not ast.get_docstring(node):
                found.append(node.name)
    return found


def imports_inside_functions(tree):
    functions = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
    return [
        inner.lineno
        for node in functions
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]


def unguarded_objects(tree):
    """Find ``X.objects`` not followed at once by ``.visible_to``."""
    guarded = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to" and isinstance(node.value, ast.Attribute)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and id(node) not in guarded
    ]


def business_asserts(tree):
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def signals(tree):
    """Find modules that take a signal, by import or by decorator."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals"))
        or (isinstance(node, ast.Name) and node.id == "receiver")
    ]


def test_files_are_short():
    too_long = {
        where(path): count
        for path in modules(SOURCE, TESTS)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not too_long


def test_functions_are_short():
    found = {where(path): names for path in modules(SOURCE) if (names := long_functions(parsed(path)))}
    assert not found


def test_everything_public_is_documented():
    found = {where(path): names for path in modules(SOURCE) if (names := undocumented(parsed(path)))}
    assert not found


def test_no_module_is_a_drawer():
    drawers = {"utils.py", "helpers.py", "misc.py", "common.py"}
    assert [where(path) for path in tracked() if path.name in drawers] == []


def test_imports_stand_at_the_top():
    assert [where(path, line) for path in modules(SOURCE) for line in imports_inside_functions(parsed(path))] == []


def test_one_signal_alone():
    found = {where(path) for path in modules(SOURCE) if signals(parsed(path))}
    assert found == {"src/clefdevoute/records/foundation/apps.py"}


def test_no_assert_decides_in_the_product():
    assert [where(path, line) for path in modules(SOURCE) for line in business_asserts(parsed(path))] == []


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    texts = [
        path for path in tracked() if path.suffix in {".py", ".html", ".md", ".yaml", ".toml", ".sh", ".css", ".js"}
    ]
    assert [where(path) for path in texts if words.search(path.read_text(encoding="utf-8"))] == []


def test_workspaces_reach_rows_through_visible_to():
    found = [where(path, line) for path in modules(SOURCE / "workspaces") for line in unguarded_objects(parsed(path))]
    assert found == []


def test_background_work_has_one_door():
    found = {
        where(path)
        for path in modules(SOURCE)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django_tasks"))
        or (isinstance(node, ast.Import) and any(item.name.startswith("django_tasks") for item in node.names))
    }
    assert found == {"src/clefdevoute/records/foundation/tasks.py"}


BROKEN = {
    long_functions: "def f():\n" + "    x = 1\n" * 41,
    undocumented: '"""M."""\n\nclass C:\n    """C."""\n    def m(self):\n        return 1\n',
    imports_inside_functions: "def f():\n    import os\n",
    unguarded_objects: "Facture.objects.filter(pk=1)\nFacture.objects.visible_to(actor).filter(pk=1)\n",
    business_asserts: "assert ready\n",
    signals: "from django.db.models.signals import post_save\n",
}


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_each_rule_sees_a_break(rule):
    """A rule that sees nothing is a defect: each is shown one break, and finds one."""
    assert len(rule(ast.parse(BROKEN[rule]))) == 1
    assert rule(ast.parse('"""Nothing here."""\n')) == []
