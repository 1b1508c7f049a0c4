"""The first page of the accompagnateur: what is due, and the one gesture that settles each line."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from clefdevoute.records.echeances.models import RappelEnvoye
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.workspaces.accompagnateur.jour import dessin, portee_of


@require_safe
def show_aujourdhui(request: WorkRequest) -> HttpResponse:
    """Show the three bands, then the guarantee of six months and the last reminder."""
    portee = portee_of(request)
    if portee is None:
        raise Http404
    context = {
        "dessin": mark_safe(dessin(request, portee)),  # noqa: S308 - drawn by our own template, every value escaped
        "dernier_rappel": RappelEnvoye.objects.visible_to(request.actor).order_by("-sent_at").first(),
    }
    return render(request, "accompagnateur/aujourdhui.html", context)
