"""How a path writes a day: AAAA-MM-JJ, the first day of an agrément year."""

import datetime as dt

from django.urls import register_converter


class IsoDateConverter:
    """An ISO date in a path; what is no date of the calendar is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        """Read the day; Django answers 404 to a ValueError."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        """Write the day."""
        return value.isoformat()


register_converter(IsoDateConverter, "date")
