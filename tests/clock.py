"""
The clock of the tests: every test begins at the same moment, whatever the day and the hour of the machine.

Time goes on from there, so that what is written second is later. ``CLEFDEVOUTE_ESSAIS_LE=2027-01-01T00:05`` (Brussels)
begins every test at another moment; the commands that tests start as processes of their own keep the machine's clock.
"""

import datetime as dt
import os
import time
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
START = os.environ.get("CLEFDEVOUTE_ESSAIS_LE", "2026-11-22T10:00")

_shift = dt.timedelta()


class _AnyDatetime(type):
    """Knows every datetime as its own, so that Django goes on telling a moment from a day."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, dt.datetime)


class _Datetime(dt.datetime, metaclass=_AnyDatetime):
    """What Django reads the time from: its own ``now`` stays itself, which migrations compare by identity."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        """Give the machine's time, moved to the moment of the tests."""
        return dt.datetime.fromtimestamp(time.time(), tz) + _shift


def set_to(moment: str) -> None:
    """Make it a moment, written in ISO and read in Brussels; from there the clock goes on."""
    global _shift  # noqa: PLW0603 - there is one clock, as on the wall
    _shift = dt.datetime.fromisoformat(moment).replace(tzinfo=BRUSSELS) - dt.datetime.fromtimestamp(time.time(), dt.UTC)


def begin() -> None:
    """Put the clock where every test finds it; whoever asks Django for the time reads this one."""
    timezone.datetime = _Datetime  # type: ignore[attr-defined]
    set_to(START)


@contextmanager
def at(moment: str) -> Iterator[None]:
    """Make it another moment for a while, then take up the time that goes on outside."""
    global _shift  # noqa: PLW0603
    outside = _shift
    set_to(moment)
    try:
        yield
    finally:
        _shift = outside
