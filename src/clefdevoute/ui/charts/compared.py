"""
Compared side by side: where each domain stood at first, where it stands at last.

The first is a hollow ring, the last a full square, a bar joins them: the shapes say it without a colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .labels import percent

ROW = 58
_TOP, _TRACK, _NAME = 26, 40, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One domain: its name, its level at first and at last (from 1), or none."""

    name: str
    first: int | None = None
    last: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One drawn domain: its name above a line with a tick a level, the ring and the square on it."""

    name: str
    note: str
    name_y: int
    y: int
    ring_x: str
    square_x: str
    bar: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """All that the template draws, and the rows of the equal table."""

    id: str
    title: str
    desc: str
    height: int
    ticks: Sequence[str]
    tracks: Sequence[Track]
    rows: Sequence[tuple[str, str, str, str, str]]
    words: Sequence[tuple[int, str]]
    first_word: str
    last_word: str


def compared(
    *, id: str, rows: Sequence[ComparedRow], words: Sequence[str], first_word: str, last_word: str
) -> Compared:
    """
    Draw domains one under the other; ``words`` names each level, the lowest first.

    ``first_word`` and ``last_word`` name the two by their dates; an empty ``first_word`` leaves the first out.
    """
    count = len(words)
    tracks = [_track(row, at, count) for at, row in enumerate(rows)]
    return Compared(
        id=id,
        title=_title(rows, first_word, last_word),
        desc=" ; ".join(_sentence(row, words) for row in rows),
        height=_TOP + ROW * len(rows),
        ticks=[percent(_x(level, count)) for level in range(1, count + 1)],
        tracks=tracks,
        rows=[(row.name, _word(row.first, words), _word(row.last, words), _change(row), row.note) for row in rows],
        words=list(enumerate(words, 1)),
        first_word=first_word,
        last_word=last_word,
    )


def _x(level: int, count: int) -> Decimal:
    """Place a level in the middle of its share of the width."""
    return (Decimal(level) - Decimal("0.5")) * 100 / count


def _track(row: ComparedRow, at: int, count: int) -> Track:
    top = _TOP + ROW * at
    both = row.first is not None and row.last is not None
    ends = sorted(_x(level, count) for level in (row.first, row.last) if level is not None) if both else []
    return Track(
        name=row.name,
        note=row.note,
        name_y=top + _NAME,
        y=top + _TRACK,
        ring_x=percent(_x(row.first, count)) if row.first is not None else "",
        square_x=percent(_x(row.last, count)) if row.last is not None else "",
        bar=(percent(ends[0]), percent(ends[1])) if ends else ("", ""),
    )


def _word(level: int | None, words: Sequence[str]) -> str:
    return f"{level} · {words[level - 1]}" if level is not None else "–"


def _change(row: ComparedRow) -> str:
    if row.first is None or row.last is None:
        return ""
    gap = row.last - row.first
    if gap == 0:
        return "inchangé"
    sign = "+" if gap > 0 else "\u2212"
    return f"{sign}{abs(gap)}"


def _sentence(row: ComparedRow, words: Sequence[str]) -> str:
    if row.last is None and row.first is None:
        return f"{row.name}, sans niveau"
    if row.last is None or row.first is None:
        level = row.last if row.last is not None else row.first
        return f"{row.name}, {words[(level or 1) - 1]}"
    return f"{row.name}, de {words[row.first - 1]} à {words[row.last - 1]}"


def _title(rows: Sequence[ComparedRow], first_word: str, last_word: str) -> str:
    if not first_word:
        rated = sum(row.last is not None for row in rows)
        return f"{last_word} : {rated} domaines cotés sur {len(rows)}"
    pairs = [(row.first, row.last) for row in rows if row.first is not None and row.last is not None]
    up = sum(last > first for first, last in pairs)
    down = sum(last < first for first, last in pairs)
    return f"Du {first_word} au {last_word} : {up} en progrès, {down} en recul, {len(pairs) - up - down} inchangés"
