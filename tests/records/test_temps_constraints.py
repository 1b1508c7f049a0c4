"""Each rule of a route sheet's rows, three times: holds, refused by the database, said in French."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.records import triplets_frais as triplets
from tests.records.factories import AccompagnateurFactory, ProofFileFactory
from tests.records.factories_temps import AutorisationEtrangerFactory, DeplacementFactory
from tests.records.triplets_frais import Case

pytestmark = pytest.mark.django_db


def _who():
    row = AccompagnateurFactory()
    return {"accompagnateur": row, "entreprise": row.entreprise}


def _with_proof():
    shared = _who()
    return shared | {"proof": ProofFileFactory(entreprise=shared["entreprise"])}


def _authorised():
    row = AutorisationEtrangerFactory()
    return {"accompagnateur": row.accompagnateur, "entreprise": row.entreprise, "autorisation": row}


D = Decimal
TICKET = {"moyen": "transport_public", "kilometres": None, "price": D("12.40")}
ANSWER = {"state": "accordee", "decided_on": dt.date(2025, 4, 1), "reference": "DES/2025/12"}

CASES = [
    Case("autorisation_has_reasons", AutorisationEtrangerFactory, {"request": ""}, first=_who),
    Case(
        "autorisation_dates_in_order",
        AutorisationEtrangerFactory,
        {"return_on": dt.date(2025, 5, 11)},
        {"return_on": dt.date(2025, 5, 12)},
        _who,
    ),
    Case(
        "autorisation_answer_with_day_and_reference",
        AutorisationEtrangerFactory,
        ANSWER | {"reference": ""},
        ANSWER,
        _who,
    ),
    Case(
        "autorisation_answer_with_day_and_reference",
        AutorisationEtrangerFactory,
        {"decided_on": dt.date(2025, 4, 2)},
        first=_who,
    ),
    Case(
        "autorisation_answer_follows_request",
        AutorisationEtrangerFactory,
        ANSWER | {"decided_on": dt.date(2025, 3, 31)},
        ANSWER,
        _who,
    ),
    Case("deplacement_from_and_to", DeplacementFactory, {"departure": ""}, first=_who),
    Case("deplacement_has_a_purpose", DeplacementFactory, {"purpose": ""}, first=_who),
    Case("deplacement_one_measure", DeplacementFactory, {"kilometres": None}, first=_who),
    Case("deplacement_one_measure", DeplacementFactory, {"kilometres": D("0")}, {"kilometres": D("0.01")}, _who),
    Case("deplacement_one_measure", DeplacementFactory, {"price": D("3.00")}, TICKET, _with_proof),
    Case(
        "deplacement_one_measure",
        DeplacementFactory,
        {"nature": "domicile_travail"},
        {"nature": "domicile_travail", "kilometres": None, "price": D("0.00")},
        _with_proof,
    ),
    Case("deplacement_price_with_proof", DeplacementFactory, TICKET, {}, _who),
    Case("deplacement_authorised_abroad_only", DeplacementFactory, {"abroad": False}, {"abroad": True}, _authorised),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_right_row_comes_in(case):
    triplets.holds(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_database_keeps_the_wrong_row_out(case):
    triplets.refused_by_the_database(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_refusal_is_a_french_sentence(case):
    triplets.explained_in_french(case)


def test_no_constraint_is_forgotten():
    assert {case.name for case in CASES} == triplets.constraints_of("temps")
