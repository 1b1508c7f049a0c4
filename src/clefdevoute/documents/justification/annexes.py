"""The words of annexes 1 and 2 as the fiche prints them, read once from ``annexes.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .modele import Tableau

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Charge:
    """A type of charge of the fiche: our code, its printed name, its printed account numbers."""

    code: str
    libelle: str
    comptes: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note below a table: its mark and its words."""

    marque: str
    texte: str


@dataclass(frozen=True, slots=True)
class Champ:
    """A line of the header: which field of the enterprise, its label, how its value must begin."""

    champ: str
    etiquette: str
    debut: str = ""


@dataclass(frozen=True, slots=True)
class Annexe:
    """One annex, in the order in which it is printed."""

    annexe: str
    entete: tuple[Champ, ...]
    titre: str
    colonnes: tuple[str, ...]
    charges: tuple[Charge, ...]
    total: str
    telephones: str
    notes: tuple[Note, ...]

    def titre_de(self, *, annee: int, trimestre: int) -> str:
        """Write the title with its quarter: ``… TRIMESTRE 01/2026``."""
        return self.titre.format(t=trimestre, aa=f"{annee % 100:02d}")


@cache
def _fiche() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((ROOT / "annexes.yaml").read_text(encoding="utf-8"))
    return raw


@cache
def annexe(tableau: Tableau) -> Annexe:
    """Read the annex of a table, A or B."""
    raw = _fiche()["annexes"][tableau.value]
    return Annexe(
        annexe=raw["annexe"],
        entete=tuple(Champ(**item) for item in raw["entete"]),
        titre=raw["titre"],
        colonnes=tuple(raw["colonnes"]),
        charges=tuple(Charge(**item) for item in raw["charges"]),
        total=raw["total"],
        telephones=raw["telephones"],
        notes=tuple(Note(**item) for item in raw["notes"]),
    )


def nom_du_mois(mois: int) -> str:
    """Name a month as the fiche does, with its capital."""
    return str(_fiche()["mois"][mois - 1])
