"""The search of the bar: persons and invoices for one word, a few of each and the way to the rest."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais.models import Facture
from clefdevoute.workspaces.gestionnaire.registre import Filtres, lignes
from clefdevoute.workspaces.gestionnaire.views.factures import matching

SHOWN = 10
LONGEST = 100


@require_safe
def search(request: WorkRequest) -> HttpResponse:
    """Look for a name, a birth date, an invoice number or an amount; an empty word finds nothing."""
    word = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    context: dict[str, Any] = {"q": word}
    if word:
        persons = lignes(request.actor, Filtres(q=word))
        invoices = Facture.objects.visible_to(request.actor).filter(matching(word)).select_related("fournisseur")
        context |= {
            "persons": persons[:SHOWN],
            "persons_count": persons.count(),
            "persons_url": f"{reverse('gestionnaire:travailleurs')}?{urlencode({'q': word, 'presence': 'tous'})}",
            "invoices": invoices.order_by("-issue_date", "-piece_number")[:SHOWN],
            "invoices_count": invoices.count(),
            "invoices_url": f"{reverse('gestionnaire:factures')}?{urlencode({'q': word})}",
        }
    return render(request, "gestionnaire/recherche.html", context)
