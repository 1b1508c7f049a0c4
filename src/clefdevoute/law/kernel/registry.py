"""
Rules by name: what they take, what they answer, and the door through which a person may ask them.

A rule is a pure function with keyword-only facts. Types carry their unit and meaning through
``Annotated[type, Fact(…)]``, so the same declaration serves mypy, the command line and the docs.
"""

import functools
import importlib
import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, ParamSpec, TypeVar

from .errors import UnknownRule
from .explained import Explained
from .parameters import LAW_ROOT

fill = object.__setattr__

P = ParamSpec("P")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a person must know to give a fact: its meaning in French, its unit, the reading it switches, an example."""

    meaning: str
    unit: str = ""
    reading: str = ""
    example: Any = None


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A registered rule: its function, its declared facts and its answer's type."""

    name: str
    sentence: str
    references: tuple[str, ...]
    function: Callable[..., Explained[Any]]
    facts: dict[str, Any]
    defaults: dict[str, Any]
    value: Any
    public: bool


_RULES: dict[str, RuleSpec] = {}


def _declare(
    function: Callable[..., Explained[Any]], answer: Callable[..., Explained[Any]], **about: Any
) -> tuple[str, dict[str, Any]]:
    name = f"{function.__module__.split('.')[-2]}.{function.__name__}"
    signature = inspect.signature(function)
    hints = typing.get_type_hints(function, include_extras=True)
    explained = hints.pop("return")
    (value,) = typing.get_args(explained)
    defaults = {key: p.default for key, p in signature.parameters.items() if p.default is not p.empty}
    _RULES[name] = RuleSpec(name=name, function=answer, facts=hints, defaults=defaults, value=value, **about)
    return name, defaults


@functools.cache
def _named(parameter: str, doubt: str) -> str:
    return doubt if doubt.startswith("Lecture ") else f"{parameter} : {doubt}"


def _doubts(answer: Explained[Any]) -> tuple[str, ...]:
    """Gather the doubts of the answer, of its values and of its steps, each once, in that order."""
    found = [*answer.doubts, *[_named(value.parameter, value.doubt) for value in answer.law if value.doubt]]
    for step in answer.because:
        found += step.doubts
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def rule(
    sentence: str, *references: str, public: bool = True
) -> Callable[[Callable[P, Explained[V]]], Callable[P, Explained[V]]]:
    """
    Register a pure function as the rule ``matter.function_name``.

    ``sentence`` says in French what it answers; ``references`` name article or text. The answer
    receives its rule's name, its facts (defaults included) and the doubts of its values and steps.
    ``public=False`` marks a step that is explained but not offered on its own.
    """

    def register(function: Callable[P, Explained[V]]) -> Callable[P, Explained[V]]:
        @functools.wraps(function)
        def answer(*args: P.args, **facts: P.kwargs) -> Explained[V]:
            found = function(*args, **facts)
            if found.rule:  # another rule's answer handed on: it is not ours to fill
                found = replace(found)
            # The answer is fresh and nobody holds it yet: filled in place, five times cheaper than a copy.
            fill(found, "rule", name)
            fill(found, "facts", {**defaults, **facts})
            fill(found, "doubts", _doubts(found))
            return found

        name, defaults = _declare(function, answer, sentence=sentence, references=references, public=public)
        return answer

    return register


def load_all() -> None:
    """Import every matter's rules, so that the registry is whole."""
    for rules in sorted(LAW_ROOT.glob("*/rules.py")):
        _load_matter(rules.parent.name)


def _load_matter(name: str) -> None:
    matter = name.partition(".")[0]
    if matter.isidentifier() and (LAW_ROOT / matter / "rules.py").is_file():
        for module in sorted((LAW_ROOT / matter).glob("*.py")):
            importlib.import_module(f"clefdevoute.law.{matter}.{module.stem}")


def rule_named(name: str, *, public_only: bool = False) -> RuleSpec:
    """Find a rule by ``matter.name``; raise UnknownRule with the nearest names."""
    if name not in _RULES:
        _load_matter(name)
    spec = _RULES.get(name)
    if spec is None or (public_only and not spec.public):
        raise UnknownRule(
            f"La règle « {name} » n'existe pas. « clefdevoute droit regles » donne la liste des règles et leurs faits."
        )
    return spec


def public_rules() -> tuple[RuleSpec, ...]:
    """Every public rule, in order of name."""
    load_all()
    return tuple(spec for _, spec in sorted(_RULES.items()) if spec.public)


def split(hint: Any) -> tuple[Any, Fact]:
    """Separate a declared type from its Fact; the outermost Fact wins, its unit falls back on the inner one."""
    fact = Fact("")
    if typing.get_origin(hint) is Annotated:
        inner, *extras = typing.get_args(hint)
        for extra in extras:
            if isinstance(extra, Fact):
                fact = Fact(
                    meaning=extra.meaning or fact.meaning,
                    unit=extra.unit or fact.unit,
                    reading=extra.reading or fact.reading,
                    example=fact.example if extra.example is None else extra.example,
                )
        hint = inner
    return hint, fact
