"""Which notices wait for the head of the enterprise: one query for the list and for the count of the rail."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from clefdevoute.records.amenagements.models import AvisAmenagement, DecisionAmenagement
from clefdevoute.records.foundation.access import Actor


def waiting(actor: Actor) -> "QuerySet[AvisAmenagement]":
    """Give the notices without a decision whose adjustment is still open."""
    decided = DecisionAmenagement.objects.visible_to(actor).filter(avis_id=OuterRef("pk"))
    rows: QuerySet[AvisAmenagement] = AvisAmenagement.objects.visible_to(actor).filter(
        ~Exists(decided), amenagement__closed_on__isnull=True
    )
    return rows


def a_decider(request: HttpRequest) -> int:
    """Count the notices that wait, as the list shows them."""
    asked: Any = request
    return waiting(asked.actor).count()
