"""
The occupations in memory: read once from the package's own file, searched by words.

A label is kept with its stems; a search takes the labels that hold every word typed, exactly, as the
beginning of a word, or with one slip. Some 29,000 labels: a search takes a few milliseconds.
"""

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .mots import one_slip, stems

DATA = Path(__file__).resolve().parent / "metiers.tsv.gz"
ESCO = "http://data.europa.eu/esco/occupation/"
CITP = "http://data.europa.eu/esco/isco/"
_PREFIXES = {"E": ESCO, "I": CITP, "C": "competent:", "R": "rome:"}
SOURCES = {"E": "ESCO", "I": "CITP-08", "C": "Competent", "R": "ROME"}
_RANK = {"E": 0.06, "C": 0.05, "R": 0.0, "I": -0.05}
_EXACT, _BEGINS, _SLIP = 1.0, 0.8, 0.55
_LONG_ENOUGH_TO_SLIP = 4
_LONG_ENOUGH_TO_BEGIN = 2


@dataclass(frozen=True, slots=True)
class Metier:
    """An occupation as found: its address, its title, where the title comes from, the words that led to it."""

    uri: str
    libelle: str
    source: str
    trouve_par: str = ""
    groupe: str = ""


@dataclass(slots=True)
class _Entry:
    kind: str
    code: str
    label: str

    @property
    def uri(self) -> str:
        """Write the address of the entry."""
        return _PREFIXES[self.kind] + self.code


@dataclass(slots=True)
class Index:
    """Entries, their labels and, by stem, the labels that hold it."""

    entries: list[_Entry] = field(default_factory=list)
    labels: list[tuple[int, str, int]] = field(default_factory=list)
    """Each label: its entry, its text, how many telling words it has."""
    holding: dict[str, list[int]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    by_uri: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, code: str, labels: list[str], stemmed: list[str]) -> None:
        """Take one line of the data."""
        number = len(self.entries)
        entry = _Entry(kind, code, labels[0])
        self.entries.append(entry)
        self.by_uri[entry.uri] = number
        for text, joined in zip(labels, stemmed, strict=True):
            words = joined.split(" ")
            position = len(self.labels)
            self.labels.append((number, text, len(words)))
            for word in words:
                self.holding.setdefault(word, []).append(position)

    def matches(self, typed: str) -> dict[int, float]:
        """Give the labels that hold a typed word, each with how well it is held."""
        found: dict[int, float] = {}
        for word, quality in self._near(typed):
            for label in self.holding[word]:
                if quality > found.get(label, 0.0):
                    found[label] = quality
        return found

    def _near(self, typed: str) -> Iterator[tuple[str, float]]:
        if typed in self.holding:
            yield typed, _EXACT
        known = False
        if len(typed) >= _LONG_ENOUGH_TO_BEGIN:
            at = bisect_left(self.words, typed)
            while at < len(self.words) and self.words[at].startswith(typed):
                known = True
                yield self.words[at], _BEGINS
                at += 1
        if known or len(typed) < _LONG_ENOUGH_TO_SLIP:
            return
        size = len(typed)
        for word in self.words:
            if any(one_slip(typed, word[: size + more]) for more in (0, 1, -1) if len(word) >= size + more):
                yield word, _SLIP


@cache
def index() -> Index:
    """Read the data of the package, once for the process."""
    made = Index()
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for line in lines:
            kind, code, labels, stemmed = line.rstrip("\n").split("\t")
            made.add(kind, code, labels.split("|"), stemmed.split("|"))
    made.words = sorted(made.holding)
    return made


def search(text: str, limit: int) -> tuple[Metier, ...]:
    """Find the occupations whose one label holds every word typed, the nearest first."""
    typed, known = stems(text)[:8], index()
    if not typed:
        return ()
    found = [known.matches(word) for word in typed]
    held = set(found[0]).intersection(*found[1:]) or _held_by_most(found)
    best: dict[int, tuple[float, int]] = {}
    for label in held:
        number, _, words = known.labels[label]
        quality = sum(one.get(label, 0.0) for one in found) / max(len(typed), words)
        score = quality + _RANK[known.entries[number].kind]
        if score > best.get(number, (-1.0, 0))[0]:
            best[number] = (score, label)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], *_by_own_name(known, item[0], item[1][1])))
    return tuple(_as_found(known, number, label) for number, (_, label) in ranked[:limit])


def _by_own_name(known: Index, number: int, label: int) -> tuple[bool, str]:
    """Put what is found by its own name before what another of its names found; then by the alphabet."""
    own = known.entries[number].label
    return known.labels[label][1] != own, own


def _held_by_most(found: list[dict[int, float]]) -> set[int]:
    """When no label holds every word, keep those that hold all but one."""
    if len(found) < 2:
        return set()
    counts: dict[int, int] = {}
    for one in found:
        for label in one:
            counts[label] = counts.get(label, 0) + 1
    return {label for label, count in counts.items() if count >= len(found) - 1}


def _as_found(known: Index, number: int, label: int) -> Metier:
    entry = known.entries[number]
    led = known.labels[label][1]
    return Metier(entry.uri, entry.label, SOURCES[entry.kind], "" if led == entry.label else led, group_of(entry.uri))


def group_of(uri: str) -> str:
    """Name the group of CITP-08 (ISCO-08) that a code stands in, where the code is known."""
    if not uri.startswith(CITP):
        return ""
    code = uri.removeprefix(CITP + "C")
    wider = index().by_uri.get(f"{CITP}C{code[:-1]}") if len(code) > 1 else None
    return f"{code[:-1]} {index().entries[wider].label}" if wider is not None else ""
