"""
The clock of the tests: every test begins at the same moment, whatever the day and the hour of the machine.

Time goes on from there, so that what is written second is later. ``CLEFDEVOUTE_ESSAIS_LE=2027-01-01T00:05`` (Brussels)
begins every test at another moment; the commands that tests start as processes of their own keep the machine's clock.
"""

import datetime as dt
import os
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
START = os.environ.get("CLEFDEVOUTE_ESSAIS_LE", "2026-11-22T10:00")

_real = timezone.now
_shift = dt.timedelta()


def _now() -> dt.datetime:
    return _real() + _shift


def set_to(moment: str) -> None:
    """Make it a moment, written in ISO and read in Brussels; from there the clock goes on."""
    global _shift  # noqa: PLW0603 - there is one clock, as on the wall
    _shift = dt.datetime.fromisoformat(moment).replace(tzinfo=BRUSSELS) - _real()


def begin() -> None:
    """Put the clock where every test finds it; whoever asks Django for the time reads this one."""
    timezone.now = _now
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
