"""Support enters an enterprise by the front door: with a reason, for a limited time, in the journal."""

import datetime as dt
import uuid

from django.db import transaction

from clefdevoute.records.foundation import journal, permissions
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import SupportSession
from clefdevoute.records.foundation.permissions import Permission

LONGEST = dt.timedelta(hours=4)


@transaction.atomic
def open_session(
    *, by: Actor, entreprise_id: uuid.UUID, reason: str, duration: dt.timedelta, now: dt.datetime
) -> SupportSession:
    """Begin a visit; the enterprise sees it in its own journal."""
    permissions.check(by, Permission.ASSISTANCE_INTERVENIR)
    if not reason.strip():
        raise AccessDenied("Une session d’assistance a une raison : écrivez-la en une phrase, puis recommencez.")
    if not dt.timedelta(0) < duration <= LONGEST:
        raise AccessDenied("Une session d’assistance dure quatre heures au plus : choisissez une durée plus courte.")
    session = SupportSession.objects.create(
        user_id=by.user_id, entreprise_id=entreprise_id, reason=reason.strip(), starts_at=now, ends_at=now + duration
    )
    journal.append(event="foundation.assistance_ouverte", by=by, subject=session, entreprise_id=entreprise_id, now=now)
    return session


@transaction.atomic
def close_session(*, session: SupportSession, by: Actor, now: dt.datetime) -> SupportSession:
    """End a visit before its time."""
    if by.user_id != session.user_id and not permissions.has(by, Permission.CHEF_ENTREPRISE):
        raise AccessDenied("Seuls la personne qui assiste et le chef d’entreprise ferment une session d’assistance.")
    if by.user_id != session.user_id and not by.belongs_to(session.entreprise_id):
        raise AccessDenied("Cette session d’assistance concerne une autre entreprise.")
    session.closed_at = now
    session.save(update_fields=["closed_at"])
    journal.append(
        event="foundation.assistance_fermee", by=by, subject=session, entreprise_id=session.entreprise_id, now=now
    )
    return session


def actor_for(session: SupportSession, *, now: dt.datetime) -> Actor:
    """Give the actor of a running visit; once over, nothing opens any more."""
    if session.closed_at is not None or not session.starts_at <= now < session.ends_at:
        raise AccessDenied("Cette session d’assistance est terminée : ouvrez-en une autre, avec sa raison.")
    return Actor(session.user_id, Role.SUPPORT, session.entreprise_id)
