"""Every field of every model has a class, so that a wall can be checked by a test rather than by memory."""

from enum import StrEnum

from django.db import models

KNOWN = frozenset({"id", "entreprise"})
"""Fields whose meaning is the same on every row: the key and the enterprise."""


class FieldClass(StrEnum):
    """How secret a field is, from the annuaire to the health compartment."""

    PUBLIC = "public"
    ADMINISTRATIF = "administratif"
    PERSONNEL = "personnel"
    SECRET_SOCIAL = "secret_social"
    SANTE = "sante"


SECRET = frozenset({FieldClass.SECRET_SOCIAL, FieldClass.SANTE})
"""Classes whose values are sealed at rest and never reach a history."""


def classes_of(model: type[models.Model]) -> dict[str, FieldClass]:
    """Gather the classes that a model and its abstract parents declare."""
    found: dict[str, FieldClass] = {}
    for parent in reversed(model.__mro__):
        found |= vars(parent).get("classes", {})
    return found


def unclassified(model: type[models.Model]) -> list[str]:
    """Name the fields of a model that nobody classified, and the classes given to no field."""
    own = {field.name for field in [*model._meta.local_fields, *model._meta.local_many_to_many]} - KNOWN
    return sorted(own ^ (set(classes_of(model)) - KNOWN))
