"""Impediments of a person: noted, closed by a return, withdrawn; a code and two days, nothing else."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.records.agenda.actions import empechements as actions
from clefdevoute.records.agenda.models import Empechement
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.workspaces.agenda import portee
from clefdevoute.workspaces.agenda.forms.empechements import EmpechementForm
from clefdevoute.workspaces.agenda.formulaires import attempt, form_page

LEDE = "Il explique un entretien en retard, montré à part ; il ne compte jamais comme un entretien fait."


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that a person cannot come."""
    person = get_object_or_404(portee.travailleurs(request.actor), pk=pk)
    form = EmpechementForm(request.POST or None)
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.noter_empechement(
                travailleur=person, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            messages.success(request, _("Empêchement noté."))
            return redirect("agenda:personne", pk=pk)
    return _page(request, form, person, _("Noter un empêchement"), status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the day of the return, or correct what was noted."""
    row = _row(request, pk)
    initial = {name: getattr(row, name) for name in actions.FIELDS}
    form = EmpechementForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.modifier_empechement(
                empechement=row, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            messages.success(request, _("Empêchement enregistré."))
            return redirect("agenda:personne", pk=row.travailleur_id)
    return _page(request, form, row.travailleur, _("Clore ou corriger l’empêchement"), status)


@require_POST
def withdraw(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Withdraw an impediment noted by mistake."""
    row = _row(request, pk)
    try:
        actions.retirer_empechement(empechement=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Empêchement retiré : il n’excuse plus rien, et reste dans l’historique."))
    return redirect("agenda:personne", pk=row.travailleur_id)


def _row(request: WorkRequest, pk: uuid.UUID) -> Empechement:
    rows = Empechement.objects.visible_to(request.actor).filter(travailleur__in=portee.travailleurs(request.actor))
    rows = rows.select_related("travailleur")
    row: Empechement = get_object_or_404(rows, pk=pk)
    return row


def _page(request: WorkRequest, form: Any, person: Travailleur, title: str, status: int) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        act=_("Enregistrer"),
        back=(str(person), reverse("agenda:personne", kwargs={"pk": person.pk})),
        lede=_(LEDE),
        status=status,
    )
