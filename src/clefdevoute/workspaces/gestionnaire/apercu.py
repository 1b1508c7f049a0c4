"""A line of an import's preview in words: what becomes of it, what it changes from what to what."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clefdevoute.records.personnes.models import Engagement
from clefdevoute.records.personnes.registre.apercu import Apercu, Issue
from clefdevoute.records.personnes.registre.colonnes import BY_FIELD
from clefdevoute.records.personnes.registre.lignes import Fault
from clefdevoute.ui.formats import date_courte, nombre

_KINDS = dict(Engagement.ContractKind.choices)


@dataclass(frozen=True, slots=True)
class LigneVue:
    """What the page writes for a line; ``asked`` when a person must say that two are one."""

    row: int
    issue: str
    who: str
    faults: Sequence[Fault]
    sentences: Sequence[str]
    described: Sequence[str]
    asked: bool
    agreed: bool


def ligne_vue(one: Apercu, agreed: frozenset[int]) -> LigneVue:
    """Put the fate of a line into words."""
    return LigneVue(
        row=one.row,
        issue=one.issue.value,
        who=one.who,
        faults=one.faults,
        sentences=one.sentences,
        described=_described(one),
        asked=one.issue is Issue.A_CONFIRMER or one.row in agreed,
        agreed=one.row in agreed,
    )


def _described(one: Apercu) -> list[str]:
    changes = [*one.person_changes.items(), *one.contract_changes.items()]
    said = [_changed(name, before, after) for name, (before, after) in changes]
    if one.new_contract and one.ligne is not None:
        said.append(_("Nouveau contrat dès le %(day)s.") % {"day": date_courte(one.ligne.starts_on)})
    if one.new_statut and one.ligne is not None:
        said.append(_("Statut figé : %(status)s.") % {"status": one.ligne.statut.upper()})
    if one.verifies:
        said.append(_("Conditions vérifiées."))
    return said


def _changed(name: str, before: Any, after: Any) -> str:
    words = {"field": BY_FIELD[name].label, "after": _word(name, after)}
    if before in {None, ""}:
        return _("%(field)s : %(after)s, vide jusqu’ici.") % words
    return _("%(field)s : %(before)s devient %(after)s.") % (words | {"before": _word(name, before)})


def _word(name: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return date_courte(value)
    if isinstance(value, Decimal):
        return nombre(value)
    if name == "contract_kind":
        return str(_KINDS.get(value, value))
    return f"« {value} »"
