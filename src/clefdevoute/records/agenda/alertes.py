"""
What to know before a moment is fixed: none of it forbids, all of it is said.

A holiday, a clash of the accompagnateur or of the person, a day outside the contract, an impediment: each
has a code, so that what was seen once and accepted is not shown again, and what is new is.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from clefdevoute.law.kernel.feries import ferie
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.records.agenda.models import Empechement, Presence, RendezVous, Seance
from clefdevoute.records.agenda.models.base import LONGEST
from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur, Engagement, Travailleur

_SATURDAY = 5
_STANDING = ("planifie", "realise")


@dataclass(frozen=True, slots=True)
class Alerte:
    """One thing to know, with the code under which it is accepted."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envisage:
    """A moment that somebody thinks of; ``row_id`` is the row being changed, which never clashes with itself."""

    accompagnateur: Accompagnateur
    starts_at: dt.datetime
    duration_min: int
    travailleur: Travailleur | None = None
    row_id: uuid.UUID | None = None

    @property
    def ends_at(self) -> dt.datetime:
        """The moment it would end."""
        return self.starts_at + dt.timedelta(minutes=self.duration_min)

    @property
    def day(self) -> dt.date:
        """Its day in Belgium."""
        return timezone.localdate(self.starts_at)


def alertes(envisage: Envisage, *, now: dt.datetime) -> tuple[Alerte, ...]:
    """Say everything there is to know of a moment, in at most seven queries."""
    found = [*_of_the_day(envisage, now), *_of_the_accompagnateur(envisage)]
    if envisage.travailleur is not None:
        found += _of_the_person(envisage, envisage.travailleur)
    return tuple(found)


def _of_the_day(asked: Envisage, now: dt.datetime) -> Iterator[Alerte]:
    if name := ferie(asked.day):
        yield Alerte("ferie", f"Le {date_fr(asked.day)} est un jour férié : {name}.")
    elif asked.day.weekday() >= _SATURDAY:
        yield Alerte("week_end", f"Le {date_fr(asked.day)} tombe un week-end.")
    if asked.starts_at < now:
        yield Alerte("passe", "Ce moment est passé : il sera tout de suite à confirmer.")


def _of_the_accompagnateur(asked: Envisage) -> Iterator[Alerte]:
    who = asked.accompagnateur
    if who.functions_end is not None and who.functions_end < asked.day:
        yield Alerte("fonctions", f"{who} n’est plus en fonction depuis le {date_fr(who.functions_end)}.")
    if clash := clashing(asked, accompagnateur=who):
        yield Alerte(
            "accompagnateur_pris",
            f"{who} a déjà un moment fixé à {timezone.localtime(clash.starts_at):%H:%M} ce jour-là.",
        )
    if asked.day.isoweekday() in other_days(who, asked.day):
        yield Alerte("autre_contrat", f"Ce jour de la semaine est celui du second contrat de {who}.")


def _of_the_person(asked: Envisage, person: Travailleur) -> Iterator[Alerte]:
    if clash := clashing(asked, travailleur=person):
        yield Alerte(
            "personne_prise",
            f"{person} a déjà un rendez-vous à {timezone.localtime(clash.starts_at):%H:%M} ce jour-là.",
        )
    places = Presence.objects.of(person.entreprise_id).filter(travailleur=person, seance__status="planifie")
    places = places.filter(seance__starts_at__lt=asked.ends_at, seance__starts_at__gt=_before(asked))
    for place in places.select_related("seance"):
        if place.seance.ends_at > asked.starts_at:
            hour = timezone.localtime(place.seance.starts_at)
            yield Alerte(
                "personne_en_seance", f"{person} est inscrite ou inscrit à une séance à {hour:%H:%M} ce jour-là."
            )
    running = Engagement.objects.of(person.entreprise_id).filter(travailleur=person, starts_on__lte=asked.day)
    if not running.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=asked.day)).exists():
        yield Alerte("hors_contrat", f"{person} n’est pas sous contrat le {date_fr(asked.day)}.")
    away = Empechement.objects.of(person.entreprise_id).filter(travailleur=person, withdrawn_at__isnull=True)
    away = away.filter(Q(returns_on__isnull=True) | Q(returns_on__gt=asked.day), starts_on__lte=asked.day)
    if (row := away.first()) is not None:
        yield Alerte("empechement", f"Un empêchement motivé est en cours depuis le {date_fr(row.starts_on)}.")


def clashing(asked: Envisage, **who: Any) -> Any:
    """Give an appointment or a séance that shares a minute with the moment thought of; None where nothing does."""
    model: Any
    for model in (RendezVous,) if "travailleur" in who else (RendezVous, Seance):
        rows = model.objects.of(asked.accompagnateur.entreprise_id).filter(status__in=_STANDING, **who)
        rows = rows.filter(starts_at__lt=asked.ends_at, starts_at__gt=_before(asked)).exclude(pk=asked.row_id)
        for row in rows.order_by("starts_at"):
            if row.ends_at > asked.starts_at:
                return row
    return None


def other_days(who: Accompagnateur, day: dt.date) -> frozenset[int]:
    """Give the weekdays (1 for Monday) that a second contract takes on a day, in one query."""
    rows = ContratAccompagnateur.objects.of(who.entreprise_id).filter(
        accompagnateur=who, kind=ContratAccompagnateur.Kind.SECOND, starts_on__lte=day
    )
    words = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).values_list("weekdays", flat=True)
    return frozenset(int(figure) for word in words for figure in word)


def _before(asked: Envisage) -> dt.datetime:
    """Give the earliest beginning that could still reach the moment: nothing lasts longer than the longest."""
    return asked.starts_at - dt.timedelta(minutes=LONGEST)
