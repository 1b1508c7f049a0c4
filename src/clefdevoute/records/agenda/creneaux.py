"""
Moments to propose: before the due date, on working days, free in the agenda of the accompagnateur.

The latest due date is not the best moment: proposals begin next day, a few a day, so that an absence
leaves time for another one before the six months are over.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from clefdevoute.law.kernel.feries import ouvrable
from clefdevoute.records.agenda.alertes import other_days
from clefdevoute.records.agenda.models import Empechement, RendezVous, Seance
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur

OPENS, LUNCH, BACK, CLOSES = dt.time(9), dt.time(12), dt.time(13), dt.time(16, 30)
STEP = dt.timedelta(minutes=30)
HORIZON = 90
A_DAY = 2


@dataclass(frozen=True, slots=True)
class Creneau:
    """A free moment of an accompagnateur."""

    accompagnateur_id: uuid.UUID
    starts_at: dt.datetime
    late: bool


def proposer(
    accompagnateur: Accompagnateur,
    travailleur: Travailleur | None = None,
    *,
    due_on: dt.date | None,
    duration_min: int,
    now: dt.datetime,
    count: int = 6,
) -> tuple[Creneau, ...]:
    """
    Propose free moments from tomorrow to the due date, spread over it; after it where there is none before.

    Four queries. A holiday, a week-end, a day of the second contract and an impediment are stepped over.
    """
    today = timezone.localdate(now)
    busy = _busy(accompagnateur, travailleur, now)
    free = list(_days(accompagnateur, travailleur, today))
    before = [day for day in free if due_on is not None and day <= due_on]
    found: list[Creneau] = []
    for day in _spread(before, count) or free:
        found += list(_of_day(accompagnateur, day, duration_min, busy, due_on))[:A_DAY]
        if len(found) >= count:
            break
    return tuple(found[:count])


def _days(accompagnateur: Accompagnateur, travailleur: Travailleur | None, today: dt.date) -> Iterator[dt.date]:
    taken = other_days(accompagnateur, today)
    away = _away(travailleur)
    for step in range(1, HORIZON + 1):
        day = today + dt.timedelta(days=step)
        gone = accompagnateur.functions_end is not None and accompagnateur.functions_end < day
        if ouvrable(day) and day.isoweekday() not in taken and not gone and not any(_covers(one, day) for one in away):
            yield day


def _spread(days: list[dt.date], count: int) -> list[dt.date]:
    """Take days from the whole stretch, the first included: one in every few, then those in between."""
    if not days:
        return []
    every = max(1, len(days) // max(1, count // A_DAY))
    chosen = days[::every]
    return chosen + [day for day in days if day not in set(chosen)]


def _of_day(
    who: Accompagnateur,
    day: dt.date,
    duration_min: int,
    busy: list[tuple[dt.datetime, dt.datetime]],
    due_on: dt.date | None,
) -> Iterator[Creneau]:
    """Give the free moments of a day: one in the morning first, then one in the afternoon."""
    length = dt.timedelta(minutes=duration_min)
    for opens, closes in ((OPENS, LUNCH), (BACK, CLOSES)):
        start, last = _at(day, opens), _at(day, closes) - length
        while start <= last:
            if all(end <= start or begin >= start + length for begin, end in busy):
                yield Creneau(who.pk, start, late=due_on is not None and day > due_on)
                break
            start += STEP


def _busy(
    accompagnateur: Accompagnateur, travailleur: Travailleur | None, now: dt.datetime
) -> list[tuple[dt.datetime, dt.datetime]]:
    """Read what is planned for the accompagnateur and for the person, in three queries."""
    until = now + dt.timedelta(days=HORIZON + 2)
    own = RendezVous.objects.of(accompagnateur.entreprise_id).between(now, until).filter(status="planifie")
    rows = [*own.filter(accompagnateur=accompagnateur)]
    if travailleur is not None:
        rows += own.filter(travailleur=travailleur)
    seances = Seance.objects.of(accompagnateur.entreprise_id).between(now, until).filter(status="planifie")
    return [(row.starts_at, row.ends_at) for row in [*rows, *seances.filter(accompagnateur=accompagnateur)]]


def _away(travailleur: Travailleur | None) -> list[Empechement]:
    if travailleur is None:
        return []
    return list(Empechement.objects.of(travailleur.entreprise_id).filter(travailleur=travailleur, withdrawn_at=None))


def _covers(row: Empechement, day: dt.date) -> bool:
    return row.starts_on <= day and (row.returns_on is None or day < row.returns_on)


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
