"""Allocation keys: written once with their reasoning, revised by a dated version, reused month after month."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions, policies
from clefdevoute.records.frais.cles import percent_fr, version_at, versions_of
from clefdevoute.records.frais.models import ChargeRecurrente, CleRepartition, LigneFrais, VersionCle
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.couts import entreprise_id_of
from clefdevoute.workspaces.gestionnaire.forms.cles import CleForm, VersionForm


@dataclass(frozen=True, slots=True)
class CleVue:
    """A key with what it is worth today, or from when it will be."""

    row: CleRepartition
    percent: str
    version: VersionCle | None


@require_http_methods(["GET", "POST"])
def show_keys(request: WorkRequest) -> HttpResponse:
    """List the keys, and make one."""
    today, refusal = timezone.localdate(), ""
    form = CleForm(request.POST or None, initial={"since": today.replace(month=1, day=1)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.creer_cle(
                entreprise=entreprise_of(request), by=request.actor, now=timezone.now(), **form.cleaned_data
            )
        except RecordError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Clé créée : choisissez-la en imputant une facture."))
            return redirect("gestionnaire:cles")
    versions = versions_of(entreprise_id_of(request.actor))
    rows = CleRepartition.objects.visible_to(request.actor).order_by("closed", "name")
    keys = []
    for row in rows:
        version = version_at(versions, row.pk, today) or next(iter(versions.get(row.pk, ())), None)
        keys.append(CleVue(row, percent_fr(version.percent) if version else "–", version))
    context = {"keys": keys, "form": form, "refusal": refusal}
    return render(request, "gestionnaire/cles.html", context, status=_status(form, refusal))


@require_http_methods(["GET", "POST"])
def show_key(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a key with its versions, and revise it from a day on."""
    cle, refusal = _get(request, pk), ""
    form = VersionForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.reviser_cle(cle=cle, by=request.actor, now=timezone.now(), **form.cleaned_data)
        except RecordError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Clé révisée. Ce qui précède ce jour garde l’ancienne."))
            return redirect("gestionnaire:cle", cle.pk)
    versions = VersionCle.objects.visible_to(request.actor).filter(cle=cle).order_by("-since", "-recorded_at")
    context = {
        "cle": cle,
        "versions": [(version, percent_fr(version.percent)) for version in versions],
        "form": form,
        "refusal": refusal,
        "can_revise": policies.can_revise(request.actor, cle),
        "uses": LigneFrais.objects.visible_to(request.actor).filter(cle=cle).count(),
        "charges": ChargeRecurrente.objects.visible_to(request.actor).filter(cle=cle).count(),
    }
    return render(request, "gestionnaire/cle.html", context, status=_status(form, refusal))


@require_POST
def close_key(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer a key no longer."""
    cle = _get(request, pk)
    try:
        actions.fermer_cle(cle=cle, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("La clé n’est plus proposée. Ce qui l’utilise la garde."))
    return redirect("gestionnaire:cle", cle.pk)


def _get(request: WorkRequest, pk: uuid.UUID) -> CleRepartition:
    found: CleRepartition = get_object_or_404(CleRepartition.objects.visible_to(request.actor), pk=pk)
    return found


def _status(form: VersionForm, refusal: str) -> int:
    return 409 if refusal else 422 if form.errors else 200
