"""How a person's two clocks are said in a word: late, soon, later, suspended, closed (design § 8)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clefdevoute.law.entretiens.rules import Etat, Horloge
from clefdevoute.ui import formats

SOON = 7


@dataclass(frozen=True, slots=True)
class Marque:
    """The mark of a clock: its kind gives icon and colour, its text says the same."""

    kind: str
    text: str


def marque(etat: Etat | None, *, today: dt.date, left_on: dt.date | None = None) -> Marque | None:
    """Say the worse of both clocks, or the exit that closed them; a person without a clock has no mark."""
    if left_on is not None and left_on < today:
        return Marque("", _("Sortie le %(day)s") % {"day": formats.date_courte(left_on)})
    if etat is None:
        return None
    one, two = etat.individuel, etat.collectif
    if one.situation == "clos":
        return Marque("", _("Suivi clos"))
    if one.situation == "en_retard":
        return Marque("late", _late(_("Entretien"), one))
    if one.situation == "empeche":
        return Marque("pause", _("Empêchement motivé : %(reason)s") % {"reason": one.empechement})
    if two.situation == "en_retard":
        return Marque("soon", _late(_("Séance collective"), two))
    if one.echeance is None:
        return None
    day = formats.date_courte(one.echeance)
    kind = "soon" if (one.echeance - today).days <= SOON else ""
    return Marque(kind, _("Entretien au plus tard le %(day)s") % {"day": day})


def _late(noun: str, clock: Horloge) -> str:
    return _("%(noun)s en retard de %(days)s") % {"noun": noun, "days": formats.jours(clock.jours_retard)}
