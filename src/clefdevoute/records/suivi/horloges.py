"""
Both clocks of a person whose exit may have been noted: the dossier knows it before the contract is ended.

The agenda stands below and knows contracts alone; whoever may read the file of exits asks here, so that nothing
stays due to a person who has left.
"""

import datetime as dt
import uuid
from collections.abc import Collection

from clefdevoute.law.entretiens.rules import Etat
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.agenda import facts
from clefdevoute.records.agenda.facts import FaitsHorloge
from clefdevoute.records.suivi.models import Sortie

Ids = Collection[uuid.UUID] | None


def sorties_notees(entreprise_id: uuid.UUID, travailleur_ids: Ids = None) -> dict[uuid.UUID, dt.date]:
    """Give the last day noted for each person who left, in one query; an exit taken back is none."""
    rows = Sortie.objects.of(entreprise_id).filter(reopened_on__isnull=True)
    if travailleur_ids is not None:
        rows = rows.filter(travailleur_id__in=travailleur_ids)
    return dict(rows.order_by("left_on").values_list("travailleur_id", "left_on"))


def horloges(
    entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, as_of: dt.date
) -> dict[uuid.UUID, Explained[Etat]]:
    """Draw both clocks as ``agenda.facts.horloges`` does, closed after an exit; one query more."""
    found = faits_horloges(entreprise_id, travailleur_ids, as_of=as_of, derniers=True)
    return {pk: one.etat(as_of=as_of) for pk, one in found.items()}


def faits_horloges(
    entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, as_of: dt.date, derniers: bool = False
) -> dict[uuid.UUID, FaitsHorloge]:
    """Read the facts of both clocks, with the exits that were noted."""
    left = sorties_notees(entreprise_id, travailleur_ids)
    return facts.faits_horloges(entreprise_id, travailleur_ids, as_of=as_of, derniers=derniers, sorties=left)
