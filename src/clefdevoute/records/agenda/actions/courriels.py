"""E-mails written, sent in the background, tried again, or handed over by a person."""

import datetime as dt
import uuid

from django.db import transaction

from clefdevoute.records.agenda import boite, policies
from clefdevoute.records.agenda.models import Courriel
from clefdevoute.records.entreprises.writing import checked, locked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.tasks import enqueue


@transaction.atomic
def ecrire_courriel(
    *,
    entreprise_id: uuid.UUID,
    to: str,
    subject: str,
    body: str,
    purpose: str,
    by: Actor | None,
    now: dt.datetime,
) -> Courriel:
    """
    Write an e-mail and send it once the transaction has committed; without a server it waits to be handed over.

    ``by`` is None for what the installation sends by itself. Neither the subject nor the text may tell more
    than the addressee's own date, hour and place.
    """
    if by is not None:
        policies.check_mails(by, entreprise_id)
    row = Courriel(
        entreprise_id=entreprise_id,
        to=to.strip(),
        subject=" ".join(subject.split()),
        body=body.strip(),
        purpose=purpose,
        written_at=now,
    )
    checked(row)
    row.save(force_insert=True)
    journal.append(
        event="agenda.courriel_ecrit", by=by, subject=row, entreprise_id=entreprise_id, now=now, purpose=purpose
    )
    enqueue(boite.send_later, courriel_id=str(row.pk))
    return row


@transaction.atomic
def renvoyer_courriel(*, courriel: Courriel, by: Actor, now: dt.datetime) -> Courriel:
    """Try again to send an e-mail that has not left."""
    row = locked(courriel)
    policies.check_hands_over(by, row)
    journal.append(event="agenda.courriel_renvoye", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    enqueue(boite.send_later, courriel_id=str(row.pk))
    return row


@transaction.atomic
def noter_remis(*, courriel: Courriel, by: Actor, now: dt.datetime) -> Courriel:
    """Note that a person handed an e-mail over by her own means."""
    row = locked(courriel)
    policies.check_hands_over(by, row)
    before, row.state, row.handed_at = row.state, Courriel.State.PARTI, now
    row.save(update_fields=["state", "handed_at"])
    journal.append(
        event="agenda.courriel_remis",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"state": (before, row.state)},
    )
    return row
