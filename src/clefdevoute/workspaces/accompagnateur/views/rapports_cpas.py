"""A report to a CPAS: written in the agreed sections, read, sent, or cancelled with its reason."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents import cpas as documents
from clefdevoute.documents.feuille import Emission
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.reseau import facts, policies
from clefdevoute.records.reseau.actions import rapports as actions
from clefdevoute.records.reseau.models import RapportCpas
from clefdevoute.records.suivi import acces
from clefdevoute.workspaces.accompagnateur.forms.conventions import AnnulationForm, EnvoiRapportForm, RapportForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page
from clefdevoute.workspaces.accompagnateur.views.conventions import attachment, back_to, parts

both = require_http_methods(["GET", "HEAD", "POST"])


@both
def write_report(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a report, prefilled from the dates the first time, and keep what is written."""
    row = _report(request, pk)
    initial = actions.texts_of(row) or documents.prefill(row)
    form = RapportForm(request.POST or None, sections=row.sections, initial=initial)
    status = 200
    if request.method == "POST":

        def write() -> RapportCpas:
            return actions.ecrire_rapport(rapport=row, texts=form.cleaned_data, by=request.actor, now=timezone.now())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Rapport enregistré. Lisez-le en PDF avant de l’envoyer."))
            return redirect("accompagnateur:rapport_cpas", pk=pk)
    context = {
        "row": row,
        "hash": parts(row.sha256),
        "form": form,
        "start": facts.debut_rapport(row),
        "back": back_to(row.convention),
        "can_write": policies.can_write_rapport(request.actor, row),
        "texts": [(dict(RapportCpas.Section.choices)[code], text) for code, text in initial.items() if text],
        "who": _("%(cpas)s, une fois le rapport envoyé ; la personne peut le lire")
        % {"cpas": row.convention.cpas.name},
    }
    return render(request, "accompagnateur/rapport_cpas.html", context, status=status)


@require_safe
def download_report(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give what is written as a PDF."""
    row = _report(request, pk)
    emission = Emission(le=timezone.localtime(), par=request.user.name)
    pdf = documents.rapport_pdf(row, entreprise=row.entreprise, emission=emission)
    return attachment(pdf, "application/pdf", f"rapport-cpas-{row.due_on:%Y%m%d}.pdf")


@both
def send_report(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that a report left: the day, the way, who received it."""
    row = _report(request, pk)
    form = EnvoiRapportForm(request.POST or None, initial={"sent_on": timezone.localdate()})
    status = 200
    if request.method == "POST":

        def write() -> RapportCpas:
            return actions.envoyer_rapport(rapport=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Envoi noté."))
            return redirect("accompagnateur:rapport_cpas", pk=pk)
    return form_page(
        request, form, title=_("Noter l’envoi du rapport"), act=_("Noter l’envoi"), back=_to(row), status=status
    )


@both
def cancel_report(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel a report that is not wanted after all."""
    row = _report(request, pk)
    form = AnnulationForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> RapportCpas:
            return actions.annuler_rapport(rapport=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Rapport annulé, avec son motif."))
            return redirect("accompagnateur:convention", pk=row.convention_id)
    return form_page(
        request, form, title=_("Annuler le rapport"), act=_("Annuler le rapport"), back=_to(row), status=status
    )


def _report(request: WorkRequest, pk: uuid.UUID) -> RapportCpas:
    """Find a report about a person whose dossier is open, and note that it was opened."""
    rows = RapportCpas.objects.visible_to(request.actor).select_related("convention__cpas", "travailleur", "entreprise")
    row: RapportCpas = get_object_or_404(rows, pk=pk)
    acces.opened(row.travailleur, by=request.actor, now=timezone.now())
    return row


def _to(row: RapportCpas) -> tuple[Any, str]:
    return _("Le rapport"), reverse("accompagnateur:rapport_cpas", kwargs={"pk": row.pk})
