"""What is recorded of a register, as an import compares it; the number of queries never grows with the persons."""

import uuid

from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.personnes.registre.apercu import Contrat, Personne, Registre, Statut


def registre(entreprise_id: uuid.UUID) -> Registre:
    """Read what is recorded of a register, in three queries."""
    persons = Travailleur.objects.of(entreprise_id).order_by("number")
    contracts = Engagement.objects.of(entreprise_id).order_by("starts_on", "id")
    statuts = StatutEngagement.objects.of(entreprise_id).order_by("id")
    return Registre(
        personnes=tuple(
            Personne(*values) for values in persons.values_list("id", "number", "name", "first_name", "birth_date")
        ),
        contrats=tuple(
            Contrat(*values)
            for values in contracts.values_list(
                "id", "travailleur_id", "starts_on", "ends_on", "hours_per_week", "contract_kind", "site"
            )
        ),
        statuts=tuple(
            Statut(*values) for values in statuts.values_list("id", "engagement_id", "statut", "verified_on")
        ),
    )
