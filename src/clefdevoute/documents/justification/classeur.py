"""
The sheets as a grid of cells a person can go on editing: one description, written as XLSX and as ODS.

Formulas are described, not spelled, so that both writers say the same thing in their own grammar;
each carries the value given, so that a reader which does not compute shows it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from . import texte as t
from .annexes import annexe, nom_du_mois
from .modele import CENT, Depense, Entete, Feuille, LigneMois, PieceIncoherente, TypeCharge
from .pdf import borne

LARGEURS = (34, 22, 26, 14, 14, 20)
DERNIERE = 5


class Style(StrEnum):
    """How a cell looks; both writers know each."""

    SIMPLE = "simple"
    TITRE = "titre"
    FORT = "fort"
    COLONNE = "colonne"
    CHARGE = "charge"
    TEXTE = "texte"
    HORS = "hors"
    MONTANT = "montant"
    SOMME = "somme"
    CLE = "cle"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Produit:
    """Amount times key, rounded to the cent; empty as long as one of the two is."""

    rangee: int


@dataclass(frozen=True, slots=True)
class SousTotal:
    """The sum of a column between two rows, without the sums already inside."""

    colonne: int
    de: int
    a: int


@dataclass(frozen=True, slots=True)
class Renvoi:
    """The cell of another sheet."""

    feuille: str
    colonne: int
    rangee: int


@dataclass(frozen=True, slots=True)
class Addition:
    """The sum of a few cells of one column of this sheet."""

    colonne: int
    rangees: tuple[int, ...]


Formule = Produit | SousTotal | Renvoi | Addition


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell: text, number, or formula with its known value (None: shown empty)."""

    valeur: str | Decimal | None = None
    style: Style = Style.SIMPLE
    formule: Formule | None = None


@dataclass(slots=True)
class Onglet:
    """A sheet of cells; rows count from 0. ``fusions`` are rows whose first cell spans all columns."""

    nom: str
    rangees: list[list[Cellule]] = field(default_factory=list)
    fusions: set[int] = field(default_factory=set)
    entete: int = 0

    def ajouter(self, *cellules: Cellule, fusion: bool = False) -> int:
        """Add a row and return its index."""
        if fusion:
            self.fusions.add(len(self.rangees))
        self.rangees.append(list(cellules))
        return len(self.rangees) - 1


@dataclass(frozen=True, slots=True)
class Classeur:
    """The workbook: its title and its sheets."""

    titre: str
    onglets: tuple[Onglet, ...]


def _texte(valeur: str, style: Style = Style.TEXTE) -> Cellule:
    return Cellule(t.propre(valeur), style)


def _dedie(depense: Depense, rangee: int) -> Cellule:
    """Offer the live product when it gives the amount decided, else the amount itself."""
    calcule = (depense.montant * depense.cle).quantize(CENT, ROUND_HALF_UP)
    return Cellule(depense.dedie, Style.MONTANT, Produit(rangee) if calcule == depense.dedie else None)


def _mois_vide(onglet: Onglet, nom: str) -> None:
    rangee = len(onglet.rangees)
    vides = (Cellule("", Style.TEXTE), Cellule("", Style.TEXTE), Cellule(None, Style.MONTANT), Cellule(None, Style.CLE))
    onglet.ajouter(_texte(nom), *vides, Cellule(None, Style.MONTANT, Produit(rangee)))


def _mois(onglet: Onglet, ligne: LigneMois) -> None:
    nom = nom_du_mois(ligne.mois)
    if ligne.hors_annee:
        vides = [Cellule("", Style.HORS) for _ in range(3)]
        onglet.ajouter(_texte(nom, Style.HORS), Cellule("", Style.HORS), _texte("hors année"), *vides)
        return
    nom = f"{nom} ({borne(ligne)})" if borne(ligne) else nom
    if not ligne.depenses:
        _mois_vide(onglet, nom)
        return
    premiere = len(onglet.rangees)
    for n, depense in enumerate(ligne.depenses):
        onglet.ajouter(
            _texte(nom if n == 0 else ""),
            Cellule("", Style.TEXTE),
            _texte(depense.piece),
            Cellule(depense.montant, Style.MONTANT),
            Cellule(depense.cle, Style.CLE),
            _dedie(depense, premiere + n),
        )
    if len(ligne.depenses) > 1:
        derniere = len(onglet.rangees) - 1
        onglet.ajouter(
            Cellule("", Style.TEXTE),
            Cellule("", Style.TEXTE),
            _texte(f"Somme, {nom_du_mois(ligne.mois).lower()}", Style.FORT),
            Cellule(ligne.montant, Style.SOMME, SousTotal(3, premiere, derniere)),
            Cellule("", Style.TEXTE),
            Cellule(ligne.dedie, Style.SOMME, SousTotal(5, premiere, derniere)),
        )


