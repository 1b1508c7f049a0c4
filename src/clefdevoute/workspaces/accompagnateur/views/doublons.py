"""Two entries of one name and birth date: the accompagnateur says whether they are one person or two."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.actions import doublons
from clefdevoute.records.suivi import dossiers
from clefdevoute.workspaces.accompagnateur.dossier import travailleur_or_404


@require_POST
def decide(request: WorkRequest, pk: uuid.UUID, autre: uuid.UUID) -> HttpResponse:
    """Join the other entry to this one, or keep both apart; both dossiers must be open to who decides."""
    one = travailleur_or_404(request, pk)
    other = get_object_or_404(dossiers.travailleurs(request.actor), pk=autre)
    now = timezone.now()
    try:
        if request.POST.get("decision") == "meme":
            doublons.join_persons(kept=one, other=other, by=request.actor, now=now)
            messages.success(request, _("Les deux fiches sont jointes. Rien n’est effacé ; vous pouvez les séparer."))
        else:
            doublons.keep_apart(one=one, other=other, by=request.actor, now=now)
            messages.success(request, _("Noté : deux personnes. Chacune garde son dossier."))
    except RecordError as refused:
        messages.error(request, str(refused))
    return redirect("accompagnateur:signaletique", pk=one.pk)
