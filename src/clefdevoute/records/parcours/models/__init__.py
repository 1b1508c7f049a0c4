"""The rows of the paths; see the modules for their reasons."""

from clefdevoute.records.parcours.models.emploi import EtapeJobcoaching, Jobcoaching
from clefdevoute.records.parcours.models.formation import (
    DemandeExpertise,
    EvaluationFormation,
    HeuresModule,
    ModuleFormation,
    PlanFormation,
)
from clefdevoute.records.parcours.models.participations import Participation, PartPrise
from clefdevoute.records.parcours.models.sans_objet import TACHES, SansObjet
from clefdevoute.records.parcours.models.validation import CompetenceEvaluee, EpreuveValidation, ValidationCompetences

__all__ = [
    "TACHES",
    "CompetenceEvaluee",
    "DemandeExpertise",
    "EpreuveValidation",
    "EtapeJobcoaching",
    "EvaluationFormation",
    "HeuresModule",
    "Jobcoaching",
    "ModuleFormation",
    "PartPrise",
    "Participation",
    "PlanFormation",
    "SansObjet",
    "ValidationCompetences",
]
