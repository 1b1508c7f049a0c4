"""The notebook of one reading: broken rules in the order found, and what later rules need to remember."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from clefdevoute.documents.factures.modele import Ligne, PieceJointe
from clefdevoute.documents.factures.refus import LectureRefusee

Noeud = dict[str, Any]
ZERO = Decimal(0)


def texte(noeud: Noeud, nom: str) -> str:
    """First child's text, empty when there is none: what the standard calls its normalised value."""
    enfants = noeud.get(nom)
    return enfants[0].get("#", "") if enfants else ""


def chemin(noeud: Noeud, *noms: str) -> Noeud:
    """Follow first children; an empty element at the first gap, so that rules need no test of their own."""
    for nom in noms:
        enfants = noeud.get(nom)
        if not enfants:
            return {}
        noeud = enfants[0]
    return noeud


def tous(noeud: Noeud, premier: str, *noms: str) -> list[Noeud]:
    """Every element at the end of the path."""
    niveau = noeud.get(premier)
    if not niveau:
        return []
    for nom in noms:
        niveau = [enfant for parent in niveau if nom in parent for enfant in parent[nom]]
    return niveau


def montant(noeud: Noeud, nom: str) -> Decimal | None:
    """First child's amount, None when absent or unreadable."""
    enfants = noeud.get(nom)
    return enfants[0].get("d") if enfants else None


class Cahier:
    """What is remembered while the file streams past: lines are gone once they close."""

    def __init__(self, *, indulgent: bool = False) -> None:
        self.indulgent = indulgent
        self.brises: dict[str, None] = {}
        self.notes: dict[str, None] = {}
        self.lignes: list[Ligne] = []
        self.racine: Noeud = {}
        self.line_count = 0
        self.somme_lignes = ZERO
        self.par_taux: defaultdict[tuple[str, Decimal | None], Decimal] = defaultdict(Decimal)
        self.par_categorie: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.categories_lignes: set[str] = set()
        self.categories_lignes_tva: set[str] = set()
        self.categories_tva: set[str] = set()
        self.remises_tva: set[tuple[str, bool]] = set()
        self.categories_remises: set[str] = set()
        self.taux_remises: set[tuple[str, Decimal | None]] = set()
        self.decimales_en_attente = 0
        self.pieces: list[PieceJointe] = []
        self.corps: list[bytes] = []
        self.payment_ids: list[str] = []
        self.moyens: set[str] = set()
        self.monnaies_tva: set[str | None] = set()
        self.pays: set[str] = set()
        self.sepa = 0
        self.echeance = False

    def brise(self, regle: str) -> None:
        """Note a broken rule once."""
        self.brises[regle] = None

    def refuse(self, code: str, detail: str) -> None:
        """Stop the reading, unless only the rules are asked (fragments of invoices in tests)."""
        if not self.indulgent:
            raise LectureRefusee(code, detail[:60])
