"""Two entries of one name and birth date: found, joined without a deletion, kept apart, and parted again."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.personnes import facts
from clefdevoute.records.personnes.actions import doublons
from clefdevoute.records.personnes.actions.registre import complete_contact
from clefdevoute.records.personnes.doublons import homonymes, joined_to
from clefdevoute.records.personnes.models import Engagement, Homonymie, Travailleur
from clefdevoute.records.suivi.models import AucuneDemarche, Demarche, Objectif
from tests.records import triplets_frais as triplets
from tests.records.factories import (
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    UserFactory,
    actor,
)
from tests.records.factories_dossier import (
    AucuneDemarcheFactory,
    DemarcheFactory,
    HomonymieFactory,
    ObjectifFactory,
)
from tests.records.factories_suivi import SuiviParFactory

pytestmark = pytest.mark.django_db
BORN = dt.date(1994, 9, 4)


def _alone():
    """One entry, set beside itself by the bad row."""
    row = TravailleurFactory()
    return {"kept": row, "entreprise": row.entreprise}


@pytest.mark.parametrize(
    "proof",
    [triplets.holds, triplets.refused_by_the_database, triplets.explained_in_french],
    ids=lambda one: one.__name__,
)
def test_a_decision_is_about_two_entries(proof):
    shared = _alone() | {"decided_by": UserFactory()}
    rule = "homonymie_of_two_entries"
    proof(triplets.Case(rule, HomonymieFactory, {"other": shared["kept"]}, {}, lambda: shared))


@pytest.fixture
def samira():
    return TravailleurFactory(name="Boisclair", first_name="Samira", birth_date=BORN)


def twin_of(person, **more):
    given = {"name": "BOISCLAIR", "first_name": "Samïra", "birth_date": BORN, "entreprise": person.entreprise} | more
    return TravailleurFactory(**given)


@pytest.fixture
def helene(samira):
    return actor(Role.ACCOMPAGNATEUR, samira.entreprise)


def test_the_same_name_and_birth_date_are_found_whatever_the_accents(samira):
    twin = twin_of(samira)
    twin_of(samira, birth_date=dt.date(1994, 9, 5))
    twin_of(samira, entreprise=EntrepriseInsertionFactory())
    assert [(one.autre, one.pending) for one in homonymes(samira)] == [(twin, True)]
    assert homonymes(TravailleurFactory(birth_date=None)) == []


@pytest.mark.parametrize("change", [{"name": "Maes"}, {"birth_date": dt.date(1994, 9, 5)}, {"birth_date": None}])
def test_two_strangers_are_never_joined(samira, helene, now, change):
    stranger = twin_of(samira, **change)
    goal = ObjectifFactory(travailleur=stranger)
    with pytest.raises(RowRefused, match="ne se joignent pas"):
        doublons.join_persons(kept=samira, other=stranger, by=helene, now=now)
    goal.refresh_from_db()
    assert goal.travailleur_id == stranger.pk
    assert not Homonymie.objects.of(samira.entreprise_id).exists()


def test_joining_moves_every_row_and_deletes_none(samira, helene, now):
    twin = twin_of(samira)
    EngagementFactory(travailleur=samira)
    EngagementFactory(travailleur=twin, starts_on=dt.date(2025, 1, 1))
    ObjectifFactory(travailleur=twin)
    DemarcheFactory(travailleur=twin)
    AucuneDemarcheFactory(travailleur=twin)
    doublons.join_persons(kept=samira, other=twin, by=helene, now=now)
    assert Travailleur.objects.count() == 2
    for model in (Engagement, Objectif, Demarche):
        assert {row.travailleur_id for row in model.objects.all()} == {samira.pk}, model
    assert AucuneDemarche.objects.get().travailleur_id == twin.pk, "ce qui s’écrit une fois reste où il fut écrit"
    assert Objectif.objects.get().title == "Obtenir une place en crèche", "le texte scellé s’ouvre toujours"
    assert joined_to(samira) == [twin.pk]
    assert homonymes(samira)[0].joined


def test_a_person_entered_twice_counts_once_after_joining(samira, helene, now):
    twin = twin_of(samira)
    EngagementFactory(travailleur=samira)
    EngagementFactory(travailleur=twin, starts_on=dt.date(2025, 1, 1))
    who = {one.personne for one in facts.engagement_facts(samira.entreprise_id, as_of=now.date())}
    assert len(who) == 2
    doublons.join_persons(kept=samira, other=twin, by=helene, now=now)
    who = {one.personne for one in facts.engagement_facts(samira.entreprise_id, as_of=now.date())}
    assert who == {samira.number}


def test_parting_again_gives_each_entry_its_own_rows_back(samira, helene, now):
    twin = twin_of(samira)
    own, moved = ObjectifFactory(travailleur=samira), ObjectifFactory(travailleur=twin)
    doublons.join_persons(kept=samira, other=twin, by=helene, now=now)
    later = DemarcheFactory(travailleur=samira)
    doublons.keep_apart(one=samira, other=twin, by=helene, now=now + dt.timedelta(days=1))
    for row, person in ((own, samira), (moved, twin), (later, samira)):
        row.refresh_from_db()
        assert row.travailleur_id == person.pk
    assert joined_to(samira) == []
    assert [one.pending for one in homonymes(twin)] == [False]


def test_a_row_whose_twin_already_stands_there_stays_where_it_is(samira, helene, now):
    twin = twin_of(samira)
    SuiviParFactory(travailleur=samira)
    double = SuiviParFactory(travailleur=twin)
    doublons.join_persons(kept=samira, other=twin, by=helene, now=now)
    double.refresh_from_db()
    assert double.travailleur_id == twin.pk


def test_a_decision_is_traced_once_and_never_rewritten(samira, helene, now):
    twin = twin_of(samira)
    doublons.keep_apart(one=samira, other=twin, by=helene, now=now)
    with pytest.raises(RowRefused, match="déjà décidé"):
        doublons.keep_apart(one=twin, other=samira, by=helene, now=now)
    with pytest.raises(RowRefused, match="elle-même"):
        doublons.join_persons(kept=samira, other=samira, by=helene, now=now)
    row = Homonymie.objects.get()
    assert (row.decided_by_id, row.decided_at) == (helene.user_id, now)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ACCOMPAGNATEUR, Role.GESTIONNAIRE}))
def test_nobody_else_decides_or_completes_a_contact(samira, now, role):
    by = actor(role, samira.entreprise)
    with pytest.raises(AccessDenied):
        doublons.join_persons(kept=samira, other=twin_of(samira), by=by, now=now)
    with pytest.raises(AccessDenied):
        complete_contact(travailleur=samira, by=by, now=now, phone="1")


def test_persons_of_two_enterprises_are_never_joined(samira, helene, now):
    with pytest.raises(AccessDenied, match="même entreprise"):
        doublons.join_persons(
            kept=samira, other=twin_of(samira, entreprise=EntrepriseInsertionFactory()), by=helene, now=now
        )


def test_her_accompagnateur_completes_how_a_person_is_reached_and_nothing_else(samira, helene, now):
    row = complete_contact(travailleur=samira, by=helene, now=now, phone=" 0470 00 00 00 ", email="s@exemple.be")
    assert (row.phone, row.email) == ("0470 00 00 00", "s@exemple.be")
    with pytest.raises(TypeError):
        complete_contact(travailleur=samira, by=helene, now=now, name="Autre")
    with pytest.raises(RowRefused):
        complete_contact(travailleur=samira, by=helene, now=now, email="pas une adresse")
    neighbour = actor(Role.ACCOMPAGNATEUR, EntrepriseInsertionFactory())
    with pytest.raises(AccessDenied):
        complete_contact(travailleur=samira, by=neighbour, now=now, phone="1")
