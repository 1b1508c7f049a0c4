"""Appointments as they live: fixed, held, missed, postponed, cancelled, corrected; nothing is ever deleted."""

import datetime as dt

import pytest

from clefdevoute.records.agenda.actions import rendez_vous as actions
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent, Change
from tests.records.factories import AccompagnateurFactory, EntrepriseInsertionFactory, TravailleurFactory, actor
from tests.records.factories_agenda import at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-23 12:00")


@pytest.fixture
def nadia():
    return AccompagnateurFactory()


@pytest.fixture
def sam(nadia):
    return TravailleurFactory(entreprise=nadia.entreprise)


@pytest.fixture(params=[Role.ACCOMPAGNATEUR, Role.SECRETARIAT])
def who(request, nadia):
    return actor(request.param, nadia.entreprise)


def book(sam, nadia, who, when="2026-11-23 10:00", **fields):
    return actions.fixer_rendez_vous(
        travailleur=sam, accompagnateur=nadia, starts_at=at(when), by=who, now=NOW, **fields
    )


def events(row):
    return list(AuditEvent.objects.filter(entreprise_id=row.entreprise_id).order_by("sequence").values_list("event"))


def test_booked_then_held(sam, nadia, who):
    row = book(sam, nadia, who, place="  Bureau 2 ")
    assert (row.status, row.place, row.booked_at, row.settled_at) == ("planifie", "Bureau 2", NOW, None)
    actions.noter_issue(rendez_vous=row, status="realise", by=who, now=NOW)
    row.refresh_from_db()
    assert (row.status, row.settled_at) == ("realise", NOW)
    assert events(row) == [("agenda.rendez_vous_fixe",), ("agenda.issue_notee",)]
    with pytest.raises(AccessDenied, match="déjà notée"):
        actions.noter_issue(rendez_vous=row, status="absent", by=who, now=NOW)


@pytest.mark.parametrize("status", ["realise", "absent"])
def test_a_day_to_come_is_neither_held_nor_missed(sam, nadia, who, status):
    row = book(sam, nadia, who, "2026-11-24 10:00")
    with pytest.raises(RowRefused, match="avant ce jour"):
        actions.noter_issue(rendez_vous=row, status=status, by=who, now=NOW)
    row.refresh_from_db()
    assert row.status == "planifie"


@pytest.mark.parametrize("status", ["excuse", "refuse"])
def test_an_excuse_and_a_refusal_may_come_before_the_day(sam, nadia, who, status):
    row = book(sam, nadia, who, "2026-11-24 10:00")
    assert actions.noter_issue(rendez_vous=row, status=status, by=who, now=NOW).status == status


def test_later_on_the_same_day_it_may_already_be_held(sam, nadia, who):
    row = book(sam, nadia, who, "2026-11-23 18:00")
    assert actions.noter_issue(rendez_vous=row, status="realise", by=who, now=NOW).status == "realise"


def test_held_otherwise_than_planned(sam, nadia, who):
    row = book(sam, nadia, who)
    actions.noter_issue(rendez_vous=row, status="realise", form="telephone", by=who, now=NOW)
    row.refresh_from_db()
    assert row.form == "telephone"


def test_postponing_keeps_the_old_row_and_leads_to_the_new_one(sam, nadia, who):
    old = book(sam, nadia, who, place="Bureau")
    new = actions.reporter_rendez_vous(rendez_vous=old, starts_at=at("2026-11-30 10:00"), by=who, now=NOW)
    old.refresh_from_db()
    assert (old.status, old.postponed_to, old.starts_at) == ("reporte", new, at("2026-11-23 10:00"))
    assert (new.status, new.place, new.accompagnateur) == ("planifie", "Bureau", nadia)
    assert RendezVous.objects.of(sam.entreprise_id).count() == 2
    with pytest.raises(AccessDenied, match="n’est plus planifié"):
        actions.reporter_rendez_vous(rendez_vous=old, starts_at=at("2026-12-01 10:00"), by=who, now=NOW)


