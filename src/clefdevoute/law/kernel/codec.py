"""
Facts and explanations to JSON and back, driven by the declared types: nothing lost, nothing guessed.

Money is written ``"1234.50"``, other decimals as plain strings, dates ISO, enumerations as their
stored values, dataclasses as objects. What cannot be read raises BadFact with the remedy.
"""

import dataclasses
import datetime as dt
import enum
import json
import re
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union

from .errors import BadFact, MissingFact, UnknownFact
from .explained import Explained
from .money import CENT
from .parameters import ValueInForce, parameter_named
from .registry import RuleSpec, rule_named, split

# Written digits only: \d would also take those of other alphabets.
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,28})?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_SHOWN = 60


@cache
def fields_of(kind: type) -> dict[str, Any]:
    """Name the fields of a dataclass with their declared types, units included."""
    return typing.get_type_hints(kind, include_extras=True)


def optional_of(hint: Any) -> tuple[Any, bool]:
    """Take ``X | None`` apart: the type and whether None is allowed."""
    if typing.get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in typing.get_args(hint) if arg is not type(None)]
        if len(inner) == 1:
            return inner[0], True
    return hint, False


def encode(value: Any, hint: Any = Any) -> Any:
    """Write a value as JSON, money to the cent where its declared unit is EUR."""
    hint, fact = split(hint)
    hint, _ = optional_of(hint)
    hint, inner = split(hint)
    unit = fact.unit or inner.unit
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Decimal):
        return _euros(value) if unit == "EUR" else f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = fields_of(type(value))
        return {name: encode(getattr(value, name), of) for name, of in hints.items()}
    if isinstance(value, Mapping):
        args = typing.get_args(hint) or (Any, Any)
        return {str(encode(key)): encode(item, args[1]) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted((encode(item, of) for item, of in zip(value, _items(hint, len(value)), strict=True)), key=str)
    if isinstance(value, (tuple, list)):
        return [encode(item, of) for item, of in zip(value, _items(hint, len(value)), strict=True)]
    return value


def _euros(amount: Decimal) -> str:
    """Write an amount to the cent; one that has more is a fault upstream, never silently rounded here."""
    written = amount.quantize(CENT)
    if written != amount:
        raise BadFact(f"{amount:f} a plus de deux décimales. Arrondissez le montant au cent avant de l'écrire.")
    return f"{written:f}"


def _items(hint: Any, length: int) -> list[Any]:
    args = typing.get_args(hint)
    if not args:
        return [Any] * length
    if (len(args) == 2 and args[1] is Ellipsis) or len(args) == 1:
        return [args[0]] * length
    return list(args)


def _shown(raw: Any) -> str:
    """Quote what was given as it was given, cut short: a refusal is one sentence, whatever was sent."""
    text = repr(raw) if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _decimal(raw: Any, unit: str, where: str) -> Decimal:
    text = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise BadFact(
            f"« {where} » : {_shown(raw)} n'est pas un nombre. Écrivez-le entre guillemets, avec un point, par exemple "
            f"« 1234.50 »."
        )
    number = Decimal(text)
    if unit == "EUR" and number != number.quantize(CENT):
        raise BadFact(
            f"« {where} » : {text} a plus de deux décimales. Un montant s'écrit au cent, par exemple 1234.50."
        )
    return number


def _date(raw: Any, where: str) -> dt.date:
    try:
        if isinstance(raw, str) and _ISO_DATE.fullmatch(raw):
            return dt.date.fromisoformat(raw)
    except ValueError:
        pass
    raise BadFact(f"« {where} » : {_shown(raw)} n'est pas une date. Écrivez année-mois-jour, par exemple 2026-11-22.")


def _choice(raw: Any, allowed: list[Any], where: str) -> Any:
    if raw in allowed and isinstance(raw, str):
        return raw
    raise BadFact(f"« {where} » : {_shown(raw)} n'est pas un choix. Prenez l'un de : {', '.join(map(str, allowed))}.")


def _scalar(raw: Any, kind: Any, unit: str, where: str) -> Any:
    if kind is Decimal:
        return _decimal(raw, unit, where)
    if kind is dt.date:
        return _date(raw, where)
    if kind is bool and isinstance(raw, bool):
        return raw
    if kind is int and isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if kind is str and isinstance(raw, str):
        return raw
    words = {bool: "oui ou non (true, false)", int: "un nombre entier", str: "un texte entre guillemets"}
    raise BadFact(f"« {where} » : {_shown(raw)} ne convient pas ; il faut {words.get(kind, kind)}.")


def _many(raw: Any, kind: Any, where: str) -> tuple[Any, ...] | frozenset[Any]:
    if not isinstance(raw, list):
        raise BadFact(f"« {where} » : il faut une liste, entre crochets.")
    hints = _items(kind, len(raw))
    if len(hints) != len(raw):
        raise BadFact(f"« {where} » : il faut {len(hints)} éléments, il y en a {len(raw)}.")
    found = (decode(item, of, f"{where}[{n}]") for n, (item, of) in enumerate(zip(raw, hints, strict=True)))
    return frozenset(found) if typing.get_origin(kind) is frozenset else tuple(found)


def _object(raw: Any, kind: type, where: str) -> Any:
    if not isinstance(raw, dict):
        raise BadFact(f"« {where} » : il faut un objet, entre accolades.")
    hints = fields_of(kind)
    defaults = {
        f.name
        for f in dataclasses.fields(kind)
        if f.default is not dataclasses.MISSING or f.default_factory is not dataclasses.MISSING
    }
    given = _named(raw, hints, defaults, where)
    return kind(**given)


def _named(raw: Mapping[str, Any], hints: Mapping[str, Any], optional: set[str], where: str) -> dict[str, Any]:
    prefix = f"{where}." if where else ""
    for name in raw:
        if name not in hints:
            raise UnknownFact(
                f"Fait inconnu : « {prefix}{name} ». Les faits attendus sont : {', '.join(hints) or 'aucun'}. "
                f"Corrigez le nom ou retirez-le."
            )
    for name in hints:
        if name not in raw and name not in optional:
            raise MissingFact(f"Il manque le fait « {prefix}{name} ». Ajoutez-le : une absence n'est pas un zéro.")
    return {name: decode(raw[name], hint, f"{prefix}{name}") for name, hint in hints.items() if name in raw}


def decode(raw: Any, hint: Any, where: str) -> Any:
    """Read JSON as the declared type; raise BadFact, MissingFact or UnknownFact naming the place."""
    kind, fact = split(hint)
    kind, may_be_none = optional_of(kind)
    kind, inner = split(kind)
    if raw is None and may_be_none:
        return None
    origin = typing.get_origin(kind)
    if origin is Literal:
        return _choice(raw, list(typing.get_args(kind)), where)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(_choice(raw, [member.value for member in kind], where))
    if origin in (tuple, frozenset):
        return _many(raw, kind, where)
    if origin in (dict, Mapping):
        key, item = typing.get_args(kind)
        if not isinstance(raw, dict):
            raise BadFact(f"« {where} » : il faut un objet, entre accolades.")
        return {decode(k, key, where): decode(v, item, f"{where}.{k}") for k, v in raw.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _object(raw, kind, where)
    return _scalar(raw, kind, fact.unit or inner.unit, where)


def read_facts(spec: RuleSpec, raw: Any) -> dict[str, Any]:
    """Read a JSON object as the facts of a rule; unknown or missing facts are named."""
    if not isinstance(raw, dict):
        raise BadFact('Les faits s\'écrivent comme un objet JSON, entre accolades : {"as_of": "2026-01-01", …}.')
    return _named(raw, spec.facts, set(spec.defaults), "")


_MONEY = "currency-EUR"


def encode_in_force(value: ValueInForce) -> Any:
    """Write a dated value as JSON, to the cent where its file says euros, as any other amount."""
    metadata = parameter_named(value.parameter).metadata
    if metadata.get("amount_unit") == _MONEY:
        return [[encode(threshold), _euros(amount)] for threshold, amount in value.value]
    if metadata.get("unit") == _MONEY and value.value is not None:
        return _euros(value.value)
    return encode(value.value)


def _law_to_json(value: ValueInForce) -> dict[str, Any]:
    return {
        "parameter": value.parameter,
        "value": encode_in_force(value),
        "since": value.since.isoformat(),
        "title": value.title,
        "link": value.link,
        "doubt": value.doubt,
    }


def to_json(answer: Explained[Any]) -> dict[str, Any]:
    """Write a whole explanation: the contract of ``droit regle --json`` and of frozen decisions."""
    spec = rule_named(answer.rule)
    return {
        "rule": answer.rule,
        "value": encode(answer.value, spec.value),
        "sentence": answer.sentence,
        "facts": {name: encode(value, spec.facts[name]) for name, value in answer.facts.items()},
        "law": [_law_to_json(value) for value in answer.law],
        "because": [to_json(step) for step in answer.because],
        "doubts": list(answer.doubts),
    }


def _numbers(raw: Any) -> Any:
    if isinstance(raw, list):
        return tuple(_numbers(item) for item in raw)
    return Decimal(raw) if isinstance(raw, str) and _DECIMAL.fullmatch(raw) else raw


def _texts(raw: Any) -> Any:
    if isinstance(raw, list):
        return tuple(_texts(item) for item in raw)
    if isinstance(raw, dict):
        return {key: _texts(item) for key, item in raw.items()}
    return raw


def _law_from_json(raw: Mapping[str, Any]) -> ValueInForce:
    numeric = parameter_named(raw["parameter"]).metadata.get("unit") != "liste"
    value = _numbers(raw["value"]) if numeric else _texts(raw["value"])
    return ValueInForce(
        parameter=raw["parameter"],
        value=value,
        since=dt.date.fromisoformat(raw["since"]),
        title=raw["title"],
        link=raw["link"],
        doubt=raw["doubt"],
    )


def from_json(raw: Mapping[str, Any]) -> Explained[Any]:
    """Read a stored explanation back, equal to the one written."""
    spec = rule_named(raw["rule"])
    return Explained(
        rule=raw["rule"],
        value=decode(raw["value"], spec.value, "value"),
        sentence=raw["sentence"],
        facts={name: decode(value, spec.facts[name], name) for name, value in raw["facts"].items()},
        law=tuple(_law_from_json(value) for value in raw["law"]),
        because=tuple(from_json(step) for step in raw["because"]),
        doubts=tuple(raw["doubts"]),
    )
