"""Those who left: the calls to make, and the exits of a year counted by reason, by destination and by answer."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clefdevoute.records.echeances.lignes import horizon
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi import dossiers
from clefdevoute.records.suivi.models import Sortie
from clefdevoute.records.suivi.sorties import a_appeler, bilan_sorties
from clefdevoute.ui.pagination import paginate

FIRST = 2010


@require_safe
def show_list(request: WorkRequest) -> HttpResponse:
    """Show the calls due within thirty days, the exits of a year and their counts without names."""
    today = timezone.localdate()
    entreprise_id = request.actor.entreprise_id
    year = _year(request.GET.get("annee", ""), today)
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    mine = dossiers.travailleurs(request.actor).order_by().values("pk")
    rows = Sortie.objects.visible_to(request.actor).filter(
        left_on__gte=start, left_on__lte=end, reopened_on__isnull=True
    )
    context = {
        "calls": a_appeler(entreprise_id, on=today, until=horizon(today))
        .filter(travailleur__in=mine)
        .select_related("travailleur", "sortie")
        if entreprise_id
        else [],
        "page": paginate(request, rows.select_related("travailleur").order_by("-left_on", "-id")),
        "bilan": bilan_sorties(entreprise_id, start=start, end=end) if entreprise_id else None,
        "year": year,
        "years": (year - 1, year + 1) if year < today.year else (year - 1,),
        "today": today,
    }
    return render(request, "accompagnateur/sorties.html", context)


def _year(text: str, today: dt.date) -> int:
    """Read the civil year asked; what is no year is this one."""
    if text.isascii() and text.isdigit() and FIRST <= int(text) <= today.year + 1:
        return int(text)
    return today.year
