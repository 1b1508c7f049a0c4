"""Finishing an interview writes everything or nothing; correcting leaves the former words."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.suivi.actions.brouillons import garder
from clefdevoute.records.suivi.actions.demarches import create_demarche
from clefdevoute.records.suivi.actions.entretiens import (
    Promesse,
    Recit,
    corriger_entretien,
    corriger_note,
    terminer,
)
from clefdevoute.records.suivi.lecture import echeances, hors_contrat, textes
from clefdevoute.records.suivi.models import Brouillon, Demarche, Entretien, NotePartagee, NotePrivee, NoteSante
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory, UserFactory, actor
from tests.records.factories_agenda import RendezVousFactory, at
from tests.records.factories_bilan import ConsentementFactory

pytestmark = pytest.mark.django_db
NOW = at("2026-11-23 15:00")
NOTES = {"partagee": "Elle tient seule le poste.", "privee": "Revenir sur son aînée.", "sante": "Elle dort mal."}


@pytest.fixture
def helene():
    """An accompagnatrice, her user, a person she follows."""
    user = UserFactory(name="Hélène Marsoul")
    row = AccompagnateurFactory(user=user)
    return actor(Role.ACCOMPAGNATEUR, row.entreprise, user=user)


@pytest.fixture
def mireille(helene):
    contract = EngagementFactory(travailleur__entreprise_id=helene.entreprise_id, starts_on=dt.date(2026, 1, 5))
    return contract.travailleur


def recit(**values):
    return replace(Recit(starts_at=at("2026-11-23 14:00"), form="face_a_face", notes=NOTES), **values)


def done(mireille, helene, **values):
    return terminer(travailleur=mireille, recit=recit(**values), by=helene, now=NOW)


def test_a_day_and_a_form_are_enough(mireille, helene):
    row = terminer(
        travailleur=mireille,
        recit=Recit(starts_at=at("2026-11-23 14:00"), form="telephone"),
        by=helene,
        now=NOW,
    )
    assert (row.rendez_vous.status, row.rendez_vous.form) == ("realise", "telephone")
    assert textes(row, helene).partagee is None
    assert RendezVous.objects.count() == 1


def test_everything_of_one_interview_is_written_at_once(mireille, helene):
    booked = RendezVousFactory(travailleur=mireille, starts_at=at("2026-11-23 14:00"))
    promised = create_demarche(travailleur=mireille, text="Demander les dates", kind="formation", by=helene, now=NOW)
    left = create_demarche(travailleur=mireille, text="Apporter l’attestation", kind="formation", by=helene, now=NOW)
    garder(
        travailleur=mireille,
        form="entretien",
        subject=booked.pk,
        content={"note_partagee": "Elle"},
        version=0,
        tab=None,
        by=helene,
        now=NOW,
    )
    row = terminer(
        travailleur=mireille,
        recit=recit(
            themes=("formation", "poste", "inconnu"),
            kept=(promised.pk,),
            promise=Promesse(text="Organiser deux demi-journées", promised_for=dt.date(2026, 12, 11)),
            next_at=at("2027-05-18 14:00"),
            place="Atelier",
        ),
        by=helene,
        now=NOW,
        rendez_vous=booked,
        draft=("entretien", booked.pk),
    )
    booked.refresh_from_db()
    assert (booked.status, booked.place, booked.duration_min) == ("realise", "Atelier", 45)
    assert row.themes == ["poste", "formation"]
    found = textes(row, helene)
    assert (found.partagee.last.text, found.privee.last.text) == (NOTES["partagee"], NOTES["privee"])
    assert found.sante[0].last.text == NOTES["sante"]
    promised.refresh_from_db()
    left.refresh_from_db()
    assert (promised.status, left.status) == ("realise", "a_demarrer")
    new = Demarche.objects.get(entretien=row)
    assert (new.text, new.promised_for) == ("Organiser deux demi-journées", dt.date(2026, 12, 11))
    coming = RendezVous.objects.get(status="planifie")
    assert (coming.starts_at, coming.place) == (at("2027-05-18 14:00"), "Atelier")
    assert not Brouillon.objects.exists()
    assert AuditEvent.objects.filter(event="suivi.entretien_termine").count() == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"starts_at": at("2026-11-24 09:00")}, "starts_at", "à venir"),
        ({"next_at": at("2026-11-20 09:00")}, "next_at", "après maintenant"),
        ({"next_at": at("2036-11-20 09:00")}, "next_at", "trop loin"),
        ({"promise": Promesse(text="x", kind="rien")}, "action_sorte", ""),
        ({"duration_min": 2}, "", "durée"),
    ],
)
def test_a_refusal_writes_nothing_and_says_where(mireille, helene, values, field, sentence):
    with pytest.raises(RowRefused) as refusal:
        done(mireille, helene, **values)
    assert field in refusal.value.fields
    assert sentence in str(refusal.value)
    assert not Entretien.objects.exists()
    assert not NotePartagee.objects.exists()
    assert not RendezVous.objects.exists()


def test_an_appointment_of_another_day_is_postponed_to_when_it_was(mireille, helene):
    booked = RendezVousFactory(travailleur=mireille, starts_at=at("2026-11-20 14:00"))
    row = terminer(travailleur=mireille, recit=recit(), by=helene, now=NOW, rendez_vous=booked)
    booked.refresh_from_db()
    assert booked.status == "reporte"
    assert row.rendez_vous_id == booked.postponed_to_id


def test_an_absence_is_not_an_interview(mireille, helene):
    missed = RendezVousFactory(travailleur=mireille, starts_at=at("2026-11-23 14:00"), absent=True)
    with pytest.raises(RowRefused, match="absent"):
        terminer(travailleur=mireille, recit=recit(), by=helene, now=NOW, rendez_vous=missed)


def test_one_appointment_has_one_interview(mireille, helene):
    row = done(mireille, helene)
    with pytest.raises(RowRefused, match="déjà écrit"):
        terminer(travailleur=mireille, recit=recit(), by=helene, now=NOW, rendez_vous=row.rendez_vous)


def test_another_person_s_appointment_is_refused(mireille, helene):
    other = RendezVousFactory(travailleur__entreprise_id=helene.entreprise_id, starts_at=at("2026-11-23 14:00"))
    with pytest.raises(RowRefused, match="autre personne"):
        terminer(travailleur=mireille, recit=recit(), by=helene, now=NOW, rendez_vous=other)


def test_a_user_without_accompagnateur_is_told_whom_to_ask(mireille, helene):
    stranger = actor(Role.ACCOMPAGNATEUR, mireille.entreprise)
    with pytest.raises(RowRefused, match="gestionnaire"):
        done(mireille, stranger)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOMPAGNATEUR])
def test_nobody_else_writes(mireille, role):
    with pytest.raises(AccessDenied):
        done(mireille, actor(role, mireille.entreprise))


def test_a_correction_leaves_the_former_words_and_is_not_covered_up(mireille, helene):
    row = done(mireille, helene)
    corriger_note(entretien=row, box="partagee", text="Elle tient le poste.", version=1, by=helene, now=NOW)
    found = textes(row, helene).partagee
    assert (found.last.version, found.last.text) == (2, "Elle tient le poste.")
    assert [note.text for note in found.former] == [NOTES["partagee"]]
    with pytest.raises(RowRefused, match="entre-temps"):
        corriger_note(entretien=row, box="partagee", text="Autre", version=1, by=helene, now=NOW)
    corriger_note(entretien=row, box="partagee", text="Elle tient le poste.", version=2, by=helene, now=NOW)
    assert NotePartagee.objects.count() == 2


def test_themes_are_corrected_with_their_trace(mireille, helene):
    row = done(mireille, helene, themes=("poste",))
    with pytest.raises(RowRefused):
        corriger_entretien(
            entretien=row,
            texts={"partagee": ("Perdu ?", 1), "privee": ("Trop tard", 7)},
            themes=("logement",),
            by=helene,
            now=NOW,
        )
    assert textes(row, helene).partagee.last.text == NOTES["partagee"]
    changed = corriger_entretien(entretien=row, texts={}, themes=("logement", "poste"), by=helene, now=NOW)
    assert changed.themes == ["poste", "logement"]
    assert AuditEvent.objects.filter(event="suivi.entretien_corrige").count() == 1


def test_a_colleague_reads_the_shared_note_alone(mireille, helene):
    row = done(mireille, helene)
    colleague = actor(Role.ACCOMPAGNATEUR, mireille.entreprise)
    found = textes(row, colleague)
    assert found.partagee.last.text == NOTES["partagee"]
    assert (found.privee, found.sante) == (None, ())
    for role in set(Role) - {Role.ACCOMPAGNATEUR}:
        other = actor(role, mireille.entreprise)
        for table in (Entretien, NotePartagee, NotePrivee, NoteSante, Brouillon):
            assert not table.objects.visible_to(other).exists()
    neighbour = actor(Role.ACCOMPAGNATEUR, TravailleurFactory().entreprise)
    assert not NotePartagee.objects.visible_to(neighbour).exists()


@pytest.mark.parametrize(
    ("consent", "day", "opened"),
    [
        ({"sante": True}, dt.date(2026, 11, 23), True),
        ({"sante": True, "withdrawn_on": dt.date(2026, 2, 1)}, dt.date(2026, 11, 23), False),
        ({"sante": True}, dt.date(2028, 1, 13), False),
        ({"sante": True}, None, False),
        ({"donne": True}, dt.date(2026, 11, 23), False),
        ({"purpose": "sante_equipe"}, dt.date(2026, 11, 23), False),
    ],
)
def test_health_opens_to_the_team_only_while_the_person_agrees(mireille, helene, consent, day, opened):
    row = done(mireille, helene)
    ConsentementFactory(travailleur=mireille, **consent)
    colleague = replace(actor(Role.ACCOMPAGNATEUR, mireille.entreprise), on=day)
    found = textes(row, colleague)
    assert bool(found.sante) is opened
    assert found.privee is None
    manager = replace(actor(Role.GESTIONNAIRE, mireille.entreprise), on=day)
    assert not NoteSante.objects.visible_to(manager).exists()


def test_not_a_word_stands_readable_in_the_database_nor_in_the_journal(mireille, helene):
    done(mireille, helene)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            held = repr([[bytes(v) if isinstance(v, memoryview) else v for v in line] for line in cursor.fetchall()])
            for text in NOTES.values():
                assert text not in held, table


def test_the_law_says_where_the_due_date_goes(mireille):
    today = dt.date(2026, 11, 23)
    found = echeances(mireille, today, as_of=today)
    assert (found.actuelle, found.si_face_a_face) == (dt.date(2026, 7, 5), dt.date(2027, 5, 23))
    other = EngagementFactory(travailleur__entreprise=mireille.entreprise, statut="autre").travailleur
    assert echeances(other, today, as_of=today).si_face_a_face is None


def test_a_day_outside_the_contract_is_noticed(mireille):
    assert not hors_contrat(mireille, dt.date(2026, 11, 23))
    assert hors_contrat(mireille, dt.date(2025, 12, 31))
