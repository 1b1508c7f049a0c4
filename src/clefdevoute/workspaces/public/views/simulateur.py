"""The simulator: answers in the address, figures from the law, nothing kept."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone

from clefdevoute.ui.htmx import page_or_fragment, wants_fragment
from clefdevoute.workspaces.public.cache import public_page
from clefdevoute.workspaces.public.forms import SimulateurForm, adresse, asked
from clefdevoute.workspaces.public.reponse import paliers, stairs, whys
from clefdevoute.workspaces.public.simulation import Reponses, Simulation, simulate


@public_page
def show_simulator(request: HttpRequest) -> HttpResponse:
    """Answer an address; one that can be written shorter leads to its shortest form, to be shared."""
    here = reverse("public:simulateur")
    next_year = dt.date(timezone.localdate().year + 1, 1, 1)
    if not asked(request.GET):
        form = SimulateurForm(auto_id="%s", initial={"debut": next_year})
        return _page(request, _context(form, Reponses(debut=next_year), Simulation()))
    form = SimulateurForm(request.GET, auto_id="%s")
    query = adresse(form.reponses) if form.is_valid() else request.GET.urlencode()
    if form.is_valid() and not wants_fragment(request) and not _same(request.GET, QueryDict(query)):
        return HttpResponseRedirect(f"{here}?{query}")
    given = form.reponses
    shown = SimulateurForm(auto_id="%s", initial=asdict(given)) if form.is_valid() else form
    context = _context(shown, given, simulate(given))
    context["address"] = f"{here}?{query}" if form.is_valid() else ""
    context["full_address"] = request.build_absolute_uri(context["address"]) if context["address"] else ""
    response = _page(request, context)
    if wants_fragment(request):
        response["HX-Push-Url"] = f"{here}?{query}"
    return response


def _same(asked: QueryDict, written: QueryDict) -> bool:
    """Compare what two addresses say, in order; how a comma is encoded on the way is not ours to choose."""
    return list(asked.lists()) == list(written.lists())


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return page_or_fragment(request, "public/simulateur.html", "public/_simulation.html", context)


def _context(form: SimulateurForm, given: Reponses, found: Simulation) -> dict[str, Any]:
    right = found.droit.value if found.droit else None
    rows = tuple(paliers(given.debut, given.personnes, right)) if given.debut else ()
    detailed = any(name in form.errors or getattr(given, name) for name in form.optional if name != "frais")
    return {
        "form": form,
        "given": given,
        "found": found,
        "right": right,
        "paliers": rows,
        "escalier": stairs(rows, given.personnes) if rows else None,
        "whys": whys(found),
        "detailed": detailed,
    }
