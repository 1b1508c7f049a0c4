"""
How long each person has been here without a break, and whether the law follows her (A3, A4, A15).

Contracts that touch make one stretch; so do two that only a week-end parts, or a chain of weekly contracts
would begin the six months again each Monday. A person who comes back after a real gap begins anew.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery

from clefdevoute.records.personnes.models import Engagement, StatutEngagement

FOLLOWED = frozenset({"td", "tgd", "art60"})
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Periode:
    """The present stretch of a person in the enterprise, or the last one where she has left."""

    travailleur_id: uuid.UUID
    debut: dt.date
    fin: dt.date | None
    suivi: bool
    art_60: bool

    def sortie(self, as_of: dt.date) -> dt.date | None:
        """Give the last day of a stretch that is over, and nothing while it runs."""
        return self.fin if self.fin is not None and self.fin < as_of else None

    def finie(self, last: dt.date | None) -> "Periode":
        """Give the stretch as ended by a last day that falls in it; one noted for an earlier stay ends nothing."""
        ends = last is not None and last >= self.debut and (self.fin is None or last < self.fin)
        return replace(self, fin=last) if ends else self


@dataclass(frozen=True, slots=True)
class _Contrat:
    debut: dt.date
    fin: dt.date | None
    statut: str
    art_60: bool


def periodes(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID] | None = None, *, as_of: dt.date
) -> dict[uuid.UUID, Periode]:
    """Read the present or last stretch of each person who has begun, in one query."""
    statut = StatutEngagement.objects.of(entreprise_id).filter(engagement_id=OuterRef("pk")).order_by().values("statut")
    rows = Engagement.objects.of(entreprise_id).filter(starts_on__lte=as_of)
    if travailleur_ids is not None:
        rows = rows.filter(travailleur_id__in=travailleur_ids)
    columns = rows.order_by("travailleur_id", "starts_on", "id").values_list(
        "travailleur_id", "starts_on", "ends_on", "art60", Subquery(statut[:1])
    )
    by_person: dict[uuid.UUID, list[_Contrat]] = {}
    for person, start, end, art60, word in columns:
        by_person.setdefault(person, []).append(_Contrat(start, end, word or "", art60 or word == "art60"))
    return {person: _last_stretch(person, contrats) for person, contrats in by_person.items()}


def suivis(entreprise_id: uuid.UUID, *, as_of: dt.date) -> dict[uuid.UUID, Periode]:
    """Give the persons in the enterprise on a day whom the law makes us follow."""
    found = periodes(entreprise_id, as_of=as_of)
    return {pk: one for pk, one in found.items() if one.suivi and one.sortie(as_of) is None}


def _last_stretch(person: uuid.UUID, contrats: Iterable[_Contrat]) -> Periode:
    """Join the contracts that touch, in order of their first days, and keep the last stretch."""
    run: list[_Contrat] = []
    end: dt.date | None = None
    for contrat in contrats:
        if run and end is not None and not _touches(end, contrat.debut):
            run = []
        first = not run
        run.append(contrat)
        end = contrat.fin if first else _later(end, contrat.fin)
    return Periode(
        travailleur_id=person,
        debut=run[0].debut,
        fin=end,
        suivi=any(one.art_60 or one.statut in FOLLOWED for one in run),
        art_60=run[-1].art_60,
    )


def _touches(end: dt.date, start: dt.date) -> bool:
    """Tell whether a contract begins before a working day has passed since the end of the one before."""
    gap = (end + dt.timedelta(days=step) for step in range(1, (start - end).days))
    return (start - end).days <= 3 and all(day.weekday() > _FRIDAY for day in gap)


def _later(one: dt.date | None, two: dt.date | None) -> dt.date | None:
    return None if one is None or two is None else max(one, two)
