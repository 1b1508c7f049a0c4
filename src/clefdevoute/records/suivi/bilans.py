"""
Bilans as facts: when the last one was, what it lacks, the first beside the last, the evidence of task 3.

A bilan is personal *and* professional: it is as recent as the older of its two families, even when
they were noted on two days. Only dates and codes leave here, except for what a page about one person reads.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models import (
    AvisTravailleur,
    Bilan,
    BilanSante,
    CoteBilan,
    DomaineBilan,
    SignatureBilan,
)

TASK = 3
"""Bilan personnel et professionnel, objectifs : the third of the eleven."""

Preuve = tuple[int, dt.date, str, uuid.UUID]
Famille = DomaineBilan.Famille
MANQUES: dict[str, str] = {
    Famille.PROFESSIONNEL: "il manque le domaine professionnel",
    Famille.PERSONNEL: "il manque le domaine personnel",
}


@dataclass(frozen=True, slots=True)
class DernierBilan:
    """When each family was last noted for a person, in a finished bilan."""

    professionnel: dt.date | None = None
    personnel: dt.date | None = None

    @property
    def held_on(self) -> dt.date | None:
        """Give the day of the bilan for the law: both families, or none."""
        if self.professionnel is None or self.personnel is None:
            return None
        return min(self.professionnel, self.personnel)

    @property
    def manque(self) -> str:
        """Say which family is missing where the other one is there."""
        if self.professionnel is None and self.personnel is None:
            return ""
        if self.professionnel is None:
            return MANQUES[Famille.PROFESSIONNEL]
        return MANQUES[Famille.PERSONNEL] if self.personnel is None else ""


def derniers_bilans(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID] | None = None, *, as_of: dt.date
) -> dict[uuid.UUID, DernierBilan]:
    """Say for each person when she was last assessed, family by family, in one query."""
    rows = CoteBilan.objects.of(entreprise_id).filter(
        bilan__state=Bilan.State.TERMINE, bilan__held_on__lte=as_of, niveau__isnull=False
    )
    if travailleur_ids is not None:
        rows = rows.filter(travailleur_id__in=travailleur_ids)
    days: dict[uuid.UUID, dict[str, dt.date]] = defaultdict(dict)
    for person, family, day in (
        rows.order_by()
        .values("travailleur_id", "famille")
        .annotate(day=Max("bilan__held_on"))
        .values_list("travailleur_id", "famille", "day")
    ):
        days[person][family] = day
    return {
        person: DernierBilan(found.get(Famille.PROFESSIONNEL), found.get(Famille.PERSONNEL))
        for person, found in days.items()
    }


def preuves_bilan(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[Preuve]]:
    """
    Give the finished bilans of a stretch of days, both ends included, and their signatures, in two queries.

    Nothing is ever « sans objet » here: every followed person is owed a bilan.
    """
    found: dict[uuid.UUID, list[Preuve]] = defaultdict(list)
    rows = Bilan.objects.of(entreprise_id).filter(
        state=Bilan.State.TERMINE, travailleur_id__in=travailleur_ids, held_on__range=(start, end)
    )
    for pk, person, day in rows.order_by().values_list("pk", "travailleur_id", "held_on"):
        found[person].append((TASK, day, "suivi.bilan", pk))
    signed = SignatureBilan.objects.of(entreprise_id).filter(
        travailleur_id__in=travailleur_ids, signed_on__range=(start, end)
    )
    for pk, person, day in signed.order_by().values_list("bilan_id", "travailleur_id", "signed_on"):
        found[person].append((TASK, day, "suivi.bilan", pk))
    return {person: sorted(set(proofs), key=lambda one: (one[1], str(one[3]))) for person, proofs in found.items()}


@dataclass(frozen=True, slots=True)
class Lu:
    """One bilan as a page about a person reads it; health only where this reader may."""

    bilan: Bilan
    cotes: tuple[CoteBilan, ...]
    sante: tuple[BilanSante, ...] = ()
    avis: AvisTravailleur | None = None
    signature: SignatureBilan | None = None

    @property
    def manque(self) -> tuple[str, ...]:
        """Say which families have no level yet."""
        rated = {one.famille for one in self.cotes if one.niveau is not None}
        return tuple(words for family, words in MANQUES.items() if family not in rated)

    @property
    def freins(self) -> tuple[CoteBilan, ...]:
        """Keep the domains that stand in the way."""
        return tuple(one for one in self.cotes if one.frein)


def lus(travailleur: Travailleur, actor: Actor, *, health: bool = True) -> list[Lu]:
    """Read every bilan of a person, the newest first, in at most five queries."""
    rows = list(Bilan.objects.visible_to(actor).filter(travailleur=travailleur).select_related("author"))
    keys = [row.pk for row in rows]
    cotes: dict[uuid.UUID, list[CoteBilan]] = defaultdict(list)
    for cote in CoteBilan.objects.visible_to(actor).filter(bilan_id__in=keys):
        cotes[cote.bilan_id].append(cote)
    sante: dict[uuid.UUID, list[BilanSante]] = defaultdict(list)
    if health:
        for own in BilanSante.objects.visible_to(actor).filter(bilan_id__in=keys).select_related("author"):
            sante[own.bilan_id].append(own)
    avis: dict[uuid.UUID, AvisTravailleur] = {}
    for opinion in AvisTravailleur.objects.visible_to(actor).filter(bilan_id__in=keys).select_related("recorded_by"):
        avis.setdefault(opinion.bilan_id, opinion)
    signed = {
        one.avis_id: one
        for one in SignatureBilan.objects.visible_to(actor).filter(bilan_id__in=keys).select_related("proof")
    }
    return [
        Lu(
            bilan=row,
            cotes=tuple(cotes[row.pk]),
            sante=tuple(sante[row.pk]),
            avis=avis.get(row.pk),
            signature=signed.get(avis[row.pk].pk) if row.pk in avis else None,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Ecart:
    """One domain in the first and in the last bilan; the words are those of the last that has it."""

    domaine_id: uuid.UUID
    famille: str
    name: str
    premier: CoteBilan | None
    dernier: CoteBilan | None

    @property
    def pas(self) -> int | None:
        """Count the levels gone up or down; nothing where one of both is missing."""
        if self.premier is None or self.dernier is None:
            return None
        if self.premier.niveau is None or self.dernier.niveau is None:
            return None
        return self.dernier.niveau - self.premier.niveau


def comparer(premier: Lu | None, dernier: Lu | None) -> list[Ecart]:
    """Put the first and the last bilan side by side, domain by domain, renamed ones still together."""
    first = {one.domaine_id: one for one in premier.cotes} if premier else {}
    last = {one.domaine_id: one for one in dernier.cotes} if dernier else {}
    found = []
    for key in [*last, *(key for key in first if key not in last)]:
        one = last.get(key) or first[key]
        found.append(Ecart(key, one.famille, one.name, first.get(key), last.get(key)))
    order = {Famille.PROFESSIONNEL: 0, Famille.PERSONNEL: 1}
    return sorted(found, key=lambda row: order[Famille(row.famille)])
