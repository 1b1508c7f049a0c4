"""Handovers: who gets access until when, what the leaver keeps, and what is refused in a sentence."""

import datetime as dt
from dataclasses import replace

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.suivi import dossiers
from clefdevoute.records.suivi.actions import releves
from clefdevoute.records.suivi.models import Releve, RelevePersonne, SuiviPar
from tests.records.factories import AccompagnateurFactory, EntrepriseInsertionFactory, TravailleurFactory, actor
from tests.records.factories_suivi import SuiviParFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
BACK = dt.date(2026, 12, 4)


@pytest.fixture
def team():
    """Nadia follows three persons of an enterprise where only who follows a person opens her dossier; Hugo none."""
    entreprise = EntrepriseInsertionFactory(assigned_only=True)
    one, two = (replace(actor(Role.ACCOMPAGNATEUR, entreprise), on=TODAY) for _ in range(2))
    nadia, hugo = (AccompagnateurFactory(entreprise=entreprise, user_id=who.user_id) for who in (one, two))
    persons = [TravailleurFactory(entreprise=entreprise) for _ in range(3)]
    for person in persons:
        SuiviParFactory(travailleur=person, accompagnateur=nadia)
    return {"nadia": nadia, "hugo": hugo, "one": one, "two": two, "persons": persons, "entreprise": entreprise}


def hand_over(team, persons=None, **more):
    values = {
        "kind": "temporaire",
        "from_accompagnateur": team["nadia"],
        "to_accompagnateur": team["hugo"],
        "starts_on": TODAY,
        "ends_on": BACK,
        "travailleurs": team["persons"] if persons is None else persons,
        "by": team["one"],
        "now": NOW,
    }
    return releves.confier(**(values | more))


def opens(who, person, day):
    return dossiers.travailleurs(replace(who, on=day)).filter(pk=person.pk).exists()


def test_for_a_time_the_colleague_reads_until_the_end_and_the_referent_stays(team):
    person = team["persons"][0]
    assert not opens(team["two"], person, TODAY)
    hand_over(team, [person])
    assert opens(team["two"], person, TODAY)
    assert opens(team["two"], person, BACK)
    assert not opens(team["two"], person, BACK + dt.timedelta(days=1))
    assert not opens(team["two"], person, TODAY - dt.timedelta(days=1))
    assert opens(team["one"], person, BACK + dt.timedelta(days=1))
    assert not opens(team["two"], team["persons"][1], TODAY)


def test_for_good_the_colleague_becomes_referent_and_the_leaver_keeps_access_until_the_end(team):
    person = team["persons"][0]
    hand_over(team, kind="definitive")
    later = BACK + dt.timedelta(days=1)
    assert opens(team["one"], person, BACK)
    assert not opens(team["one"], person, later)
    assert opens(team["two"], person, later)
    held = SuiviPar.objects.of(person.entreprise_id).filter(travailleur=person).order_by("starts_on", "kind")
    assert [(row.accompagnateur_id, row.kind, row.ends_on) for row in held] == [
        (team["nadia"].pk, "referent", TODAY - dt.timedelta(days=1)),
        (team["hugo"].pk, "referent", None),
        (team["nadia"].pk, "releve", BACK),
    ]
    assert RelevePersonne.objects.of(person.entreprise_id).count() == 3


def test_the_end_moves_with_every_access_that_it_gave(team):
    row = hand_over(team)
    releves.changer_fin(releve=row, ends_on=TODAY, by=team["two"], now=NOW)
    assert not opens(team["two"], team["persons"][2], TODAY + dt.timedelta(days=1))
    assert AuditEvent.objects.filter(event="suivi.releve_modifiee").count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"travailleurs": []}, "cochez-en au moins une"),
        ({"ends_on": dt.date(2026, 11, 22)}, "finit avant d’avoir commencé"),
    ],
)
def test_a_wrong_handover_is_refused_in_a_sentence(team, change, sentence):
    with pytest.raises(RowRefused, match=sentence):
        hand_over(team, **change)
    assert not Releve.objects.of(team["entreprise"].pk).exists()


