"""Papers of one person: handed in, opened with a trace, checked, given a term; and what was produced for her."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents.suivi.modeles import ModeleRefuse, remplir
from clefdevoute.documents.suivi.propres import PROPRES
from clefdevoute.documents.suivi.valeurs import valeurs
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.actions import documents as actions
from clefdevoute.records.suivi.models import Document, DocumentProduit, ModeleDocument
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.documents import ControleForm, DocumentForm, TermeForm
from clefdevoute.workspaces.accompagnateur.formulaires import Keeper, attempt

BADGES = {"Reçu": "progress", "Vérifié": "ok", "Refusé": "late", "Expiré": "soon"}
PRODUCED = 50
"""How many produced documents the page lists, the latest first."""


@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """List the papers this reader may open, take a new one, and produce documents from models."""
    person = travailleur_or_404(request, pk)
    keeper = Keeper(by=request.actor, now=timezone.now())
    initial = {"received_on": timezone.localdate()}
    form = DocumentForm(request.POST or None, request.FILES or None, initial=initial, keeper=keeper)
    status = 200
    if request.method == "POST":
        row, status = attempt(form, lambda: _keep(request, person, form.cleaned_data))
        if row is not None:
            messages.success(request, _("Document déposé."))
            return redirect("accompagnateur:documents", pk=pk)
    return _page(request, person, form, status=status)


@require_safe
def show_one(request: WorkRequest, pk: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Show what is known of a paper; its file opens apart."""
    return _one(request, travailleur_or_404(request, pk), document)


