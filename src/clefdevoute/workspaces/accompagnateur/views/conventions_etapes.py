"""The steps of a convention, each on its own page: persons, who signs, sending, signatures, reminders, the end."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.actions import conventions as actions
from clefdevoute.records.reseau.models import ConventionCpas, ConventionPersonne, Signature
from clefdevoute.records.suivi import dossiers
from clefdevoute.workspaces.accompagnateur.forms import conventions as typed
from clefdevoute.workspaces.accompagnateur.formulaires import Keeper, attempt, form_page
from clefdevoute.workspaces.accompagnateur.views.conventions import back_to, convention_or_404

both = require_http_methods(["GET", "HEAD", "POST"])
MOST_PEOPLE = 1000


@both
def add_person(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a person under a convention; the art. 60 § 7 workers without one come first."""
    row = convention_or_404(request, pk)
    without = facts.art60_actifs(row.entreprise_id, as_of=timezone.localdate())
    people = list(dossiers.travailleurs(request.actor).order_by("name", "first_name")[:MOST_PEOPLE])
    people.sort(key=lambda one: one.pk not in without)
    initial = {
        "travailleur": request.GET.get("personne", ""),
        "starts_on": row.starts_on,
        "ends_on": row.last_day,
    }
    form = typed.PersonneForm(request.POST or None, people=people, initial=initial)

    def write() -> Any:
        return actions.ajouter_personne(convention=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

    return _step(request, row, form, write, _("Ajouter une personne"), _("Ajouter la personne"), _("Personne ajoutée."))


@both
def end_person(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that a person leaves a convention before its end."""
    rows = ConventionPersonne.objects.visible_to(request.actor).select_related("convention__cpas", "travailleur")
    person: ConventionPersonne = get_object_or_404(rows, pk=pk)
    form = typed.FinPersonneForm(request.POST or None, initial={"ends_on": person.ends_on})

    def write() -> Any:
        actions.terminer_personne(personne=person, by=request.actor, now=timezone.now(), **form.cleaned_data)
        return person

    title = _("Fin de la mise à disposition de %(who)s") % {"who": person.travailleur}
    return _step(request, person.convention, form, write, title, _("Enregistrer la fin"), _("Fin enregistrée."))


@both
def add_signatory(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Name somebody who has to sign."""
    row = convention_or_404(request, pk)
    form = typed.SignataireForm(request.POST or None)

    def write() -> Any:
        return actions.ajouter_signataire(convention=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

    title, act = _("Ajouter un signataire"), _("Ajouter le signataire")
    return _step(request, row, form, write, title, act, _("Signataire ajouté."))


@both
def send_convention(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that a convention left to be signed."""
    row = convention_or_404(request, pk)
    form = typed.EnvoiForm(request.POST or None, initial={"sent_on": timezone.localdate()})

    def write() -> Any:
        return actions.envoyer_a_signer(convention=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

    lede = _("À partir de l’envoi, la convention ne change plus.")
    return _step(request, row, form, write, _("Envoyer à signer"), _("Noter l’envoi"), _("Envoi noté."), lede=lede)


@both
def note_signature(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note one signature, with the paper where there is one."""
    signature = _signature(request, pk)
    keeper = Keeper(by=request.actor, now=timezone.now())
    form = typed.SignatureForm(
        request.POST or None, request.FILES or None, keeper=keeper, initial={"signed_on": timezone.localdate()}
    )

    def write() -> Any:
        given = {name: form.cleaned_data[name] for name in ("signed_on", "proof")}
        return actions.noter_signature(signature=signature, by=request.actor, now=timezone.now(), **given)

    title = _("Signature de %(who)s") % {"who": signature.name}
    return _step(request, signature.convention, form, write, title, _("Noter la signature"), _("Signature notée."))


@both
def remind_signatory(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note a reminder; what is asked for is on the same page, ready to send again."""
    signature = _signature(request, pk)
    form = typed.RelanceForm(request.POST or None, initial={"reminded_on": timezone.localdate()})

    def write() -> Any:
        return actions.relancer(signature=signature, by=request.actor, now=timezone.now(), **form.cleaned_data)

    lede = _("Joignez à nouveau la convention en PDF : une relance sans le document à signer ne sert à rien.")
    title = _("Relancer %(who)s") % {"who": signature.name}
    return _step(
        request,
        signature.convention,
        form,
        write,
        title,
        _("Noter la relance"),
        _("Relance notée."),
        lede=lede,
        template="accompagnateur/convention_relance.html",
        signature=signature,
    )


@require_safe
def open_signed(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the signed copy; the opening is journalled."""
    signature = _signature(request, pk)
    if signature.proof is None:
        raise Http404
    return proofs.response(signature.proof, by=request.actor, now=timezone.now(), purpose="exemplaire_signe")


@both
def join_signed(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Join the signed copy that came back later."""
    signature = _signature(request, pk)
    keeper = Keeper(by=request.actor, now=timezone.now())
    form = typed.ExemplaireForm(request.POST or None, request.FILES or None, keeper=keeper)

    def write() -> Any:
        proof = form.cleaned_data["proof"]
        return actions.joindre_exemplaire(signature=signature, proof=proof, by=request.actor, now=timezone.now())

    title = _("Exemplaire signé par %(who)s") % {"who": signature.name}
    return _step(request, signature.convention, form, write, title, _("Joindre l’exemplaire"), _("Exemplaire joint."))


@both
def replace_signatory(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Name somebody else who signs for the same party."""
    signature = _signature(request, pk)
    form = typed.RemplacantForm(request.POST or None, initial={"name": signature.name})

    def write() -> Any:
        return actions.remplacer_signataire(
            signature=signature, by=request.actor, now=timezone.now(), **form.cleaned_data
        )

    title = _("Qui signe pour : %(party)s") % {"party": signature.get_party_display()}
    return _step(request, signature.convention, form, write, title, _("Enregistrer"), _("Signataire corrigé."))


@require_POST
def remove_signatory(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take somebody out of those who sign a draft."""
    signature = _signature(request, pk)
    actions.retirer_signataire(signature=signature, by=request.actor, now=timezone.now())
    messages.success(request, _("%(who)s ne signe plus cette convention.") % {"who": signature.name})
    return redirect("accompagnateur:convention", pk=signature.convention_id)


@require_POST
def remove_person(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a person out of a draft."""
    rows = ConventionPersonne.objects.visible_to(request.actor).select_related("convention", "travailleur")
    person: ConventionPersonne = get_object_or_404(rows, pk=pk)
    actions.retirer_personne(personne=person, by=request.actor, now=timezone.now())
    messages.success(request, _("%(who)s n’est plus sous cette convention.") % {"who": person.travailleur})
    return redirect("accompagnateur:convention", pk=person.convention_id)


@both
def denounce(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """End a signed convention before its time, with a reason."""
    row = convention_or_404(request, pk)
    form = typed.DenonciationForm(request.POST or None)

    def write() -> Any:
        return actions.denoncer(convention=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

    title, act = _("Dénoncer la convention"), _("Dénoncer la convention")
    lede = _("Les rapports dus jusqu’à ce jour restent dus ; les suivants sont annulés.")
    return _step(request, row, form, write, title, act, _("Dénonciation enregistrée."), lede=lede)


def _signature(request: WorkRequest, pk: uuid.UUID) -> Signature:
    rows = Signature.objects.visible_to(request.actor).select_related("convention__cpas", "proof")
    row: Signature = get_object_or_404(rows, pk=pk)
    return row


def _step(  # noqa: PLR0917
    request: WorkRequest,
    row: ConventionCpas,
    form: forms.Form,
    write: Callable[[], Any],
    title: str,
    act: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """Answer a step: written, back to the convention; refused, the page with what was typed."""
    status = 200
    if request.method == "POST":
        written, status = attempt(form, write)
        if written is not None:
            messages.success(request, done)
            return redirect("accompagnateur:convention", pk=row.pk)
    return form_page(request, form, title=title, act=act, back=back_to(row), status=status, row=row, **more)
