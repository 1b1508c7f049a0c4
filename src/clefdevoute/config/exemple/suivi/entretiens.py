"""What is written of an interview when it is finished: themes, a shared note, sometimes one sealed."""

import datetime as dt
from typing import Any

from clefdevoute.config.exemple.recit import Scene, donnees
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.suivi.actions import entretiens
from clefdevoute.records.suivi.actions.entretiens import Recit as Dit


def finir(scene: Scene, number: str, row: RendezVous, who: str, now: dt.datetime) -> None:
    """Finish an interview that was booked, with the words of its day or ordinary ones."""
    words = _mots(number, row.day)
    entretiens.terminer(
        travailleur=scene.travailleurs[number],
        rendez_vous=row,
        recit=Dit(
            starts_at=row.starts_at,
            form=row.form,
            duration_min=row.duration_min,
            place=row.place,
            themes=tuple(words["themes"]),
            notes={name: words[name] for name in ("partagee", "privee") if name in words},
        ),
        by=scene.acteurs[who],
        now=now,
    )


def _mots(number: str, day: dt.date) -> dict[str, Any]:
    data = donnees("suivi/entretiens")
    told = data["mots"].get(number, {}).get(day)
    if told is not None:
        return dict(told)
    themes, text = data["ordinaires"][(int(number) + day.toordinal()) % len(data["ordinaires"])]
    return {"themes": themes, "partagee": text}
