"""The cases of the constraints of exits, of the calls that follow, and of handovers."""

import datetime as dt

import factory

from tests.records.factories import TravailleurFactory
from tests.records.factories_sorties import (
    ReleveFactory,
    RelevePersonneFactory,
    SortieFactory,
    SuiviSortieFactory,
)
from tests.records.triplets_frais import Case

LEFT, BEFORE = dt.date(2026, 6, 30), dt.date(2024, 1, 7)


def _person():
    row = TravailleurFactory()
    return {"travailleur": row, "entreprise": row.entreprise}


def _left():
    row = SortieFactory()
    return {"travailleur": row.travailleur, "entreprise": row.entreprise}


def _followed():
    row = SuiviSortieFactory()
    return {"sortie": row.sortie, "travailleur": row.travailleur, "entreprise": row.entreprise}


def _agreed():
    row = SortieFactory()
    return {"sortie": row, "travailleur": row.travailleur, "entreprise": row.entreprise}


def _handed():
    row = RelevePersonneFactory()
    return {"releve": row.releve, "travailleur": row.travailleur, "entreprise": row.entreprise, "suivi": row.suivi}


def _pair():
    row = ReleveFactory()
    names = ("entreprise", "from_accompagnateur", "to_accompagnateur")
    return {name: getattr(row, name) for name in names}


ANOTHER = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))
HERSELF = factory.SelfAttribute("from_accompagnateur")


CASES = [
    Case(
        "sortie_one_per_stay",
        SortieFactory,
        {},
        {"stay_starts_on": dt.date(2026, 7, 1), "left_on": LEFT.replace(year=2027)},
        _left,
    ),
    Case("sortie_one_per_stay", SortieFactory, {}, {"rouverte": True}, _left),
    Case("sortie_dates_in_order", SortieFactory, {"left_on": BEFORE}, {"left_on": dt.date(2024, 1, 8)}, _person),
    Case("sortie_reopened_with_reason", SortieFactory, {"reopened_on": LEFT}, {"rouverte": True}, _person),
    Case("sortie_reopened_with_reason", SortieFactory, {"reopening_reason": "Erreur."}, {}, _person),
    Case("suivisortie_one_per_term", SuiviSortieFactory, {}, {"months": 6}, _followed),
    Case("suivisortie_three_six_twelve", SuiviSortieFactory, {"months": 4}, {"months": 12}, _agreed),
    Case("suivisortie_answer_iff_answered", SuiviSortieFactory, {"outcome": "repondu"}, {"repondu": True}, _agreed),
    Case("suivisortie_answer_iff_answered", SuiviSortieFactory, {"employed": "non"}, {}, _agreed),
    Case("releve_between_two", ReleveFactory, {"to_accompagnateur": HERSELF}),
    Case(
        "releve_dates_in_order",
        ReleveFactory,
        {"ends_on": dt.date(2026, 11, 15)},
        {"ends_on": dt.date(2026, 11, 16)},
        _pair,
    ),
    Case("relevepersonne_once", RelevePersonneFactory, {}, {"travailleur": ANOTHER}, _handed),
]
