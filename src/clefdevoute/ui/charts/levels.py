"""Levels said in words, at start and now: two bars a row, on a scale that everybody reads beside the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .labels import percent

ROW, TOP = 48, 4
"""Height of a row in pixels, and what stands above the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One row: its name, its level at start and now, and how the table says both."""

    name: str
    start: int
    now: int
    start_word: str
    now_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A drawn row: where its name and its two bars stand."""

    name: str
    name_y: int
    start_y: int
    start_width: str
    now_y: int
    now_width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """All that the template draws; the table is the page's own."""

    id: str
    title: str
    desc: str
    height: int
    rows: Sequence[LevelRow]
    marks: Sequence[tuple[str, str, str]]
    marks_y: int


def levels(*, id: str, title: str, rows: Sequence[Level], most: int = 4) -> Levels:
    """Draw each row's first and present level on a scale from nothing to ``most``."""
    drawn = [
        LevelRow(
            name=row.name if len(row.name) <= 34 else f"{row.name[:33]}…",
            name_y=TOP + number * ROW + 16,
            start_y=TOP + number * ROW + 23,
            start_width=_share(row.start, most),
            now_y=TOP + number * ROW + 33,
            now_width=_share(row.now, most),
        )
        for number, row in enumerate(rows)
    ]
    bottom = TOP + len(rows) * ROW
    return Levels(
        id=id,
        title=title,
        desc=" ; ".join(f"{row.name} : {row.start_word} puis {row.now_word}" for row in rows),
        height=bottom + 24,
        rows=drawn,
        marks=[(str(level), _share(level, most), "end" if level == most else "middle") for level in range(1, most + 1)],
        marks_y=bottom + 18,
    )


def _share(level: int, most: int) -> str:
    return percent(Decimal(level * 100) / most)
