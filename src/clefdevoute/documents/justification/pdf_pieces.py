"""The list of pieces with their SHA-256, and the receipt of a package."""

from collections.abc import Sequence
from typing import Any

from . import texte as t
from .annexes import annexe
from .composition import composer
from .modele import Accuse, AnneeAgrement, Emission, Entete, PieceListee, Tableau
from .pdf import identite, pied


def _pieces(pieces: Sequence[PieceListee]) -> list[dict[str, Any]]:
    return [
        {
            "numero": f"{piece.numero:02d}",
            "titre": t.propre(piece.titre),
            "mention": t.propre(piece.mention),
            "fichier": t.morceaux(piece.fichier),
            "taille": t.octets(piece.octets),
            "empreinte": t.taillee(piece.sha256),
        }
        for piece in pieces
    ]


def _annee(annee: AnneeAgrement) -> str:
    return f"Année d’agrément du {t.jour_long(annee.du)} au {t.jour_long(annee.au)}"


def pieces_pdf(
    pieces: Sequence[PieceListee],
    *,
    entete: Entete,
    annee: AnneeAgrement,
    emission: Emission,
    remarques: Sequence[str] = (),
) -> bytes:
    """Set in type the list of pieces of a package, each with its fingerprint."""
    donnees = {
        "titre": "Liste des pièces",
        "sous-titre": f"Justification de l’accompagnement social. {_annee(annee)}",
        "entete": identite(annexe(Tableau.A), entete),
        "ouverture": (
            "Ce paquet contient les pièces ci-dessous, dans cet ordre. Les factures et les feuilles de route restent "
            "au siège de l’entreprise, à la disposition de l’inspection."
        ),
        "paquet": [],
        "alineas": [t.propre(remarque) for remarque in remarques],
        "table-titre": "Pièces",
        "pieces": _pieces(pieces),
        "note": (
            "L’empreinte SHA-256 change si un seul caractère du fichier change. La même liste, lisible par une "
            "machine, est dans le fichier pieces.json."
        ),
        "pied": pied(entete, "Liste des pièces", emission),
    }
    return composer("pieces", donnees, titre=t.propre(f"Liste des pièces – {entete.nom}"), emission=emission)


def _ligne(nom: str, valeur: str | list[str], *, code: bool = False) -> dict[str, Any]:
    return {"nom": nom, "valeur": [valeur] if isinstance(valeur, str) else valeur, "code": code}


def accuse_pdf(accuse: Accuse, *, emission: Emission) -> bytes:
    """Set in type the receipt: which file, of which fingerprint, was made out, when, by whom."""
    le = emission.le
    paquet = [
        _ligne("Fichier", t.morceaux(accuse.fichier), code=True),
        _ligne("Taille", t.octets(accuse.octets)),
        _ligne("Empreinte SHA-256", [" ".join(t.taillee(accuse.sha256))], code=True),
        _ligne("Produit", t.propre(f"le {t.jour(le)} à {le:%H:%M}, par {emission.par}")),
    ]
    if accuse.envoi:
        paquet.append(_ligne("Envoi", t.propre(accuse.envoi)))
    donnees = {
        "titre": "Accusé de production",
        "sous-titre": f"Paquet de justification. {_annee(accuse.annee)}",
        "entete": identite(annexe(Tableau.A), accuse.entete),
        "ouverture": (
            "Clef de voûte a produit ce paquet et en garde une copie figée. Cet accusé n’est pas celui de "
            "l’administration."
        ),
        "paquet": paquet,
        "alineas": [t.propre(f"Reste à faire : {reste}") for reste in accuse.reste_a_faire],
        "table-titre": "Pièces du paquet",
        "pieces": _pieces(accuse.pieces),
        "note": "",
        "pied": pied(accuse.entete, "Accusé de production", emission),
    }
    return composer("pieces", donnees, titre=t.propre(f"Accusé – {accuse.entete.nom}"), emission=emission)
