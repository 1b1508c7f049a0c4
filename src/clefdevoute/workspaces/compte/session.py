"""Which role a session plays: one role in one enterprise, chosen among those held today."""

import datetime as dt
import uuid

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase

from clefdevoute.records.entreprises.affectations import actor_for, affectations_of
from clefdevoute.records.entreprises.models import Affectation
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import User

CHOSEN = "affectation"


def affectation_of(user: User | AnonymousUser, session: SessionBase, as_of: dt.date) -> Affectation | None:
    """
    Give the session's affectation: the one chosen, or the first one held where none was chosen.

    A chosen one that has ended gives none, rather than slipping into another enterprise unseen.
    """
    if not isinstance(user, User):
        return None
    held = affectations_of(user, as_of)
    chosen = session.get(CHOSEN)
    if chosen is None:
        return held[0] if held else None
    return next((row for row in held if str(row.pk) == chosen), None)


def switch_affectation(*, user: User, session: SessionBase, affectation_id: uuid.UUID, as_of: dt.date) -> Actor:
    """Make one of the user's own affectations the session's; one session is one role in one enterprise."""
    for held in affectations_of(user, as_of):
        if held.pk == affectation_id:
            session[CHOSEN] = str(held.pk)
            session.cycle_key()
            return actor_for(user, held)
    raise AccessDenied("Ce rôle n’est pas le vôtre, ou il a pris fin. Choisissez l’un de ceux de la liste.")
