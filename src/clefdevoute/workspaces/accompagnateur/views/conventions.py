"""Conventions with the CPAS: the cockpit, one convention, its drafting and its files."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents import cpas as documents
from clefdevoute.documents.cpas.convention import DOCX
from clefdevoute.documents.feuille import Emission
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.reseau import facts, policies
from clefdevoute.records.reseau.actions import conventions as actions
from clefdevoute.records.reseau.etats import Etat, etat
from clefdevoute.records.reseau.models import (
    ConventionCpas,
    ConventionPersonne,
    Partenaire,
    RapportCpas,
    Signature,
)
from clefdevoute.workspaces.accompagnateur import conventions as tableau
from clefdevoute.workspaces.accompagnateur.forms.conventions import ConventionForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page

# (word of the address, label, states)
FILTERS: tuple[tuple[str, Any, frozenset[Etat]], ...] = (
    ("", "En cours", tableau.RUNNING),
    ("finies", "Finies", frozenset({Etat.ECHUE, Etat.DENONCEE})),
)


@require_safe
def list_conventions(request: WorkRequest) -> HttpResponse:
    """Show the cockpit: the gaps first, then each CPAS with its conventions."""
    today, asked = timezone.localdate(), request.GET.get("etat", "")
    wanted = next((states for word, _label, states in FILTERS if word == asked), tableau.RUNNING)
    context = {
        "groups": tableau.groupes(request.actor, today, wanted),
        "gaps": tableau.manques(request.actor, today),
        "filters": [(word, _(label), word == asked) for word, label, _states in FILTERS],
        "today": today,
        "known": Partenaire.objects.visible_to(request.actor).filter(kind=Partenaire.Kind.CPAS).exists(),
    }
    return render(request, "accompagnateur/conventions.html", context)


@require_safe
def show_convention(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a convention: where it stands, who is under it, who signed, what is due."""
    row, today = convention_or_404(request, pk), timezone.localdate()
    people = ConventionPersonne.objects.visible_to(request.actor).filter(convention=row)
    reports = RapportCpas.objects.visible_to(request.actor).filter(convention=row)
    labels = dict(RapportCpas.Section.choices)
    state = etat(row, today)
    context = {
        "row": row,
        "etat": state,
        "badge": tableau.BADGES[state],
        "today": today,
        "people": people.select_related("travailleur").order_by("travailleur__name", "starts_on"),
        "signatories": tableau.signataires(request.actor, row, today),
        "reports": reports.select_related("travailleur").order_by("due_on", "id"),
        "sections": [labels[code] for code in row.sections if code in labels],
        "before": facts.commences_avant(row, today),
        "can_draft": policies.can_draft(request.actor, row),
        "can_denounce": policies.can_denounce(request.actor, row),
        "follows": ConventionCpas.objects.visible_to(request.actor).filter(renews=row).first(),
    }
    return render(request, "accompagnateur/convention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_convention(request: WorkRequest) -> HttpResponse:
    """Begin a convention, or the one that follows another: its dates and its content are proposed."""
    renewed = _renewed(request)
    known = Partenaire.objects.visible_to(request.actor).filter(kind=Partenaire.Kind.CPAS, closed_on__isnull=True)
    offered = [renewed.cpas] if renewed else list(known)
    if not offered:
        messages.info(request, _("Ajoutez d’abord le CPAS au réseau."))
        return redirect(f"{reverse('accompagnateur:partenaire_nouveau')}?sorte=cpas")
    form = ConventionForm(request.POST or None, cpas=offered, initial=_proposed(request, renewed))
    status = 200
    if request.method == "POST":

        def write() -> ConventionCpas:
            return actions.rediger_convention(renews=renewed, by=request.actor, now=timezone.now(), **form.cleaned_data)

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Brouillon enregistré. Ajoutez les personnes et les signataires."))
            return redirect("accompagnateur:convention", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Renouveler la convention") if renewed else _("Rédiger une convention"),
        act=_("Enregistrer le brouillon"),
        back=back_to_list(),
        lede=_("Elle ne commencera pas avant la dernière signature."),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_convention(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a draft."""
    row = convention_or_404(request, pk)
    form = ConventionForm(request.POST or None, initial={name: getattr(row, name) for name in actions.FIELDS})
    status = 200
    if request.method == "POST":

        def write() -> ConventionCpas:
            return actions.modifier_convention(
                convention=row, by=request.actor, now=timezone.now(), **form.cleaned_data
            )

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Brouillon corrigé."))
            return redirect("accompagnateur:convention", pk=pk)
    return form_page(
        request, form, title=_("Corriger le brouillon"), act=_("Enregistrer"), back=back_to(row), status=status
    )


@require_safe
def download_docx(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the convention as a document to personalise."""
    row = convention_or_404(request, pk)
    return attachment(documents.convention_docx(_content(request, row)), DOCX, f"{_stem(row)}.docx")


@require_safe
def download_pdf(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the convention as a PDF to print and sign."""
    row = convention_or_404(request, pk)
    emission = Emission(le=timezone.localtime(), par=request.user.name)
    pdf = documents.convention_pdf(_content(request, row), emission=emission)
    return attachment(pdf, "application/pdf", f"{_stem(row)}.pdf")


def convention_or_404(request: WorkRequest, pk: uuid.UUID) -> ConventionCpas:
    """Find a convention of the session's enterprise."""
    rows = ConventionCpas.objects.visible_to(request.actor).select_related("cpas", "renews", "entreprise")
    row: ConventionCpas = get_object_or_404(rows, pk=pk)
    return row


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Serve a file made for this person, kept by no cache."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def parts(sha256: str) -> list[str]:
    """Cut a hash where its line may end: a telephone is narrower than 64 signs."""
    return [sha256[start : start + 16] for start in range(0, len(sha256), 16)]


def back_to(row: ConventionCpas) -> tuple[Any, str]:
    """Lead back to a convention."""
    return row.cpas.name, reverse("accompagnateur:convention", kwargs={"pk": row.pk})


def back_to_list() -> tuple[Any, str]:
    """Lead back to the cockpit."""
    return _("Conventions CPAS"), reverse("accompagnateur:conventions")


def _renewed(request: WorkRequest) -> ConventionCpas | None:
    try:
        pk = uuid.UUID(request.GET.get("renouvelle", ""))
    except ValueError:
        return None
    return convention_or_404(request, pk)


def _proposed(request: WorkRequest, renewed: ConventionCpas | None) -> dict[str, Any]:
    if renewed is None:
        return {"cpas": request.GET.get("cpas", "")}
    begins = renewed.last_day + dt.timedelta(days=1)
    return {
        "cpas": str(renewed.cpas_id),
        "starts_on": begins,
        "ends_on": begins + (renewed.ends_on - renewed.starts_on),
        "renewal": renewed.renewal,
        "report_months": renewed.report_months,
        "sections": renewed.sections,
    }


def _content(request: WorkRequest, row: ConventionCpas) -> documents.Convention:
    people = ConventionPersonne.objects.visible_to(request.actor).filter(convention=row).select_related("travailleur")
    return documents.Convention(
        entreprise=row.entreprise,
        row=row,
        personnes=[
            documents.Personne(
                f"{one.travailleur.first_name} {one.travailleur.name}",
                one.travailleur.birth_date,
                one.starts_on,
                one.ends_on,
            )
            for one in people.order_by("travailleur__name", "starts_on")
        ],
        signatures=list(Signature.objects.visible_to(request.actor).filter(convention=row)),
    )


def _stem(row: ConventionCpas) -> str:
    return f"convention-cpas-{row.starts_on:%Y%m%d}"
