"""What ``clefdevoute droit`` prints for a person: the same answers as its JSON, as a tree in French."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import NBSP, date_fr, decimal_fr, euros, percent
from clefdevoute.law.kernel.parameters import ValueInForce
from clefdevoute.law.kernel.registry import rule_named, split

SHORT = 4


def plain(value: Any) -> str:
    """Write any value of the law as a person reads it: dates and numbers in the Belgian way."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.date):
        return date_fr(value)
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, (Decimal, int)):
        return decimal_fr(value)
    if dataclasses.is_dataclass(value):
        pairs = ((item.name, getattr(value, item.name)) for item in dataclasses.fields(value))
        return " ; ".join(f"{name}{NBSP}: {plain(item)}" for name, item in pairs if item not in (None, (), "", {}))
    if isinstance(value, Mapping):
        if "libelle" in value:
            return str(value["libelle"])
        return " ; ".join(f"{plain(key)}{NBSP}: {plain(item)}" for key, item in value.items())
    if isinstance(value, (tuple, list, frozenset)):
        return ", ".join(f"({plain(item)})" if dataclasses.is_dataclass(item) else plain(item) for item in value) or "—"
    return str(value)


def _law(value: ValueInForce) -> str:
    listed = isinstance(value.value, tuple) and len(value.value) > SHORT
    shown = f"{len(value.value)} éléments" if listed else plain(value.value)
    return f"[{value.parameter} = {shown}, depuis le {date_fr(value.since)} : {value.title}]"


def rule_as_text(answer: Explained[Any]) -> str:
    """Write an explanation as an indented tree, its doubts last."""
    unit = split(rule_named(answer.rule).value)[1].unit
    value = euros(answer.value) if unit == "EUR" else plain(answer.value)
    lines = [f"{answer.rule} : {value}", ""]
    for depth, step in answer.walk():
        lines.append(f"{'  ' * depth}{step.sentence}")
        lines += [f"{'  ' * depth}  {_law(value)}" for value in step.law]
    if answer.doubts:
        lines += ["", "À vérifier :", *(f"  – {doubt}" for doubt in answer.doubts)]
    return "\n".join(lines)


def rules_as_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """List the rules with their facts, those one may leave out between brackets."""
    lines = []
    for row in rows:
        lines += [f"{row['rule']} — {row['sentence']}", *_facts(row["facts"], "    "), ""]
    return "\n".join(lines).rstrip()


def _facts(facts: Iterable[Mapping[str, Any]], margin: str) -> Iterator[str]:
    for fact in facts:
        name = fact["name"] if fact["required"] else f"[{fact['name']}]"
        unit = f", {fact['unit']}" if fact["unit"] else ""
        yield f"{margin}{name} ({fact['type']}{unit}) : {fact['meaning']}"
        inner = fact.get("items", {})
        if values := fact.get("values") or inner.get("values"):
            yield f"{margin}    au choix : {', '.join(map(str, values))}"
        yield from _facts(fact.get("fields") or inner.get("fields", ()), margin + "    ")


def values_as_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """List dated values with their text and their doubt."""
    lines = []
    for row in rows:
        lines.append(f"{row['parameter']} — {row['description']}")
        lines.append(f"    {_value(row['value'], row['unit'])}, depuis le {_day(row['since'])} : {row['title']}")
        if row["doubt"]:
            lines.append(f"    à vérifier : {row['doubt']}")
    return "\n".join(lines)


def _value(raw: Any, unit: str) -> str:
    if raw is None:
        return "plus de valeur"
    if isinstance(raw, list):
        pairs = all(isinstance(item, list) for item in raw)
        return " ; ".join(f"dès {item[0]} : {_value(item[1], unit)}" if pairs else plain(item) for item in raw)
    if unit == "currency-EUR":
        return euros(Decimal(raw))
    if unit == "/1":
        return percent(Decimal(raw))
    if unit in _SPOKEN:
        return f"{decimal_fr(Decimal(raw))}{NBSP}{_SPOKEN[unit]}{'s' if unit in _PLURALS and Decimal(raw) > 1 else ''}"
    return plain(raw)


_SPOKEN = {"EUR/km": "€/km", "ETP": "ETP", "km": "km", "mois": "mois", "an": "an", "année": "année", "jour": "jour"}
_PLURALS = {"an", "année", "jour"}


def _day(iso: str) -> str:
    return date_fr(dt.date.fromisoformat(iso))
