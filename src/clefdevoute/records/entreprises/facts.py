"""Rows of the enterprise as the facts that the law asks for, each in a bounded number of queries."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.records.entreprises.models import (
    Agrement,
    CompteLigne,
    EntrepriseInsertion,
    Lecture,
    PartTvaDeductible,
    Suspension,
)


@dataclass(frozen=True, slots=True)
class PeriodeFact:
    """Days of an approval or of its suspension, both ends included."""

    kind: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class AgrementFacts:
    """All that decides whether the approval runs on a day and what year it opens."""

    agrements: tuple[PeriodeFact, ...]
    suspensions: tuple[PeriodeFact, ...]
    cessation_kind: str
    cessation_on: dt.date | None


def agrement_facts(entreprise_id: uuid.UUID) -> AgrementFacts:
    """Read the approval of an enterprise, in three queries."""
    entreprise = EntrepriseInsertion.objects.only("cessation_kind", "cessation_on").get(pk=entreprise_id)
    agrements = Agrement.objects.of(entreprise_id).order_by("starts_on")
    suspensions = Suspension.objects.of(entreprise_id).order_by("starts_on")
    return AgrementFacts(
        agrements=tuple(PeriodeFact(row.kind, row.starts_on, row.ends_on) for row in agrements),
        suspensions=tuple(PeriodeFact("suspension", row.starts_on, row.ends_on) for row in suspensions),
        cessation_kind=entreprise.cessation_kind,
        cessation_on=entreprise.cessation_on,
    )


def part_tva_at(entreprise_id: uuid.UUID, as_of: dt.date) -> Decimal | None:
    """Give the deductible share of VAT (0 to 100) on a day, or None before the first one recorded."""
    held = PartTvaDeductible.objects.of(entreprise_id).filter(starts_on__lte=as_of)
    row = held.order_by("-starts_on").first()
    return row.percent if row else None


def comptes_at(entreprise_id: uuid.UUID, as_of: dt.date) -> dict[str, CompteLigne]:
    """Give the enterprise's own account by line, as they stand on a day, in one query."""
    held = CompteLigne.objects.of(entreprise_id).filter(starts_on__lte=as_of).order_by("starts_on")
    return {row.line: row for row in held}


def lectures_at(as_of: dt.date) -> dict[str, str]:
    """Give the installation's readings in force on a day; a key left out keeps the law's default."""
    held = Lecture.objects.filter(starts_on__lte=as_of).order_by("starts_on", "recorded_at", "id")
    return {row.key: row.value for row in held}
