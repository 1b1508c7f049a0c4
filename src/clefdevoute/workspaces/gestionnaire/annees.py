"""Which enterprise and which agrément year a page is about; an unknown year is no address."""

import datetime as dt

from django.http import Http404
from django.shortcuts import get_object_or_404

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.law.kernel.dates import add_days
from clefdevoute.records.entreprises.facts import AgrementFacts, agrement_facts
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.subventions.annees import annee_at


def entreprise_of(request: WorkRequest) -> EntrepriseInsertion:
    """Find the session's own enterprise."""
    return get_object_or_404(EntrepriseInsertion.objects.visible_to(request.actor), pk=request.actor.entreprise_id)


def years_from(facts: AgrementFacts, today: dt.date) -> tuple[AnneeAgrement, ...]:
    """List the agrément years from the first recorded one to the one after today's, oldest first."""
    if not facts.agrements:
        return ()
    found = [annee_at(facts, facts.agrements[0].starts_on).value]
    last = facts.agrements[-1].ends_on
    while found[-1].debut <= today and (last is None or found[-1].fin < last):
        found.append(annee_at(facts, add_days(found[-1].fin, 1)).value)
    return tuple(found)


def years_of(entreprise: EntrepriseInsertion, today: dt.date) -> tuple[AnneeAgrement, ...]:
    """List the agrément years of an enterprise, as ``years_from``, in three queries."""
    return years_from(agrement_facts(entreprise.pk), today)


def current(years: tuple[AnneeAgrement, ...], today: dt.date) -> AnneeAgrement | None:
    """Choose the year that holds today, else the last one begun, else the first."""
    begun = [year for year in years if year.debut <= today]
    return begun[-1] if begun else years[0] if years else None


def year_or_404(years: tuple[AnneeAgrement, ...], debut: dt.date) -> AnneeAgrement:
    """Find the year that begins on a day of a path."""
    for year in years:
        if year.debut == debut:
            return year
    raise Http404
