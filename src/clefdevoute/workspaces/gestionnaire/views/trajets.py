"""Route sheets: the trips of a year, one trip, the sheet to print and sign, the journeys abroad."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.temps import actions, policies
from clefdevoute.records.temps.models import AutorisationEtranger, Deplacement
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire.annees import current, entreprise_of, year_or_404, years_of
from clefdevoute.workspaces.gestionnaire.forms.trajets import DemandeForm, ReponseForm, TrajetForm
from clefdevoute.workspaces.gestionnaire.formulaires import Keeper, attempt, form_page
from clefdevoute.workspaces.gestionnaire.trajets import added, comptes, totaux

JOURNEYS = 100
"""How many journeys abroad a form offers, the latest first."""


@require_safe
def show_current(request: WorkRequest) -> HttpResponse:
    """Go to the trips of the year that holds today."""
    year = current(_years(request), timezone.localdate())
    if year is None:
        return render(request, "gestionnaire/sans_agrement.html", {"title": _("Feuilles de route")})
    return redirect("gestionnaire:trajets", annee=year.debut)


@require_safe
def show_trips(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Show the trips of a year, added up by accompagnateur and month, then one by one."""
    return _list(request, annee)


@require_http_methods(["GET", "HEAD", "POST"])
def add_trip(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Record a trip."""
    years = _years(request)
    year = year_or_404(years, annee)
    form = TrajetForm(request.POST or None, request.FILES or None, people=_people(request), **_offered(request, years))
    status = 200
    if request.method == "POST":

        def write() -> Deplacement:
            return actions.enregistrer_trajet(by=request.actor, now=timezone.now(), **form.values())

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Trajet enregistré."))
            return _to_year(years, row.held_on)
    return form_page(
        request, form, title=_("Ajouter un trajet"), act=_("Enregistrer le trajet"), back=_back(year), status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_trip(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a trip while its year is open."""
    row, years = _trip(request, pk), _years(request)
    initial = {name: getattr(row, name) for name in actions.FIELDS if name not in {"proof", "autorisation"}}
    initial["autorisation"] = str(row.autorisation_id or "")
    form = TrajetForm(request.POST or None, request.FILES or None, initial=initial, **_offered(request, years))
    status = 200
    if request.method == "POST":

        def write() -> Deplacement:
            return actions.modifier_trajet(deplacement=row, by=request.actor, now=timezone.now(), **form.values())

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Trajet corrigé."))
            return _to_year(years, done.held_on)
    held = [year for year in years if year.debut <= row.held_on <= year.fin]
    return form_page(
        request,
        form,
        title=_("Trajet de %(name)s") % {"name": row.accompagnateur},
        act=_("Enregistrer"),
        back=_back(held[0]) if held else (_("Feuilles de route"), reverse("gestionnaire:trajets_courants")),
        status=status,
    )


@require_POST
def remove_trip(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Remove a trip recorded by mistake."""
    row, years = _trip(request, pk), _years(request)
    try:
        actions.retirer_trajet(deplacement=row, by=request.actor, now=timezone.now())
    except RecordError as refused:
        year = next((one for one in years if one.debut <= row.held_on <= one.fin), None)
        if year is None:
            raise Http404 from refused
        return _list(request, year.debut, refusal=str(refused))
    messages.success(request, _("Trajet retiré."))
    return _to_year(years, row.held_on)


@require_safe
def open_proof(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Serve the ticket or the proof of payment of a trip."""
    row = _trip(request, pk)
    if row.proof is None:
        raise Http404
    return proofs.response(row.proof, by=request.actor, now=timezone.now())


@require_safe
def show_sheet(request: WorkRequest, annee: dt.date, pk: uuid.UUID) -> HttpResponse:
    """Show the nominative route sheet of a year, to be printed and signed."""
    entreprise = entreprise_of(request)
    year = year_or_404(years_of(entreprise, timezone.localdate()), annee)
    person = get_object_or_404(Accompagnateur.objects.visible_to(request.actor), pk=pk)
    own = [one for one in comptes(entreprise, year) if one.row.accompagnateur_id == person.pk]
    context = {
        "entreprise": entreprise,
        "year": year,
        "person": person,
        "totals": totaux(own),
        "amount": added(own),
    }
    return render(request, "gestionnaire/feuille_de_route.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_abroad(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Keep the reasoned request for a journey abroad."""
    year = year_or_404(_years(request), annee)
    form = DemandeForm(request.POST or None, people=_people(request))
    status = 200
    if request.method == "POST":

        def write() -> AutorisationEtranger:
            return actions.demander_autorisation(by=request.actor, now=timezone.now(), **form.cleaned_data)

        row, status = attempt(form, write)
        if row is not None:
            messages.success(request, _("Demande enregistrée : rien du voyage ne compte avant l’accord."))
            return redirect("gestionnaire:etranger", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Demander un voyage à l’étranger"),
        act=_("Enregistrer la demande"),
        back=_back(year),
        lede=_("Les coûts d’un voyage ne comptent que si l’accord précède le départ."),
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_abroad(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a request, and note its answer once."""
    rows = AutorisationEtranger.objects.visible_to(request.actor).select_related("accompagnateur")
    row = get_object_or_404(rows, pk=pk)
    form = ReponseForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def write() -> AutorisationEtranger:
            given = form.cleaned_data
            return actions.noter_reponse(autorisation=row, by=request.actor, now=timezone.now(), **given)

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Réponse notée."))
            return redirect("gestionnaire:etranger", pk=pk)
    context = {
        "row": row,
        "form": form,
        "can_decide": policies.can_decide(request.actor, row),
    }
    return render(request, "gestionnaire/etranger.html", context, status=status)


def _list(request: WorkRequest, annee: dt.date, refusal: str = "") -> HttpResponse:
    entreprise = entreprise_of(request)
    years = years_of(entreprise, timezone.localdate())
    year = year_or_404(years, annee)
    rows = comptes(entreprise, year)
    journeys = AutorisationEtranger.objects.visible_to(request.actor).select_related("accompagnateur")
    context = {
        "years": years,
        "year": year,
        "totals": totaux(rows),
        "amount": added(rows),
        "page": paginate(request, rows),
        "journeys": journeys.filter(departure_on__gte=year.debut, departure_on__lte=year.fin)[:JOURNEYS],
        "refusal": refusal,
    }
    return render(request, "gestionnaire/trajets.html", context, status=409 if refusal else 200)


def _years(request: WorkRequest) -> tuple[AnneeAgrement, ...]:
    return years_of(entreprise_of(request), timezone.localdate())


def _people(request: WorkRequest) -> list[Accompagnateur]:
    return list(Accompagnateur.objects.visible_to(request.actor))


def _offered(request: WorkRequest, years: tuple[AnneeAgrement, ...]) -> dict[str, Any]:
    """Give a form of a trip what it may choose from."""
    journeys = AutorisationEtranger.objects.visible_to(request.actor).select_related("accompagnateur")
    return {
        "journeys": list(journeys.order_by("-departure_on", "pk")[:JOURNEYS]),
        "years": years,
        "keeper": Keeper(by=request.actor, now=timezone.now()),
    }


def _trip(request: WorkRequest, pk: uuid.UUID) -> Deplacement:
    rows = Deplacement.objects.visible_to(request.actor).select_related("accompagnateur", "proof")
    row: Deplacement = get_object_or_404(rows, pk=pk)
    return row


def _back(year: AnneeAgrement) -> tuple[Any, str]:
    return _("Feuilles de route"), reverse("gestionnaire:trajets", kwargs={"annee": year.debut})


def _to_year(years: tuple[AnneeAgrement, ...], day: dt.date) -> HttpResponse:
    """Go to the year that holds a day."""
    for year in years:
        if year.debut <= day <= year.fin:
            return redirect("gestionnaire:trajets", annee=year.debut)
    return redirect("gestionnaire:trajets_courants")
