"""The trace of a list that leaves the page as a file."""

import datetime as dt
import uuid

from django.db import transaction

from clefdevoute.records.echeances import policies
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor


@transaction.atomic
def noter_export(*, entreprise_id: uuid.UUID, extension: str, by: Actor, now: dt.datetime) -> None:
    """Write in the journal that the list of workers was taken out, by whom and in which form."""
    policies.check_keeps_views(by, entreprise_id)
    journal.append(
        event="echeances.liste_exportee", by=by, entreprise_id=entreprise_id, now=now, purpose=f"liste_{extension}"
    )
