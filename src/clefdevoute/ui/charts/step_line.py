"""The step line: the steps of the right side by side, and where a number of persons stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.ui.formats import NBSP, nombre, pluriel

from .labels import Anchor, Label, Line, percent, text_width
from .step_curve import Threshold

_HEIGHT = Decimal(216)
_FLOOR, _RISE = Decimal(166), Decimal(34)
_CLEAR = Decimal("0.8")
"""What parts an amount from the riser of the next step."""

_NARROWEST = Decimal(244)
"""Width left to the drawing in a numbered step, on a 320 px screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """All that the template draws; the page gives the equal table."""

    id: str
    title: str
    desc: str
    height: str
    lines: Sequence[Line]
    labels: Sequence[Label]


def step_line(*, id: str, thresholds: Sequence[Threshold], persons: int | None = None) -> StepLine:
    """Draw each step as a stair; the one in play is thick, a thin pole marks the persons."""
    top = Decimal(max(step.persons for step in thresholds)) * Decimal("1.25")
    lines, labels = _stairs(thresholds, top)
    if persons is not None:
        pole, label = _mark(persons, thresholds, top)
        lines.append(pole)
        labels.append(label)
    steps = ", ".join(str(step.persons) for step in thresholds)
    stands = f"{_counted(persons)}, face aux" if persons is not None else "Les"
    return StepLine(
        id=id,
        title=f"{stands} paliers {steps}",
        desc=" ; ".join(f"dès {step.persons} personnes, {step.gives}" for step in thresholds),
        height=str(_HEIGHT),
        lines=lines,
        labels=labels,
    )


def _counted(persons: int) -> str:
    return f"{nombre(persons)}{NBSP}{pluriel(persons, 'personne')}"


def _y(level: int) -> Decimal:
    """Place a step, 0 being none, in per cent of the height."""
    return (_FLOOR - _RISE * level) * 100 / _HEIGHT


def _line(kind: str, x1: Decimal, x2: Decimal, y1: Decimal, y2: Decimal) -> Line:
    return Line(kind=kind, x1=percent(x1), x2=percent(x2), y1=percent(y1), y2=percent(y2))


def _stairs(thresholds: Sequence[Threshold], top: Decimal) -> tuple[list[Line], list[Label]]:
    """Draw the stairs from left to right: amounts hang on the end of their step, persons below the floor."""
    whole = Decimal(100)
    lines = [_line("l-axis", Decimal(0), whole, _y(0), _y(0))]
    labels = []
    starts = [step.persons * 100 / top for step in thresholds]
    for level, (step, left) in enumerate(zip(thresholds, starts, strict=True), 1):
        right = starts[level] if level < len(starts) else whole
        lines.append(_line("l-grid", left, left, _y(0), _y(level)))
        lines.append(_line("l-step" if step.in_play else "l-axis", left, right, _y(level), _y(level)))
        weight = "tb" if step.in_play else "t2"
        labels.append(
            Label(text=step.gives, x=percent(right - _CLEAR), y=percent(_y(level)), anchor="end", kind=weight, dy=-8)
        )
        labels.append(
            Label(text=str(step.persons), x=percent(left), y=percent(_y(0)), anchor="middle", kind=weight, dy=20)
        )
    return lines, labels


def _mark(persons: int, thresholds: Sequence[Threshold], top: Decimal) -> tuple[Line, Label]:
    """Mark where one stands; beyond the drawing the pole stays at its end."""
    x = min(Decimal(persons), top) * 100 / top
    level = next((level for level, step in enumerate(thresholds, 1) if step.in_play), 0)
    text = _counted(persons)
    half = text_width(text, bold=True) * 50 / _NARROWEST
    anchor: Anchor = "start" if x < half else "end" if x > 100 - half else "middle"
    edge = Decimal(0) if anchor == "start" else Decimal(100) if anchor == "end" else x
    label = Label(text=text, x=percent(edge), y=percent(_y(0)), anchor=anchor, kind="tb", dy=44)
    return _line("l-now", x, x, _y(level), _y(0)), label
