"""
Watches every POST of the test run: what is written about an enterprise leaves its event in the journal.

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
from clefdevoute.records.suivi.models import Brouillon

_WRITE = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
LIVE = (Brouillon,)
"""Rows saved at every pause of the typing: they leave no event and are never read from memory."""


class UntracedWrite(AssertionError):
    """A page wrote about an enterprise and told the journal nothing."""


def watched() -> set[str]:
    """Name the tables from which something kept may have been reckoned."""
    rows = {one for one in apps.get_models() if issubclass(one, TenantModel)} - set(LIVE)
    return {one._meta.db_table for one in rows} | {EntrepriseInsertion._meta.db_table}


class TraceMiddleware:
    """Looks at the statements of a request that may write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.watched = watched()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then compare what was written with what the journal was told."""
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        written: set[str] = set()
        told: list[bool] = []

        def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            found = _WRITE.match(sql)
            if found and found.group(1) in self.watched:
                written.add(found.group(1))
            elif found and found.group(1) == AuditEvent._meta.db_table:
                told.append(OPENED not in (params or ()))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(look):
            response = self.get_response(request)
        if written and not any(told):
            raise UntracedWrite(f"{request.path} wrote {sorted(written)} and left no event in the journal")
        return response
