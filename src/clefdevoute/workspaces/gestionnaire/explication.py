"""« Pourquoi ? » of this workspace: the same tree everywhere, each step leading to the public page of its rule."""

from typing import Any

from django.urls import reverse

from clefdevoute.documents.explications import why
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.registry import rule_named
from clefdevoute.ui.why import Why


def rule_url(name: str) -> str:
    """Give the page of a public rule; a step inside a rule has none of its own."""
    return reverse("public:regle", kwargs={"nom": name}) if rule_named(name).public else ""


def expliquer(answer: Explained[Any], question: str = "") -> Why:
    """Turn an answer of the law into what a person opens beside a figure."""
    return why(answer, question=question, rule_url=rule_url)
