"""Part in the management: recorded for several persons, corrected with trace, cancelled, and its evidence."""

import datetime as dt
from dataclasses import replace

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.parcours.actions import participations as acts
from clefdevoute.records.parcours.models import Participation, PartPrise
from clefdevoute.records.parcours.participations import preuves_participation
from tests.records.factories import (
    AccompagnateurFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    actor,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}


@pytest.fixture
def team():
    entreprise = EntrepriseInsertionFactory()
    who = replace(actor(Role.ACCOMPAGNATEUR, entreprise), on=TODAY)
    persons = [TravailleurFactory(entreprise=entreprise) for _ in range(3)]
    nadia = AccompagnateurFactory(entreprise=entreprise, user_id=who.user_id)
    return {"entreprise": entreprise, "who": who, "persons": persons, "nadia": nadia}


def noted(team, roles=None, **more):
    one, two, _ = team["persons"]
    values = {
        "roles": {one: "membre", two: "participant"} if roles is None else roles,
        "accompagnateur": team["nadia"],
        "held_on": dt.date(2026, 6, 10),
        "organ": "assemblee",
        "form": "decision",
        "by": team["who"],
        "now": NOW,
    }
    return acts.noter_participation(**(values | more))


def test_each_person_who_took_part_has_her_evidence_and_nobody_else(team):
    row = noted(team)
    one, two, three = team["persons"]
    found = preuves_participation(row.entreprise_id, [p.pk for p in team["persons"]], **YEAR)
    parts = {part.travailleur_id: part.pk for part in PartPrise.objects.of(row.entreprise_id)}
    assert found == {
        person.pk: [(9, dt.date(2026, 6, 10), "parcours.partprise", parts[person.pk])] for person in (one, two)
    }
    assert three.pk not in found
    assert preuves_participation(row.entreprise_id, [one.pk], start=dt.date(2026, 6, 11), end=TODAY) == {}


def test_a_correction_changes_who_took_part_and_keeps_what_was(team):
    row = noted(team)
    one, two, three = team["persons"]
    acts.corriger_participation(
        participation=row,
        roles={one: "representant", three: "participant"},
        form="election",
        by=team["who"],
        now=NOW,
    )
    held = PartPrise.objects.of(row.entreprise_id).filter(participation=row, removed_on__isnull=True)
    assert {part.travailleur_id: part.role for part in held} == {one.pk: "representant", three.pk: "participant"}
    assert PartPrise.objects.of(row.entreprise_id).get(travailleur=two).removed_on == TODAY
    assert two.pk not in preuves_participation(row.entreprise_id, [two.pk], **YEAR)
    assert AuditEvent.objects.filter(event="parcours.part_prise_corrigee").count() == 2
    acts.corriger_participation(participation=row, roles={two: "membre"}, by=team["who"], now=NOW)
    assert PartPrise.objects.of(row.entreprise_id).get(travailleur=two).removed_on is None


def test_cancelled_it_proves_nothing_and_changes_no_more(team):
    row = noted(team)
    with pytest.raises(RowRefused, match="avec sa raison"):
        acts.annuler_participation(participation=row, reason=" ", by=team["who"], now=NOW)
    acts.annuler_participation(participation=row, reason="Notée deux fois.", by=team["who"], now=NOW)
    assert preuves_participation(row.entreprise_id, [p.pk for p in team["persons"]], **YEAR) == {}
    with pytest.raises(RowRefused, match="annulée depuis le 23/11/2026"):
        acts.corriger_participation(participation=row, roles={team["persons"][0]: "membre"}, by=team["who"], now=NOW)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"held_on": dt.date(2026, 11, 24)}, "n’a pas encore eu lieu"),
        ({"roles": {}}, "cochez qui a pris part"),
        ({"organ": "autre"}, "écrivez son nom"),
        ({"form": "danse"}, "choix"),
    ],
)
def test_a_wrong_one_is_refused_in_a_sentence(team, change, sentence):
    with pytest.raises(RowRefused, match=sentence):
        noted(team, **change)
    assert not Participation.objects.of(team["entreprise"].pk).exists()


def test_a_person_of_another_enterprise_is_refused(team):
    with pytest.raises(RowRefused, match="autre entreprise"):
        noted(team, {TravailleurFactory(): "membre"})


def test_a_person_without_contract_that_day_is_a_warning(team):
    one, two, _ = team["persons"]
    EngagementFactory(travailleur=one)
    row = noted(team)
    assert acts.hors_contrat(row, [one, two]) == [two]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOMPAGNATEUR])
def test_nobody_else_writes_or_sees_it(team, role):
    noted(team)
    other = actor(role, team["entreprise"])
    assert not Participation.objects.visible_to(other).exists()
    assert not PartPrise.objects.visible_to(other).exists()
    with pytest.raises(AccessDenied):
        noted(team, by=other)
