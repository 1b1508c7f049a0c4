"""The overview of a dossier, and what is changed on it at once: statuses, an objective or an action in one line."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.actions import demarches, objectifs
from clefdevoute.ui.htmx import page_or_fragment, wants_fragment
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.dossier import DemarcheLigneForm, ObjectifLigneForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt
from clefdevoute.workspaces.accompagnateur.frise import frise
from clefdevoute.workspaces.accompagnateur.plan import plan
from clefdevoute.workspaces.accompagnateur.statuts import save_statuses
from clefdevoute.workspaces.accompagnateur.vue import overview

PAGE, BODY, TIMELINE = (f"accompagnateur/{name}.html" for name in ("dossier", "_dossier", "_frise"))


@require_safe
def show_dossier(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show all of a dossier on one page; htmx asks for a page of the timeline alone."""
    one = travailleur_or_404(request, pk)
    if wants_fragment(request):
        found = frise(request, request.actor, one, today=timezone.localdate())
        return render(request, TIMELINE, {"one": one, "frise": found})
    return render(request, PAGE, overview(request, one))


@require_POST
def save_statuts(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Save the statuses that were changed on the page; what misses its reason asks for it, the rest is saved."""
    one = travailleur_or_404(request, pk)
    refused = save_statuses(request, one)
    if refused:
        return _body(request, one, 422, refus=refused, preserve=True)
    return _done(request, one, "h-objectifs", preserve=True)


@require_POST
def add_objectif_line(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Set an objective typed in one line."""
    one = travailleur_or_404(request, pk)
    form = ObjectifLigneForm(request.POST)

    def write() -> Any:
        return objectifs.create_objectif(travailleur=one, by=request.actor, now=timezone.now(), **form.cleaned_data)

    return _added(request, one, form, write, ("objectif_form", "h-objectifs"))


@require_POST
def add_demarche_line(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note an action typed in one line."""
    one = travailleur_or_404(request, pk)
    offered = plan(request.actor, one, today=timezone.localdate()).objectifs
    form = DemarcheLigneForm(request.POST, objectifs=offered)

    def write() -> Any:
        return demarches.create_demarche(travailleur=one, by=request.actor, now=timezone.now(), **form.cleaned_data)

    return _added(request, one, form, write, ("demarche_form", "nouvelle-demarche"))


@require_POST
def note_aucune(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """State that nothing was undertaken up to today."""
    one = travailleur_or_404(request, pk)
    demarches.note_aucune_demarche(travailleur=one, by=request.actor, now=timezone.now())
    messages.success(request, _("« Aucune démarche à ce jour » est noté."))
    return _done(request, one, "h-objectifs")


@require_http_methods(["GET", "HEAD"])
def show_ajouter(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """List every kind of thing that can be added, for a browser without the menu."""
    one = travailleur_or_404(request, pk)
    return render(request, "accompagnateur/ajouter.html", contexte(request, one, tab="ajouter"))


def _added(
    request: WorkRequest, one: Travailleur, form: Any, write: Callable[[], Any], place: tuple[str, str]
) -> HttpResponse:
    name, anchor = place
    done, status = attempt(form, write)
    if done is None:
        return _body(request, one, status, **{name: form})
    return _done(request, one, anchor)


def _body(request: WorkRequest, one: Travailleur, status: int = 200, **given: Any) -> HttpResponse:
    """Draw the page, or its body with the numbers of the rail, which a write has changed too."""
    context = overview(request, one, **given) | {"swap_rail": wants_fragment(request)}
    return page_or_fragment(request, PAGE, BODY, context, status=status)


def _done(request: WorkRequest, one: Travailleur, anchor: str, **given: Any) -> HttpResponse:
    """Answer a write: the body for htmx, the page again for everyone else."""
    if wants_fragment(request):
        return _body(request, one, **given)
    return redirect(f"{reverse('accompagnateur:dossier', kwargs={'pk': one.pk})}#{anchor}")
