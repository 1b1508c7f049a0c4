"""
A page that is only read writes to the journal and to nothing else.

Links are followed by browsers, by search engines and by accident: a GET that changed a row could
never be trusted. The middleware looks at every statement sent while such a request is answered.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpRequest, HttpResponse

from clefdevoute.records.foundation.models import AuditEvent, ChainHead, JournalIdentity

READS = frozenset({"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET", "PRAGMA", "SHOW"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_WRITE = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
_WRITING_WORD = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE)\b(?!\s+OF)", re.IGNORECASE)
_LOCK = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b", re.IGNORECASE)


class WriteWhileReading(RuntimeError):
    """A GET tried to change a row: a mistake of the programmer."""


def allowed_tables() -> frozenset[str]:
    """Name the tables that reading may touch: the journal's, and those of sessions and cache."""
    rows = (AuditEvent, ChainHead, JournalIdentity, Session)
    return frozenset(row._meta.db_table for row in rows) | {str(settings.CACHES["default"].get("LOCATION", "cache"))}


def check_statement(sql: str, allowed: frozenset[str]) -> None:
    """Raise unless the statement reads, or writes where reading may."""
    words = sql.split(None, 1)
    first = words[0].upper().rstrip(";") if words else ""
    if first in READS or (first == "WITH" and not _WRITING_WORD.search(_LOCK.sub("", sql))):
        return
    write = _WRITE.match(sql)
    if write and write.group(1) in allowed:
        return
    raise WriteWhileReading(f"A GET may write to the journal alone; move this to a POST: {sql[:120]}")


class ReadOnlyMiddleware:
    """Watches the statements of GET, HEAD and OPTIONS on every database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.allowed = allowed_tables()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the guard on while the method only reads."""
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with ExitStack() as guards:
            for connection in connections.all():
                guards.enter_context(connection.execute_wrapper(self._guard))
            return self.get_response(request)

    def _guard(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Check one statement, then let it through."""
        check_statement(sql, self.allowed)
        return execute(sql, params, many, context)
