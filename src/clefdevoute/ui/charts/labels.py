"""
Where a text may stand in a drawing that stretches while its letters keep their size.

All is reckoned at the narrowest width, a 320 px telephone: what is apart there is further apart elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

NARROWEST = Decimal(288)
"""Width of the drawing, in pixels, on a 320 px screen."""

TEXT_HEIGHT = Decimal(16)
_REGULAR, _BOLD = Decimal("8.6"), Decimal("9.2")
Anchor = Literal["start", "middle", "end"]
_ZERO, _WHOLE = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One straight stroke; ``kind`` names its class."""

    kind: str
    x1: str
    x2: str
    y1: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text and the point it hangs on; ``kind`` names its class."""

    text: str
    x: str
    y: str
    anchor: Anchor = "start"
    kind: str = ""
    dy: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What a text or a stroke covers, in pixels at the narrowest width."""

    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal

    def meets(self, others: Iterable["Box"]) -> bool:
        """Say whether something already stands here."""
        return any(
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
            for other in others
        )


def percent(value: Decimal) -> str:
    """Write a position: a dot, two decimals at most, the sign."""
    text = f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return f"{text}%"


def text_width(text: str, *, bold: bool = False) -> Decimal:
    """Reckon the width of a text in pixels, a little generously."""
    return len(text) * (_BOLD if bold else _REGULAR)


def span(text: str, x: Decimal, anchor: Anchor, *, bold: bool = False) -> tuple[Decimal, Decimal]:
    """Give the left and right of a text hung at ``x`` %, in pixels at the narrowest width."""
    width, at = text_width(text, bold=bold), x * NARROWEST / 100
    left = {"start": at, "middle": at - width / 2, "end": at - width}[anchor]
    return left, left + width


def hang(text: str, x: Decimal, *, bold: bool = False) -> tuple[Decimal, Anchor]:
    """Hang a text at ``x`` % so that it never leaves the drawing: before it, after it, on it, or at an edge."""
    room = text_width(text, bold=bold) * 100 / NARROWEST
    if x >= room:
        return x, "end"
    if _WHOLE - x >= room:
        return x, "start"
    if min(x, _WHOLE - x) >= room / 2:
        return x, "middle"
    return (_WHOLE, "end") if x > _WHOLE / 2 else (_ZERO, "start")