def _charge(onglet: Onglet, charge: TypeCharge) -> None:
    libelle = f"{t.typographie(charge.libelle)} (ligne ajoutée)" if charge.ajoutee else t.typographie(charge.libelle)
    premier, second = charge.comptes_imprimes
    comptes = f"{premier} (compte EI : {second})" if second else premier
    vides = [Cellule("", Style.CHARGE) for _ in range(4)]
    onglet.ajouter(_texte(libelle, Style.CHARGE), _texte(comptes, Style.CHARGE), *vides)
    for ligne in charge.mois:
        _mois(onglet, ligne)


def _identite(onglet: Onglet, entete: Entete) -> None:
    for etiquette, valeur in (
        ("ENTREPRISE (NOM) :", entete.nom),
        ("N° BCE :", entete.bce),
        ("N° DOSSIER :", entete.dossier),
    ):
        onglet.ajouter(_texte(etiquette, Style.SIMPLE), _texte(valeur, Style.FORT))


def _onglet(feuille: Feuille) -> tuple[Onglet, int]:
    form = annexe(feuille.tableau)
    onglet = Onglet(feuille.nom)
    onglet.ajouter(_texte(form.annexe, Style.FORT))
    if form.entete:
        _identite(onglet, feuille.entete)
    onglet.ajouter()
    titre = t.typographie(form.titre_de(annee=feuille.annee, trimestre=feuille.trimestre))
    onglet.ajouter(_texte(titre, Style.TITRE), fusion=True)
    onglet.entete = onglet.ajouter(*(_texte(t.typographie(c), Style.COLONNE) for c in form.colonnes))
    for charge in feuille.charges:
        _charge(onglet, charge)
    somme = SousTotal(DERNIERE, onglet.entete + 1, len(onglet.rangees) - 1)
    vides = [Cellule() for _ in range(4)]
    total = onglet.ajouter(*vides, _texte(form.total, Style.FORT), Cellule(feuille.total, Style.SOMME, somme))
    onglet.ajouter()
    if form.telephones:
        onglet.ajouter(_texte(t.typographie(form.telephones), Style.SIMPLE))
        onglet.ajouter(_texte(" · ".join(feuille.telephones), Style.FORT))
        onglet.ajouter()
    for note in form.notes:
        onglet.ajouter(_texte(f"{note.marque} {t.typographie(note.texte)}", Style.NOTE), fusion=True)
    return onglet, total


def _annee(feuilles: Sequence[Feuille], totaux: Sequence[int]) -> Onglet:
    """Gather the totals of all sheets, by table and in all."""
    onglet = Onglet("Année")
    onglet.ajouter(_texte("Frais de fonctionnement de l’année d’agrément", Style.FORT))
    _identite(onglet, feuilles[0].entete)
    onglet.ajouter()
    onglet.entete = onglet.ajouter(_texte("Feuille", Style.COLONNE), _texte("Montant dédié", Style.COLONNE))
    sommes: list[int] = []
    for lettre in sorted({f.tableau.value for f in feuilles}):
        siennes = [(f, rangee) for f, rangee in zip(feuilles, totaux, strict=True) if f.tableau.value == lettre]
        premiere = len(onglet.rangees)
        for feuille, rangee in siennes:
            renvoi = Renvoi(feuille.nom, DERNIERE, rangee)
            onglet.ajouter(_texte(f"Tableau {feuille.nom}"), Cellule(feuille.total, Style.MONTANT, renvoi))
        somme = sum((f.total for f, _ in siennes), Decimal("0.00"))
        formule = SousTotal(1, premiere, len(onglet.rangees) - 1)
        sommes.append(onglet.ajouter(_texte(f"Tableau {lettre}", Style.FORT), Cellule(somme, Style.SOMME, formule)))
    tout = sum((f.total for f in feuilles), Decimal("0.00"))
    onglet.ajouter(_texte("TOTAL", Style.FORT), Cellule(tout, Style.SOMME, Addition(1, tuple(sommes))))
    return onglet


def classeur(feuilles: Sequence[Feuille]) -> Classeur:
    """Describe the workbook: one sheet a quarter, then the year."""
    if not feuilles:
        raise PieceIncoherente("Aucune feuille à écrire dans le classeur. Donnez au moins un trimestre.")
    if len({feuille.nom for feuille in feuilles}) != len(feuilles):
        raise PieceIncoherente("Deux feuilles ont le même tableau et le même trimestre. Réunissez leurs factures.")
    onglets, totaux = zip(*(_onglet(feuille) for feuille in feuilles), strict=True)
    titre = t.propre(f"Frais de fonctionnement – {feuilles[0].entete.nom}")
    return Classeur(titre, (*onglets, _annee(feuilles, totaux)))


def lettre(colonne: int) -> str:
    """Name a column: 0 is A."""
    return "ABCDEF"[colonne]


def decimales_de_cle(valeur: Decimal | None) -> int:
    """Count the decimals a key shows as a percentage: 0, 2 or 4."""
    if valeur is None:
        return 0
    chiffres = -int((valeur * 100).normalize().as_tuple().exponent)
    return 0 if chiffres <= 0 else 2 if chiffres <= 2 else 4
