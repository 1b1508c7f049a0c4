"""The addresses of the evidence: the register, the matrix, and the direction's numbers."""

from clefdevoute.records.foundation.access import Role
from tests.records.factories import EngagementFactory, TravailleurFactory
from tests.workspaces.matrix import Entry, register

ACCOMPAGNEMENT = frozenset({Role.ACCOMPAGNATEUR})


def followed(entreprise):
    """Make a TD who has been here since 2024."""
    return {"pk": EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise)).travailleur_id}


register(
    [
        Entry(name="accompagnateur:registre", roles=ACCOMPAGNEMENT),
        Entry(name="accompagnateur:obligations", roles=ACCOMPAGNEMENT),
        Entry(name="accompagnateur:obligations_personne", kwargs=followed, roles=ACCOMPAGNEMENT),
        Entry(name="gestionnaire:regularite"),
    ]
)
