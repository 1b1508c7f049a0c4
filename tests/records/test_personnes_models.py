"""The rows of persons exist and hang together; the constraints have their own files."""

import pytest

from tests.records import factories

pytestmark = pytest.mark.django_db

EVERY_FACTORY = [
    getattr(factories, name) for name in dir(factories) if name.endswith("Factory") and name != "DjangoModelFactory"
]


@pytest.mark.parametrize("make", EVERY_FACTORY, ids=lambda make: make.__name__)
def test_what_a_factory_makes_is_a_valid_row(make):
    make().full_clean()


@pytest.mark.parametrize("make", EVERY_FACTORY, ids=lambda make: make.__name__)
def test_every_own_field_has_a_class(make):
    model = make._meta.model
    named = set(model.classes) | {"id", "entreprise"}
    assert {field.name for field in model._meta.fields} <= named
