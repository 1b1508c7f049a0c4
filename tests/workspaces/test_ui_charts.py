"""Drawings: every stroke where its number says, every text inside and apart."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.ui.charts import Change, Part, Threshold, gauge, step_curve
from clefdevoute.ui.charts.labels import NARROWEST, Box, hang, percent, span
from clefdevoute.ui.charts.step_curve import HEIGHT

N = "\u00a0"
STEPS = (
    Threshold(persons=8, gives=f"25.000{N}€"),
    Threshold(persons=26, gives=f"50.000{N}€", in_play=True),
    Threshold(persons=45, gives=f"75.000{N}€"),
    Threshold(persons=60, gives=f"100.000{N}€"),
)
START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def part(name: str, amount: str, *, forecast: bool = False) -> Part:
    return Part(name=name, amount=Decimal(amount), fill="accent", forecast=forecast)


def sample_gauge(*amounts: str, target: str = "50000"):
    return gauge(
        id="g", parts=[part("x", amount) for amount in amounts], target=Decimal(target), reached_word="Justifié"
    )


def value(position: str) -> Decimal:
    assert position.endswith("%")
    assert "," not in position
    return Decimal(position[:-1])


def test_gauge_of_the_drawn_year():
    drawn = gauge(
        id="g",
        parts=[part("s", "36916.30"), part("d", "1182.60"), part("f", "3820"), part("p", "8081.10", forecast=True)],
        target=Decimal(50000),
        reached_word="Justifié",
    )
    assert [(bar.x, bar.width) for bar in drawn.bars] == [
        ("0%", "73.83%"),
        ("73.83%", "2.37%"),
        ("76.2%", "7.64%"),
        ("83.84%", "16.16%"),
    ]
    assert drawn.reached == Decimal("41918.90")
    assert drawn.target_x == "100%"
    assert drawn.title == f"Justifié{N}: 41.918,90{N}€ sur 50.000,00{N}€"
    assert [label.text for label in drawn.labels] == [f"Justifié{N}: 41.918,90{N}€", f"50.000,00{N}€", f"0{N}€"]


def test_a_passed_target_stays_inside():
    drawn = sample_gauge("2175.74", "1729.41", target="3820")
    assert drawn.target_x == "97.82%"
    assert sum(value(bar.width) for bar in drawn.bars) == pytest.approx(100, abs=Decimal("0.02"))


def test_what_credit_notes_take_back_is_neither_drawn_nor_counted():
    drawn = gauge(
        id="g",
        parts=[part("t1", "-500"), part("t2", "300"), part("t3", "1200")],
        target=Decimal(2000),
        reached_word="Cumul",
    )
    assert drawn.reached == Decimal(1000)
    assert [(bar.x, bar.width) for bar in drawn.bars] == [("0%", "50%")]
    assert drawn.desc.startswith(f"t1 −500,00{N}€ ; t2")


@pytest.mark.parametrize(("amounts", "target"), [((), "50000"), (("0",), "0"), (("-5",), "10")])
def test_an_empty_gauge_draws_nothing(amounts, target):
    drawn = sample_gauge(*amounts, target=target)
    assert drawn.bars == []
    assert drawn.reached == sum(map(Decimal, amounts)), "le signe se lit, rien ne se dessine"


@given(
    st.lists(st.decimals(min_value=0, max_value=200000, places=2), max_size=6),
    st.decimals(min_value=Decimal("0.01"), max_value=200000, places=2),
)
def test_bars_follow_one_another_and_never_leave(amounts, target):
    drawn = sample_gauge(*map(str, amounts), target=str(target))
    at = Decimal(0)
    for bar in drawn.bars:
        assert abs(value(bar.x) - at) <= Decimal("0.05")
        at = value(bar.x) + value(bar.width)
        assert at <= Decimal("100.02")
    for label in drawn.labels:
        left, right = span(label.text, value(label.x), label.anchor, bold=label.kind == "tb")
        assert left >= Decimal("-0.05")
        assert right <= NARROWEST + Decimal("0.05")
    below = sorted(span(label.text, value(label.x), label.anchor) for label in drawn.labels if label.y == "80")
    assert all(one[1] < two[0] for one, two in pairwise(below))


def curve(*counts: tuple[dt.date, int], today: dt.date = dt.date(2026, 11, 23)):
    changes = [Change(since=day, persons=persons) for day, persons in counts]
    return step_curve(id="c", changes=changes, thresholds=STEPS, start=START, end=END, today=today)


def test_curve_of_the_drawn_year():
    drawn = curve((START, 28), (dt.date(2026, 9, 1), 26), (dt.date(2026, 12, 19), 25))
    solid = [line for line in drawn.lines if line.kind == "l-step"]
    dashed = [line for line in drawn.lines if line.kind == "l-next"]
    assert (solid[0].x1, solid[0].y1, solid[0].y2) == ("0.4%", "51.89%", "51.89%")
    assert next(line.x1 for line in solid if line.x1 == line.x2) == "66.62%", "la marche du 1er septembre est droite"
    assert {line.y1 for line in dashed} >= {"54.69%", "56.08%"}
    assert next(line.y1 for line in drawn.lines if line.kind == "l-axis") == "54.69%", "le palier en jeu est plein"
    texts = [label.text for label in drawn.labels]
    today = next(label for label in drawn.labels if label.text == "26 aujourd’hui")
    assert (today.x, today.anchor) == (next(line.x1 for line in drawn.lines if line.kind == "l-now"), "end")
    assert f"25 le 19{N}décembre" in texts
    assert f"26 personnes{N}: 50.000{N}€" in texts
    assert [t for t in texts if t in {"janvier", "avril", "juillet", "octobre"}] == [
        "janvier",
        "avril",
        "juillet",
        "octobre",
    ]


def test_more_persons_stand_higher_and_later_days_further_right():
    drawn = curve((START, 10), (dt.date(2026, 6, 1), 30), today=END)
    flat = [line for line in drawn.lines if line.kind == "l-step" and line.y1 == line.y2]
    assert value(flat[0].y1) > value(flat[1].y1)
    assert value(flat[0].x1) < value(flat[1].x1)


def test_a_year_that_starts_in_march_names_its_own_quarters():
    drawn = step_curve(
        id="c", changes=[], thresholds=STEPS, start=dt.date(2026, 3, 15), end=dt.date(2027, 3, 14), today=START
    )
    months = [label.text for label in drawn.labels if label.dy == 24]
    assert months == ["mars", "juin", "sept.", "déc."]


def test_a_first_year_keeps_the_step_in_play_and_clears_the_pole():
    steps = (Threshold(persons=8, gives=f"25.000{N}€", in_play=True), *STEPS[2:])
    changes = [Change(since=dt.date(2026, 3, 15), persons=7), Change(since=dt.date(2026, 4, 20), persons=9)]
    drawn = step_curve(
        id="c",
        changes=changes,
        thresholds=steps,
        start=dt.date(2026, 3, 15),
        end=dt.date(2027, 3, 14),
        today=dt.date(2026, 5, 4),
    )
    texts = [label.text for label in drawn.labels]
    assert f"8 personnes{N}: 25.000{N}€" in texts
    first = next((label for label in drawn.labels if label.text == "7 au 15/03"), None)
    pole = next(line for line in drawn.lines if line.kind == "l-now")
    if first:
        bottom = value(first.y) * HEIGHT / 100 + first.dy
        assert bottom < value(pole.y1) * HEIGHT / 100 or bottom - 13 > value(pole.y2) * HEIGHT / 100 - 5


def test_more_persons_than_the_last_step_stay_in_the_sheet():
    drawn = curve((START, 500))
    assert min(value(line.y1) for line in drawn.lines) >= Decimal("7.2")


@given(
    st.lists(st.tuples(st.dates(dt.date(2025, 11, 1), END), st.integers(0, 90)), max_size=12),
    st.dates(START, END),
)
def test_no_two_texts_meet_whatever_the_year(counts, today):
    drawn = curve(*counts, today=today)
    boxes: list[Box] = []
    for label in drawn.labels:
        bold = label.kind in {"tb", "ta"}
        left, right = span(label.text, value(label.x), label.anchor, bold=bold)
        base = value(label.y) * HEIGHT / 100 + label.dy
        box = Box(left=left, right=right, top=base - 12, bottom=base + 3)
        assert not box.meets(boxes), label.text
        assert box.top >= -1
        assert box.bottom <= HEIGHT + 1
        boxes.append(box)


def test_positions_are_written_with_a_dot():
    assert percent(Decimal("33.333")) == "33.33%"
    assert percent(Decimal(100)) == "100%"
    assert percent(Decimal(0)) == "0%"


@given(st.decimals(min_value=0, max_value=100, places=2), st.text("abc ", min_size=1, max_size=30))
def test_a_hung_text_never_leaves(x, text):
    at, anchor = hang(text, x)
    left, right = span(text, at, anchor)
    assert left >= Decimal("-0.01")
    assert right <= NARROWEST + Decimal("0.01")
