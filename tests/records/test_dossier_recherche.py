"""Search in sealed words: only what the reader may open, accents forgiven, no index."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.suivi.models import NotePartagee, NotePrivee, NoteSante
from clefdevoute.records.suivi.recherche import passages
from tests.records.factories import NOW, EntrepriseInsertionFactory, TravailleurFactory, UserFactory, actor
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory
from tests.records.factories_entretiens import EntretienFactory
from tests.records.factories_suivi import SuiviParFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return TravailleurFactory()


@pytest.fixture
def helene(person):
    return actor(Role.ACCOMPAGNATEUR, person.entreprise)


DAYS = itertools.count()


def interview(person):
    """Hold an interview on a day of its own."""
    return EntretienFactory(travailleur=person, rendez_vous__starts_at=NOW - dt.timedelta(days=next(DAYS)))


def note(person, text, model=NotePartagee, **given):
    values = {"entretien": None, "author": None, "version": 1} | given
    return model.objects.create(
        entreprise=person.entreprise,
        travailleur=person,
        text=text,
        written_at=NOW,
        entretien=values["entretien"] or interview(person),
        author=values["author"] or UserFactory(),
        version=values["version"],
    )


@pytest.mark.parametrize("typed", ["crèche", "CRECHE", "creche", "  place   creche ", "crêch"])
def test_accents_case_and_order_are_forgiven(person, helene, typed):
    note(person, "Elle cherche une place en crèche avant l’été.")
    found = passages(helene, typed)
    assert [(one.travailleur_id, one.label) for one in found] == [(person.pk, "Note d’entretien")]


def test_every_word_must_be_in_the_same_note(person, helene):
    note(person, "Une place en crèche.")
    note(person, "Le permis de conduire.")
    assert passages(helene, "crèche permis") == []
    assert len(passages(helene, "place crèche")) == 1


@pytest.mark.parametrize("typed", ["", "a", "%", "\0", "[.*", "((", "\\", "é" * 300])
def test_an_odd_word_finds_nothing_and_breaks_nothing(person, helene, typed):
    note(person, "Une place en crèche [.*.")
    assert passages(helene, typed) == []


def test_objectives_actions_and_wishes_are_searched_with_a_few_words_around(person, helene):
    ObjectifFactory(travailleur=person, title="Devenir responsable", wish="J’aimerais coudre des voiles de bateau")
    DemarcheFactory(travailleur=person, text="Appeler la voilerie de Hautpont " + "puis attendre " * 30)
    first, second = sorted(passages(helene, "voile"), key=lambda one: one.label)
    assert (first.label, first.found) == ("Démarche", "voile")
    assert first.after.endswith("…")
    assert "coudre des" in second.before


def test_a_corrected_note_is_found_by_its_last_words_only(person, helene):
    held, author = interview(person), UserFactory()
    note(person, "Elle veut un potager.", author=author, entretien=held)
    note(person, "Elle veut un verger.", author=author, version=2, entretien=held)
    assert passages(helene, "potager") == []
    assert len(passages(helene, "verger")) == 1


def test_a_private_note_is_found_by_its_author_alone_and_health_by_nobody(person, helene):
    mine = UserFactory._meta.model.objects.get(pk=helene.user_id)
    note(person, "À ne pas dire : zinzolin", NotePrivee, author=mine)
    note(person, "Autre : zinzolin", NotePrivee)
    note(person, "Traitement : zinzolin", NoteSante, author=mine)
    assert [one.label for one in passages(helene, "zinzolin")] == ["Votre note privée"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOMPAGNATEUR])
def test_no_other_role_finds_a_word(person, role):
    note(person, "Une place en crèche.")
    ObjectifFactory(travailleur=person)
    assert passages(actor(role, person.entreprise), "crèche") == []


def test_neither_a_neighbour_nor_an_unassigned_colleague_finds_a_word(person, helene):
    note(person, "Une place en crèche.")
    assert passages(actor(Role.ACCOMPAGNATEUR, EntrepriseInsertionFactory()), "crèche") == []
    person.entreprise.assigned_only = True
    person.entreprise.save()
    assert passages(helene, "crèche") == []
    own = SuiviParFactory(travailleur=person, accompagnateur__user_id=helene.user_id)
    assert own.accompagnateur.user_id == helene.user_id
    assert len(passages(helene, "crèche")) == 1


def test_many_notes_are_read_in_as_many_questions_as_one(helene, person):
    """How long 2.400 notes take is measured by ``bench/recherche.py``."""
    note(person, "Un logement.")
    passages(helene, "logement")
    with CaptureQueriesContext(connection) as few:
        passages(helene, "logement")
    for _ in range(12):
        other = TravailleurFactory(entreprise=person.entreprise)
        note(other, "Elle cherche un logement plus près de l’atelier.")
        DemarcheFactory(travailleur=other, text="Visiter un logement")
    with CaptureQueriesContext(connection) as many:
        assert len(passages(helene, "logement")) == 25
    assert len(many) == len(few) <= 5
