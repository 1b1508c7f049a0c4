"""The legal holidays and working days that the proposals of dates step over."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.law.kernel.feries import ferie, feries, ouvrable, paques


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2000, dt.date(2000, 4, 23)),
        (2008, dt.date(2008, 3, 23)),
        (2024, dt.date(2024, 3, 31)),
        (2026, dt.date(2026, 4, 5)),
        (2027, dt.date(2027, 3, 28)),
        (2038, dt.date(2038, 4, 25)),
    ],
)
def test_easter_of_known_years(year, sunday):
    assert paques(year) == sunday


def test_the_ten_legal_holidays_of_2027():
    assert sorted(feries(2027).items()) == [
        (dt.date(2027, 1, 1), "Nouvel An"),
        (dt.date(2027, 3, 29), "Lundi de Pâques"),
        (dt.date(2027, 5, 1), "Fête du Travail"),
        (dt.date(2027, 5, 6), "Ascension"),
        (dt.date(2027, 5, 17), "Lundi de Pentecôte"),
        (dt.date(2027, 7, 21), "Fête nationale"),
        (dt.date(2027, 8, 15), "Assomption"),
        (dt.date(2027, 11, 1), "Toussaint"),
        (dt.date(2027, 11, 11), "Armistice"),
        (dt.date(2027, 12, 25), "Noël"),
    ]


def test_ascension_on_the_first_of_may_stays_one_day():
    assert ferie(dt.date(2008, 5, 1)) == "Fête du Travail"
    assert len(feries(2008)) == 9


def test_working_days():
    assert ouvrable(dt.date(2027, 5, 18))
    assert not ouvrable(dt.date(2027, 5, 17))
    assert not ouvrable(dt.date(2027, 5, 22))
    assert ferie(dt.date(2027, 5, 18)) == ""


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_spring(year):
    assert paques(year).weekday() == 6
    assert dt.date(year, 3, 22) <= paques(year) <= dt.date(year, 4, 25)
