"""Convocations to an appointment: a letter to print, an e-mail, a text to copy; what was sent before is shown first."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clefdevoute.documents.convocations import lettre, texte
from clefdevoute.documents.justification.modele import Emission
from clefdevoute.records.agenda import boite, policies
from clefdevoute.records.agenda.actions import convocations as actions
from clefdevoute.records.agenda.models import Convocation, RendezVous, Seance
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.workspaces.agenda import portee

_Channel = Convocation.Channel
_DISTANCE = {RendezVous.Form.TELEPHONE: "par téléphone", RendezVous.Form.VIDEO: "en vidéo"}


@require_safe
def show(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the three ways to convoke, and what was already sent."""
    return _page(request, _row(request, pk))


@require_POST
def print_letter(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the letter as a PDF, and keep that it was made."""
    row = _row(request, pk)
    now = timezone.now()
    pdf = lettre.lettre_pdf((words(row),), emission=Emission(le=timezone.localtime(now), par=request.user.name))
    try:
        actions.convoquer(rendez_vous=row, channel=_Channel.LETTRE, by=request.actor, now=now)
    except RecordError as refused:
        return _page(request, row, refusal=str(refused))
    return _pdf(pdf, row.day)


@require_POST
def send_mail(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the e-mail, which leaves at once or waits in the outbox."""
    row = _row(request, pk)
    subject, body = texte.courriel(words(row))
    return _make(request, row, _Channel.COURRIEL, subject=subject, body=body)


@require_POST
def note_sms(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep that the text was copied and sent by a person's own telephone."""
    return _make(request, _row(request, pk), _Channel.SMS)


@require_POST
def print_letters(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give one letter for each person enrolled at a séance, as one PDF."""
    seances = Seance.objects.visible_to(request.actor).select_related("accompagnateur", "entreprise")
    seance = get_object_or_404(seances, pk=pk)
    now = timezone.now()
    try:
        places = actions.convoquer_par_lettre(seance=seance, by=request.actor, now=now)
    except RecordError as refused:
        messages.error(request, str(refused))
        return redirect("agenda:seance", pk=pk)
    letters = tuple(words_of_place(seance, place.travailleur) for place in places)
    pdf = lettre.lettre_pdf(letters, emission=Emission(le=timezone.localtime(now), par=request.user.name))
    return _pdf(pdf, seance.day)


def words_of_place(seance: Seance, person: Travailleur) -> texte.Convocation:
    """Gather what a convocation to a séance says: a meeting, not what it is about."""
    return texte.Convocation(
        quoi=texte.REUNION,
        debut=timezone.localtime(seance.starts_at),
        lieu=seance.place,
        avec=str(seance.accompagnateur),
        destinataire=_address(person),
        **_sender(seance.entreprise),
    )


def words(row: RendezVous) -> texte.Convocation:
    """Gather what a convocation says: no kind beyond « entretien », no reason."""
    return texte.Convocation(
        quoi=texte.ENTRETIEN if row.kind == RendezVous.Kind.ENTRETIEN else texte.RENDEZ_VOUS,
        debut=timezone.localtime(row.starts_at),
        lieu=row.place,
        avec=str(row.accompagnateur),
        forme=_DISTANCE.get(RendezVous.Form(row.form), ""),
        destinataire=_address(row.travailleur),
        **_sender(row.entreprise),
    )


def _address(person: Travailleur) -> tuple[str, ...]:
    return (
        f"{person.first_name} {person.name}",
        person.street,
        f"{person.postal_code} {person.city}".strip(),
    )


def _sender(company: EntrepriseInsertion) -> dict[str, Any]:
    return {
        "entreprise": company.name,
        "telephone": company.phone,
        "adresse_entreprise": (company.street, f"{company.postal_code} {company.city}".strip()),
    }


def _pdf(content: bytes, day: dt.date) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="convocation-{day:%Y-%m-%d}.pdf"'
    return answer


def _make(request: WorkRequest, row: RendezVous, channel: str, **mail: Any) -> HttpResponse:
    try:
        actions.convoquer(rendez_vous=row, channel=channel, by=request.actor, now=timezone.now(), **mail)
    except RecordError as refused:
        return _page(request, row, refusal=str(refused))
    if channel == _Channel.SMS:
        messages.success(request, _("Noté : convocation par SMS."))
    elif boite.has_server():
        messages.success(request, _("Courriel confié au serveur d’envoi."))
    else:
        messages.success(request, _("Courriel écrit : il attend dans la boîte de sortie, aucun serveur n’est réglé."))
    return redirect("agenda:convocation", pk=row.pk)


def _page(request: WorkRequest, row: RendezVous, refusal: str = "") -> HttpResponse:
    said = words(row)
    subject, body = texte.courriel(said)
    sent = Convocation.objects.visible_to(request.actor).filter(rendez_vous=row).select_related("courriel", "made_by")
    context = {
        "row": row,
        "sent": sent.order_by("-made_at", "-id"),
        "subject": subject,
        "body": body,
        "sms": texte.sms(said),
        "has_address": bool(row.travailleur.street and row.travailleur.city),
        "has_server": boite.has_server(),
        "can_convoke": policies.can_convoke(request.actor, row),
        "refusal": refusal,
    }
    return render(request, "agenda/convocation.html", context, status=409 if refusal else 200)


def _row(request: WorkRequest, pk: uuid.UUID) -> RendezVous:
    rows = portee.rendez_vous(request.actor).select_related("travailleur", "accompagnateur", "entreprise")
    row: RendezVous = get_object_or_404(rows, pk=pk)
    return row
