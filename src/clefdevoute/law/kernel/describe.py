"""A rule in words a caller can use: its facts with types, units and meaning (``droit regles --json``)."""

import dataclasses
import datetime as dt
import enum
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from .codec import encode, fields_of, optional_of
from .registry import RuleSpec, split

_WORDS = {Decimal: "decimal", dt.date: "date", bool: "booleen", int: "entier", str: "texte"}


def _type(hint: Any) -> dict[str, Any]:
    kind, fact = split(hint)
    kind, may_be_none = optional_of(kind)
    kind, inner = split(kind)
    unit = fact.unit or inner.unit
    found: dict[str, Any] = {"type": _WORDS.get(kind, "objet"), "unit": unit}
    origin = typing.get_origin(kind)
    if kind is Decimal and unit == "EUR":
        found["type"] = "montant"
    elif origin is Literal:
        found |= {"type": "enumeration", "values": list(typing.get_args(kind))}
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        found |= {"type": "enumeration", "values": [member.value for member in kind]}
    elif origin in (tuple, frozenset):
        found |= {"type": "liste", "items": _type(typing.get_args(kind)[0])}
    elif origin in (dict, Mapping):
        found |= {"type": "dictionnaire", "items": _type(typing.get_args(kind)[1])}
    elif dataclasses.is_dataclass(kind) and isinstance(kind, type):
        found["fields"] = _fields(kind)
    if may_be_none:
        found["nullable"] = True
    return found


def _fields(kind: type) -> list[dict[str, Any]]:
    rows = []
    hints = fields_of(kind)
    for item in dataclasses.fields(kind):
        default = item.default
        if default is dataclasses.MISSING and item.default_factory is not dataclasses.MISSING:
            default = item.default_factory()
        required = default is dataclasses.MISSING
        rows.append(_row(item.name, hints[item.name], required, None if required else default))
    return rows


def _row(name: str, hint: Any, required: bool, default: Any) -> dict[str, Any]:
    fact = split(hint)[1]
    typed = _type(hint)
    return {
        "name": name,
        **typed,
        "meaning": fact.meaning,
        "required": required,
        "default": encode(default, hint),
        "reading": fact.reading or None,
        "example": _example(typed) if fact.example is None else fact.example,
    }


_EXAMPLES: dict[str, Any] = {
    "montant": "1234.50",
    "decimal": "0.5",
    "date": "2026-01-01",
    "booleen": True,
    "entier": 1,
    "texte": "texte",
    "dictionnaire": {},
}


def _example(typed: Mapping[str, Any]) -> Any:
    """Write a value of that type as a caller would: of an object, what it requires."""
    if typed["type"] == "enumeration":
        return typed["values"][0]
    if typed["type"] == "liste":
        return [_example(typed["items"])]
    if "fields" in typed:
        return {field["name"]: field["example"] for field in typed["fields"] if field["required"]}
    return _EXAMPLES[typed["type"]]


def describe(spec: RuleSpec) -> dict[str, Any]:
    """Describe a rule: name, sentence, facts, answer, references; every key always present."""
    return {
        "rule": spec.name,
        "sentence": spec.sentence,
        "facts": [
            _row(name, hint, name not in spec.defaults, spec.defaults.get(name)) for name, hint in spec.facts.items()
        ],
        "value": _type(spec.value),
        "references": list(spec.references),
    }
