"""Impediments noted, closed by a return, corrected, withdrawn when they were a mistake."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.models import Empechement
from clefdevoute.records.entreprises.writing import amended, checked, locked, overlaps, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur

FIELDS = ("reason", "starts_on", "returns_on")
"""What an impediment says; its person never changes."""


@transaction.atomic
def noter_empechement(
    *,
    travailleur: Travailleur,
    reason: str,
    starts_on: dt.date,
    returns_on: dt.date | None = None,
    by: Actor,
    now: dt.datetime,
) -> Empechement:
    """Note that a person cannot come, with a coded reason and no medical detail."""
    policies.check_writes(by, travailleur.entreprise_id)
    row = Empechement(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        reason=reason,
        starts_on=starts_on,
        returns_on=returns_on,
        noted_at=now,
    )
    _check(row, now)
    row.save(force_insert=True)
    journal.append(event="agenda.empechement_note", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_empechement(*, empechement: Empechement, by: Actor, now: dt.datetime, **values: Any) -> Empechement:
    """Give the day of return, or correct what was noted; the journal keeps what it was."""
    row = locked(empechement)
    policies.check_changes_empechement(by, row)
    changes = amended(row, values, FIELDS)
    if not changes:
        return row
    _check(row, now)
    row.save(update_fields=list(changes))
    closing = set(changes) == {"returns_on"} and changes["returns_on"][0] is None
    journal.append(
        event="agenda.empechement_clos" if closing else "agenda.empechement_corrige",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    return row


@transaction.atomic
def retirer_empechement(*, empechement: Empechement, by: Actor, now: dt.datetime) -> Empechement:
    """Withdraw an impediment noted by mistake: it stays in the history and excuses nothing any more."""
    row = locked(empechement)
    policies.check_changes_empechement(by, row)
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    journal.append(
        event="agenda.empechement_retire",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"withdrawn_at": (None, now)},
    )
    return row


def _check(row: Empechement, now: dt.datetime) -> None:
    """Refuse an impediment to come, or that shares a day with another of the same person."""
    checked(row)
    if row.starts_on > timezone.localdate(now):
        raise refused(
            "Un empêchement se note quand il a commencé : gardez cette date pour plus tard, ou corrigez-la.",
            "starts_on",
        )
    others = Empechement.objects.of(row.entreprise_id).filter(travailleur=row.travailleur, withdrawn_at__isnull=True)
    for other in others.exclude(pk=row.pk):
        if overlaps(row.starts_on, _last(row), other.starts_on, _last(other)):
            raise refused(
                f"Un empêchement couvre déjà ces jours : {other}. Corrigez celui-là, ou changez les dates.", "starts_on"
            )


def _last(row: Empechement) -> dt.date | None:
    """Give the last day of an impediment: the eve of the return, or the first day itself."""
    return None if row.returns_on is None else max(row.starts_on, row.returns_on - dt.timedelta(days=1))
