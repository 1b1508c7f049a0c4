"""The values of law in force on a day: amount, text, since when, last looked at, doubt."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clefdevoute.law.kernel.errors import NoValueInForce
from clefdevoute.law.kernel.parameters import Parameter, all_parameters
from clefdevoute.law.kernel.registry import public_rules
from clefdevoute.ui.fields import DateFrField
from clefdevoute.workspaces.public.cache import public_page
from clefdevoute.workspaces.public.catalogue import MATTERS, Valeur, page_of, verified_on, written


class JourForm(forms.Form):
    """The day asked for; today where none is."""

    use_required_attribute = False

    au = DateFrField(required=False, label=_("Valeurs en vigueur le"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A parameter on a day: its value, or the first day it has one."""

    name: str
    description: str
    value: Valeur | None
    first: dt.date
    verified: dt.date | None
    rules: tuple[tuple[str, str], ...]


@cache
def _rules_by_parameter() -> dict[str, tuple[tuple[str, str], ...]]:
    """Name the public rules that rest on each parameter, in full and in short."""
    found: dict[str, list[tuple[str, str]]] = {}
    for spec in public_rules():
        for parameter in page_of(spec.name).parameters:
            found.setdefault(parameter.name, []).append((spec.name, spec.name.partition(".")[2]))
    return {name: tuple(rules) for name, rules in found.items()}


def lines_at(as_of: dt.date) -> Iterator[tuple[str, list[Ligne]]]:
    """Yield each matter with its parameters as they stand on a day."""
    by_matter: dict[str, list[Ligne]] = {matter: [] for matter in MATTERS}
    for parameter in all_parameters():
        by_matter.setdefault(parameter.name.partition(".")[0], []).append(_line(parameter, as_of))
    for matter, rows in by_matter.items():
        if rows:
            yield MATTERS.get(matter, matter), rows


def _line(parameter: Parameter, as_of: dt.date) -> Ligne:
    try:
        value = written(parameter, parameter.at(as_of))
    except NoValueInForce:
        value = None
    return Ligne(
        name=parameter.name,
        description=parameter.description,
        value=value,
        first=parameter.dates[0],
        verified=verified_on(parameter),
        rules=_rules_by_parameter().get(parameter.name, ()),
    )


@public_page
def show_parameters(request: HttpRequest) -> HttpResponse:
    """Show the values of a day; an unreadable day keeps what was typed and shows today's."""
    today = timezone.localdate()
    form = JourForm(request.GET, auto_id="%s") if "au" in request.GET else JourForm(auto_id="%s", initial={"au": today})
    as_of = (form.cleaned_data["au"] if form.is_valid() else None) or today
    context = {"form": form, "as_of": as_of, "matters": tuple(lines_at(as_of))}
    return render(request, "public/parametres.html", context)
