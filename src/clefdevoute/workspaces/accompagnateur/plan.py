"""The objectives of a person with their actions, as one page shows them: open ones first, former ones kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models import Bilan, CoteBilan, Demarche, Objectif


@dataclass(frozen=True, slots=True)
class Groupe:
    """An objective and the actions under it, those to be done first."""

    objectif: Objectif
    demarches: tuple[Demarche, ...]
    overdue: bool
    refus: Any = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All objectives and actions of a dossier."""

    ouverts: tuple[Groupe, ...]
    clos: tuple[Groupe, ...]
    libres: tuple[Demarche, ...]
    faites: tuple[Demarche, ...]
    demarches: tuple[Demarche, ...]

    @property
    def objectifs(self) -> tuple[Objectif, ...]:
        """Give the open objectives, for a choice in a form."""
        return tuple(one.objectif for one in self.ouverts)

    @property
    def derniere(self) -> dt.date | None:
        """Give the day of the last action done."""
        return max((one.done_on for one in self.demarches if one.done_on), default=None)

    @property
    def empty(self) -> bool:
        """Tell whether nothing was ever planned."""
        return not (self.ouverts or self.clos or self.demarches)


_HORIZONS = {"court": 0, "moyen": 1, "long": 2}


def plan(actor: Actor, travailleur: Travailleur, *, today: dt.date, refus: Mapping[str, Any] | None = None) -> Plan:
    """Read the objectives and the actions of a person, in two queries; ``refus`` are the statuses not saved."""
    goals = list(Objectif.objects.visible_to(actor).filter(travailleur=travailleur).order_by("review_on", "id"))
    steps = list(Demarche.objects.visible_to(actor).filter(travailleur=travailleur).order_by("recorded_at", "id"))
    under: dict[object, list[Demarche]] = defaultdict(list)
    for step in steps:
        under[step.objectif_id].append(step)
    groups = [
        Groupe(
            goal,
            tuple(sorted(under[goal.pk], key=_first_open)),
            goal.is_open and goal.review_on < today,
            (refus or {}).get(str(goal.pk)),
        )
        for goal in sorted(goals, key=lambda one: (_HORIZONS[one.horizon], one.review_on))
    ]
    free = sorted(under[None], key=_first_open)
    return Plan(
        ouverts=tuple(one for one in groups if one.objectif.is_open),
        clos=tuple(one for one in reversed(groups) if not one.objectif.is_open),
        libres=tuple(one for one in free if one.is_open),
        faites=tuple(one for one in free if not one.is_open),
        demarches=tuple(steps),
    )


def _first_open(one: Demarche) -> tuple[bool, dt.date, dt.datetime]:
    return not one.is_open, one.promised_for or dt.date.max, one.recorded_at


@dataclass(frozen=True, slots=True)
class Frein:
    """An obstacle noted in a bilan and not lifted by a later one."""

    name: str
    since: dt.date


def freins(actor: Actor, travailleur: Travailleur) -> tuple[Frein, ...]:
    """Give the obstacles that no later bilan lifted, each since the bilan that first named it, in one query."""
    rows = CoteBilan.objects.visible_to(actor).filter(travailleur=travailleur, bilan__state=Bilan.State.TERMINE)
    standing: dict[object, Frein] = {}
    for row in rows.select_related("bilan").order_by("bilan__held_on", "bilan__finished_at", "rank"):
        if row.frein:
            standing.setdefault(row.domaine_id, Frein(row.name, row.bilan.held_on))
        elif row.niveau is not None:
            standing.pop(row.domaine_id, None)
    return tuple(sorted(standing.values(), key=lambda one: (one.since, one.name)))
