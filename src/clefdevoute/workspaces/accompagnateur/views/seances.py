"""Séances: the list, one planned, its places, its attendance for everybody in one form, its signed sheet."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.records.agenda.actions import seances as acts
from clefdevoute.records.agenda.models import Seance
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur import seances as data
from clefdevoute.workspaces.accompagnateur.forms.seances import (
    AnnulationForm,
    ReportForm,
    SeanceForm,
    initial_of,
    moment_of,
)
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page

QUAND = ("a_pointer", "a_venir", "passees")


@require_safe
def show_list(request: WorkRequest) -> HttpResponse:
    """Show the séances to come, those whose attendance is waited for, or those held."""
    now = timezone.now()
    rows = Seance.objects.visible_to(request.actor).select_related("accompagnateur")
    waiting = rows.filter(status=Seance.Status.PLANIFIE, starts_at__lt=now)
    kept = {
        "a_pointer": waiting.order_by("starts_at", "id"),
        "a_venir": rows.filter(status=Seance.Status.PLANIFIE, starts_at__gte=now).order_by("starts_at", "id"),
        "passees": rows.exclude(status=Seance.Status.PLANIFIE).order_by("-starts_at", "id"),
    }
    counts = {name: found.count() for name, found in kept.items()}
    quand = request.GET.get("quand", "")
    if quand not in QUAND:
        quand = "a_pointer" if counts["a_pointer"] else "a_venir"
    page = paginate(request, kept[quand])
    shown = [
        {"row": row, "objets": row.objets(), "places": places}
        for row, places in data.comptees(request.actor, page.items)
    ]
    context = {"page": page, "rows": shown, "quand": quand, "counts": counts, "on": {quand: True}}
    return render(request, "accompagnateur/seances.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: WorkRequest) -> HttpResponse:
    """Plan a séance and give places to the persons proposed, in one form."""
    today = timezone.localdate()
    people, site = _people(request), request.GET.get("site")
    proposed = data.proposees(request.actor, as_of=today)
    form = SeanceForm(request.POST or None, people=people, initial=_initial(request, people))
    ticked = set(request.POST.getlist("travailleur"))
    status = 200
    if request.method == "POST":

        def write() -> Seance:
            with transaction.atomic():
                row = acts.planifier_seance(by=request.actor, now=timezone.now(), **form.values())
                chosen = [one.travailleur for one in proposed if str(one.travailleur.pk) in ticked]
                acts.inscrire(seance=row, travailleurs=chosen, by=request.actor, now=timezone.now())
            return row

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Séance planifiée. Imprimez la feuille de présence le jour venu."))
            return redirect("accompagnateur:seance", pk=row.pk)
    elif site is None:
        ticked = {str(one.travailleur.pk) for one in proposed[: acts.MOST]}
    else:
        ticked = {str(one.travailleur.pk) for one in proposed if one.site == site}
    return form_page(
        request,
        form,
        title=_("Planifier une séance collective"),
        act=_("Planifier la séance"),
        back=(_("Séances collectives"), reverse("accompagnateur:seances")),
        status=status,
        template="accompagnateur/seance_nouvelle.html",
        groups=data.par_site(proposed),
        count=len(proposed),
        ticked=ticked,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Change what a séance is about or where it is held."""
    row = seance_or_404(request, pk)
    form = SeanceForm(request.POST or None, people=_people(request, row), moment=False, initial=initial_of(row))
    status = 200
    if request.method == "POST":

        def write() -> Seance:
            return acts.modifier_seance(seance=row, by=request.actor, now=timezone.now(), **form.values())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Séance corrigée."))
            return redirect("accompagnateur:seance", pk=pk)
    return form_page(request, form, title=_("Corriger la séance"), act=_("Enregistrer"), back=_back(row), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def postpone(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Move a séance to another moment; the old one stays, postponed."""
    row = seance_or_404(request, pk)
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> Seance:
            moment = moment_of(form.cleaned_data)
            return acts.reporter_seance(seance=row, starts_at=moment, by=request.actor, now=timezone.now())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Séance reportée, avec les mêmes personnes."))
            return redirect("accompagnateur:seance", pk=done.pk)
    return form_page(
        request, form, title=_("Reporter la séance"), act=_("Reporter la séance"), back=_back(row), status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel a séance with its reason."""
    row = seance_or_404(request, pk)
    form = AnnulationForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> Seance:
            reason = form.cleaned_data["reason"]
            return acts.annuler_seance(seance=row, reason=reason, by=request.actor, now=timezone.now())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Séance annulée : personne n’est crédité."))
            return redirect("accompagnateur:seance", pk=pk)
    return form_page(
        request, form, title=_("Annuler la séance"), act=_("Annuler la séance"), back=_back(row), status=status
    )


def seance_or_404(request: WorkRequest, pk: uuid.UUID) -> Seance:
    """Find a séance of the actor's enterprise."""
    rows = Seance.objects.visible_to(request.actor).select_related("accompagnateur", "postponed_to", "entreprise")
    row: Seance = get_object_or_404(rows, pk=pk)
    return row


def _people(request: WorkRequest, held: Seance | None = None) -> list[Accompagnateur]:
    """Offer the accompagnateurs in function, and whoever holds the séance already."""
    today = timezone.localdate()
    rows = Accompagnateur.objects.visible_to(request.actor)
    return [
        row
        for row in rows
        if row.functions_end is None
        or row.functions_end >= today
        or (held is not None and row.pk == held.accompagnateur_id)
    ]


def _initial(request: WorkRequest, people: list[Accompagnateur]) -> dict[str, Any]:
    own = next((row for row in people if row.user_id == request.actor.user_id), None)
    return {"accompagnateur": str(own.pk) if own else "", "objets": ["is_collective_interview"]}


def _back(row: Seance) -> tuple[Any, str]:
    return row.title, reverse("accompagnateur:seance", kwargs={"pk": row.pk})
