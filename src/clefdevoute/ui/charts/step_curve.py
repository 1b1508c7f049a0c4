"""The step curve: how many persons, day by day, against the steps of the right."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from clefdevoute.ui.formats import NBSP, date_courte, date_longue, mois

from .labels import NARROWEST, TEXT_HEIGHT, Anchor, Box, Label, Line, hang, percent, span, text_width

HEIGHT = Decimal(340)
_FLOOR, _CEILING = Decimal(91), Decimal("7.2")
_LEFT, _RIGHT = Decimal("0.4"), Decimal("99.6")
_GAP = Decimal(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number of persons from which the right changes, and what it then gives."""

    persons: int
    gives: str
    in_play: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From this day on, so many persons, and why."""

    since: dt.date
    persons: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCurve:
    """All that the template draws, and the rows of the equal table."""

    id: str
    title: str
    desc: str
    height: str
    lines: Sequence[Line]
    labels: Sequence[Label]
    changes: Sequence[Change]
    today: dt.date


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """The drawing while it is made: scales, strokes, texts, and what is already covered."""

    start: dt.date
    end: dt.date
    top: int
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    covered: list[Box] = field(default_factory=list)

    def x(self, day: dt.date) -> Decimal:
        """Place a day between the two ends of the year."""
        inside = min(max(day, self.start), self.end)
        length = max((self.end - self.start).days, 1)
        return _LEFT + (_RIGHT - _LEFT) * (inside - self.start).days / length

    def y(self, persons: int) -> Decimal:
        """Place a number of persons between the floor and the highest step."""
        return _FLOOR - (_FLOOR - _CEILING) * persons / self.top

    def stroke(self, kind: str, x1: Decimal, x2: Decimal, y1: Decimal, y2: Decimal) -> None:
        """Draw a stroke."""
        self.lines.append(Line(kind=kind, x1=percent(x1), x2=percent(x2), y1=percent(y1), y2=percent(y2)))

    def cover(self, x1: Decimal, x2: Decimal, y1: Decimal, y2: Decimal) -> None:
        """Keep texts off a stroke of the curve."""
        across, down = NARROWEST / 100, HEIGHT / 100
        self.covered.append(
            Box(left=x1 * across - 1, right=x2 * across + 1, top=min(y1, y2) * down - 2, bottom=max(y1, y2) * down + 2)
        )

    def write(self, text: str, x: Decimal, y: Decimal, *, anchor: Anchor, dys: Sequence[int], kind: str) -> bool:
        """Write a text at the first of the offsets where nothing stands yet; else leave it to the table."""
        left, right = span(text, x, anchor, bold=kind in {"tb", "ta"})
        for dy in dys:
            base = y * HEIGHT / 100 + dy
            box = Box(left=left, right=right, top=base - TEXT_HEIGHT + 3, bottom=base + _GAP)
            if box.top >= 0 and box.bottom <= HEIGHT and not box.meets(self.covered):
                self.covered.append(box)
                self.labels.append(Label(text=text, x=percent(x), y=percent(y), anchor=anchor, kind=kind, dy=dy))
                return True
        return False


def step_curve(
    *, id: str, changes: Sequence[Change], thresholds: Sequence[Threshold], start: dt.date, end: dt.date, today: dt.date
) -> StepCurve:
    """Draw the persons of an agrément year; what comes after today is a forecast, dashed."""
    ordered = sorted(changes, key=lambda change: change.since)
    highest = max([change.persons for change in ordered] + [step.persons for step in thresholds] + [1])
    sheet = _Sheet(start=start, end=end, top=highest)
    sheet.cover(Decimal(0), Decimal(100), _FLOOR, Decimal(100))  # the months' own strip
    _draw_curve(sheet, ordered, today)
    _write_thresholds(sheet, thresholds, first=True)
    _write_counts(sheet, ordered, today)
    _write_thresholds(sheet, thresholds, first=False)
    _draw_months(sheet)
    steps = ", ".join(str(step.persons) for step in thresholds)
    return StepCurve(
        id=id,
        title=f"Personnes TD et TGD du {date_courte(start)} au {date_courte(end)}, face aux paliers {steps}",
        desc=" ; ".join(f"{change.persons} dès le {date_courte(change.since)}" for change in ordered),
        height=str(HEIGHT),
        lines=sheet.lines,
        labels=sheet.labels,
        changes=ordered,
        today=today,
    )


def _draw_curve(sheet: _Sheet, changes: Sequence[Change], today: dt.date) -> None:
    """Draw the staircase, solid to today and dashed beyond, and keep texts off it."""
    for index, change in enumerate(changes):
        until = changes[index + 1].since if index + 1 < len(changes) else sheet.end
        if until < sheet.start or change.since > sheet.end:
            continue
        y = sheet.y(change.persons)
        pieces = [("l-step", change.since, min(until, today)), ("l-next", max(change.since, today), until)]
        for kind, left, right in pieces:
            if left < right:
                sheet.stroke(kind, sheet.x(left), sheet.x(right), y, y)
                sheet.cover(sheet.x(left), sheet.x(right), y, y)
        if index and change.since >= sheet.start:
            x, before = sheet.x(change.since), sheet.y(changes[index - 1].persons)
            sheet.stroke("l-step" if change.since <= today else "l-next", x, x, before, y)
            sheet.cover(x, x, before, y)


def _write_thresholds(sheet: _Sheet, thresholds: Sequence[Threshold], *, first: bool) -> None:
    """Draw the steps of the right: the one in play first, solid and bold; a crowded text is left to the table."""
    for step in thresholds:
        if step.in_play is not first:
            continue
        y = sheet.y(step.persons)
        sheet.stroke("l-axis" if step.in_play else "l-grid", Decimal(0), Decimal(100), y, y)
        text = f"{step.persons} personnes{NBSP}: {step.gives}"
        sheet.write(text, Decimal(0), y, anchor="start", dys=(19, 23, -7, -12), kind="tb" if step.in_play else "t2")


def _write_counts(sheet: _Sheet, changes: Sequence[Change], today: dt.date) -> None:
    """Write today's count and the coming one at the right, the first at the left."""
    past = [change for change in changes if change.since <= today]
    coming = [change for change in changes if today < change.since <= sheet.end]
    if past and sheet.start <= today <= sheet.end:
        x, y = sheet.x(today), sheet.y(past[-1].persons)
        pole = max(y - 10, _CEILING)
        sheet.stroke("l-now", x, x, pole, y + 2)
        text = f"{past[-1].persons} aujourd’hui"
        at, anchor = hang(text, x, bold=True)
        sheet.write(text, at, pole, anchor=anchor, dys=(-5, -23, 70), kind="tb")
        sheet.cover(x, x, pole, y)
    if coming:
        last = coming[-1]
        text = f"{last.persons} le {date_longue(last.since, year=False)}"
        sheet.write(text, Decimal(100), sheet.y(last.persons), anchor="end", dys=(38, 22, 56, -40), kind="ta")
    if past and past[0].since <= sheet.start:
        text = f"{past[0].persons} au {sheet.start:%d/%m}"
        sheet.write(
            text, Decimal(0), sheet.y(past[0].persons), anchor="start", dys=(-9, -14, -20, 22, 40, -28), kind=""
        )


def _draw_months(sheet: _Sheet) -> None:
    """Mark the four quarters below the floor."""
    sheet.stroke("l-axis", Decimal(0), Decimal(100), _FLOOR, _FLOOR)
    room = NARROWEST / 4 - 6
    for quarter in range(4):
        day = _months_later(sheet.start, 3 * quarter)
        x = sheet.x(day)
        sheet.stroke("l-axis", x, x, _FLOOR, _FLOOR + Decimal("1.5"))
        name = mois(day)
        name = name if text_width(name) <= room else mois(day, short=True)
        sheet.labels.append(Label(text=name, x=percent(x), y=percent(_FLOOR), kind="t2", dy=24))


def _months_later(day: dt.date, months: int) -> dt.date:
    """Give the same day some months later, or the last of a shorter month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
