"""The register of regularity: over a period, what was held, how late, and what is due next (A15)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.registry import Fact, rule

from . import faits as f
from .rules import Horloge, horloge

_NOUNS: dict[f.Sorte, str] = {"individuel": "Entretiens individuels", "collectif": "Séances collectives"}


@dataclass(frozen=True, slots=True)
class Tenue:
    """A day that counts, and how late it came."""

    date: Annotated[dt.date, Fact("Jour de l'entretien ou de la séance.")]
    retard: Annotated[int, Fact("Jours de retard ce jour-là, 0 s'il est venu à temps.", unit="jours")]


@dataclass(frozen=True, slots=True)
class Regularite:
    """One line of the register: one person, one clock, one period."""

    precedent: Annotated[dt.date | None, Fact("Dernier jour qui compte avant la période.")]
    tenues: Annotated[tuple[Tenue, ...], Fact("Jours qui comptent dans la période, du premier au dernier.")]
    echeance: Annotated[dt.date | None, Fact("Prochaine échéance à la fin de la période ; vide après la sortie.")]
    jours_retard: Annotated[int, Fact("Jours de retard à la fin de la période, ou ce jour s'il vient avant.")]
    empechement: Annotated[str, Fact("Motif de l'empêchement en cours ; vide s'il n'y en a pas.")]
    reguliere: Annotated[bool, Fact("Rien n'est venu en retard dans la période, et rien n'y est en retard.")]


@rule(
    "Le rythme des entretiens de cette personne est-il tenu sur cette période ?",
    "AGW du 24/05/2017, art. 3",
    "A15",
    "P9",
    "P25",
)
def regularite(
    *,
    sorte: Annotated[f.Sorte, Fact("Horloge des entretiens individuels ou des séances collectives.")],
    debut: Annotated[dt.date, Fact("Premier jour de la période, par exemple d'un semestre.")],
    fin: Annotated[dt.date, Fact("Dernier jour de la période.", example="2026-06-30")],
    date_engagement: f.Engagement,
    debut_fonction: f.DebutFonction,
    as_of: f.AsOf,
    entretiens: f.Entretiens = (),
    empechements: f.Empechements = (),
    sortie: f.Sortie = None,
) -> Explained[Regularite]:
    """Answer the line of a person; each day is compared with the due date of the day it came."""
    if fin < debut:
        raise BadFact(f"« fin » : le {date_fr(fin)} précède le {date_fr(debut)}. Vérifiez les deux dates.")
    until = min(fin, as_of) if sortie is None else min(fin, as_of, sortie)
    own = sorted((one for one in entretiens if one.sorte == sorte and one.date <= until), key=lambda one: one.date)
    days = sorted({one.date for one in own if one.counts and one.date >= date_engagement})

    def clock(day: dt.date, seen: tuple[f.Entretien, ...]) -> Explained[Horloge]:
        return horloge(
            sorte=sorte,
            date_engagement=date_engagement,
            debut_fonction=debut_fonction,
            as_of=day,
            entretiens=seen,
            empechements=empechements,
            sortie=None,
        )

    held = tuple(
        Tenue(day, clock(day, tuple(one for one in own if one.date < day)).value.jours_retard)
        for day in days
        if day >= debut
    )
    now = clock(until, tuple(own))
    left = sortie is not None and sortie < min(fin, as_of)
    late = now.value.jours_retard
    value = Regularite(
        precedent=max((day for day in days if day < debut), default=None),
        tenues=held,
        echeance=None if left else now.value.echeance,
        jours_retard=late,
        empechement=now.value.empechement,
        reguliere=not late and not any(one.retard for one in held),
    )
    return Explained(value=value, sentence=_sentence(sorte, debut, fin, value), because=(now,))


def _sentence(sorte: f.Sorte, debut: dt.date, fin: dt.date, value: Regularite) -> str:
    held = ", ".join(
        f"le {date_fr(one.date)}" + (f" (en retard de {one.retard} j)" if one.retard else "") for one in value.tenues
    )
    words = f"tenus {held}" if held else "aucun dans la période"
    end = f" ; en retard de {value.jours_retard} j à la fin" if value.jours_retard else ""
    return f"{_NOUNS[sorte]} du {date_fr(debut)} au {date_fr(fin)} : {words}{end}."
