"""The two abstract rows: one with a key that carries no meaning, one that is written once."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.ids import uuid7


class RecordModel(models.Model):
    """A row with a UUIDv7 key and a class for every field of its own."""

    classes: ClassVar[Mapping[str, FieldClass]] = {}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class AppendOnlyModel(RecordModel):
    """A row written once: triggers of the database refuse to change or remove it, on both engines."""

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True
