"""A CSV of comptes individuels: laid down, its columns named, previewed line by line, applied, undone."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.documents.comptes.lecture import (
    Feuille,
    FichierRefuse,
    LectureComptes,
    MontantLu,
    lire_feuille,
    lire_montants,
    proposer,
)
from clefdevoute.documents.comptes.valeurs import plain
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import ImportComptes, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi, MontantSaisi
from clefdevoute.workspaces.gestionnaire.forms.comptes import ColonnesForm, CsvForm
from clefdevoute.workspaces.gestionnaire.views.comptes import answer, person_or_404

ROWS_SHOWN = 200
NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a CSV would write: this person's amounts, the lines in fault, and whose the others are."""

    montants: tuple[MontantLu, ...] = ()
    lecture: LectureComptes | None = None
    others: int = 0
    names: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Rangee:
    """An amount read, and the recorded one that it replaces where they differ."""

    lu: MontantLu
    remplace: Decimal | None


@require_POST
def deposit_csv(request: WorkRequest, pk: uuid.UUID, annee: int) -> HttpResponse:
    """Keep a CSV, once it can be read as one."""
    person = person_or_404(request, pk, annee)
    form = CsvForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, person, annee, csv=form, status=422)
    upload = form.cleaned_data["fichier"]
    fichier = FichierSaisi(content=upload.read(), filename=upload.name)
    try:
        lire_feuille(fichier.content)
        imported = actions.deposer_import(accompagnateur=person, fichier=fichier, by=request.actor, now=timezone.now())
    except (FichierRefuse, RecordError) as refused:
        form.add_error("fichier", str(refused))
        return answer(request, person, annee, csv=form, status=422)
    return redirect("gestionnaire:compte_import", imported.pk)


@require_http_methods(["GET", "POST"])
def show_import(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Name the columns and preview; a post writes what can be read."""
    imported = _get(request, pk)
    feuille = lire_feuille(proofs.read(imported.file))
    proposed = proposer(feuille.headers)
    data = request.POST if request.method == "POST" else (request.GET or None)
    form = ColonnesForm(data, headers=feuille.headers, proposed=proposed)
    mapping = form.mapping() if form.is_bound and form.is_valid() else proposed
    preview, refusal = _preview(imported, feuille, mapping), ""
    if request.method == "POST" and form.is_valid() and not preview.refusal:
        try:
            actions.appliquer_import(
                imported=imported,
                montants=[_saisi(one) for one in preview.montants],
                mapping=mapping,
                by=request.actor,
                now=timezone.now(),
            )
        except RecordError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Montants enregistrés. Vous pouvez encore annuler l’import."))
            return redirect("gestionnaire:compte_import", pk)
    refused_reading = preview.refusal if request.method == "POST" else ""
    context: dict[str, Any] = {
        "imported": imported,
        "form": form,
        "preview": preview,
        "shown": _shown(request, imported, preview.montants[:ROWS_SHOWN]),
        "faults": preview.lecture.erreurs[:ROWS_SHOWN] if preview.lecture else (),
        "refusal": refusal or refused_reading,
        "year": preview.montants[0].month.year if preview.montants else timezone.localdate().year,
    }
    status = 409 if refusal else 422 if refused_reading else 200
    return render(request, "gestionnaire/compte_import.html", context, status=status)


@require_POST
def undo_import(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Put back what an import changed."""
    imported = _get(request, pk)
    try:
        actions.annuler_import(imported=imported, by=request.actor, now=timezone.now())
    except RecordError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Import annulé : les montants d’avant sont remis."))
    return redirect("gestionnaire:compte_import", pk)


def _get(request: WorkRequest, pk: uuid.UUID) -> ImportComptes:
    rows = ImportComptes.objects.visible_to(request.actor).select_related("file", "accompagnateur")
    found: ImportComptes = get_object_or_404(rows, pk=pk)
    return found


def _preview(imported: ImportComptes, feuille: Feuille, mapping: dict[int, str]) -> Apercu:
    person = imported.accompagnateur
    try:
        lecture = lire_montants(feuille, mapping, accompagnateur=str(person))
    except FichierRefuse as refused:
        return Apercu(refusal=str(refused))
    names = {plain(str(person)), plain(f"{person.name} {person.first_name}"), plain(person.name)}
    own = tuple(one for one in lecture.montants if plain(one.accompagnateur) in names)
    others = dict.fromkeys(one.accompagnateur for one in lecture.montants if plain(one.accompagnateur) not in names)
    return Apercu(own, lecture, len(lecture.montants) - len(own), tuple(others)[:NAMES_SHOWN])


def _shown(request: WorkRequest, imported: ImportComptes, montants: Sequence[MontantLu]) -> list[Rangee]:
    """Put beside each amount read the one that it would replace."""
    rows = MontantCompteIndividuel.objects.visible_to(request.actor).filter(accompagnateur=imported.accompagnateur)
    known = {(row.month, row.component): row.amount for row in rows.filter(month__in={one.month for one in montants})}
    found = ((one, known.get((one.month, str(one.component)))) for one in montants)
    return [Rangee(one, None if before == one.amount else before) for one, before in found]


def _saisi(one: MontantLu) -> MontantSaisi:
    return MontantSaisi(month=one.month, component=one.component, amount=one.amount, paid_on=one.paid_on)
