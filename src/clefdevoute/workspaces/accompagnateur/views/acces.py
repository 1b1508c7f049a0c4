"""Who opened this dossier, when and in which role: the log that the dossier itself shows."""

import uuid
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi import acces
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404


@require_safe
def show_acces(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """List the openings of a dossier, the newest first."""
    one = travailleur_or_404(request, pk)
    page = paginate(request, acces.openings(one))
    named = replace(page, items=acces.named(list(page.items)))
    return render(request, "accompagnateur/acces.html", contexte(request, one, tab="acces") | {"page": named})
