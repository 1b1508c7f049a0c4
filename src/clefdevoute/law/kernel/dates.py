"""Calendar months as the law counts them: clipped to the last day of the month, never a sum of days (A15)."""

import calendar
import datetime as dt

from .errors import BadFact


def add_months(day: dt.date, months: int) -> dt.date:
    """Move by calendar months, clipped to the month's last day: 31 August + 6 is 28 or 29 February."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise BadFact(f"{day.isoformat()} est hors du calendrier connu. Vérifiez l'année.")
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


LONGEST_YEAR = 366


def check_year(debut: dt.date, fin: dt.date) -> None:
    """Refuse bounds that no approval year can have: upside down, or longer than twelve months (A6)."""
    if fin < debut:
        raise BadFact(
            f"L'année du {debut.isoformat()} au {fin.isoformat()} finit avant de commencer. Corrigez « debut » ou "
            f"« fin »."
        )
    if (fin - debut).days >= LONGEST_YEAR:
        raise BadFact(
            f"Une année d'agrément compte douze mois ; du {debut.isoformat()} au {fin.isoformat()}, il y en a plus. "
            f"Prenez les bornes de la règle agrement.annee."
        )


def add_days(day: dt.date, days: int) -> dt.date:
    """Move by days; raise BadFact outside the calendar rather than fail."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError as error:
        raise BadFact(f"{day.isoformat()} est hors du calendrier connu. Vérifiez l'année.") from error
