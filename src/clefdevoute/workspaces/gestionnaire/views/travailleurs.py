"""The register: the list with its filters and its export, a person's page, the person herself."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.documents.travailleurs.export import FORMATS, exporter
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.actions import registre as actions
from clefdevoute.records.personnes.doublons import homonymes
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.gestionnaire import registre
from clefdevoute.workspaces.gestionnaire.annees import entreprise_of
from clefdevoute.workspaces.gestionnaire.forms.filtres import FiltresForm
from clefdevoute.workspaces.gestionnaire.forms.travailleurs import TravailleurForm
from clefdevoute.workspaces.gestionnaire.formulaires import attempt, form_page


@require_safe
def list_travailleurs(request: WorkRequest) -> HttpResponse:
    """List the register, by default who is present today."""
    form = _filters(request)
    asked = form.asked()
    page = paginate(request, registre.lignes(request.actor, asked))
    waiting = registre.sans_contrat(request.actor, asked)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "rows": registre.rangees(request.actor, page.items),
        "waiting": list(waiting[:20]),
        "query": query.urlencode(),
        "formats": FORMATS,
        "empty": not Travailleur.objects.visible_to(request.actor).exists() if not page.count else False,
    }
    status = 422 if form.errors else 200
    return page_or_fragment(
        request, "gestionnaire/travailleurs.html", "gestionnaire/_travailleurs.html", context, status=status
    )


@require_safe
def export_travailleurs(request: WorkRequest, extension: str) -> HttpResponse:
    """Write exactly the lines that the filters keep, as a spreadsheet that can be imported again."""
    if extension not in FORMATS:
        raise Http404
    rows = list(registre.lignes(request.actor, _filters(request).asked()))
    found = registre.tous_statuts(request.actor)
    content = exporter([(one.travailleur, one, found.get(one.pk)) for one in rows], extension)
    answer = HttpResponse(content, content_type=FORMATS[extension])
    name = f"travailleurs-{timezone.localdate().isoformat()}.{extension}"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _filters(request: WorkRequest) -> FiltresForm:
    asked = {name: value for name, value in request.GET.items() if name != "page"}
    return FiltresForm(asked or None, sites=registre.sites(request.actor), today=timezone.localdate())


@require_safe
def show_travailleur(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a person: identity, contracts with their frozen status, absences."""
    row = travailleur_or_404(request, pk)
    context = {"fiche": registre.fiche(request.actor, row, timezone.localdate()), "one": row}
    return render(request, "gestionnaire/travailleur.html", context)


def travailleur_or_404(request: WorkRequest, pk: uuid.UUID) -> Travailleur:
    """Find a person of the session's enterprise."""
    rows = Travailleur.objects.visible_to(request.actor).select_related("entreprise")
    row: Travailleur = get_object_or_404(rows, pk=pk)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def add_travailleur(request: WorkRequest) -> HttpResponse:
    """Enter a person on the register."""
    entreprise = entreprise_of(request)
    form = TravailleurForm(request.POST or None, niss=entreprise.niss_enabled)
    status = 200
    if request.method == "POST":
        row, status = attempt(
            form,
            lambda: actions.create_travailleur(
                entreprise_id=entreprise.pk, by=request.actor, now=timezone.now(), **form.values()
            ),
        )
        if row is not None:
            _warn_of_twin(request, row)
            return redirect("gestionnaire:contrat_nouveau", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Inscrire une personne"),
        act=_("Inscrire, puis donner le contrat"),
        back=(_("Travailleurs"), reverse("gestionnaire:travailleurs")),
        status=status,
    )


def _warn_of_twin(request: WorkRequest, row: Travailleur) -> None:
    """Say that the register already knows this name and birth date; both entries stay until somebody decides."""
    numbers = ", ".join(one.autre.number for one in homonymes(row))
    if numbers:
        messages.warning(
            request,
            _("Même nom et même date de naissance que le n° %(numbers)s. Est-ce la même personne ?")
            % {"numbers": numbers},
        )


@require_http_methods(["GET", "HEAD", "POST"])
def modify_travailleur(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct or complete what is known of a person."""
    row = travailleur_or_404(request, pk)
    names = [name for name in actions.PERSON if name != "niss"]
    initial = {name: getattr(row, name) for name in names}
    form = TravailleurForm(request.POST or None, initial=initial, niss=row.entreprise.niss_enabled)
    status = 200
    if request.method == "POST":
        done, status = attempt(
            form,
            lambda: actions.modify_travailleur(travailleur=row, by=request.actor, now=timezone.now(), **form.values()),
        )
        if done is not None:
            return redirect("gestionnaire:travailleur", pk=row.pk)
    return form_page(
        request,
        form,
        title=_("Modifier %(name)s") % {"name": row},
        act=_("Enregistrer"),
        back=(str(row), reverse("gestionnaire:travailleur", kwargs={"pk": row.pk})),
        status=status,
    )
