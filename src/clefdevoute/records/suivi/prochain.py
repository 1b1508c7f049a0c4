"""Where the next appointment could stand: before the due date, on a working day, and why that very day."""

import datetime as dt
from dataclasses import dataclass

from clefdevoute.law.kernel.feries import ferie, ouvrable

MARGIN = 2
"""Days kept before the due date: an appointment on the last day leaves no room for an absence."""

SOON = 7
"""Days from now when nothing is left before the due date: time to warn the person."""

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Proposition:
    """A day to propose; ``moved_from`` is the day that was wished, when it is a holiday, with its name."""

    day: dt.date
    due_on: dt.date | None
    late: bool = False
    moved_from: dt.date | None = None
    holiday: str = ""


def proposer(*, held_on: dt.date, due_on: dt.date | None, today: dt.date) -> Proposition:
    """
    Propose the last day before the due date with the weekday of this appointment.

    A holiday gives way to the next working day still in time, else to the one before; when nothing is
    left before the due date, the first working day a week from now.
    """
    if due_on is None:
        return Proposition(day=_forward(held_on + dt.timedelta(weeks=26)), due_on=None)
    last = due_on - dt.timedelta(days=MARGIN)
    wished = last - dt.timedelta(days=(last.weekday() - held_on.weekday()) % _WEEK)
    if wished <= today:
        wished = last
    if wished <= today:
        soon = _forward(today + dt.timedelta(days=SOON))
        in_time = soon <= due_on
        return Proposition(day=soon, due_on=due_on, late=not in_time)
    if ouvrable(wished):
        return Proposition(day=wished, due_on=due_on)
    after = _forward(wished)
    day = after if after <= last else _backward(wished)
    if day <= today:
        day = _forward(today + dt.timedelta(days=1))
    return Proposition(day=day, due_on=due_on, late=day > due_on, moved_from=wished, holiday=ferie(wished))


def _forward(day: dt.date) -> dt.date:
    while not ouvrable(day):
        day += dt.timedelta(days=1)
    return day


def _backward(day: dt.date) -> dt.date:
    while not ouvrable(day):
        day -= dt.timedelta(days=1)
    return day
