"""
The story of the example: what is done on which day, told in the order of the days.

The journal chains its events as they are written, so a believable journal is one whose writes come in order of time.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clefdevoute.law.kernel.parameters import load_yaml
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import User
from clefdevoute.records.frais.models import ChargeRecurrente, CleRepartition
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions.models import Subvention

_DONNEES = Path(__file__).parent / "donnees"
_MATIN = dt.time(8, 0, tzinfo=dt.UTC)


def donnees(name: str) -> Any:
    """Read one of the example's own data files; numbers come as Decimal."""
    return load_yaml(_DONNEES / f"{name}.yaml")


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


class Recit:
    """Steps given in any order, told in the order of their days; on one day, in the order given."""

    def __init__(self) -> None:
        self._steps: list[tuple[dt.date, int, Callable[[dt.datetime], object]]] = []

    def le(self, day: dt.date, step: Callable[[dt.datetime], object]) -> None:
        """Note what is done on a day."""
        self._steps.append((day, len(self._steps), step))

    def raconter(self) -> None:
        """Do it all, each step a minute after the one before on the same day."""
        day, minutes = dt.date.min, 0
        for when, _, step in sorted(self._steps, key=lambda one: one[:2]):
            minutes = minutes + 1 if when == day else 0
            day = when
            step(dt.datetime.combine(day, _MATIN) + dt.timedelta(minutes=minutes))
