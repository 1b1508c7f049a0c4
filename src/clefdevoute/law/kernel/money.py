"""Money and the two roundings of the law, by name; the French words for amounts and dates (P13)."""

import datetime as dt
import functools
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
NBSP = "\u00a0"


def cents(amount: Decimal) -> Decimal:
    """Round half-up to the cent: a line, or the advance (P13)."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def cents_down(amount: Decimal) -> Decimal:
    """Round down to the cent: a maximum is never exceeded by its rounding (P13)."""
    return amount.quantize(CENT, ROUND_DOWN)


def decimal_fr(number: Decimal | int, places: int | None = None) -> str:
    """Write a number as Belgium does: ``1.234,5``; ``places`` pads or cuts the decimals shown."""
    text = f"{number:,.{places}f}" if places is not None else f"{Decimal(number).normalize():,f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def euros(amount: Decimal) -> str:
    """Write an amount for a person: ``50.000,00 €`` with an unbreakable space."""
    return f"{amount:,.2f}{NBSP}€".replace(",", " ").replace(".", ",").replace(" ", ".")


@functools.cache
def percent(ratio: Decimal) -> str:
    """Write a ratio (0.15) as a percentage for a person: ``15 %``."""
    return f"{decimal_fr(ratio * 100)}{NBSP}%"


def count_fr(number: int, word: str) -> str:
    """Count things for a person: ``0 personne``, ``1 personne``, ``2 personnes``; « mois » does not change."""
    ending = "s" if abs(number) > 1 and not word.endswith(("s", "x")) else ""
    return f"{number} {word}{ending}"


def date_fr(day: dt.date) -> str:
    """Write a day for a person: ``22/11/2026``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"  # five times quicker than strftime
