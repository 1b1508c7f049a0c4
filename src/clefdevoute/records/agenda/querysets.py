"""The door to the agenda: who sees which appointment of which enterprise."""

import datetime as dt
from typing import Self

from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role


class AgendaQuerySet(TenantQuerySet):
    """Appointments: accompagnateurs and secretariat; the gestionnaire has their dates through facts alone."""

    inside = frozenset({Role.ACCOMPAGNATEUR, Role.SECRETARIAT})


class MomentQuerySet(AgendaQuerySet):
    """Rows that stand at a moment and are planned until somebody says how they went."""

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Keep what begins from ``start`` on and before ``end``."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def a_confirmer(self, now: dt.datetime) -> Self:
        """Keep what has begun and of which nobody said how it went."""
        return self.filter(status="planifie", starts_at__lt=now)


class FluxQuerySet(TenantQuerySet):
    """Calendar feeds: each accompagnateur her own, nobody else any."""

    inside = frozenset({Role.ACCOMPAGNATEUR})

    def visible_to(self, actor: Actor) -> Self:
        """Keep the feeds of the accompagnateur who asks."""
        return super().visible_to(actor).filter(accompagnateur__user_id=actor.user_id)
