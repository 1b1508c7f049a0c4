"""The health note of an adjustment: written and opened by its author alone, each time in the journal."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.amenagements import policies
from clefdevoute.records.amenagements.models import Amenagement, DiagnosticAmenagement
from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor


@transaction.atomic
def noter_sante(*, amenagement: Amenagement, text: str, by: Actor, now: dt.datetime) -> DiagnosticAmenagement:
    """Write one's health note of an adjustment, or write it again; nothing else ever holds its words."""
    row = locked(amenagement)
    policies.check_changes(by, row)
    if not text.strip():
        raise refused("Écrivez la note de santé, ou laissez ce compartiment fermé.", "text")
    note = DiagnosticAmenagement.objects.filter(amenagement_id=row.pk, recorded_by_id=by.user_id).first()
    if note is None:
        note = DiagnosticAmenagement(
            entreprise_id=row.entreprise_id,
            travailleur_id=row.travailleur_id,
            amenagement=row,
            recorded_by_id=by.user_id,
        )
    note.text, note.recorded_at = text.strip(), now
    checked(note).save()
    _journal("sante_notee", note, by, now)
    return note


@transaction.atomic
def ouvrir_sante(*, diagnostic: DiagnosticAmenagement, by: Actor, now: dt.datetime) -> str:
    """Give the words of one's own health note, once the opening is in the journal."""
    policies.check_opens_health(by, diagnostic)
    _journal("sante_ouverte", diagnostic, by, now)
    return str(diagnostic.text)


def _journal(what: str, note: DiagnosticAmenagement, by: Actor, now: dt.datetime) -> None:
    journal.append(event=f"amenagements.{what}", by=by, subject=note, entreprise_id=note.entreprise_id, now=now)