def test_postponing_to_the_same_moment_is_no_postponement(sam, nadia, who):
    old = book(sam, nadia, who)
    with pytest.raises(RowRefused, match="même moment"):
        actions.reporter_rendez_vous(rendez_vous=old, starts_at=old.starts_at, by=who, now=NOW)


def test_cancelling_wants_a_reason_of_the_list_and_keeps_the_row(sam, nadia, who):
    row = book(sam, nadia, who)
    with pytest.raises(RowRefused, match="pourquoi"):
        actions.annuler_rendez_vous(rendez_vous=row, reason="sa mère est malade", by=who, now=NOW)
    actions.annuler_rendez_vous(rendez_vous=row, reason="travailleur", by=who, now=NOW)
    row.refresh_from_db()
    assert (row.status, row.cancel_reason) == ("annule", "travailleur")


def test_a_correction_leaves_its_trace(sam, nadia, who):
    row = book(sam, nadia, who)
    actions.noter_issue(rendez_vous=row, status="realise", by=who, now=NOW)
    actions.corriger_issue(rendez_vous=row, status="absent", by=who, now=NOW + dt.timedelta(hours=1))
    row.refresh_from_db()
    assert row.status == "absent"
    assert events(row)[-1] == ("agenda.issue_corrigee",)
    last = Change.objects.filter(subject_id=row.pk, field="status").order_by("at").last()
    assert (last.old, last.new) == ("realise", "absent")


def test_a_cancelled_one_that_was_held_after_all_is_corrected(sam, nadia, who):
    row = book(sam, nadia, who)
    actions.annuler_rendez_vous(rendez_vous=row, reason="erreur", by=who, now=NOW)
    actions.corriger_issue(rendez_vous=row, status="realise", by=who, now=NOW)
    row.refresh_from_db()
    assert (row.status, row.cancel_reason) == ("realise", "")


def test_a_meeting_held_without_booking(sam, nadia, who):
    row = actions.enregistrer_tenu(
        travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-20 09:00"), by=who, now=NOW
    )
    assert (row.status, row.booked_at) == ("realise", None)
    with pytest.raises(RowRefused, match="ne peut pas devenir une absence"):
        actions.corriger_issue(rendez_vous=row, status="absent", by=who, now=NOW)
    with pytest.raises(RowRefused, match="avant ce jour"):
        actions.enregistrer_tenu(
            travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-24 09:00"), by=who, now=NOW
        )


def test_the_details_of_a_planned_one_change_with_a_trace(sam, nadia, who):
    row = book(sam, nadia, who)
    other = AccompagnateurFactory(entreprise=nadia.entreprise)
    actions.modifier_rendez_vous(rendez_vous=row, place="Atelier", accompagnateur=other, by=who, now=NOW)
    row.refresh_from_db()
    assert (row.place, row.accompagnateur) == ("Atelier", other)
    with pytest.raises(RowRefused, match="autre entreprise"):
        actions.modifier_rendez_vous(rendez_vous=row, accompagnateur=AccompagnateurFactory(), by=who, now=NOW)
    with pytest.raises(TypeError):
        actions.modifier_rendez_vous(rendez_vous=row, starts_at=NOW, by=who, now=NOW)


def test_two_at_the_same_moment_for_one_person_are_refused_in_french(sam, nadia, who):
    book(sam, nadia, who)
    with pytest.raises(RowRefused, match="déjà un rendez-vous à ce moment-là"):
        book(sam, nadia, who)


@pytest.mark.parametrize("when", ["2062-11-23 10:00", "1926-11-23 10:00"])
def test_a_year_typed_wrongly_is_said(sam, nadia, who, when):
    with pytest.raises(RowRefused, match="vérifiez l’année"):
        book(sam, nadia, who, when)


def test_a_neighbour_neither_books_nor_is_booked(sam, nadia, who):
    stranger = actor(Role.SECRETARIAT, EntrepriseInsertionFactory())
    with pytest.raises(AccessDenied, match="n’est pas celle de votre session"):
        book(sam, nadia, stranger)
    with pytest.raises(RowRefused, match="autre entreprise"):
        book(sam, AccompagnateurFactory(), who)
    assert not RendezVous.objects.of(sam.entreprise_id).exists()
