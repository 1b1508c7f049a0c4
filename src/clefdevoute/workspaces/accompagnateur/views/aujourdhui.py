"""The first page of the accompagnateur: what is due, and the one gesture that settles each line."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clefdevoute.records.echeances.models import RappelEnvoye
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.workspaces.accompagnateur.garantie import garantie
from clefdevoute.workspaces.accompagnateur.jour import EQUIPE, lire, portee_of


@require_safe
def show_aujourdhui(request: WorkRequest) -> HttpResponse:
    """Show the three bands, then the guarantee of six months and the last reminder."""
    portee = portee_of(request)
    if portee is None:
        raise Http404
    context = {
        "jour": lire(request, portee),
        "garantie": garantie(portee),
        "miens": portee.miens,
        "equipe": not portee.miens,
        "equipe_word": EQUIPE,
        "dernier_rappel": RappelEnvoye.objects.visible_to(request.actor).order_by("-sent_at").first(),
    }
    return render(request, "accompagnateur/aujourdhui.html", context)
