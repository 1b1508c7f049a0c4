"""Drafts that wait, the pinned line of a person, and the list of themes."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.suivi import lecture, themes
from clefdevoute.records.suivi.actions.brouillons import jeter
from clefdevoute.records.suivi.actions.epingles import epingler
from clefdevoute.records.suivi.actions.themes import ajouter_theme, modifier_theme
from clefdevoute.records.suivi.models import ASavoir, Brouillon, Theme
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur import dossier, redaction
from clefdevoute.workspaces.accompagnateur.forms.notes import ASavoirForm, ThemeForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt


@require_safe
def show_drafts(request: WorkRequest) -> HttpResponse:
    """Show one's own drafts, the oldest last; their texts stay sealed until one is opened."""
    rows = Brouillon.objects.visible_to(request.actor).select_related("travailleur").defer("content", "replaced")
    page = paginate(request, rows)
    lines = [(row, redaction.adresse(row.form, row.travailleur_id, row.subject)) for row in page.items]
    return render(request, "accompagnateur/brouillons.html", {"page": page, "lines": lines})


@require_POST
def throw_away(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw one of one's drafts away."""
    row = get_object_or_404(Brouillon.objects.visible_to(request.actor), pk=pk)
    jeter(brouillon=row, by=request.actor, now=timezone.now())
    messages.success(request, _("Brouillon jeté."))
    return redirect("accompagnateur:brouillons")


@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Write, change or take away the pinned line of a person."""
    travailleur = dossier.travailleur_or_404(request, pk)
    standing = lecture.a_savoir(request.actor, [pk]).get(pk, "")
    form = ASavoirForm(request.POST if request.method == "POST" else None, initial={"text": standing})
    status = 200
    if request.method == "POST":

        def write() -> bool:
            given = form.cleaned_data["text"]
            epingler(travailleur=travailleur, text=given, by=request.actor, now=timezone.now())
            return True

        done, status = attempt(form, write)
        if done:
            messages.success(request, _("Ligne « à savoir » enregistrée."))
            return redirect("accompagnateur:entretiens", pk=pk)
    former = ASavoir.objects.visible_to(request.actor).filter(travailleur=travailleur, replaced_at__isnull=False)
    context = dossier.contexte(request, travailleur, tab="entretiens")
    context |= {"form": form, "former": list(former.select_related("author")[:20])}
    return render(request, "accompagnateur/a_savoir.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show_themes(request: WorkRequest) -> HttpResponse:
    """Show the themes offered to the enterprise, and add one."""
    form = ThemeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":

        def write() -> Theme:
            own = request.actor.entreprise_id or uuid.UUID(int=0)  # without enterprise, the policy refuses
            label = form.cleaned_data["label"]
            return ajouter_theme(entreprise_id=own, label=label, by=request.actor, now=timezone.now())

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Thème ajouté."))
            return redirect("accompagnateur:themes")
    rows = list(Theme.objects.visible_to(request.actor))
    context = {"form": form, "rows": rows, "defaults": [] if rows else themes.DEFAUTS}
    return render(request, "accompagnateur/themes.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def modify_theme(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Rename a theme, retire it or offer it again."""
    row = get_object_or_404(Theme.objects.visible_to(request.actor), pk=pk)
    initial = {"label": row.label, "active": row.active}
    form = ThemeForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":

        def write() -> Theme:
            return modifier_theme(theme=row, by=request.actor, now=timezone.now(), **form.cleaned_data)

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Thème modifié."))
            return redirect("accompagnateur:themes")
    back = (_("Thèmes"), reverse("accompagnateur:themes"))
    return render(request, "accompagnateur/theme.html", {"row": row, "form": form, "back": back}, status=status)
