"""
The mail that leaves: handed to the installation's server, or kept for a person to hand over.

The e-mail backend decides: one that takes a message sends it on its way, the one of an installation without
a server takes none, and the message waits in « Boîte de sortie ».
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from clefdevoute.records.agenda.models import Courriel
from clefdevoute.records.foundation.tasks import task


class WaitingBackend(BaseEmailBackend):
    """Takes no message: where no mail server is set, nothing may look as if it had left."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Answer that none was taken."""
        return 0


def has_server() -> bool:
    """Tell whether this installation hands its mail to a server."""
    return not settings.EMAIL_BACKEND.endswith(".WaitingBackend")


def send(courriel_id: uuid.UUID, *, now: dt.datetime) -> Courriel | None:
    """Hand a written e-mail to the backend, once: what has left never leaves again."""
    with transaction.atomic():
        row = Courriel.objects.select_for_update().filter(pk=courriel_id).exclude(state=Courriel.State.PARTI).first()
        if not isinstance(row, Courriel):
            return None
        message = EmailMessage(row.subject, row.body, settings.DEFAULT_FROM_EMAIL, [row.to])
        try:
            taken = message.send()
        except OSError:  # a server that is away or refuses; smtplib's errors are among these
            row.state = Courriel.State.ECHEC
        else:
            row.state = Courriel.State.PARTI if taken else Courriel.State.A_REMETTRE
            row.handed_at = now if taken else None
        row.save(update_fields=["state", "handed_at"])
        return row


@task
def send_later(courriel_id: str) -> None:
    """Send in the background, so that no page waits for a mail server."""
    send(uuid.UUID(courriel_id), now=timezone.now())
