"""Impediments of a person: noted with a code, closed by the return, withdrawn when they were a mistake."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.records.agenda.actions import empechements as actions
from clefdevoute.records.agenda.models import Empechement
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.dossier import EmpechementForm, RetourForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt

PAGE = "accompagnateur/empechements.html"


@require_http_methods(["GET", "HEAD", "POST"])
def show_empechements(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """List the impediments of a person; a POST notes one."""
    one = travailleur_or_404(request, pk)
    form = EmpechementForm(request.POST or None)
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.noter_empechement(
                travailleur=one, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            messages.success(request, _("Empêchement noté. Il se lit à part, jamais comme un entretien fait."))
            return redirect("accompagnateur:empechements", pk=one.pk)
    return _page(request, one, form=form, status=status)


@require_POST
def end_empechement(request: WorkRequest, pk: uuid.UUID, empechement: uuid.UUID) -> HttpResponse:
    """Give the day of return."""
    one = travailleur_or_404(request, pk)
    row = _row(request, one, empechement)
    form = RetourForm(request.POST)
    done, status = attempt(
        form,
        lambda: actions.modifier_empechement(
            empechement=row, by=request.actor, now=timezone.now(), returns_on=form.cleaned_data["returns_on"]
        ),
    )
    if done is None:
        return _page(request, one, retour=form, retour_of=row.pk, status=status)
    messages.success(request, _("Retour noté."))
    return redirect("accompagnateur:empechements", pk=one.pk)


@require_POST
def withdraw_empechement(request: WorkRequest, pk: uuid.UUID, empechement: uuid.UUID) -> HttpResponse:
    """Withdraw an impediment noted by mistake; it stays in the timeline and excuses nothing any more."""
    one = travailleur_or_404(request, pk)
    try:
        actions.retirer_empechement(empechement=_row(request, one, empechement), by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Empêchement retiré. Il reste dans la frise."))
    return redirect("accompagnateur:empechements", pk=one.pk)


def _row(request: WorkRequest, one: Travailleur, pk: uuid.UUID) -> Empechement:
    rows = Empechement.objects.visible_to(request.actor).filter(travailleur=one)
    row: Empechement = get_object_or_404(rows.select_related("travailleur"), pk=pk)
    return row


def _page(request: WorkRequest, one: Travailleur, *, status: int = 200, **given: object) -> HttpResponse:
    rows = Empechement.objects.visible_to(request.actor).filter(travailleur=one).order_by("-starts_on", "-id")
    shared = contexte(request, one, tab="dossier")
    context = {"form": EmpechementForm(), "retour": RetourForm(), "rows": rows, **shared, **given}
    return render(request, PAGE, context, status=status)
