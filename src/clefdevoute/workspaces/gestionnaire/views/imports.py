"""The import of a register, step by step: laid down, columns, preview, applied, undone; the file survives each."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents.travailleurs import etapes
from clefdevoute.records.foundation.errors import AccessDenied, RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.actions import imports as actions
from clefdevoute.records.personnes.models import ImportTravailleurs
from clefdevoute.records.personnes.policies import can_undo_import
from clefdevoute.records.personnes.registre.apercu import Apercu, Issue, counts
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.apercu import ligne_vue
from clefdevoute.workspaces.gestionnaire.forms.imports import ColonnesForm, DepotForm
from clefdevoute.workspaces.gestionnaire.formulaires import attempt

State = ImportTravailleurs.State
LABELS = {
    Issue.ERREUR: _("En erreur"),
    Issue.CONFLIT: _("En conflit"),
    Issue.A_CONFIRMER: _("À confirmer"),
    Issue.CREER: _("À créer"),
    Issue.MODIFIER: _("À modifier"),
    Issue.INCHANGE: _("Inchangées"),
}
DONE = {
    Issue.CREER: _("Créées"),
    Issue.MODIFIER: _("Modifiées"),
    Issue.INCHANGE: _("Inchangées"),
    Issue.A_CONFIRMER: _("Laissées, à confirmer"),
    Issue.CONFLIT: _("Laissées, en conflit"),
    Issue.ERREUR: _("Laissées, en erreur"),
}
ROWS = 50


def import_or_404(request: WorkRequest, pk: uuid.UUID) -> ImportTravailleurs:
    """Find an import of the session's enterprise."""
    rows = ImportTravailleurs.objects.visible_to(request.actor).select_related("file")
    row: ImportTravailleurs = get_object_or_404(rows, pk=pk)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def list_imports(request: WorkRequest) -> HttpResponse:
    """Lay a file down, or take up an import begun."""
    entreprise = entreprise_of(request)
    form = DepotForm()
    status = 200
    if request.method == "POST":
        form = DepotForm(request.POST, request.FILES)
        row, status = attempt(
            form,
            lambda: actions.deposit(
                entreprise_id=entreprise.pk,
                content=form.cleaned_data["fichier"].read(),
                filename=form.cleaned_data["fichier"].name,
                by=request.actor,
                now=timezone.now(),
            ),
        )
        if row is not None:
            return redirect("gestionnaire:import_colonnes", pk=row.pk)
    rows = ImportTravailleurs.objects.visible_to(request.actor).select_related("file").order_by("-uploaded_at", "-id")
    context = {"form": form, "page": paginate(request, rows)}
    return render(request, "gestionnaire/imports.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_columns(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose the sheet and the column of each field."""
    row = import_or_404(request, pk)
    if row.state != State.DEPOSE:
        return redirect("gestionnaire:import", pk=row.pk)
    if request.method == "POST" and "feuille" in request.POST:
        asked = request.POST["feuille"].replace("\0", "")[:100]
        actions.choose(imported=row, by=request.actor, sheet=asked, mapping={}, confirmed=())
        return redirect("gestionnaire:import_colonnes", pk=row.pk)
    try:
        sheet = etapes.sheet_of(row, by=request.actor, now=timezone.now())
    except AccessDenied:
        raise
    except RecordError as refused:
        context = {"row": row, "refused": str(refused), "form": DepotForm()}
        return render(request, "gestionnaire/import_illisible.html", context, status=422)
    form = ColonnesForm(request.POST or None, sheet=sheet, mapping=etapes.mapping_of(row, sheet))
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form, lambda: actions.choose(imported=row, by=request.actor, mapping=form.mapping(), confirmed=())
        )
        if done is not None:
            return redirect("gestionnaire:import_apercu", pk=row.pk)
    context = {"row": row, "form": form, "sheet": sheet}
    return render(request, "gestionnaire/import_colonnes.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def preview_import(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the import would change; confirm that two persons are one."""
    row = import_or_404(request, pk)
    if row.state != State.DEPOSE:
        return redirect("gestionnaire:import", pk=row.pk)
    if request.method == "POST":
        _confirm(request, row)
        return redirect(request.get_full_path())
    return _preview(request, row)


def _confirm(request: WorkRequest, row: ImportTravailleurs) -> None:
    """Keep the answers of the lines that the page showed; the others keep theirs."""
    shown = {int(text) for text in request.POST.getlist("montree") if text.isascii() and text.isdigit()}
    agreed = {int(text) for text in request.POST.getlist("confirmee") if text.isascii() and text.isdigit()}
    actions.choose(imported=row, by=request.actor, confirmed=(set(row.confirmed) - shown) | (agreed & shown))


def _preview(request: WorkRequest, row: ImportTravailleurs, refused: str = "") -> HttpResponse:
    try:
        fates = etapes.preview(row, by=request.actor, now=timezone.now(), as_of=timezone.localdate())
    except AccessDenied:
        raise
    except RecordError as wrong:
        context = {"row": row, "refused": str(wrong), "form": DepotForm()}
        return render(request, "gestionnaire/import_illisible.html", context, status=422)
    counted = counts(fates)
    wanted = request.GET.get("lignes", "")
    agreed = frozenset(row.confirmed)
    page = paginate(request, [one for one in fates if _shown(one, agreed, wanted)], per_page=ROWS)
    rows = [ligne_vue(one, agreed) for one in page.items]
    context = {
        "row": row,
        "refused": refused,
        "page": page,
        "rows": rows,
        "questions": any(one.asked for one in rows),
        "tabs": [(issue.value, label, counted[issue.value]) for issue, label in LABELS.items() if counted[issue.value]],
        "wanted": wanted,
        "total": len(fates),
        "counted": counted,
        "writes": counted["creer"] + counted["modifier"],
    }
    return render(request, "gestionnaire/import_apercu.html", context, status=409 if refused else 200)


def _shown(one: Apercu, agreed: frozenset[int], wanted: str) -> bool:
    """Keep the lines of a tab; a line confirmed stays where its question was asked."""
    if wanted == Issue.A_CONFIRMER.value:
        return one.issue is Issue.A_CONFIRMER or one.row in agreed
    return not wanted or one.issue.value == wanted


@require_POST
def apply_import(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Write what the preview shows."""
    row = import_or_404(request, pk)
    try:
        etapes.apply(row, by=request.actor, now=timezone.now(), as_of=timezone.localdate())
    except RecordError as refused:
        if row.state != State.DEPOSE:
            return _result(request, row, refused=str(refused))
        return _preview(request, row, refused=str(refused))
    return redirect("gestionnaire:import", pk=row.pk)


@require_safe
def show_import(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what an import did, and the way to undo it."""
    row = import_or_404(request, pk)
    if row.state == State.DEPOSE:
        return redirect("gestionnaire:import_colonnes", pk=row.pk)
    return _result(request, row)


def _result(request: WorkRequest, row: ImportTravailleurs, refused: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "refused": refused,
        "can_undo": can_undo_import(request.actor, row),
        "tabs": [(label, count) for issue, label in DONE.items() if (count := row.counts.get(issue.value, 0))],
        "list_url": reverse("gestionnaire:travailleurs"),
    }
    return render(request, "gestionnaire/import.html", context, status=409 if refused else 200)


@require_POST
def undo_import(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back all that an import wrote."""
    row = import_or_404(request, pk)
    try:
        actions.undo(imported=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _result(request, row, refused=str(refused))
    return redirect("gestionnaire:import", pk=row.pk)
