"""A person in the agenda: found, then her appointments, what is due and what keeps her away; never a content."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clefdevoute.documents.explications import why
from clefdevoute.records.agenda import facts
from clefdevoute.records.agenda.models import Empechement, Presence, RendezVous
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.agenda import portee
from clefdevoute.workspaces.agenda.calendrier import ligne
from clefdevoute.workspaces.agenda.liens import dossier_url
from clefdevoute.workspaces.agenda.personnes import LONGEST, search


@require_safe
def find(request: WorkRequest) -> HttpResponse:
    """Find the person to see: the first step of an appointment."""
    word = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    page = paginate(request, search(request.actor, word))
    ids = [row.pk for row in page.items]
    entreprise_id = request.actor.entreprise_id
    next_ones = facts.prochains(entreprise_id, ids, now=timezone.now()) if entreprise_id else {}
    rows = [(row, next_ones.get(row.pk)) for row in page.items]
    context = {"q": word, "page": page, "rows": rows, "here": "chercher"}
    return page_or_fragment(request, "agenda/chercher.html", "agenda/_chercher.html", context)


@require_safe
def show(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the dates of a person: due, planned, past, and what kept her away."""
    person = get_object_or_404(portee.travailleurs(request.actor), pk=pk)
    now, today = timezone.now(), timezone.localdate()
    clock = horloges(person.entreprise_id, [pk], as_of=today).get(pk)
    rows = RendezVous.objects.visible_to(request.actor).filter(travailleur=person)
    rows = rows.select_related("travailleur", "accompagnateur").order_by("-starts_at", "-id")
    page = paginate(request, rows)
    places = Presence.objects.visible_to(request.actor).filter(travailleur=person)
    context = {
        "person": person,
        "dossier_url": dossier_url(request.actor, person),
        "clock": clock.value if clock else None,
        "why": why(clock) if clock else None,
        "page": page,
        "lines": [ligne(row, now=now) for row in page.items],
        "places": places.select_related("seance").order_by("-seance__starts_at")[:20],
        "impediments": Empechement.objects.visible_to(request.actor).filter(travailleur=person).order_by("-starts_on"),
    }
    return render(request, "agenda/personne.html", context)
