"""The enterprise's own .docx models: their tags, their versions, ours to begin with."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents.suivi.balises import BALISES, LISTES
from clefdevoute.documents.suivi.fermeture import FILTRES
from clefdevoute.documents.suivi.propres import PROPRES
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.media_types import DOCX
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi.actions import documents as actions
from clefdevoute.records.suivi.models import ModeleDocument
from clefdevoute.workspaces.accompagnateur.forms.documents import ModeleForm
from clefdevoute.workspaces.accompagnateur.formulaires import Keeper, attempt


@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: WorkRequest) -> HttpResponse:
    """List the models and the tags; a POST takes a new model or a new version."""
    keeper = Keeper(by=request.actor, now=timezone.now())
    form = ModeleForm(request.POST or None, request.FILES or None, keeper=keeper)
    status = 200
    if request.method == "POST":
        entreprise = EntrepriseInsertion.objects.visible_to(request.actor).get()

        def write() -> ModeleDocument:
            return actions.deposer_modele(
                entreprise_id=entreprise.pk,
                name=form.cleaned_data["name"],
                proof=form.cleaned_data["fichier"],
                by=request.actor,
                now=timezone.now(),
            )

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Modèle déposé : il est offert dans chaque dossier."))
            return redirect("accompagnateur:modeles")
    rows = list(ModeleDocument.objects.visible_to(request.actor).select_related("proof", "uploaded_by"))
    context = {
        "form": form,
        "modeles": [row for row in rows if row.retired_on is None],
        "retires": [row for row in rows if row.retired_on is not None],
        "propres": PROPRES.values(),
        "balises": BALISES.items(),
        "listes": LISTES.items(),
        "filtres": sorted(FILTRES),
    }
    return render(request, "accompagnateur/modeles.html", context, status=status)


@require_POST
def retire(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer a model no more."""
    row = get_object_or_404(ModeleDocument.objects.visible_to(request.actor), pk=pk)
    actions.retirer_modele(modele=row, on=timezone.localdate(), by=request.actor, now=timezone.now())
    messages.success(request, _("Modèle retiré : ce qu’il a produit reste dans les dossiers."))
    return redirect("accompagnateur:modeles")


@require_safe
def open_file(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a model of the enterprise back."""
    rows = ModeleDocument.objects.visible_to(request.actor).select_related("proof")
    row = get_object_or_404(rows, pk=pk)
    return proofs.response(row.proof, by=request.actor, now=timezone.now())


@require_safe
def open_own(request: WorkRequest, code: str) -> HttpResponse:
    """Give one of our models, to be rewritten by the enterprise."""
    own = PROPRES.get(code)
    if own is None:
        raise Http404
    answer = HttpResponse(own.faire(), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{own.code}.docx"'
    return answer
