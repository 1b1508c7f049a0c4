"""What every write to the agenda asks first: one enterprise, a moment that can be."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from clefdevoute.records.agenda.models.base import MomentModel
from clefdevoute.records.entreprises.writing import refused

FARTHEST = dt.timedelta(days=730)
OLDEST = dt.timedelta(days=3660)


def same_entreprise(entreprise_id: uuid.UUID, **rows: Any) -> None:
    """Refuse a row of another enterprise: a page never offers one, a forged form might."""
    for name, row in rows.items():
        if row.entreprise_id != entreprise_id:
            raise refused("Cette personne est d’une autre entreprise : choisissez-la dans la liste.", name)


def check_moment(row: MomentModel, now: dt.datetime) -> None:
    """Refuse a year typed wrongly: two years ahead, or before the ten years that an agenda keeps."""
    if row.starts_at > now + FARTHEST or row.starts_at < now - OLDEST:
        day = timezone.localdate(row.starts_at)
        raise refused(
            f"Le {day:%d/%m/%Y} est trop loin d’aujourd’hui : vérifiez l’année, un moment de l’agenda se place de dix "
            "ans en arrière à deux ans en avant.",
            "starts_at",
        )
