"""
Which persons the list keeps, and in which order: the one question behind the screen and the export.

What the database can say is asked of it; a due date and a completeness come from the law, so they are
read for the persons left.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from clefdevoute.law.entretiens.rules import Etat
from clefdevoute.records.echeances.lignes import horizon, les_miens
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.memoire import Memoire
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.suivi import dossiers
from clefdevoute.records.suivi.facts import completude
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.records.suivi.models import SuiviPar
from clefdevoute.ui import saisie

ACTIFS, PARTIS, TOUS = "actifs", "partis", "tous"
MIENS, SANS = "miens", "sans"
LONGEST = 100
"""Letters of a search beyond which its answer is not worth keeping."""


@dataclass(frozen=True, slots=True)
class Filtres:
    """What was asked of the list; ``referent`` is a key, one's own persons, or those without."""

    q: str = ""
    statut: str = ""
    site: str = ""
    echeance: str = ""
    completude: str = ""
    referent: str = ""
    presence: str = ACTIFS
    tri: str = ""


_LIGNES: Memoire[tuple[uuid.UUID, ...]] = Memoire(64)


def lignes(actor: Actor, asked: Filtres, *, as_of: dt.date) -> Sequence[uuid.UUID]:
    """
    Find the persons that the filters keep, in order; the page shows a part of these, the export all.

    Kept while nothing is written in the enterprise: the rail tells their number on every page.
    """
    if actor.entreprise_id is None:
        return ()
    find = partial(_trouver, actor, asked, as_of)
    if len(asked.q) > LONGEST:
        return find()
    return _LIGNES.lire(actor.entreprise_id, (actor.key, asked), find, as_of=as_of)


def _trouver(actor: Actor, asked: Filtres, as_of: dt.date) -> tuple[uuid.UUID, ...]:
    return tuple(_lues(actor, asked, as_of))


def _lues(actor: Actor, asked: Filtres, as_of: dt.date) -> list[uuid.UUID]:
    rows = _asked(actor, asked, as_of).order_by("name", "first_name", "number")
    found = list(rows.values_list("pk", flat=True))
    if actor.entreprise_id is None or not (asked.echeance or asked.completude or asked.tri):
        return found
    if asked.echeance or asked.tri:
        clocks = {pk: one.value for pk, one in horloges(actor.entreprise_id, found, as_of=as_of).items()}
        found = [pk for pk in found if not asked.echeance or situation(clocks.get(pk), as_of) == asked.echeance]
        if asked.tri:
            found.sort(key=lambda pk: _due(clocks.get(pk)))
    if asked.completude:
        files = completude(actor.entreprise_id, found, as_of=as_of)
        found = [pk for pk in found if files[pk].value.complet == (asked.completude == "complets")]
    return found


def presents(request: HttpRequest) -> int:
    """Count the persons of the list as it opens: the number in the rail."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return len(lignes(actor, Filtres(), as_of=timezone.localdate()))


def _due(state: Etat | None) -> dt.date:
    """Give the nearer of the two dates; who has none comes last."""
    running = [one for one in (state.individuel, state.collectif) if one.echeance] if state else []
    return min((one.echeance for one in running if one.echeance), default=dt.date.max)


def situation(state: Etat | None, as_of: dt.date) -> str:
    """Sort a person by her individual clock: late, soon, in time, impeded, or followed no more."""
    clock = state.individuel if state else None
    if clock is None or clock.echeance is None:
        return "sans"
    if clock.situation == "en_retard":
        return "retard"
    if clock.situation == "empeche":
        return "empeche"
    return "bientot" if clock.echeance <= horizon(as_of) else "ok"


def _asked(actor: Actor, asked: Filtres, as_of: dt.date) -> "QuerySet[Travailleur]":
    begun = Engagement.objects.visible_to(actor).filter(travailleur_id=OuterRef("pk"), starts_on__lte=as_of)
    running = begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=as_of))
    rows = dossiers.travailleurs(actor)
    if asked.presence == ACTIFS:
        rows = rows.filter(Exists(running))
    elif asked.presence == PARTIS:
        rows = rows.filter(Exists(begun), ~Exists(running))
    if asked.site or asked.statut:
        rows = _of_contract(rows, begun, actor, asked)
    for condition in _words(asked.q):
        rows = rows.filter(condition)
    return _followed(rows, actor, asked.referent, as_of)


def _of_contract(
    rows: "QuerySet[Travailleur]", begun: "QuerySet[Engagement]", actor: Actor, asked: Filtres
) -> "QuerySet[Travailleur]":
    """Keep by the last contract begun, the one that the list shows."""
    last = begun.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-id")
    rows = rows.annotate(contrat_id=Subquery(last.values("pk")[:1]))
    if asked.site:
        rows = rows.filter(
            Exists(Engagement.objects.visible_to(actor).filter(pk=OuterRef("contrat_id"), site=asked.site))
        )
    if asked.statut:
        mine = StatutEngagement.objects.visible_to(actor).filter(engagement_id=OuterRef("contrat_id"))
        rows = rows.filter(Exists(mine.filter(statut=asked.statut)))
    return rows


def _followed(rows: "QuerySet[Travailleur]", actor: Actor, wanted: str, as_of: dt.date) -> "QuerySet[Travailleur]":
    if not wanted:
        return rows
    if wanted == MIENS:
        return les_miens(rows, actor, as_of)
    running = SuiviPar.objects.visible_to(actor).filter(travailleur_id=OuterRef("pk"), starts_on__lte=as_of)
    running = running.exclude(ends_on__lt=as_of)
    if wanted == SANS:
        return rows.filter(~Exists(running))
    return rows.filter(Exists(running.filter(accompagnateur_id=wanted)))


def _words(text: str) -> Iterable[Q]:
    """Read a search: a birth date, a number, or parts of a name in any order, accents forgiven."""
    if not text.strip():
        return
    try:
        yield Q(birth_date=saisie.date(text))
        return
    except saisie.SaisieError:
        pass
    for word in fold(text).split() or [text]:
        yield Q(search_key__contains=word) | Q(number__iexact=word)
