"""Bilans of one person: the list with its first and last, the draft that saves itself, the finished one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import bilans as facts
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.actions import bilans as actions
from clefdevoute.records.suivi.models import Bilan, BilanSante, CoteBilan
from clefdevoute.ui.formats import heure
from clefdevoute.ui.htmx import page_or_fragment, wants_fragment
from clefdevoute.workspaces.accompagnateur.bilans import (
    HEALTH_READERS,
    READERS,
    WISH_READERS,
    dessin,
    drawn,
    families,
    ligne,
)
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.bilans import BilanForm, DebutForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the first and the last bilan side by side, then all of them; a POST begins the next."""
    person = travailleur_or_404(request, pk)
    form = DebutForm(request.POST or None, initial={"held_on": timezone.localdate()})
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.commencer(
                travailleur=person, held_on=form.cleaned_data["held_on"], by=request.actor, now=timezone.now()
            ),
        )
        if row is not None:
            return redirect("accompagnateur:bilan_remplir", pk=pk, bilan=row.pk)
    lus = facts.lus(person, request.actor, health=False)
    last = facts.derniers_bilans(person.entreprise_id, [person.pk], as_of=timezone.localdate()).get(person.pk)
    context = contexte(request, person, tab="bilans") | {
        "form": form,
        "lignes": [ligne(one) for one in lus],
        "brouillon": next((one.bilan for one in lus if not one.bilan.finished), None),
        "chart": dessin(lus),
        "manque": last.manque if last else "",
        "can_write": policies.can_write_dossier(request.actor, person),
    }
    return render(request, "accompagnateur/bilans.html", context, status=status)


@require_safe
def show_one(request: WorkRequest, pk: uuid.UUID, bilan: uuid.UUID) -> HttpResponse:
    """Show a finished bilan; a draft opens where it was left."""
    person = travailleur_or_404(request, pk)
    row = bilan_or_404(request, person, bilan)
    if not row.finished:
        return redirect("accompagnateur:bilan_remplir", pk=pk, bilan=bilan)
    return render(request, "accompagnateur/bilan.html", _read(request, person, row))


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: WorkRequest, pk: uuid.UUID, bilan: uuid.UUID) -> HttpResponse:
    """Fill a draft: it saves itself at every pause, and by its button without a script."""
    person = travailleur_or_404(request, pk)
    row = bilan_or_404(request, person, bilan)
    if row.finished:
        messages.info(request, _("Ce bilan est terminé : le voici."))
        return redirect("accompagnateur:bilan", pk=pk, bilan=bilan)
    form = _form(request, row)
    if request.method != "POST":
        return render(request, "accompagnateur/bilan_remplir.html", _draft(request, person, row, form))
    form.is_valid()  # a date that cannot be read blocks nothing: what can be kept is kept
    try:
        row = _save(request, row, form)
        if "terminer" in request.POST and not form.errors:
            actions.terminer(bilan=row, by=request.actor, now=timezone.now())
            messages.success(request, _("Bilan terminé. Relisez-le ensemble, puis notez l’avis de la personne."))
            return redirect("accompagnateur:bilan_avis", pk=pk, bilan=bilan)
    except actions.BilanPerime as refused:
        return _stale(request, person, row, form, str(refused))
    except RecordError as refused:
        form.add_error(None, str(refused))
    if form.errors:
        return _answer(request, person, row, form, status=422)
    if not wants_fragment(request):
        messages.success(request, _("Enregistré. Vous pouvez continuer plus tard."))
        return redirect("accompagnateur:bilan_remplir", pk=pk, bilan=bilan)
    return _answer(request, person, row, form)


