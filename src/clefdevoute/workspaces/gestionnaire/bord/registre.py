"""Whether the register is in order: dates and counts of rows, no content."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Engagement, StatutEngagement


@dataclass(frozen=True, slots=True)
class Ordre:
    """Contracts of a day: how many, how many with a frozen status, how many with their conditions checked."""

    contrats: int
    figes: int
    cibles: int
    verifies: int

    @property
    def sans_statut(self) -> int:
        """Contracts whose status is still to freeze."""
        return self.contrats - self.figes

    @property
    def a_verifier(self) -> int:
        """TD and TGD whose conditions nobody has checked yet."""
        return self.cibles - self.verifies


def ordre(actor: Actor, day: dt.date) -> Ordre:
    """Count the contracts of a day by the state of their status, in one query."""
    running = Engagement.objects.visible_to(actor).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    )
    mine = StatutEngagement.objects.visible_to(actor).filter(engagement=OuterRef("pk"))
    target = mine.filter(statut__in=["td", "tgd"])
    counts = running.aggregate(
        contrats=Count("pk"),
        figes=Count("pk", filter=Exists(mine)),
        cibles=Count("pk", filter=Exists(target)),
        verifies=Count("pk", filter=Exists(target.filter(verified_on__isnull=False))),
    )
    return Ordre(**counts)
