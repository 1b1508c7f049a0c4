"""An answer of the law turned into the « Pourquoi ? » that a person opens beside a figure."""

from collections.abc import Callable
from functools import cache
from typing import Any

from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import ValueInForce, all_parameters
from clefdevoute.ui.why import Why


def _source(value: ValueInForce) -> tuple[str, str]:
    return f"{value.title}, depuis le {date_fr(value.since)}", value.link


@cache
def _descriptions() -> dict[str, str]:
    return {parameter.name: parameter.description for parameter in all_parameters()}


def doubt_words(doubt: str) -> str:
    """Write a doubt for a person: a parameter by its description, not by its file."""
    name, colon, rest = doubt.partition(" : ")
    return f"{_descriptions()[name]} : {rest}" if colon and name in _descriptions() else doubt


def why(answer: Explained[Any], *, question: str = "", rule_url: Callable[[str], str] | None = None) -> Why:
    """
    Turn an explanation and all its steps into a ``Why``.

    A doubt is said once, at the step that brings it. ``rule_url`` gives the page of a rule, so that
    a figure leads to its rule and article.
    """
    steps = tuple(why(step, rule_url=rule_url) for step in answer.because)
    below = {doubt for step in answer.because for doubt in step.doubts}
    sources = [_source(value) for value in answer.law]
    if rule_url is not None:
        sources.append((f"règle {answer.rule}", rule_url(answer.rule)))
    return Why(
        sentence=answer.sentence,
        question=question,
        sources=tuple(sources),
        doubts=tuple(doubt_words(doubt) for doubt in answer.doubts if doubt not in below),
        steps=steps,
    )
