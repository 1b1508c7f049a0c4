"""Rows inserted by thousands are the rows that objects would have given, judged by the same base."""

import pytest
from django.db import IntegrityError, transaction

from clefdevoute.records.foundation.insertion import insert_all
from clefdevoute.records.personnes.models import Travailleur
from tests.records.factories import NOW, EntrepriseInsertionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def common():
    return {"entreprise_id": EntrepriseInsertionFactory().pk, "modified_at": NOW}


def values(row):
    kept = {field.attname: field.value_from_object(row) for field in row._meta.local_concrete_fields}
    return {name: value for name, value in kept.items() if name not in {"id", "number"}}


def test_what_a_row_does_not_name_is_what_an_object_would_have(common):
    said = {"name": "Dubois", "first_name": "Élodie", "search_key": "dubois elodie", **common}
    insert_all(Travailleur, [{"number": "1", **said}, {"number": "2", **said}])
    Travailleur.objects.create(number="3", **said)
    first, second, made = Travailleur.objects.of(common["entreprise_id"]).order_by("number")
    assert values(first) == values(second) == values(made)
    assert len({first.pk, second.pk, made.pk}) == 3


def test_the_base_judges_and_all_or_none_stay(common):
    row = {"name": "Dubois", "first_name": "Ève", "search_key": "dubois eve", **common}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all(Travailleur, [{"number": "1", **row}, {"number": "1", **row}])
    assert not Travailleur.objects.of(common["entreprise_id"]).exists()


@pytest.mark.parametrize(("name", "value"), [("prenom", "Ève"), ("niss", "85073003328")])
def test_a_strange_column_or_a_secret_is_a_mistake(common, name, value):
    with pytest.raises(TypeError, match=name):
        insert_all(Travailleur, [{"number": "1", "name": "A", "first_name": "B", name: value, **common}])


def test_no_row_is_no_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_all(Travailleur, [])
