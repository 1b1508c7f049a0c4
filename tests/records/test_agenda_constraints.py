"""Each rule of the agenda's rows, three times: holds, refused by the database, said in French."""

import datetime as dt

import pytest

from clefdevoute.records.foundation.ids import uuid7
from tests.records import triplets_frais as triplets
from tests.records.factories import AccompagnateurFactory, UserFactory
from tests.records.factories_agenda import (
    NOTED,
    ConvocationFactory,
    CourrielFactory,
    EmpechementFactory,
    FluxAgendaFactory,
    PresenceFactory,
    RendezVousFactory,
    SeanceFactory,
    at,
)
from tests.records.triplets_feuilles import CASES as FEUILLES
from tests.records.triplets_frais import Case

pytestmark = pytest.mark.django_db


def _rdv():
    """Share a person and an accompagnateur, and leave another appointment to be postponed to."""
    other = RendezVousFactory(starts_at=at("2026-04-01 10:00"))
    return {"travailleur": other.travailleur, "entreprise": other.entreprise, "accompagnateur": other.accompagnateur}


def _rdv_to():
    shared = _rdv()
    return shared | {"postponed_to": RendezVousFactory(**shared, starts_at=at("2026-04-02 10:00"))}


def _taken():
    shared = _rdv()
    RendezVousFactory(**shared)
    return shared


def _seance():
    other = SeanceFactory(starts_at=at("2026-04-01 10:00"))
    return {"entreprise": other.entreprise, "accompagnateur": other.accompagnateur}


def _seance_to():
    shared = _seance()
    return shared | {"postponed_to": SeanceFactory(**shared, starts_at=at("2026-04-02 10:00"))}


def _placed():
    row = PresenceFactory()
    return {"seance": row.seance, "entreprise": row.entreprise, "travailleur": row.travailleur}


def _impeded():
    row = EmpechementFactory()
    return {"travailleur": row.travailleur, "entreprise": row.entreprise}


def _person():
    row = PresenceFactory()
    return {"travailleur": row.travailleur, "entreprise": row.entreprise}


def _fed():
    row = FluxAgendaFactory(token_hash="a" * 64)
    return {"accompagnateur": row.accompagnateur, "entreprise": row.entreprise}


def _feedable():
    row = AccompagnateurFactory(user=UserFactory())
    return {"accompagnateur": row, "entreprise": row.entreprise}


def _other_feed():
    FluxAgendaFactory(token_hash="a" * 64)
    return _feedable()


def _written():
    return {"entreprise": CourrielFactory().entreprise}


def _convoked():
    row = RendezVousFactory()
    return {"rendez_vous": row, "entreprise": row.entreprise, "made_by": UserFactory()}


def _convoked_by_mail():
    shared = _convoked()
    return shared | {"courriel": CourrielFactory(entreprise=shared["entreprise"])}


SELF = {"id": (OWN := uuid7()), "postponed_to_id": OWN, "status": "reporte", "settled_at": NOTED}
POSTPONED = {"status": "reporte", "settled_at": NOTED}


def _moment_cases(prefix, make, shared, shared_to):
    return [
        Case(f"{prefix}_duration_bounds", make, {"duration_min": 4}, {"duration_min": 5}, shared),
        Case(f"{prefix}_duration_bounds", make, {"duration_min": 601}, {"duration_min": 600}, shared),
        Case(f"{prefix}_postponed_to_another", make, POSTPONED, {}, shared),
        Case(f"{prefix}_postponed_to_another", make, {}, POSTPONED, shared_to),
        Case(f"{prefix}_not_postponed_to_itself", make, SELF, {}, shared),
        Case(
            f"{prefix}_cancelled_with_reason",
            make,
            {"status": "annule", "settled_at": NOTED},
            {"status": "annule", "settled_at": NOTED, "cancel_reason": "travailleur"},
            shared,
        ),
        Case(f"{prefix}_cancelled_with_reason", make, {"cancel_reason": "travailleur"}, {}, shared),
        Case(f"{prefix}_settled_with_its_moment", make, {"status": "realise"}, {}, shared),
        Case(f"{prefix}_settled_with_its_moment", make, {"settled_at": NOTED}, {}, shared),
    ]


CASES = [
    *FEUILLES,
    *_moment_cases("rendezvous", RendezVousFactory, _rdv, _rdv_to),
    *_moment_cases("seance", SeanceFactory, _seance, _seance_to),
    Case("rendezvous_one_at_a_time", RendezVousFactory, {}, {"starts_at": at("2026-03-10 10:05")}, _taken),
    Case(
        "rendezvous_booked_unless_held",
        RendezVousFactory,
        {"booked_at": None},
        {"booked_at": None, "status": "realise", "settled_at": NOTED},
        _rdv,
    ),
    Case("seance_has_a_title", SeanceFactory, {"title": ""}, {}, _seance),
    Case("presence_once_per_seance", PresenceFactory, {}, {"seance": None}, _placed),
    Case(
        "empechement_dates_in_order",
        EmpechementFactory,
        {"returns_on": dt.date(2026, 2, 1)},
        {"returns_on": dt.date(2026, 2, 2)},
        _person,
    ),
    Case("empechement_one_per_start", EmpechementFactory, {}, {"withdrawn_at": NOTED}, _impeded),
    Case("flux_token_unique", FluxAgendaFactory, {"token_hash": "a" * 64}, {"token_hash": "b" * 64}, _other_feed),
    Case("flux_one_open_per_accompagnateur", FluxAgendaFactory, {}, {"revoked_at": NOTED}, _fed),
    Case(
        "flux_revoked_after_created",
        FluxAgendaFactory,
        {"revoked_at": NOTED - dt.timedelta(minutes=1)},
        {"revoked_at": NOTED},
        _feedable,
    ),
    Case("courriel_has_words", CourrielFactory, {"body": ""}, {}, _written),
    Case("courriel_gone_with_its_moment", CourrielFactory, {"state": "parti"}, {}, _written),
    Case("courriel_gone_with_its_moment", CourrielFactory, {"handed_at": NOTED}, {"state": "echec"}, _written),
    Case("convocation_for_one_thing", ConvocationFactory, {"rendez_vous": None}, {}, _convoked),
    Case("convocation_by_mail_has_its_mail", ConvocationFactory, {"channel": "courriel"}, {}, _convoked),
    Case("convocation_by_mail_has_its_mail", ConvocationFactory, {}, {"channel": "courriel"}, _convoked_by_mail),
]
NEEDS_ANOTHER = {"presence_once_per_seance"}
"""Good rows that stand elsewhere: the place at another séance is made by its own factory."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_right_row_comes_in(case):
    if case.name in NEEDS_ANOTHER:
        PresenceFactory()
    else:
        triplets.holds(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_database_keeps_the_wrong_row_out(case):
    triplets.refused_by_the_database(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_refusal_is_a_french_sentence(case):
    triplets.explained_in_french(case)


def test_no_constraint_is_forgotten():
    assert {case.name for case in CASES} == triplets.constraints_of("agenda")
