"""Periods of experience added up: overlaps once, to the day, in full calendar years (A9)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from clefdevoute.law.kernel.dates import add_days, add_months

DAYS_OF_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Duree:
    """A sum of periods: full calendar months, the isolated days beside them, and all days together."""

    mois: int
    jours: int
    total_jours: int

    def reaches(self, years: int) -> bool:
        """
        Whether this is at least so many full calendar years.

        Isolated days make a month by the longest month, so that one day short of the years is never
        enough; and as many days as the longest such years hold are the years, however scattered.
        """
        longest = years * 365 + (years + 3) // 4
        return self.mois + self.jours // DAYS_OF_LONGEST_MONTH >= years * 12 or self.total_jours >= longest

    def __str__(self) -> str:
        """Write the sum for a person: ``2 ans, 3 mois et 12 jours``."""
        months, days = self.mois + self.jours // DAYS_OF_LONGEST_MONTH, self.jours % DAYS_OF_LONGEST_MONTH
        years, months = divmod(months, 12)
        parts = [
            f"{years} an{'s' if years > 1 else ''}" if years else "",
            f"{months} mois" if months else "",
            f"{days} jour{'s' if days > 1 else ''}" if days else "",
        ]
        *head, tail = [part for part in parts if part] or ["aucun jour"]
        return f"{', '.join(head)} et {tail}" if head else tail


def union(periods: Iterable[tuple[dt.date, dt.date]]) -> tuple[tuple[dt.date, dt.date], ...]:
    """Merge periods that overlap or touch, both ends included."""
    merged: list[tuple[dt.date, dt.date]] = []
    for start, end in sorted(periods):
        if merged and start <= add_days(merged[-1][1], 1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _months_and_days(start: dt.date, end: dt.date) -> tuple[int, int]:
    after = add_days(end, 1)
    months = (after.year - start.year) * 12 + after.month - start.month
    while add_months(start, months) > after:
        months -= 1
    return months, (after - add_months(start, months)).days


def duree(periods: Iterable[tuple[dt.date, dt.date]]) -> Duree:
    """Add up the union of periods; the last day counts."""
    merged = union(periods)
    pairs = [_months_and_days(start, end) for start, end in merged]
    return Duree(
        mois=sum(months for months, _ in pairs),
        jours=sum(days for _, days in pairs),
        total_jours=sum((end - start).days + 1 for start, end in merged),
    )
