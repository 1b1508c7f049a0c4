"""
The story of the example: what is done on which day, told in the order of the days.

The journal chains its events as they are written, so a believable journal is one whose writes come in order of time.
"""

import datetime as dt
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from clefdevoute.law.kernel.parameters import load_yaml
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import User
from clefdevoute.records.frais.models import ChargeRecurrente, CleRepartition
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.subventions.models import Subvention

_DONNEES = Path(__file__).parent / "donnees"
_MATIN = dt.time(8, 0, tzinfo=dt.UTC)


@cache
def donnees(name: str) -> Any:
    """Read one of the example's own data files, once; numbers come as Decimal and nobody changes what is read."""
    return load_yaml(_DONNEES / f"{name}.yaml")


class Recit:
    """
    Steps given in any order, told in the order of their days; on one day, in the order given.

    A step may give further ones, for its own day or a later one: what is booked to-day is held in two weeks.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[dt.date, int, Callable[[dt.datetime], object]]] = []
        self._given = 0
        self._day = dt.date.min

    def le(self, day: dt.date, step: Callable[[dt.datetime], object]) -> None:
        """Note what is done on a day; a day already told is a mistake of the story."""
        if day < self._day:
            raise ValueError(f"{day} is told already: the story is at {self._day}")
        heapq.heappush(self._steps, (day, self._given, step))
        self._given += 1

    def raconter(self) -> None:
        """Do it all, each step a minute after the one before on the same day."""
        minutes = 0
        while self._steps:
            when, _, step = heapq.heappop(self._steps)
            minutes = minutes + 1 if when == self._day else 0
            self._day = when
            step(dt.datetime.combine(when, _MATIN) + dt.timedelta(minutes=minutes))


@dataclass
class Scene:
    """What has been made so far, by the short names of the data files."""

    entreprise: EntrepriseInsertion
    acteurs: dict[str, Actor]
    comptes: dict[str, User]
    cles: dict[str, CleRepartition] = field(default_factory=dict)
    charges: list[ChargeRecurrente] = field(default_factory=list)
    accompagnateurs: dict[str, Accompagnateur] = field(default_factory=dict)
    subventions: list[Subvention] = field(default_factory=list)
    travailleurs: dict[str, Travailleur] = field(default_factory=dict)
    faits: dict[str, Any] = field(default_factory=dict)
    recit: Recit = field(default_factory=Recit)
