"""The rows of costs and subsidies exist, hang together, and every field of theirs has a class."""

import pytest

from tests.records import factories_frais

pytestmark = pytest.mark.django_db

EVERY_FACTORY = [
    make
    for name, make in vars(factories_frais).items()
    if name.endswith("Factory") and make.__module__ == factories_frais.__name__
]


@pytest.mark.parametrize("make", EVERY_FACTORY, ids=lambda make: make.__name__)
def test_what_a_factory_makes_is_a_valid_row(make):
    make().full_clean()


@pytest.mark.parametrize("make", EVERY_FACTORY, ids=lambda make: make.__name__)
def test_every_own_field_has_a_class(make):
    model = make._meta.model
    assert {field.name for field in model._meta.fields} == set(model.classes) | {"id", "entreprise"}
