"""Comptes individuels: by accompagnateur and civil year, typed in a grid that saves itself."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions, policies
from clefdevoute.records.frais.composants import ANNUELS
from clefdevoute.records.frais.models import CompteIndividuel, ImportComptes, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.ui.formats import heure
from clefdevoute.ui.htmx import wants_fragment
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.comptes import MENSUELS, grid, read_grid, retenus
from clefdevoute.workspaces.gestionnaire.forms.comptes import CsvForm, DocumentForm, MontantForm

YEARS_SHOWN = 3
FIRST_YEAR, LAST_YEAR = 2017, 2100


@require_GET
def show_accounts(request: WorkRequest) -> HttpResponse:
    """List the accompagnateurs, and for each of the last civil years whether its document is there."""
    this_year = timezone.localdate().year
    years = range(this_year, this_year - YEARS_SHOWN, -1)
    kept = CompteIndividuel.objects.visible_to(request.actor).filter(replaced=False, year__in=years)
    by_person = {(row.accompagnateur_id, row.year): row for row in kept}
    persons = Accompagnateur.objects.visible_to(request.actor)
    rows = [(person, [(year, by_person.get((person.pk, year))) for year in years]) for person in persons]
    return render(request, "gestionnaire/comptes.html", {"rows": rows, "years": years})


@require_http_methods(["GET", "POST"])
def show_account(request: WorkRequest, pk: uuid.UUID, annee: int) -> HttpResponse:
    """Show the grid of a civil year; a post saves what can be read and says what cannot."""
    person = person_or_404(request, pk, annee)
    if request.method == "GET":
        return answer(request, person, annee)
    typed = {name: text for name, text in request.POST.items() if isinstance(text, str)}
    read = read_grid(annee, _known(request, person, annee), typed)
    refusal = ""
    try:
        actions.enregistrer_grille(
            accompagnateur=person, montants=read.montants, effaces=read.effaces, by=request.actor, now=timezone.now()
        )
    except RecordError as refused:
        refusal = str(refused)
    saved_at = "" if refusal else heure(timezone.now())
    if refusal or read.errors or wants_fragment(request):
        status = 409 if refusal else 422 if read.errors else 200
        found: dict[str, Any] = {"typed": typed, "read": read, "refusal": refusal, "saved_at": saved_at}
        return answer(request, person, annee, status=status, **found)
    messages.success(request, _("Enregistré à %(at)s.") % {"at": saved_at})
    return redirect("gestionnaire:compte", pk, annee)


@require_POST
def add_amount(request: WorkRequest, pk: uuid.UUID, annee: int) -> HttpResponse:
    """Record one amount."""
    person, form = person_or_404(request, pk, annee), MontantForm(request.POST, year=annee)
    if not form.is_valid():
        return answer(request, person, annee, one=form, status=422)
    try:
        actions.enregistrer_montants(
            accompagnateur=person, montants=[form.saisi()], by=request.actor, now=timezone.now()
        )
    except RecordError as refused:
        return answer(request, person, annee, one=form, refusal=str(refused), status=409)
    messages.success(request, _("Montant enregistré."))
    return redirect("gestionnaire:compte", pk, annee)


@require_POST
def erase_amount(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Erase one yearly amount typed by mistake."""
    rows = MontantCompteIndividuel.objects.visible_to(request.actor)
    row = get_object_or_404(rows, pk=pk)
    try:
        actions.effacer_montant(montant=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Montant effacé."))
    return redirect("gestionnaire:compte", row.accompagnateur_id, row.month.year)


@require_POST
def deposit_document(request: WorkRequest, pk: uuid.UUID, annee: int) -> HttpResponse:
    """Keep the PDF of the civil year; it takes the place of the one before."""
    person, form = person_or_404(request, pk, annee), DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, person, annee, document=form, status=422)
    found = form.cleaned_data
    try:
        actions.deposer_compte(
            accompagnateur=person,
            year=annee,
            nature=CompteIndividuel.Nature(found["nature"]),
            fichier=FichierSaisi(content=found["fichier"].read(), filename=found["fichier"].name),
            received_on=found["received_on"],
            by=request.actor,
            now=timezone.now(),
        )
    except RecordError as refused:
        return answer(request, person, annee, document=form, refusal=str(refused), status=409)
    messages.success(request, _("Document gardé : il partira avec la justification."))
    return redirect("gestionnaire:compte", pk, annee)


@require_GET
def open_document(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Open the document of a civil year."""
    compte = get_object_or_404(CompteIndividuel.objects.visible_to(request.actor).select_related("proof"), pk=pk)
    return proofs.response(compte.proof, by=request.actor, now=timezone.now())


def answer(
    request: WorkRequest, person: Accompagnateur, year: int, *, status: int = 200, refusal: str = "", **bound: Any
) -> HttpResponse:
    """Draw the page of a civil year around the forms as they were typed."""
    today = timezone.localdate()
    read = bound.get("read")
    context: dict[str, Any] = {
        "person": person,
        "year": year,
        "refusal": refusal,
        "saved_at": bound.get("saved_at", ""),
        "faults": read.faults if read else [],
        "retenus": retenus(entreprise_of(request), person, year, today),
    }
    if wants_fragment(request):
        return render(request, "gestionnaire/_compte_etat.html", context, status=status)
    known = _known(request, person, year)
    mine = {"accompagnateur": person, "year": year}
    context |= {
        "columns": MENSUELS,
        "grid": grid(year, known, bound.get("typed", {}), read.errors if read else {}),
        "yearly": [row for row in known.values() if row.component in ANNUELS],
        "one": bound.get("one") or MontantForm(year=year, initial={"month": min(today.month, 12)}),
        "documents": CompteIndividuel.objects.visible_to(request.actor)
        .filter(**mine)
        .select_related("proof")
        .order_by("replaced", "-received_on"),
        "document": bound.get("document") or _document_form(year, today),
        "csv": bound.get("csv") or CsvForm(),
        "imports": ImportComptes.objects.visible_to(request.actor)
        .filter(accompagnateur=person)
        .select_related("file")
        .order_by("-uploaded_at")[:5],
        "may_write": policies.can_write(request.actor, person.entreprise_id),
    }
    return render(request, "gestionnaire/compte.html", context, status=status)


def _document_form(year: int, today: dt.date) -> forms.Form:
    closed = year < today.year
    nature = CompteIndividuel.Nature.DEFINITIF if closed else CompteIndividuel.Nature.PROVISOIRE
    return DocumentForm(initial={"nature": nature, "received_on": today})


def person_or_404(request: WorkRequest, pk: uuid.UUID, year: int) -> Accompagnateur:
    """404, never 403; and a year no compte individuel can be of is no address."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    found: Accompagnateur = get_object_or_404(Accompagnateur.objects.visible_to(request.actor), pk=pk)
    return found


def _known(
    request: WorkRequest, person: Accompagnateur, year: int
) -> dict[tuple[dt.date, str], MontantCompteIndividuel]:
    rows = MontantCompteIndividuel.objects.visible_to(request.actor).filter(
        accompagnateur=person, month__gte=dt.date(year, 1, 1), month__lte=dt.date(year, 12, 1)
    )
    return {(row.month, row.component): row for row in rows}
