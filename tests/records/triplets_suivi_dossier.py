"""The cases of the constraints of objectives, actions and syntheses."""

import datetime as dt

from tests.records.factories import TravailleurFactory, UserFactory
from tests.records.factories_dossier import AncienTexteFactory, DemarcheFactory, ObjectifFactory, SyntheseFactory
from tests.records.triplets_frais import Case

DAY = dt.date(2026, 2, 1)
MOMENT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BEFORE = MOMENT - dt.timedelta(minutes=1)


def _of(user: str):
    def who():
        person = TravailleurFactory()
        return {"travailleur": person, "entreprise": person.entreprise, user: UserFactory()}

    return who


def _synthese():
    return _of("made_by")() | {"confirmed_by": UserFactory()}


def _texte():
    goal = ObjectifFactory()
    same = {"travailleur": goal.travailleur, "entreprise": goal.entreprise, "replaced_by": goal.recorded_by}
    return same | {"objectif": goal}


WHO = _of("recorded_by")
GIVEN_UP = {"status": "abandonne", "reason": "autre"}

CASES = [
    Case(
        "objectif_reason_iff_given_up",
        ObjectifFactory,
        {"status": "abandonne", "closed_on": DAY},
        GIVEN_UP | {"closed_on": DAY},
        WHO,
    ),
    Case("objectif_reason_iff_given_up", ObjectifFactory, {"reason": "autre"}, first=WHO),
    Case(
        "objectif_closed_iff_day",
        ObjectifFactory,
        {"status": "realise"},
        {"status": "realise", "closed_on": DAY},
        WHO,
    ),
    Case("objectif_closed_iff_day", ObjectifFactory, {"closed_on": DAY}, first=WHO),
    Case(
        "objectif_closed_after_opened",
        ObjectifFactory,
        {"status": "realise", "closed_on": dt.date(2026, 1, 11)},
        {"status": "realise", "closed_on": dt.date(2026, 1, 12)},
        WHO,
    ),
    Case(
        "objectif_review_after_opened",
        ObjectifFactory,
        {"review_on": dt.date(2026, 1, 11)},
        {"review_on": dt.date(2026, 1, 12)},
        WHO,
    ),
    Case(
        "demarche_reason_iff_given_up",
        DemarcheFactory,
        {"status": "abandonne", "done_on": DAY},
        GIVEN_UP | {"done_on": DAY},
        WHO,
    ),
    Case("demarche_closed_iff_day", DemarcheFactory, {"status": "realise"}, {"status": "realise", "done_on": DAY}, WHO),
    Case("ancientexte_of_one_thing", AncienTexteFactory, {"objectif": None}, {}, _texte),
    Case("synthese_confirmed_by_iff_at", SyntheseFactory, {}, {"confirmed_at": MOMENT}, _synthese),
    Case(
        "synthese_confirmed_after_made",
        SyntheseFactory,
        {"confirmed_at": BEFORE},
        {"confirmed_at": MOMENT},
        _synthese,
    ),
]
