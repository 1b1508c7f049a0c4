"""French (fr-BE) forms of amounts, shares, dates and sentences, in one place so that every page agrees."""

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

NBSP = "\u00a0"
"""The one unbreakable space: U+202F is absent from the fonts."""

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_CENT = Decimal("0.01")


def nombre(value: Decimal | int, places: int | None = None) -> str:
    """Write a number with a comma and dots between thousands: 1.234,5."""
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{number:,f}".partition(".")
    text = whole.replace(",", ".").replace("-", "−")
    if places is None:
        decimals = decimals.rstrip("0")
    return f"{text},{decimals}" if decimals else text


def euros(value: Decimal | int, *, sign: bool = True) -> str:
    """Write an amount: 50.000,00 €, without the sign where a column says it once."""
    amount = nombre(Decimal(value).quantize(_CENT, rounding=ROUND_HALF_UP), 2)
    return f"{amount}{NBSP}€" if sign else amount


def pourcent(ratio: Decimal | int, *, places: int | None = None) -> str:
    """Write a share given as a ratio: 0.155 becomes 15,5 %."""
    return f"{nombre(Decimal(ratio) * 100, places)}{NBSP}%"


def date_courte(day: dt.date) -> str:
    """Write a date in figures, on the local calendar: 22/11/2026."""
    return _local(day).strftime("%d/%m/%Y")


def date_longue(day: dt.date, *, year: bool = True, weekday: bool = False) -> str:
    """Write a date in words: 1er décembre 2026, mardi 24 novembre."""
    local = _local(day)
    number = "1er" if local.day == 1 else str(local.day)
    words = [_DAYS[local.weekday()]] if weekday else []
    words += [f"{number}{NBSP}{_MONTHS[local.month - 1]}"]
    words += [str(local.year)] if year else []
    return " ".join(words)


def mois(day: dt.date, *, short: bool = False, year: bool = False) -> str:
    """Name a month: novembre, nov., novembre 2026."""
    name = (_SHORT if short else _MONTHS)[day.month - 1]
    return f"{name} {day.year}" if year else name


def heure(moment: dt.datetime) -> str:
    """Write a time on the local clock: 14:32."""
    return _local_moment(moment).strftime("%H:%M")


def pluriel(count: Decimal | int, singular: str, plural: str = "") -> str:
    """Agree a word with its number; in French 0, 1 and 1,5 are singular."""
    return singular if abs(Decimal(count)) < 2 else plural or f"{singular}s"


def jours(count: int) -> str:
    """Count days as a person says them: beyond a year, the years that have passed."""
    if count <= 365:
        return f"{count}{NBSP}{pluriel(count, 'jour')}"
    years = count // 365
    return "plus d’un an" if years == 1 else f"plus de {years}{NBSP}ans"


def apres_de(words: str, name: str) -> str:
    """End words that come just before a name: « Revoir l’objectif de  » or « Revoir l’objectif d’ »."""
    return f"{words[:-2]}d’" if words.endswith(" de") and _vowel(name) else f"{words} "


def _vowel(name: str) -> bool:
    return unicodedata.normalize("NFD", name[:1]).lower()[:1] in tuple("aeiou")


def typo(text: str) -> str:
    """Set unbreakable spaces and the typographic apostrophe where French wants them."""
    spaced = re.sub(r"[ \u00a0]+([:;?!»€%])", rf"{NBSP}\1", text.replace("'", "\u2019"))
    spaced = re.sub(r"«[ \u00a0]*", f"«{NBSP}", spaced)
    return re.sub(r"\b(\d+) (ETP|km|ko|Mo|min|h|personnes?|jours?|mois|ans?)\b", rf"\1{NBSP}\2", spaced)


def _local(day: dt.date) -> dt.date:
    return _local_moment(day) if isinstance(day, dt.datetime) else day


def _local_moment(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
