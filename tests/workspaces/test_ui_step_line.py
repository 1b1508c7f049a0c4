"""The step line: thresholds side by side, one thick, a pole where one stands; texts never leave the drawing."""

from decimal import Decimal

import pytest

from clefdevoute.ui.charts import Threshold, step_line
from clefdevoute.ui.charts.labels import text_width

STEPS = tuple(
    Threshold(persons=persons, gives=f"{thousands}.000\u00a0€", in_play=persons == 26)
    for persons, thousands in ((8, 25), (26, 50), (45, 75), (60, 100))
)
NARROW = Decimal(244)


def drawn(persons):
    return step_line(id="p", thresholds=STEPS, persons=persons)


def test_the_step_in_play_alone_is_thick_and_bold():
    chart = drawn(31)
    assert [line.kind for line in chart.lines].count("l-step") == 1
    assert {label.text for label in chart.labels if label.kind == "tb"} == {"26", "50.000\u00a0€", "31\u00a0personnes"}
    assert chart.title == "31\u00a0personnes, face aux paliers 8, 26, 45, 60"
    assert chart.desc.startswith("dès 8 personnes, 25.000\u00a0€ ; ")


def test_the_pole_stands_on_its_place_and_stops_at_its_step():
    (pole,) = (line for line in drawn(31).lines if line.kind == "l-now")
    (step,) = (line for line in drawn(31).lines if line.kind == "l-step")
    left, right = (Decimal(x.rstrip("%")) for x in (step.x1, step.x2))
    assert pole.x1 == pole.x2
    assert left < Decimal(pole.x1.rstrip("%")) < right
    assert pole.y1 == step.y1


@pytest.mark.parametrize("persons", [0, 1, 8, 31, 60, 75, 76, 1_000, 10**6, 10**9])
def test_no_text_leaves_the_drawing(persons):
    for label in drawn(persons).labels:
        at = Decimal(label.x.rstrip("%")) * NARROW / 100
        width = text_width(label.text, bold=label.kind == "tb")
        left = {"start": at, "middle": at - width / 2, "end": at - width}[label.anchor]
        assert left >= -1, label
        assert left + width <= NARROW + 1, label


def test_without_persons_the_steps_alone_are_drawn():
    chart = drawn(None)
    assert not [line for line in chart.lines if line.kind == "l-now"]
    assert chart.title == "Les paliers 8, 26, 45, 60"
