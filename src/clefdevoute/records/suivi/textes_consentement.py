"""
The texts of consent: dated versions, in four languages, kept as data.

A version that was once read to a person is never edited: what she answered to stays readable for ever.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clefdevoute.law.kernel.dates import add_months
from clefdevoute.law.kernel.parameters import load_yaml

LANGUES: dict[str, str] = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}
"""The languages in which a person may read what she is asked."""


@dataclass(frozen=True, slots=True)
class Texte:
    """One version of what is asked for a purpose, in one language."""

    purpose: str
    version: str
    depuis: dt.date
    langue: str
    texte: str

    @property
    def lignes(self) -> tuple[str, ...]:
        """Give the sentences, one a line."""
        return tuple(self.texte.strip().splitlines())


@dataclass(frozen=True, slots=True)
class _Matiere:
    duree_mois: int
    versions: tuple[tuple[str, dt.date, dict[str, str]], ...]


@cache
def _matieres() -> dict[str, _Matiere]:
    raw = load_yaml(Path(__file__).with_suffix(".yaml"))
    return {
        purpose: _Matiere(
            int(found["duree_mois"]),
            tuple((row["version"], row["depuis"], {code: row[code] for code in LANGUES}) for row in found["versions"]),
        )
        for purpose, found in raw.items()
    }


def version_en_vigueur(purpose: str, on: dt.date) -> str:
    """Name the version asked on a day; before the first one, the first."""
    versions = _matieres()[purpose].versions
    begun = [version for version, since, _ in versions if since <= on]
    return begun[-1] if begun else versions[0][0]


def texte(purpose: str, version: str, langue: str) -> Texte:
    """Give the words of a version in a language; a language we do not have is read in French."""
    for name, since, words in _matieres()[purpose].versions:
        if name == version:
            return Texte(purpose, name, since, langue, words.get(langue, words["fr"]))
    raise LookupError(f"no version “{version}” of the consent “{purpose}”: it was removed, which is never allowed")


def echeance(purpose: str, given_on: dt.date) -> dt.date:
    """Give the last day on which a yes given that day holds."""
    return add_months(given_on, _matieres()[purpose].duree_mois)
