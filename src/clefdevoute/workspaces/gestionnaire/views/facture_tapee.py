"""Typing an invoice, with its paper beside; correcting what was typed."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.media_types import INLINE
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions, policies
from clefdevoute.records.frais.models import Facture, FichierDepose
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, FournisseurSaisi, RefusSaisi
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.forms.factures import FactureTapeeForm, MontantsForm
from clefdevoute.workspaces.gestionnaire.views.facture import get_invoice

A_TAPER = "a_taper"


@require_http_methods(["GET", "POST"])
def type_invoice(request: WorkRequest) -> HttpResponse:
    """Type an invoice; a paper handed in with a fault elsewhere is kept, and offered again."""
    if request.method == "GET":
        kept = _kept(request, request.GET.get("piece", ""))
        form = FactureTapeeForm(initial={"garde": kept.pk} if kept else None)
        return _page(request, form, kept)
    form = FactureTapeeForm(request.POST, request.FILES)
    valid = form.is_valid()
    kept = _kept(request, request.POST.get("garde", ""))
    if not valid:
        return _page(request, form, kept or _keep(request, form), status=422)
    try:
        reception = actions.recevoir(
            entreprise=entreprise_of(request), saisie=_saisie(form, kept), by=request.actor, now=timezone.now()
        )
        if kept:
            actions.joindre_fichier(fichier=kept, facture=reception.facture, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _page(request, form, kept or _keep(request, form), refusal=str(refused), status=409)
    _say(request, reception.issue)
    return redirect("gestionnaire:facture", reception.facture.pk)


@require_http_methods(["GET", "POST"])
def correct_invoice(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct what was typed of an invoice; the differences are kept."""
    facture, refusal = get_invoice(request, pk), ""
    names = (*MontantsForm.base_fields,)
    form = MontantsForm(request.POST or None, initial={name: getattr(facture, name) for name in names})
    if request.method == "POST" and form.is_valid():
        changes = {"number": form.cleaned_data["number"], "currency": form.cleaned_data["currency"]}
        try:
            actions.corriger(
                facture=facture,
                changes=changes | form.dates() | form.amounts(),
                by=request.actor,
                now=timezone.now(),
            )
        except RecordError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Facture corrigée. Les valeurs d’avant restent dans son historique."))
            return redirect("gestionnaire:facture", facture.pk)
    status = 409 if refusal else 422 if form.errors else 200
    context = {
        "facture": get_invoice(request, pk),
        "form": form,
        "refusal": refusal,
        "can_correct": policies.can_correct(request.actor, facture),
    }
    return render(request, "gestionnaire/facture_corriger.html", context, status=status)


def _page(
    request: WorkRequest, form: FactureTapeeForm, kept: FichierDepose | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "kept": kept, "refusal": refusal}
    return render(request, "gestionnaire/facture_taper.html", context, status=status)


def _kept(request: WorkRequest, text: str) -> FichierDepose | None:
    """Find the refused file that this invoice is typed from, if one is named and still waits."""
    rows = FichierDepose.objects.visible_to(request.actor).select_related("proof")
    try:
        return rows.filter(pk=uuid.UUID(text), proof__isnull=False, facture__isnull=True).first()
    except (ValueError, ValidationError):
        return None


def _keep(request: WorkRequest, form: FactureTapeeForm) -> FichierDepose | None:
    """Keep a paper sent with a form that is refused: a browser never sends it twice by itself."""
    upload = request.FILES.get("piece")
    if upload is None or not upload.size:
        return None
    upload.seek(0)
    now, by = timezone.now(), request.actor
    depot = actions.ouvrir_depot(entreprise=entreprise_of(request), by=by, now=now)
    row = actions.deposer_refus(
        depot=depot,
        rank=1,
        fichier=FichierSaisi(content=upload.read(), filename=upload.name or "piece"),
        refus=RefusSaisi(code=A_TAPER, message="Pièce d’une facture à taper : terminez sa saisie."),
        by=by,
        now=now,
    )
    if row.proof is None:
        form.add_error("piece", row.message)
        return None
    return row


def _saisie(form: FactureTapeeForm, kept: FichierDepose | None) -> FactureSaisie:
    found, piece = form.cleaned_data, form.cleaned_data["piece"]
    original, source = None, Facture.Source.TYPED
    if piece is not None:
        original = FichierSaisi(content=piece.read(), filename=piece.name)
        source = Facture.Source.PDF
    elif kept is not None and kept.proof is not None:
        original = FichierSaisi(content=proofs.read(kept.proof), filename=kept.filename)
        source = Facture.Source.PDF if kept.proof.media_type in INLINE else Facture.Source.TYPED
    return FactureSaisie(
        fournisseur=FournisseurSaisi(
            name=found["supplier"], enterprise_number=form.belgian_number, foreign_vat_id=form.foreign_number
        ),
        number=found["number"],
        kind=Facture.Kind(found["kind"]),
        currency=found["currency"],
        source=source,
        original=original,
        issue_date=found["issue_date"],
        **form.others(),
    )


def _say(request: WorkRequest, issue: actions.Issue) -> None:
    if issue is actions.Issue.DEJA_RECUE:
        messages.warning(request, _("Cette facture est déjà là : la voici. Rien n’a été ajouté."))
    elif issue is actions.Issue.CONFLIT:
        messages.warning(request, _("Une autre facture porte ce numéro, avec un autre montant : départagez-les."))
    else:
        messages.success(request, _("Facture enregistrée : imputez-la."))
