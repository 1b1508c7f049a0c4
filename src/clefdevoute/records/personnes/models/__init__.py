"""The rows of the persons; see the modules for their reasons."""

from clefdevoute.records.personnes.models.accompagnateurs import (
    Accompagnateur,
    ContratAccompagnateur,
    PeriodeExperience,
)
from clefdevoute.records.personnes.models.doublons import Homonymie, RangeeJointe
from clefdevoute.records.personnes.models.imports import ImportTravailleurs
from clefdevoute.records.personnes.models.statuts import ConditionStatut, StatutEngagement
from clefdevoute.records.personnes.models.travailleurs import Absence, Engagement, Travailleur

__all__ = [
    "Absence",
    "Accompagnateur",
    "ConditionStatut",
    "ContratAccompagnateur",
    "Engagement",
    "Homonymie",
    "ImportTravailleurs",
    "PeriodeExperience",
    "RangeeJointe",
    "StatutEngagement",
    "Travailleur",
]
