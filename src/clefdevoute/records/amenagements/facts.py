"""What the adjustments prove (task 10), and where each one stands; bounded queries whatever the persons."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from clefdevoute.records.amenagements.models import Amenagement, Outcome, RevueAmenagement

TASK = 10
ANALYSE_DAYS, AVIS_DAYS, DECISION_DAYS, DIRE_DAYS = 30, 14, 30, 7
"""Days that each step may take before it is late (our choices: no text gives any)."""
Preuve = tuple[int, dt.date, str, uuid.UUID]


class Step(StrEnum):
    """The step that is next; the value is the word of the page's address."""

    ANALYSE = "analyse"
    AVIS = "avis"
    DECISION = "decision"
    DIRE = "dire"
    REVUE = "revue"
    CLOS = "clos"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an adjustment stands: the next step, since when, and who must move."""

    step: Step
    since: dt.date
    direction: bool = False


def stand(row: Amenagement) -> Stand:
    """Say which of the five steps is next, from the dates alone."""
    if row.closed_on is not None:
        return Stand(Step.CLOS, row.closed_on)
    if row.analysed_on is None:
        return Stand(Step.ANALYSE, row.need_on)
    if row.notified_on is None:
        return Stand(Step.AVIS, row.analysed_on)
    if row.decided_on is None:
        return Stand(Step.DECISION, row.notified_on, direction=True)
    if row.told_on is None:
        return Stand(Step.DIRE, row.decided_on)
    return Stand(Step.REVUE, row.told_on)


def due(row: Amenagement) -> dt.date | None:
    """Say by when the next step should be done; a closed adjustment waits for nothing."""
    now = stand(row)
    days = {Step.ANALYSE: ANALYSE_DAYS, Step.AVIS: AVIS_DAYS, Step.DECISION: DECISION_DAYS, Step.DIRE: DIRE_DAYS}
    if now.step is Step.REVUE:
        return row.review_on
    return now.since + dt.timedelta(days=days[now.step]) if now.step in days else None


def in_place(row: Amenagement) -> bool:
    """Tell whether the measure was accepted, in whole or in part, and still holds."""
    return row.closed_on is None and row.outcome in {Outcome.ACCEPTE, Outcome.PARTIEL}


def preuves_amenagements(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[Preuve]]:
    """Give the analyses, the notices and the reviews of a stretch of days, in two queries; dates only."""
    found: dict[uuid.UUID, list[Preuve]] = defaultdict(list)
    rows = Amenagement.objects.of(entreprise_id).filter(travailleur_id__in=travailleur_ids).order_by()
    for pk, person, *days in rows.values_list("pk", "travailleur_id", "analysed_on", "notified_on"):
        found[person] += [
            (TASK, day, "amenagements.amenagement", pk) for day in days if day is not None and start <= day <= end
        ]
    seen = RevueAmenagement.objects.of(entreprise_id).filter(
        travailleur_id__in=travailleur_ids, held_on__range=(start, end)
    )
    for pk, person, day in seen.order_by().values_list("amenagement_id", "travailleur_id", "held_on"):
        found[person].append((TASK, day, "amenagements.amenagement", pk))
    return {person: sorted(proofs, key=lambda one: one[1]) for person, proofs in found.items() if proofs}
