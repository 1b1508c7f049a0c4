"""What is said before a moment is fixed, and the moments that are proposed: each case a jurist can read."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.law.kernel.feries import ouvrable
from clefdevoute.records.agenda import alertes, creneaux
from clefdevoute.records.agenda.alertes import Envisage
from tests.records.factories import AccompagnateurFactory, ContratAccompagnateurFactory, EngagementFactory
from tests.records.factories_agenda import (
    EmpechementFactory,
    PresenceFactory,
    RendezVousFactory,
    SeanceFactory,
    at,
)

pytestmark = pytest.mark.django_db
NOW = at("2026-11-23 08:00")


@pytest.fixture
def nadia():
    return AccompagnateurFactory(name="Lambert")


@pytest.fixture
def sam(nadia):
    return EngagementFactory(travailleur__entreprise=nadia.entreprise).travailleur


def codes(nadia, sam, when="2026-11-24 10:00", **more):
    asked = Envisage(accompagnateur=nadia, travailleur=sam, starts_at=at(when), duration_min=60, **more)
    found = alertes.alertes(asked, now=NOW)
    assert all(one.sentence.endswith(".") for one in found)
    return [one.code for one in found]


def test_a_free_moment_of_a_working_day_under_contract_says_nothing(nadia, sam):
    assert codes(nadia, sam) == []


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("2026-12-25 10:00", "ferie"),
        ("2026-11-28 10:00", "week_end"),
        ("2026-11-23 07:59", "passe"),
        ("2023-12-01 10:00", "hors_contrat"),
    ],
)
def test_the_day_itself(nadia, sam, when, code):
    assert code in codes(nadia, sam, when)


@pytest.mark.parametrize(
    ("starts", "minutes", "clash"),
    [("09:00", 60, False), ("09:00", 61, True), ("10:30", 15, True), ("10:59", 30, True), ("11:00", 30, False)],
)
def test_two_moments_clash_when_they_share_a_minute(nadia, sam, starts, minutes, clash):
    RendezVousFactory(
        accompagnateur=nadia,
        travailleur=EngagementFactory(travailleur__entreprise=nadia.entreprise).travailleur,
        starts_at=at(f"2026-11-24 {starts}"),
        duration_min=minutes,
    )
    assert ("accompagnateur_pris" in codes(nadia, sam)) is clash


def test_what_was_cancelled_or_is_being_moved_clashes_with_nothing(nadia, sam):
    RendezVousFactory(accompagnateur=nadia, travailleur=sam, starts_at=at("2026-11-24 10:00"), annule=True)
    own = RendezVousFactory(accompagnateur=nadia, travailleur=sam, starts_at=at("2026-11-24 10:15"))
    assert codes(nadia, sam, row_id=own.pk) == []
    assert codes(nadia, sam) == ["accompagnateur_pris", "personne_prise"]


def test_seances_of_either_are_seen(nadia, sam):
    seance = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-11-24 09:00"), duration_min=90)
    PresenceFactory(seance=seance, travailleur=sam)
    assert codes(nadia, sam) == ["accompagnateur_pris", "personne_en_seance"]


def test_the_second_contract_the_end_of_functions_and_an_impediment(nadia, sam):
    ContratAccompagnateurFactory(accompagnateur=nadia, second=True, weekdays="24")
    nadia.functions_end = dt.date(2026, 11, 20)
    EmpechementFactory(travailleur=sam, starts_on=dt.date(2026, 11, 1))
    assert codes(nadia, sam) == ["fonctions", "autre_contrat", "empechement"]


def propose(nadia, sam, due="2027-01-15", **more):
    facts = {"due_on": dt.date.fromisoformat(due) if due else None, "duration_min": 60, "now": NOW} | more
    return creneaux.proposer(nadia, sam, **facts)


def test_proposals_stand_before_the_due_date_on_working_days_at_working_hours(nadia, sam):
    found = propose(nadia, sam)
    assert len(found) == 6
    assert found[0].starts_at == at("2026-11-24 09:00")
    for one in found:
        local = one.starts_at.astimezone(at("2026-11-24 09:00").tzinfo)
        assert ouvrable(local.date())
        assert dt.date(2026, 11, 24) <= local.date() <= dt.date(2027, 1, 15)
        assert dt.time(9) <= local.time() <= dt.time(15, 30)
        assert not one.late


def test_a_proposal_is_never_a_warning(nadia, sam):
    ContratAccompagnateurFactory(accompagnateur=nadia, second=True, weekdays="24")
    for hour in (9, 13):
        RendezVousFactory(accompagnateur=nadia, travailleur=sam, starts_at=at(f"2026-11-25 {hour:02d}:00"))
    SeanceFactory(accompagnateur=nadia, starts_at=at("2026-11-27 09:30"))
    for one in propose(nadia, sam, "2026-12-04"):
        asked = Envisage(accompagnateur=nadia, travailleur=sam, starts_at=one.starts_at, duration_min=60)
        assert alertes.alertes(asked, now=NOW) == ()


def test_overdue_proposes_the_next_days_and_says_that_they_are_late(nadia, sam):
    found = propose(nadia, sam, "2026-11-01")
    assert found
    assert all(one.late for one in found)
    assert found[0].starts_at == at("2026-11-24 09:00")
    assert found[-1].starts_at == at("2026-11-26 13:00")


def test_nobody_is_proposed_during_an_impediment_or_after_her_functions(nadia, sam):
    row = EmpechementFactory(travailleur=sam, starts_on=dt.date(2026, 11, 1))
    assert propose(nadia, sam) == ()
    row.returns_on = dt.date(2026, 12, 1)
    row.save()
    assert propose(nadia, sam)[0].starts_at == at("2026-12-01 09:00")
    nadia.functions_end = dt.date(2026, 11, 30)
    assert propose(nadia, sam) == ()


def test_few_queries(nadia, sam):
    with CaptureQueriesContext(connection) as done:
        propose(nadia, sam)
    assert len(done) <= 5
