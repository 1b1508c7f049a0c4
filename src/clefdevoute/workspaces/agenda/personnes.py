"""Persons as the agenda needs them: found by name, number or birth date, with what is due and what comes next."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.ui import saisie
from clefdevoute.workspaces.agenda import portee

LONGEST = 100


def search(actor: Actor, text: str) -> Any:
    """Find persons by parts of a name in any order, a number or a birth date; nothing asked finds everybody."""
    rows = portee.travailleurs(actor)
    for condition in _words(text.replace("\0", "")[:LONGEST].strip()):
        rows = rows.filter(condition)
    return rows.order_by("name", "first_name", "number")


def _words(text: str) -> Iterable[Q]:
    if not text:
        return
    try:
        yield Q(birth_date=saisie.date(text))
        return
    except saisie.SaisieError:
        pass
    for word in fold(text).split() or [text]:
        yield Q(search_key__contains=word) | Q(number__iexact=word)
