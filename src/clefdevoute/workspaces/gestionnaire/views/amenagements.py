"""Adjustments proposed to the head of the enterprise: the measure as sealed, her decision; never a reason of health."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents import aviq
from clefdevoute.documents.avis_amenagement import avis_pdf
from clefdevoute.records.amenagements import actions, policies
from clefdevoute.records.amenagements import avis as words
from clefdevoute.records.amenagements.facts import DECISION_DAYS
from clefdevoute.records.amenagements.models import AvisAmenagement, DecisionAmenagement, TexteAvis
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire.amenagements import waiting
from clefdevoute.workspaces.gestionnaire.forms.amenagements import DecisionForm
from clefdevoute.workspaces.gestionnaire.formulaires import attempt


@require_safe
def list_notices(request: WorkRequest) -> HttpResponse:
    """List the notices that wait for a decision, or those decided."""
    decided = request.GET.get("etat") == "decides"
    rows = AvisAmenagement.objects.visible_to(request.actor) if decided else waiting(request.actor)
    answers = DecisionAmenagement.objects.visible_to(request.actor).defer("reasons")
    if decided:
        rows = rows.filter(pk__in=answers.values("avis"))
    page = paginate(request, rows.select_related("travailleur").order_by("-sent_on" if decided else "sent_on", "id"))
    found = {one.avis_id: one for one in answers.filter(avis__in=[row.pk for row in page.items])}
    context = {
        "page": page,
        "lines": [{"row": row, "decision": found.get(row.pk), "due": _due(row)} for row in page.items],
        "decided": decided,
        "today": timezone.localdate(),
    }
    return render(request, "gestionnaire/amenagements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def show_notice(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one notice exactly as it was sent; the head of the enterprise decides here."""
    row = _row(request, pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        decision, status = attempt(
            form, lambda: actions.decider(avis=row, **form.cleaned_data, by=request.actor, now=timezone.now())
        )
        if decision is not None:
            messages.success(request, _("Décision enregistrée. L’accompagnateur la voit et la dit à la personne."))
            return redirect("gestionnaire:amenagement", pk=row.pk)
    return render(request, "gestionnaire/amenagement.html", _context(request, row, form), status=status)


@require_safe
def serve_notice(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the same words on paper."""
    row = _row(request, pk)
    notice = words.read(_text(request, row).text)
    content = avis_pdf(notice, le=timezone.localtime(row.sent_at), par=dict(notice.facts).get("Par", ""))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="avis-amenagement.pdf"'},
    )


def _row(request: WorkRequest, pk: uuid.UUID) -> AvisAmenagement:
    rows = AvisAmenagement.objects.visible_to(request.actor).select_related("travailleur")
    found: AvisAmenagement = get_object_or_404(rows, pk=pk)
    return found


def _text(request: WorkRequest, row: AvisAmenagement) -> TexteAvis:
    found: TexteAvis = get_object_or_404(TexteAvis.objects.visible_to(request.actor).select_related("avis"), avis=row)
    return found


def _context(request: WorkRequest, row: AvisAmenagement, form: DecisionForm) -> dict[str, Any]:
    text = _text(request, row)
    return {
        "row": row,
        "avis": words.read(text.text),
        "intact": text.intact,
        "decision": DecisionAmenagement.objects.visible_to(request.actor)
        .filter(avis=row)
        .select_related("decided_by")
        .first(),
        "may_decide": policies.can_decide(request.actor, row),
        "form": form,
        "reperes": aviq.REPERES,
        "lu_le": aviq.LU_LE,
        "doute": aviq.DOUTE,
    }


def _due(row: AvisAmenagement) -> dt.date:
    return row.sent_on + dt.timedelta(days=DECISION_DAYS)
