"""What is missing before a year can leave, the year's figures, and what was sent."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clefdevoute.law.kernel.codec import from_json
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.subventions import actions, policies
from clefdevoute.records.subventions.manque import Bilan
from clefdevoute.records.subventions.models import DossierTransmis
from clefdevoute.records.subventions.signalements import a_signaler
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.workspaces.gestionnaire.annees import current, entreprise_of, years_of
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place, bilan_of, last_package, place_of
from clefdevoute.workspaces.gestionnaire.justifier.chiffres import arbre, chiffres
from clefdevoute.workspaces.gestionnaire.justifier.liens import mend
from clefdevoute.workspaces.gestionnaire.justifier.taches import groupes, reste


@require_safe
def show_current(request: WorkRequest) -> HttpResponse:
    """Go to the year one closes: the last one over that has not left, else today's."""
    today = timezone.localdate()
    years = years_of(entreprise_of(request), today)
    year = current(years, today)
    if year is None:
        return render(request, "gestionnaire/sans_agrement.html", {"title": _("Justification")})
    before = next((one for one in years if one.numero == year.numero - 1), None)
    if before is not None:
        place = place_of(request, before.debut)
        if place.subvention is not None and not place.sent:
            return redirect("gestionnaire:justification", annee=before.debut)
    return redirect("gestionnaire:justification", annee=year.debut)


@require_http_methods(["GET", "HEAD", "POST"])
def show_justification(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Show what is missing; a POST freezes the décompte."""
    place = place_of(request, annee)
    if request.method != "POST":
        return _answer(request, place)
    if place.subvention is None:
        return _answer(request, place, refusal=_("Ouvrez d’abord l’année, puis figez le décompte."), status=409)
    bilan = bilan_of(place)
    if reste(bilan):
        refusal = _("Le décompte se fige quand plus rien d’autre ne manque : complétez d’abord la liste ci-dessous.")
        return _answer(request, place, bilan=bilan, refusal=refusal, status=409)
    try:
        actions.figer_decompte(subvention=place.subvention, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _answer(request, place, bilan=bilan, refusal=str(refused), status=409)
    messages.success(request, _("Décompte figé. Produisez maintenant la déclaration sur l’honneur."))
    if getattr(request, "htmx", None):
        return _answer(request, place)
    return redirect("gestionnaire:justification", annee=annee)


def _answer(
    request: WorkRequest, place: Place, *, bilan: Bilan | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    sent = last_package(place) if place.sent else None
    context = _sent(place, sent) if sent is not None else _open(place, bilan or bilan_of(place))
    context |= {"place": place, "refusal": refusal}
    return page_or_fragment(
        request, "gestionnaire/justification.html", "gestionnaire/_justification.html", context, status=status
    )


def _open(place: Place, bilan: Bilan) -> dict[str, Any]:
    """Prepare a year still to be sent."""
    day = place.year.debut
    explained = bilan.decompte.explained if bilan.decompte else None
    return {
        "bilan": bilan,
        "missing": [(item.sentence, mend(item.code, item.where, day)) for item in bilan.blocking],
        "remarks": [(item.sentence, mend(item.code, item.where, day)) for item in bilan.items if not item.blocking],
        "groupes": groupes(place, bilan),
        "next": next_step(place, bilan),
        "left": reste(bilan),
        "figures": chiffres(explained) if explained else (),
        "tree": arbre(explained) if explained else None,
    }


def _sent(place: Place, sent: DossierTransmis) -> dict[str, Any]:
    """Prepare a year that has left: the frozen décompte, never counted again."""
    explained = from_json(sent.decompte.explained)
    late = a_signaler(sent.subvention) if place.subvention is not None else ()
    return {"sent": sent, "late": late, "figures": chiffres(explained), "tree": arbre(explained)}


def next_step(place: Place, bilan: Bilan) -> str:
    """Name the one thing to do now: open, freeze, declare, sign, send, or nothing yet."""
    codes = {item.code for item in bilan.blocking}
    if bilan.decompte is not None and place.subvention is None:
        return "ouvrir"
    if reste(bilan):
        return "attendre"
    if place.subvention is None or not policies.can_submit(place.actor, place.subvention):
        return ""
    if codes & {"decompte_non_fige", "decompte_perime"}:
        return "figer"
    if codes & {"declaration_absente", "declaration_perimee"}:
        return "declarer"
    return "signer" if "declaration_non_signee" in codes else "envoyer"
