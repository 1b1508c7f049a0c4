"""How a person wants to be reminded: set once for all, not line by line."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from clefdevoute.records.echeances import policies
from clefdevoute.records.echeances.lignes import Genre
from clefdevoute.records.echeances.models import ReglageRappel
from clefdevoute.records.entreprises.writing import amended, checked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor

FIELDS = ("active", "champ", "days_before", "repeat_days", "muted")


def reglage_of(actor: Actor) -> ReglageRappel:
    """Give the setting of this user, or the defaults where she never chose."""
    found: ReglageRappel | None = ReglageRappel.objects.visible_to(actor).first()
    return found or ReglageRappel(entreprise_id=actor.own_entreprise_id, user_id=actor.user_id)


@transaction.atomic
def regler_rappels(*, entreprise_id: uuid.UUID, by: Actor, now: dt.datetime, **values: Any) -> ReglageRappel:
    """Set when, about what and whether to remind."""
    policies.check_sets_reminders(by, entreprise_id)
    unknown = set(values.get("muted", ())) - set(Genre.values)
    if unknown:
        raise refused("Ce sujet de rappel n’existe pas. Cochez l’un de ceux de la liste.", "muted")
    row = ReglageRappel.objects.select_for_update().filter(entreprise_id=entreprise_id, user_id=by.user_id).first()
    row = row or ReglageRappel(entreprise_id=entreprise_id, user_id=by.user_id)
    fresh = row._state.adding
    changes = amended(row, values, FIELDS)
    if fresh or changes:
        checked(row)
        row.save()
        journal.append(event="echeances.rappels_regles", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row
