"""Invoices, allocation keys, recurring charges and the amounts of the comptes individuels."""

from .cles import CleRepartition, VersionCle
from .comptes import CompteIndividuel, MontantCompteIndividuel
from .factures import Facture, Fournisseur, PieceFacture
from .lignes import AnneeFigee, ChargeRecurrente, LigneFrais

__all__ = [
    "AnneeFigee",
    "ChargeRecurrente",
    "CleRepartition",
    "CompteIndividuel",
    "Facture",
    "Fournisseur",
    "LigneFrais",
    "MontantCompteIndividuel",
    "PieceFacture",
    "VersionCle",
]
