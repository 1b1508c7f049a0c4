"""Filters and tags of every page: French formats, and what the components need. A builtin: no load needed."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from clefdevoute.ui import formats

register = template.Library()
_ORDINAL = re.compile(r"\b(\d+)(er|re|e)\b")
_INPUTS_WITHOUT_BOX = {"checkbox", "radio", "hidden"}


@register.filter
def euros(value: Any) -> str:
    """Write an amount with its sign: 50.000,00 €."""
    return _decimal_or_dash(value, formats.euros)


@register.filter
def montant(value: Any) -> str:
    """Write an amount without its sign, for columns headed « en euros »."""
    return _decimal_or_dash(value, lambda number: formats.euros(number, sign=False))


@register.filter
def devise(code: str) -> str:
    """Write a currency as one does here: € for the euro, the code of the others."""
    return "€" if code == "EUR" else code


@register.filter
def nombre(value: Any, places: int | None = None) -> str:
    """Write a number with a comma: 0,8."""
    return _decimal_or_dash(value, lambda number: formats.nombre(number, places))


@register.filter
def pourcent(value: Any) -> str:
    """Write a ratio as a share: 15 %."""
    return _decimal_or_dash(value, formats.pourcent)


@register.filter(name="date_fr")
def date_fr(value: dt.date | None) -> str:
    """Write a date in figures: 22/11/2026; nothing for no date."""
    return formats.date_courte(value) if value else ""


@register.filter
def date_longue(value: dt.date | None) -> SafeString | str:
    """Write a date in words with its raised ordinal: 1er décembre 2026."""
    return typo(formats.date_longue(value)) if value else ""


@register.filter
def jour_mois(value: dt.date | None) -> SafeString | str:
    """Write day and month in words: 1er décembre."""
    return typo(formats.date_longue(value, year=False)) if value else ""


@register.filter
def heure(value: dt.datetime | None) -> str:
    """Write a local time: 14:32."""
    return formats.heure(value) if value else ""


@register.filter
def pluriel(count: Any, words: str) -> str:
    """Agree a word with its number: {{ n|pluriel:"ligne,lignes" }}, plural in s when alone."""
    singular, _, plural = words.partition(",")
    return formats.pluriel(Decimal(str(count)), singular, plural)


@register.filter
def compte(count: Any, words: str) -> str:
    """Write a number with its agreed word: « 3 lignes », « aucune ligne » stays with the caller."""
    return f"{nombre(count)}{formats.NBSP}{pluriel(count, words)}"


@register.filter
def typo(text: Any) -> SafeString:
    """Set French spaces and raised ordinals in a text; what is not already safe is escaped."""
    escaped = str(conditional_escape(text)).replace("&#x27;", "\u2019")
    if "<" not in escaped:
        escaped = formats.typo(escaped)
    return mark_safe(_ORDINAL.sub(r"\1<sup>\2</sup>", escaped))  # noqa: S308  escaped just above


@register.filter
def ancre(text: Any) -> str:
    """Make an identifier of a title."""
    return slugify(str(text).replace("’", "-")) or "bloc"


@register.filter
def attributs(attrs: Any) -> SafeString:
    """Write the attributes a component passes on, each value escaped."""
    given: Mapping[str, Any] = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else {}
    return flatatt({name: value for name, value in given.items() if value is not False})


@register.simple_tag
def champ(field: BoundField, size: str = "", **extra: Any) -> SafeString:
    """Draw a form field's widget in the house's shape, bound to its help and its error."""
    extra = {name.replace("_", "-"): value for name, value in extra.items()}
    widget = field.field.widget
    classes = [widget.attrs.get("class", "")]
    if getattr(widget, "input_type", "") not in _INPUTS_WITHOUT_BOX:
        classes += ["cv-input", f"cv-input--{size}" if size else ""]
    # No label inside a field: it vanishes as soon as one types.
    return field.as_widget(attrs={"class": " ".join(filter(None, classes)), "placeholder": False, **extra})


@register.simple_tag(takes_context=True, name="csrf_token")
def form_tokens(context: template.Context) -> SafeString:
    """
    Write what every sent form carries: Django's token, and the word that makes this drawing recognisable.

    It takes the place of Django's tag, so that no form can be drawn without; the word is given by the request.
    """
    token = context.get("csrf_token")
    if not token or str(token) == "NOTPROVIDED":
        return SafeString("")
    word = getattr(context.get("request"), "form_word", lambda: "")()
    hidden = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    if not word:
        return hidden
    # Off: a browser that restores a page would give an old word to a new drawing.
    return hidden + format_html('<input type="hidden" name="cv_envoi" value="{}" autocomplete="off">', word)


@register.simple_tag
def lecteurs_manquants(label: str) -> str:
    """Refuse a box for writing that does not name its readers: the wall must be seen before one writes."""
    raise template.TemplateSyntaxError(f"Qui lira « {label} » ? Donnez l'attribut « who ».")


@register.simple_tag
def motif(fill: str) -> SafeString:
    """Draw the swatch that names a fill of a chart."""
    return format_html(
        '<span class="cv-sw"><svg aria-hidden="true" class="cv-chart">'
        '<rect class="f-{} o" width="100%" height="100%"/></svg></span>',
        fill,
    )


def _decimal_or_dash(value: Any, write: Any) -> str:
    """Write a number, and a dash where there is none: an empty cell could be an oversight."""
    if value in (None, ""):
        return "–"
    try:
        return str(write(Decimal(str(value))))
    except InvalidOperation:
        return str(value)
