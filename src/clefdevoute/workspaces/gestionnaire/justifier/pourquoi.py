"""« Pourquoi ? » beside a figure of the justification: the law's own steps, with the number in the question."""

from typing import Any

from django.urls import reverse

from clefdevoute.documents.explications import why
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.gestionnaire.justifier.grille import Grille


def pourquoi(answer: Explained[Any], question: str = "") -> Why:
    """Turn an answer of the law into what a person opens."""
    return why(answer, question=question, rule_url=rule_page)


def rule_page(name: str) -> str:
    """Give the public page of a rule: its parameters, its articles, its doubts."""
    return reverse("public:regle", kwargs={"nom": name})


def de_la_feuille(grille: Grille) -> Why | None:
    """Explain a sheet's total by its lines, each with its own sentence."""
    steps = tuple(pourquoi(row.answer) for row in grille.held if row.answer is not None)
    if not steps:
        return None
    return Why(sentence="Somme des montants dédiés de la feuille, ligne par ligne.", steps=steps)
