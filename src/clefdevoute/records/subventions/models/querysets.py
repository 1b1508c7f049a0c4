"""The door to the rows of subsidies: the enterprise that receives, the administration and the inspection."""

from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Role


class SubventionQuerySet(TenantQuerySet):
    """Subsidies and what was sent for them."""

    inside = frozenset({Role.GESTIONNAIRE})
    outside = frozenset({Role.ADMINISTRATION, Role.INSPECTION})


class PreparationQuerySet(TenantQuerySet):
    """What the enterprise prepares and has not sent: its gestionnaire alone, then the inspection on site."""

    inside = frozenset({Role.GESTIONNAIRE})
    outside = frozenset({Role.INSPECTION})
