"""
What is printed, as frozen values: the one door by which records and law reach the paper.

Amounts come decided (rounded to the cent, capped, signed). The only arithmetic here is the addition
a reader does with a finger on the column. What contradicts itself is refused with a sentence.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


class PieceIncoherente(ValueError):
    """What was given contradicts itself; the message is French and says what to do."""


class Tableau(StrEnum):
    """The two tables of the fiche."""

    A = "A"
    B = "B"


def _au_cent(montant: Decimal, quoi: str) -> None:
    if not montant.is_finite() or montant != montant.quantize(CENT):
        raise PieceIncoherente(f"{quoi} : {montant} n’est pas un montant au cent. Arrondissez-le avant de l’imprimer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entete:
    """Who justifies: name, enterprise number, file number."""

    nom: str
    bce: str
    dossier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Depense:
    """
    One invoice or credit note of a month.

    A credit note's amounts are negative. ``cle`` is a ratio (0.15 for 15 %); ``dedie`` is given,
    never recomputed for the paper.
    """

    piece: str
    montant: Decimal
    cle: Decimal
    dedie: Decimal

    def __post_init__(self) -> None:
        _au_cent(self.montant, f"Facture « {self.piece} »")
        _au_cent(self.dedie, f"Facture « {self.piece} », montant dédié")
        if not Decimal(0) <= self.cle <= Decimal(1):
            raise PieceIncoherente(
                f"Facture « {self.piece} » : la clé {self.cle} n’est pas entre 0 et 1. Écrivez 0.15 pour 15 %."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneMois:
    """
    A month row. ``hors_annee``: wholly outside the agrément year, struck on the paper.

    ``du`` and ``au`` bound a month that the agrément year cuts (from the 15th, until the 14th).
    """

    mois: int
    depenses: tuple[Depense, ...] = ()
    hors_annee: bool = False
    du: dt.date | None = None
    au: dt.date | None = None

    def __post_init__(self) -> None:
        if self.hors_annee and self.depenses:
            raise PieceIncoherente(
                f"Le mois {self.mois} est hors de l’année d’agrément et porte des factures "
                f"({', '.join(d.piece for d in self.depenses)}). Retirez-les ou changez leur date."
            )

    @property
    def montant(self) -> Decimal:
        """Add the amounts of the month's invoices."""
        return sum((d.montant for d in self.depenses), ZERO)

    @property
    def dedie(self) -> Decimal:
        """Add the dedicated amounts of the month's invoices."""
        return sum((d.dedie for d in self.depenses), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCharge:
    """
    A type of charge with its three months.

    ``comptes`` are the fiche's numbers; ``comptes_propres`` the enterprise's own, printed beside
    them, or alone when ``remplace``. ``ajoutee`` marks a row the fiche does not have (A14).
    """

    code: str
    libelle: str
    comptes: str
    mois: tuple[LigneMois, LigneMois, LigneMois]
    comptes_propres: str = ""
    remplace: bool = False
    ajoutee: bool = False

    @property
    def comptes_imprimes(self) -> tuple[str, str]:
        """Name the account in the first place and the enterprise's own beside it, if both are printed."""
        if self.comptes_propres and (self.remplace or not self.comptes):
            return self.comptes_propres, ""
        return self.comptes, self.comptes_propres


@dataclass(frozen=True, slots=True, kw_only=True)
class Feuille:
    """One sheet: a table, a civil quarter, its types of charge in the order of the fiche."""

    tableau: Tableau
    entete: Entete
    annee: int
    trimestre: int
    charges: tuple[TypeCharge, ...]
    telephones: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        attendus = [3 * self.trimestre - 2, 3 * self.trimestre - 1, 3 * self.trimestre]
        for charge in self.charges:
            if [ligne.mois for ligne in charge.mois] != attendus:
                raise PieceIncoherente(
                    f"« {charge.libelle} » n’a pas les trois mois du trimestre {self.trimestre} ({attendus})."
                )

    @property
    def total(self) -> Decimal:
        """Add the dedicated amounts: the figure beside TOTAL."""
        return sum((ligne.dedie for charge in self.charges for ligne in charge.mois), ZERO)

    @property
    def nom(self) -> str:
        """Name the sheet in a few characters: ``A T1 2026``."""
        return f"{self.tableau.value} T{self.trimestre} {self.annee}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emission:
    """When and by whom a piece is made out. The clock is the caller's."""

    le: dt.datetime
    par: str

    def __post_init__(self) -> None:
        if self.le.tzinfo is None:
            raise PieceIncoherente("La date d’établissement n’a pas de fuseau horaire. Donnez une date avec fuseau.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnneeAgrement:
    """The bounds of the agrément year, both days included."""

    du: dt.date
    au: dt.date

    def __post_init__(self) -> None:
        if self.au < self.du:
            raise PieceIncoherente("L’année d’agrément finit avant de commencer. Corrigez ses deux dates.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AideDeMinimis:
    """One de minimis aid the enterprise declares: the day it was granted, by whom, under which text, how much."""

    le: dt.date
    autorite: str
    base: str
    montant: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeMinimis:
    """The ceiling that applies, its window, and the aids counted; figures are the law floor's."""

    reglement: str
    plafond: Decimal
    fenetre: str
    aides: tuple[AideDeMinimis, ...]
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the sworn statement says; places for signature, date, name and quality are always printed."""

    entete: Entete
    annee: AnneeAgrement
    accompagnateurs: tuple[str, ...]
    subvention: Decimal
    cout_salarial: Decimal
    frais_tableau_a: Decimal
    frais_tableau_b: Decimal | None
    frais_retenus: Decimal
    total_justifie: Decimal
    de_minimis: DeMinimis | None = None
    autres_aides: tuple[str, ...] = ()
    signataire: str = ""
    qualite: str = ""
    lieu: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceListee:
    """A piece as the list names it: number, file, kind, title, size and SHA-256."""

    numero: int
    fichier: str
    genre: str
    titre: str
    octets: int
    sha256: str
    mention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuse:
    """What the receipt certifies: a file of this name, size and SHA-256 was produced, and how it left."""

    entete: Entete
    annee: AnneeAgrement
    fichier: str
    octets: int
    sha256: str
    pieces: tuple[PieceListee, ...]
    envoi: str = ""
    reste_a_faire: tuple[str, ...] = field(default=())
