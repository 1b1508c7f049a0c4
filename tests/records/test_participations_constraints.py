"""Each rule of the part in the management, three times: holds, refused by the database, said in French."""

import pytest

from clefdevoute.records.parcours.models import Participation, PartPrise
from tests.records import triplets_frais as triplets
from tests.records.triplets_parcours_participations import CASES

pytestmark = pytest.mark.django_db


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
    assert {case.name for case in CASES} == {
        item.name for model in (Participation, PartPrise) for item in model._meta.constraints
    }
