"""The synthesis of the actions: made from the records, read, confirmed, printed; the former ones stay."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi.actions import syntheses
from clefdevoute.records.suivi.facts import completude
from clefdevoute.records.suivi.models import Synthese
from clefdevoute.records.suivi.synthese import load
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.synthese import chapitres

PART = 2  # the third of the five legal parts


@require_http_methods(["GET", "HEAD", "POST"])
def show_synthese(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the last synthesis, or the one asked for; a POST makes a new one from the records."""
    one = travailleur_or_404(request, pk)
    if request.method == "POST":
        made = chapitres(request.actor, one)
        syntheses.make_synthese(travailleur=one, chapitres=made, by=request.actor, now=timezone.now())
        messages.success(request, _("Synthèse produite. Relisez-la, puis confirmez-la."))
        return redirect("accompagnateur:synthese", pk=one.pk)
    rows = Synthese.objects.visible_to(request.actor).filter(travailleur=one).order_by("-made_at", "-id")
    rows = rows.select_related("made_by", "confirmed_by")
    last = rows.first()
    shown = get_object_or_404(rows, pk=asked) if (asked := _asked(request)) else last
    part = completude(one.entreprise_id, [one.pk], as_of=timezone.localdate())[one.pk].value.parties[PART]
    context = contexte(request, one, tab="dossier") | {
        "shown": shown,
        "lue": load(shown.content) if shown else None,
        "last": last,
        "part": part,
        "page": paginate(request, rows.defer("content")),
    }
    return render(request, "accompagnateur/synthese.html", context)


@require_POST
def confirm(request: WorkRequest, pk: uuid.UUID, synthese: uuid.UUID) -> HttpResponse:
    """Confirm that a synthesis was read and is right."""
    one = travailleur_or_404(request, pk)
    rows = Synthese.objects.visible_to(request.actor).filter(travailleur=one).select_related("travailleur")
    row = get_object_or_404(rows, pk=synthese)
    try:
        syntheses.confirm_synthese(synthese=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Synthèse confirmée."))
    return redirect("accompagnateur:synthese", pk=one.pk)


def _asked(request: WorkRequest) -> uuid.UUID | None:
    """Read which synthesis is asked for; what is no key asks for the last."""
    try:
        return uuid.UUID(request.GET.get("le", ""))
    except ValueError:
        return None
