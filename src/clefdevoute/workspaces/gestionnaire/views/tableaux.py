"""Tables A and B: one sheet per screen, the verdict first, what a person typed corrected in place."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents.justification.depuis_dossier import telephones
from clefdevoute.law.accompagnement_social.tableaux import FeuilleTableau
from clefdevoute.law.accompagnement_social.values import lines_at
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.cles import version_at, versions_of
from clefdevoute.records.frais.models import CleRepartition, Facture
from clefdevoute.records.frais.saisies import FactureSaisie, FournisseurSaisi, PartSaisie
from clefdevoute.records.subventions.manque import Bilan, tables_of
from clefdevoute.ui import formats
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.workspaces.gestionnaire.annees import current, entreprise_of, years_of
from clefdevoute.workspaces.gestionnaire.forms.tableaux import DepenseForm
from clefdevoute.workspaces.gestionnaire.justifier import verdict as said
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place, bilan_of, place_of
from clefdevoute.workspaces.gestionnaire.justifier.edition import SaisieRefusee, enregistrer, rempli
from clefdevoute.workspaces.gestionnaire.justifier.grille import Grille, code_of, draw, sheet_of, why_not_b
from clefdevoute.workspaces.gestionnaire.justifier.pourquoi import de_la_feuille, pourquoi


@require_safe
def show_current(request: WorkRequest) -> HttpResponse:
    """Go to the tables of the year that holds today."""
    year = current(years_of(entreprise_of(request), timezone.localdate()), timezone.localdate())
    if year is None:
        return render(request, "gestionnaire/sans_agrement.html", {"title": _("Tableaux A et B")})
    return redirect("gestionnaire:tableaux", annee=year.debut)


@require_safe
def show_tables(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Show the sheet one works on."""
    place = place_of(request, annee)
    bilan = bilan_of(place)
    if bilan.decompte is None:
        return _impossible(request, place, bilan)
    return _answer(request, place, bilan, said.default_sheet(place, bilan.decompte))


@require_http_methods(["GET", "HEAD", "POST"])
def show_sheet(request: WorkRequest, annee: dt.date, feuille: str) -> HttpResponse:
    """Show a sheet; a POST writes the cells that changed, all or none."""
    place = place_of(request, annee)
    bilan = bilan_of(place)
    if bilan.decompte is None:
        return _impossible(request, place, bilan)
    sheet = _sheet_or_404(bilan, feuille)
    if request.method != "POST":
        return _answer(request, place, bilan, sheet)
    grille = draw(place, bilan.decompte, sheet)
    if not grille.editable:
        refusal = _("Cette feuille ne se modifie pas : rien n’a été enregistré.")
        return _answer(request, place, bilan, sheet, grille=grille, refusal=refusal, status=409)
    now = timezone.now()
    try:
        changed = enregistrer(grille, request.POST, by=request.actor, now=now)
    except SaisieRefusee as refused:
        grille = rempli(draw(place, bilan.decompte, sheet), request.POST, refused.errors)
        return _answer(request, place, bilan, sheet, grille=grille, status=422)
    done = _("Enregistré à %(heure)s.") if changed else _("Rien n’avait changé, à %(heure)s.")
    messages.success(request, done % {"heure": formats.heure(now)})
    if getattr(request, "htmx", None):
        return _answer(request, place, bilan_of(place), sheet)
    return redirect("gestionnaire:feuille", annee=annee, feuille=feuille)


@require_POST
def add_cost(request: WorkRequest, annee: dt.date, feuille: str) -> HttpResponse:
    """Add a typed cost, received and imputed in one go."""
    place = place_of(request, annee)
    bilan = bilan_of(place)
    if bilan.decompte is None:
        return _impossible(request, place, bilan)
    sheet = _sheet_or_404(bilan, feuille)
    form = _form(place, sheet, request.POST)
    if not form.is_valid():
        return _answer(request, place, bilan, sheet, form=form, status=422)
    try:
        facture = _receive(place, form.cleaned_data)
    except RecordError as refused:
        form.add_error(None, str(refused))
        return _answer(request, place, bilan, sheet, form=form, status=409)
    messages.success(request, _("Dépense %(numero)s ajoutée.") % {"numero": facture.number})
    day = facture.issue_date
    code = f"{sheet.tableau.lower()}-{day.year}-t{(day.month + 2) // 3}"
    return redirect("gestionnaire:feuille", annee=annee, feuille=code)


