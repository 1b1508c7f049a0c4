"""The lists of the agenda that a number in the rail announces: one query each, here and nowhere else."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from clefdevoute.records.agenda.models import Courriel
from clefdevoute.records.foundation.access import Actor
from clefdevoute.workspaces.agenda import portee


def a_confirmer(actor: Actor) -> Any:
    """Give the appointments that have begun and whose outcome nobody noted, the oldest first."""
    rows = portee.rendez_vous(actor).a_confirmer(timezone.now())
    return rows.select_related("travailleur", "accompagnateur").order_by("starts_at", "id")


def en_attente(actor: Actor) -> Any:
    """Give the e-mails that have not left, the newest first."""
    return portee.courriels(actor).exclude(state=Courriel.State.PARTI).order_by("-written_at", "-id")


def a_confirmer_count(request: HttpRequest) -> int:
    """Count what is to be confirmed."""
    count: int = a_confirmer(_actor(request)).order_by().count()
    return count


def en_attente_count(request: HttpRequest) -> int:
    """Count the e-mails that wait."""
    count: int = en_attente(_actor(request)).order_by().count()
    return count


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
