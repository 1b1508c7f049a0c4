"""The shape of a synthesis: chapters of lines, frozen as JSON; what fills them comes from every domain."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Ligne:
    """One fact of a chapter: its words, what is said beside them, and what stands under it."""

    texte: str
    precision: str = ""
    sous: tuple["Ligne", ...] = ()


@dataclass(frozen=True, slots=True)
class Chapitre:
    """One part of a synthesis; without lines it says so in its own words."""

    titre: str
    lignes: tuple[Ligne, ...] = ()
    vide: str = "Rien à ce jour."


@dataclass(frozen=True, slots=True)
class Lue:
    """A frozen synthesis read again."""

    au: dt.date
    chapitres: tuple[Chapitre, ...]


def dump(chapitres: Iterable[Chapitre], *, on: dt.date) -> dict[str, Any]:
    """Write chapters as plain data."""
    return {
        "v": VERSION,
        "au": on.isoformat(),
        "chapitres": [
            {"titre": one.titre, "vide": one.vide, "lignes": [_line(line) for line in one.lignes]} for one in chapitres
        ],
    }


def seal(chapitres: Iterable[Chapitre]) -> str:
    """Give the hash of what chapters say, to know whether what is confirmed is what was read."""
    plain = json.dumps([dump([one], on=dt.date.min)["chapitres"] for one in chapitres], ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def load(content: str) -> Lue:
    """Read a frozen synthesis; data of a later version still gives its chapters."""
    data = json.loads(content)
    return Lue(
        au=dt.date.fromisoformat(data["au"]),
        chapitres=tuple(
            Chapitre(one["titre"], tuple(_read(line) for line in one["lignes"]), one.get("vide", ""))
            for one in data["chapitres"]
        ),
    )


def _line(line: Ligne) -> dict[str, Any]:
    return {"texte": line.texte, "precision": line.precision, "sous": [_line(one) for one in line.sous]}


def _read(line: dict[str, Any]) -> Ligne:
    return Ligne(line["texte"], line.get("precision", ""), tuple(_read(one) for one in line.get("sous", ())))
