"""How long and where an appointment really was, once it is known; its day is a matter of postponing."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied

FIELDS = ("starts_at", "duration_min", "place")


@transaction.atomic
def preciser_rendez_vous(
    *, rendez_vous: RendezVous, starts_at: dt.datetime, duration_min: int, place: str, by: Actor, now: dt.datetime
) -> RendezVous:
    """Correct the hour, the length and the place of an appointment held or to come, on the same day."""
    row = locked(rendez_vous)
    policies.check_writes(by, row.entreprise_id)
    if row.status not in (RendezVous.Status.PLANIFIE, RendezVous.Status.REALISE):
        raise AccessDenied(f"Ce rendez-vous est {row.get_status_display().lower()} : son heure ne se précise plus.")
    if timezone.localdate(starts_at) != row.day:
        raise refused("Un autre jour est un report : reportez ce rendez-vous.", "starts_at")
    values = {"starts_at": starts_at, "duration_min": duration_min, "place": place.strip()}
    changes = amended(row, values, FIELDS)
    if changes:
        checked(row).save(update_fields=list(changes))
        journal.append(
            event="agenda.rendez_vous_precise",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row