def _sheet_or_404(bilan: Bilan, code: str) -> FeuilleTableau:
    found = sheet_of(tables_of(bilan.decompte), code) if bilan.decompte else None
    if found is None:
        raise Http404
    return found


@transaction.atomic
def _receive(place: Place, typed: dict[str, Any]) -> Facture:
    """Receive and impute, or neither."""
    day = typed["issue_date"]
    if not place.year.debut <= day <= place.year.fin:
        raise RecordError(
            _(
                "Le %(jour)s est hors de l’année d’agrément, du %(debut)s au %(fin)s : cette dépense compte dans une "
                "autre année. Changez la date, ou ouvrez cette année-là."
            )
            % {
                "jour": formats.date_courte(day),
                "debut": formats.date_courte(place.year.debut),
                "fin": formats.date_courte(place.year.fin),
            }
        )
    net, vat = typed["net"], typed["vat"] or Decimal("0.00")
    saisie = FactureSaisie(
        fournisseur=FournisseurSaisi(typed["supplier"]),
        number=typed["number"],
        kind=Facture.Kind.FACTURE,
        issue_date=day,
        net=net,
        vat=vat,
        gross=net + vat,
    )
    now = timezone.now()
    received = actions.recevoir(entreprise=place.entreprise, saisie=saisie, by=place.actor, now=now)
    if received.issue is not actions.Issue.NOUVELLE:
        raise RecordError(
            _(
                "La facture %(numero)s de ce fournisseur est déjà là, pièce n° %(piece)s : ouvrez-la dans les factures "
                "plutôt que de la taper une seconde fois."
            )
            % {"numero": typed["number"], "piece": (received.other or received.facture).piece_number}
        )
    cle = CleRepartition.objects.visible_to(place.actor).get(pk=typed["cle"])
    part = PartSaisie(line=typed["line"], cle=cle)
    actions.imputer(facture=received.facture, parts=[part], by=place.actor, now=now)
    return received.facture


def _form(place: Place, sheet: FeuilleTableau, data: Any = None) -> DepenseForm:
    """Offer the lines of the table and the keys in force on the sheet's last day."""
    versions = versions_of(place.entreprise.pk)
    keys = []
    for key in CleRepartition.objects.visible_to(place.actor).filter(closed=False):
        held = version_at(versions, key.pk, place.year.fin)
        if held is not None:
            keys.append((str(key.pk), f"{key.name}, {formats.pourcent(held.percent / 100)}"))
    lines = [(row["code"], row["libelle"]) for row in lines_at(place.year.debut, sheet.tableau)]
    return DepenseForm(data, lines=lines, keys=keys)


def _impossible(request: WorkRequest, place: Place, bilan: Bilan) -> HttpResponse:
    """Show why no table can be drawn, and where it is mended."""
    context = {"place": place, "items": bilan.items, "title": _("Tableaux A et B"), "tab": "tableaux"}
    return render(request, "gestionnaire/decompte_impossible.html", context)


def _answer(
    request: WorkRequest,
    place: Place,
    bilan: Bilan,
    sheet: FeuilleTableau,
    *,
    grille: Grille | None = None,
    form: DepenseForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    counted = bilan.decompte
    if counted is None:
        return _impossible(request, place, bilan)
    tables = tables_of(counted)
    sheet = sheet_of(tables, code_of(sheet)) or sheet
    drawn = grille or draw(place, counted, sheet)
    context = {
        "place": place,
        "sheet": sheet,
        "code": code_of(sheet),
        "grille": drawn,
        "verdict": said.verdict(place, counted),
        "tabs": said.tabs(place, counted, sheet),
        "tabs_b": said.tabs_b(place, counted, sheet),
        "closed": why_not_b(place, tables) if sheet.tableau == "B" else "",
        "gauge": said.jauge(counted),
        "figures": counted.explained.value,
        "why_owed": pourquoi(said.step(counted, "accompagnement_social.montant_a_justifier")),
        "why_total": de_la_feuille(drawn),
        "cumul_name": said.cumul_name(counted, sheet),
        "phones": telephones(place.entreprise, counted) if sheet.tableau == "A" else (),
        "form": form or (_form(place, sheet) if drawn.editable else None),
        "refusal": refusal,
    }
    return page_or_fragment(request, "gestionnaire/tableaux.html", "gestionnaire/_tableau.html", context, status=status)
