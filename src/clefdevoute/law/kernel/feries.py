"""The ten legal public holidays of Belgium, and the working days between them (AR du 18/04/1974)."""

import datetime as dt
from functools import cache

from .dates import add_days

_FIXED = (
    (1, 1, "Nouvel An"),
    (5, 1, "Fête du Travail"),
    (7, 21, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice"),
    (12, 25, "Noël"),
)
# Days after Easter Sunday; the Sundays of Easter and Whitsun are no legal holidays of their own.
_AFTER_EASTER = ((1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte"))
_SATURDAY = 5


def paques(year: int) -> dt.date:
    """Answer Easter Sunday, from which three holidays are counted (Gregorian computus)."""
    century, place = divmod(year, 100)
    golden = year % 19
    leap, rest = divmod(century, 4)
    moon = (8 * century + 13) // 25
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, remainder = divmod(place, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - remainder) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)


@cache
def feries(year: int) -> dict[dt.date, str]:
    """Give the legal holidays of a year, each with its name."""
    easter = paques(year)
    found = {dt.date(year, month, day): name for month, day, name in _FIXED}
    # Ascension may fall on the first of May: the day keeps one name, and stays one day.
    return {add_days(easter, after): name for after, name in _AFTER_EASTER} | found


def ferie(day: dt.date) -> str:
    """Name the holiday of a day; nothing for any other day."""
    return feries(day.year).get(day, "")


def ouvrable(day: dt.date) -> bool:
    """Tell whether a day is neither of the weekend nor a holiday."""
    return day.weekday() < _SATURDAY and not ferie(day)
