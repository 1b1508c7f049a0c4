"""
The reminders of a day for everybody, by a command or by the background worker.

Each person's stands in a transaction of its own, and once written is never written again: running twice,
or two at once, sends nothing more. The background work lays itself down again for the next morning.
"""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from clefdevoute.records.echeances.actions.rappels import Liens, rappeler
from clefdevoute.records.echeances.models import RappelEnvoye
from clefdevoute.records.entreprises.affectations import actor_for
from clefdevoute.records.entreprises.models import Affectation
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.tasks import schedule, task

HOUR = dt.time(6, 0)
"""When the reminders of a day leave, in Belgium."""
PAGE = "/suivi/"


def liens(address: str) -> Liens:
    """Give the addresses of the pages under the address of the installation."""
    page = f"{address.rstrip('/')}{PAGE}"
    return Liens(mine=page, team=f"{page}?qui=equipe", settings=f"{page}rappels/")


def envoyer(*, as_of: dt.date, now: dt.datetime, links: Liens) -> list[RappelEnvoye]:
    """Remind every accompagnateur of what is due to her on a day; those already reminded are left in peace."""
    sent = []
    for held in _destinataires(as_of):
        try:
            row = rappeler(user=held.user, by=actor_for(held.user, held, as_of), as_of=as_of, now=now, links=links)
        except IntegrityError:  # the same reminder was being written elsewhere at this very moment
            continue
        if row is not None:
            sent.append(row)
    return sent


def _destinataires(as_of: dt.date) -> Iterator[Affectation]:
    """Give who is an accompagnateur on a day, once for each enterprise."""
    held = Affectation.objects.in_force(as_of).filter(role=Role.ACCOMPAGNATEUR.value, user__is_active=True)
    seen = set()
    for row in held.select_related("user", "entreprise").order_by("entreprise_id", "user_id", "id").iterator():
        if (row.entreprise_id, row.user_id) not in seen:
            seen.add((row.entreprise_id, row.user_id))
            yield row


def prochain(now: dt.datetime) -> dt.datetime:
    """Give the next six o'clock of the morning after a moment."""
    local = timezone.localtime(now)
    day = local.date() if local.time() < HOUR else local.date() + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, HOUR))


@task
def rappels_du_matin() -> None:
    """Send the reminders of today, then lay the same work down for tomorrow."""
    now = timezone.now()
    envoyer(as_of=timezone.localdate(now), now=now, links=liens(settings.ADDRESS))
    schedule(rappels_du_matin, at=prochain(now))


def planifier(now: dt.datetime) -> bool:
    """See that the work of the next morning waits: the worker asks when it starts."""
    return schedule(rappels_du_matin, at=prochain(now))
