"""The bilans: a first one soon after the arrival, a second later; a few told in full."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.config.exemple.registre import Ligne, lignes
from clefdevoute.config.exemple.suivi.rythme import FIN, FONCTION, referent
from clefdevoute.records.suivi.actions import bilans, signatures
from clefdevoute.records.suivi.models import CoteBilan

PROFESSIONNELS = 4
"""The first four domains are about work."""

PARAPHE = "[[[120,250],[210,120],[260,260],[340,140],[400,250],[520,180],[640,240],[800,150]],[[150,300],[780,290]]]"
"""A signature drawn on the screen, the same for everybody."""


def raconter(scene: Scene, recit: Recit) -> None:
    """Tell each person's bilans on their days."""
    data = donnees("suivi/bilans")
    for line in lignes():
        for row in data["mots"].get(line.number) or _ordinaires(line, data):
            recit.le(row["le"], partial(_tenir, scene, line.number, row))


def _ordinaires(line: Ligne, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the two bilans of a person about whom nothing particular is told, as far as she was there."""
    if line.statut == "autre" or line.number in data["sans"]:
        return []
    first = max(line.starts_on, FONCTION) + dt.timedelta(days=int(data["premier"]) + int(line.number) % 9)
    days = [first, first + dt.timedelta(days=int(data["second"]))]
    levels = data["ordinaires"][int(line.number) % len(data["ordinaires"])]
    last = min(line.ends_on or FIN, FIN)
    rows = [
        {"le": _working(day), "niveaux": given, "avis": "accord"}
        for day, given in zip(days, levels, strict=True)
        if _working(day) <= last
    ]
    if line.number in data["incomplets"]:
        rows = [row | {"niveaux": row["niveaux"][:PROFESSIONNELS]} for row in rows]
    return rows[:1] if line.number in data["un_seul"] else rows


def _working(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _tenir(scene: Scene, number: str, row: Mapping[str, Any], now: dt.datetime) -> None:
    by = scene.acteurs[referent(number, row["le"])]
    begun = bilans.commencer(travailleur=scene.travailleurs[number], held_on=row["le"], by=by, now=now)
    cotes = CoteBilan.objects.of(scene.entreprise.pk).filter(bilan=begun).order_by("rank")
    saved = bilans.enregistrer(
        bilan=begun,
        held_on=row["le"],
        cotes={one.pk: _saisie(row, rank) for rank, one in enumerate(cotes, start=1)},
        revision=begun.revision,
        by=by,
        now=now,
    )
    done = bilans.terminer(bilan=saved, by=by, now=now)
    words = row.get("reponse", "")
    if row.get("signe", True):
        signatures.signer(
            bilan=done, avis=row["avis"], words=words, signed_on=row["le"], by=by, now=now, strokes=PARAPHE
        )
    else:
        signatures.donner_avis(bilan=done, avis=row["avis"], words=words, given_on=row["le"], by=by, now=now)


def _saisie(row: Mapping[str, Any], rank: int) -> bilans.Saisie:
    levels: Sequence[Any] = row["niveaux"]
    return bilans.Saisie(
        niveau=int(levels[rank - 1]) if rank <= len(levels) else None,
        frein=rank in [int(one) for one in row.get("freins", ())],
        text=_words(row, "textes", rank),
        wish=_words(row, "souhaits", rank),
    )


def _words(row: Mapping[str, Any], name: str, rank: int) -> str:
    return next((str(text) for key, text in row.get(name, {}).items() if int(key) == rank), "")
