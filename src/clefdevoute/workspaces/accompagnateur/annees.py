"""Which twelve months a page of evidence is about: agrément years, or civil years where there is no agrément."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.records.entreprises.facts import agrement_facts
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.subventions.annees import annee_at

BACK = 5
"""Civil years that an enterprise without agrément may go back."""


@dataclass(frozen=True, slots=True)
class Annee:
    """Twelve months, and whether an agrément dates them."""

    debut: dt.date
    fin: dt.date
    agrement: bool


def annees(request: WorkRequest) -> tuple[Annee, ...]:
    """List the years begun, the newest first: the follow-up is due with or without a subsidy (A28)."""
    today = timezone.localdate()
    facts = agrement_facts(request.actor.own_entreprise_id)
    if not facts.agrements or facts.agrements[0].starts_on > today:
        return tuple(
            Annee(dt.date(year, 1, 1), dt.date(year, 12, 31), agrement=False)
            for year in range(today.year, today.year - BACK, -1)
        )
    found = [annee_at(facts, facts.agrements[0].starts_on).value]
    while found[-1].fin < today:
        found.append(annee_at(facts, add_days(found[-1].fin, 1)).value)
    return tuple(Annee(one.debut, one.fin, agrement=True) for one in reversed(found))


def chosen(request: HttpRequest, years: tuple[Annee, ...]) -> Annee:
    """Read ``annee=AAAA-MM-JJ``; what is no year of the list gives the newest."""
    asked = request.GET.get("annee", "")
    return next((one for one in years if one.debut.isoformat() == asked), years[0])


def current_half(year: Annee, today: dt.date) -> int:
    """Say which half of a year a day is in, the second once the year is over."""
    return 1 if today < add_months(year.debut, 6) else 2
