"""
How a row is written everywhere: checked first, refused in French field by field, differences kept.

Actions of this floor and of those above use these three steps, so that a refusal looks the same in
every page and no write forgets to compare before with after.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from clefdevoute.records.foundation.errors import RecordError

Row = TypeVar("Row", bound=models.Model)


class RowRefused(RecordError):
    """A row that its own rules refuse; ``fields`` gives the sentences by field, "" for the whole."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(sentence for sentences in self.fields.values() for sentence in sentences))


def refused(sentence: str, field: str = "") -> RowRefused:
    """Build a refusal of one sentence, about a field or about the whole row."""
    return RowRefused({field: [sentence]})


def checked(row: Row) -> Row:
    """Give the row back if its fields and constraints accept it; raise RowRefused otherwise."""
    try:
        row.full_clean()
    except ValidationError as wrong:
        raise _said(wrong) from wrong
    return row


def inserted(row: Row) -> Row:
    """
    Insert a row that a program made: its fields are checked here, its constraints by the base as it inserts.

    ``checked`` asks the base about each constraint beforehand, ten questions for a row that is nearly always sound:
    only a row that the base refuses is asked them, for the sentence. Its references are rows just read.
    """
    references = {field.name for field in row._meta.concrete_fields if field.remote_field}
    try:
        row.clean_fields(exclude=references)
        row.clean()
    except ValidationError as wrong:
        raise _said(wrong) from wrong
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        checked(row)
        raise
    return row


def _said(wrong: ValidationError) -> RowRefused:
    found = wrong.message_dict
    return RowRefused({"" if name == NON_FIELD_ERRORS else name: said for name, said in found.items()})


def amended(row: models.Model, values: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    """Set the values on the row and answer what really changed; a field not offered is a programmer's mistake."""
    unknown = set(values) - set(allowed)
    if unknown:
        raise TypeError(f"not offered to change: {', '.join(sorted(unknown))}")
    changes = {name: (getattr(row, name), new) for name, new in values.items() if getattr(row, name) != new}
    for name, (_, new) in changes.items():
        setattr(row, name, new)
    return changes


def locked(row: Row) -> Row:
    """Read the row again, held until the transaction ends, so that two writers do not cross."""
    manager = type(row)._default_manager
    return manager.select_for_update(of=("self",)).get(pk=row.pk)


def overlaps(a_start: dt.date, a_end: dt.date | None, b_start: dt.date, b_end: dt.date | None) -> bool:
    """Tell whether two stretches of days share a day, both ends included, no end meaning for ever."""
    return a_start <= (b_end or dt.date.max) and b_start <= (a_end or dt.date.max)
