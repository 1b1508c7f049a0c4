"""
A form sent twice is done once: a double click, a page sent again, two tabs of the same drawing.

The first one to write its key works; the others wait for its answer and give the same.
"""

import datetime as dt
import time
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.models import Envoi

KEPT = dt.timedelta(days=30)
"""How long a key is remembered: as long as a page that carries it may be sent."""
PATIENCE = 20.0
"""Seconds that a second sending waits for the first."""
_PAUSE = 0.05


class StillSending(RecordError):
    """The first sending has not answered."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do what a form asks, once."""

    key: str
    digest: str


def claim(*, key: str, digest: str, now: dt.datetime, patience: float = PATIENCE) -> str:
    """
    Take the key of a form: an empty text is the right to work, any other is the answer that the first one got.

    The same form with other words is another sending: what was meant is then done again.
    """
    Envoi.objects.filter(claimed_at__lt=now - KEPT).delete()
    until = time.monotonic() + patience
    while not _taken(key, digest, now):
        row = Envoi.objects.filter(key=key).first()
        if row is not None and row.digest == digest and row.answer:
            return row.answer
        if time.monotonic() > until:
            raise StillSending(
                "Cet envoi est déjà parti et n’a pas encore reçu de réponse. Regardez dans un instant s’il est "
                "enregistré, avant de recommencer."
            )
        time.sleep(_PAUSE)
    return ""


def done(taken: Claim, *, answer: str) -> None:
    """Remember what the first sending was answered."""
    Envoi.objects.filter(key=taken.key, digest=taken.digest, answer="").update(answer=answer)


def free(taken: Claim) -> None:
    """Give the key back: nothing was recorded, the same words may be sent again."""
    Envoi.objects.filter(key=taken.key, digest=taken.digest, answer="").delete()


def _taken(key: str, digest: str, now: dt.datetime) -> bool:
    """Write the key, or write other words over a sending that has its answer."""
    try:
        with transaction.atomic():
            Envoi.objects.create(key=key, digest=digest, claimed_at=now)
    except IntegrityError:
        answered = Envoi.objects.filter(key=key).exclude(digest=digest).exclude(answer="")
        return bool(answered.update(digest=digest, answer="", claimed_at=now))
    return True
