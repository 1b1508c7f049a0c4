"""
Thousands of rows inserted at once: one statement for a table, each distinct value of a column written once.

``bulk_create`` wants an object a row, asks every value of each how the base wants it, and names a parameter for each:
most of the time of a large import. The values written are the same, and the same constraints and triggers judge them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction

Row = Mapping[str, Any]
UNHASHABLE = (list, dict, set)
ABSENT = object()


def insert_all(model: type[models.Model], rows: Sequence[Row]) -> None:
    """
    Insert rows given by the names of their columns (``entreprise_id``), all or none of them.

    What a row does not name takes the default of its field, as in an object.
    """
    if not rows:
        return
    fields = model._meta.local_concrete_fields
    strange = set().union(*rows) - {field.attname for field in fields}
    if strange:
        raise TypeError(f"no column of {model.__name__}: {', '.join(sorted(strange))}")
    columns = [_written(field, rows) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*columns, strict=True)))


def _written(field: "models.Field[Any, Any]", rows: Sequence[Row]) -> list[Any]:
    """Give a column as the base takes it; an encrypted field refuses a text by itself, since no row seals it."""
    name = field.attname
    known: dict[Any, Any] = {}
    found = []
    for row in rows:
        value = row.get(name, ABSENT)
        if value is ABSENT:
            value = field.get_default()
        if isinstance(value, UNHASHABLE):
            found.append(field.get_db_prep_save(value, connection))
            continue
        key = (type(value), value)
        if key not in known:
            known[key] = field.get_db_prep_save(value, connection)
        found.append(known[key])
    return found
