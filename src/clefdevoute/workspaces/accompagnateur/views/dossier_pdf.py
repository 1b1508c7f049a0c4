"""The dossier on paper: which sections, for whom; what was given is kept as it was."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.documents.justification.modele import Emission, PieceIncoherente
from clefdevoute.documents.suivi.demande import Demande
from clefdevoute.documents.suivi.dossier import DossierPapier, dossier_pdf
from clefdevoute.documents.suivi.sections import SECTIONS, lire
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import acces
from clefdevoute.records.suivi.actions import documents as actions
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.documents import DossierPdfForm

HEALTH = "sante"


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose the sections, then receive the dossier as a PDF; health is printed only when it is ticked."""
    person = travailleur_or_404(request, pk)
    offered = [(code, title) for code, (title, _read) in SECTIONS.items()]
    initial = {"sections": [code for code in SECTIONS if code != HEALTH]}
    form = DossierPdfForm(request.POST or None, sections=offered, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _given(request, person, form.cleaned_data)
            except (RecordError, PieceIncoherente) as refused:
                form.add_error(None, str(refused))
    context = contexte(request, person, tab="documents") | {
        "form": form,
        "title": _("Dossier sur papier"),
        "lede": _("Les notes privées n’y sont jamais. Ce qui est remis est gardé parmi les documents produits."),
        "act": _("Produire le PDF"),
        "back": (_("Documents"), reverse("accompagnateur:documents", kwargs={"pk": pk})),
    }
    return render(request, "accompagnateur/dossier_papier.html", context, status=status)


def _given(request: WorkRequest, person: Travailleur, given: dict[str, Any]) -> HttpResponse:
    """Make the paper, keep it as it was given, and give it."""
    now, today = timezone.now(), timezone.localdate()
    words = given["pour"] == "personne"
    codes = [code for code in given["sections"] if words or code != HEALTH]
    asked = Demande(travailleur=person, by=request.actor, words=words, on=today)
    paper = DossierPapier(
        entreprise=person.entreprise.name,
        nom=f"{person.first_name} {person.name}",
        naissance=person.birth_date if words else None,
        pour=_("Pour la personne") if words else _("Pour un contrôle : des dates, aucun contenu"),
        sections=lire(codes, asked),
        absentes=(*(title for code, (title, _read) in SECTIONS.items() if code not in codes), _("notes privées")),
    )
    pdf = dossier_pdf(paper, emission=Emission(le=timezone.localtime(now), par=request.user.name))
    health = HEALTH in codes
    proof = proofs.store(
        content=pdf,
        filename=f"Dossier {person.name} {today:%Y-%m-%d}.pdf",
        by=request.actor,
        entreprise_id=person.entreprise_id,
        now=now,
        classe=FieldClass.SANTE if health else FieldClass.SECRET_SOCIAL,
    )
    if not health:
        source = _("Dossier sur papier, pour la personne") if words else _("Dossier sur papier, pour un contrôle")
        actions.noter_production(travailleur=person, source=source, proof=proof, by=request.actor, now=now)
    acces.opened(person, by=request.actor, now=now, purpose="impression")
    return proofs.response(proof, by=request.actor, now=now, purpose="dossier_papier")
