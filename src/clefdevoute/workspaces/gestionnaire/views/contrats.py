"""A person's contracts and absences: recorded, corrected, ended."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.actions import registre as actions
from clefdevoute.records.personnes.models import Absence, Engagement, Travailleur
from clefdevoute.workspaces.gestionnaire.forms.travailleurs import AbsenceForm, EngagementForm, FinForm
from clefdevoute.workspaces.gestionnaire.formulaires import attempt, form_page
from clefdevoute.workspaces.gestionnaire.views.travailleurs import travailleur_or_404


def back_to(row: Travailleur) -> tuple[str, str]:
    """Lead back to the person's page."""
    return str(row), reverse("gestionnaire:travailleur", kwargs={"pk": row.pk})


def engagement_or_404(request: WorkRequest, pk: uuid.UUID) -> Engagement:
    """Find a contract of the session's enterprise."""
    rows = Engagement.objects.visible_to(request.actor).select_related("travailleur", "entreprise")
    row: Engagement = get_object_or_404(rows, pk=pk)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def add_contrat(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Record a contract, then freeze its status."""
    person = travailleur_or_404(request, pk)
    initial = EngagementForm.initial_for(person.entreprise.reference_hours)
    form = EngagementForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.open_engagement(
                travailleur=person, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            return redirect("gestionnaire:statut", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Contrat de %(name)s") % {"name": person},
        act=_("Enregistrer, puis figer le statut"),
        back=back_to(person),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_contrat(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a contract; its frozen status does not move."""
    row = engagement_or_404(request, pk)
    initial = {name: getattr(row, name) for name in actions.CONTRACT}
    form = EngagementForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.modify_engagement(
                engagement=row, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            return redirect("gestionnaire:travailleur", pk=row.travailleur_id)
    return form_page(
        request,
        form,
        title=_("Contrat de %(name)s") % {"name": row.travailleur},
        act=_("Enregistrer"),
        back=back_to(row.travailleur),
        lede=_("Le statut figé ne change pas."),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_contrat(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """End a contract on its last day."""
    row = engagement_or_404(request, pk)
    form = FinForm(request.POST or None, initial={"ends_on": row.ends_on})
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.end_engagement(
                engagement=row, by=request.actor, now=timezone.now(), ends_on=form.cleaned_data["ends_on"]
            ),
        )
        if done is not None:
            return redirect("gestionnaire:travailleur", pk=row.travailleur_id)
    return form_page(
        request,
        form,
        title=_("Fin du contrat de %(name)s") % {"name": row.travailleur},
        act=_("Enregistrer la fin"),
        back=back_to(row.travailleur),
        lede=str(row),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_absence(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Record days away from work."""
    person = travailleur_or_404(request, pk)
    form = AbsenceForm(request.POST or None)
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.record_absence(
                travailleur=person, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            return redirect("gestionnaire:travailleur", pk=person.pk)
    return form_page(
        request,
        form,
        title=_("Absence de %(name)s") % {"name": person},
        act=_("Enregistrer l’absence"),
        back=back_to(person),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_absence(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give or correct the last day of an absence."""
    rows = Absence.objects.visible_to(request.actor).select_related("travailleur")
    row = get_object_or_404(rows, pk=pk)
    form = FinForm(request.POST or None, initial={"ends_on": row.ends_on})
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.end_absence(
                absence=row, by=request.actor, now=timezone.now(), ends_on=form.cleaned_data["ends_on"]
            ),
        )
        if done is not None:
            return redirect("gestionnaire:travailleur", pk=row.travailleur_id)
    return form_page(
        request,
        form,
        title=_("Fin de l’absence de %(name)s") % {"name": row.travailleur},
        act=_("Enregistrer la fin"),
        back=back_to(row.travailleur),
        lede=str(row),
        status=status,
    )
