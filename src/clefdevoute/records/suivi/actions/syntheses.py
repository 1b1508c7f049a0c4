"""Writes of the synthesis: made from the records, then confirmed by who reads it."""

import datetime as dt
import json
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.models.syntheses import Synthese
from clefdevoute.records.suivi.synthese import Chapitre, dump


@transaction.atomic
def make_synthese(*, travailleur: Travailleur, chapitres: Iterable[Chapitre], by: Actor, now: dt.datetime) -> Synthese:
    """Freeze what the records say today; it still has to be confirmed."""
    policies.check_writes_dossier(by, travailleur)
    row = Synthese(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        content=json.dumps(dump(chapitres, on=timezone.localdate(now)), ensure_ascii=False),
        made_by_id=by.user_id,
        made_at=now,
    )
    checked(row).save(force_insert=True)
    journal.append(event="suivi.synthese_produite", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def confirm_synthese(*, synthese: Synthese, by: Actor, now: dt.datetime) -> Synthese:
    """Sign that the synthesis was read and is right; a later one replaces it, it never changes."""
    policies.check_writes_dossier(by, synthese.travailleur)
    row = locked(synthese)
    if row.confirmed_at is not None:
        return row
    newer = Synthese.objects.of(row.entreprise_id).filter(travailleur_id=row.travailleur_id, made_at__gt=row.made_at)
    if newer.exists():
        raise refused("Une synthèse plus récente existe : relisez et confirmez celle-là.")
    row.confirmed_by_id, row.confirmed_at = by.user_id, now
    checked(row).save(update_fields=["confirmed_by", "confirmed_at"])
    journal.append(event="suivi.synthese_confirmee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def make_confirmed(*, travailleur: Travailleur, chapitres: Iterable[Chapitre], by: Actor, now: dt.datetime) -> Synthese:
    """Freeze what was just read on the screen, and sign that it is right."""
    made = make_synthese(travailleur=travailleur, chapitres=chapitres, by=by, now=now)
    return confirm_synthese(synthese=made, by=by, now=now)
