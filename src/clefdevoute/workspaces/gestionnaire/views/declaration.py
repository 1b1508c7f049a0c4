"""The déclaration sur l'honneur: produced on the frozen décompte, signed by hand, posted as original (A21)."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents.justification import depuis_dossier as papers
from clefdevoute.documents.justification.modele import PieceIncoherente
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais.saisies import FichierSaisi
from clefdevoute.records.subventions import actions, policies
from clefdevoute.records.subventions.models import DeclarationHonneur
from clefdevoute.workspaces.gestionnaire.forms.justification import PosteForm, SignataireForm, SignatureForm
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place, bilan_of, place_of
from clefdevoute.workspaces.gestionnaire.views.annexes import emission_of
from clefdevoute.workspaces.gestionnaire.views.subvention import refuse

Forms = dict[str, forms.Form]


@require_http_methods(["GET", "HEAD", "POST"])
def show_declaration(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Show the declaration; a POST produces it, notes its signature or its posting."""
    place = place_of(request, annee)
    held = declaration_of(place)
    if request.method != "POST":
        return _answer(request, place, held)
    what = request.POST.get("quoi", "")
    shown = _forms(place, held, {what: request.POST})
    form = shown.get(what)
    if form is None:
        return _answer(request, place, held, refusal=_refusal(place, held, what), status=409)
    if not form.is_valid():
        return _answer(request, place, held, shown, status=422)
    try:
        done = _write(request, place, held, what, form.cleaned_data)
    except (RecordError, PieceIncoherente) as refused:
        refuse(form, refused if isinstance(refused, RecordError) else RecordError(str(refused)))
        return _answer(request, place, held, shown, status=409)
    messages.success(request, done)
    return redirect("gestionnaire:declaration", annee=annee)


@require_safe
def download(request: WorkRequest, annee: dt.date, nom: str) -> HttpResponse:
    """Open the document produced, or the scan of the signed original."""
    held = declaration_of(place_of(request, annee))
    proof = None if held is None else {"produite": held.document, "signee": held.signed_document}.get(nom)
    if proof is None:
        raise Http404
    return proofs.response(proof, by=request.actor, now=timezone.now())


def declaration_of(place: Place) -> DeclarationHonneur | None:
    """Find the declaration in force for the year."""
    if place.subvention is None:
        return None
    rows = DeclarationHonneur.objects.visible_to(place.actor).filter(subvention=place.subvention, replaced=False)
    found: DeclarationHonneur | None = rows.select_related("document", "signed_document", "decompte").first()
    return found


def _forms(place: Place, held: DeclarationHonneur | None, data: dict[str, Any] | None = None) -> Forms:
    given = data or {}
    found: Forms = {}
    if place.subvention is not None and policies.can_declare(place.actor, place.subvention):
        before = papers.prefilled_signature(place.entreprise)
        initial = {"name": before.signataire, "quality": before.qualite, "place": before.lieu}
        found["produire"] = SignataireForm(given.get("produire"), initial=initial)
    if held is not None and policies.can_sign(place.actor, held):
        found["signer"] = SignatureForm(given.get("signer"), initial={"signed_on": place.today})
    if held is not None and policies.can_post(place.actor, held):
        found["poster"] = PosteForm(given.get("poster"), initial={"posted_on": place.today})
    return found


def _refusal(place: Place, held: DeclarationHonneur | None, what: str) -> str:
    """Say why the asked thing is not offered, in the records' own words."""
    try:
        if what == "signer" and held is not None:
            policies.check_can_sign(place.actor, held)
        elif what == "poster" and held is not None:
            policies.check_can_post(place.actor, held)
        elif what == "produire" and place.subvention is not None:
            policies.check_can_declare(place.actor, place.subvention)
    except RecordError as refused:
        return str(refused)
    return _("Produisez d’abord la déclaration : ouvrez l’année, figez le décompte, puis revenez ici.")


def _write(request: WorkRequest, place: Place, held: DeclarationHonneur | None, what: str, typed: Any) -> str:
    now = timezone.now()
    if what == "produire":
        _produce(request, place, typed, now)
        return _("Déclaration produite : imprimez-la et faites-la signer.")
    if held is None:
        raise RecordError(_refusal(place, held, what))
    if what == "signer":
        scan = request.FILES.get("document")
        document = FichierSaisi(scan.read(), scan.name or "declaration.pdf") if scan is not None else None
        actions.signer_declaration(
            declaration=held, signed_on=typed["signed_on"], document=document, by=request.actor, now=now
        )
        return _("Signature notée. Postez l’original à l’administration.")
    actions.poster_declaration(declaration=held, posted_on=typed["posted_on"], by=request.actor, now=now)
    return _("Envoi de l’original noté.")


def _produce(request: WorkRequest, place: Place, typed: dict[str, str], now: dt.datetime) -> None:
    """Set the declaration in type on the frozen décompte, and keep it."""
    bilan = bilan_of(place)
    frozen = papers.figures_en_vigueur(bilan.decompte) if bilan.decompte else None
    if bilan.decompte is None or frozen is None:
        raise RecordError(
            _("Le décompte n’est pas figé, ou les données ont changé depuis : figez-le à la page Justification.")
        )
    signature = papers.Signature(signataire=typed["name"], qualite=typed["quality"], lieu=typed["place"])
    content = papers.declaration_du_dossier(
        place.entreprise, bilan.decompte, signature=signature, emission=emission_of(request)
    )
    actions.produire_declaration(
        decompte=frozen,
        document=FichierSaisi(content, "declaration-sur-l-honneur.pdf"),
        signataire=actions.Signataire(typed["name"], typed["quality"], typed["place"]),
        by=request.actor,
        now=now,
    )


def _answer(
    request: WorkRequest,
    place: Place,
    held: DeclarationHonneur | None,
    shown: Forms | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    found = shown if shown is not None else _forms(place, held)
    codes = {item.code for item in bilan_of(place).blocking}
    context = {
        "place": place,
        "held": held,
        "forms": found,
        "refusal": refusal,
        "stale": bool(codes & {"declaration_perimee", "decompte_perime", "decompte_non_fige"}),
        "no_sign": "" if held is None or "signer" in found or held.signed_on else _refusal(place, held, "signer"),
    }
    return render(request, "gestionnaire/declaration.html", context, status=status)
