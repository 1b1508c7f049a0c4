"""The package of a year: what it will hold, its proof copy, its sending, and the frozen copy with its receipt."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents.justification import depuis_dossier as papers
from clefdevoute.documents.justification.modele import PieceIncoherente
from clefdevoute.documents.justification.recepisse import recepisse_pdf
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais.saisies import FichierSaisi
from clefdevoute.records.subventions import actions
from clefdevoute.records.subventions.errors import EnvoiRefuse
from clefdevoute.records.subventions.models import DossierTransmis
from clefdevoute.records.subventions.signalements import a_signaler
from clefdevoute.ui.errors import error_page
from clefdevoute.workspaces.gestionnaire.forms.justification import EnvoiForm
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place, bilan_of, last_package, place_of
from clefdevoute.workspaces.gestionnaire.justifier.liens import mend
from clefdevoute.workspaces.gestionnaire.views.annexes import emission_of, served
from clefdevoute.workspaces.gestionnaire.views.declaration import declaration_of
from clefdevoute.workspaces.gestionnaire.views.subvention import refuse

ZIP = "application/zip"


@require_http_methods(["GET", "HEAD", "POST"])
def show_package(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Show the package; a POST produces it, freezes it and notes that it left."""
    place = place_of(request, annee)
    if request.method != "POST":
        return _answer(request, place)
    if place.sent:
        return _already(request, place)
    form = EnvoiForm(request.POST)
    if not form.is_valid():
        return _answer(request, place, form=form, status=422)
    try:
        _send(request, place, form.cleaned_data)
    except (RecordError, PieceIncoherente) as refused:
        if place_of(request, annee).sent:
            return _already(request, place)  # asked twice at once: the other request sent it
        refuse(form, refused if isinstance(refused, RecordError) else RecordError(str(refused)))
        return _answer(request, place, form=form, status=409)
    messages.success(request, _("Dossier figé et transmis. Gardez le récépissé."))
    return redirect("gestionnaire:dossier", annee=annee)


@require_safe
def download_draft(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Produce the package as it stands, to be read again; nothing is kept and nothing leaves."""
    place = place_of(request, annee)
    try:
        made = papers.produire(place.entreprise, bilan_of(place), emission=emission_of(request))
    except (RecordError, PieceIncoherente) as refused:
        return error_page(
            request,
            409,
            title=_("Dossier incomplet"),
            what=str(refused),
            why=_("Un dossier incomplet serait renvoyé. Rien n’a été perdu."),
            todo=_("Complétez ce qui manque à la page Justification, puis recommencez."),
        )
    return served(made.contenu, f"epreuve-{made.nom}", ZIP)


@require_safe
def download(request: WorkRequest, annee: dt.date, nom: str) -> HttpResponse:
    """Open the frozen package or its receipt; the journal keeps who did and when."""
    sent = last_package(place_of(request, annee))
    if sent is None or nom not in {"zip", "recepisse"}:
        raise Http404
    now = timezone.now()
    if nom == "recepisse":
        content = recepisse_pdf(sent, left=_left(place_of(request, annee)))
        actions.noter_telechargement(dossier=sent, what="recepisse", by=request.actor, now=now)
        return served(content, f"recepisse-{sent.receipt_number}.pdf", "application/pdf")
    actions.noter_telechargement(dossier=sent, what="dossier_zip", by=request.actor, now=now)
    return proofs.response(sent.package, by=request.actor, now=now, purpose="dossier_zip")


def _send(request: WorkRequest, place: Place, typed: dict[str, Any]) -> DossierTransmis:
    """Produce and send in one go, by the code of the command; the records check everything again."""
    bilan = bilan_of(place)
    if place.subvention is None:
        raise EnvoiRefuse(_("L’année n’est pas ouverte : notez d’abord le jour où le contrat a été envoyé."))
    made = papers.produire(place.entreprise, bilan, emission=emission_of(request))
    return actions.transmettre(
        subvention=place.subvention,
        package=FichierSaisi(made.contenu, made.nom),
        channel=DossierTransmis.Channel(typed["channel"]),
        sent_on=typed["sent_on"],
        receipt_number=typed["receipt_number"],
        by=request.actor,
        now=timezone.now(),
    )


def _already(request: WorkRequest, place: Place) -> HttpResponse:
    messages.info(request, _("Ce dossier est déjà transmis : rien n’a été envoyé une seconde fois."))
    return redirect("gestionnaire:dossier", annee=place.year.debut)


def _left(place: Place) -> tuple[str, ...]:
    """Say what remains after the package has left."""
    held = declaration_of(place)
    if held is not None and held.posted_on is None:
        return (_("envoyer l’original signé de la déclaration sur l’honneur"),)
    return ()


def _answer(request: WorkRequest, place: Place, *, form: EnvoiForm | None = None, status: int = 200) -> HttpResponse:
    sent = last_package(place)
    context: dict[str, Any] = {"place": place, "sent": sent, "left": _left(place)}
    if place.sent and sent is not None:
        context["late"] = a_signaler(sent.subvention)
    else:
        bilan = bilan_of(place)
        day = place.year.debut
        context |= {
            "missing": [(item.sentence, mend(item.code, item.where, day)) for item in bilan.blocking],
            "planned": papers.prevu(place.entreprise, bilan.decompte) if bilan.decompte else (),
            "form": form or EnvoiForm(initial={"sent_on": place.today}),
        }
    return render(request, "gestionnaire/dossier.html", context, status=status)
