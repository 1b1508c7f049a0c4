"""
The matrix of obligations: for each person and each of the eleven tasks, the evidence or what is missing.

It gathers what every domain below proves and hands it to the law; days and keys of rows, never a word.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from clefdevoute.law.accompagnateur.obligations import Obligations, Preuve, SansObjet, Situation, obligations
from clefdevoute.law.accompagnement_social.dossier import bilan_actuel
from clefdevoute.law.entretiens.rules import Etat
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.agenda.facts import FaitsHorloge, preuves_agenda
from clefdevoute.records.amenagements.facts import preuves_amenagements
from clefdevoute.records.amenagements.models import Amenagement
from clefdevoute.records.parcours.facts import preuves_parcours, sans_objet
from clefdevoute.records.parcours.participations import preuves_participation
from clefdevoute.records.reseau.facts import art60_actifs, art60_sans_convention, preuves_reseau
from clefdevoute.records.reseau.models import RechercheEmploi
from clefdevoute.records.suivi.bilans import derniers_bilans, preuves_bilan
from clefdevoute.records.suivi.facts import completude, preuves_dossier
from clefdevoute.records.suivi.horloges import faits_horloges
from clefdevoute.records.suivi.models import Consentement

Ids = Collection[uuid.UUID]
Trace = tuple[int, dt.date, str, uuid.UUID]
"""Task, day, kind of row and key of the row that a cell opens."""
FOREM = 8
ANSWER = "suivi.consentement"


@dataclass(frozen=True, slots=True)
class Personne:
    """One line of the matrix: the law's answer, and the rows behind each cell."""

    answer: Explained[Obligations]
    traces: dict[int, tuple[Trace, ...]]


def matrice(
    entreprise_id: uuid.UUID, travailleur_ids: Ids, *, debut: dt.date, fin: dt.date, as_of: dt.date
) -> dict[uuid.UUID, Personne]:
    """Judge the eleven tasks of persons over a period, in a number of queries that does not grow with them."""
    day = min(fin, as_of)
    ids = list(travailleur_ids)
    clocks = faits_horloges(entreprise_id, ids, as_of=day)
    traces = _traces(entreprise_id, ids, start=debut, end=day)
    reasons = sans_objet(entreprise_id, ids, start=debut, end=day)
    situations = _situations(entreprise_id, clocks, day)
    found = {}
    for pk, clock in clocks.items():
        own = traces.get(pk, ())
        answer = obligations(
            debut=debut,
            fin=fin,
            as_of=as_of,
            date_engagement=clock.periode.debut,
            situation=situations[pk],
            preuves=tuple(Preuve(task, on) for task, on, _, _ in own),
            sans_objet=tuple(SansObjet(one.task, one.reason, one.noted_on) for one in reasons.get(pk, {}).values()),
        )
        by_task: dict[int, list[Trace]] = defaultdict(list)
        for trace in own:
            by_task[trace[0]].append(trace)
        found[pk] = Personne(answer, {task: tuple(rows) for task, rows in by_task.items()})
    return found


Reader = Callable[..., dict[uuid.UUID, list[Trace]]]
READERS: tuple[Reader, ...] = (
    preuves_agenda,
    preuves_bilan,
    preuves_dossier,
    preuves_reseau,
    preuves_parcours,
    preuves_participation,
    preuves_amenagements,
)


def _traces(entreprise_id: uuid.UUID, ids: Ids, *, start: dt.date, end: dt.date) -> dict[uuid.UUID, tuple[Trace, ...]]:
    found: dict[uuid.UUID, set[Trace]] = defaultdict(set)
    for reader in READERS:
        for pk, rows in reader(entreprise_id, ids, start=start, end=end).items():
            found[pk].update(rows)
    for trace_of, row in _answers(entreprise_id, ids, start, end):
        found[trace_of].add(row)
    return {pk: tuple(sorted(rows, key=lambda row: (row[0], row[1], str(row[3])))) for pk, rows in found.items()}


def _answers(entreprise_id: uuid.UUID, ids: Ids, start: dt.date, end: dt.date) -> Iterable[tuple[uuid.UUID, Trace]]:
    """Give the days on which persons said yes or no to the Forem: either way task 8 was done."""
    rows = Consentement.objects.of(entreprise_id).filter(
        Q(given_on__range=(start, end)) | Q(refused_on__range=(start, end)),
        purpose=Consentement.Purpose.FOREM,
        travailleur_id__in=ids,
    )
    for pk, person, given, refused in rows.order_by().values_list("pk", "travailleur_id", "given_on", "refused_on"):
        yield person, (FOREM, given or refused, ANSWER, pk)


def _situations(
    entreprise_id: uuid.UUID, clocks: dict[uuid.UUID, FaitsHorloge], day: dt.date
) -> dict[uuid.UUID, Situation]:
    ids = list(clocks)
    bilans = derniers_bilans(entreprise_id, ids, as_of=day)
    complete = completude(entreprise_id, ids, as_of=day)
    art60 = art60_actifs(entreprise_id, ids, as_of=day)
    uncovered = art60_sans_convention(entreprise_id, ids, as_of=day)
    seeking = _dei(entreprise_id, ids, day)
    waiting = set(
        Amenagement.objects.of(entreprise_id)
        .filter(travailleur_id__in=ids, notified_on__isnull=True, closed_on__isnull=True, need_on__lte=day)
        .values_list("travailleur_id", flat=True)
    )
    return {
        pk: Situation(
            entretiens_a_jour=_on_time(clock.etat(as_of=day)),
            bilan_actuel=bilan_actuel(dernier_bilan=bilans[pk].held_on if pk in bilans else None, as_of=day).value,
            dossier_complet=pk in complete and complete[pk].value.complet,
            art_60=pk in art60,
            convention_en_vigueur=pk in art60 and pk not in uncovered,
            dei_depuis=seeking.get(pk),
            besoin_amenagement=pk in waiting,
        )
        for pk, clock in clocks.items()
    }


def _on_time(etat: Explained[Etat]) -> bool:
    return "en_retard" not in (etat.value.individuel.situation, etat.value.collectif.situation)


def _dei(entreprise_id: uuid.UUID, ids: Ids, day: dt.date) -> dict[uuid.UUID, dt.date]:
    rows = RechercheEmploi.objects.of(entreprise_id).filter(travailleur_id__in=ids, seeking=True, dei_since__lte=day)
    rows = rows.exclude(ends_on__lt=day).order_by("dei_since")
    return dict(rows.values_list("travailleur_id", "dei_since"))


@dataclass(frozen=True, slots=True)
class PartTache:
    """How many of the persons for whom a task has an object have it proved; no name."""

    tache: int
    libelle: str
    prouvees: int
    dues: int
    lacunes: int

    @property
    def taux(self) -> int | None:
        """Give the whole percentage proved, rounded down; none where the task has no object for anybody."""
        return 100 * self.prouvees // self.dues if self.dues else None


def parts(lines: Iterable[Personne]) -> tuple[PartTache, ...]:
    """Count each task over persons, for who may see numbers and nothing else."""
    columns = list(zip(*(one.answer.value.taches for one in lines), strict=True))
    return tuple(
        PartTache(
            tache=column[0].tache,
            libelle=column[0].libelle,
            prouvees=sum(one.etat == "prouvee" for one in column),
            dues=sum(one.etat != "sans_objet" for one in column),
            lacunes=sum(one.etat == "lacune" for one in column),
        )
        for column in columns
    )
