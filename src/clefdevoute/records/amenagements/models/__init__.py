"""The rows of an adjustment, by wall: the accompagnateur's, what crosses, the health compartment."""

from clefdevoute.records.amenagements.models.amenagement import Amenagement, Outcome, RevueAmenagement
from clefdevoute.records.amenagements.models.avis import AvisAmenagement, DecisionAmenagement, TexteAvis, digest
from clefdevoute.records.amenagements.models.sante import DiagnosticAmenagement

__all__ = [
    "Amenagement",
    "AvisAmenagement",
    "DecisionAmenagement",
    "DiagnosticAmenagement",
    "Outcome",
    "RevueAmenagement",
    "TexteAvis",
    "digest",
]
