"""The syntheses of the actions, made and read again on the last working day of the story."""

import datetime as dt
from functools import partial

from clefdevoute.config.exemple.recit import Recit, Scene
from clefdevoute.config.exemple.registre import lignes
from clefdevoute.config.exemple.suivi.rythme import FIN, referent
from clefdevoute.records.suivi.actions import syntheses
from clefdevoute.workspaces.accompagnateur.synthese import CHAPITRES, Sujet

SANS = frozenset({"9", "15", "16", "30", "31", "32"})
"""Those whose file still lacks something."""


def raconter(scene: Scene, recit: Recit) -> None:
    """Make the synthesis of each person who is followed and here, and confirm it."""
    for line in lignes():
        here = line.starts_on <= FIN <= (line.ends_on or dt.date.max)
        if line.statut != "autre" and here and line.number not in SANS:
            recit.le(FIN, partial(_faire, scene, line.number))


def _faire(scene: Scene, number: str, now: dt.datetime) -> None:
    by, one = scene.acteurs[referent(number, FIN)], scene.travailleurs[number]
    told = [chapter(Sujet(by, one, FIN)) for chapter in CHAPITRES]
    made = syntheses.make_synthese(travailleur=one, chapitres=told, by=by, now=now)
    syntheses.confirm_synthese(synthese=made, by=by, now=now)