@require_POST
def reopen(request: WorkRequest, pk: uuid.UUID, bilan: uuid.UUID) -> HttpResponse:
    """Take a finished bilan up again, before the person gave her opinion."""
    person = travailleur_or_404(request, pk)
    row = bilan_or_404(request, person, bilan)
    try:
        actions.rouvrir(bilan=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        context = _read(request, person, row) | {"refusal": str(refused)}
        return render(request, "accompagnateur/bilan.html", context, status=409)
    return redirect("accompagnateur:bilan_remplir", pk=pk, bilan=bilan)


def bilan_or_404(request: WorkRequest, person: Travailleur, pk: uuid.UUID) -> Bilan:
    """Find a bilan of this person."""
    rows = Bilan.objects.visible_to(request.actor).filter(travailleur=person)
    found: Bilan = get_object_or_404(rows.select_related("author", "travailleur"), pk=pk)
    return found


def lu_or_404(request: WorkRequest, person: Travailleur, pk: uuid.UUID) -> facts.Lu:
    """Find a bilan of this person with its domains, its opinion and its signature."""
    row = bilan_or_404(request, person, pk)
    return next(one for one in facts.lus(person, request.actor) if one.bilan.pk == row.pk)


def _read(request: WorkRequest, person: Travailleur, row: Bilan) -> dict[str, Any]:
    lu = lu_or_404(request, person, row.pk)
    return contexte(request, person, tab="bilans") | {
        "lu": lu,
        "etat": ligne(lu),
        "families": families(lu),
        "paths": drawn(lu),
        "readers": READERS,
        "health_readers": HEALTH_READERS,
        "can_write": policies.can_write_dossier(request.actor, person),
    }


def _form(request: WorkRequest, row: Bilan) -> BilanForm:
    cotes = list(CoteBilan.objects.visible_to(request.actor).filter(bilan=row))
    own = BilanSante.objects.visible_to(request.actor).filter(bilan=row, author_id=request.actor.user_id).first()
    initial = {"held_on": row.held_on, "revision": row.revision, "tab": uuid7()}
    return BilanForm(request.POST if request.method == "POST" else None, cotes=cotes, sante=own, initial=initial)


def _save(request: WorkRequest, row: Bilan, form: BilanForm) -> Bilan:
    given = form.cleaned_data
    held_on = given.get("held_on")
    if held_on is not None and held_on > timezone.localdate():
        form.add_error("held_on", _("Ce jour n’est pas encore passé : datez le bilan du jour où il s’est fait."))
        held_on = None
    return actions.enregistrer(
        bilan=row,
        held_on=held_on,
        cotes=form.saisies(),
        sante=form.saisie_sante(),
        revision=given.get("revision") or 0,
        tab=given.get("tab"),
        force="force" in request.POST,
        by=request.actor,
        now=timezone.now(),
    )


def _draft(request: WorkRequest, person: Travailleur, row: Bilan, form: BilanForm) -> dict[str, Any]:
    return contexte(request, person, tab="bilans") | {
        "row": row,
        "form": form,
        "revision": row.revision,
        "tab_id": form["tab"].value(),
        "saved_at": heure(row.saved_at),
        "readers": READERS,
        "wish_readers": WISH_READERS,
        "health_readers": HEALTH_READERS,
        "address": reverse("accompagnateur:bilan_remplir", kwargs={"pk": person.pk, "bilan": row.pk}),
    }


def _answer(request: WorkRequest, person: Travailleur, row: Bilan, form: BilanForm, status: int = 200) -> HttpResponse:
    """Give the state of the saving to htmx, the whole page to everybody else."""
    page, part = "accompagnateur/bilan_remplir.html", "accompagnateur/_bilan_etat.html"
    return page_or_fragment(request, page, part, _draft(request, person, row, form), status=status)


def _stale(request: WorkRequest, person: Travailleur, row: Bilan, form: BilanForm, said: str) -> HttpResponse:
    """Show what another tab saved beside what is typed here; a person chooses."""
    stored = {one.pk: one for one in CoteBilan.objects.visible_to(request.actor).filter(bilan=row)}
    typed = form.saisies()
    others = [one for key, one in stored.items() if (one.text or "") != typed[key].text.replace("\r\n", "\n")]
    context = _draft(request, person, row, form) | {
        "stale": said,
        "others": others,
        "revision": form.cleaned_data.get("revision") or 0,
    }
    page, part = "accompagnateur/bilan_remplir.html", "accompagnateur/_bilan_etat.html"
    return page_or_fragment(request, page, part, context, status=409)