def test_nobody_is_handed_over_by_someone_who_does_not_follow_her(team):
    stranger = TravailleurFactory(entreprise=team["entreprise"], name="Inconnue")
    with pytest.raises(RowRefused, match="n’est pas référent de : Inconnue"):
        hand_over(team, [*team["persons"], stranger])
    assert not SuiviPar.objects.of(team["entreprise"].pk).filter(accompagnateur=team["hugo"]).exists()


def test_a_colleague_of_another_enterprise_or_who_has_left_takes_nothing_over(team):
    with pytest.raises(RowRefused, match="autre entreprise"):
        hand_over(team, to_accompagnateur=AccompagnateurFactory())
    team["hugo"].functions_end = dt.date(2026, 10, 31)
    team["hugo"].save()
    with pytest.raises(RowRefused, match=r"n’est plus en fonction depuis le 31/10/2026"):
        hand_over(team)


def test_what_is_over_or_would_close_in_the_past_is_refused(team):
    row = hand_over(team)
    with pytest.raises(RowRefused, match="en arrière"):
        releves.changer_fin(releve=row, ends_on=TODAY - dt.timedelta(days=1), by=team["one"], now=NOW)
    later = NOW + dt.timedelta(days=30)
    with pytest.raises(RowRefused, match="finie depuis le 04/12/2026"):
        releves.changer_fin(releve=row, ends_on=dt.date(2027, 1, 15), by=team["one"], now=later)


def test_a_person_without_referent_is_taken_up_once(team):
    person = TravailleurFactory(entreprise=team["entreprise"])
    releves.reprendre(travailleur=person, accompagnateur=team["hugo"], starts_on=TODAY, by=team["two"], now=NOW)
    assert opens(team["two"], person, TODAY)
    with pytest.raises(RowRefused, match="passez par une relève"):
        releves.reprendre(travailleur=person, accompagnateur=team["nadia"], starts_on=TODAY, by=team["one"], now=NOW)


def test_assigned_only_is_no_door_that_a_colleague_opens_for_herself(team):
    with pytest.raises(AccessDenied, match="vous ne vous ouvrez pas vous-même"):
        hand_over(team, by=team["two"])
    assert not opens(team["two"], team["persons"][0], TODAY)
    row = hand_over(team)
    with pytest.raises(AccessDenied, match="vous ne vous ouvrez pas vous-même"):
        releves.changer_fin(releve=row, ends_on=dt.date(2027, 6, 30), by=team["two"], now=NOW)
    assert not opens(team["two"], team["persons"][0], BACK + dt.timedelta(days=1))
    releves.changer_fin(releve=row, ends_on=dt.date(2027, 1, 15), by=team["one"], now=NOW)
    assert opens(team["two"], team["persons"][0], dt.date(2027, 1, 15))


def test_the_leaver_does_not_lengthen_her_own_access(team):
    row = hand_over(team, kind="definitive")
    with pytest.raises(AccessDenied, match="vous ne vous ouvrez pas vous-même"):
        releves.changer_fin(releve=row, ends_on=dt.date(2027, 6, 30), by=team["one"], now=NOW)
    releves.changer_fin(releve=row, ends_on=dt.date(2027, 1, 15), by=team["two"], now=NOW)
    assert opens(team["one"], team["persons"][0], dt.date(2027, 1, 15))


def test_a_team_that_reads_everything_replaces_one_another_without_asking(team):
    team["entreprise"].assigned_only = False
    team["entreprise"].save()
    for name in ("nadia", "hugo"):
        team[name].refresh_from_db()
    assert hand_over(team, by=team["two"]).pk


def test_once_the_referent_has_left_a_colleague_takes_over_by_herself(team):
    team["nadia"].functions_end = TODAY - dt.timedelta(days=1)
    team["nadia"].save()
    hand_over(team, by=team["two"], kind="definitive")
    assert opens(team["two"], team["persons"][0], TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOMPAGNATEUR])
def test_nobody_else_hands_over_or_sees_a_handover(team, role):
    row = hand_over(team)
    other = actor(role, team["entreprise"])
    assert not Releve.objects.visible_to(other).exists()
    assert not RelevePersonne.objects.visible_to(other).exists()
    with pytest.raises(AccessDenied):
        releves.changer_fin(releve=row, ends_on=TODAY, by=other, now=NOW)
    neighbour = actor(role, EntrepriseInsertionFactory())
    assert not Releve.objects.visible_to(neighbour).exists()
