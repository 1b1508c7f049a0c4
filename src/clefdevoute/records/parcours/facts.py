"""What the three paths prove (tasks 4, 5, 6), what is without object, what ends soon; bounded queries always."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from clefdevoute.records.parcours.models import (
    CompetenceEvaluee,
    DemandeExpertise,
    EpreuveValidation,
    EtapeJobcoaching,
    EvaluationFormation,
    HeuresModule,
    Jobcoaching,
    PlanFormation,
    SansObjet,
    ValidationCompetences,
)
from clefdevoute.records.personnes.models import Engagement, Travailleur

FORMATION, JOBCOACHING, VALIDATION = 4, 5, 6
EXPERTISE_DAYS = 30
"""Days after which an unanswered request to the Forem is asked again (our choice)."""
CONTRACT_DAYS = 90
"""Days before a contract ends from which the next step is proposed (F42, our choice)."""

Preuve = tuple[int, dt.date, str, uuid.UUID]

# (task, rows, the row that the cell opens, the days that prove something)
_SOURCES: tuple[tuple[int, type[Any], str, str, tuple[str, ...]], ...] = (
    (FORMATION, PlanFormation, "parcours.planformation", "pk", ("need_on",)),
    (FORMATION, DemandeExpertise, "parcours.planformation", "plan_id", ("asked_on", "answered_on")),
    (FORMATION, HeuresModule, "parcours.planformation", "module__plan_id", ("held_on",)),
    (FORMATION, EvaluationFormation, "parcours.planformation", "plan_id", ("held_on",)),
    (JOBCOACHING, Jobcoaching, "parcours.jobcoaching", "pk", ("opened_on", "closed_on")),
    (JOBCOACHING, EtapeJobcoaching, "parcours.jobcoaching", "jobcoaching_id", ("held_on",)),
    (
        VALIDATION,
        ValidationCompetences,
        "parcours.validationcompetences",
        "pk",
        ("informed_on", "interest_on", "registered_on", "guidance_on"),
    ),
    (VALIDATION, EpreuveValidation, "parcours.validationcompetences", "validation_id", ("held_on",)),
    (VALIDATION, CompetenceEvaluee, "parcours.competenceevaluee", "pk", ("assessed_on",)),
)


def preuves_parcours(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[Preuve]]:
    """
    Give what proves tasks 4, 5 and 6 in a stretch of days: dates and rows, no word; nine queries for everybody.

    ``end`` is at most today: a trial or an épreuve only planned proves nothing, nor does an hour of absence.
    """
    found: dict[uuid.UUID, set[Preuve]] = defaultdict(set)
    for task, model, kind, key, days in _SOURCES:
        within = Q()
        for day in days:
            within |= Q(**{f"{day}__range": (start, end)})
        rows = model.objects.of(entreprise_id).filter(within, travailleur_id__in=travailleur_ids)
        for pk, person, *dates in _proving(rows).order_by().values_list(key, "travailleur_id", *days):
            found[person] |= {(task, day, kind, pk) for day in dates if day is not None and start <= day <= end}
    return {person: sorted(proofs, key=lambda one: one[:2]) for person, proofs in found.items()}


def _proving(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    if rows.model is EpreuveValidation:
        return rows.exclude(result=EpreuveValidation.Result.PREVUE)
    if rows.model is HeuresModule:
        return rows.filter(hours__gt=0)
    return rows


@dataclass(frozen=True, slots=True)
class Absent:
    """A task without object for a person: why, since when, and the row that says it."""

    task: int
    reason: str
    noted_on: dt.date
    lifted_on: dt.date | None
    pk: uuid.UUID


def sans_objet(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, dict[int, Absent]]:
    """Give, by person and task, what was without object on a day of a stretch; the latest note wins; one query."""
    rows = SansObjet.objects.of(entreprise_id).filter(
        Q(lifted_on__isnull=True) | Q(lifted_on__gt=start), travailleur_id__in=travailleur_ids, noted_on__lte=end
    )
    found: dict[uuid.UUID, dict[int, Absent]] = defaultdict(dict)
    for row in rows.defer("detail").order_by("noted_on", "id"):
        found[row.travailleur_id][row.task] = Absent(
            row.task, row.get_reason_display(), row.noted_on, row.lifted_on, row.pk
        )
    return dict(found)


def heures(entreprise_id: uuid.UUID, module_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """Add up the hours attended of modules, in one query; a module without a day is not there."""
    rows = HeuresModule.objects.of(entreprise_id).filter(module_id__in=list(module_ids)).order_by()
    return dict(rows.values_list("module_id").annotate(total=Sum("hours")))


@dataclass(frozen=True, slots=True)
class Totaux:
    """What the modules of a plan come to."""

    planned: Decimal
    attended: Decimal
    cost: Decimal


def totaux(modules: Iterable[Any], attended: dict[uuid.UUID, Decimal]) -> Totaux:
    """Add up the modules of a plan: hours planned, hours attended, cost known."""
    rows = list(modules)
    return Totaux(
        planned=sum((row.hours_planned for row in rows), Decimal(0)),
        attended=sum((attended.get(row.pk, Decimal(0)) for row in rows), Decimal(0)),
        cost=sum((row.cost or Decimal(0) for row in rows), Decimal(0)),
    )


@dataclass(frozen=True, slots=True)
class Progres:
    """One skill of the grid: its level at start and now, and the one it takes, where that is known."""

    competence: str
    start: int
    start_on: dt.date
    now: int
    now_on: dt.date
    expected: int | None = None

    @property
    def start_word(self) -> str:
        """Say the first level in words."""
        return CompetenceEvaluee.Level(self.start).label

    @property
    def now_word(self) -> str:
        """Say the present level in words."""
        return CompetenceEvaluee.Level(self.now).label

    @property
    def expected_word(self) -> str:
        """Say the level it takes in words; nothing where it is not known."""
        return CompetenceEvaluee.Level(self.expected).label if self.expected else ""

    @property
    def reached(self) -> bool:
        """Tell whether the present level is the one it takes, or better."""
        return self.expected is not None and self.now >= self.expected

    @property
    def alone(self) -> bool:
        """Tell whether the skill was seen once only."""
        return self.start_on == self.now_on


def grille(rows: Iterable[CompetenceEvaluee]) -> dict[str, list[Progres]]:
    """Sort what was seen by occupation and skill: the first level, the last, and the one last said to be needed."""
    seen: dict[tuple[str, str], list[CompetenceEvaluee]] = defaultdict(list)
    for row in rows:
        seen[row.occupation, row.competence].append(row)
    found: dict[str, list[Progres]] = defaultdict(list)
    for (occupation, competence), levels in sorted(seen.items()):
        levels.sort(key=lambda row: (row.assessed_on, row.pk))
        first, last = levels[0], levels[-1]
        asked = next((row.expected for row in reversed(levels) if row.expected), None)
        found[occupation].append(
            Progres(competence, first.level, first.assessed_on, last.level, last.assessed_on, asked)
        )
    return dict(found)


def fin_de_contrat(travailleur: Travailleur, *, as_of: dt.date) -> Engagement | None:
    """Give the contract of a person that ends within ninety days and that no other continues."""
    further = Engagement.objects.filter(travailleur_id=OuterRef("travailleur_id")).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on"))
    )
    rows = Engagement.objects.of(travailleur.entreprise_id).filter(
        ~Exists(further),
        travailleur_id=travailleur.pk,
        ends_on__gte=as_of,
        ends_on__lte=as_of + dt.timedelta(days=CONTRACT_DAYS),
    )
    found: Engagement | None = rows.order_by("ends_on").first()
    return found


def hors_contrat(travailleur: Travailleur, day: dt.date) -> bool:
    """Tell whether a day is outside every contract of a person: worth a warning, never a refusal."""
    rows = Engagement.objects.of(travailleur.entreprise_id).filter(travailleur_id=travailleur.pk, starts_on__lte=day)
    return not rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).exists()
