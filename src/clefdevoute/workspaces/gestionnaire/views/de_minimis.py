"""The ledger of de minimis aids: every aid of the enterprise, the room left today, and how it is found."""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.sieg.rules import place as room
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.subventions import actions, policies
from clefdevoute.records.subventions.facts import aides_facts, fiscal_year
from clefdevoute.records.subventions.models import AideDeMinimis
from clefdevoute.ui.formats import euros
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.forms.justification import AideForm
from clefdevoute.workspaces.gestionnaire.justifier.pourquoi import pourquoi
from clefdevoute.workspaces.gestionnaire.views.subvention import refuse

FIELDS = ("granted_on", "amount", "regulation", "grantor", "group_member")


@require_http_methods(["GET", "HEAD", "POST"])
def show_ledger(request: WorkRequest) -> HttpResponse:
    """Show the ledger; a POST adds, corrects or takes off an aid."""
    aide = _chosen(request)
    if request.method != "POST":
        return _answer(request, aide)
    if request.POST.get("quoi") == "retirer" and aide is not None:
        return _remove(request, aide)
    form = AideForm(request.POST)
    if not form.is_valid():
        return _answer(request, aide, form=form, status=422)
    typed = form.cleaned_data | {"regulation": AideDeMinimis.Regulation(form.cleaned_data["regulation"])}
    try:
        actions.enregistrer_aide(
            entreprise=entreprise_of(request), aide=aide, by=request.actor, now=timezone.now(), **typed
        )
    except RecordError as refused:
        refuse(form, refused)
        return _answer(request, aide, form=form, status=409)
    messages.success(request, _("Aide corrigée.") if aide else _("Aide ajoutée au registre."))
    return redirect("gestionnaire:de_minimis")


def _chosen(request: WorkRequest) -> AideDeMinimis | None:
    """Find the aid that the address or the form names."""
    word = request.POST.get("aide") or request.GET.get("aide") or ""
    if not word:
        return None
    try:
        pk = uuid.UUID(word)
    except ValueError:
        return None
    found: AideDeMinimis = get_object_or_404(AideDeMinimis.objects.visible_to(request.actor), pk=pk)
    return found


def _remove(request: WorkRequest, aide: AideDeMinimis) -> HttpResponse:
    try:
        actions.retirer_aide(aide=aide, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _answer(request, None, refusal=str(refused), status=409)
    messages.success(request, _("Aide retirée du registre ; l’historique la garde."))
    return redirect("gestionnaire:de_minimis")


def _answer(
    request: WorkRequest,
    aide: AideDeMinimis | None,
    *,
    form: AideForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    entreprise, today = entreprise_of(request), timezone.localdate()
    rows = AideDeMinimis.objects.visible_to(request.actor).select_related("subvention").order_by("-granted_on", "pk")
    initial = {name: getattr(aide, name) for name in FIELDS} if aide is not None else None
    context: dict[str, Any] = {
        "page": paginate(request, rows),
        "aide": aide,
        "today": today,
        "form": (form or AideForm(initial=initial)) if policies.can_keep_ledger(request.actor, entreprise.pk) else None,
        "refusal": refusal,
    }
    try:
        found = room(
            octroi_le=today,
            montant=Decimal("0.00"),
            aides=aides_facts(entreprise.pk),
            exercice_fiscal=fiscal_year(entreprise),
        )
        question = _("Pourquoi %(montant)s ?") % {"montant": euros(found.value.place)}
        context |= {"room": found.value, "why": pourquoi(found, question)}
    except LawError as refused:
        context["impossible"] = str(refused)
    return render(request, "gestionnaire/de_minimis.html", context, status=status)
