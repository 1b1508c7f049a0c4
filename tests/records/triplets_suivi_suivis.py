"""The cases of the constraints of ``SuiviPar``."""

import datetime as dt

from tests.records.factories_suivi import SuiviParFactory
from tests.records.triplets_frais import Case

FIRST, BEFORE = dt.date(2024, 1, 8), dt.date(2024, 1, 7)


def _followed():
    row = SuiviParFactory()
    return {"travailleur": row.travailleur, "accompagnateur": row.accompagnateur, "entreprise": row.entreprise}


def _ended():
    row = SuiviParFactory(ends_on=dt.date(2024, 6, 30))
    return {"travailleur": row.travailleur, "accompagnateur": row.accompagnateur, "entreprise": row.entreprise}


CASES = [
    Case("suivi_par_one_referent", SuiviParFactory, {"starts_on": dt.date(2025, 1, 1)}, {"releve": True}, _followed),
    Case("suivi_par_one_per_start", SuiviParFactory, {}, {"starts_on": dt.date(2024, 7, 1)}, _ended),
    Case(
        "suivi_par_dates_in_order", SuiviParFactory, {"ends_on": dt.date(2024, 1, 7)}, {"ends_on": dt.date(2024, 1, 8)}
    ),
    Case("suivi_par_releve_has_end", SuiviParFactory, {"kind": "releve"}, {"releve": True}),
]
