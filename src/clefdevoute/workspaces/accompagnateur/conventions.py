"""The cockpit of the CPAS: conventions by CPAS with their persons, their end, what is due; the gaps first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.etats import Etat, etat, remind_on
from clefdevoute.records.reseau.models import ConventionCpas, ConventionPersonne, Partenaire, RapportCpas, Signature
from clefdevoute.records.suivi import dossiers

SOON = dt.timedelta(days=60)
BADGES = {
    Etat.BROUILLON: "todo",
    Etat.A_SIGNER: "waiting",
    Etat.A_VENIR: "progress",
    Etat.EN_VIGUEUR: "ok",
    Etat.ECHUE: "",
    Etat.DENONCEE: "pause",
}
RUNNING = frozenset({Etat.BROUILLON, Etat.A_SIGNER, Etat.A_VENIR, Etat.EN_VIGUEUR})
MOST = 200
"""How many conventions one page reads: some forty a year for a large enterprise."""


@dataclass(slots=True)
class Rangee:
    """One convention as a list shows it."""

    row: ConventionCpas
    etat: Etat
    today: dt.date
    personnes: list[ConventionPersonne] = field(default_factory=list)
    unsigned: list[Signature] = field(default_factory=list)
    reports: list[RapportCpas] = field(default_factory=list)

    @property
    def badge(self) -> str:
        """Give the colour of its state."""
        return "soon" if self.ends_soon else BADGES[self.etat]

    @property
    def ends_soon(self) -> bool:
        """Tell whether it ends within sixty days."""
        return self.etat is Etat.EN_VIGUEUR and self.row.last_day <= self.today + SOON

    @property
    def report(self) -> RapportCpas | None:
        """Give the next report due."""
        return self.reports[0] if self.reports else None

    @property
    def late(self) -> bool:
        """Tell whether that report is overdue."""
        return self.report is not None and self.report.due_on < self.today


@dataclass(frozen=True, slots=True)
class Manque:
    """An art. 60 § 7 worker without a convention in force."""

    travailleur: Travailleur
    mise: facts.Mise


@dataclass(frozen=True, slots=True)
class Groupe:
    """A CPAS with its conventions."""

    cpas: Partenaire
    rangees: list[Rangee]


def visibles(actor: Actor) -> "QuerySet[ConventionCpas]":
    """Give the conventions of the enterprise, the newest first."""
    rows: QuerySet[ConventionCpas] = ConventionCpas.objects.visible_to(actor).select_related("cpas", "renews")
    return rows.order_by("-starts_on", "id")


def rangees(actor: Actor, conventions: Iterable[ConventionCpas], today: dt.date) -> list[Rangee]:
    """Read what a list says of conventions, in three queries whatever their number."""
    found = {row.pk: Rangee(row, etat(row, today), today) for row in conventions}
    people = ConventionPersonne.objects.visible_to(actor).filter(convention_id__in=found).select_related("travailleur")
    for person in people.order_by("travailleur__name", "starts_on"):
        found[person.convention_id].personnes.append(person)
    waiting = Signature.objects.visible_to(actor).filter(convention_id__in=found, signed_on__isnull=True)
    for signature in waiting:
        found[signature.convention_id].unsigned.append(signature)
    due = RapportCpas.objects.visible_to(actor).filter(
        convention_id__in=found, sent_on__isnull=True, cancelled_reason=""
    )
    for report in due.select_related("travailleur").order_by("due_on", "id"):
        found[report.convention_id].reports.append(report)
    return list(found.values())


def groupes(actor: Actor, today: dt.date, wanted: frozenset[Etat]) -> list[Groupe]:
    """Sort the conventions of the wanted states by CPAS, in name order."""
    by_cpas: dict[Any, list[Rangee]] = defaultdict(list)
    for one in rangees(actor, visibles(actor)[:MOST], today):
        if one.etat in wanted:
            by_cpas[one.row.cpas].append(one)
    ordered = sorted(by_cpas.items(), key=lambda item: (item[0].name, str(item[0].pk)))
    return [Groupe(cpas, sorted(rows, key=lambda one: one.row.last_day)) for cpas, rows in ordered]


def manques(actor: Actor, today: dt.date) -> list[Manque]:
    """Name the art. 60 § 7 workers without a convention in force whose dossier is open to her."""
    if actor.entreprise_id is None:
        return []
    without = facts.art60_sans_convention(actor.entreprise_id, as_of=today)
    people = dossiers.travailleurs(actor).filter(pk__in=list(without)).order_by("name", "first_name")
    return [Manque(person, without[person.pk]) for person in people]


@dataclass(frozen=True, slots=True)
class Signataire:
    """Somebody who signs, and when a reminder is worth it."""

    row: Signature
    remind_on: dt.date | None
    due: bool


def signataires(actor: Actor, convention: ConventionCpas, today: dt.date) -> list[Signataire]:
    """List who signs a convention."""
    rows = Signature.objects.visible_to(actor).filter(convention=convention)
    found = []
    for row in rows.order_by("party", "name"):
        day = remind_on(row, convention.sent_on)
        found.append(Signataire(row, day, due=day is not None and day <= today))
    return found
