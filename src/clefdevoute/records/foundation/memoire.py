"""
What was reckoned for an enterprise, kept until something is written there: in this process alone.

Never in a shared cache, a table or a file: what is reckoned may hold names. The journal says that something
was written (every write leaves its event in the same transaction, which the tests watch), so nothing has to be
thrown away by hand and what another process wrote counts at once.
"""

import datetime as dt
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

from clefdevoute.records.foundation import journal

T = TypeVar("T")
_Stamp = tuple[uuid.UUID | None, dt.date, object]


class Memoire(Generic[T]):
    """
    A bounded memory, the longest unread thrown away first; what it gives back is shared and never changed.

    A key names everything that decides who sees what; what changes with time is in the day and the ``stamp``.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, tuple[_Stamp, T]] = OrderedDict()
        self._lock = threading.Lock()

    def lire(
        self,
        entreprise_id: uuid.UUID,
        key: Hashable,
        reckon: Callable[[], T],
        *,
        as_of: dt.date,
        stamp: object = None,
    ) -> T:
        """Give what is kept for this key and day, or reckon it; the last write is read first, so never missed."""
        if not usable():
            return reckon()
        wanted, place = (journal.ecrit(entreprise_id), as_of, stamp), (entreprise_id, key)
        found = self._found(place, wanted)
        if found is not None:
            return found[1]
        value = reckon()
        self._keep(place, (wanted, value))
        return value

    def garde(self, entreprise_id: uuid.UUID, key: Hashable, *, as_of: dt.date, stamp: object = None) -> T | None:
        """Give what is kept, and nothing where it would have to be reckoned."""
        if not usable():
            return None
        found = self._found((entreprise_id, key), (journal.ecrit(entreprise_id), as_of, stamp))
        return found[1] if found is not None else None

    def _found(self, place: Hashable, wanted: _Stamp) -> tuple[_Stamp, T] | None:
        with self._lock:
            found = self._kept.get(place)
            if found is None or found[0] != wanted:
                return None
            self._kept.move_to_end(place)
            return found

    def _keep(self, place: Hashable, found: tuple[_Stamp, T]) -> None:
        with self._lock:
            self._kept[place] = found
            self._kept.move_to_end(place)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)


def usable() -> bool:
    """Tell whether memory may serve: never within a transaction, that may have written and may be undone."""
    return bool(settings.MEMOIRE) and not connection.in_atomic_block
