"""Séances and their attendance, impediments, feeds: what is written once and what may be corrected."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.agenda.actions import empechements, flux, seances
from clefdevoute.records.agenda.models import Empechement, FluxAgenda, Presence
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent, Change
from tests.records.factories import AccompagnateurFactory, TravailleurFactory, UserFactory, actor
from tests.records.factories_agenda import SeanceFactory, at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-23 12:00")


@pytest.fixture
def nadia():
    return AccompagnateurFactory(user=UserFactory())


@pytest.fixture
def who(nadia):
    return actor(Role.ACCOMPAGNATEUR, nadia.entreprise, user=nadia.user)


def people(nadia, count):
    return TravailleurFactory.create_batch(count, entreprise=nadia.entreprise)


def planned(nadia, who, persons=(), **values):
    said = {"title": "Réunion d’équipe", "starts_at": at("2026-11-23 09:00"), "is_collective_interview": True}
    row = seances.planifier_seance(accompagnateur=nadia, by=who, now=NOW, **(said | values))
    seances.inscrire(seance=row, travailleurs=persons, by=who, now=NOW)
    return row


def test_up_to_a_hundred_persons_are_ticked_in_one_action_of_few_queries(nadia, who):
    persons = people(nadia, 100)
    row = planned(nadia, who, persons)
    ticks = {one.pk: "present" if n % 10 else "excuse" for n, one in enumerate(persons)}
    with CaptureQueriesContext(connection) as done:
        seances.pointer_presences(seance=row, statuses=ticks, by=who, now=NOW)
    assert len(done) <= 15
    row.refresh_from_db()
    assert row.status == "realise"
    assert Presence.objects.visible_to(who).filter(seance=row, status="present").count() == 90
    with pytest.raises(RowRefused, match="100 personnes au plus"):
        seances.inscrire(seance=row, travailleurs=people(nadia, 1), by=who, now=NOW)


def test_a_tick_that_changes_is_a_correction_with_its_trace(nadia, who):
    (sam,) = people(nadia, 1)
    row = planned(nadia, who, [sam])
    for status in ("present", "absent", "absent"):
        seances.pointer_presences(seance=row, statuses={sam.pk: status}, by=who, now=NOW)
    kept = Change.objects.filter(kind="agenda.presence", field="status")
    assert [(one.old, one.new) for one in kept] == [("present", "absent")]


def test_nobody_is_ticked_before_the_day_nor_without_a_place(nadia, who):
    (sam,) = people(nadia, 1)
    later = planned(nadia, who, [sam], starts_at=at("2026-11-24 09:00"))
    with pytest.raises(AccessDenied, match="au plus tôt"):
        seances.pointer_presences(seance=later, statuses={sam.pk: "present"}, by=who, now=NOW)
    empty = planned(nadia, who)
    with pytest.raises(RowRefused, match="inscrivez-les d’abord"):
        seances.pointer_presences(seance=empty, statuses={sam.pk: "present"}, by=who, now=NOW)
    seances.inscrire(seance=empty, travailleurs=[sam], by=who, now=NOW)
    with pytest.raises(RowRefused, match="n’est pas une présence"):
        seances.pointer_presences(seance=empty, statuses={sam.pk: "venu"}, by=who, now=NOW)


def test_a_second_place_for_the_same_person_is_the_same_place(nadia, who):
    (sam,) = people(nadia, 1)
    row = planned(nadia, who, [sam])
    assert seances.inscrire(seance=row, travailleurs=[sam, sam], by=who, now=NOW) == 0
    with pytest.raises(RowRefused, match="autre entreprise"):
        seances.inscrire(seance=row, travailleurs=[TravailleurFactory()], by=who, now=NOW)


def test_postponing_keeps_the_old_seance_and_takes_everybody_along(nadia, who):
    persons = people(nadia, 3)
    old = planned(nadia, who, persons, is_strategy=True)
    new = seances.reporter_seance(seance=old, starts_at=at("2026-11-30 09:00"), by=who, now=NOW)
    old.refresh_from_db()
    assert (old.status, old.postponed_to) == ("reporte", new)
    assert new.is_strategy
    assert Presence.objects.visible_to(who).filter(seance=new, status="inscrit").count() == 3
    assert Presence.objects.visible_to(who).filter(seance=old).count() == 3


def test_cancelling_and_changing(nadia, who):
    row = planned(nadia, who)
    seances.modifier_seance(seance=row, title="Stratégie 2027", is_strategy=True, by=who, now=NOW)
    row.refresh_from_db()
    assert (row.title, row.is_strategy) == ("Stratégie 2027", True)
    with pytest.raises(RowRefused, match="pourquoi"):
        seances.annuler_seance(seance=row, reason="", by=who, now=NOW)
    seances.annuler_seance(seance=row, reason="fermeture", by=who, now=NOW)
    row.refresh_from_db()
    assert row.status == "annule"
    with pytest.raises(RowRefused, match="vide"):
        planned(nadia, who, title="  ")


def test_an_impediment_is_noted_closed_and_withdrawn(nadia, who):
    (sam,) = people(nadia, 1)
    note = {"travailleur": sam, "reason": "incapacite", "by": who, "now": NOW}
    row = empechements.noter_empechement(starts_on=dt.date(2026, 9, 1), **note)
    with pytest.raises(RowRefused, match="couvre déjà ces jours"):
        empechements.noter_empechement(starts_on=dt.date(2026, 10, 1), **note)
    empechements.modifier_empechement(empechement=row, returns_on=dt.date(2026, 11, 2), by=who, now=NOW)
    assert AuditEvent.objects.filter(event="agenda.empechement_clos").exists()
    again = empechements.noter_empechement(starts_on=dt.date(2026, 11, 2), **note)
    empechements.retirer_empechement(empechement=again, by=who, now=NOW)
    assert Empechement.objects.visible_to(who).count() == 2
    with pytest.raises(AccessDenied, match="retiré"):
        empechements.modifier_empechement(empechement=again, returns_on=None, by=who, now=NOW)
    with pytest.raises(RowRefused, match="quand il a commencé"):
        empechements.noter_empechement(starts_on=dt.date(2026, 11, 24), **note)
    with pytest.raises(RowRefused, match="précède le premier jour"):
        empechements.noter_empechement(starts_on=dt.date(2026, 11, 20), returns_on=dt.date(2026, 11, 1), **note)


def test_a_feed_shows_its_key_once_and_keeps_a_hash(nadia, who):
    row, token = flux.ouvrir_flux(accompagnateur=nadia, by=who, now=NOW)
    row.refresh_from_db()
    assert token not in row.token_hash
    assert row.token_hash == flux.token_hash(token)
    assert len(token) >= 43
    _, other = flux.ouvrir_flux(accompagnateur=nadia, by=who, now=NOW)
    row.refresh_from_db()
    assert row.revoked_at == NOW
    assert other != token
    assert FluxAgenda.objects.visible_to(who).filter(revoked_at__isnull=True).count() == 1
    with pytest.raises(AccessDenied, match="par l’accompagnateur dont c’est l’agenda"):
        flux.ouvrir_flux(accompagnateur=nadia, by=actor(Role.SECRETARIAT, nadia.entreprise), now=NOW)


def test_the_attendance_of_a_neighbour_stays_out_of_reach(who):
    with pytest.raises(AccessDenied):
        seances.pointer_presences(seance=SeanceFactory(), statuses={}, by=who, now=NOW)
