"""From a row of the database to who acts: one session is one role in one enterprise."""

import datetime as dt

from clefdevoute.records.entreprises.models import Affectation
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import User


def actor_for(user: User, affectation: Affectation, on: dt.date | None = None) -> Actor:
    """Give the actor that a user is under one of her own affectations, on the day of her request."""
    if affectation.user_id != user.pk:
        raise AccessDenied("Ce rôle est celui d’une autre personne. Choisissez l’un des vôtres.")
    return Actor(
        user_id=user.pk,
        role=Role(affectation.role),
        entreprise_id=affectation.entreprise_id,
        permissions=frozenset(affectation.permissions),
        on=on,
        narrow=affectation.entreprise.assigned_only if affectation.entreprise else None,
    )


def affectations_of(user: User, as_of: dt.date) -> list[Affectation]:
    """List the affectations that hold on a day, in the order in which they were given."""
    if not user.is_active:
        return []
    held = list(
        Affectation.objects.filter(user_id=user.pk)
        .in_force(as_of)
        .select_related("entreprise")
        .order_by("starts_on", "id")
    )
    for row in held:
        row.user = user
    return held
