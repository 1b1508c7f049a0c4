"""
The package to send: numbered pieces, their list with fingerprints, one ZIP; and its check.

What may leave is a closed list (A22): there is no kind for an invoice, a route sheet or a note, so no
caller can put one in. What must be there is checked before anything is written.
"""

import hashlib
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

from .archive import entree
from .modele import AnneeAgrement, Emission, Entete, PieceIncoherente, PieceListee
from .pdf_pieces import pieces_pdf

FORMAT = "clefdevoute.pieces/1"
LISTE_PDF = "00-liste-des-pieces.pdf"
LISTE_JSON = "pieces.json"
# A year's package weighs a few megabytes; beyond these bounds a file is not one of ours.
MAX_OCTETS = 200_000_000
MAX_FICHIERS = 200
# What the standard library raises on a damaged, encrypted or exotic ZIP.
_ILLISIBLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


class Genre(StrEnum):
    """The kinds of piece that may leave, in the order of the package. Invoices stay at the seat."""

    COMPTE_INDIVIDUEL = "compte_individuel"
    TABLEAU_A = "tableau_a"
    TABLEAU_B = "tableau_b"
    DECLARATION = "declaration_sur_l_honneur"
    DECOMPTE = "decompte"
    CLASSEUR_XLSX = "classeur_xlsx"
    CLASSEUR_ODS = "classeur_ods"


