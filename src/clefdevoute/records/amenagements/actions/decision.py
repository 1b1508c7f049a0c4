"""The decision of the head of the enterprise, made on the notice alone."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.amenagements import policies
from clefdevoute.records.amenagements.models import Amenagement, AvisAmenagement, DecisionAmenagement, Outcome
from clefdevoute.records.entreprises.writing import amended, checked, locked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor


@transaction.atomic
def decider(
    *,
    avis: AvisAmenagement,
    outcome: str,
    by: Actor,
    now: dt.datetime,
    reasons: str = "",
    review_on: dt.date | None = None,
) -> DecisionAmenagement:
    """Accept, accept in part or refuse a measure; the accompagnateur finds the answer among her due lines."""
    row: Amenagement = locked(Amenagement.objects.get(pk=avis.amenagement_id))
    policies.check_decides(by, avis)
    decided_on = timezone.localdate(now)
    decision = DecisionAmenagement(
        entreprise_id=avis.entreprise_id,
        avis=avis,
        outcome=outcome,
        reasons=reasons.strip() or None,
        decided_on=decided_on,
        review_on=None if outcome == Outcome.REFUSE else review_on,
        decided_by_id=by.user_id,
    )
    checked(decision).save(force_insert=True)
    values = {"decided_on": decided_on, "outcome": outcome, "review_on": decision.review_on}
    changes = amended(row, values, tuple(values))
    checked(row).save(update_fields=list(values))
    journal.append(
        event="amenagements.decision_prise",
        by=by,
        subject=decision,
        entreprise_id=avis.entreprise_id,
        now=now,
        changes=changes,
    )
    return decision
