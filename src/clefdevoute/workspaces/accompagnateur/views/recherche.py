"""The search of the bar: persons by name, birth date or number first; then the words written in their dossiers."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.suivi import acces, dossiers
from clefdevoute.records.suivi.recherche import Passage, passages
from clefdevoute.ui import saisie
from clefdevoute.ui.pagination import paginate

SHOWN, LONGEST, PURPOSE = 10, 100, "recherche"


@require_safe
def search(request: WorkRequest) -> HttpResponse:
    """Look for a person, then for words; an empty word finds nothing."""
    word = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    context: dict[str, Any] = {"q": word}
    if word:
        rows = dossiers.travailleurs(request.actor).filter(_matching(word)).defer("niss")
        persons = list(rows.order_by("name", "first_name", "number")[: SHOWN + 1])
        page = paginate(request, passages(request.actor, word), per_page=SHOWN)
        context |= {"persons": persons[:SHOWN], "more": len(persons) > SHOWN, "page": page}
        context["list_query"] = urlencode({"q": word, "presence": "tous"})
        context["passages"] = _with_persons(request, list(page.items))
    return render(request, "accompagnateur/recherche.html", context)


def _matching(text: str) -> Q:
    """Read a birth date, a number, or parts of a name in any order, without accents."""
    try:
        return Q(birth_date=saisie.date(text))
    except saisie.SaisieError:
        pass
    found = Q()
    for part in fold(text).split() or [text]:
        found &= Q(search_key__contains=part) | Q(number__iexact=part)
    return found


def _with_persons(request: WorkRequest, found: list[Passage]) -> list[tuple[Travailleur, Passage]]:
    """Join each passage with its person, and note in the journal whose words this page shows."""
    keys: set[uuid.UUID] = {one.travailleur_id for one in found}
    rows = dossiers.travailleurs(request.actor).filter(pk__in=keys).defer("niss")
    persons = {row.pk: row for row in rows}
    acces.opened_many(persons.values(), by=request.actor, now=timezone.now(), purpose=PURPOSE)
    return [(persons[one.travailleur_id], one) for one in found if one.travailleur_id in persons]
