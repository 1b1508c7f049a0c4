"""Each rule of the rows of the deadlines, three times: holds, refused by the database, said in French."""

import datetime as dt

import factory
import pytest

from tests.records import triplets_frais as triplets
from tests.records.factories import UserFactory
from tests.records.factories_echeances import (
    LigneRappeleeFactory,
    RappelEnvoyeFactory,
    ReglageRappelFactory,
    VueEnregistreeFactory,
)
from tests.records.triplets_frais import Case

pytestmark = pytest.mark.django_db


def _vue():
    row = VueEnregistreeFactory()
    return {"entreprise": row.entreprise, "user": row.user}


def _reglage():
    row = ReglageRappelFactory()
    return {"entreprise": row.entreprise, "user": row.user}


def _rappel():
    row = RappelEnvoyeFactory()
    return {"entreprise": row.entreprise, "user": row.user}


def _ligne():
    row = LigneRappeleeFactory()
    return {"rappel": row.rappel, "subject_id": row.subject_id}


CASES = [
    Case("vue_one_per_name", VueEnregistreeFactory, {}, {"name": "Site de Mons"}, _vue),
    Case("vue_named", VueEnregistreeFactory, {"name": ""}, {"name": "Tous"}),
    Case("reglage_rappel_one_per_user", ReglageRappelFactory, {}, {"user": factory.SubFactory(UserFactory)}, _reglage),
    Case("reglage_rappel_days_bounds", ReglageRappelFactory, {"days_before": 31}, {"days_before": 30}),
    Case("rappel_envoye_once_a_day", RappelEnvoyeFactory, {}, {"sent_on": dt.date(2026, 11, 24)}, _rappel),
    Case("ligne_rappelee_once", LigneRappeleeFactory, {}, {"source": "seance"}, _ligne),
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
    assert {case.name for case in CASES} == triplets.constraints_of("echeances")
