"""The approval year: no day lost, none counted twice, twelve pays and never eleven or thirteen."""

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from clefdevoute.law.agrement.annee import annee, bounds
from clefdevoute.law.agrement.en_cours import en_cours
from clefdevoute.law.agrement.rules import rapport_activite
from clefdevoute.law.kernel.dates import add_months

starts = st.dates(dt.date(2018, 1, 1), dt.date(2032, 12, 31))
quick = settings(max_examples=40, deadline=None)
ONE_DAY = dt.timedelta(days=1)


@quick
@given(start=starts, after=st.integers(0, 4000))
def test_every_day_lies_in_exactly_one_year(start: dt.date, after: int) -> None:
    day = start + dt.timedelta(after)
    rank, first, last = bounds(start, day)
    assert first <= day <= last
    assert bounds(start, last + ONE_DAY)[:2] == (rank + 1, last + ONE_DAY)
    if rank > 1:
        assert bounds(start, first - ONE_DAY)[2] == first - ONE_DAY


@quick
@given(start=starts, rank=st.integers(0, 8))
def test_twelve_month_ends_in_every_year(start: dt.date, rank: int) -> None:
    _, first, last = bounds(start, add_months(start, 12 * rank))
    ends = [
        day for n in range((last - first).days + 1) if (day := first + dt.timedelta(n)) and (day + ONE_DAY).day == 1
    ]
    assert len(ends) == 12


@quick
@given(start=starts, after=st.integers(0, 2000))
def test_the_sheets_cover_the_year_without_a_gap(start: dt.date, after: int) -> None:
    year = annee(agree_depuis=start, as_of=start + dt.timedelta(after)).value
    sheets = year.feuilles
    assert len(sheets) in (4, 5)
    assert sheets[0].debut == year.debut
    assert sheets[-1].fin == year.fin
    assert all(one.fin + ONE_DAY == two.debut for one, two in itertools.pairwise(sheets))
    for sheet in sheets:
        assert [month.mois.month for month in sheet.mois] == [3 * sheet.trimestre - k for k in (2, 1, 0)]
        assert any(month.place != "hors_annee" for month in sheet.mois)
    assert year.preuves_des == year.fin + ONE_DAY == add_months(start, 12 * year.numero)


@quick
@given(start=starts, after=st.integers(0, 4000))
def test_renewed_in_time_nothing_is_interrupted(start: dt.date, after: int) -> None:
    found = en_cours(as_of=start + dt.timedelta(after), agree_depuis=start, renouvele_le=start).value
    assert found.paiement
    assert (found.fin is None) == (found.genre == "indetermine")


@quick
@given(year=st.integers(2017, 2040), day=starts)
def test_the_report_is_late_from_the_sixteenth_of_july(year: int, day: dt.date) -> None:
    found = rapport_activite(exercice=year, as_of=day).value
    assert (found.etat == "en_retard") == (day > dt.date(year + 1, 7, 15))
