"""The door to the rows of costs: who sees the money of which enterprise."""

from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Role


class FraisQuerySet(TenantQuerySet):
    """
    Costs: the enterprise's gestionnaire, and the inspection at the seat.

    The administration receives frozen tables and comptes individuels with the package, never these rows (A22).
    """

    inside = frozenset({Role.GESTIONNAIRE})
    outside = frozenset({Role.INSPECTION})
