"""The calendar feed of an accompagnateur: opened, shown once, revoked; read by a calendar without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.agenda import flux, policies
from clefdevoute.records.agenda.actions import flux as actions
from clefdevoute.records.agenda.models import FluxAgenda, Seance
from clefdevoute.records.agenda.models.base import MomentModel
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.workspaces.agenda import ical


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: WorkRequest) -> HttpResponse:
    """Show the feed of who asks; opening one shows its address this once."""
    own = Accompagnateur.objects.visible_to(request.actor).filter(user_id=request.actor.user_id).first()
    address, can_feed = "", own is not None and policies.can_feed(request.actor, own)
    if request.method == "POST":
        if own is None or not can_feed:
            raise Http404
        _row, token = actions.ouvrir_flux(accompagnateur=own, by=request.actor, now=timezone.now())
        address = request.build_absolute_uri(reverse("flux:ics", kwargs={"token": token}))
    open_ones = FluxAgenda.objects.visible_to(request.actor).filter(revoked_at__isnull=True)
    context = {"can_feed": can_feed, "flux": open_ones.first(), "address": address, "here": "flux"}
    return render(request, "agenda/flux.html", context)


@require_POST
def revoke(request: WorkRequest) -> HttpResponse:
    """Close the open feed: every calendar that reads it gets 404 from now on."""
    row = get_object_or_404(
        FluxAgenda.objects.visible_to(request.actor).select_related("accompagnateur"), revoked_at__isnull=True
    )
    actions.revoquer_flux(flux=row, by=request.actor, now=timezone.now())
    messages.success(request, _("Flux révoqué : aucun agenda ne le lit plus."))
    return redirect("agenda:flux")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give the calendar to whoever holds its address; a wrong, revoked or orphaned one is told nothing."""
    who = flux.holder(token, as_of=timezone.localdate())
    if who is None:
        raise Http404
    body = ical.write(flux.moments(who, now=timezone.now()), lambda one: request.build_absolute_uri(_page(one)))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="agenda.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    tag = ical.etag(body)
    answer["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer


def _page(row: MomentModel) -> str:
    name = "agenda:seance" if isinstance(row, Seance) else "agenda:rendez_vous"
    return reverse(name, kwargs={"pk": row.pk})
