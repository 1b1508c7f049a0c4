"""
Lets the test runner empty a database whose tables refuse to be emptied.

Apart from the settings: those are read before Django's database layer can be imported.
"""

from django.db.backends.base.operations import BaseDatabaseOperations

from clefdevoute.records.foundation import triggers

_empty = BaseDatabaseOperations.execute_sql_flush


def _empty_without_triggers(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
    """Let the runner empty a test database: protected tables refuse it; post_migrate then protects them again."""
    triggers.remove(operations.connection)
    _empty(operations, sql_list)


BaseDatabaseOperations.execute_sql_flush = _empty_without_triggers  # type: ignore[method-assign,assignment]
