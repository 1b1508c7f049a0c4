"""The week, the day, and what is to be confirmed; each outcome is one tap on its line."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clefdevoute.records.agenda.actions import rendez_vous as actions
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.ui import formats
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.agenda import portee
from clefdevoute.workspaces.agenda.calendrier import accompagnateurs, jours, ligne, monday, read, sites
from clefdevoute.workspaces.agenda.listes import a_confirmer

WEEK = 7


@require_safe
def show_week(request: WorkRequest) -> HttpResponse:
    """Show a week from Monday to Sunday, every moment in its order."""
    asked = read(request.GET, request.actor, timezone.localdate())
    start = monday(asked.le)
    days = jours(request.actor, asked, start, WEEK, now=timezone.now())
    end = start + dt.timedelta(days=WEEK - 1)
    context = _calendar(request, asked, step=WEEK) | {
        "days": days,
        "lede": _("Du %(start)s au %(end)s")
        % {"start": formats.date_longue(start, year=start.year != end.year), "end": formats.date_longue(end)},
        "here": "semaine",
        "count": sum(len(day.lignes) for day in days),
    }
    return page_or_fragment(request, "agenda/semaine.html", "agenda/_semaine.html", context)


@require_safe
def show_day(request: WorkRequest) -> HttpResponse:
    """Show a day, each moment past with the buttons that say how it went."""
    return _day(request, request.GET)


@require_safe
def list_to_confirm(request: WorkRequest) -> HttpResponse:
    """Show the appointments past whose outcome nobody noted."""
    return _confirm(request)


@require_POST
def settle(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note how an appointment went, in one tap, and go back to the list it was tapped on."""
    row = get_object_or_404(portee.rendez_vous(request.actor), pk=pk)
    place, _sep, query = request.POST.get("retour", "").partition("?")
    try:
        done = actions.noter_issue(
            rendez_vous=row, status=request.POST.get("status", ""), by=request.actor, now=timezone.now()
        )
    except RecordError as refused:
        if place == "jour":
            return _day(request, QueryDict(query), refusal=str(refused))
        return _confirm(request, refusal=str(refused))
    messages.success(
        request,
        _("Noté : %(status)s, %(who)s.") % {"status": done.get_status_display().lower(), "who": row.travailleur},
    )
    if place == "rendez_vous":
        return redirect("agenda:rendez_vous", pk=pk)
    url = reverse("agenda:jour" if place == "jour" else "agenda:confirmer")
    return redirect(f"{url}?{QueryDict(query).urlencode()}" if query else url)


def _day(request: WorkRequest, query: QueryDict, refusal: str = "") -> HttpResponse:
    asked = read(query, request.actor, timezone.localdate())
    (day,) = jours(request.actor, asked, asked.le, 1, now=timezone.now())
    context = _calendar(request, asked, step=1) | {
        "day": day,
        "lede": f"{day.title} {asked.le.year}",
        "here": "jour",
        "refusal": refusal,
        "back": f"jour?{asked.query()}",
    }
    return page_or_fragment(request, "agenda/jour.html", "agenda/_jour.html", context, status=_status(refusal))


def _confirm(request: WorkRequest, refusal: str = "") -> HttpResponse:
    page = paginate(request, a_confirmer(request.actor))
    now = timezone.now()
    context = {
        "page": page,
        "lines": [ligne(row, now=now) for row in page.items],
        "here": "confirmer",
        "refusal": refusal,
        "back": f"confirmer?{request.GET.urlencode()}",
    }
    return page_or_fragment(
        request, "agenda/confirmer.html", "agenda/_confirmer.html", context, status=_status(refusal)
    )


def _status(refusal: str) -> int:
    return 409 if refusal else 200


def _calendar(request: WorkRequest, asked: Any, *, step: int) -> dict[str, Any]:
    """Give what a day and a week share: filters, and the way to what is before and after."""
    move = dt.timedelta(days=step)
    return {
        "asked": asked,
        "people": list(accompagnateurs(request.actor)),
        "sites": sites(request.actor),
        "previous": asked.query(asked.le - move),
        "next": asked.query(asked.le + move),
        "now_query": asked.query(timezone.localdate()),
        "same": asked.query(),
    }
