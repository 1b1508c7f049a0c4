"""The gestionnaire's first page: the agrément year, the right in persons, the justification, the room left."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.records.entreprises.facts import AgrementFacts, agrement_facts, lectures_at
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.policies import can_edit_entreprise
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.facts import engagement_facts
from clefdevoute.records.subventions.annees import agrement_at
from clefdevoute.records.subventions.facts import lectures_from, mouvements_en_vigueur
from clefdevoute.records.subventions.manque import manque
from clefdevoute.records.subventions.models import DossierTransmis, Subvention
from clefdevoute.ui.formats import euros
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.workspaces.gestionnaire.annees import current, entreprise_of, year_or_404, years_from
from clefdevoute.workspaces.gestionnaire.bord.etapes import etapes
from clefdevoute.workspaces.gestionnaire.bord.hypothese import supposer
from clefdevoute.workspaces.gestionnaire.bord.justification import justification, minimis
from clefdevoute.workspaces.gestionnaire.bord.personnes import Registre, compter, courbe, pourquoi
from clefdevoute.workspaces.gestionnaire.bord.registre import ordre
from clefdevoute.workspaces.gestionnaire.explication import expliquer
from clefdevoute.workspaces.gestionnaire.forms.hypothese import HypotheseForm


@require_safe
def show_dashboard(request: WorkRequest) -> HttpResponse:
    """Show the agrément year of today, or the way to enter the approval."""
    entreprise, today = entreprise_of(request), timezone.localdate()
    facts = agrement_facts(entreprise.pk)
    years = years_from(facts, today)
    year = current(years, today)
    if year is None:
        context = {"can_edit": can_edit_entreprise(request.actor, entreprise.pk)}
        return render(request, "gestionnaire/tableau_de_bord_vide.html", context)
    return _dashboard(request, entreprise, facts, year)


@require_safe
def show_year(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Show one agrément year."""
    entreprise, today = entreprise_of(request), timezone.localdate()
    facts = agrement_facts(entreprise.pk)
    return _dashboard(request, entreprise, facts, year_or_404(years_from(facts, today), annee))


@require_safe
def show_hypothesis(request: WorkRequest, annee: dt.date) -> HttpResponse:
    """Count the year again with persons in or out: all of it in the address, nothing stored."""
    entreprise, today = entreprise_of(request), timezone.localdate()
    facts = agrement_facts(entreprise.pk)
    year = year_or_404(years_from(facts, today), annee)
    registre = _registre(entreprise, facts, year, _subvention(request, year), today)
    real = compter(registre)
    form = HypotheseForm(request.GET or None, day=registre.day, year=year)
    context: dict[str, Any] = {"year": year, "form": form, "real": real}
    if form.is_bound and form.is_valid():
        supposed = supposer(registre, **form.cleaned_data)
        question = _("Pourquoi %(amount)s ?") % {"amount": euros(supposed.droit_suivant.value.plafond)}
        context |= {
            "supposed": supposed,
            "why": expliquer(supposed.droit_suivant, question),
            "curve": courbe(supposed, id="hypothese"),
        }
    status = 422 if form.errors else 200
    return page_or_fragment(
        request, "gestionnaire/hypothese.html", "gestionnaire/_hypothese.html", context, status=status
    )


def _dashboard(
    request: WorkRequest, entreprise: EntrepriseInsertion, facts: AgrementFacts, year: AnneeAgrement
) -> HttpResponse:
    today = timezone.localdate()
    row = _subvention(request, year)
    counted = compter(_registre(entreprise, facts, year, row, today))
    found = manque(entreprise=entreprise, as_of=year.debut, today=today)
    sent = _sent(request, row) if found.sent else None
    right = counted.droit_fixe.value
    granted = row.granted_amount if row is not None and row.granted_amount is not None else right.plafond
    grant_day = row.granted_on if row is not None and row.granted_on is not None else max(today, year.debut)
    context = {
        "year": year,
        "years": years_from(facts, today),
        "today": today,
        "lede": _lede(year, row, counted.droit_fixe.value.plafond),
        "steps": etapes(year, row, mouvements_en_vigueur(row) if row else (), today, sent.sent_on if sent else None),
        "counted": counted,
        "curve": courbe(counted, id="personnes"),
        "why_persons": pourquoi(counted),
        "missing": found,
        "justified": justification(found.decompte, today) if found.decompte else None,
        "sent": sent,
        "minimis": minimis(entreprise, row, granted, grant_day),
        "order": ordre(request.actor, today),
    }
    return render(request, "gestionnaire/tableau_de_bord.html", context)


def _subvention(request: WorkRequest, year: AnneeAgrement) -> Subvention | None:
    return Subvention.objects.visible_to(request.actor).filter(annee_agrement_start=year.debut).first()


def _sent(request: WorkRequest, row: Subvention | None) -> DossierTransmis | None:
    rows = DossierTransmis.objects.visible_to(request.actor).filter(subvention=row)
    found: DossierTransmis | None = rows.order_by("recorded_at", "pk").last()
    return found


def _registre(
    entreprise: EntrepriseInsertion,
    facts: AgrementFacts,
    year: AnneeAgrement,
    row: Subvention | None,
    today: dt.date,
) -> Registre:
    reference = row.reference_on if row is not None else None
    day = min(max(today, year.debut), year.fin)
    return Registre(
        annee=year,
        engagements=engagement_facts(entreprise.pk, as_of=day),
        agrement=agrement_at(facts, day).value.etat,
        lectures=lectures_from(lectures_at(year.debut)),
        reference=reference if reference and year.debut <= reference <= year.fin else None,
        today=today,
    )


def _lede(year: AnneeAgrement, row: Subvention | None, ceiling: Any) -> dict[str, Any]:
    if row is not None and row.granted_amount is not None:
        return {"word": _("Montant accordé"), "amount": row.granted_amount}
    return {"word": _("Plafond du palier"), "amount": ceiling}
