"""The one door to rows that belong to an enterprise: a queryset that asks who looks."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models

from clefdevoute.records.foundation.access import Actor, Role

INSIDE = frozenset({Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR, Role.SECRETARIAT})
OUTSIDE = frozenset({Role.ADMINISTRATION, Role.INSPECTION})


class TenantQuerySet(models.QuerySet[Any]):
    """
    Rows of one enterprise; a subclass names the roles that may see them, nobody else sees anything.

    ``inside`` roles see the rows of their own enterprise, ``outside`` roles those of every enterprise.
    The default is the narrowest: the gestionnaire of the enterprise.
    """

    inside: ClassVar[frozenset[Role]] = frozenset({Role.GESTIONNAIRE})
    outside: ClassVar[frozenset[Role]] = frozenset()

    def of(self, entreprise_id: uuid.UUID) -> Self:
        """Keep one enterprise's rows, for the facts of the law, which have no actor."""
        return self.filter(entreprise_id=entreprise_id)

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this actor may see; a stranger gets nothing, so a page answers 404."""
        if actor.role in self.outside:
            return self.all()
        if actor.role in self.inside and actor.entreprise_id is not None:
            return self.filter(entreprise_id=actor.entreprise_id)
        return self.none()


class SharedTenantQuerySet(TenantQuerySet):
    """Rows that the whole team of the enterprise, the administration and the inspection may see."""

    inside = INSIDE
    outside = OUTSIDE


class TeamQuerySet(TenantQuerySet):
    """Rows about persons: the team of the enterprise only; the others see counts, never names."""

    inside = INSIDE
