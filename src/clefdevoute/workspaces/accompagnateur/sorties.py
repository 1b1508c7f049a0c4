"""An exit laid out for its pages: the present one, those before, the calls, and what to warn of."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from clefdevoute.records.echeances.lignes import horizon
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Engagement, Travailleur
from clefdevoute.records.suivi import consentements
from clefdevoute.records.suivi.models import Consentement, Sortie, SuiviPar, SuiviSortie, TentativeSortie

PURPOSE = Consentement.Purpose.RAPPEL_SORTIE


@dataclass(frozen=True, slots=True)
class Rappel:
    """One follow-up with its attempts."""

    row: SuiviSortie
    essais: Sequence[TentativeSortie]
    today: dt.date

    @property
    def kind(self) -> str:
        """Name its badge."""
        if self.row.outcome == SuiviSortie.Outcome.REPONDU:
            return "ok"
        if self.row.outcome != SuiviSortie.Outcome.A_FAIRE:
            return "pause"
        return "soon" if self.row.due_on <= self.today else ""

    @property
    def can_call(self) -> bool:
        """Tell whether an attempt may be noted: an open follow-up, from thirty days before it is due."""
        return self.row.outcome == SuiviSortie.Outcome.A_FAIRE and self.row.due_on <= horizon(self.today)


def sorties(actor: Actor, travailleur: Travailleur) -> list[Sortie]:
    """Give all exits of a person, the newest first."""
    rows = Sortie.objects.visible_to(actor).filter(travailleur=travailleur).select_related("recorded_by")
    return list(rows.order_by("-left_on", "-recorded_at"))


def actuelle(actor: Actor, travailleur: Travailleur, found: Sequence[Sortie]) -> Sortie | None:
    """Give the exit that ends the present stay; none once the person came back under another contract."""
    last = next((row for row in found if row.reopened_on is None), None)
    if last is None:
        return None
    back = Engagement.objects.visible_to(actor).filter(travailleur=travailleur, starts_on__gt=last.left_on)
    return None if back.exists() else last


def rappels(actor: Actor, sortie: Sortie, today: dt.date) -> list[Rappel]:
    """Give the follow-ups of an exit with their attempts, in two queries."""
    rows = list(SuiviSortie.objects.visible_to(actor).filter(sortie=sortie).order_by("months"))
    by_call: dict[uuid.UUID, list[TentativeSortie]] = {row.pk: [] for row in rows}
    tries = TentativeSortie.objects.visible_to(actor).filter(suivi__in=by_call).select_related("tried_by")
    for one in tries.order_by("tried_on", "recorded_at"):
        by_call[one.suivi_id].append(one)
    return [Rappel(row, by_call[row.pk], today) for row in rows]


def accord(travailleur: Travailleur, today: dt.date) -> consentements.Question:
    """Say where the person's agreement to be called stands."""
    found = consentements.questions(travailleur, today)
    return next(one for one in found if one.purpose == PURPOSE)


def contrat_ouvert(actor: Actor, sortie: Sortie) -> Engagement | None:
    """Find the contract that the register still shows running after the last day."""
    rows = Engagement.objects.visible_to(actor).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=sortie.left_on),
        travailleur_id=sortie.travailleur_id,
        starts_on__lte=sortie.left_on,
    )
    found: Engagement | None = rows.order_by("-starts_on").first()
    return found


def suivis(actor: Actor, travailleur: Travailleur) -> Any:
    """Give who followed a person from when to when, the newest first, for ``_suivis.html`` (ask 5)."""
    rows = SuiviPar.objects.visible_to(actor).filter(travailleur=travailleur).select_related("accompagnateur")
    return rows.order_by("-starts_on", "-id")
