"""One séance: who has a place, who came, ticked for everybody in one form; the sheet to print and its signed scan."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from clefdevoute.documents.feuille import Emission
from clefdevoute.documents.seances.presence import Presences, presence_pdf
from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.actions import feuilles
from clefdevoute.records.agenda.actions import seances as acts
from clefdevoute.records.agenda.models import FeuillePresence, Presence, Seance
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.workspaces.accompagnateur import seances as data
from clefdevoute.workspaces.accompagnateur.forms.seances import FeuilleForm
from clefdevoute.workspaces.accompagnateur.formulaires import Keeper
from clefdevoute.workspaces.accompagnateur.views.seances import seance_or_404

OFFERED = [choice for choice in Presence.Status.choices if choice[0] != Presence.Status.INSCRIT]
"""What may be ticked; who is not ticked stays expected, and is credited nothing."""

PROPOSED = 20
"""Persons proposed on the page of a séance, the latest first; any other is found by her name."""


@require_safe
def show(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a séance: its places, its attendance, its papers."""
    return _page(request, seance_or_404(request, pk))


@require_POST
def enrol(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give places to the persons ticked."""
    row = seance_or_404(request, pk)
    keys = [key for key in map(_key, request.POST.getlist("travailleur")) if key is not None]
    people = list(Travailleur.objects.visible_to(request.actor).filter(pk__in=keys))
    try:
        count = acts.inscrire(seance=row, travailleurs=people, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _page(request, row, refusal=str(refused), status=409)
    text = ngettext("%(n)s personne inscrite.", "%(n)s personnes inscrites.", count) % {"n": count}
    messages.success(request, text)
    return _done(row)


@require_POST
def remove(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one place back."""
    rows = Presence.objects.visible_to(request.actor).select_related("seance", "travailleur")
    place: Presence = get_object_or_404(rows, pk=pk)
    row = seance_or_404(request, place.seance_id)
    try:
        feuilles.desinscrire(presence=place, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _page(request, row, refusal=str(refused), status=409)
    messages.success(request, _("%(name)s n’est plus attendu à cette séance.") % {"name": place.travailleur})
    return _done(row)


@require_POST
def tick(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """
    Tick who came, for everybody at once.

    « Tous présents » counts as present whoever was not ticked otherwise.
    """
    row = seance_or_404(request, pk)
    said = {place.row.travailleur_id: _said(request, place) for place in data.places(request.actor, row)}
    statuses = {person: status for person, status in said.items() if status}
    if not statuses:
        refusal = _("Rien n’est coché. Cochez qui est venu, ou « Tous présents ».")
        return _page(request, row, refusal=refusal, status=422)
    try:
        acts.pointer_presences(seance=row, statuses=statuses, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _page(request, row, refusal=str(refused), status=409)
    came = sum(status == Presence.Status.PRESENT for status in statuses.values())
    text = ngettext("Séance créditée dans %(n)s dossier.", "Séance créditée dans %(n)s dossiers.", came)
    messages.success(request, text % {"n": came})
    return _done(row)


@require_safe
def sheet(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the attendance sheet to print."""
    row = seance_or_404(request, pk)
    content = presence_pdf(
        Presences(
            entreprise=row.entreprise.name,
            titre=row.title,
            debut=timezone.localtime(row.starts_at),
            fin=timezone.localtime(row.ends_at),
            lieu=row.place,
            accompagnateur=str(row.accompagnateur),
            objets=[text[:1].lower() + text[1:] for text in row.objets()],
            personnes=[str(place.person) for place in data.places(request.actor, row)],
        ),
        emission=Emission(le=timezone.now(), par=request.user.name),
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="feuille-de-presence-{row.day:%Y-%m-%d}.pdf"'
    return answer


@require_POST
def join(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Join the scan of the signed sheet."""
    row = seance_or_404(request, pk)
    form = FeuilleForm(request.POST, request.FILES, keeper=Keeper(by=request.actor, now=timezone.now()))
    if not form.is_valid():
        return _page(request, row, form=form, status=422)
    proof = form.cleaned_data["feuille"]
    try:
        feuilles.joindre_feuille(seance=row, proof=proof, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _page(request, row, refusal=str(refused), status=409)
    messages.success(request, _("Feuille signée jointe à la séance."))
    return redirect("accompagnateur:seance", pk=pk)


@require_safe
def open_scan(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve a signed sheet."""
    row = _scan(request, pk)
    return proofs.response(row.proof, by=request.actor, now=timezone.now())


@require_POST
def withdraw_scan(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Withdraw a sheet joined by mistake."""
    row = _scan(request, pk)
    try:
        feuilles.retirer_feuille(feuille=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _page(request, seance_or_404(request, row.seance_id), refusal=str(refused), status=409)
    messages.success(request, _("Feuille retirée de la séance."))
    return redirect("accompagnateur:seance", pk=row.seance_id)


def _scan(request: WorkRequest, pk: uuid.UUID) -> FeuillePresence:
    row: FeuillePresence = get_object_or_404(
        FeuillePresence.objects.visible_to(request.actor).select_related("proof", "seance"), pk=pk
    )
    return row


def _page(
    request: WorkRequest, row: Seance, *, refusal: str = "", status: int = 200, form: FeuilleForm | None = None
) -> HttpResponse:
    """Draw a séance; what was ticked and refused comes back as it was."""
    now = timezone.now()
    held = data.places(request.actor, row)
    ticked = {place.row.pk: request.POST.get(f"p-{place.row.pk}", "") for place in held} if refusal else {}
    words = request.GET.get("q", "").strip()
    scans = FeuillePresence.objects.visible_to(request.actor).filter(seance=row, withdrawn_at__isnull=True)
    context: dict[str, Any] = {
        "row": row,
        "places": [
            {"place": place, "said": ticked.get(place.row.pk) or place.row.status, "field": f"p-{place.row.pk}"}
            for place in held
        ],
        "counts": data.compte(held),
        "offered": OFFERED,
        "objets": row.objets(),
        "taches": data.credits(row),
        "outside": [place.person for place in held if place.out_of_contract],
        "q": words,
        "found": data.cherches(request.actor, seance=row, key=fold(words)),
        "proposed": _proposed(request, row, held),
        "scans": scans.select_related("proof"),
        "form": form or FeuilleForm(keeper=Keeper(by=request.actor, now=now)),
        "refusal": refusal,
        "can_enrol": policies.can_enrol(request.actor, row),
        "can_move": policies.can_move(request.actor, row),
        "can_tick": policies.can_tick(request.actor, row, now),
        "to_tick": data.a_pointer(row, timezone.localdate()),
    }
    return page_or_fragment(request, "accompagnateur/seance.html", "accompagnateur/_seance.html", context, status)


def _proposed(request: WorkRequest, row: Seance, held: list[data.Place]) -> list[data.Proposee]:
    """Propose whom the clocks call, while the séance is still to come."""
    if row.status != Seance.Status.PLANIFIE:
        return []
    here = {place.person.pk for place in held}
    found = data.proposees(request.actor, as_of=timezone.localdate())
    return [one for one in found if one.travailleur.pk not in here][:PROPOSED]


def _said(request: WorkRequest, place: data.Place) -> str:
    """Read what was ticked for a person; with « Tous présents », who was not ticked is present."""
    status = request.POST.get(f"p-{place.row.pk}", "")
    if not status and "tous" in request.POST and place.row.status == Presence.Status.INSCRIT:
        return Presence.Status.PRESENT
    return status


def _done(row: Seance) -> HttpResponse:
    """Answer a write with the whole page anew: the counts of the rail move too."""
    return redirect("accompagnateur:seance", pk=row.pk)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
