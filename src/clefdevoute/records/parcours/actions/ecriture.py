"""What every write of a path shares: a day that has come, words that are there, the journal without a word."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from clefdevoute.records.entreprises.writing import amended, checked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.models.base import DossierModel


def not_future(day: dt.date | None, now: dt.datetime, field: str) -> None:
    """Refuse a day that has not come for something said to be done."""
    if day is not None and day > timezone.localdate(now):
        raise refused(f"Le {day:%d/%m/%Y} n’est pas encore venu : notez-le une fois le jour passé.", field)


def said(text: str, field: str, ask: str) -> str:
    """Give back a text that must be there."""
    if not text.strip():
        raise refused(ask, field)
    return text.strip()


def ours(partenaire: Partenaire | None, row: DossierModel, field: str = "partenaire") -> None:
    """Refuse a partner of another enterprise."""
    if partenaire is not None and partenaire.entreprise_id != row.entreprise_id:
        raise refused("Ce partenaire n’est pas dans votre réseau. Choisissez-en un autre.", field)


def begun(row: DossierModel, event: str, by: Actor, now: dt.datetime) -> None:
    """Write a new row and its event."""
    checked(row).save(force_insert=True)
    journal.append(event=f"parcours.{event}", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)


def changed(row: DossierModel, values: Mapping[str, Any], event: str, by: Actor, now: dt.datetime) -> None:
    """Write what really changed of a row, and its event; the same values again write nothing."""
    changes = amended(row, values, tuple(values))
    if not changes:
        return
    checked(row).save()
    journal.append(
        event=f"parcours.{event}",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={name: tuple(getattr(value, "pk", value) for value in pair) for name, pair in changes.items()},
    )
