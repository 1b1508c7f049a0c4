"""Views of a list: kept under a name, shared with the team or not, put away."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from clefdevoute.records.echeances import policies
from clefdevoute.records.echeances.models import VueEnregistree
from clefdevoute.records.entreprises.writing import amended, checked, locked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor

FIELDS = ("name", "shared", "query")


@transaction.atomic
def enregistrer_vue(
    *, entreprise_id: uuid.UUID, name: str, query: Mapping[str, str], shared: bool, by: Actor, now: dt.datetime
) -> VueEnregistree:
    """Keep the filters of the list of workers under a name."""
    policies.check_keeps_views(by, entreprise_id)
    row = VueEnregistree(
        entreprise_id=entreprise_id, user_id=by.user_id, name=name.strip(), query=dict(query), shared=shared
    )
    checked(row)
    row.save(force_insert=True)
    journal.append(event="echeances.vue_enregistree", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_vue(*, vue: VueEnregistree, by: Actor, now: dt.datetime, **values: object) -> VueEnregistree:
    """Rename a view, share it, take it back, or give it other filters."""
    row = locked(vue)
    policies.check_changes_view(by, row)
    changes = amended(row, values, FIELDS)
    if changes:
        checked(row)
        row.save(update_fields=list(changes))
        journal.append(event="echeances.vue_modifiee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def retirer_vue(*, vue: VueEnregistree, by: Actor, now: dt.datetime) -> None:
    """Put a view away: it is a shortcut, not a record of anybody's file."""
    row = locked(vue)
    policies.check_changes_view(by, row)
    journal.append(event="echeances.vue_retiree", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    row.delete()
