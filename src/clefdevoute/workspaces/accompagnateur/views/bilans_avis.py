"""The opinion of the person on her bilan, her signature, her copy in plain words, and the page that comes back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents.justification.modele import Emission
from clefdevoute.documents.suivi.bilan import Copie, copie_pdf
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.actions import signatures
from clefdevoute.records.suivi.models import AvisTravailleur, Bilan, SignatureBilan
from clefdevoute.workspaces.accompagnateur.copies import copie_de
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.bilans import AvisForm, CodeForm
from clefdevoute.workspaces.accompagnateur.formulaires import Keeper, attempt
from clefdevoute.workspaces.accompagnateur.views.bilans import bilan_or_404, lu_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: WorkRequest, pk: uuid.UUID, bilan: uuid.UUID) -> HttpResponse:
    """Take what the person answers, with her signature on the screen, on paper, or later."""
    person = travailleur_or_404(request, pk)
    lu = lu_or_404(request, person, bilan)
    if not lu.bilan.finished:
        messages.info(request, _("Terminez d’abord le bilan, puis relisez-le ensemble."))
        return redirect("accompagnateur:bilan_remplir", pk=pk, bilan=bilan)
    keeper = Keeper(by=request.actor, now=timezone.now())
    initial = {"given_on": timezone.localdate(), "signature": request.GET.get("signature", "")}
    form = AvisForm(request.POST or None, request.FILES or None, initial=initial, keeper=keeper)
    status = 200
    if request.method == "POST":
        done, status = attempt(form, lambda: _write(request, lu.bilan, form.cleaned_data))
        if done is not None:
            signed = isinstance(done, SignatureBilan)
            messages.success(
                request, _("Avis et signature enregistrés.") if signed else _("Avis noté, sans signature.")
            )
            return redirect("accompagnateur:bilan", pk=pk, bilan=bilan)
    context = contexte(request, person, tab="bilans") | {
        "lu": lu,
        "form": form,
        "kept": form.kept("page"),
        "copie": copie_de(lu, person),
        "can_write": policies.can_write_dossier(request.actor, person),
    }
    return render(request, "accompagnateur/bilan_avis.html", context, status=status)


@require_safe
def show_copy(request: WorkRequest, pk: uuid.UUID, bilan: uuid.UUID) -> HttpResponse:
    """Show the person's copy: large letters, plain words, room to disagree and to sign."""
    person = travailleur_or_404(request, pk)
    lu = lu_or_404(request, person, bilan)
    return render(request, "accompagnateur/bilan_copie.html", {"one": person, "lu": lu, "copie": copie_de(lu, person)})


@require_safe
def download_copy(request: WorkRequest, pk: uuid.UUID, bilan: uuid.UUID) -> HttpResponse:
    """Give the person's copy as a PDF with its code."""
    person = travailleur_or_404(request, pk)
    lu = lu_or_404(request, person, bilan)
    copie: Copie = copie_de(lu, person)
    pdf = copie_pdf(copie, emission=Emission(le=timezone.localtime(), par=request.user.name))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="bilan-{lu.bilan.held_on:%Y-%m-%d}.pdf"'
    return answer


@require_safe
def open_page(request: WorkRequest, pk: uuid.UUID, bilan: uuid.UUID) -> HttpResponse:
    """Serve the signed page that came back; the opening is written in the journal."""
    person = travailleur_or_404(request, pk)
    row = bilan_or_404(request, person, bilan)
    found = SignatureBilan.objects.visible_to(request.actor).filter(bilan=row, proof__isnull=False)
    signed = found.select_related("proof").first()
    if signed is None or signed.proof is None:
        raise Http404
    return proofs.response(signed.proof, by=request.actor, now=timezone.now(), purpose="bilan")


@require_http_methods(["GET", "HEAD", "POST"])
def find_page(request: WorkRequest) -> HttpResponse:
    """Find the bilan of a page by the code at its foot, wherever the paper was lying."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            rows = Bilan.objects.visible_to(request.actor).filter(code=form.cleaned_data["code"])
            row = rows.filter(state=Bilan.State.TERMINE).first()
            if row is not None:
                target = redirect("accompagnateur:bilan_avis", pk=row.travailleur_id, bilan=row.pk)
                target["Location"] += "?signature=papier"
                return target
            form.add_error(
                "code",
                _("Aucun bilan terminé ne porte ce code ici. Relisez-le au pied de la page : ni I, ni O, ni 0, ni 1."),
            )
    return render(request, "accompagnateur/bilan_retrouver.html", {"form": form}, status=status)


def _write(request: WorkRequest, row: Bilan, given: dict[str, Any]) -> AvisTravailleur | SignatureBilan:
    """Write the opinion alone, or with the signature under it."""
    who: dict[str, Any] = {"by": request.actor, "now": timezone.now()}
    words = {"bilan": row, "avis": given["avis"], "words": given["words"]}
    if not given["signature"]:
        return signatures.donner_avis(given_on=given["given_on"], **words, **who)
    paper = given["signature"] == "papier"
    return signatures.signer(
        signed_on=given["given_on"],
        strokes="" if paper else given["strokes"],
        proof=given["page"] if paper else None,
        **words,
        **who,
    )
