"""Writes of the adjustments: the steps of the accompagnateur, the decision of the head, the health note."""

from clefdevoute.records.amenagements.actions.decision import decider
from clefdevoute.records.amenagements.actions.etapes import (
    analyser,
    clore,
    dire_decision,
    noter_besoin,
    remettre_avis,
    revoir,
)
from clefdevoute.records.amenagements.actions.sante import noter_sante, ouvrir_sante

__all__ = [
    "analyser",
    "clore",
    "decider",
    "dire_decision",
    "noter_besoin",
    "noter_sante",
    "ouvrir_sante",
    "remettre_avis",
    "revoir",
]
