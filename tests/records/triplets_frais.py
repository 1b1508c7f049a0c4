"""The three tests of a constraint, driven by a table: holds, refused by the database, explained in French."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction


@dataclass(frozen=True)
class Case:
    """A constraint, a row that keeps it, the same row that breaks it; ``first`` makes the row it collides with."""

    name: str
    factory: Any
    bad: dict[str, Any]
    good: dict[str, Any] = field(default_factory=dict)
    first: Any = None

    def __str__(self) -> str:
        return self.name


def constraint_of(case):
    return next(item for item in case.factory._meta.model._meta.constraints if item.name == case.name)


def prepare(case):
    return case.first() if case.first else {}


def holds(case):
    case.factory(**(prepare(case) | case.good))


def refused_by_the_database(case):
    shared = prepare(case)
    row = case.factory.build(**(shared | case.bad))
    kept = shared | case.bad
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        case.factory(**kept)
    if connection.vendor == "postgresql" or "UNIQUE" not in str(refusal.value):
        assert case.name in str(refusal.value)
    assert row is not None


def explained_in_french(case):
    shared = prepare(case)
    row = case.factory.build(**(shared | case.bad))
    with pytest.raises(ValidationError) as refusal:
        constraint_of(case).validate(type(row), row)
    assert refusal.value.messages == [constraint_of(case).violation_error_message.replace("%%", "%")]
    assert refusal.value.messages[0].endswith(".")


def constraints_of(app):
    return {item.name for model in apps.get_app_config(app).get_models() for item in model._meta.constraints}
