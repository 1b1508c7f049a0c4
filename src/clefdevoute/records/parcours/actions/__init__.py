"""Writes of the paths: training, employment, validation, and what is without object."""

from clefdevoute.records.parcours.actions.emploi import (
    ajouter_etape,
    clore_jobcoaching,
    noter_issue,
    ouvrir_jobcoaching,
    viser,
)
from clefdevoute.records.parcours.actions.formation import (
    ajouter_module,
    demander_expertise,
    evaluer_plan,
    modifier_module,
    noter_heures,
    noter_reponse,
    ouvrir_plan,
)
from clefdevoute.records.parcours.actions.sans_objet import lever_sans_objet, noter_sans_objet
from clefdevoute.records.parcours.actions.validation import (
    clore_validation,
    evaluer_competences,
    fixer_epreuve,
    guider,
    informer,
    inscrire,
    noter_interet,
    noter_resultat,
)

__all__ = [
    "ajouter_etape",
    "ajouter_module",
    "clore_jobcoaching",
    "clore_validation",
    "demander_expertise",
    "evaluer_competences",
    "evaluer_plan",
    "fixer_epreuve",
    "guider",
    "informer",
    "inscrire",
    "lever_sans_objet",
    "modifier_module",
    "noter_heures",
    "noter_interet",
    "noter_issue",
    "noter_reponse",
    "noter_resultat",
    "noter_sans_objet",
    "ouvrir_jobcoaching",
    "ouvrir_plan",
    "viser",
]
