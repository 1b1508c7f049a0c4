"""The rows of an enterprise; see the modules for their reasons."""

from clefdevoute.records.entreprises.models.affectations import Affectation
from clefdevoute.records.entreprises.models.agrements import (
    Agrement,
    CompteLigne,
    Lecture,
    PartTvaDeductible,
    Suspension,
)
from clefdevoute.records.entreprises.models.entreprise import (
    ROLES_OF_ENTREPRISE,
    AppendOnlyTenantModel,
    EntrepriseInsertion,
    TenantModel,
)

__all__ = [
    "ROLES_OF_ENTREPRISE",
    "Affectation",
    "Agrement",
    "AppendOnlyTenantModel",
    "CompteLigne",
    "EntrepriseInsertion",
    "Lecture",
    "PartTvaDeductible",
    "Suspension",
    "TenantModel",
]
