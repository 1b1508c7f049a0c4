"""Values and facts of the law as a person reads them: Belgian dates, amounts and shares, units in words."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clefdevoute.law.kernel.parameters import Parameter, ValueInForce
from clefdevoute.ui.formats import NBSP, date_courte, euros, mois, nombre, pluriel, pourcent

_UNITS = {"EUR/km": "€/km", "ETP": "ETP", "km": "km", "mois": "mois"}
_COUNTED = {"an": "an", "année": "an", "jour": "jour", "travailleur": "personne", "personnes": "personne"}
_TYPES = {
    "montant": "montant en euros",
    "decimal": "nombre",
    "entier": "nombre entier",
    "booleen": "oui ou non",
    "date": "date",
    "texte": "texte",
    "objet": "groupe de faits",
    "liste": "liste",
    "dictionnaire": "correspondance",
    "enumeration": "choix",
}
CHOICES = {
    "vers_le_bas": "au cent inférieur",
    "demi_superieur": "au cent le plus proche, le demi-cent vers le haut",
    "date_reference": "à une date de référence",
    "a_rembourser": "à rembourser",
    "trimestres_civils": "trimestres civils",
    "exercices_fiscaux": "trois exercices fiscaux",
    "trois_ans_glissants": "trois ans glissants",
}
"""The stored choices of the dated values, in words."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def words(code: str) -> str:
    """Write a stored code as words."""
    return CHOICES.get(code, code.replace("_", " "))


def with_unit(value: Any, unit: str) -> str:
    """Write one value of the law with its unit."""
    if value is None:
        return "plus de valeur"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if unit == "mois-jour":
        month, day = (int(part) for part in str(value).split("-"))
        return f"{day}{'er' if day == 1 else ''} {mois(dt.date(2000, month, 1))}"
    if not isinstance(value, (Decimal, int)):
        return words(str(value))
    if unit == "currency-EUR":
        return euros(value)
    if unit == "/1":
        return pourcent(value)
    if unit in _COUNTED:
        return f"{nombre(value)}{NBSP}{pluriel(value, _COUNTED[unit])}"
    return f"{nombre(value)}{NBSP}{_UNITS[unit]}" if unit in _UNITS else nombre(value)


def value_lines(parameter: Parameter, value: ValueInForce) -> tuple[str, ...]:
    """Write a dated value: one line, or one a step or an item."""
    metadata = parameter.metadata
    if parameter.is_scale:
        return tuple(
            f"dès {with_unit(threshold, str(metadata['threshold_unit']))} : "
            f"{with_unit(amount, str(metadata['amount_unit']))}"
            for threshold, amount in value.value
        )
    if isinstance(value.value, tuple):
        return tuple(_item(item) for item in value.value)
    return (with_unit(value.value, str(metadata.get("unit", ""))),)


def _item(item: Any) -> str:
    return str(item["libelle"]) if isinstance(item, Mapping) and "libelle" in item else str(item)


def type_words(described: Mapping[str, Any]) -> str:
    """Say what kind of fact is asked for, with its unit."""
    kind, unit = described["type"], described["unit"]
    if kind == "liste":
        return f"liste : {type_words(described['items'])}"
    if kind == "decimal" and unit:
        return "part, de 0 à 1" if unit == "ratio" else f"nombre, en {unit}"
    if kind == "entier" and unit:
        return f"nombre entier, en {unit}"
    return _TYPES.get(str(kind), str(kind))


def source_text(source: str) -> str:
    """Write where a case comes from: our own notes named as such, the words about our files left out."""
    parts = (part for part in source.split(" ; ") if "tests/" not in part)
    return re.sub(r"droit\.md (?=[AP][0-9])", "lecture ", " ; ".join(parts)).replace("droit.md", "nos notes de droit")


def fact_text(value: Any, described: Mapping[str, Any]) -> str:
    """Write one plain fact of a case by its declared type."""
    if value is None:
        return "vide"
    if isinstance(value, bool):
        return "oui" if value else "non"
    kind, text = described["type"], str(value)
    if kind == "date" and _ISO.fullmatch(text):
        return date_courte(dt.date.fromisoformat(text))
    if kind in ("montant", "decimal", "entier") and _PLAIN.fullmatch(text):
        return euros(Decimal(text)) if kind == "montant" else nombre(Decimal(text))
    return (words(text) if kind == "enumeration" else text) or "vide"
