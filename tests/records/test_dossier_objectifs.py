"""Objectives and actions: who may write them, what a change leaves behind, what nobody can rewrite."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent, Change
from clefdevoute.records.suivi.actions import demarches, objectifs
from clefdevoute.records.suivi.models import (
    AncienTexte,
    AucuneDemarche,
    Demarche,
    HistoriqueDemarche,
    HistoriqueObjectif,
    Objectif,
)
from tests.records.factories import EntrepriseInsertionFactory, TravailleurFactory, actor
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def person():
    return TravailleurFactory()


@pytest.fixture
def helene(person):
    return actor(Role.ACCOMPAGNATEUR, person.entreprise)


def fix(person, by, now, **more):
    given = {"title": "Obtenir une place en crèche", "horizon": "court"} | more
    return objectifs.create_objectif(travailleur=person, by=by, now=now, **given)


def promise(person, by, now, **more):
    given = {"text": "Visiter la crèche", "kind": "sociale"} | more
    return demarches.create_demarche(travailleur=person, by=by, now=now, **given)


@pytest.mark.parametrize(
    ("horizon", "review"), [("court", "2027-02-22"), ("moyen", "2027-05-22"), ("long", "2027-11-22")]
)
def test_without_a_date_an_objective_is_reviewed_after_its_horizon(person, helene, now, horizon, review):
    assert fix(person, helene, now, horizon=horizon).review_on == dt.date.fromisoformat(review)


def test_each_change_of_an_objective_is_a_line_of_history_as_it_stood_afterwards(person, helene, now):
    row = fix(person, helene, now)
    row = objectifs.change_objectif(objectif=row, by=helene, now=now, status="en_cours")
    row = objectifs.change_objectif(objectif=row, by=helene, now=now, review_on=dt.date(2027, 3, 1))
    row = objectifs.change_objectif(objectif=row, by=helene, now=now, title="Trouver une garde")
    row = objectifs.change_objectif(objectif=row, by=helene, now=now, status="abandonne", reason="impossible")
    row = objectifs.reopen_objectif(objectif=row, by=helene, now=now)
    told = HistoriqueObjectif.objects.filter(objectif=row).order_by("id").values_list("what", "status", "reason")
    assert list(told) == [
        ("cree", "a_demarrer", ""),
        ("statut", "en_cours", ""),
        ("echeance", "en_cours", ""),
        ("texte", "en_cours", ""),
        ("statut", "abandonne", "impossible"),
        ("rouvert", "en_cours", ""),
    ]
    assert row.closed_on is None
    assert [kept.words for kept in AncienTexte.objects.filter(objectif=row)] == ["Obtenir une place en crèche"]


def test_saying_the_same_again_leaves_no_line(person, helene, now):
    row = fix(person, helene, now)
    objectifs.change_objectif(objectif=row, by=helene, now=now, status="a_demarrer", title=row.title)
    done = promise(person, helene, now, done_on=dt.date(2026, 11, 20))
    demarches.close_demarche(demarche=done, by=helene, now=now)
    done.refresh_from_db()
    assert done.done_on == dt.date(2026, 11, 20)
    assert HistoriqueObjectif.objects.count() == HistoriqueDemarche.objects.count() == 1


def test_closing_asks_its_reason_and_a_day_that_has_come(person, helene, now):
    row = fix(person, helene, now)
    with pytest.raises(RowRefused, match="motif"):
        objectifs.change_objectif(objectif=row, by=helene, now=now, status="abandonne")
    with pytest.raises(RowRefused, match="à venir"):
        objectifs.change_objectif(objectif=row, by=helene, now=now, status="realise", closed_on=dt.date(2026, 11, 23))
    with pytest.raises(RowRefused, match="avant d’avoir été fixé"):
        objectifs.change_objectif(objectif=row, by=helene, now=now, status="realise", closed_on=dt.date(2026, 11, 21))
    done = objectifs.change_objectif(objectif=row, by=helene, now=now, status="realise")
    assert (done.closed_on, done.reason) == (TODAY, "")
    assert HistoriqueObjectif.objects.count() == 2


@pytest.mark.parametrize("words", ["", "   ", "x" * 20_001])
def test_words_must_be_there_and_be_read_by_a_person(person, helene, now, words):
    with pytest.raises(RowRefused):
        fix(person, helene, now, title=words)
    with pytest.raises(RowRefused):
        promise(person, helene, now, text=words)
    assert not Objectif.objects.exists()
    assert not Demarche.objects.exists()


def test_an_action_is_promised_moved_done_and_taken_up_again(person, helene, now):
    goal = fix(person, helene, now)
    row = promise(person, helene, now, objectif=goal, promised_for=dt.date(2026, 11, 28), par="travailleur", avec=False)
    assert row.who == "par la personne"
    row = demarches.change_demarche(demarche=row, by=helene, now=now, promised_for=dt.date(2026, 12, 5))
    row = demarches.close_demarche(demarche=row, by=helene, now=now)
    assert (row.status, row.done_on) == ("realise", TODAY)
    row = demarches.reopen_demarche(demarche=row, by=helene, now=now)
    assert (row.status, row.done_on) == ("en_cours", None)
    what = HistoriqueDemarche.objects.filter(demarche=row).order_by("id").values_list("what", flat=True)
    assert list(what) == ["cree", "echeance", "statut", "rouvert"]


def test_an_action_stands_under_an_objective_of_its_own_person_only(person, helene, now):
    other = ObjectifFactory(travailleur__entreprise=person.entreprise)
    with pytest.raises(RowRefused, match="autre personne"):
        promise(person, helene, now, objectif=other)
    row = promise(person, helene, now)
    with pytest.raises(RowRefused, match="autre personne"):
        demarches.change_demarche(demarche=row, by=helene, now=now, objectif=other)


def test_none_to_this_day_is_a_record_with_its_day(person, helene, now):
    row = demarches.note_aucune_demarche(travailleur=person, by=helene, now=now)
    assert row.noted_on == TODAY
    with pytest.raises(RowRefused, match="à venir"):
        demarches.note_aucune_demarche(travailleur=person, by=helene, now=now, noted_on=dt.date(2026, 12, 1))
    assert AucuneDemarche.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOMPAGNATEUR])
def test_no_other_role_reads_or_writes(person, now, role):
    goal, step = ObjectifFactory(travailleur=person), DemarcheFactory(travailleur=person)
    by = actor(role, person.entreprise)
    for model in (Objectif, Demarche, HistoriqueObjectif, HistoriqueDemarche, AucuneDemarche, AncienTexte):
        assert not model.objects.visible_to(by).exists()
    for write in (
        lambda: fix(person, by, now),
        lambda: promise(person, by, now),
        lambda: objectifs.change_objectif(objectif=goal, by=by, now=now, status="realise"),
        lambda: demarches.close_demarche(demarche=step, by=by, now=now),
        lambda: demarches.note_aucune_demarche(travailleur=person, by=by, now=now),
    ):
        with pytest.raises(AccessDenied):
            write()


def test_a_neighbour_and_an_unassigned_colleague_neither_read_nor_write(person, helene, now):
    goal = ObjectifFactory(travailleur=person)
    neighbour = actor(Role.ACCOMPAGNATEUR, EntrepriseInsertionFactory())
    assert Objectif.objects.visible_to(helene).get() == goal
    person.entreprise.assigned_only = True
    person.entreprise.save()
    for by in (neighbour, helene):
        assert not Objectif.objects.visible_to(by).exists()
        with pytest.raises(AccessDenied):
            objectifs.change_objectif(objectif=goal, by=by, now=now, status="realise")


@pytest.mark.parametrize("model", [HistoriqueObjectif, HistoriqueDemarche, AucuneDemarche])
def test_history_is_written_once(person, helene, now, model):
    fix(person, helene, now)
    promise(person, helene, now)
    demarches.note_aucune_demarche(travailleur=person, by=helene, now=now)
    row = model.objects.get()
    for rewrite in (row.save, row.delete, lambda: model.objects.update(entreprise_id=row.entreprise_id)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite()
    assert model.objects.count() == 1


def test_words_are_sealed_in_the_base_and_absent_from_the_journal(person, helene, now):
    row = fix(person, helene, now, wish="Je veux travailler plus")
    objectifs.change_objectif(objectif=row, by=helene, now=now, title="Trouver une garde", status="en_cours")
    promise(person, helene, now)
    with connection.cursor() as cursor:
        for table in ("suivi_objectif", "suivi_demarche", "suivi_ancientexte"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = b" ".join(bytes(cell) for line in cursor for cell in line if isinstance(cell, (bytes, memoryview)))
            assert b"cr\xc3\xa8che" not in stored
            assert b"garde" not in stored
    assert {change.field for change in Change.objects.all()} >= {"title", "status"}
    assert not [c for c in Change.objects.all() if "garde" in f"{c.old}{c.new}" or "crèche" in f"{c.old}{c.new}"]
    assert {event.event for event in AuditEvent.objects.all()} == {
        "suivi.objectif_fixe",
        "suivi.objectif_change",
        "suivi.demarche_notee",
    }
