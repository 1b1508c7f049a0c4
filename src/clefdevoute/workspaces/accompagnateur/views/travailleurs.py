"""The list of workers: searched, filtered, kept as a view, taken out exactly as filtered."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clefdevoute.documents.travailleurs import liste
from clefdevoute.records.echeances.actions.exports import noter_export
from clefdevoute.records.echeances.models import VueEnregistree
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur, Engagement
from clefdevoute.records.suivi import dossiers
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur.forms.listes import FiltresForm
from clefdevoute.workspaces.accompagnateur.listes.filtres import lignes
from clefdevoute.workspaces.accompagnateur.listes.rangees import Rangee, montrees, rangees

FOLDED = frozenset({"statut", "site", "completude", "referent", "tri"})
"""Filters that the page folds away until one of them is used."""


@require_safe
def list_travailleurs(request: WorkRequest) -> HttpResponse:
    """Show a page of the persons that the filters keep, by default those present today."""
    form, today = filters_of(request), timezone.localdate()
    page = paginate(request, lignes(request.actor, form.asked(), as_of=today))
    query = form.query()
    views = list(VueEnregistree.objects.visible_to(request.actor).select_related("user"))
    context = {
        "form": form,
        "page": page,
        "rows": montrees(request.actor, page.items, as_of=today),
        "query": urlencode(query),
        "sans_filtre": not query,
        "plus_ouvert": bool(FOLDED & set(query)),
        "formats": liste.FORMATS,
        "vues": [_vue(view, query, request) for view in views],
        "empty": not page.count and not dossiers.travailleurs(request.actor).exists(),
    }
    return page_or_fragment(
        request,
        "accompagnateur/travailleurs.html",
        "accompagnateur/_travailleurs.html",
        context,
        status=422 if form.errors else 200,
    )


def _vue(view: VueEnregistree, query: dict[str, str], request: WorkRequest) -> dict[str, Any]:
    """Give a saved view as a link; a colleague's names its author."""
    return {
        "name": view.name,
        "url": f"{reverse('accompagnateur:travailleurs')}?{urlencode(view.query)}",
        "current": view.query == query,
        "author": "" if view.user_id == request.actor.user_id else view.user.name,
    }


def filters_of(request: WorkRequest) -> FiltresForm:
    """Read what the address asks."""
    contracts = Engagement.objects.visible_to(request.actor).exclude(site="").order_by("site")
    sites = list(contracts.values_list("site", flat=True).distinct())
    team = Accompagnateur.objects.visible_to(request.actor).order_by("name", "first_name")
    asked = {name: str(value).replace("\0", "") for name, value in request.GET.items() if name != "page"}
    return FiltresForm(asked, sites=sites, team=list(team))


@require_POST
def export_travailleurs(request: WorkRequest, extension: str) -> HttpResponse:
    """Write exactly the persons that the filters of the address keep, and say so in the journal."""
    if extension not in liste.FORMATS or request.actor.entreprise_id is None:
        raise Http404
    form, now = filters_of(request), timezone.now()
    today = timezone.localdate()
    found = rangees(request.actor, lignes(request.actor, form.asked(), as_of=today), as_of=today)
    preface = liste.Preface(
        entreprise=str(EntrepriseInsertion.objects.visible_to(request.actor).get()),
        as_of=today,
        written=f"{timezone.localtime(now):%d/%m/%Y à %H:%M}",
        author=request.user.name,
        filters=form.words(),
    )
    content = liste.exporter(preface, [_ligne(row) for row in found], extension)
    noter_export(entreprise_id=request.actor.entreprise_id, extension=extension, by=request.actor, now=now)
    answer = HttpResponse(content, content_type=liste.FORMATS[extension])
    name = f"travailleurs-suivis-{today.isoformat()}.{extension}"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _ligne(row: Rangee) -> liste.Ligne:
    """Write what the columns of the screen say, without the pinned line."""
    return liste.Ligne(
        name=row.travailleur.name,
        first_name=row.travailleur.first_name,
        birth_date=row.travailleur.birth_date,
        number=row.travailleur.number,
        site=row.engagement.site if row.engagement else "",
        statut=row.statut.summary if row.statut else "",
        due_on=row.etat.individuel.echeance if row.etat else None,
        due=_state(row),
        seance_on=row.etat.collectif.echeance if row.etat else None,
        complete=row.completude.parties_completes if row.completude else None,
        referent=str(row.referent) if row.referent else "",
    )


def _state(row: Rangee) -> str:
    """Say how the individual clock stands: late, impeded, closed, or in time; its date has a column of its own."""
    clock = row.etat.individuel if row.etat else None
    if clock is None or row.individuel is None:
        return ""
    if clock.echeance is None or clock.situation in ("en_retard", "empeche"):
        return row.individuel.text
    return _("À temps")
