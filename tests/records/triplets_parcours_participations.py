"""The cases of the constraints of the part in the management."""

import datetime as dt

import factory

from tests.records.factories import EntrepriseInsertionFactory, TravailleurFactory
from tests.records.factories_sorties import ParticipationFactory, PartPriseFactory
from tests.records.triplets_frais import Case

ANOTHER = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))


def _tenant():
    return {"entreprise": EntrepriseInsertionFactory()}


def _took_part():
    row = PartPriseFactory()
    return {"participation": row.participation, "travailleur": row.travailleur, "entreprise": row.entreprise}


CASES = [
    Case(
        "participation_other_is_named",
        ParticipationFactory,
        {"organ": "autre"},
        {"organ": "autre", "organ_name": "Comité de lecture"},
        _tenant,
    ),
    Case(
        "participation_cancelled_with_reason",
        ParticipationFactory,
        {"cancelled_on": dt.date(2026, 6, 12)},
        {"annulee": True},
        _tenant,
    ),
    Case("participation_cancelled_with_reason", ParticipationFactory, {"cancel_reason": "Erreur."}, {}, _tenant),
    Case("partprise_once", PartPriseFactory, {}, {"travailleur": ANOTHER}, _took_part),
]
