"""Every write to costs, by what it writes; each is atomic and leaves its event in the journal."""

from .charges import changer_montant_charge, creer_charge, terminer_charge
from .cles import creer_cle, fermer_cle, reviser_cle
from .comptes import deposer_compte, effacer_montant, enregistrer_montants
from .factures import (
    corriger,
    donner_montant_en_euros,
    ecarter,
    lier_note_credit,
    marquer_autre_subvention,
    reprendre,
    resoudre_conflit,
)
from .imputations import imputer, parts_proposees, retirer_imputation
from .reception import Issue, Reception, recevoir

__all__ = [
    "Issue",
    "Reception",
    "changer_montant_charge",
    "corriger",
    "creer_charge",
    "creer_cle",
    "deposer_compte",
    "donner_montant_en_euros",
    "ecarter",
    "effacer_montant",
    "enregistrer_montants",
    "fermer_cle",
    "imputer",
    "lier_note_credit",
    "marquer_autre_subvention",
    "parts_proposees",
    "recevoir",
    "reprendre",
    "resoudre_conflit",
    "retirer_imputation",
    "reviser_cle",
    "terminer_charge",
]
