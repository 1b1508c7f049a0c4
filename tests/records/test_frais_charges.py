"""Charges without invoice spread by themselves: twelve rents a year, never eleven nor thirteen."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.facts import due_dates, lignes
from clefdevoute.records.frais.models import ChargeRecurrente
from clefdevoute.records.frais.saisies import ChargeSaisie
from tests.records import factories_frais as f
from tests.records.factories import NOW, EntrepriseInsertionFactory, actor

D = Decimal
STARTS = st.dates(dt.date(2018, 1, 1), dt.date(2030, 12, 31))


def year_of(start):
    end = start.replace(year=start.year + 1) if (start.month, start.day) != (2, 29) else dt.date(start.year + 1, 2, 28)
    return start, end - dt.timedelta(days=1)


@given(STARTS, st.integers(1, 31))
def test_every_agrement_year_holds_twelve_rents(start, day):
    charge = ChargeRecurrente(starts_on=dt.date(2017, 1, 1), due_day=day, every_months=1)
    debut, fin = year_of(start)
    days = list(due_dates(charge, debut, fin))
    # A due day clipped by February may step over the edge of a year that starts on such a day.
    expected = {12} if day <= 28 else {11, 12, 13}
    assert len(days) in expected
    assert all(debut <= one <= fin for one in days)


@given(STARTS, st.sampled_from([1, 3, 6, 12]), st.integers(1, 31))
def test_two_years_side_by_side_hold_what_both_hold_together(start, every, day):
    charge = ChargeRecurrente(starts_on=dt.date(2017, 5, 20), due_day=day, every_months=every)
    first, last = year_of(start)
    second = year_of(last + dt.timedelta(days=1))
    whole = list(due_dates(charge, first, second[1]))
    assert list(due_dates(charge, first, last)) + list(due_dates(charge, *second)) == whole


def test_a_due_day_beyond_the_month_falls_on_its_last_day():
    charge = ChargeRecurrente(starts_on=dt.date(2025, 1, 1), due_day=31, every_months=1)
    days = list(due_dates(charge, dt.date(2025, 1, 1), dt.date(2025, 4, 30)))
    assert [day.isoformat() for day in days] == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]


def test_a_charge_begun_or_ended_in_a_month_counts_only_due_days_between():
    charge = ChargeRecurrente(starts_on=dt.date(2025, 1, 2), ends_on=dt.date(2025, 3, 1), due_day=1, every_months=1)
    assert [day.month for day in due_dates(charge, dt.date(2025, 1, 1), dt.date(2025, 12, 31))] == [2, 3]


@pytest.fixture
def entreprise(db):
    return EntrepriseInsertionFactory()


@pytest.fixture
def by(entreprise):
    return actor(Role.GESTIONNAIRE, entreprise)


def rent(entreprise, **other):
    cle = other.pop("cle", None) or f.CleRepartitionFactory(entreprise=entreprise)
    facts = {"name": "Loyer", "net": D("1000.00"), "due_day": 5, "starts_on": dt.date(2025, 1, 1), "line": "loyer"}
    return ChargeSaisie(cle=cle, **(facts | other))


def test_a_new_amount_holds_from_its_day_and_keeps_the_past(entreprise, by):
    charge = actions.creer_charge(entreprise=entreprise, saisie=rent(entreprise), by=by, now=NOW)
    actions.changer_montant_charge(
        charge=charge, since=dt.date(2025, 3, 1), net=D("1100.00"), vat=D("0.00"), by=by, now=NOW
    )
    found = lignes(entreprise.pk, dt.date(2025, 1, 1), dt.date(2025, 4, 30))
    assert [row.depense.hors_tva for row in found] == [D("1000.00")] * 2 + [D("1100.00")] * 2
    assert {row.depense.nature for row in found} == {"charge_recurrente"}


def test_a_charge_neither_begins_nor_ends_inside_a_year_already_sent(entreprise, by):
    charge = actions.creer_charge(entreprise=entreprise, saisie=rent(entreprise), by=by, now=NOW)
    f.AnneeFigeeFactory(entreprise=entreprise)
    with pytest.raises(AccessDenied, match="déjà transmise"):
        actions.creer_charge(
            entreprise=entreprise, saisie=rent(entreprise, starts_on=dt.date(2025, 6, 1)), by=by, now=NOW
        )
    with pytest.raises(AccessDenied, match="déjà transmise"):
        actions.terminer_charge(charge=charge, ends_on=dt.date(2025, 6, 1), by=by, now=NOW)
    assert actions.terminer_charge(charge=charge, ends_on=dt.date(2026, 3, 14), by=by, now=NOW).ends_on


def test_a_charge_needs_a_key_that_is_worth_something_on_its_first_day(entreprise, by):
    late = f.CleRepartitionFactory(entreprise=entreprise, version__since=dt.date(2026, 1, 1))
    with pytest.raises(SaisieRefusee, match="ne vaut rien"):
        actions.creer_charge(entreprise=entreprise, saisie=rent(entreprise, cle=late), by=by, now=NOW)
