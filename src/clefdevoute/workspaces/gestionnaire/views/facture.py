"""One invoice: read, imputed, completed, put aside; a refusal is shown with all that was typed."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions, policies
from clefdevoute.records.frais.models import CleRepartition, Facture, LigneFrais, PieceFacture
from clefdevoute.records.frais.saisies import FichierSaisi, PartSaisie
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.workspaces.gestionnaire.couts import accompagnateur_choices, key_choices, line_choices
from clefdevoute.workspaces.gestionnaire.facture import LINES_SHOWN, history, imputation, initial_parts, lue
from clefdevoute.workspaces.gestionnaire.forms.cles import FOUR_PLACES
from clefdevoute.workspaces.gestionnaire.forms.factures import (
    AutreSubventionForm,
    EcarterForm,
    MontantEurosForm,
    PartFormSet,
)

Bound = dict[str, Any]
PARTS = "part"


@require_GET
def show_invoice(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show all there is of an invoice."""
    return answer(request, get_invoice(request, pk))


@require_POST
def impute(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the invoice on its lines; « ajouter » only draws one more part."""
    facture = get_invoice(request, pk)
    parts = _part_forms(request, facture, request.POST)
    if "ajouter" in request.POST:
        return answer(request, facture, parts=_one_more(request, facture))
    if not parts.is_valid():
        return answer(request, facture, parts=parts, status=422)
    return _write(
        request,
        facture,
        lambda: actions.imputer(
            facture=facture,
            parts=[_part(request, form) for form in parts if form.cleaned_data.get("line")],
            by=request.actor,
            now=timezone.now(),
        ),
        _("Facture imputée."),
        parts=parts,
    )


@require_POST
def withdraw(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the invoice off its lines."""
    facture = get_invoice(request, pk)
    return _write(
        request,
        facture,
        lambda: actions.retirer_imputation(facture=facture, by=request.actor, now=timezone.now()),
        _("L’imputation est retirée : la facture attend de nouveau."),
    )


@require_POST
def put_aside(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the invoice aside with its reason."""
    facture, form = get_invoice(request, pk), EcarterForm(request.POST)
    if not form.is_valid():
        return answer(request, facture, aside=form, status=422)
    reason = form.cleaned_data["reason"]
    return _write(
        request,
        facture,
        lambda: actions.ecarter(facture=facture, reason=reason, by=request.actor, now=timezone.now()),
        _("Facture écartée. Elle reste au dossier avec son motif."),
        aside=form,
    )


@require_POST
def take_back(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back an invoice put aside or found outside every period."""
    facture = get_invoice(request, pk)
    return _write(
        request,
        facture,
        lambda: actions.reprendre(facture=facture, by=request.actor, now=timezone.now()),
        _("Facture reprise : imputez-la."),
    )


@require_POST
def settle(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle a conflict: keep this invoice or the other."""
    facture = get_invoice(request, pk)
    kept: list[Facture] = []

    def write() -> None:
        garder = request.POST.get("garder") == "celle-ci"
        kept.append(actions.resoudre_conflit(facture=facture, garder=garder, by=request.actor, now=timezone.now()))

    done = _("Le conflit est réglé : une facture est gardée, l’autre est écartée avec son motif.")
    return _write(request, facture, write, done, to=lambda: kept[0].pk)


@require_POST
def give_euros(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a foreign invoice its euro amount, with the proof."""
    facture, form = get_invoice(request, pk), MontantEurosForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, facture, euros=form, status=422)
    found = form.cleaned_data
    proof = FichierSaisi(content=found["preuve"].read(), filename=found["preuve"].name)
    return _write(
        request,
        facture,
        lambda: actions.donner_montant_en_euros(
            facture=facture,
            net_eur=found["net_eur"],
            vat_eur=found["vat_eur"],
            proof=proof,
            by=request.actor,
            now=timezone.now(),
        ),
        _("Montant en euros enregistré, avec sa preuve."),
        euros=form,
    )


@require_POST
def mark_other_subsidy(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which share another subsidy takes."""
    facture, form = get_invoice(request, pk), AutreSubventionForm(request.POST)
    if not form.is_valid():
        return answer(request, facture, other=form, status=422)
    ratio = form.cleaned_data["other_subsidy_percent"]
    return _write(
        request,
        facture,
        lambda: actions.marquer_autre_subvention(
            facture=facture,
            name=form.cleaned_data["other_subsidy"],
            percent=(ratio * 100).quantize(FOUR_PLACES) if ratio is not None else None,
            by=request.actor,
            now=timezone.now(),
        ),
        _("Part de l’autre subvention enregistrée."),
        other=form,
    )


@require_GET
def open_original(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Open the file received, or the proof of the euro amount with ``?euros``."""
    rows = Facture.objects.visible_to(request.actor).select_related("original", "eur_proof")
    facture = get_object_or_404(rows, pk=pk)
    proof = facture.eur_proof if "euros" in request.GET else facture.original
    if proof is None:
        return redirect("gestionnaire:facture", pk)
    return proofs.response(proof, by=request.actor, now=timezone.now())


@require_GET
def open_piece(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a file that came inside the invoice: in the browser only if it cannot run."""
    piece = get_object_or_404(PieceFacture.objects.visible_to(request.actor).select_related("proof"), pk=pk)
    return proofs.response(piece.proof, by=request.actor, now=timezone.now())


def get_invoice(request: WorkRequest, pk: uuid.UUID) -> Facture:
    """404, never 403: another enterprise's invoice must not even be known to exist."""
    related = ("fournisseur", "fournisseur__remembered_cle", "original", "eur_proof", "credited", "conflict_with")
    found: Facture = get_object_or_404(Facture.objects.visible_to(request.actor).select_related(*related), pk=pk)
    return found


def _write(
    request: WorkRequest,
    facture: Facture,
    write: Callable[[], object],
    done: str,
    *,
    to: Callable[[], uuid.UUID] | None = None,
    **bound: Any,
) -> HttpResponse:
    try:
        write()
    except RecordError as refused:
        return answer(request, get_invoice(request, facture.pk), refusal=str(refused), status=409, **bound)
    messages.success(request, done)
    return redirect("gestionnaire:facture", to() if to else facture.pk)


def answer(
    request: WorkRequest, facture: Facture, *, refusal: str = "", status: int = 200, **bound: Any
) -> HttpResponse:
    """Draw the page of an invoice around the forms as they were typed."""
    rows = list(LigneFrais.objects.visible_to(request.actor).filter(facture=facture).select_related("accompagnateur"))
    initial, proposed = initial_parts(facture, rows)
    read = lue(facture)
    context: dict[str, Any] = {
        "facture": facture,
        "refusal": refusal,
        "imputation": imputation(facture, request.actor),
        "proposed": proposed,
        "parts": bound.get("parts") or _part_forms(request, facture, None, initial),
        "aside": bound.get("aside") or EcarterForm(),
        "euros_form": bound.get("euros") or MontantEurosForm(),
        "other": bound.get("other") or _other_form(facture),
        "pieces": PieceFacture.objects.visible_to(request.actor).filter(facture=facture).select_related("proof"),
        "lue": read,
        "lines": read.lines[:LINES_SHOWN] if read else (),
        "history": history(facture, request.actor),
        "other_invoice": facture.conflict_with,
    }
    for name in ("impute", "put_aside", "take_back", "resolve", "correct", "complete"):
        context[f"can_{name}"] = getattr(policies, f"can_{name}")(request.actor, facture)
    return page_or_fragment(request, "gestionnaire/facture.html", "gestionnaire/_parts.html", context, status)


def _other_form(facture: Facture) -> AutreSubventionForm:
    percent = facture.other_subsidy_percent
    return AutreSubventionForm(
        initial={"other_subsidy": facture.other_subsidy, "other_subsidy_percent": percent / 100 if percent else None}
    )


def _part_forms(request: WorkRequest, facture: Facture, data: Any = None, initial: Any = None) -> Any:
    choices = {
        "line": line_choices(facture.issue_date),
        "cle": key_choices(request.actor, facture.issue_date),
        "accompagnateur": accompagnateur_choices(request.actor),
    }
    formset = PartFormSet(data, initial=initial, prefix=PARTS, form_kwargs={"choices": choices})
    formset.extra = 0
    return formset


def _one_more(request: WorkRequest, facture: Facture) -> Any:
    """Draw the parts as typed and one more, without saving."""
    data = request.POST.copy()
    typed = data.get(f"{PARTS}-TOTAL_FORMS") or ""
    count = int(typed) if typed.isdecimal() and len(typed) <= 2 else 1
    data[f"{PARTS}-TOTAL_FORMS"] = str(min(count + 1, 20))
    return _part_forms(request, facture, data)


def _part(request: WorkRequest, form: forms.Form) -> PartSaisie:
    found = form.cleaned_data
    person = found["accompagnateur"]
    return PartSaisie(
        line=found["line"],
        cle=CleRepartition.objects.visible_to(request.actor).get(pk=found["cle"]),
        net=found["net"],
        vat=found["vat"],
        accompagnateur=Accompagnateur.objects.visible_to(request.actor).get(pk=person) if person else None,
        abroad=LigneFrais.Authorisation(found["abroad"] or LigneFrais.Authorisation.SANS_OBJET),
        abroad_reference=found["abroad_reference"],
        abroad_granted_on=found["abroad_granted_on"],
        abroad_departure_on=found["abroad_departure_on"],
    )
