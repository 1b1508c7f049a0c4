"""The eleven obligations: persons by tasks over a year, and for one person the evidence behind each cell."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clefdevoute.documents.explications import why
from clefdevoute.law.accompagnateur.obligations import Obligation
from clefdevoute.law.accompagnateur.taches import LISTES
from clefdevoute.records.echeances.obligations import Personne, matrice
from clefdevoute.records.echeances.regularite import suivis_entre
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import dossiers
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.annees import Annee, annees, chosen
from clefdevoute.workspaces.accompagnateur.dossier import travailleur_or_404
from clefdevoute.workspaces.accompagnateur.liens import rule_url
from clefdevoute.workspaces.accompagnateur.preuves import Geste, Piece, geste, pieces

ON_PAPER = 500


@dataclass(frozen=True, slots=True)
class Tache:
    """A task with the pieces that prove it, or what to do where none does."""

    obligation: Obligation
    pieces: tuple[Piece, ...]
    geste: Geste | None


@require_safe
def show_obligations(request: WorkRequest) -> HttpResponse:
    """Show the matrix of a year; ``tout=1`` lays everybody on one page, for the printer."""
    today, years = timezone.localdate(), annees(request)
    year = chosen(request, years)
    persons = suivis_entre(dossiers.travailleurs(request.actor), year.debut, min(year.fin, today))
    whole = request.GET.get("tout") == "1"
    page = paginate(request, persons, per_page=ON_PAPER if whole else 20)
    found = _judged(request, page.items, year, today)
    context = {
        "years": years,
        "year": year,
        "page": page,
        "whole": whole,
        "taches": LISTES["obligatoire"].at(year.debut).value,
        "rows": [(one, found[one.pk].answer.value) for one in page.items if one.pk in found],
        "running": today <= year.fin,
    }
    return render(request, "accompagnateur/obligations.html", context)


@require_safe
def show_personne(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the eleven tasks of one person, each with the pieces that prove it or what is missing."""
    one = travailleur_or_404(request, pk)
    today, years = timezone.localdate(), annees(request)
    year = chosen(request, years)
    found = _judged(request, [one], year, today).get(one.pk)
    if found is None:
        raise Http404
    shown = pieces(one, (trace for rows in found.traces.values() for trace in rows), actor=request.actor)
    context = {
        "one": one,
        "years": years,
        "year": year,
        "answer": found.answer,
        "why": why(found.answer, rule_url=rule_url),
        "taches": [_tache(one, task, shown.get(task.tache, ())) for task in found.answer.value.taches],
    }
    return render(request, "accompagnateur/obligations_personne.html", context)


def _tache(one: Travailleur, task: Obligation, shown: tuple[Piece, ...]) -> Tache:
    owed = task.etat in {"lacune", "a_faire"} or (task.etat == "prouvee" and not shown)
    return Tache(task, shown, geste(one, task.tache) if owed else None)


def _judged(
    request: WorkRequest, persons: Sequence[Travailleur], year: Annee, today: dt.date
) -> dict[uuid.UUID, Personne]:
    return matrice(
        request.actor.own_entreprise_id, [one.pk for one in persons], debut=year.debut, fin=year.fin, as_of=today
    )
