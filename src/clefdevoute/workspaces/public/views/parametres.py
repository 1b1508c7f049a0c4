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
from clefdevoute.workspaces.public.catalogue import MATTERS, Valeur, page_of
from clefdevoute.workspaces.public.lecture import value_lines


class JourForm(forms.Form):
    """The day asked for; today where none is."""

    use_required_attribute = False

    au = DateFrField(required=False, label=_("Valeurs en vigueur le"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A parameter on a day: its value, or the first day it has one."""

    parameter: Parameter
    value: Valeur | None
    first: dt.date
    verified: dt.date | None
    rules: tuple[str, ...]


@cache
def _rules_by_parameter() -> dict[str, tuple[str, ...]]:
    """Name the public rules that rest on each parameter."""
    found: dict[str, list[str]] = {}
    for spec in public_rules():
        for parameter, _values in page_of(spec.name).parameters:
            found.setdefault(parameter.name, []).append(spec.name)
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
    verified = parameter.metadata.get("last_value_still_valid_on")
    try:
        value = parameter.at(as_of)
    except NoValueInForce:
        written = None
    else:
        written = Valeur(
            since=value.since,
            lines=value_lines(parameter, value),
            title=value.title,
            link=value.link,
            doubt=value.doubt,
        )
    return Ligne(
        parameter=parameter,
        value=written,
        first=parameter.dates[0],
        verified=dt.date.fromisoformat(str(verified)) if verified else None,
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
