"""Calendar feeds opened and revoked: the key is answered once and kept as a hash."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.models import FluxAgenda
from clefdevoute.records.entreprises.writing import checked, locked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur

KEY_BYTES = 32


def token_hash(token: str) -> str:
    """Write the hash under which a key is kept; a long random key needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def ouvrir_flux(*, accompagnateur: Accompagnateur, by: Actor, now: dt.datetime) -> tuple[FluxAgenda, str]:
    """Open the feed of an agenda and answer its key, once; a feed already open is revoked by the new one."""
    policies.check_feeds(by, accompagnateur)
    for old in FluxAgenda.objects.of(accompagnateur.entreprise_id).filter(
        accompagnateur=accompagnateur, revoked_at__isnull=True
    ):
        revoquer_flux(flux=old, by=by, now=now)
    token = secrets.token_urlsafe(KEY_BYTES)
    row = FluxAgenda(
        entreprise_id=accompagnateur.entreprise_id,
        accompagnateur=accompagnateur,
        token_hash=token_hash(token),
        created_at=now,
    )
    checked(row)
    row.save(force_insert=True)
    journal.append(event="agenda.flux_ouvert", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row, token


@transaction.atomic
def revoquer_flux(*, flux: FluxAgenda, by: Actor, now: dt.datetime) -> FluxAgenda:
    """Close a feed at once: its address answers 404 from now on."""
    row = locked(flux)
    policies.check_revokes(by, row)
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    journal.append(event="agenda.flux_revoque", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row
