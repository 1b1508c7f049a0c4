"""The readings in force on the installation: seen here, chosen by it alone, only simulated by an enterprise (A27)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import get_type_hints

from django.utils.translation import gettext_lazy as _

from clefdevoute.law.accompagnement_social.decompte import Lectures
from clefdevoute.law.accompagnement_social.values import (
    ART_60_COMPTE,
    DEPLACEMENTS_DANS_LA_BASE,
    MODE_COMPTAGE,
    PLAFOND_AU_PRORATA,
    TVA_DEDUCTIBLE_DEDUITE,
)
from clefdevoute.law.kernel.registry import split
from clefdevoute.law.sieg.rules import BORD_INCLUS

_DEFAULTS = {
    "comptage": MODE_COMPTAGE,
    "compter_art_60": ART_60_COMPTE,
    "deplacements_dans_la_base": DEPLACEMENTS_DANS_LA_BASE,
    "tva_deductible_deduite": TVA_DEDUCTIBLE_DEDUITE,
    "plafond_au_prorata": PLAFOND_AU_PRORATA,
    "bord_inclus": BORD_INCLUS,
}


@dataclass(frozen=True, slots=True)
class LectureVue:
    """A reading: its key, its question, its answer and whether the installation chose it."""

    key: str
    meaning: str
    value: str
    chosen: bool


def lectures(chosen: Mapping[str, str], today: dt.date) -> list[LectureVue]:
    """List every reading that a décompte takes, with the answer in force on a day."""
    hints = get_type_hints(Lectures, include_extras=True)
    found = []
    for one in fields(Lectures):
        fact = split(hints[one.name])[1]
        parameter = _DEFAULTS.get(one.name)
        default = parameter.at(today).value if parameter is not None else one.default
        value = chosen.get(fact.reading, default)
        meaning = fact.meaning.partition(" Vide :")[0]
        found.append(LectureVue(fact.reading, meaning, _word(value), fact.reading in chosen))
    return found


_WORDS = {
    "date_reference": _("au jour de comptage"),
    "dernier_jour": _("le dernier jour de l’année"),
    "moyenne": _("en moyenne sur l’année"),
    "minimum": _("au plus bas de l’année"),
    "mensuelle": _("mois par mois"),
    "annuelle": _("sur l’année entière"),
    "accord_avant_depart": _("accord reçu avant le départ"),
    "accord_a_tout_moment": _("accord reçu à tout moment"),
    "oui": _("oui"),
    "non": _("non"),
}


def _word(value: object) -> str:
    if isinstance(value, bool):
        value = "oui" if value else "non"
    return str(_WORDS.get(str(value), value))
