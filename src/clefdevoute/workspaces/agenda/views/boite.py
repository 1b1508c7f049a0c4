"""« Boîte de sortie »: the e-mails that wait for a server or for a person, and those that left."""

import uuid
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clefdevoute.records.agenda import boite
from clefdevoute.records.agenda.actions import courriels as actions
from clefdevoute.records.agenda.models import Courriel
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.agenda import portee
from clefdevoute.workspaces.agenda.listes import en_attente


@require_safe
def show(request: WorkRequest) -> HttpResponse:
    """Show what waits, then what left."""
    return _page(request)


@require_POST
def resend(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Try again to send an e-mail."""
    return _act(request, pk, actions.renvoyer_courriel, _("Envoi relancé."))


@require_POST
def hand_over(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that a person handed an e-mail over by her own means."""
    return _act(request, pk, actions.noter_remis, _("Courriel noté comme remis."))


def mailto(row: Courriel) -> str:
    """Write the address that opens a person's own mail program, filled in."""
    return f"mailto:{quote(row.to)}?subject={quote(row.subject)}&body={quote(row.body)}"


def _act(request: WorkRequest, pk: uuid.UUID, action: object, done: str) -> HttpResponse:
    row = get_object_or_404(portee.courriels(request.actor), pk=pk)
    try:
        action(courriel=row, by=request.actor, now=timezone.now())  # type: ignore[operator]
    except RecordError as refused:
        return _page(request, refusal=str(refused))
    messages.success(request, done)
    return redirect("agenda:boite")


def _page(request: WorkRequest, refusal: str = "") -> HttpResponse:
    page = paginate(request, en_attente(request.actor))
    gone = portee.courriels(request.actor).filter(state=Courriel.State.PARTI)
    context = {
        "page": page,
        "rows": [(row, mailto(row)) for row in page.items],
        "gone": gone.order_by("-handed_at", "-id")[:20],
        "has_server": boite.has_server(),
        "here": "boite",
        "refusal": refusal,
    }
    return render(request, "agenda/boite.html", context, status=409 if refusal else 200)
