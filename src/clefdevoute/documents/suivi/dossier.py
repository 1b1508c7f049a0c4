"""A dossier on paper, section by section: for the person with its words, for an audit with dates alone."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clefdevoute.documents.justification import texte as t
from clefdevoute.documents.justification.composition import composer
from clefdevoute.documents.justification.modele import Emission

_TYPST = Path(__file__).resolve().parent / "typst"


@dataclass(frozen=True, slots=True)
class Fait:
    """One line of a section: a day or a label, what it is, the words under it."""

    quand: str
    titre: str
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dossier; without lines it says so."""

    titre: str
    faits: tuple[Fait, ...] = ()
    sante: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPapier:
    """What is printed, of whom, for whom."""

    entreprise: str
    nom: str
    naissance: dt.date | None
    pour: str
    sections: tuple[Section, ...]
    absentes: tuple[str, ...] = ()


def dossier_pdf(dossier: DossierPapier, *, emission: Emission) -> bytes:
    """Set a dossier in type, with its date, who made it, and room for both signatures."""
    born = f", naissance le {t.jour(dossier.naissance)}" if dossier.naissance else ""
    donnees: dict[str, Any] = {
        "nom": t.propre(dossier.nom),
        "sous-titre": t.propre(f"{dossier.entreprise}{born}"),
        "pour": t.propre(dossier.pour),
        "etabli": t.propre(f"Établi le {t.jour_long(emission.le.date())} par {emission.par}"),
        "auteur": t.propre(emission.par),
        "sections": [_section(one) for one in dossier.sections],
        "absentes": [t.propre(one) for one in dossier.absentes],
        "pied": {
            "gauche": t.propre(dossier.entreprise),
            "milieu": t.propre(dossier.nom),
            "droite": t.propre(f"Établi le {t.jour(emission.le.date())} par {emission.par}"),
        },
    }
    titre = t.propre(f"Dossier de {dossier.nom}")
    return composer(_TYPST / "dossier.typ", donnees, titre=titre, emission=emission)


def _section(one: Section) -> dict[str, Any]:
    return {
        "titre": t.propre(one.titre),
        "sante": one.sante,
        "faits": [
            {
                "quand": t.propre(fait.quand),
                "titre": t.propre(fait.titre),
                "texte": [t.propre(line) for line in fait.texte.splitlines() if line.strip()],
            }
            for fait in one.faits
        ],
    }
