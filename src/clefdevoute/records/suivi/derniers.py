"""
When something was last recorded in a dossier: what a synthesis made before no longer tells.

One query a table, whatever the number of persons. A domain above is read by whoever asks, never from here.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Max, QuerySet

from clefdevoute.records.suivi.models import Bilan, Entretien, HistoriqueDemarche, HistoriqueObjectif

Ids = Collection[uuid.UUID]


def derniers_enregistrements(entreprise_id: uuid.UUID, travailleur_ids: Ids | None) -> dict[uuid.UUID, dt.datetime]:
    """Give the last moment at which an objective, an action, an interview or a bilan was recorded, by person."""
    found: dict[uuid.UUID, dt.datetime] = {}
    for rows, column in (
        (HistoriqueObjectif.objects.of(entreprise_id), "changed_at"),
        (HistoriqueDemarche.objects.of(entreprise_id), "changed_at"),
        (Entretien.objects.of(entreprise_id), "finished_at"),
        (Bilan.objects.of(entreprise_id).filter(finished_at__isnull=False), "finished_at"),
    ):
        for pk, moment in latest(rows, column, travailleur_ids).items():
            found[pk] = max(moment, found.get(pk, moment))
    return found


def latest(rows: "QuerySet[Any]", column: str, travailleur_ids: Ids | None) -> dict[uuid.UUID, Any]:
    """Give the highest value of a column for each person, in one query."""
    kept = rows if travailleur_ids is None else rows.filter(travailleur_id__in=travailleur_ids)
    return dict(
        kept.order_by().values("travailleur_id").annotate(last=Max(column)).values_list("travailleur_id", "last")
    )
