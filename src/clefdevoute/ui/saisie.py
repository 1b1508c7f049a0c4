"""
What a person types, read as French Belgium writes it: amounts, shares, numbers, dates.

A refusal says what was read, why it cannot be, and what to write; the typed text itself is kept by the form.
"""

import calendar
import datetime as dt
import re
from decimal import Decimal

from .formats import nombre as written
from .formats import pluriel

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_PLAIN = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_GROUPED_BE = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
_GROUPED_EN = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.\- ][0-9]{1,2}[/.\- ][0-9]{2}")
_HOUR = re.compile(r"([0-9]{1,2})(?:\s?[:hH.]\s?([0-9]{1,2})?)?|([0-9]{1,2})([0-9]{2})")
_DIGITS = 15


class SaisieError(ValueError):
    """What was typed cannot be read; its text is the sentence for the person."""


def nombre(text: str, *, places: int = 4, example: str = "0,8", what: str = "un nombre") -> Decimal:
    """Read a number with a comma or a dot; a dot before exactly three digits parts thousands."""
    asked = f"Écrivez {what}, par exemple {example}."
    compact = _SPACES.sub("", text).replace("−", "-").removeprefix("+")
    if _GROUPED_BE.fullmatch(compact):
        plain = compact.replace(".", "").replace(",", ".")
    elif _GROUPED_EN.fullmatch(compact):
        plain = compact.replace(",", "")
    elif _PLAIN.fullmatch(compact):
        plain = compact.replace(",", ".")
    else:
        raise SaisieError(f"« {text.strip()} » n’est pas un nombre lisible. {asked}")
    if len(plain.lstrip("-").partition(".")[0].lstrip("0")) > _DIGITS:
        raise SaisieError(f"« {text.strip()} » est trop grand pour être juste. {asked}")
    if len(plain.partition(".")[2]) > places:
        raise SaisieError(_too_fine(text.strip(), plain=plain, places=places, what=what, asked=asked))
    return Decimal(plain)


def euros(text: str, *, negative: bool = False) -> Decimal:
    """Read an amount in euros, to the cent; the sign € may stand before or after."""
    bare = re.sub(r"€|\bEUR\b", "", text, flags=re.IGNORECASE)
    amount = nombre(_some(bare, text), places=2, example="1.234,50", what="un montant")
    if amount < 0 and not negative:
        raise SaisieError(f"« {text.strip()} » est négatif. Écrivez un montant de zéro ou plus, par exemple 1.234,50.")
    return amount.quantize(Decimal("0.01"))


def pourcent(text: str, *, most: Decimal = Decimal(100)) -> Decimal:
    """Read a share in per cent and give the ratio: « 15 % » is 0.15."""
    bare = text.replace("%", "")
    share = nombre(_some(bare, text), places=4, example="15", what="un pourcentage")
    if share < 0:
        raise SaisieError(f"« {text.strip()} » est négatif. Écrivez une part de 0 à {written(most)}, par exemple 15.")
    if share > most:
        raise SaisieError(f"« {text.strip()} » dépasse {written(most)} %. Écrivez la part, par exemple 15.")
    return share / 100


def date(text: str) -> dt.date:
    """Read JJ/MM/AAAA (also with dots, dashes or spaces) or AAAA-MM-JJ."""
    typed = text.strip().replace("\u00a0", " ")
    asked = "Écrivez le jour, le mois et l’année, par exemple 22/11/2026."
    if found := _DAY_FIRST.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif _SHORT_YEAR.fullmatch(typed):
        raise SaisieError(f"« {typed} » laisse douter du siècle. Écrivez l’année en quatre chiffres, comme 22/11/2026.")
    else:
        raise SaisieError(f"« {typed} » n’est pas une date lisible. {asked}")
    if not 1900 <= year <= 2100:
        raise SaisieError(f"« {typed} » : l’année {year} n’est pas entre 1900 et 2100. {asked}")
    if not 1 <= month <= 12:
        raise SaisieError(f"« {typed} » : il n’y a pas de mois {month}. {asked}")
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise SaisieError(f"« {typed} » n’existe pas : ce mois-là a {length} jours. {asked}")
    return dt.date(year, month, day)


def heure(text: str) -> dt.time:
    """Read 14:30, 14h30, 14.30, 1430, 14h or 14."""
    typed = text.strip().replace("\u00a0", " ")
    asked = "Écrivez l’heure et les minutes, par exemple 14:30."
    found = _HOUR.fullmatch(typed)
    if found is None:
        raise SaisieError(f"« {typed} » n’est pas une heure lisible. {asked}")
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    if hour > 23 or minute > 59:
        raise SaisieError(f"« {typed} » n’existe pas : une journée va de 0:00 à 23:59. {asked}")
    return dt.time(hour, minute)


def _too_fine(typed: str, *, plain: str, places: int, what: str, asked: str) -> str:
    """Say that there are too many decimals, and guess the thousands typed with a comma."""
    decimals = len(plain.partition(".")[2])
    allowed = f"{what} en a {places} au plus" if places else f"{what} n’en a pas ici"
    thousands = f" Pour des milliers, mettez un point : {plain}." if decimals == 3 else ""
    return f"« {typed} » a {decimals} {pluriel(decimals, 'décimale')} ; {allowed}. {asked}{thousands}"


def _some(bare: str, typed: str) -> str:
    """Give back what is left beside the sign; a sign alone is no number."""
    return bare if bare.strip() else typed
