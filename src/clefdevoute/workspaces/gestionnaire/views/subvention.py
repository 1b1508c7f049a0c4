"""The file of a year: opened on a contract, its grant, the money that moved, the letters noted."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import ContratAccompagnateur
from clefdevoute.records.subventions import actions, policies
from clefdevoute.records.subventions.etats import LABELS, Side, label, notable_from
from clefdevoute.records.subventions.facts import mouvements_en_vigueur
from clefdevoute.records.subventions.models import Mouvement, Subvention
from clefdevoute.workspaces.gestionnaire.forms.justification import LettreForm, MouvementForm, OctroiForm, OuvrirForm
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place, place_of

Write = Callable[[WorkRequest, Place, Any], None]


@require_http_methods(["GET", "HEAD", "POST"])
def show_file(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Show the file of a year; a POST writes the one thing that its button names."""
    place = place_of(request, annee)
    if request.method != "POST":
        return _answer(request, place)
    what = request.POST.get("quoi", "")
    if what == "annuler":
        return _cancel(request, place)
    held = forms_of(place, {what: request.POST})
    form = held.get(what)
    if form is None or what not in WRITES:
        return _answer(request, place, refusal=_("Cette demande ne se lit pas : rechargez la page."), status=409)
    if not form.is_valid():
        return _answer(request, place, held, status=422)
    write, done = WRITES[what]
    try:
        write(request, place, form.cleaned_data)
    except RecordError as refused:
        refuse(form, refused)
        return _answer(request, place, held, status=409)
    messages.success(request, _(done))
    return redirect("gestionnaire:subvention", annee=annee)


def refuse(form: forms.Form, refused: RecordError) -> None:
    """Put the records' sentence beside the field it is about, or above the form."""
    fields = refused.fields if isinstance(refused, RowRefused) else {"": [str(refused)]}
    for name, sentences in fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def forms_of(place: Place, data: Mapping[str, Any] | None = None) -> dict[str, forms.Form]:
    """Offer what may be written in the state of the file; what may not is not shown."""
    given, row, by = data or {}, place.subvention, place.actor
    if row is None:
        opened = OuvrirForm(given.get("ouvrir"), prefix="ouvrir", initial=_opening(place))
        return {"ouvrir": opened} if policies.can_prepare(by, place.entreprise.pk) else {}
    found: dict[str, forms.Form] = {}
    if policies.can_record_grant(by, row):
        initial = {"amount": row.granted_amount, "granted_on": row.granted_on}
        found["octroyer"] = OctroiForm(given.get("octroyer"), prefix="octroyer", initial=initial)
    if policies.can_record_movement(by, row):
        found["encaisser"] = MouvementForm(given.get("encaisser"), prefix="encaisser")
    if policies.can_note(by, row):
        targets = [(str(state), LABELS[state][0]) for state in notable_from(row.state)]
        found["noter"] = LettreForm(given.get("noter"), prefix="noter", targets=targets)
    return found


def _opening(place: Place) -> dict[str, Any]:
    """Propose what opens a year: the balance of one before, else the contract whose sending is already recorded."""
    rows = Subvention.objects.visible_to(place.actor)
    if rows.filter(annee_agrement_start__lt=place.year.debut).exists():
        return {"origin": Subvention.Origin.SOLDE_PRECEDENT}
    contracts = ContratAccompagnateur.objects.visible_to(place.actor).filter(starts_on__lte=place.year.fin)
    first = contracts.exclude(sent_on=None).order_by("sent_on").first()
    return {"contract_sent_on": first.sent_on if first else None}


def _open(request: WorkRequest, place: Place, typed: dict[str, Any]) -> None:
    actions.ouvrir_annee(
        entreprise=place.entreprise,
        as_of=place.year.debut,
        origin=Subvention.Origin(typed["origin"]),
        contract_sent_on=typed["contract_sent_on"],
        by=request.actor,
        now=timezone.now(),
    )


def _grant(request: WorkRequest, place: Place, typed: dict[str, Any]) -> None:
    actions.noter_octroi(subvention=_own(place), by=request.actor, now=timezone.now(), **typed)


def _receive(request: WorkRequest, place: Place, typed: dict[str, Any]) -> None:
    typed["kind"] = Mouvement.Kind(typed["kind"])
    actions.enregistrer_mouvement(subvention=_own(place), by=request.actor, now=timezone.now(), **typed)


def _note(request: WorkRequest, place: Place, typed: dict[str, Any]) -> None:
    target = Subvention.State(typed["target"])
    actions.noter_etat(
        subvention=_own(place), target=target, reason=typed["reason"], by=request.actor, now=timezone.now()
    )


WRITES: dict[str, tuple[Write, str]] = {
    "ouvrir": (_open, "Année ouverte : le nombre de personnes est figé."),
    "octroyer": (_grant, "Montant accordé noté."),
    "encaisser": (_receive, "Versement noté."),
    "noter": (_note, "Lettre notée."),
}


def _cancel(request: WorkRequest, place: Place) -> HttpResponse:
    """Cancel a movement recorded by mistake; both rows stay."""
    try:
        pk = uuid.UUID(request.POST.get("mouvement", ""))
    except ValueError:
        return _answer(request, place, refusal=_("Ce versement ne se lit pas : rechargez la page."), status=409)
    row = get_object_or_404(Mouvement.objects.visible_to(request.actor), pk=pk, subvention=_own(place))
    try:
        actions.annuler_mouvement(mouvement=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _answer(request, place, refusal=str(refused), status=409)
    messages.success(request, _("Versement annulé ; les deux lignes restent."))
    return redirect("gestionnaire:subvention", annee=place.year.debut)


def _own(place: Place) -> Subvention:
    if place.subvention is None:
        raise RecordError(_("Ouvrez d’abord l’année."))
    return place.subvention


def _answer(
    request: WorkRequest,
    place: Place,
    held: dict[str, forms.Form] | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    row = place.subvention
    context = {
        "place": place,
        "forms": held if held is not None else forms_of(place),
        "movements": mouvements_en_vigueur(row) if row is not None else (),
        "label": label(row.state, Side.ENTREPRISE) if row is not None else "",
        "refusal": refusal,
    }
    return render(request, "gestionnaire/subvention.html", context, status=status)
