"""The enterprise: who it is, its approval, its VAT, its own accounts, the readings in force, who has access."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.law.accompagnement_social.values import lines_at
from clefdevoute.records.entreprises import actions, policies
from clefdevoute.records.entreprises.facts import agrement_facts, comptes_at, lectures_at
from clefdevoute.records.entreprises.models import (
    Affectation,
    Agrement,
    PartTvaDeductible,
    Suspension,
)
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.permissions import Permission, parse
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.subventions.annees import agrement_at
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.explication import expliquer
from clefdevoute.workspaces.gestionnaire.forms.entreprise import (
    AgrementForm,
    CompteForm,
    EntrepriseForm,
    InvitationForm,
    SuspensionForm,
    TvaForm,
)
from clefdevoute.workspaces.gestionnaire.forms.travailleurs import FinForm
from clefdevoute.workspaces.gestionnaire.formulaires import attempt, form_page
from clefdevoute.workspaces.gestionnaire.lectures import lectures


@require_safe
def show_entreprise(request: WorkRequest) -> HttpResponse:
    """Show all that the enterprise says of itself."""
    entreprise, today = entreprise_of(request), timezone.localdate()
    facts = agrement_facts(entreprise.pk)
    answer = agrement_at(facts, today) if facts.agrements else None
    own = comptes_at(entreprise.pk, today)
    access = Affectation.objects.visible_to(request.actor).filter(entreprise=entreprise)
    context = {
        "one": entreprise,
        "answer": answer,
        "why": expliquer(answer, question=_("Pourquoi cette réponse ?")) if answer else None,
        "agrements": Agrement.objects.visible_to(request.actor).order_by("-starts_on"),
        "suspensions": Suspension.objects.visible_to(request.actor).select_related("agrement"),
        "parts": PartTvaDeductible.objects.visible_to(request.actor).order_by("-starts_on"),
        "lines": [(row, own.get(row["code"])) for row in lines_at(today)],
        "lectures": lectures(lectures_at(today), today),
        "access": [(one, _words(one)) for one in access.select_related("user").order_by("user__name", "starts_on")],
        "can_invite": policies.can_give_affectation(request.actor, Role.GESTIONNAIRE, entreprise.pk),
        "today": today,
    }
    return render(request, "gestionnaire/entreprise.html", context)


def _words(row: Affectation) -> str:
    return ", ".join(parse(word).label for word in row.permissions)


def _page(
    request: WorkRequest, form: forms.Form, *, title: Any, act: Any, status: int = 200, lede: Any = ""
) -> HttpResponse:
    back = (_("Entreprise"), reverse("gestionnaire:entreprise"))
    return form_page(request, form, title=title, act=act, back=back, status=status, lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
def modify_entreprise(request: WorkRequest) -> HttpResponse:
    """Change what the enterprise says of itself."""
    row, status = entreprise_of(request), 200
    initial = {name: getattr(row, name) for name in actions.EDITABLE}
    form = EntrepriseForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.modify_entreprise(
                entreprise=row, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            return redirect("gestionnaire:entreprise")
    lede = _("BCE %(bce)s : ce numéro ne change jamais.") % {"bce": row.bce_display}
    return _page(request, form, title=_("Modifier l’entreprise"), act=_("Enregistrer"), status=status, lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
def add_agrement(request: WorkRequest) -> HttpResponse:
    """Record a period of approval."""
    entreprise, status = entreprise_of(request), 200
    form = AgrementForm(request.POST or None, initial={"kind": _next_kind(request)})
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.record_agrement(
                entreprise=entreprise, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            return redirect("gestionnaire:entreprise")
    return _page(request, form, title=_("Enregistrer un agrément"), act=_("Enregistrer l’agrément"), status=status)


def _next_kind(request: WorkRequest) -> str:
    """Offer the kind that follows those recorded: two years, four, without end."""
    known = Agrement.objects.visible_to(request.actor).count()
    return ("initial", "renouvele", "indetermine")[min(known, 2)]


@require_http_methods(["GET", "HEAD", "POST"])
def end_agrement(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct the last day of an approval."""
    row, status = get_object_or_404(Agrement.objects.visible_to(request.actor), pk=pk), 200
    form = FinForm(request.POST or None, initial={"ends_on": row.ends_on})
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.end_agrement(
                agrement=row, by=request.actor, now=timezone.now(), ends_on=form.cleaned_data["ends_on"]
            ),
        )
        if done is not None:
            return redirect("gestionnaire:entreprise")
    return _page(request, form, title=_("Fin de l’agrément"), act=_("Enregistrer la fin"), status=status, lede=str(row))


