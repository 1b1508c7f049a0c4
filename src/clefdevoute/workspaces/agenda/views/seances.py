"""A séance as the agenda shows it: its places, and attendance ticked for all in one action."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.actions import seances as actions
from clefdevoute.records.agenda.models import Convocation, Presence, Seance
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.workspaces.agenda.personnes import LONGEST, search

INSCRIT = Presence.Status.INSCRIT
FOUND = 20
TICKS = [(one.value, one.label) for one in Presence.Status if one != INSCRIT]


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who is expected; on its day and after, tick who came. An accompagnateur is led to her own page."""
    seance = get_object_or_404(Seance.objects.visible_to(request.actor).select_related("accompagnateur"), pk=pk)
    places = Presence.objects.visible_to(request.actor).filter(seance=seance).select_related("travailleur")
    rows = list(places.order_by("travailleur__name", "travailleur__first_name"))
    if request.actor.role is Role.ACCOMPAGNATEUR and request.method != "POST":
        return redirect("accompagnateur:seance", pk=pk)
    now, refusal = timezone.now(), ""
    if request.method == "POST":
        ticked = {row.travailleur_id: request.POST.get(f"p-{row.pk}", "") for row in rows}
        try:
            actions.pointer_presences(
                seance=seance,
                statuses={key: value for key, value in ticked.items() if value},
                by=request.actor,
                now=now,
            )
        except RecordError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Présences notées."))
            return redirect("agenda:seance", pk=pk)
    sent = Convocation.objects.visible_to(request.actor).filter(presence__seance=seance)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    held = [row.travailleur_id for row in rows]
    context = {
        "seance": seance,
        "q": words,
        "found": search(request.actor, words).exclude(pk__in=held)[:FOUND] if words else [],
        "can_enrol": policies.can_enrol(request.actor, seance),
        "can_move": policies.can_move(request.actor, seance),
        "rows": [(row, request.POST.get(f"p-{row.pk}", row.status)) for row in rows],
        "ticks": TICKS,
        "can_convoke": policies.can_convoke(request.actor, seance) and any(row.status == INSCRIT for row in rows),
        "sent": sent.order_by("-made_at").first(),
        "can_tick": policies.can_tick(request.actor, seance, now),
        "refusal": refusal,
    }
    return render(request, "agenda/seance.html", context, status=409 if refusal else 200)
