"""Allocation keys with their reasoning, revised when the team grew, and the rent that comes back each month."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.saisies import ChargeSaisie


def raconter(scene: Scene, recit: Recit) -> None:
    """Make the keys and the charges, each on its day."""
    by = scene.acteurs["gestionnaire"]
    data = donnees("frais")
    for key in data["cles"]:
        first, *later = key["versions"]
        recit.le(first["le"], partial(_creer, scene, key, first, by))
        for version in later:
            recit.le(version["le"], partial(_reviser, scene, key["cle"], version, by))
    for row in data["charges"]:
        recit.le(row["le"], partial(_charge, scene, row, by))
    for row in data["montants"]:
        recit.le(row["le"], partial(_montant, scene, row, by))


def _version(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("since", "percent", "basis")}


def _creer(scene: Scene, key: Mapping[str, Any], row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    made = actions.creer_cle(entreprise=scene.entreprise, name=key["name"], by=by, now=now, **_version(row))
    scene.cles[key["cle"]] = made


def _reviser(scene: Scene, name: str, row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    actions.reviser_cle(cle=scene.cles[name], by=by, now=now, **_version(row))


def _charge(scene: Scene, row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    saisie = ChargeSaisie(
        name=row["name"],
        net=row["net"],
        due_day=int(row["due_day"]),
        starts_on=row["starts_on"],
        line=row["line"],
        cle=scene.cles[row["cle"]],
    )
    scene.charges.append(actions.creer_charge(entreprise=scene.entreprise, saisie=saisie, by=by, now=now))


def _montant(scene: Scene, row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    at = int(row["charge"])
    scene.charges[at] = actions.changer_montant_charge(
        charge=scene.charges[at], since=row["since"], net=row["net"], vat=row["vat"], by=by, now=now
    )
