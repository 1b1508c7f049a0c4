"""Invoices, allocation keys, recurring charges and the amounts of the comptes individuels."""

from .cles import CleRepartition, VersionCle
from .comptes import CompteIndividuel, MontantCompteIndividuel
from .depots import Depot, FichierDepose, ImportComptes
from .factures import Facture, Fournisseur, PieceFacture
from .lignes import AnneeFigee, ChargeRecurrente, LigneFrais

__all__ = [
    "AnneeFigee",
    "ChargeRecurrente",
    "CleRepartition",
    "CompteIndividuel",
    "Depot",
    "Facture",
    "FichierDepose",
    "Fournisseur",
    "ImportComptes",
    "LigneFrais",
    "MontantCompteIndividuel",
    "PieceFacture",
    "VersionCle",
]
