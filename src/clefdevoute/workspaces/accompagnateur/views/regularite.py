"""The register of regularity: half-years of the year, one line per person, dates alone; printed as it stands."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clefdevoute.records.echeances.regularite import Semestre, registre, semestres, suivis_entre
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi import dossiers
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.annees import annees, chosen, current_half

ON_PAPER = 500


@require_safe
def show_registre(request: WorkRequest) -> HttpResponse:
    """Show a half-year; ``tout=1`` lays everybody on one page, for the printer."""
    today, years = timezone.localdate(), annees(request)
    year = chosen(request, years)
    half = _half(request, year, semestres(year.debut), current_half(year, today))
    persons = suivis_entre(dossiers.travailleurs(request.actor), half.debut, min(half.fin, max(today, half.debut)))
    whole = request.GET.get("tout") == "1"
    page = paginate(request, persons, per_page=ON_PAPER if whole else 20)
    found = registre(
        request.actor.own_entreprise_id,
        [one.pk for one in page.items],
        debut=half.debut,
        fin=half.fin,
        as_of=today,
    )
    context: dict[str, Any] = {
        "years": years,
        "year": year,
        "half": half,
        "halves": semestres(year.debut),
        "page": page,
        "rows": [(one, found[one.pk]) for one in page.items if one.pk in found],
        "whole": whole,
        "running": half.debut <= today <= half.fin,
        "future": half.debut > today,
    }
    return render(request, "accompagnateur/registre.html", context)


def _half(request: WorkRequest, year: Any, halves: tuple[Semestre, Semestre], now: int) -> Semestre:
    asked = request.GET.get("semestre", "")
    return halves[int(asked) - 1] if asked in {"1", "2"} else halves[now - 1]
