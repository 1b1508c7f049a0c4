"""What the fullest dossiers hold: objectives, actions, the line pinned to the top."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.config.exemple.suivi.rythme import referent
from clefdevoute.records.suivi.actions import demarches, epingles, objectifs
from clefdevoute.records.suivi.models import Demarche, Objectif
from clefdevoute.records.suivi.models.etats import Etat


def raconter(scene: Scene, recit: Recit) -> None:
    """Set each objective on its day, its actions on theirs, and close what was done."""
    for number, data in donnees("suivi/dossiers").items():
        for row in data["objectifs"]:
            recit.le(row["le"], partial(_objectif, scene, number, row))
        if words := data.get("a_savoir"):
            recit.le(data["objectifs"][0]["le"], partial(_epingler, scene, number, words))


def _epingler(scene: Scene, number: str, words: str, now: dt.datetime) -> None:
    by = scene.acteurs[referent(number, now.date())]
    epingles.epingler(travailleur=scene.travailleurs[number], text=words, by=by, now=now)


def _objectif(scene: Scene, number: str, row: Mapping[str, Any], now: dt.datetime) -> None:
    by = scene.acteurs[referent(number, row["le"])]
    made = objectifs.create_objectif(
        travailleur=scene.travailleurs[number],
        title=row["titre"],
        horizon=row["horizon"],
        wish=row.get("souhait", ""),
        review_on=row["revoir"],
        by=by,
        now=now,
    )
    for action in row["demarches"]:
        scene.recit.le(action["le"], partial(_demarche, scene, number, action, made))
    if row.get("statut") == Etat.REALISE:
        scene.recit.le(row["clos"], partial(_statut, scene, number, made, Etat.REALISE))
    elif row.get("statut"):
        scene.recit.le(row["le"] + dt.timedelta(days=7), partial(_statut, scene, number, made, row["statut"]))


def _statut(scene: Scene, number: str, row: Objectif, status: str, now: dt.datetime) -> None:
    by = scene.acteurs[referent(number, now.date())]
    objectifs.change_objectif(objectif=row, status=status, by=by, now=now)


def _demarche(scene: Scene, number: str, row: Mapping[str, Any], objectif: Objectif, now: dt.datetime) -> None:
    made = demarches.create_demarche(
        travailleur=scene.travailleurs[number],
        text=row["texte"],
        kind=row["sorte"],
        par=row["par"],
        avec=row["avec"],
        objectif=objectif,
        promised_for=row["pour"],
        by=scene.acteurs[referent(number, row["le"])],
        now=now,
    )
    if done := row.get("fait"):
        scene.recit.le(done, partial(_fermer, scene, number, made))


def _fermer(scene: Scene, number: str, row: Demarche, now: dt.datetime) -> None:
    demarches.close_demarche(demarche=row, by=scene.acteurs[referent(number, now.date())], now=now)
