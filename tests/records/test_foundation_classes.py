"""Every field of every model of the project says how secret it is."""

import pytest
from django.apps import apps
from django.db import models

from clefdevoute.records.foundation.classification import FieldClass, classes_of, unclassified
from clefdevoute.records.foundation.models import RecordModel

MODELS = [model for model in apps.get_models() if model.__module__.startswith("clefdevoute.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified(model):
    assert unclassified(model) == []
    assert set(classes_of(model).values()) <= set(FieldClass)


def test_a_forgotten_field_and_a_class_of_nothing_are_seen():
    class Parent(RecordModel):
        classes = {"herite": FieldClass.PUBLIC}
        herite = models.TextField()

        class Meta:
            abstract = True

    class Forgetful(Parent):
        classes = {"classe": FieldClass.PUBLIC, "disparu": FieldClass.PUBLIC}
        classe = models.TextField()
        oublie = models.TextField()

        class Meta:
            app_label = "essais"

    assert unclassified(Forgetful) == ["disparu", "oublie"]
