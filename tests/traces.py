"""
Watches the POSTs of the tests that ask for it: what is written about an enterprise leaves its event in the journal.

By that event all that is kept in memory is reckoned anew; a write without it would stay unseen on the pages.
"""

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponse

from clefdevoute.config.readonly import SAFE_METHODS
from clefdevoute.records.entreprises.models import EntrepriseInsertion, TenantModel
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.suivi.acces import OPENED
from clefdevoute.records.suivi.models import Bilan, BilanSante, Brouillon, CoteBilan

_WRITE = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
JOURNAL = AuditEvent._meta.db_table
LIVE = (Brouillon, Bilan, CoteBilan, BilanSante)
"""Rows saved at every pause of the typing: they leave no event and are never read from memory."""


CLIENT = "testserver"
"""The host of Django's test client: the journeys press the same buttons, in a server of their own."""


class UntracedWrite(AssertionError):
    """A page wrote about an enterprise and told the journal nothing."""


def watched() -> set[str]:
    """Name the tables from which something kept may have been reckoned."""
    rows = {one for one in apps.get_models() if issubclass(one, TenantModel)} - set(LIVE)
    return {one._meta.db_table for one in rows} | {EntrepriseInsertion._meta.db_table}


class Kept:
    """One statement that counts once its transaction, or the savepoint around it, is not undone."""

    def __init__(self, table: str) -> None:
        self.table, self.done = table, False

    def __call__(self) -> None:
        """Say that it was committed."""
        self.done = True


class TraceMiddleware:
    """Looks at the statements of a request that may write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.watched = watched()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then compare what was written with what the journal was told."""
        if request.method in SAFE_METHODS or request.META.get("SERVER_NAME") != CLIENT:
            return self.get_response(request)
        seen: list[Kept] = []

        def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            found = _WRITE.match(sql)
            table = found.group(1) if found else ""
            result = execute(sql, params, many, context)
            if table in self.watched or (table == JOURNAL and OPENED not in (params or ())):
                seen.append(Kept(table))
                connection.on_commit(seen[-1])
            return result

        with connection.execute_wrapper(look):
            response = self.get_response(request)
        tables = {one.table for one in _lasting(seen)}
        if tables and JOURNAL not in tables:
            raise UntracedWrite(f"{request.path} wrote {sorted(tables)} and left no event in the journal")
        return response


def _lasting(seen: list[Kept]) -> list[Kept]:
    """Keep what was committed, or will be with the transaction of the test; none of ours stays behind."""
    waiting = {id(entry[1]) for entry in connection.run_on_commit}
    ours = {id(one) for one in seen}
    connection.run_on_commit = [entry for entry in connection.run_on_commit if id(entry[1]) not in ours]
    return [one for one in seen if one.done or id(one) in waiting]
