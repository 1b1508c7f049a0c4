"""The ceiling of small aid: all or nothing, whatever the order of the aids."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clefdevoute.law.kernel.dates import add_months
from clefdevoute.law.sieg.rules import AideDeMinimis, place

from .reading import as_text
from .strategies import cents

aids = st.builds(
    AideDeMinimis,
    octroyee_le=st.dates(dt.date(2018, 1, 1), dt.date(2028, 1, 1)),
    montant=cents.map(lambda amount: amount * 5),
    type_aide=st.sampled_from(("sieg", "generale")),
    beneficiaire=st.sampled_from(("propre", "entreprise_unique", "entreprise_absorbee")),
    montant_final=st.none() | cents,
)
grants = st.dates(dt.date(2019, 1, 1), dt.date(2030, 12, 31))
quick = settings(max_examples=40, deadline=None)


@quick
@given(day=grants, amount=cents, held=st.lists(aids, max_size=6), data=st.data())
def test_the_room_is_all_or_nothing(day: dt.date, amount: Decimal, held: Any, data: st.DataObject) -> None:
    found = place(octroi_le=day, montant=amount, aides=tuple(held)).value
    assert place(octroi_le=day, montant=amount, aides=tuple(data.draw(st.permutations(held)))).value == found
    assert found.possible == (found.utilise + amount <= found.plafond)
    assert 0 <= found.place <= found.plafond
    assert found.a_demander == (amount if found.possible else found.place)


@quick
@given(day=grants, held=st.lists(aids, max_size=6), one=aids)
def test_one_more_aid_never_makes_room(day: dt.date, held: Any, one: AideDeMinimis) -> None:
    before = place(octroi_le=day, montant=Decimal(0), aides=tuple(held)).value
    assert place(octroi_le=day, montant=Decimal(0), aides=(*held, one)).value.place <= before.place


@quick
@given(day=grants)
def test_the_regulation_is_the_one_of_the_grants_day(day: dt.date) -> None:
    found = place(octroi_le=day, montant=Decimal(0), aides=()).value
    if day < dt.date(2024, 1, 1):
        expected: tuple[Any, ...] = ("360/2012", 500000, dt.date(day.year - 2, 1, 1))
    else:
        expected = ("2023/2832", 750000, add_months(day, -36))
    assert (found.reglement, found.plafond, found.fenetre_du) == expected


def test_the_refusal_word_for_word(golden: Any) -> None:
    held = (AideDeMinimis(octroyee_le=dt.date(2025, 1, 1), montant=Decimal("700000.01")),)
    answer = place(octroi_le=dt.date(2026, 2, 1), montant=Decimal("50000.00"), aides=held)
    golden("place_refusee.txt", as_text(answer))
