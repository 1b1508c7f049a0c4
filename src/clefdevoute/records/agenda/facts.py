"""
The agenda as the facts that the law asks for: clocks, what nobody settled, what comes next, evidence.

Dates and codes only, so that the gestionnaire too may be told them; the number of queries never grows
with the persons.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from clefdevoute.law.entretiens.faits import Empechement as EmpechementFact
from clefdevoute.law.entretiens.faits import Entretien, Sorte, Statut
from clefdevoute.law.entretiens.rules import Etat, etat
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.agenda.models import Empechement, Presence, RendezVous, Seance
from clefdevoute.records.agenda.periodes import Periode, periodes
from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur

Ids = Collection[uuid.UUID] | None
Preuve = tuple[int, dt.date, str, uuid.UUID]

_ISSUES: dict[str, Statut] = {
    RendezVous.Status.PLANIFIE: "prevu",
    RendezVous.Status.REALISE: "fait",
    RendezVous.Status.REPORTE: "reporte",
    RendezVous.Status.EXCUSE: "excuse",
    RendezVous.Status.ABSENT: "absent",
    RendezVous.Status.REFUSE: "refuse",
    RendezVous.Status.ANNULE: "annule",
}
_PRESENCES: dict[str, Statut] = {
    Presence.Status.EXCUSE: "excuse",
    Presence.Status.ABSENT: "absent",
    Presence.Status.REFUSE: "refuse",
}


@dataclass(frozen=True, slots=True)
class FaitsHorloge:
    """What the law takes to draw both clocks of a person; ``etat(as_of=…)`` asks it."""

    periode: Periode
    debut_fonction: dt.date
    entretiens: tuple[Entretien, ...]
    empechements: tuple[EmpechementFact, ...]

    def etat(self, *, as_of: dt.date) -> Explained[Etat]:
        """Draw both clocks as they stand on a day of this stretch; the same facts are asked of the law once."""
        return _etat(self, as_of)


@lru_cache(maxsize=2048)
def _etat(facts: FaitsHorloge, as_of: dt.date) -> Explained[Etat]:
    return etat(
        date_engagement=facts.periode.debut,
        debut_fonction=facts.debut_fonction,
        as_of=as_of,
        entretiens=facts.entretiens,
        empechements=facts.empechements,
        sortie=facts.periode.sortie(as_of),
    )


def horloges(
    entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, as_of: dt.date
) -> dict[uuid.UUID, Explained[Etat]]:
    """
    Draw both clocks of every followed person: TD, TGD and art. 60; « autre » has none.

    A person who left keeps her closed clocks while she is asked for by key; without keys only those who
    are here on the day are answered. Eight queries, whatever the number of persons and of their interviews.
    """
    facts = faits_horloges(entreprise_id, travailleur_ids, as_of=as_of, derniers=True)
    return {pk: one.etat(as_of=as_of) for pk, one in facts.items()}


def faits_horloges(
    entreprise_id: uuid.UUID,
    travailleur_ids: Ids = None,
    *,
    as_of: dt.date,
    derniers: bool = False,
    partis: bool = False,
    sorties: Mapping[uuid.UUID, dt.date] | None = None,
) -> dict[uuid.UUID, FaitsHorloge]:
    """
    Read the facts of both clocks of every followed person; a register asks them for several days at once.

    ``derniers`` leaves out the interviews that a later one has put behind: enough for ``as_of`` itself, and
    a tenth of the rows after five years. ``partis`` keeps who left, even when nobody is asked for by key.
    ``sorties`` are last days known before the contract is ended.
    """
    left = sorties or {}
    found = {
        pk: one
        for pk, one in (
            (pk, one.finie(left.get(pk))) for pk, one in periodes(entreprise_id, travailleur_ids, as_of=as_of).items()
        )
        if one.suivi and (partis or travailleur_ids is not None or one.sortie(as_of) is None)
    }
    function = debut_fonction(entreprise_id)
    held = (_derniers if derniers else _entretiens)(entreprise_id, travailleur_ids, as_of)
    impeded = _empechements(entreprise_id, travailleur_ids)
    return {
        pk: FaitsHorloge(
            periode=one,
            debut_fonction=function or one.debut,
            entretiens=tuple(held.get(pk, ())),
            empechements=tuple(impeded.get(pk, ())),
        )
        for pk, one in found.items()
    }


def debut_fonction(entreprise_id: uuid.UUID) -> dt.date | None:
    """
    Give the first day on which an accompagnateur was in function in the enterprise, in two queries at most.

    Where no day of function was recorded, the first contract of support says it; where there is none, nothing.
    """
    day = Accompagnateur.objects.of(entreprise_id).aggregate(first=Min("functions_start"))["first"]
    if day is not None:
        return _day(day)
    contracts = ContratAccompagnateur.objects.of(entreprise_id).filter(kind=ContratAccompagnateur.Kind.ACCOMPAGNEMENT)
    return _day(contracts.aggregate(first=Min("starts_on"))["first"])


def prochains(
    entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, now: dt.datetime
) -> dict[uuid.UUID, RendezVous]:
    """Give the next planned appointment of each person, in one query; booking moves no due date (A15)."""
    rows = RendezVous.objects.of(entreprise_id).filter(status=RendezVous.Status.PLANIFIE, starts_at__gte=now)
    found: dict[uuid.UUID, RendezVous] = {}
    for row in _of(rows, travailleur_ids).select_related("accompagnateur").order_by("starts_at", "id"):
        found.setdefault(row.travailleur_id, row)
    return found


def a_confirmer(entreprise_id: uuid.UUID, travailleur_ids: Ids = None, *, now: dt.datetime) -> Any:
    """Give the appointments that have begun and whose outcome nobody noted, oldest first, as one queryset."""
    rows = RendezVous.objects.of(entreprise_id).a_confirmer(now)
    return _of(rows, travailleur_ids).select_related("travailleur", "accompagnateur").order_by("starts_at", "id")


def seances_a_pointer(entreprise_id: uuid.UUID, *, now: dt.datetime) -> Any:
    """Give the séances that have begun and whose attendance nobody ticked, oldest first, as one queryset."""
    rows = Seance.objects.of(entreprise_id).a_confirmer(now)
    return rows.select_related("accompagnateur").order_by("starts_at", "id")


def preuves_agenda(
    entreprise_id: uuid.UUID, travailleur_ids: Collection[uuid.UUID], *, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[Preuve]]:
    """
    Give the evidence that the agenda holds, in two queries: task 1 (held face to face), 9 and 11 (by séance).

    Each is (task, day, kind of row, key of row), both ends of the stretch included. For this part nothing is
    « sans objet »: every followed person is owed interviews and awareness.
    """
    found: dict[uuid.UUID, list[Preuve]] = defaultdict(list)
    since, until = _midnight(start), _midnight(end + dt.timedelta(days=1))
    held = RendezVous.objects.of(entreprise_id).between(since, until)
    held = held.filter(status="realise", kind="entretien", form="face_a_face", travailleur_id__in=travailleur_ids)
    for pk, person, moment in held.order_by("starts_at", "id").values_list("id", "travailleur_id", "starts_at"):
        found[person].append((1, timezone.localdate(moment), "agenda.rendezvous", pk))
    came = Presence.objects.of(entreprise_id).filter(
        status="present",
        travailleur_id__in=travailleur_ids,
        seance__status="realise",
        seance__starts_at__gte=since,
        seance__starts_at__lt=until,
    )
    for row in came.select_related("seance").order_by("seance__starts_at", "id"):
        seance = row.seance
        credits = (
            (1, seance.is_collective_interview),
            (9, seance.is_strategy or seance.is_management),
            (11, seance.is_social_economy),
        )
        found[row.travailleur_id].extend((task, seance.day, "agenda.presence", row.pk) for task, on in credits if on)
    return dict(found)


def _entretiens(entreprise_id: uuid.UUID, travailleur_ids: Ids, as_of: dt.date) -> dict[uuid.UUID, list[Entretien]]:
    """Read the interviews of each person up to a day, in two queries: individual ones, then séances."""
    found: dict[uuid.UUID, list[Entretien]] = defaultdict(list)
    until = _midnight(as_of + dt.timedelta(days=1))
    own = RendezVous.objects.of(entreprise_id).filter(kind=RendezVous.Kind.ENTRETIEN, starts_at__lt=until)
    columns = ("travailleur_id", "starts_at", "status", "form")
    for person, moment, status, form in _of(own, travailleur_ids).order_by("starts_at", "id").values_list(*columns):
        found[person].append(Entretien(timezone.localdate(moment), "individuel", _ISSUES[status], form))
    shared = Presence.objects.of(entreprise_id).filter(
        seance__is_collective_interview=True, seance__starts_at__lt=until
    )
    columns = ("travailleur_id", "seance__starts_at", "status", "seance__status")
    rows = _of(shared, travailleur_ids).order_by("seance__starts_at", "id").values_list(*columns)
    for person, moment, presence, status in rows:
        day, came = timezone.localdate(moment), presence == Presence.Status.PRESENT
        said = _PRESENCES.get(presence, _ISSUES[status])
        found[person].append(Entretien(day, "collectif", said, present=came))
    return found


def _derniers(entreprise_id: uuid.UUID, travailleur_ids: Ids, as_of: dt.date) -> dict[uuid.UUID, list[Entretien]]:
    """Read what still weighs on a day, in four queries: the last interview of each kind that counts, the refusals."""
    found: dict[uuid.UUID, list[Entretien]] = defaultdict(list)
    until = _midnight(as_of + dt.timedelta(days=1))
    own = _of(RendezVous.objects.of(entreprise_id), travailleur_ids)
    own = own.filter(kind=RendezVous.Kind.ENTRETIEN, starts_at__lt=until).order_by()
    held = own.filter(status=RendezVous.Status.REALISE, form=RendezVous.Form.FACE_A_FACE)
    shared = _of(Presence.objects.of(entreprise_id), travailleur_ids)
    shared = shared.filter(seance__is_collective_interview=True, seance__starts_at__lt=until).order_by()
    came = shared.filter(status=Presence.Status.PRESENT, seance__status=Seance.Status.REALISE)
    counted: tuple[tuple[Sorte, Any, str], ...] = (
        ("individuel", held, "starts_at"),
        ("collectif", came, "seance__starts_at"),
    )
    for sorte, rows, column in counted:
        for person, moment in rows.values_list("travailleur_id").annotate(last=Max(column)):
            found[person].append(Entretien(timezone.localdate(moment), sorte))
    refused: tuple[tuple[Sorte, Any, str], ...] = (
        ("individuel", own.filter(status=RendezVous.Status.REFUSE), "starts_at"),
        ("collectif", shared.filter(status=Presence.Status.REFUSE), "seance__starts_at"),
    )
    for sorte, rows, column in refused:
        for person, moment in rows.values_list("travailleur_id", column):
            found[person].append(Entretien(timezone.localdate(moment), sorte, "refuse"))
    return found


def _empechements(entreprise_id: uuid.UUID, travailleur_ids: Ids) -> dict[uuid.UUID, list[EmpechementFact]]:
    found: dict[uuid.UUID, list[EmpechementFact]] = defaultdict(list)
    rows = Empechement.objects.of(entreprise_id).filter(withdrawn_at__isnull=True)
    for row in _of(rows, travailleur_ids).order_by("starts_on", "id"):
        found[row.travailleur_id].append(EmpechementFact(row.starts_on, row.get_reason_display(), row.returns_on))
    return found


def _of(rows: Any, travailleur_ids: Ids) -> Any:
    return rows if travailleur_ids is None else rows.filter(travailleur_id__in=travailleur_ids)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _day(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
