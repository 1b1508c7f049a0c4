"""Which lines of the register a page or an export shows: the filters, and the rows with their status."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Absence, Engagement, StatutEngagement, Travailleur
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.ui import saisie


@dataclass(frozen=True, slots=True)
class Filtres:
    """What was asked of the list; ``au`` None shows everybody who was ever on the register."""

    q: str = ""
    statut: str = ""
    site: str = ""
    au: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Rangee:
    """A line of the list: a person and the contract that the filters found."""

    travailleur: Travailleur
    engagement: Engagement | None
    statut: StatutEngagement | None


def lignes(actor: Actor, asked: Filtres) -> QuerySet[Engagement]:
    """Find the contracts that the filters keep, by name; the export writes exactly these."""
    rows: QuerySet[Engagement] = Engagement.objects.visible_to(actor).select_related("travailleur")
    if asked.au is not None:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=asked.au), starts_on__lte=asked.au)
    if asked.site:
        rows = rows.filter(site=asked.site)
    rows = _with_status(rows, actor, asked.statut)
    for condition in _words(asked.q):
        rows = rows.filter(condition)
    return rows.order_by("travailleur__name", "travailleur__first_name", "travailleur__number", "starts_on", "id")


def _with_status(rows: QuerySet[Engagement], actor: Actor, wanted: str) -> QuerySet[Engagement]:
    mine = StatutEngagement.objects.visible_to(actor).filter(engagement=OuterRef("pk"))
    if wanted == "aucun":
        return rows.filter(~Exists(mine))
    if wanted == "a_verifier":
        return rows.filter(Exists(mine.filter(statut__in=["td", "tgd"], verified_on__isnull=True)))
    return rows.filter(Exists(mine.filter(statut=wanted))) if wanted else rows


def _words(text: str) -> Iterable[Q]:
    """Read a search: a birth date, a number, or parts of a name in any order, without accents."""
    if not text.strip():
        return
    try:
        yield Q(travailleur__birth_date=saisie.date(text))
        return
    except saisie.SaisieError:
        pass
    for word in fold(text).split() or [text]:
        yield Q(travailleur__search_key__contains=word) | Q(travailleur__number__iexact=word)


def sans_contrat(actor: Actor, asked: Filtres) -> QuerySet[Travailleur]:
    """Find the persons entered who have no contract yet; they belong to the whole list only."""
    rows = Travailleur.objects.visible_to(actor)
    if asked.au is not None or asked.site or asked.statut:
        return rows.none()
    engaged = Engagement.objects.visible_to(actor).filter(travailleur=OuterRef("pk"))
    rows = rows.filter(~Exists(engaged))
    words = fold(asked.q).split()
    for word in words:
        rows = rows.filter(Q(search_key__contains=word) | Q(number__iexact=word))
    return rows.order_by("name", "first_name", "number")


def presents(request: HttpRequest) -> int:
    """Count the contracts of today: the very list that the rail opens."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return lignes(actor, Filtres(au=timezone.localdate())).order_by().count()


def sites(actor: Actor) -> list[str]:
    """List the sites named in the register."""
    found = Engagement.objects.visible_to(actor).exclude(site="").order_by("site")
    return list(found.values_list("site", flat=True).distinct())


def statuts_of(actor: Actor, engagements: Sequence[Engagement]) -> dict[uuid.UUID, StatutEngagement]:
    """Find the frozen status of each contract, in one query."""
    rows = StatutEngagement.objects.visible_to(actor).filter(engagement__in=[one.pk for one in engagements])
    return {row.engagement_id: row for row in rows}


def tous_statuts(actor: Actor) -> dict[uuid.UUID, StatutEngagement]:
    """Find every frozen status at once: thousands of contracts do not fit into one question."""
    return {row.engagement_id: row for row in StatutEngagement.objects.visible_to(actor)}


def rangees(actor: Actor, engagements: Sequence[Engagement]) -> list[Rangee]:
    """Join each contract of a page with its person and its status."""
    found = statuts_of(actor, engagements)
    return [Rangee(one.travailleur, one, found.get(one.pk)) for one in engagements]


@dataclass(frozen=True, slots=True)
class Fiche:
    """All of a person's page."""

    travailleur: Travailleur
    contrats: tuple[tuple[Engagement, StatutEngagement | None, dict[str, Any]], ...]
    absences: tuple[Absence, ...]


def fiche(actor: Actor, travailleur: Travailleur, today: dt.date) -> Fiche:
    """Read the contracts, their status and the absences of a person, in three queries."""
    contracts = list(Engagement.objects.visible_to(actor).filter(travailleur=travailleur).order_by("-starts_on", "id"))
    found = statuts_of(actor, contracts)
    return Fiche(
        travailleur=travailleur,
        contrats=tuple((one, found.get(one.pk), {"running": _runs(one, today)}) for one in contracts),
        absences=tuple(Absence.objects.visible_to(actor).filter(travailleur=travailleur).order_by("-starts_on")),
    )


def _runs(one: Engagement, today: dt.date) -> bool:
    return one.starts_on <= today and (one.ends_on is None or today <= one.ends_on)
