"""How accounts are opened (by invitation only), how signing in is journalled, which role a session has chosen."""

import datetime as dt
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clefdevoute.records.entreprises.affectations import actor_for, affectations_of
from clefdevoute.records.entreprises.models import Affectation
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import User

CHOSEN = "affectation"


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from a chef d'entreprise or from ``clefdevoute createuser``."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up: nobody is let in by himself."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Write the sign-in in the chain of the installation."""
        _journal("foundation.connexion_ouverte", user)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failure, without the address that was typed."""
        super().authentication_failed(request, **credentials)
        _journal("foundation.connexion_refusee", None)

    def logout(self, request: HttpRequest) -> None:
        """Write the sign-out, while it is still known whose it is."""
        user = request.user if request.user.is_authenticated else None
        super().logout(request)
        _journal("foundation.connexion_fermee", user)


def _journal(event: str, user: Any) -> None:
    """Add the event to the chain that belongs to no enterprise."""
    journal.append(event=event, by=None, subject=user, entreprise_id=None, now=timezone.now())


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


def actor_of(user: User | AnonymousUser, session: SessionBase, as_of: dt.date) -> Actor | None:
    """Give who acts in this session, or None for a stranger."""
    held = affectation_of(user, session, as_of)
    return actor_for(user, held) if held and isinstance(user, User) else None


def switch_affectation(*, user: User, session: SessionBase, affectation_id: uuid.UUID, as_of: dt.date) -> Actor:
    """Make one of the user's own affectations the session's; one session is one role in one enterprise."""
    for held in affectations_of(user, as_of):
        if held.pk == affectation_id:
            session[CHOSEN] = str(held.pk)
            session.cycle_key()
            return actor_for(user, held)
    raise AccessDenied("Ce rôle n’est pas le vôtre, ou il a pris fin. Choisissez l’un de ceux de la liste.")
