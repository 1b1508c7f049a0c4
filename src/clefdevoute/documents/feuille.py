"""
A plain sheet in PDF/A-3a, PDF/UA-1: identity, parts, boxes to sign. What people typed is data, never markup.

The typesetter and the fonts are those of the annexes (``justification.composition``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from clefdevoute.documents.justification import texte as t
from clefdevoute.documents.justification.composition import composer
from clefdevoute.documents.justification.modele import Emission

__all__ = ["Emission", "Feuille", "Partie", "Signataire", "feuille_pdf"]


@dataclass(frozen=True, slots=True)
class Partie:
    """One titled part: paragraphs, then pairs of name and values, then points."""

    titre: str
    paragraphes: Sequence[str] = ()
    lignes: Sequence[tuple[str, Sequence[str]]] = ()
    points: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Signataire:
    """A box to sign: for whom, by whom, and the day when it is already signed."""

    partie: str
    nom: str
    fait: str = ""


@dataclass(frozen=True, slots=True)
class Feuille:
    """What a sheet says; ``pied`` stands at the left and in the middle of the foot line."""

    titre: str
    pied: tuple[str, str]
    sous_titre: str = ""
    entete: str = ""
    identite: Sequence[tuple[str, str]] = ()
    parties: Sequence[Partie] = ()
    signatures: Sequence[Signataire] = field(default_factory=tuple)
    signer: str = "Fait en autant d’exemplaires que de signataires. Date et signature :"
    note: str = ""


def feuille_pdf(feuille: Feuille, *, emission: Emission) -> bytes:
    """Set a sheet in type."""
    donnees = {
        "titre": _mot(feuille.titre),
        "sous-titre": _mot(feuille.sous_titre),
        "entete": _mot(feuille.entete),
        "identite": [
            {"etiquette": _mot(f"{nom} :"), "valeur": _mot(valeur), "code": False} for nom, valeur in feuille.identite
        ],
        "parties": [_partie(partie) for partie in feuille.parties],
        "signatures": [
            {"partie": _mot(one.partie), "nom": _mot(one.nom), "fait": _mot(one.fait)} for one in feuille.signatures
        ],
        "signer": _mot(feuille.signer),
        "note": _mot(feuille.note),
        "pied": {
            "gauche": _mot(feuille.pied[0]),
            "milieu": _mot(feuille.pied[1]),
            "droite": _mot(f"Établi le {t.jour(emission.le)} par {emission.par}"),
        },
    }
    return composer("feuille", donnees, titre=_mot(feuille.titre), emission=emission)


def _partie(partie: Partie) -> dict[str, Any]:
    return {
        "titre": _mot(partie.titre),
        "paragraphes": [_mot(line) for text in partie.paragraphes for line in text.splitlines() if line.strip()],
        "lignes": [{"nom": _mot(nom), "valeurs": [_mot(one) for one in valeurs]} for nom, valeurs in partie.lignes],
        "points": [_mot(point) for point in partie.points],
    }


def _mot(texte: str) -> str:
    return t.typographie(t.propre(texte))
