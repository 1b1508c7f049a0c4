"""The part in the management as evidence of task 9, in one query whatever the number of persons."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from clefdevoute.records.parcours.models import PartPrise

TASK = 9


def preuves_participation(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[tuple[int, dt.date, str, uuid.UUID]]]:
    """
    Give each person's parts of a stretch of days, both ends included; what is cancelled or taken off proves nothing.

    What is « sans objet » for task 9 is said by ``SansObjet``, with its reason.
    """
    rows = PartPrise.objects.of(entreprise_id).filter(
        travailleur_id__in=travailleur_ids,
        removed_on__isnull=True,
        participation__cancelled_on__isnull=True,
        participation__held_on__gte=start,
        participation__held_on__lte=end,
    )
    found: dict[uuid.UUID, list[tuple[int, dt.date, str, uuid.UUID]]] = defaultdict(list)
    columns = ("travailleur_id", "participation__held_on", "id")
    for person, day, pk in rows.order_by("participation__held_on", "id").values_list(*columns):
        found[person].append((TASK, day, "parcours.partprise", pk))
    return dict(found)
