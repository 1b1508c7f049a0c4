"""
The statuses of a page of objectives and actions, saved in one go.

Each field travels with the value it was shown with: only what this person changed is written, so that a
page left open never undoes what a colleague saved since.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.actions import demarches, objectifs
from clefdevoute.records.suivi.models import Demarche, Etat, Objectif

SEEN = "-vu"


@dataclass(frozen=True, slots=True)
class Refus:
    """A status that was not saved, as it was chosen, and why."""

    pk: uuid.UUID
    status: str
    reason: str
    sentence: str


def save_statuses(request: WorkRequest, one: Travailleur) -> dict[str, Refus]:
    """Save the statuses that were changed; answer those that could not be, by key."""
    typed = request.POST
    refused: dict[str, Refus] = {}
    goals = Objectif.objects.visible_to(request.actor).filter(travailleur=one)
    for goal in goals.filter(pk__in=_keys(typed, "o-")).select_related("travailleur"):
        wanted, reason = typed.get(f"o-{goal.pk}", ""), typed.get(f"o-{goal.pk}-motif", "")
        if wanted not in Etat.values or wanted == typed.get(f"o-{goal.pk}{SEEN}"):
            continue
        try:
            objectifs.change_objectif(objectif=goal, by=request.actor, now=timezone.now(), status=wanted, reason=reason)
        except RecordError as wrong:
            refused[str(goal.pk)] = Refus(goal.pk, wanted, reason, str(wrong))
    _save_ticks(request, one)
    return refused


def _save_ticks(request: WorkRequest, one: Travailleur) -> None:
    """Close the actions ticked since they were shown, take up again those that were unticked."""
    typed = request.POST
    rows = Demarche.objects.visible_to(request.actor).filter(travailleur=one, pk__in=_keys(typed, "d-"))
    for row in rows.select_related("travailleur"):
        ticked, shown = f"d-{row.pk}" in typed, typed.get(f"d-{row.pk}{SEEN}") == "1"
        if ticked and not shown and row.is_open:
            demarches.close_demarche(demarche=row, by=request.actor, now=timezone.now())
        elif shown and not ticked and not row.is_open:
            demarches.reopen_demarche(demarche=row, by=request.actor, now=timezone.now())


def _keys(typed: Any, prefix: str) -> list[uuid.UUID]:
    """Read the keys of the fields that were shown; anything else in their place is nobody's."""
    found = []
    for name in typed:
        if name.startswith(prefix) and name.endswith(SEEN):
            try:
                found.append(uuid.UUID(name.removeprefix(prefix).removesuffix(SEEN)))
            except ValueError:
                continue
    return found
