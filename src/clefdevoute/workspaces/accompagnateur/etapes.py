"""
One step of a path: the row it is done on, its form, its write, its words; and the page that every step shares.

A refusal comes back on the page with all that was typed; a day outside every contract is a warning, never a refusal.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.parcours.facts import hors_contrat
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import dossiers
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page

View = Callable[..., HttpResponse]


def persons(actor: Actor) -> "models.QuerySet[Travailleur]":
    """Give the persons, for a step that begins a path."""
    return dossiers.travailleurs(actor).select_related("entreprise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Etape:
    """
    A step; ``write`` takes the row under the name ``on``, the form's values, ``by`` and ``now``.

    ``rows`` are those visible to the actor; ``day`` names the field compared with the contracts; ``back`` is the URL
    name of the screen where the step is found again: the person's, or the row's own when it is ``own``.
    """

    rows: Callable[[Actor], "models.QuerySet[Any]"]
    on: str
    form: type[forms.Form]
    write: Callable[..., Any]
    title: Any
    act: Any
    done: Any
    tab: str
    back: str
    own: bool = False
    day: str = ""
    lede: Any = ""
    template: str = "accompagnateur/dossier_formulaire.html"
    initial: Callable[[Any, dt.date], Mapping[str, Any]] = field(default=lambda row, today: {})
    options: Callable[[WorkRequest, Any], Mapping[str, Any]] = field(default=lambda request, row: {})
    more: Callable[[WorkRequest, Any], Mapping[str, Any]] = field(default=lambda request, row: {})


def step(etape: Etape) -> View:
    """Make the page of a step: the form, its refusal, or the way back once written."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def show(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
        row = get_object_or_404(etape.rows(request.actor), pk=pk)
        person = row if isinstance(row, Travailleur) else row.travailleur
        person = travailleur_or_404(request, person.pk)
        initial = dict(etape.initial(row, timezone.localdate()))
        typed = request.POST if request.method == "POST" else None
        form = etape.form(typed, initial=initial, **etape.options(request, row))
        back = reverse(f"accompagnateur:{etape.back}", kwargs={"pk": row.pk if etape.own else person.pk})
        status = 200
        if request.method == "POST":
            _row, status = attempt(form, lambda: _write(etape, row, form, request))
            if status == 200:
                messages.success(request, etape.done)
                warn(request, person, form.cleaned_data.get(etape.day))
                return redirect(back)
        return form_page(
            request,
            form,
            title=etape.title,
            act=etape.act,
            back=(etape.title, back),
            status=status,
            lede=etape.lede,
            template=etape.template,
            **contexte(request, person, tab=etape.tab),
            **etape.more(request, row),
        )

    return show


def _write(etape: Etape, row: Any, form: forms.Form, request: WorkRequest) -> Any:
    values = form.values() if hasattr(form, "values") else form.cleaned_data
    return etape.write(**{etape.on: row}, **values, by=request.actor, now=timezone.now())


def warn(request: WorkRequest, person: Travailleur, day: dt.date | None) -> None:
    """Say that a day is outside every contract; it is kept all the same."""
    if isinstance(day, dt.date) and hors_contrat(person, day):
        messages.warning(
            request,
            _("Le %(day)s est hors de tout contrat de cette personne : vérifiez la date, elle est gardée telle quelle.")
            % {"day": formats.date_courte(day)},
        )
