"""Arrows that import-linter cannot see: relations between tables, and addresses in templates."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models

from tests.repository.tree import SOURCE, modules, parsed, tracked, where

ORDER = [
    "foundation",
    "entreprises",
    "personnes",
    "agenda",
    "suivi",
    "reseau",
    "amenagements",
    "parcours",
    "echeances",
    "frais",
    "temps",
    "subventions",
    "controles",
]
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("clefdevoute.records.")]


def relations(model):
    return [field for field in model._meta.get_fields() if field.is_relation and not field.auto_created]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_relations_point_downward_and_leave_no_way_back(model):
    for field in relations(model):
        target = field.related_model
        assert field.remote_field.related_name == "+", f"{field}: related_name must be '+'"
        assert target._meta.app_label in ORDER, f"{field} points at {target._meta.label}"
        assert ORDER.index(target._meta.app_label) <= ORDER.index(model._meta.app_label), f"{field} points upward"


def test_every_app_of_records_has_its_place():
    folders = {path.parent.name for path in modules(SOURCE / "records") if path.name == "apps.py"}
    assert folders <= set(ORDER)


def string_relations(tree):
    """Find relations written as a string: an arrow that no import shows."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in RELATIONS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value != "self"
    ]


def test_no_relation_is_a_string():
    found = [where(path, line) for path in modules(SOURCE) for line in string_relations(parsed(path))]
    assert found == []


def test_the_rules_see_a_break():
    assert string_relations(ast.parse('x = models.ForeignKey("frais.Facture", models.PROTECT)')) == [1]

    class Wrong(models.Model):
        user = models.ForeignKey("foundation.User", models.PROTECT)

        class Meta:
            app_label = "essais"

    assert relations(Wrong)[0].remote_field.related_name is None


TEMPLATES = [path for path in tracked() if path.suffix == ".html" and path.is_relative_to(SOURCE)]
INLINE = re.compile(
    r"\sstyle\s*=|<style\b|<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json[\"'])|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)


def inline(text):
    """Find styles and scripts written in the page: the security policy would refuse them."""
    return INLINE.findall(COMMENTS.sub("", text))


def test_templates_hold_no_inline_style_or_script():
    found = {where(path): hits for path in TEMPLATES if (hits := inline(path.read_text(encoding="utf-8")))}
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x">',
    ],
)
def test_inline_things_are_seen(text):
    assert len(inline(text)) == 1
    assert inline('<script src="/static/a.js" defer></script><meta name="x" content="on=1">') == []


def test_templates_stay_in_their_workspace():
    """A template includes and extends its own workspace and the common components alone."""
    found = []
    for path in TEMPLATES:
        if "workspaces" in path.parts:
            own = path.parts[path.parts.index("workspaces") + 1]
            for name in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", path.read_text(encoding="utf-8")):
                if name.split("/")[0] not in {own, "ui", "base.html", "account", "cotton"}:
                    found.append((where(path), name))
    assert found == []
