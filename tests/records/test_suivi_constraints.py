"""
Each rule of the rows of a file, three times: holds, refused by the database, said in French.

The cases stand in ``triplets_suivi_<part>.py``, a list ``CASES`` each; none may be forgotten.
"""

import importlib
from pathlib import Path

import pytest

from tests.records import triplets_frais as triplets

pytestmark = pytest.mark.django_db
PARTS = sorted(path.stem for path in Path(__file__).parent.glob("triplets_suivi_*.py"))
CASES = [case for part in PARTS for case in importlib.import_module(f"tests.records.{part}").CASES]


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
    assert {case.name for case in CASES} == triplets.constraints_of("suivi")
