"""The accompaniment as the direction may see it: dates, numbers and percentages, never what was said (F29)."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clefdevoute.law.entretiens.rules import Etat
from clefdevoute.records.echeances.obligations import matrice, parts
from clefdevoute.records.echeances.regularite import SANS_REFERENT, Part, part, referents
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire.annees import current, entreprise_of, years_of


@dataclass(frozen=True, slots=True)
class Retard:
    """A person whose individual interview is late: who, since when, who follows her."""

    travailleur: Travailleur
    echeance: dt.date
    jours: int
    referent: str


@require_safe
def show_regularite(request: WorkRequest) -> HttpResponse:
    """Show how the six months are kept, by accompagnateur, and the share of each obligation proved this year."""
    entreprise, today = entreprise_of(request), timezone.localdate()
    clocks = {pk: one.value for pk, one in horloges(entreprise.pk, as_of=today).items()}
    follows = referents(entreprise.pk, clocks, as_of=today)
    names = {row.pk: str(row) for row in Accompagnateur.objects.visible_to(request.actor)}
    names[SANS_REFERENT] = _("Sans référent")
    year = current(years_of(entreprise, today), today)
    debut, fin = (year.debut, year.fin) if year else (dt.date(today.year, 1, 1), dt.date(today.year, 12, 31))
    judged = matrice(entreprise.pk, clocks, debut=debut, fin=fin, as_of=today)
    context: dict[str, Any] = {
        "today": today,
        "whole": part(clocks.values()),
        "groups": _groups(clocks, follows, names),
        "page": paginate(request, _late(request, clocks, follows, names)),
        "debut": debut,
        "fin": fin,
        "tasks": parts(judged.values()),
    }
    return render(request, "gestionnaire/regularite.html", context)


def _groups(
    clocks: dict[uuid.UUID, Etat], follows: dict[uuid.UUID, uuid.UUID], names: dict[uuid.UUID, str]
) -> list[tuple[str, Part]]:
    found: dict[uuid.UUID, list[Etat]] = {}
    for pk, one in clocks.items():
        found.setdefault(follows.get(pk, SANS_REFERENT), []).append(one)
    rows = [(names.get(key, _("Autre")), part(states)) for key, states in found.items()]
    return sorted(rows, key=lambda row: row[0])


def _late(
    request: WorkRequest,
    clocks: dict[uuid.UUID, Etat],
    follows: dict[uuid.UUID, uuid.UUID],
    names: dict[uuid.UUID, str],
) -> list[Retard]:
    late = {pk: one.individuel for pk, one in clocks.items() if one.individuel.situation == "en_retard"}
    people = Travailleur.objects.visible_to(request.actor).filter(pk__in=list(late)).defer("niss")
    rows = [
        Retard(
            travailleur=one,
            echeance=late[one.pk].echeance or dt.date.min,
            jours=late[one.pk].jours_retard,
            referent=names.get(follows.get(one.pk, SANS_REFERENT), ""),
        )
        for one in people
    ]
    return sorted(rows, key=lambda row: (row.echeance, row.travailleur.name))
