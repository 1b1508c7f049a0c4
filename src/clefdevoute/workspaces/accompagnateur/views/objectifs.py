"""An objective or an action on its own page: set, changed, closed, with all that happened to it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.actions import demarches, objectifs
from clefdevoute.records.suivi.models import (
    AncienTexte,
    Demarche,
    Etat,
    HistoriqueDemarche,
    HistoriqueObjectif,
    Objectif,
)
from clefdevoute.ui.formats import date_courte
from clefdevoute.workspaces.accompagnateur.dossier import contexte, travailleur_or_404
from clefdevoute.workspaces.accompagnateur.forms.dossier import (
    DemarcheForm,
    DemarcheModifierForm,
    ObjectifForm,
    ObjectifModifierForm,
)
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page

TEMPLATE, CHANGE = "accompagnateur/dossier_formulaire.html", "accompagnateur/objectif.html"


@require_http_methods(["GET", "HEAD", "POST"])
def add_objectif(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Set an objective with the wish of the person and its day of review."""
    one = travailleur_or_404(request, pk)
    form = ObjectifForm(request.POST or None)
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: objectifs.create_objectif(
                travailleur=one, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            return _saved(request, one, _("Objectif fixé."))
    return _page(request, one, form, title=_("Fixer un objectif"), act=_("Fixer l’objectif"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_objectif(request: WorkRequest, pk: uuid.UUID, objectif: uuid.UUID) -> HttpResponse:
    """Change an objective; below stand all its changes and the words that others replaced."""
    one = travailleur_or_404(request, pk)
    rows = Objectif.objects.visible_to(request.actor).filter(travailleur=one)
    row = get_object_or_404(rows.select_related("travailleur"), pk=objectif)
    names = ("title", "wish", "horizon", "review_on", "status", "closed_on", "reason", "remark")
    again = objectifs.revision(row.horizon, timezone.localdate())
    typed = _typed(request, "maintenir", review_on=date_courte(again))
    form = ObjectifModifierForm(typed or None, initial={name: getattr(row, name) for name in names})
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: objectifs.change_objectif(objectif=row, by=request.actor, now=timezone.now(), **form.cleaned_data),
        )
        if done is not None:
            return _saved(request, one, _("Objectif enregistré."))
    history = HistoriqueObjectif.objects.visible_to(request.actor).filter(objectif=row).select_related("changed_by")
    former = AncienTexte.objects.visible_to(request.actor).filter(objectif=row).select_related("replaced_by")
    more: dict[str, Any] = {"history": history.order_by("-changed_at", "-id"), "former": former, "lede": row.title}
    if row.is_open:
        more["vite"] = ("maintenir", _("Maintenir, et revoir le %(day)s") % {"day": date_courte(again)})
    return _page(
        request, one, form, title=_("Objectif"), act=_("Enregistrer l’objectif"), status=status, template=CHANGE, **more
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_demarche(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note an action to be done, or one already done."""
    one = travailleur_or_404(request, pk)
    initial = {"par": Demarche.Par.ACCOMPAGNATEUR, "avec": True}
    form = DemarcheForm(request.POST or None, initial=initial, objectifs=_open_goals(request, one))
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: demarches.create_demarche(
                travailleur=one, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            return _saved(request, one, _("Démarche notée."))
    return _page(request, one, form, title=_("Noter une démarche"), act=_("Noter la démarche"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_demarche(request: WorkRequest, pk: uuid.UUID, demarche: uuid.UUID) -> HttpResponse:
    """Change an action, close it, give it up with its reason; below stand all its changes."""
    one = travailleur_or_404(request, pk)
    rows = Demarche.objects.visible_to(request.actor).filter(travailleur=one)
    row = get_object_or_404(rows.select_related("travailleur", "objectif"), pk=demarche)
    names = ("text", "kind", "par", "avec", "promised_for", "status", "done_on", "reason", "remark")
    initial = {name: getattr(row, name) for name in names} | {"objectif": row.objectif_id}
    goals = _open_goals(request, one, row.objectif)
    typed = _typed(request, "faite", status=Etat.REALISE, done_on="")
    form = DemarcheModifierForm(typed or None, initial=initial, objectifs=goals)
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: demarches.change_demarche(demarche=row, by=request.actor, now=timezone.now(), **form.cleaned_data),
        )
        if done is not None:
            return _saved(request, one, _("Démarche enregistrée."))
    history = HistoriqueDemarche.objects.visible_to(request.actor).filter(demarche=row).select_related("changed_by")
    former = AncienTexte.objects.visible_to(request.actor).filter(demarche=row).select_related("replaced_by")
    more: dict[str, Any] = {"history": history.order_by("-changed_at", "-id"), "former": former, "lede": row.text}
    if row.is_open:
        more["vite"] = ("faite", _("C’est fait aujourd’hui"))
    return _page(
        request,
        one,
        form,
        title=_("Démarche"),
        act=_("Enregistrer la démarche"),
        status=status,
        template=CHANGE,
        **more,
    )


def _typed(request: WorkRequest, geste: str, **sets: str) -> QueryDict:
    """Give what was typed; the one button that says the usual answer fills its fields, the rest is saved with it."""
    if request.POST.get("geste") != geste:
        return request.POST
    typed = request.POST.copy()
    for name, value in sets.items():
        typed[name] = value
    return typed


def _open_goals(request: WorkRequest, one: Travailleur, own: Objectif | None = None) -> list[Objectif]:
    """Give the open objectives of a person, and the one an action already hangs under."""
    rows = Objectif.objects.visible_to(request.actor).filter(travailleur=one, closed_on__isnull=True)
    found = list(rows.order_by("review_on", "id"))
    return found if own is None or own in found else [own, *found]


def _saved(request: WorkRequest, one: Travailleur, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{_dossier(one)}#h-objectifs")


def _dossier(one: Travailleur) -> str:
    return reverse("accompagnateur:dossier", kwargs={"pk": one.pk})


def _page(request: WorkRequest, one: Travailleur, form: Any, *, template: str = TEMPLATE, **shown: Any) -> HttpResponse:
    shared = contexte(request, one, tab="dossier")
    return form_page(request, form, back=(_("Vue d’ensemble"), _dossier(one)), template=template, **shared, **shown)
