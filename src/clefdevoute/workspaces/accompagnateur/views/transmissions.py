"""A packet that was frozen: its files, the receipt, the answer, the log of what left."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents import forem as packet
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.reseau import forem as gate
from clefdevoute.records.reseau.actions import forem as actions
from clefdevoute.records.reseau.models import SuiteForem, TransmissionForem
from clefdevoute.records.suivi import acces
from clefdevoute.workspaces.accompagnateur import dossier
from clefdevoute.workspaces.accompagnateur.forms.forem import FichierForm, RemiseForm, ReponseForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page
from clefdevoute.workspaces.accompagnateur.views.conventions import attachment, parts
from clefdevoute.workspaces.accompagnateur.views.forem import TAB

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def show_packet(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a packet: what it holds, its files, what happened to it."""
    return _packet(request, _transmission(request, pk), FichierForm(), 200)


@require_POST
def take_file(request: WorkRequest, pk: uuid.UUID, file_format: str) -> HttpResponse:
    """Give one of the three files; it is journalled before a byte leaves, and refused once consent is withdrawn."""
    if file_format not in packet.FORMATS:
        raise Http404
    row = _transmission(request, pk)
    form = FichierForm(request.POST)

    def write() -> SuiteForem:
        return actions.sortir_fichier(
            transmission=row,
            file_format=file_format,
            niss_saisi=bool(form.cleaned_data["niss"]),
            by=request.actor,
            now=timezone.now(),
        )

    done, status = attempt(form, write)
    if done is None:
        return _packet(request, row, form, status)
    copy = packet.Copie(entreprise=row.entreprise, par=request.user.name, niss=form.cleaned_data["niss"])
    made = packet.fichier(row, file_format, copy)
    return attachment(made.contenu, made.type, made.nom)


@both
def note_handing_over(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note the handing over of a packet."""
    row = _transmission(request, pk)
    form = RemiseForm(request.POST or None, initial={"on": timezone.localdate()})

    def write() -> SuiteForem:
        return actions.noter_remise(transmission=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

    return _step(request, row, form, write, _("Noter la remise au Forem"), _("Noter la remise"))


@both
def note_answer(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note what the Forem answered."""
    row = _transmission(request, pk)
    form = ReponseForm(request.POST or None, initial={"on": timezone.localdate()})

    def write() -> SuiteForem:
        return actions.noter_reponse(transmission=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

    return _step(request, row, form, write, _("Noter la réponse du Forem"), _("Noter la réponse"))


def _transmission(request: WorkRequest, pk: uuid.UUID) -> TransmissionForem:
    """Find a packet about a person whose dossier is open, and note that it was opened."""
    rows = TransmissionForem.objects.visible_to(request.actor).select_related("travailleur", "entreprise")
    row: TransmissionForem = get_object_or_404(rows, pk=pk)
    acces.opened(row.travailleur, by=request.actor, now=timezone.now())
    return row


def _packet(request: WorkRequest, row: TransmissionForem, form: FichierForm, status: int) -> HttpResponse:
    today = timezone.localdate()
    labels = dict(gate.champs_admis(row.made_on))
    suites = list(SuiteForem.objects.visible_to(request.actor).filter(transmission=row))
    held = gate.situation(row.travailleur, on=today, champs=tuple(row.fields))
    kinds = {suite.kind for suite in suites}
    context = dossier.contexte(request, row.travailleur, tab=TAB) | {
        "row": row,
        "hash": parts(row.sha256),
        "form": form,
        "held": held,
        "fields": [labels.get(code, code) for code in row.fields],
        "left_out": [labels.get(code, code) for code in row.left_out],
        "suites": suites,
        "formats": list(packet.FORMATS),
        "handed": SuiteForem.Kind.REMISE in kinds,
        "answered": bool(kinds & {SuiteForem.Kind.REPONSE, SuiteForem.Kind.SANS_SUITE}),
    }
    return render(request, "accompagnateur/transmission.html", context, status=status)


def _step(  # noqa: PLR0917
    request: WorkRequest, row: TransmissionForem, form: Any, write: Any, title: str, act: str
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("C’est noté."))
            return redirect("accompagnateur:transmission", pk=row.pk)
    return form_page(
        request,
        form,
        title=title,
        act=act,
        back=(_("Le dossier envoyé"), reverse("accompagnateur:transmission", kwargs={"pk": row.pk})),
        status=status,
        template="accompagnateur/dossier_formulaire.html",
        **dossier.contexte(request, row.travailleur, tab=TAB),
    )
