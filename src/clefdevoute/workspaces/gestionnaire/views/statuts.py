"""The status at hiring: frozen with its conditions and papers, checked, corrected with a reason, opened on record."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.actions import statuts as actions
from clefdevoute.records.personnes.models import ConditionStatut, StatutEngagement
from clefdevoute.workspaces.gestionnaire.forms.statuts import (
    NAMES,
    ConditionsForm,
    CorrectionForm,
    StatutForm,
    VerificationForm,
)
from clefdevoute.workspaces.gestionnaire.formulaires import Keeper, attempt, form_page
from clefdevoute.workspaces.gestionnaire.views.contrats import back_to, engagement_or_404


def statut_or_404(request: WorkRequest, pk: uuid.UUID) -> StatutEngagement:
    """Find the frozen status of a contract."""
    rows = StatutEngagement.objects.visible_to(request.actor).select_related("engagement__travailleur", "proof")
    row: StatutEngagement = get_object_or_404(rows, engagement_id=pk)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze the status of a contract; one already frozen sends back to the person."""
    engagement = engagement_or_404(request, pk)
    if StatutEngagement.objects.visible_to(request.actor).filter(engagement=engagement).exists():
        return redirect("gestionnaire:travailleur", pk=engagement.travailleur_id)
    now = timezone.now()
    form = StatutForm(
        request.POST or None,
        request.FILES or None,
        engagement=engagement,
        keeper=Keeper(request.actor, now),
        initial={"statut": "art60" if engagement.art60 else "td"},
    )
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.freeze_statut(engagement=engagement, by=request.actor, now=now, **form.values()),
        )
        if row is not None:
            return redirect("gestionnaire:travailleur", pk=engagement.travailleur_id)
    return form_page(
        request,
        form,
        title=_("Statut de %(name)s") % {"name": engagement.travailleur},
        act=_("Figer le statut"),
        back=back_to(engagement.travailleur),
        lede=_("Ce que la personne était le %(day)s, jour de son engagement.")
        % {"day": f"{engagement.starts_on:%d/%m/%Y}"},
        status=status,
        template="gestionnaire/statut.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Add the conditions and papers that a frozen status still lacks."""
    row, now = statut_or_404(request, pk), timezone.now()
    person = row.engagement.travailleur
    form = ConditionsForm(
        request.POST or None, request.FILES or None, engagement=row.engagement, keeper=Keeper(request.actor, now)
    )
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.complete_statut(statut=row, by=request.actor, now=now, conditions=form.conditions()),
        )
        if done is not None:
            return redirect("gestionnaire:travailleur", pk=person.pk)
    return form_page(
        request,
        form,
        title=_("Conditions de %(name)s") % {"name": person},
        act=_("Enregistrer les conditions"),
        back=back_to(person),
        lede=_("Ce qui est déjà enregistré reste ; cochez ce qui manque, ou ajoutez une preuve."),
        status=status,
        template="gestionnaire/statut.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Say when the papers were seen."""
    row, today = statut_or_404(request, pk), timezone.localdate()
    person = row.engagement.travailleur
    form = VerificationForm(request.POST or None, today=today, initial={"verified_on": today})
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.verify_statut(
                statut=row, verified_on=form.cleaned_data["verified_on"], by=request.actor, now=timezone.now()
            ),
        )
        if done is not None:
            return redirect("gestionnaire:travailleur", pk=person.pk)
    return form_page(
        request,
        form,
        title=_("Vérifier le statut de %(name)s") % {"name": person},
        act=_("Enregistrer la vérification"),
        back=back_to(person),
        lede=row.summary,
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a status that was wrong on the day of hiring, with the reason."""
    row = statut_or_404(request, pk)
    person = row.engagement.travailleur
    form = CorrectionForm(request.POST or None, initial={"statut": row.statut})
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.correct_statut(
                statut=row,
                to=form.cleaned_data["statut"],
                reason=form.cleaned_data["correction_reason"],
                by=request.actor,
                now=timezone.now(),
            ),
        )
        if done is not None:
            return redirect("gestionnaire:travailleur", pk=person.pk)
    return form_page(
        request,
        form,
        title=_("Corriger le statut de %(name)s") % {"name": person},
        act=_("Corriger le statut"),
        back=back_to(person),
        lede=row.summary,
        status=status,
    )


@never_cache
@require_safe
def open_conditions(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Open the numbers that one has recorded oneself; the opening is written in the journal."""
    row = statut_or_404(request, pk)
    opened = actions.open_conditions(statut=row, by=request.actor, now=timezone.now())
    context = {
        "row": row,
        "person": row.engagement.travailleur,
        "opened": [(one, NAMES[one.number]) for one in opened],
    }
    return render(request, "gestionnaire/conditions.html", context)


@never_cache
@require_safe
def read_condition_proof(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the paper of a condition that one has recorded oneself; the reading is written in the journal."""
    rows = ConditionStatut.objects.visible_to(request.actor).select_related("proof")
    return _served(request, get_object_or_404(rows, pk=pk).proof)


@require_safe
def read_proof(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the paper of the base of a status."""
    return _served(request, statut_or_404(request, pk).proof)


def _served(request: WorkRequest, proof: ProofFile | None) -> HttpResponse:
    if proof is None:
        raise Http404
    return proofs.response(proof, by=request.actor, now=timezone.now())
