"""
Dated values of the law, one file each, in OpenFisca's form.

A change of law adds a dated line with its reference and never edits one, so that old years keep
their law. Our own key ``doubt`` sits in ``metadata``, where OpenFisca lets it pass.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from .errors import BadParameterFile, NoValueInForce
from .money import date_fr

T = TypeVar("T")

LAW_ROOT = Path(__file__).resolve().parent.parent

_TOP_KEYS = {"description", "values", "brackets", "metadata", "documentation"}
_METADATA_KEYS = {
    "unit",
    "type",
    "threshold_unit",
    "amount_unit",
    "reference",
    "last_value_still_valid_on",
    "doubt",
    "parameter",
    "status",
}


@dataclass(frozen=True, slots=True)
class ValueInForce:
    """A value as the law held it on a day: what, since when, by which text, with which doubt."""

    parameter: str
    value: Any
    since: dt.date
    title: str
    link: str = ""
    doubt: str = ""


def chosen(value: ValueInForce, known: Mapping[Any, T]) -> T:
    """Find what a choice of law means; a value that no code knows is refused, never passed over."""
    if value.value not in known:
        raise BadParameterFile(
            f"{value.parameter} : « {value.value} » n'est pas un choix connu : {', '.join(map(str, known))}. "
            f"Corrigez le fichier, ou apprenez ce choix à la règle."
        )
    return known[value.value]


class _Loader(yaml.CSafeLoader):
    """Safe C loader that reads numbers as Decimal and refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse duplicate keys: the second would silently win."""
        # « << » takes over a named mapping and may be overridden: that is its purpose, not a slip.
        written = [key for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        keys = [self.construct_object(key, deep=True) for key in written]
        if len(keys) != len(set(keys)):
            raise BadParameterFile(f"Clé écrite deux fois, {node.start_mark}. Gardez-en une seule.")
        return super().construct_mapping(node, deep=True)


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)).replace("_", ""))


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:int", _decimal)


def load_yaml(path: Path) -> Any:
    """Read one of the law's own YAML files: safe, Decimal numbers, duplicate keys refused."""
    return yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - _Loader is a safe loader


def _freeze(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    if isinstance(value, dict):
        return {key: _freeze(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """
    One parameter of law with all its dated values.

    ``name`` is ``matter.file``. A scale (``brackets``) answers with rows ``(threshold, amount)``.
    """

    name: str
    description: str
    metadata: Mapping[str, Any]
    documentation: str
    dates: tuple[dt.date, ...]
    values: tuple[ValueInForce, ...]

    @classmethod
    def load(cls, path: Path) -> "Parameter":
        """Read and check a file; raise BadParameterFile naming the fault."""
        return _load(path)

    @property
    def is_scale(self) -> bool:
        """Whether the parameter is a scale of thresholds rather than one value."""
        return self.metadata.get("type") == "single_amount"

    def at(self, as_of: dt.date) -> ValueInForce:
        """Answer the value in force on a day; raise NoValueInForce before the first one."""
        place = bisect_right(self.dates, as_of)
        if not place:
            raise NoValueInForce(
                f"« {self.description} » ({self.name}) : aucune valeur en vigueur le {date_fr(as_of)} ; la première "
                f"valeur enregistrée prend effet le {date_fr(self.dates[0])}. Choisissez une date à partir du "
                f"{date_fr(self.dates[0])}, ou ajoutez la valeur plus ancienne avec sa référence."
            )
        return self.values[place - 1]


def _rows_at(brackets: list[dict[str, Any]], day: dt.date, name: str) -> tuple[tuple[Decimal, Decimal], ...]:
    def last(entries: dict[dt.date, dict[str, Any]]) -> Decimal | None:
        known = [since for since in entries if since <= day]
        return entries[max(known)]["value"] if known else None

    rows = []
    for bracket in brackets:
        threshold, amount = last(bracket["threshold"]), last(bracket["amount"])
        if (threshold is None) != (amount is None):
            raise BadParameterFile(f"{name} : un palier a un seuil sans montant (ou l'inverse) au {date_fr(day)}.")
        if threshold is not None and amount is not None:
            rows.append((threshold, amount))
    return tuple(sorted(rows))


def _dated_values(raw: dict[str, Any], name: str) -> dict[dt.date, Any]:
    if "brackets" in raw:
        days = sorted({d for b in raw["brackets"] for side in ("threshold", "amount") for d in b[side]})
        return {day: _rows_at(raw["brackets"], day, name) for day in days}
    return {day: _freeze(entry["value"]) for day, entry in sorted(raw["values"].items())}


def _doubt_at(doubt: Any, day: dt.date) -> str:
    if isinstance(doubt, dict):
        return str(doubt.get(day, ""))
    return str(doubt or "")


@cache
def _load(path: Path) -> Parameter:
    matter = path.parent.parent.name
    name = f"{matter}.{path.stem}"
    raw = load_yaml(path)
    unknown = set(raw) - _TOP_KEYS | set(raw.get("metadata", {})) - _METADATA_KEYS
    if unknown:
        raise BadParameterFile(f"{name} : clé inconnue {', '.join(sorted(unknown))}. Corrigez-la ou retirez-la.")
    if ("values" in raw) == ("brackets" in raw):
        raise BadParameterFile(f"{name} : il faut « values » ou « brackets », l'un des deux.")
    metadata = raw.get("metadata", {})
    dated = _dated_values(raw, name)
    references = metadata.get("reference", {})
    missing = [day for day in dated if day not in references]
    if missing:
        raise BadParameterFile(f"{name} : aucune référence pour la valeur du {date_fr(missing[0])}. Ajoutez-la.")
    values = tuple(
        ValueInForce(
            parameter=name,
            value=value,
            since=day,
            title=str(references[day]["title"]),
            link=str(references[day].get("link", "")),
            doubt=_doubt_at(metadata.get("doubt"), day),
        )
        for day, value in dated.items()
    )
    return Parameter(
        name=name,
        description=str(raw["description"]),
        metadata=metadata,
        documentation=str(raw.get("documentation", "")),
        dates=tuple(dated),
        values=values,
    )


def all_parameters() -> tuple[Parameter, ...]:
    """Load every parameter of every matter, in order of name."""
    return tuple(_load(path) for path in sorted(LAW_ROOT.glob("*/parameters/*.yaml")))


def parameter_named(name: str) -> Parameter:
    """Find a parameter by its ``matter.file`` name, to read a stored explanation back."""
    matter, _, stem = name.partition(".")
    return _load(LAW_ROOT / matter / "parameters" / f"{stem}.yaml")
