"""
Both clocks of a person whose exit may have been noted: the dossier knows it before the contract is ended.

The agenda stands below and knows contracts alone; whoever may read the file of exits asks here, so that nothing
stays due to a person who has left.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial

from clefdevoute.law.entretiens.rules import Etat
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.agenda import facts
from clefdevoute.records.agenda.facts import FaitsHorloge
from clefdevoute.records.foundation.memoire import Memoire
from clefdevoute.records.suivi.models import Sortie

Ids = Collection[uuid.UUID] | None


def sorties_notees(entreprise_id: uuid.UUID, travailleur_ids: Ids = None) -> dict[uuid.UUID, dt.date]:
    """Give the last day noted for each person who left, in one query; an exit taken back is none."""
    rows = Sortie.objects.of(entreprise_id).filter(reopened_on__isnull=True)
    if travailleur_ids is not None:
        rows = rows.filter(travailleur_id__in=travailleur_ids)
    return dict(rows.order_by("left_on").values_list("travailleur_id", "left_on"))


FEW = 50
"""Persons that are read by key; beyond, the whole enterprise is read and kept."""


@dataclass(frozen=True, slots=True)
class Horloges:
    """The clocks of everybody who ever began in an enterprise, each drawn when it is first asked."""

    as_of: dt.date
    faits: dict[uuid.UUID, FaitsHorloge]
    _drawn: dict[uuid.UUID, Explained[Etat]] = field(default_factory=dict)

    def etats(self, travailleur_ids: Ids) -> dict[uuid.UUID, Explained[Etat]]:
        """Draw those asked by key, or those of the persons who are here on the day."""
        if travailleur_ids is None:
            here = (pk for pk, one in self.faits.items() if one.periode.sortie(self.as_of) is None)
            return {pk: self._etat(pk) for pk in here}
        return {pk: self._etat(pk) for pk in travailleur_ids if pk in self.faits}

    def _etat(self, pk: uuid.UUID) -> Explained[Etat]:
        found = self._drawn.get(pk)
        if found is None:
            found = self._drawn[pk] = self.faits[pk].etat(as_of=self.as_of)
        return found


_HORLOGES: Memoire[Horloges] = Memoire(32)


def horloges(
    entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, as_of: dt.date
) -> dict[uuid.UUID, Explained[Etat]]:
    """
    Draw both clocks as ``agenda.facts.horloges`` does, closed after an exit; one query more.

    While nothing is written in the enterprise, one query in all.
    """
    return gardees(entreprise_id, travailleur_ids, as_of=as_of).etats(travailleur_ids)


def gardees(entreprise_id: uuid.UUID, travailleur_ids: Ids, *, as_of: dt.date) -> Horloges:
    """Give the clocks kept for a whole enterprise; a few persons are read alone when none are kept."""
    if travailleur_ids is None or len(travailleur_ids) > FEW:
        return _HORLOGES.lire(entreprise_id, "", partial(_lues, entreprise_id, None, as_of), as_of=as_of)
    return _HORLOGES.garde(entreprise_id, "", as_of=as_of) or _lues(entreprise_id, travailleur_ids, as_of)


def _lues(entreprise_id: uuid.UUID, travailleur_ids: Ids, as_of: dt.date) -> Horloges:
    left = sorties_notees(entreprise_id, travailleur_ids)
    found = facts.faits_horloges(entreprise_id, travailleur_ids, as_of=as_of, derniers=True, partis=True, sorties=left)
    return Horloges(as_of, found)


def faits_horloges(
    entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, as_of: dt.date
) -> dict[uuid.UUID, FaitsHorloge]:
    """Read the facts of both clocks, every interview among them, with the exits that were noted."""
    left = sorties_notees(entreprise_id, travailleur_ids)
    return facts.faits_horloges(entreprise_id, travailleur_ids, as_of=as_of, sorties=left)
