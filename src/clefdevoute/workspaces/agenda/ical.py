"""
An agenda as RFC 5545: busy times with a way back to the page, and not one word about a person.

Nobody's name, no place and no kind beyond « Rendez-vous » leave the house: a calendar is copied by servers
that nobody here knows.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from clefdevoute.records.agenda.models import Seance
from clefdevoute.records.agenda.models.base import MomentModel

BRUSSELS = ZoneInfo("Europe/Brussels")
POLL = dt.timedelta(minutes=15)
_GONE = frozenset({"annule", "reporte"})


def write(rows: Iterable[MomentModel], url: Callable[[MomentModel], str]) -> bytes:
    """Write the calendar of these rows; the same rows give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Clef de voûte//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Accompagnement social")
    calendar.add("refresh-interval", POLL, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", POLL)
    for row in rows:
        calendar.add_component(_event(row, url(row)))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def etag(body: bytes) -> str:
    """Write the entity tag of a feed."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _event(row: MomentModel, url: str) -> Event:
    gone = row.status in _GONE
    event = Event()
    event.add("uid", f"{row.pk}@clefdevoute")
    event.add("dtstamp", _touched(row).astimezone(dt.UTC))
    event.add("dtstart", row.starts_at.astimezone(BRUSSELS))
    event.add("dtend", row.ends_at.astimezone(BRUSSELS))
    event.add("summary", "Séance collective" if isinstance(row, Seance) else "Rendez-vous")
    event.add("url", url)
    event.add("description", url)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    event.add("sequence", 1 if row.settled_at else 0)
    return event


def _touched(row: MomentModel) -> dt.datetime:
    """Say when the row last changed, without a clock: the same row gives the same event."""
    return row.settled_at or getattr(row, "booked_at", None) or row.starts_at
