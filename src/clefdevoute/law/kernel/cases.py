"""
The worked cases that a jurist wrote beside each matter, ready to be asked.

A case names a ``rule`` (of its own matter, or ``matter.rule``), its ``source``, its ``facts`` (those
of another case first, where ``comme`` names one) and what must come out. The tests run them all; the
public pages show them.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from .codec import read_facts
from .explained import Explained
from .parameters import LAW_ROOT, load_yaml
from .registry import rule_named


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """An example with its source; ``refused`` is a piece of the refusal where the law refuses to answer."""

    rule: str
    name: str
    source: str
    facts: dict[str, Any]
    refused: str

    def ask(self) -> Explained[Any]:
        """Put the case to the law; raise LawError where it is refused."""
        spec = rule_named(self.rule)
        return spec.function(**read_facts(spec, self.facts))


def with_facts(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Complete a case « comme » another with that one's facts; its own facts win."""
    by_name = {case["name"]: case for case in cases}
    return [
        {**case, "facts": {**by_name[case["comme"]]["facts"], **case["facts"]}} if "comme" in case else case
        for case in cases
    ]


def as_json(value: Any) -> Any:
    """Write a case's YAML as the JSON a caller would send: dates ISO, whole numbers bare, other numbers as text."""
    if isinstance(value, dict):
        return {str(as_json(key)): as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


@cache
def all_cases() -> tuple[WorkedCase, ...]:
    """Read every worked case of every matter, in the order they were written."""
    found = []
    for path in sorted(LAW_ROOT.glob("*/cases/*.yaml")):
        for case in with_facts(load_yaml(path)):
            rule = case["rule"] if "." in case["rule"] else f"{path.parent.parent.name}.{case['rule']}"
            found.append(
                WorkedCase(
                    rule=rule,
                    name=str(case["name"]),
                    source=str(case["source"]),
                    facts=as_json(case["facts"]),
                    refused=str(case.get("refused", "")),
                )
            )
    return tuple(found)
