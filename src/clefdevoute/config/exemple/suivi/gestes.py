"""The gestures of the data file, each one action of the records, called with what the file names."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from importlib import import_module
from typing import Any

from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.config.exemple.suivi.rythme import referent
from clefdevoute.records.suivi.models import SuiviSortie

_RECORDS = "clefdevoute.records"
_OWN = frozenset({"le", "fait", "cle", "pour", "auteur"})
_PERSONS = frozenset({"accompagnateur", "from_accompagnateur", "to_accompagnateur"})
_NUMBERS = frozenset({"task", "report_months", "radius_km"})


def raconter(scene: Scene, recit: Recit) -> None:
    """Tell each gesture on its day, once for each person that it is for."""
    for row in donnees("suivi/gestes"):
        for number in row.get("pour", [""]):
            recit.le(row["le"], partial(_faire, scene, _pour(row, number)))


def _pour(row: Mapping[str, Any], number: str) -> dict[str, Any]:
    """Write a gesture for one person: her number where the file says « {} », or as whom it is about."""
    found = {key: value.format(number) if isinstance(value, str) else value for key, value in row.items()}
    about = number and not any(name in row for name in ("validation",))
    return found | {"travailleur": number} if about else found


def _faire(scene: Scene, row: Mapping[str, Any], now: dt.datetime) -> None:
    domain, module, name = row["fait"].split(".")
    action = getattr(import_module(f"{_RECORDS}.{domain}.actions.{module}"), name)
    facts = {key: _value(scene, key, value) for key, value in row.items() if key not in _OWN}
    made = action(by=scene.acteurs[_author(row)], now=now, **_with_place(scene, row, facts))
    if key := row.get("cle"):
        scene.faits[key] = made


def _author(row: Mapping[str, Any]) -> str:
    """Say who acts: the one named, else who follows the person, else Nadia."""
    number = row.get("travailleur")
    return str(row.get("auteur") or (referent(number, row["le"]) if number else "nadia"))


def _with_place(scene: Scene, row: Mapping[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """Add what an action asks beside its facts: the enterprise of a partner, who was there."""
    if row["fait"].endswith("enregistrer_partenaire"):
        return facts | {"entreprise": scene.entreprise}
    if row["fait"].endswith("noter_participation"):
        return facts | {"accompagnateur": scene.accompagnateurs["nadia"]}
    return facts


def _value(scene: Scene, key: str, value: Any) -> Any:
    """Find the row behind a word of the data file."""
    if key == "travailleur":
        return scene.travailleurs[value]
    if key == "travailleurs":
        return [scene.travailleurs[number] for number in value]
    if key == "roles":
        return {scene.travailleurs[number]: role for number, role in value.items()}
    if key in _PERSONS:
        return scene.accompagnateurs[value]
    if key == "suivi":
        exit_, months = value
        return SuiviSortie.objects.of(scene.entreprise.pk).get(sortie=scene.faits[exit_], months=int(months))
    if key == "levels":
        return {skill: int(level) for skill, level in value.items()}
    if isinstance(value, Decimal) and key in _NUMBERS:
        return int(value)
    return scene.faits.get(value, value) if isinstance(value, str) else value
