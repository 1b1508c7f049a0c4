"""The next appointment proposed: before the due date, never on a weekend nor a holiday, with its reason."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.law.kernel.feries import ouvrable
from clefdevoute.records.suivi.prochain import MARGIN, proposer


def day(text):
    return dt.date.fromisoformat(text)


def test_the_mock_up_steps_over_whit_monday():
    found = proposer(held_on=day("2026-11-23"), due_on=day("2027-05-23"), today=day("2026-11-23"))
    assert found.day == day("2027-05-18")
    assert (found.moved_from, found.holiday) == (day("2027-05-17"), "Lundi de Pentecôte")
    assert not found.late


def test_the_same_weekday_in_the_last_week():
    found = proposer(held_on=day("2026-11-24"), due_on=day("2027-05-24"), today=day("2026-11-24"))
    assert found.day == day("2027-05-18")
    assert found.moved_from is None


def test_after_a_phone_call_near_the_due_date_the_last_days_are_taken():
    found = proposer(held_on=day("2026-11-24"), due_on=day("2026-12-02"), today=day("2026-11-25"))
    assert found.day == day("2026-11-30")


def test_a_due_date_gone_by_asks_for_a_day_soon():
    found = proposer(held_on=day("2026-11-24"), due_on=day("2026-11-01"), today=day("2026-11-24"))
    assert found.day == day("2026-12-01")
    assert found.late


def test_without_clock_half_a_year_later():
    found = proposer(held_on=day("2026-11-23"), due_on=None, today=day("2026-11-23"))
    assert found.day == day("2027-05-24")
    assert found.due_on is None


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)),
    st.integers(0, 400),
    st.integers(-200, 400),
)
def test_always_a_working_day_to_come_and_in_time_when_time_is_left(held, later, ahead):
    today = held + dt.timedelta(days=later)
    due = today + dt.timedelta(days=ahead)
    found = proposer(held_on=held, due_on=due, today=today)
    assert ouvrable(found.day)
    assert found.day > today
    assert found.late is (found.day > due)
    if ahead > 20:
        assert found.day <= due - dt.timedelta(days=MARGIN)
