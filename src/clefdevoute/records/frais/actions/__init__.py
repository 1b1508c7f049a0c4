"""Every write to costs, by what it writes; each is atomic and leaves its event in the journal."""

from .charges import changer_montant_charge, creer_charge, terminer_charge
from .cles import creer_cle, fermer_cle, reviser_cle
from .comptes import deposer_compte, effacer_montant, enregistrer_grille, enregistrer_montants
from .depots import deposer_facture, deposer_refus, joindre_fichier, laisser_fichier, ouvrir_depot
from .factures import (
    corriger,
    donner_montant_en_euros,
    ecarter,
    lier_note_credit,
    marquer_autre_subvention,
    reprendre,
    resoudre_conflit,
)
from .imports_comptes import annuler_import, appliquer_import, deposer_import
from .imputations import imputer, parts_proposees, retirer_imputation
from .reception import Issue, Reception, recevoir

__all__ = [
    "Issue",
    "Reception",
    "annuler_import",
    "appliquer_import",
    "changer_montant_charge",
    "corriger",
    "creer_charge",
    "creer_cle",
    "deposer_compte",
    "deposer_facture",
    "deposer_import",
    "deposer_refus",
    "donner_montant_en_euros",
    "ecarter",
    "effacer_montant",
    "enregistrer_grille",
    "enregistrer_montants",
    "fermer_cle",
    "imputer",
    "joindre_fichier",
    "laisser_fichier",
    "lier_note_credit",
    "marquer_autre_subvention",
    "ouvrir_depot",
    "parts_proposees",
    "recevoir",
    "reprendre",
    "resoudre_conflit",
    "retirer_imputation",
    "reviser_cle",
    "terminer_charge",
]