_TITRES = {
    Genre.COMPTE_INDIVIDUEL: "Compte individuel",
    Genre.TABLEAU_A: "Tableau A, frais de fonctionnement",
    Genre.TABLEAU_B: "Tableau B, subsidiaire",
    Genre.DECLARATION: "Déclaration sur l’honneur, à signer",
    Genre.DECOMPTE: "Décompte expliqué",
    Genre.CLASSEUR_XLSX: "Tableaux, classeur XLSX",
    Genre.CLASSEUR_ODS: "Tableaux, classeur ODS",
}
_SUFFIXES = {Genre.CLASSEUR_XLSX: "xlsx", Genre.CLASSEUR_ODS: "ods"}
_ORDRE = list(Genre)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    A piece to send. ``accompagnateur`` and ``annee_civile`` belong to comptes individuels.

    ``provisoire``: the civil year is not closed, the sheet is provisional or made of pay slips.
    ``signee``: the sworn statement is the scan of the signed original.
    """

    genre: Genre
    contenu: bytes
    accompagnateur: str = ""
    annee_civile: int | None = None
    provisoire: bool = False
    signee: bool = False

    def __post_init__(self) -> None:
        # Whatever calls us, a word outside the list is refused here and not later.
        genre = Genre(self.genre)
        if genre is Genre.COMPTE_INDIVIDUEL and not (self.accompagnateur and self.annee_civile):
            raise PieceIncoherente("Un compte individuel nomme son accompagnateur et son année civile. Complétez-les.")
        if not _est_du_genre(genre, self.contenu):
            attendu = _SUFFIXES.get(genre, "pdf").upper()
            raise PieceIncoherente(f"« {self.titre} » n’est pas un fichier {attendu}. Donnez le fichier {attendu}.")

    @property
    def titre(self) -> str:
        """Name the piece for a person."""
        if self.signee:
            return "Déclaration sur l’honneur, copie de l’original signé"
        titre = _TITRES[self.genre]
        return f"{titre} {self.annee_civile}, {self.accompagnateur}" if self.accompagnateur else titre

    @property
    def mention(self) -> str:
        """Say what the reader must know before relying on the piece."""
        return f"Provisoire : l’année {self.annee_civile} n’est pas close" if self.provisoire else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paquet:
    """The ZIP, its SHA-256, its suggested name and its pieces."""

    contenu: bytes
    sha256: str
    nom: str
    pieces: tuple[PieceListee, ...]


def _est_du_genre(genre: Genre, contenu: bytes) -> bool:
    if genre not in _SUFFIXES:
        return contenu.startswith(b"%PDF-")
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as livre:
            noms = set(livre.namelist())
    except zipfile.BadZipFile:
        return False
    return {"[Content_Types].xml", "xl/workbook.xml"} <= noms if genre is Genre.CLASSEUR_XLSX else "mimetype" in noms


def _nom_sur(texte: str) -> str:
    plain = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _exiger(pieces: Sequence[Piece], dispense_tableau: str) -> None:
    """Refuse a package that could not be examined, one sentence for the first thing that is wrong."""
    nombres = {genre: sum(1 for piece in pieces if piece.genre is genre) for genre in Genre}
    if not nombres[Genre.COMPTE_INDIVIDUEL]:
        raise PieceIncoherente("Il manque un compte individuel. Joignez celui de chaque accompagnateur.")
    for genre in (Genre.DECLARATION, Genre.DECOMPTE):
        if not nombres[genre]:
            raise PieceIncoherente(f"Il manque une pièce : {_TITRES[genre]}. Ajoutez-la.")
    for genre in Genre:
        if genre is not Genre.COMPTE_INDIVIDUEL and nombres[genre] > 1:
            raise PieceIncoherente(f"Pièce en double : {_TITRES[genre]}. Gardez-en une.")
    if not nombres[Genre.TABLEAU_A] and not dispense_tableau:
        raise PieceIncoherente("Il manque le tableau A. Ajoutez-le, ou dites pourquoi il n’en faut pas.")
    if nombres[Genre.TABLEAU_B] and not nombres[Genre.TABLEAU_A]:
        raise PieceIncoherente("Le tableau B est là sans le tableau A. Le B est subsidiaire : commencez par le A.")
    comptes = [(p.accompagnateur, p.annee_civile) for p in pieces if p.genre is Genre.COMPTE_INDIVIDUEL]
    if len(set(comptes)) != len(comptes):
        raise PieceIncoherente("Le même compte individuel est donné deux fois. Réunissez ses pages en un seul PDF.")


def _rang(piece: Piece) -> tuple[int, int, str]:
    return (_ORDRE.index(piece.genre), piece.annee_civile or 0, piece.accompagnateur)


def _listee(numero: int, piece: Piece) -> PieceListee:
    base = _nom_sur(f"{piece.genre.value} {piece.annee_civile or ''} {piece.accompagnateur}")
    return PieceListee(
        numero=numero,
        fichier=f"{numero:02d}-{base}.{_SUFFIXES.get(piece.genre, 'pdf')}",
        genre=piece.genre.value,
        titre=piece.titre,
        octets=len(piece.contenu),
        sha256=hashlib.sha256(piece.contenu).hexdigest(),
        mention=piece.mention,
    )


def _json(
    listees: Sequence[PieceListee], liste_pdf: bytes, *, entete: Entete, annee: AnneeAgrement, emission: Emission
) -> bytes:
    corps: dict[str, Any] = {
        "format": FORMAT,
        "entreprise": {"nom": entete.nom, "bce": entete.bce, "dossier": entete.dossier},
        "annee_agrement": {"du": annee.du.isoformat(), "au": annee.au.isoformat()},
        "etabli_le": emission.le.isoformat(),
        "etabli_par": emission.par,
        "liste": {"fichier": LISTE_PDF, "octets": len(liste_pdf), "sha256": hashlib.sha256(liste_pdf).hexdigest()},
        "pieces": [
            {
                "numero": piece.numero,
                "fichier": piece.fichier,
                "genre": piece.genre,
                "titre": piece.titre,
                "octets": piece.octets,
                "sha256": piece.sha256,
                "mention": piece.mention,
            }
            for piece in listees
        ],
    }
    return (json.dumps(corps, ensure_ascii=False, indent=2) + "\n").encode()


def assembler(
    pieces: Sequence[Piece],
    *,
    entete: Entete,
    annee: AnneeAgrement,
    emission: Emission,
    dispense_tableau: str = "",
) -> Paquet:
    """
    Number the pieces, write their list (PDF and JSON) and put all in one ZIP.

    ``dispense_tableau`` is the law's sentence when no table is needed (A8); it is printed in the list.
    The same pieces in any order give the same bytes.
    """
    _exiger(pieces, dispense_tableau)
    rangees = sorted(pieces, key=_rang)
    listees = tuple(_listee(n, piece) for n, piece in enumerate(rangees, 1))
    remarques = [dispense_tableau] if dispense_tableau else []
    liste = pieces_pdf(listees, entete=entete, annee=annee, emission=emission, remarques=remarques)
    index = _json(listees, liste, entete=entete, annee=annee, emission=emission)
    fichiers = [(LISTE_PDF, liste), *((p.fichier, q.contenu) for p, q in zip(listees, rangees, strict=True))]
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom, contenu in sorted([*fichiers, (LISTE_JSON, index)]):
            archive.writestr(entree(nom, emission.le), contenu)
    contenu = tampon.getvalue()
    nom = f"justification-{_nom_sur(entete.dossier or entete.nom)}-{annee.du.isoformat()}.zip"
    return Paquet(contenu=contenu, sha256=hashlib.sha256(contenu).hexdigest(), nom=nom, pieces=listees)


def _lire(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MAX_FICHIERS or sum(info.file_size for info in infos) > MAX_OCTETS:
        raise PieceIncoherente("Ce fichier est trop gros pour un paquet de justification. Vérifiez que c’est le bon.")
    noms = [info.filename for info in infos]
    if len(set(noms)) != len(noms):
        raise PieceIncoherente("Ce paquet contient deux fichiers du même nom. Reprenez la copie figée.")
    return {info.filename: archive.read(info) for info in infos}


def _attendus(index: Any) -> dict[str, str]:
    attendus = {index["liste"]["fichier"]: index["liste"]["sha256"]}
    for piece in index["pieces"]:
        Genre(piece["genre"])
        attendus[piece["fichier"]] = piece["sha256"]
    return attendus


def verifier(contenu: bytes) -> tuple[str, ...]:
    """
    Recompute the fingerprints of a package; answer what differs, in French, or nothing.

    A file that is not listed is a difference as well: nothing may be slipped in.
    """
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            fichiers = _lire(archive)
        index = json.loads(fichiers.pop(LISTE_JSON))
        attendus = _attendus(index)
    except PieceIncoherente as refus:
        return (str(refus),)
    except _ILLISIBLE:
        return ("Ce fichier n’est pas un ZIP lisible. Reprenez la copie figée.",)
    except (KeyError, ValueError, TypeError):
        return (f"La liste {LISTE_JSON} manque ou n’est pas lisible. Reprenez la copie figée.",)
    ecarts = [f"{nom} : absent du paquet." for nom in attendus if nom not in fichiers]
    ecarts += [f"{nom} : pas dans la liste des pièces." for nom in fichiers if nom not in attendus]
    ecarts += [
        f"{nom} : le contenu a changé depuis la liste."
        for nom, empreinte in attendus.items()
        if nom in fichiers and hashlib.sha256(fichiers[nom]).hexdigest() != empreinte
    ]
    return tuple(sorted(ecarts))
