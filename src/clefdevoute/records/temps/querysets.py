"""The door to the route sheets: who sees the trips of which enterprise."""

from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Role


class TempsQuerySet(TenantQuerySet):
    """Trips: the gestionnaire and the accompagnateurs of the enterprise; a route sheet stays at the seat (A22)."""

    inside = frozenset({Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR})
