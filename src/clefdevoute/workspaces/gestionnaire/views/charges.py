"""Charges that come back without invoice: their due dates spread by themselves, month by month of a year."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.frais import actions, policies
from clefdevoute.records.frais.cles import percent_fr, versions_of
from clefdevoute.records.frais.facts import echeances
from clefdevoute.records.frais.models import ChargeRecurrente, CleRepartition
from clefdevoute.records.frais.saisies import ChargeSaisie
from clefdevoute.workspaces.gestionnaire import annees
from clefdevoute.workspaces.gestionnaire.couts import Admise, admise, annee_at, key_choices, line_choices, line_label
from clefdevoute.workspaces.gestionnaire.forms.charges import ChargeForm, FinForm, NouveauMontantForm


@dataclass(frozen=True, slots=True)
class Echeance:
    """A due date, with what the law keeps of it."""

    day: dt.date
    charge: ChargeRecurrente
    label: str
    key: str
    admise: Admise


@require_http_methods(["GET", "POST"])
def show_charges(request: WorkRequest, annee: dt.date | None = None) -> HttpResponse:
    """List the charges, make one, and show the due dates of an agrément year by month."""
    today, refusal = timezone.localdate(), ""
    choices: dict[str, Any] = {"lines": line_choices(today), "keys": key_choices(request.actor, today)}
    form = ChargeForm(request.POST or None, initial={"starts_on": today.replace(day=1)}, **choices)
    if request.method == "POST" and form.is_valid():
        try:
            entreprise = annees.entreprise_of(request)
            actions.creer_charge(
                entreprise=entreprise, saisie=_saisie(request, form), by=request.actor, now=timezone.now()
            )
        except RecordError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Charge créée : ses échéances se suivent d’elles-mêmes."))
            return redirect("gestionnaire:charges")
    years = annees.years_of(annees.entreprise_of(request), today)
    year = annees.year_or_404(years, annee) if annee else annees.current(years, today)
    rows = list(ChargeRecurrente.objects.visible_to(request.actor).select_related("cle", "fournisseur"))
    context: dict[str, Any] = {
        "charges": [(row, line_label(row.line, row.starts_on)) for row in rows],
        "years": years,
        "year": year,
        "months": _months(rows, year) if year else [],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "gestionnaire/charges.html", context, status=_status(form, refusal))


@require_http_methods(["GET"])
def show_charge(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one charge with what may be done to it."""
    return _answer(request, _get(request, pk))


@require_POST
def change_amount(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the charge a new amount from a day on; past months keep theirs."""
    charge, form = _get(request, pk), NouveauMontantForm(request.POST)
    if not form.is_valid():
        return _answer(request, charge, amount=form, status=422)
    found = form.cleaned_data
    try:
        new = actions.changer_montant_charge(
            charge=charge,
            since=found["since"],
            net=found["net"],
            vat=found["vat"] or Decimal("0.00"),
            by=request.actor,
            now=timezone.now(),
        )
    except RecordError as refused:
        return _answer(request, charge, amount=form, refusal=str(refused), status=409)
    messages.success(request, _("Nouveau montant enregistré. Les mois d’avant gardent le leur."))
    return redirect("gestionnaire:charge", new.pk)


@require_POST
def end_charge(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """End the charge on a day."""
    charge, form = _get(request, pk), FinForm(request.POST)
    if not form.is_valid():
        return _answer(request, charge, end=form, status=422)
    try:
        ends_on = form.cleaned_data["ends_on"]
        actions.terminer_charge(charge=charge, ends_on=ends_on, by=request.actor, now=timezone.now())
    except RecordError as refused:
        return _answer(request, charge, end=form, refusal=str(refused), status=409)
    messages.success(request, _("Dernier jour enregistré : les échéances d’après tombent."))
    return redirect("gestionnaire:charge", pk)


def _months(rows: list[ChargeRecurrente], year: AnneeAgrement) -> list[tuple[dt.date, list[Echeance]]]:
    """Spread every charge over the year and group its due dates by month; one query for the keys."""
    if not rows:
        return []
    explained, versions = annee_at(rows[0].entreprise_id, year.debut), versions_of(rows[0].entreprise_id)
    found = [
        Echeance(
            day=line.depense.date,
            charge=row,
            label=line_label(row.line, line.depense.date),
            key=percent_fr(line.depense.cle),
            admise=admise(line.depense, explained),
        )
        for row in rows
        for line in echeances(row, year.debut, year.fin, versions)
    ]
    found.sort(key=lambda one: (one.day, one.charge.name))
    return [(month, list(items)) for month, items in groupby(found, key=lambda one: one.day.replace(day=1))]


def _saisie(request: WorkRequest, form: ChargeForm) -> ChargeSaisie:
    found = dict(form.cleaned_data)
    found["cle"] = CleRepartition.objects.visible_to(request.actor).get(pk=found["cle"])
    found["vat"] = found["vat"] or Decimal("0.00")
    return ChargeSaisie(**found)


def _get(request: WorkRequest, pk: uuid.UUID) -> ChargeRecurrente:
    rows = ChargeRecurrente.objects.visible_to(request.actor).select_related("cle")
    found: ChargeRecurrente = get_object_or_404(rows, pk=pk)
    return found


def _answer(
    request: WorkRequest, charge: ChargeRecurrente, *, refusal: str = "", status: int = 200, **bound: forms.Form
) -> HttpResponse:
    context = {
        "charge": charge,
        "label": line_label(charge.line, charge.starts_on),
        "amount": bound.get("amount") or NouveauMontantForm(),
        "end": bound.get("end") or FinForm(initial={"ends_on": charge.ends_on}),
        "can_change": policies.can_change_charge(request.actor, charge),
        "refusal": refusal,
    }
    return render(request, "gestionnaire/charge.html", context, status=status)


def _status(form: forms.Form, refusal: str) -> int:
    return 409 if refusal else 422 if form.errors else 200