@require_http_methods(["GET", "HEAD", "POST"])
def add_suspension(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Record days on which an approval is suspended."""
    agrement, status = get_object_or_404(Agrement.objects.visible_to(request.actor), pk=pk), 200
    form = SuspensionForm(request.POST or None)
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.record_suspension(
                agrement=agrement, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            return redirect("gestionnaire:entreprise")
    return _page(
        request,
        form,
        title=_("Enregistrer une suspension"),
        act=_("Enregistrer la suspension"),
        status=status,
        lede=str(agrement),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def set_tva(request: WorkRequest) -> HttpResponse:
    """Set the deductible share of VAT from a day on."""
    entreprise, status = entreprise_of(request), 200
    form = TvaForm(request.POST or None, initial={"starts_on": _january(timezone.localdate())})
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.set_part_tva(
                entreprise=entreprise, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            return redirect("gestionnaire:entreprise")
    lede = _("La même date une seconde fois corrige la part enregistrée.")
    return _page(request, form, title=_("TVA déductible"), act=_("Enregistrer la part"), status=status, lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
def set_compte(request: WorkRequest) -> HttpResponse:
    """Name the enterprise's own account for a line of the tables."""
    entreprise, today, status = entreprise_of(request), timezone.localdate(), 200
    initial = {"starts_on": _january(today), "line": request.GET.get("ligne", "")}
    form = CompteForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.set_compte_ligne(
                entreprise=entreprise, by=request.actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if row is not None:
            return redirect("gestionnaire:entreprise")
    lede = _("La même ligne et la même date une seconde fois corrigent le compte enregistré.")
    return _page(request, form, title=_("Compte d’une ligne"), act=_("Enregistrer le compte"), status=status, lede=lede)


def _january(today: dt.date) -> dt.date:
    return today.replace(month=1, day=1)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: WorkRequest) -> HttpResponse:
    """Give a person a role in the enterprise; her account opens without password."""
    status, today = 200, timezone.localdate()
    form = InvitationForm(request.POST or None, initial={"starts_on": today, "role": Role.GESTIONNAIRE.value})
    if request.method == "POST":
        row, status = attempt(form, lambda: _invited(request, form))
        if row is not None:
            return redirect("gestionnaire:entreprise")
    lede = _("Son premier mot de passe se fixe avec la commande que la page de l’entreprise montre.")
    return _page(request, form, title=_("Inviter une personne"), act=_("Inviter"), status=status, lede=lede)


def _invited(request: WorkRequest, form: InvitationForm) -> Affectation:
    values = form.cleaned_data
    return actions.invite(
        email=values["email"],
        name=values["name"],
        role=Role(values["role"]),
        starts_on=values["starts_on"],
        words=(Permission.CHEF_ENTREPRISE.value,) if values["chef"] else (),
        by=request.actor,
        now=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_access(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """End a person's role on its last day."""
    rows = Affectation.objects.visible_to(request.actor).filter(entreprise_id=request.actor.entreprise_id)
    row, status = get_object_or_404(rows.select_related("user"), pk=pk), 200
    form = FinForm(request.POST or None, initial={"ends_on": row.ends_on or timezone.localdate()})
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.end_affectation(
                affectation=row, by=request.actor, now=timezone.now(), ends_on=form.cleaned_data["ends_on"]
            ),
        )
        if done is not None:
            return redirect("gestionnaire:entreprise")
    return _page(
        request,
        form,
        title=_("Fin de l’accès de %(name)s") % {"name": row.user},
        act=_("Terminer l’accès"),
        status=status,
        lede=row.get_role_display(),
    )
