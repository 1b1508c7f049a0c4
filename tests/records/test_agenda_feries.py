"""Our ten legal holidays are among those that a library kept by others knows, name of the day apart."""

import holidays
import pytest

from clefdevoute.law.kernel.feries import feries


@pytest.mark.parametrize("year", [2008, 2024, 2026, 2027, 2038])
def test_a_library_kept_by_others_knows_every_holiday_of_ours(year):
    known = holidays.country_holidays("BE", years=year)
    assert set(feries(year)) <= set(known)
    assert {day for day in known if day.weekday() < 5} == {day for day in feries(year) if day.weekday() < 5}
