"""
The list of workers as an accompagnateur filtered it: a first sheet that says what it is, then the lines.

It holds no condition of a status, no note and no word of a dossier.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.documents.tableur import FORMATS, Cell, Feuille, ecrire

__all__ = ["FORMATS", "HEADERS", "Ligne", "Preface", "exporter"]

HEADERS = (
    "Nom",
    "Prénom",
    "Naissance",
    "Numéro",
    "Site",
    "Statut",
    "Entretien individuel dû le",
    "État de l’entretien",
    "Séance collective due le",
    "Parties du dossier complètes, sur cinq",
    "Référent",
)


@dataclass(frozen=True, slots=True)
class Preface:
    """What the first sheet says: of which enterprise, on which day, by whom, what was asked."""

    entreprise: str
    as_of: dt.date
    written: str
    author: str
    filters: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One person, column by column."""

    name: str
    first_name: str
    birth_date: dt.date | None
    number: str
    site: str
    statut: str
    due_on: dt.date | None
    due: str
    seance_on: dt.date | None
    complete: int | None
    referent: str


def exporter(preface: Preface, rows: Sequence[Ligne], extension: str) -> bytes:
    """Write the sheets in the format asked."""
    about: list[tuple[Cell, ...]] = [
        ("Liste", "Travailleurs suivis"),
        ("Entreprise", preface.entreprise),
        ("Situation au", preface.as_of),
        ("Établie le", preface.written),
        ("Par", preface.author),
        *((f"Filtre : {label}", value) for label, value in preface.filters or [("aucun", "les personnes présentes")]),
        ("Lignes", Decimal(len(rows))),
    ]
    sheets = [Feuille("À lire", (), about), Feuille("Travailleurs", HEADERS, [_cells(row) for row in rows])]
    return ecrire(sheets, extension)


def _cells(row: Ligne) -> tuple[Cell, ...]:
    return (
        row.name,
        row.first_name,
        row.birth_date,
        row.number,
        row.site,
        row.statut,
        row.due_on,
        row.due,
        row.seance_on,
        None if row.complete is None else Decimal(row.complete),
        row.referent,
    )
