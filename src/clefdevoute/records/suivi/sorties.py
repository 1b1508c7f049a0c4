"""Exits as facts: the calls that may be made, what became of those who left, and who has nobody to follow her."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from clefdevoute.records.agenda.periodes import suivis
from clefdevoute.records.personnes.models import Engagement, Travailleur
from clefdevoute.records.suivi.consentements import personnes_avec
from clefdevoute.records.suivi.models import Consentement, Sortie, SuiviPar, SuiviSortie

_Outcome = SuiviSortie.Outcome


def a_appeler(entreprise_id: uuid.UUID, *, on: dt.date, until: dt.date) -> "QuerySet[SuiviSortie]":
    """Give the follow-ups due by a day of persons whose consent to be called holds, oldest first, in one query."""
    consent = personnes_avec(entreprise_id, Consentement.Purpose.RAPPEL_SORTIE, on)
    rows: QuerySet[SuiviSortie] = SuiviSortie.objects.of(entreprise_id).filter(
        Exists(consent.filter(travailleur_id=OuterRef("travailleur_id"))),
        outcome=_Outcome.A_FAIRE,
        due_on__lte=until,
        sortie__reopened_on__isnull=True,
    )
    return rows.order_by("due_on", "id")


@dataclass(frozen=True, slots=True)
class Terme:
    """What became, after so many months, of those who left: counts, never names."""

    months: int
    due: int
    answered: int
    employed: int
    unanswered: int
    refused: int


@dataclass(frozen=True, slots=True)
class BilanSorties:
    """The exits of a stretch of days, counted by reason, by destination and by what was answered afterwards."""

    total: int
    reasons: Mapping[str, int]
    destinations: Mapping[str, int]
    attestations: int
    termes: tuple[Terme, ...]

    @property
    def has_calls(self) -> bool:
        """Tell whether any call was due."""
        return any(terme.due for terme in self.termes)


def bilan_sorties(entreprise_id: uuid.UUID, *, start: dt.date, end: dt.date) -> BilanSorties:
    """
    Count the exits of a stretch of days, both ends included, in two queries.

    Words are the labels shown, every one of them, zeros included; a reopened exit is not one. Calls are those
    due in the stretch, whenever the person left.
    """
    rows = Sortie.objects.of(entreprise_id).filter(left_on__gte=start, left_on__lte=end, reopened_on__isnull=True)
    left = list(rows.order_by().values_list("reason", "destination", "attestation_on"))
    calls = SuiviSortie.objects.of(entreprise_id).filter(
        due_on__gte=start, due_on__lte=end, sortie__reopened_on__isnull=True
    )
    answers = list(calls.exclude(outcome=_Outcome.SANS_OBJET).order_by().values_list("months", "outcome", "employed"))
    return BilanSorties(
        total=len(left),
        reasons=_counted((reason for reason, _, _ in left), Sortie.Reason.choices),
        destinations=_counted((where for _, where, _ in left), Sortie.Destination.choices),
        attestations=sum(1 for _, _, on in left if on is not None),
        termes=tuple(_terme(months, answers) for months in (3, 6, 12)),
    )


def sans_referent(entreprise_id: uuid.UUID, *, as_of: dt.date) -> "QuerySet[Travailleur]":
    """
    Give the persons whom the law makes us follow and whom nobody follows on a day, by name (ask 10).

    Their names are those of the register: no dossier is opened by this list.
    """
    running = SuiviPar.objects.of(entreprise_id).filter(
        travailleur_id=OuterRef("pk"), kind=SuiviPar.Kind.REFERENT, starts_on__lte=as_of
    )
    here = suivis(entreprise_id, as_of=as_of)
    ids = here.keys() - _gone(entreprise_id, as_of)
    rows: QuerySet[Travailleur] = Travailleur.objects.of(entreprise_id).filter(pk__in=ids)
    return rows.filter(~Exists(running.exclude(ends_on__lt=as_of)))


def _gone(entreprise_id: uuid.UUID, as_of: dt.date) -> set[uuid.UUID]:
    """Find those whose exit was noted by a day: a contract may still run in the register until it is ended there."""
    rows = Sortie.objects.of(entreprise_id).filter(reopened_on__isnull=True, left_on__lt=as_of)
    last = dict(rows.order_by("left_on").values_list("travailleur_id", "left_on"))
    back = Engagement.objects.of(entreprise_id).filter(travailleur_id__in=last, starts_on__lte=as_of)
    returned = {person for person, day in back.values_list("travailleur_id", "starts_on") if day > last[person]}
    return last.keys() - returned


def _counted(values: Iterable[str], choices: Iterable[tuple[str, Any]]) -> dict[str, int]:
    found = Counter(values)
    return {str(label): found[value] for value, label in choices}


def _terme(months: int, answers: Iterable[tuple[int, str, str]]) -> Terme:
    own = [(outcome, employed) for term, outcome, employed in answers if term == months]
    outcomes = Counter(outcome for outcome, _ in own)
    return Terme(
        months=months,
        due=len(own),
        answered=outcomes[_Outcome.REPONDU],
        employed=sum(1 for _, employed in own if employed == SuiviSortie.Employed.OUI),
        unanswered=outcomes[_Outcome.SANS_REPONSE],
        refused=outcomes[_Outcome.REFUSE],
    )
