"""
The sheet that a person takes home after an interview: one page, plain words, large print (F75).

It says what was decided, who does what by when, and the next appointment. Nothing of a note is on it: a
sheet of paper is read by others.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clefdevoute.documents.justification import texte as t
from clefdevoute.documents.justification.composition import composer
from clefdevoute.documents.justification.modele import Emission

_TEMPLATE = Path(__file__).with_name("feuille_entretien.typ")
MOST = 6
"""Decisions that one page holds in large print; a sentence says how many more there are."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to do: what, by whom, before when, in words."""

    what: str
    who: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class FeuilleEntretien:
    """What the sheet says."""

    entreprise: str
    person: str
    by: str
    held_on: dt.date
    held: str
    decisions: Sequence[Decision]
    next_day: str = ""
    next_hour: str = ""
    next_place: str = ""
    contact: str = ""

    @property
    def shown(self) -> Sequence[Decision]:
        """The decisions that fit on the page."""
        return self.decisions[:MOST]

    @property
    def more(self) -> int:
        """How many decisions do not fit."""
        return max(len(self.decisions) - MOST, 0)


def feuille_pdf(sheet: FeuilleEntretien, *, le: dt.datetime) -> bytes:
    """Set the sheet in type."""
    donnees = {
        "titre": "Ma feuille",
        "personne": _mot(sheet.person),
        "quand": _mot(f"{sheet.held} avec {sheet.by}"),
        "decisions": [{"quoi": _mot(one.what), "qui": _mot(one.who), "avant": _mot(one.before)} for one in sheet.shown],
        "reste": _mot(_more(sheet.more)),
        "jour": _mot(sheet.next_day),
        "heure": _mot(sheet.next_hour),
        "lieu": _mot(sheet.next_place),
        "contact": _mot(sheet.contact),
        "pied": {
            "gauche": _mot(sheet.entreprise),
            "milieu": "",
            "droite": _mot(f"Établi le {t.jour(le)} par {sheet.by}"),
        },
    }
    return composer(
        _TEMPLATE, donnees, titre=_mot(f"Feuille de {sheet.person}"), emission=Emission(le=le, par=sheet.by)
    )


def _more(count: int) -> str:
    if not count:
        return ""
    return "Encore une chose : demandez-la." if count == 1 else f"Encore {count} choses : demandez-les."


def _mot(texte: str) -> str:
    return t.typographie(t.propre(texte))
