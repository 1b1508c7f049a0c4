"""
Search inside what is written in the dossiers that a reader may open (S2): opened, compared, forgotten.

No index of the words exists anywhere: a plain one beside sealed notes would undo the sealing. Accents and
case are forgiven by the pattern, which costs far less than folding every text. Health is not searched:
each of its openings has a purpose of its own.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.encryption import Sealed, unseal
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.suivi.models import Bilan, CoteBilan, Demarche, NotePartagee, NotePrivee, Objectif

AROUND = 70
SHORTEST = 2
_VARIANTS = {
    "a": "aàáâãäåæ",
    "c": "cç",
    "e": "eèéêëœæ",
    "i": "iìíîï",
    "n": "nñ",
    "o": "oòóôõöøœ",
    "u": "uùúûü",
    "y": "yýÿ",
}


@dataclass(frozen=True, slots=True)
class Champ:
    """
    Where words are written: a table, its sealed columns, the column of its moment, what it is called.

    Of a text that is corrected by versions, ``version_of`` names what they are versions of: the last is read.
    """

    model: Any
    columns: tuple[str, ...]
    moment: str
    label: str
    filters: tuple[tuple[str, Any], ...] = ()
    version_of: tuple[str, ...] = ()


CHAMPS: tuple[Champ, ...] = (
    Champ(NotePartagee, ("text",), "written_at", "Note d’entretien", version_of=("entretien",)),
    Champ(NotePrivee, ("text",), "written_at", "Votre note privée", version_of=("entretien", "author")),
    Champ(Objectif, ("title", "wish", "remark"), "recorded_at", "Objectif"),
    Champ(Demarche, ("text", "remark"), "recorded_at", "Démarche"),
    Champ(
        CoteBilan,
        ("text", "wish"),
        "bilan__finished_at",
        "Bilan",
        filters=(("bilan__state", Bilan.State.TERMINE),),
    ),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where the words were found: whose dossier, in what, when, and a few words around."""

    travailleur_id: uuid.UUID
    label: str
    at: dt.datetime
    before: str
    found: str
    after: str


def passages(actor: Actor, text: str) -> list[Passage]:
    """Find the passages that hold every word, newest first, in one query a table."""
    patterns = [re.compile(pattern(word), re.IGNORECASE) for word in fold(text).split() if len(word) >= SHORTEST]
    if not patterns:
        return []
    found = [one for champ in CHAMPS for one in _in(champ, actor, patterns)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def pattern(word: str) -> str:
    """Write a folded word as a pattern that any accent matches."""
    return "".join(f"[{_VARIANTS[char]}]" if char in _VARIANTS else re.escape(char) for char in word)


def _in(champ: Champ, actor: Actor, patterns: list[re.Pattern[str]]) -> Iterator[Passage]:
    rows = champ.model.objects.visible_to(actor).filter(**dict(champ.filters))
    if champ.version_of:
        newest = champ.model.objects.filter(**{name: OuterRef(name) for name in champ.version_of})
        rows = rows.filter(version=Subquery(newest.order_by("-version").values("version")[:1]))
    columns = rows.order_by().values_list("pk", "travailleur_id", F(champ.moment), *champ.columns)
    places = [f"{champ.model._meta.db_table}/{champ.model._meta.get_field(name).column}" for name in champ.columns]
    for pk, person, moment, *sealed in columns:
        words = " — ".join(_opened(zip(places, sealed, strict=True), actor.entreprise_id, pk))
        first = patterns[0].search(words)
        if first and all(one.search(words) for one in patterns[1:]):
            yield _passage(person, champ.label, moment, words, first)


def _opened(sealed: Iterable[tuple[str, Sealed | None]], entreprise: uuid.UUID | None, pk: uuid.UUID) -> Iterator[str]:
    for place, value in sealed:
        if value is not None and entreprise is not None:
            yield unseal(value, entreprise_id=entreprise, place=f"{place}/{pk}").decode()


def _passage(person: uuid.UUID, label: str, at: dt.datetime, words: str, hit: re.Match[str]) -> Passage:
    start, end = max(0, hit.start() - AROUND), min(len(words), hit.end() + AROUND)
    before, after = words[start : hit.start()], words[hit.end() : end]
    if start:
        before = f"…{before.partition(' ')[2] or before}"
    if end < len(words):
        after = f"{after.rpartition(' ')[0] or after}…"
    return Passage(person, label, at, before, hit.group(), after)
