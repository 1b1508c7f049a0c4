"""The components of an accompagnateur's cost, as a compte individuel and its annexes name them; no framework here."""

from enum import StrEnum


class Composant(StrEnum):
    """One component of the coût salarial (fiche 06, F, 1°); the value is stored."""

    label: str

    def __new__(cls, value: str, label: str) -> "Composant":
        """Keep the French label beside the stored word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    BRUT = "brut", "Rémunération brute"
    ONSS_PATRONAL = "onss_patronal", "Cotisations patronales ONSS"
    CHARGES_PATRONALES = "charges_patronales", "Autres charges patronales"
    PECULE_VACANCES = "pecule_vacances", "Pécule de vacances"
    PRIME_FIN_ANNEE = "prime_fin_annee", "Prime de fin d’année"
    MEDECINE_TRAVAIL = "medecine_travail", "Médecine du travail"
    ASSURANCE_LOI = "assurance_loi", "Assurance accidents du travail"
    DOMICILE_TRAVAIL = "domicile_travail", "Trajets domicile – travail"
    MISSION = "mission", "Déplacements de mission"
    AUTRES_AIDES = "autres_aides", "Autres aides sur le même emploi, à déduire"


PAR_VALEUR = {item.value: item for item in Composant}
"""Each component by its stored word."""

ANNUELS = frozenset({Composant.PECULE_VACANCES, Composant.PRIME_FIN_ANNEE})
"""Those that count on their payment date rather than at the end of their month (A6)."""
