"""The door to the network: partners and conventions belong to those who accompany."""

from typing import ClassVar

from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Role


class ReseauQuerySet(TenantQuerySet):
    """Partners and conventions: the accompagnateurs of the enterprise; no other role works with them."""

    inside: ClassVar[frozenset[Role]] = frozenset({Role.ACCOMPAGNATEUR})
