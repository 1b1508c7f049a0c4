"""Consents of one person: where each stands, the question, the page in plain words, the answer, the withdrawal."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import consentements, policies, traits
from clefdevoute.records.suivi import textes_consentement as textes
from clefdevoute.records.suivi.actions import consentements as actions
from clefdevoute.records.suivi.models import Consentement, MouvementConsentement
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.consentements import (
    NON,
    OUI_ECRAN,
    DemandeForm,
    PageForm,
    ReponseForm,
)
from clefdevoute.workspaces.accompagnateur.formulaires import Keeper, attempt

BADGES = {
    Consentement.Etat.NON_DEMANDE: "todo",
    Consentement.Etat.DEMANDE: "progress",
    Consentement.Etat.DONNE: "ok",
    Consentement.Etat.REFUSE: "waiting",
    Consentement.Etat.RETIRE: "waiting",
    Consentement.Etat.ECHU: "soon",
}
HISTORY = 100
"""How many movements the page lists, the latest first."""


@require_safe
def show_all(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Say where each purpose stands, and list what was noted."""
    return _all(request, travailleur_or_404(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: WorkRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """Note that a question is put to the person, in her language."""
    if purpose not in Consentement.Purpose.values:
        raise Http404
    person, today = travailleur_or_404(request, pk), timezone.localdate()
    form = DemandeForm(request.POST or None, initial={"language": "fr", "asked_on": today}, purpose=purpose)
    status = 200
    if request.method == "POST":

        def write() -> Consentement:
            return actions.demander(
                travailleur=person, purpose=purpose, by=request.actor, now=timezone.now(), **form.cleaned_data
            )

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Question notée. Lisez la page ensemble, puis notez la réponse."))
            return redirect("accompagnateur:consentement", pk=pk, row=row.pk)
    version = textes.version_en_vigueur(purpose, today)
    context = contexte(request, person, tab="consentements") | {
        "form": form,
        "title": Consentement.Purpose(purpose).label,
        "lede": _("Texte %(version)s. La page est lue ensemble, puis signée ou refusée.") % {"version": version},
        "act": _("Poser la question"),
        "back": (_("Consentements"), _home(person)),
        "texte": textes.texte(purpose, version, "fr"),
    }
    return render(request, "accompagnateur/consentement_demander.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: WorkRequest, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Show a question as the person reads it, and take her answer."""
    person = travailleur_or_404(request, pk)
    found = _row(request, person, row)
    today = timezone.localdate()
    keeper = Keeper(by=request.actor, now=timezone.now())
    form = ReponseForm(request.POST or None, request.FILES or None, initial={"answered_on": today}, keeper=keeper)
    status = 200
    if request.method == "POST":
        done, status = attempt(form, lambda: _answer(request, found, form.cleaned_data))
        if done is not None:
            said = _("Non noté.") if done.refused_on else _("Oui noté, jusqu’au %(day)s au plus tard.")
            messages.success(request, said % {"day": f"{done.expires_on:%d/%m/%Y}" if done.expires_on else ""})
            return redirect(_home(person))
    context = contexte(request, person, tab="consentements") | {
        "row": found,
        "etat": found.etat(today),
        "badge": BADGES[found.etat(today)],
        "texte": textes.texte(found.purpose, found.text_version, found.language),
        "langue": textes.LANGUES.get(found.language, ""),
        "moves": _moves(request, person).filter(consentement=found),
        "paths": traits.chemins(found.strokes),
        "form": form,
        "kept": form.kept("page"),
        "can_write": policies.can_write_dossier(request.actor, person),
    }
    return render(request, "accompagnateur/consentement.html", context, status=status)


@require_safe
def show_page(request: WorkRequest, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Show the page to print, read and sign: large letters, plain words, nothing else."""
    person = travailleur_or_404(request, pk)
    found = _row(request, person, row)
    context = {
        "one": person,
        "row": found,
        "texte": textes.texte(found.purpose, found.text_version, found.language),
    }
    return render(request, "accompagnateur/consentement_page.html", context)


@require_POST
def withdraw(request: WorkRequest, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Take a yes back in one gesture; from to-day nothing rests on it."""
    person = travailleur_or_404(request, pk)
    found = _row(request, person, row)
    try:
        actions.retirer(consentement=found, withdrawn_on=timezone.localdate(), by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _all(request, person, refusal=str(refused))
    messages.success(request, _("Oui retiré. À partir d’aujourd’hui, plus rien ne se fait sur cette base."))
    return redirect(_home(person))


@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: WorkRequest, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Serve the page signed on paper, or take it once."""
    person = travailleur_or_404(request, pk)
    found = _row(request, person, row)
    if request.method != "POST":
        if found.proof is None:
            raise Http404
        return proofs.response(found.proof, by=request.actor, now=timezone.now(), purpose="consentement")
    keeper = Keeper(by=request.actor, now=timezone.now())
    form = PageForm(request.POST, request.FILES, keeper=keeper)

    def write() -> Consentement:
        return actions.joindre_page(
            consentement=found, proof=form.cleaned_data["page"], by=request.actor, now=timezone.now()
        )

    done, status = attempt(form, write)
    if done is not None:
        messages.success(request, _("Page jointe."))
        return redirect("accompagnateur:consentement", pk=pk, row=row)
    said = " ".join(str(one) for errors in form.errors.values() for one in errors)
    return _all(request, person, refusal=said, status=status)


def _answer(request: WorkRequest, row: Consentement, given: dict[str, Any]) -> Consentement:
    """Write the answer that was chosen."""
    who: dict[str, Any] = {"by": request.actor, "now": timezone.now()}
    if given["reponse"] == NON:
        return actions.refuser(consentement=row, refused_on=given["answered_on"], **who)
    on_screen = given["reponse"] == OUI_ECRAN
    return actions.donner(
        consentement=row,
        given_on=given["answered_on"],
        signature=Consentement.Signature.ECRAN if on_screen else Consentement.Signature.PAPIER,
        strokes=given["strokes"] if on_screen else "",
        proof=None if on_screen else given.get("page"),
        **who,
    )


def _all(request: WorkRequest, person: Travailleur, refusal: str = "", status: int = 409) -> HttpResponse:
    today = timezone.localdate()
    rows = Consentement.objects.visible_to(request.actor).filter(travailleur=person)
    context = contexte(request, person, tab="consentements") | {
        "questions": [
            {"one": one, "badge": BADGES[one.etat], "texte": textes.texte(one.purpose, one.version, "fr")}
            for one in consentements.questions(person, today)
        ],
        "tiers": [row for row in rows if row.purpose == "contact_tiers" and row.etat(today) == "donne"],
        "moves": _moves(request, person)[:HISTORY],
        "refusal": refusal,
        "can_write": policies.can_write_dossier(request.actor, person),
    }
    return render(request, "accompagnateur/consentements.html", context, status=status if refusal else 200)


def _moves(request: WorkRequest, person: Travailleur) -> Any:
    rows = MouvementConsentement.objects.visible_to(request.actor).filter(travailleur=person)
    return rows.select_related("recorded_by", "consentement").order_by("-recorded_at", "-id")


def _row(request: WorkRequest, person: Travailleur, row: uuid.UUID) -> Consentement:
    rows = Consentement.objects.visible_to(request.actor).filter(travailleur=person)
    found: Consentement = get_object_or_404(rows.select_related("travailleur", "proof"), pk=row)
    return found


def _home(person: Travailleur) -> str:
    return reverse("accompagnateur:consentements", kwargs={"pk": person.pk})
