"""Who opened whose dossier: one event of the journal per person, reader and day, shown in the dossier itself."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.models import AuditEvent, JournalIdentity, User
from clefdevoute.records.foundation.permissions import ROLES
from clefdevoute.records.personnes.models import Travailleur

OPENED = "suivi.dossier_ouvert"


@dataclass(frozen=True, slots=True)
class Opening:
    """One reading of a dossier: when, by whom, in which role, what for."""

    at: dt.datetime
    name: str
    role: str
    purpose: str


def opened(travailleur: Travailleur, *, by: Actor, now: dt.datetime, purpose: str = "lecture") -> None:
    """
    Note in the journal that this reader opened this dossier; once a day and purpose is enough to know.

    It is the one write that a page merely read may do.
    """
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = AuditEvent.objects.filter(
        entreprise_id=travailleur.entreprise_id,
        event=OPENED,
        purpose=purpose,
        subject_ref=journal.identity(travailleur._meta.label_lower, travailleur.pk),
        actor_ref=journal.identity(journal.USER_KIND, by.user_id),
        at__gte=start,
    )
    if not seen.exists():
        _noted(travailleur, by, now, purpose)


def opened_many(travailleurs: Iterable[Travailleur], *, by: Actor, now: dt.datetime, purpose: str) -> None:
    """Note that a page showed words of several dossiers; those already noted today cost one query in all."""
    persons = {one.pk: one for one in travailleurs}
    if not persons:
        return
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    refs = JournalIdentity.objects.filter(kind=Travailleur._meta.label_lower, subject_id__in=list(persons))
    by_ref = dict(refs.values_list("journal_id", "subject_id"))
    seen = AuditEvent.objects.filter(
        entreprise_id=by.own_entreprise_id,
        event=OPENED,
        purpose=purpose,
        subject_ref__in=list(by_ref),
        actor_ref=journal.identity(journal.USER_KIND, by.user_id),
        at__gte=start,
    ).values_list("subject_ref", flat=True)
    known = {by_ref[ref] for ref in seen if ref is not None}
    for pk, one in persons.items():
        if pk not in known:
            _noted(one, by, now, purpose)


def _noted(travailleur: Travailleur, by: Actor, now: dt.datetime, purpose: str) -> None:
    mine = travailleur.entreprise_id
    journal.append(event=OPENED, by=by, subject=travailleur, entreprise_id=mine, now=now, purpose=purpose, reading=True)


def openings(travailleur: Travailleur) -> "list[AuditEvent]":
    """List the events of reading of a dossier, the newest first, for a page of them."""
    ref = JournalIdentity.objects.filter(kind=travailleur._meta.label_lower, subject_id=travailleur.pk)
    return AuditEvent.objects.filter(  # type: ignore[return-value]
        entreprise_id=travailleur.entreprise_id, event=OPENED, subject_ref__in=ref.values("journal_id")
    ).order_by("-at", "-sequence")


def named(events: "list[AuditEvent]") -> list[Opening]:
    """Put the names back on a page of events, in two queries."""
    refs = {event.actor_ref for event in events if event.actor_ref is not None}
    users: dict[uuid.UUID, uuid.UUID] = dict(
        JournalIdentity.objects.filter(kind=journal.USER_KIND, journal_id__in=refs).values_list(
            "journal_id", "subject_id"
        )
    )
    names = dict(User.objects.filter(pk__in=users.values()).values_list("pk", "name"))
    return [
        Opening(
            at=event.at,
            name=names.get(users.get(event.actor_ref or uuid.UUID(int=0), uuid.UUID(int=0)), "Une personne effacée"),
            role=ROLES[Role(event.role)].name if event.role else "",
            purpose=event.purpose,
        )
        for event in events
    ]