@require_safe
def open_file(request: WorkRequest, pk: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Serve the file; the opening is written in the journal before a byte leaves."""
    row = _row(request, travailleur_or_404(request, pk), document)
    return proofs.response(row.proof, by=request.actor, now=timezone.now(), purpose="document")


@require_POST
def check(request: WorkRequest, pk: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Say that a paper was checked, or refuse it with a reason."""
    person = travailleur_or_404(request, pk)
    row = _row(request, person, document)
    form = ControleForm(request.POST)

    def write() -> Document:
        return actions.controler(
            document=row,
            accepted=form.cleaned_data["verdict"] == "verifie",
            reason=form.cleaned_data["reason"],
            checked_on=timezone.localdate(),
            by=request.actor,
            now=timezone.now(),
        )

    done, status = attempt(form, write)
    if done is None:
        return _one(request, person, document, controle=form, status=status)
    messages.success(request, _("Contrôle noté."))
    return redirect("accompagnateur:document", pk=pk, document=document)


@require_POST
def set_term(request: WorkRequest, pk: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Say until when a paper holds; a day that passed marks it expired."""
    person = travailleur_or_404(request, pk)
    row = _row(request, person, document)
    form = TermeForm(request.POST)

    def write() -> Document:
        until = form.cleaned_data["expires_on"]
        return actions.fixer_terme(document=row, expires_on=until, by=request.actor, now=timezone.now())

    done, status = attempt(form, write)
    if done is None:
        return _one(request, person, document, terme=form, status=status)
    messages.success(request, _("Terme noté."))
    return redirect("accompagnateur:document", pk=pk, document=document)


@require_POST
def produce(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Fill a model for the person, keep what was made, and give it."""
    person = travailleur_or_404(request, pk)
    now = timezone.now()
    try:
        source, name, content, modele = _model(request, request.POST.get("modele", ""))
        filled = remplir(content, valeurs(person, by=request.actor, name=request.user.name, as_of=timezone.localdate()))
    except ModeleRefuse as refused:
        form = DocumentForm(initial={"received_on": timezone.localdate()}, keeper=Keeper(by=request.actor, now=now))
        return _page(request, person, form, refusal=str(refused), status=422)
    proof = proofs.store(
        content=filled,
        filename=f"{name} {person.name} {timezone.localdate():%Y-%m-%d}.docx",
        by=request.actor,
        entreprise_id=person.entreprise_id,
        now=now,
        classe=FieldClass.SECRET_SOCIAL,
    )
    made = actions.noter_production(
        travailleur=person, source=source, proof=proof, modele=modele, by=request.actor, now=now
    )
    messages.success(request, _("Document produit : téléchargez-le dans la liste."))
    return redirect(f"{_home(person)}#produit-{made.pk}")


@require_safe
def open_produced(request: WorkRequest, pk: uuid.UUID, produit: uuid.UUID) -> HttpResponse:
    """Serve a document as it was produced."""
    person = travailleur_or_404(request, pk)
    rows = DocumentProduit.objects.visible_to(request.actor).filter(travailleur=person)
    row = get_object_or_404(rows.select_related("proof"), pk=produit)
    return proofs.response(row.proof, by=request.actor, now=timezone.now(), purpose="document_produit")


def _keep(request: WorkRequest, person: Travailleur, given: dict[str, Any]) -> Document:
    return actions.deposer(
        travailleur=person,
        kind=given["kind"],
        title=given["title"],
        proof=given["fichier"],
        received_on=given["received_on"],
        expires_on=given["expires_on"],
        confidential=given["confidential"],
        by=request.actor,
        now=timezone.now(),
    )


def _model(request: WorkRequest, chosen: str) -> tuple[str, str, bytes, ModeleDocument | None]:
    """Find the model that was chosen: one of ours by its code, or one of the enterprise in use."""
    own = PROPRES.get(chosen)
    if own is not None:
        return own.nom, own.nom, own.faire(), None
    rows = ModeleDocument.objects.visible_to(request.actor).filter(retired_on__isnull=True).select_related("proof")
    row = next((one for one in rows if str(one.pk) == chosen), None)
    if row is None:
        raise ModeleRefuse(_("Choisissez un modèle dans la liste, puis produisez le document."))
    return str(row), row.name, proofs.read(row.proof), row


def _row(request: WorkRequest, person: Travailleur, pk: uuid.UUID) -> Document:
    rows = Document.objects.visible_to(request.actor).filter(travailleur=person)
    found: Document = get_object_or_404(rows.select_related("proof", "author", "travailleur"), pk=pk)
    return found


def _one(request: WorkRequest, person: Travailleur, pk: uuid.UUID, status: int = 200, **forms: Any) -> HttpResponse:
    row = _row(request, person, pk)
    state = row.state(timezone.localdate())
    context = contexte(request, person, tab="documents") | {
        "row": row,
        "state": state,
        "badge": BADGES[state],
        "controle": forms.get("controle") or ControleForm(),
        "terme": forms.get("terme") or TermeForm(initial={"expires_on": row.expires_on}),
        "can_write": policies.can_write_dossier(request.actor, person),
    }
    return render(request, "accompagnateur/document.html", context, status=status)


def _page(
    request: WorkRequest, person: Travailleur, form: DocumentForm, refusal: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    rows = Document.objects.visible_to(request.actor).filter(travailleur=person).select_related("author", "proof")
    page = paginate(request, rows)
    made = DocumentProduit.objects.visible_to(request.actor).filter(travailleur=person)
    context = contexte(request, person, tab="documents") | {
        "form": form,
        "page": page,
        "documents": [{"row": row, "state": row.state(today), "badge": BADGES[row.state(today)]} for row in page.items],
        "produits": made.select_related("proof", "produced_by")[:PRODUCED],
        "propres": PROPRES.values(),
        "modeles": ModeleDocument.objects.visible_to(request.actor).filter(retired_on__isnull=True),
        "refusal": refusal,
        "can_write": policies.can_write_dossier(request.actor, person),
    }
    return render(request, "accompagnateur/documents.html", context, status=status)


def _home(person: Travailleur) -> str:
    return reverse("accompagnateur:documents", kwargs={"pk": person.pk})
