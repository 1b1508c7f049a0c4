"""The tables of this domain: partners, CPAS conventions, what goes to the Forem."""

from clefdevoute.records.reseau.models.conventions import ConventionCpas, ConventionPersonne, RapportCpas, Signature
from clefdevoute.records.reseau.models.forem import ProfilForem, RechercheEmploi, SuiteForem, TransmissionForem
from clefdevoute.records.reseau.models.partenaires import Contact, Partenaire

__all__ = [
    "Contact",
    "ConventionCpas",
    "ConventionPersonne",
    "Partenaire",
    "ProfilForem",
    "RapportCpas",
    "RechercheEmploi",
    "Signature",
    "SuiteForem",
    "TransmissionForem",
]
