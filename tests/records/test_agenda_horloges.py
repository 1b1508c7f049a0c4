"""The clocks as the agenda tells them to the law: who is followed, from when, and what winds them (A3, A4, A15)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.agenda import facts, periodes
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from tests.records.factories import (
    NOW,
    AccompagnateurFactory,
    ContratAccompagnateurFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
)
from tests.records.factories_agenda import (
    NOTED,
    EmpechementFactory,
    PresenceFactory,
    RendezVousFactory,
    SeanceFactory,
    at,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
D = dt.date


@pytest.fixture
def nadia():
    """An accompagnatrice in function since 1 January 2024."""
    return AccompagnateurFactory()


@pytest.fixture
def sam(nadia):
    """A TD engaged on 8 January 2024, still here."""
    return EngagementFactory(travailleur__entreprise=nadia.entreprise).travailleur


def clock(person, as_of=TODAY):
    """Draw the clocks twice, from what weighs on the day and from the whole history: they agree."""
    state = facts.horloges(person.entreprise_id, [person.pk], as_of=as_of)[person.pk].value
    whole = facts.faits_horloges(person.entreprise_id, [person.pk], as_of=as_of)[person.pk]
    assert whole.etat(as_of=as_of).value == state
    return state


def interview(person, day, **fields):
    return RendezVousFactory(**({"travailleur": person, "starts_at": at(f"{day} 10:00"), "realise": True} | fields))


def test_nothing_held_makes_the_first_deadline_from_the_later_of_hiring_and_function(sam):
    state = clock(sam)
    assert state.individuel.echeance == D(2024, 7, 8)
    assert state.individuel.situation == "en_retard"
    assert (state.individuel.couleur, state.collectif.couleur) == ("rouge", "ambre")


def test_the_function_that_begins_after_hiring_gives_the_first_deadline(sam, nadia):
    nadia.functions_start = D(2024, 9, 1)
    nadia.save()
    assert clock(sam).individuel.echeance == D(2025, 3, 1)


def test_the_first_contract_of_support_says_when_the_function_began_where_nothing_else_does(sam, nadia):
    nadia.functions_start = None
    nadia.save()
    ContratAccompagnateurFactory(accompagnateur=nadia, starts_on=D(2024, 10, 1))
    ContratAccompagnateurFactory(accompagnateur=nadia, starts_on=D(2024, 2, 1), second=True)
    assert facts.debut_fonction(sam.entreprise_id) == D(2024, 10, 1)
    assert clock(sam).individuel.echeance == D(2025, 4, 1)


def test_without_any_accompagnateur_the_six_months_run_from_hiring():
    person = EngagementFactory().travailleur
    assert facts.debut_fonction(person.entreprise_id) is None
    assert clock(person).individuel.echeance == D(2024, 7, 8)


def test_an_interview_face_to_face_winds_the_individual_clock_alone_to_the_end_of_a_short_month(sam):
    interview(sam, "2026-08-31")
    state = clock(sam)
    assert state.individuel.echeance == D(2027, 2, 28)
    assert (state.individuel.couleur, state.collectif.couleur, state.couleur) == ("vert", "ambre", "ambre")


@pytest.mark.parametrize(
    "held",
    [
        {"form": "telephone"},
        {"form": "video"},
        {"kind": "visite"},
        {"kind": "demarche"},
        {"realise": False},
        {"realise": False, "absent": True},
        {"realise": False, "excuse": True},
        {"realise": False, "annule": True},
        {"realise": False, "refuse": True},
    ],
    ids=str,
)
def test_nothing_else_winds_it(sam, held):
    interview(sam, "2026-10-01", **held)
    assert clock(sam).individuel.echeance == D(2024, 7, 8)


def test_a_refusal_is_shown_apart_as_the_proof_of_an_offer(sam):
    interview(sam, "2026-03-02")
    interview(sam, "2026-10-01", realise=False, refuse=True)
    state = clock(sam)
    assert state.individuel.offres_refusees == (D(2026, 10, 1),)
    assert state.individuel.echeance == D(2026, 9, 2)


def test_booking_the_next_one_moves_nothing(sam):
    interview(sam, "2026-08-03")
    before = clock(sam)
    RendezVousFactory(travailleur=sam, starts_at=at("2026-12-01 10:00"))
    assert clock(sam) == before
    assert facts.prochains(sam.entreprise_id, now=NOTED)[sam.pk].day == D(2026, 12, 1)


def test_a_postponed_one_winds_on_the_day_it_was_held(sam):
    new = interview(sam, "2026-08-10")
    RendezVousFactory(
        travailleur=sam, starts_at=at("2026-08-03 10:00"), status="reporte", settled_at=NOTED, postponed_to=new
    )
    assert clock(sam).individuel.dernier == D(2026, 8, 10)


def test_the_day_is_the_belgian_one(sam):
    interview(sam, "2026-08-03", starts_at=at("2026-08-04 00:30"))
    assert clock(sam).individuel.dernier == D(2026, 8, 4)


def test_a_day_to_come_does_not_count_yet(sam):
    interview(sam, "2026-08-03")
    assert clock(sam, D(2026, 8, 2)).individuel.dernier is None


@pytest.mark.parametrize(
    ("presence", "seance", "counts"),
    [
        ("present", {"tenue": True}, True),
        ("inscrit", {"tenue": True}, False),
        ("absent", {"tenue": True}, False),
        ("excuse", {"tenue": True}, False),
        ("refuse", {"tenue": True}, False),
        ("present", {"annulee": True}, False),
        ("present", {"tenue": True, "is_collective_interview": False, "is_strategy": True}, False),
    ],
)
def test_a_seance_counts_for_persons_ticked_present_alone(sam, nadia, presence, seance, counts):
    held = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-10-01 14:00"), **seance)
    PresenceFactory(seance=held, travailleur=sam, status=presence)
    state = clock(sam)
    assert state.collectif.dernier == (D(2026, 10, 1) if counts else None)
    assert state.individuel.dernier is None


def test_an_impediment_is_shown_apart_and_never_as_done(sam):
    interview(sam, "2026-03-02")
    row = EmpechementFactory(travailleur=sam, starts_on=D(2026, 8, 1))
    state = clock(sam)
    assert (state.individuel.situation, state.individuel.couleur) == ("empeche", "gris")
    assert state.individuel.empechement == "Incapacité de travail de longue durée"
    row.returns_on = D(2026, 11, 2)
    row.save()
    assert clock(sam).individuel.echeance == D(2026, 12, 2)


def test_an_impediment_withdrawn_excuses_nothing(sam):
    interview(sam, "2026-03-02")
    EmpechementFactory(travailleur=sam, starts_on=D(2026, 8, 1), withdrawn_at=NOTED)
    assert clock(sam).individuel.situation == "en_retard"


def test_leaving_stops_both_clocks_the_day_after_the_last(sam, nadia):
    Engagement.objects.of(sam.entreprise_id).update(ends_on=D(2026, 11, 22))
    assert clock(sam).individuel.situation == "en_retard"
    state = clock(sam, D(2026, 11, 23))
    assert (state.individuel.situation, state.individuel.echeance) == ("clos", None)
    assert facts.horloges(nadia.entreprise_id, as_of=D(2026, 11, 23)) == {}


@pytest.mark.parametrize(
    ("statut", "article60", "followed"),
    [("td", False, True), ("tgd", False, True), ("art60", True, True), ("", True, True), ("autre", False, False)],
)
def test_who_is_followed(nadia, statut, article60, followed):
    row = EngagementFactory(travailleur__entreprise=nadia.entreprise, article60=article60, statut=statut)
    assert (row.travailleur_id in facts.horloges(nadia.entreprise_id, as_of=TODAY)) is followed
    assert (row.travailleur_id in periodes.suivis(nadia.entreprise_id, as_of=TODAY)) is followed


@pytest.mark.parametrize(
    ("stretches", "begins", "ends"),
    [
        ([(D(2025, 1, 1), D(2025, 6, 30)), (D(2025, 7, 1), None)], D(2025, 1, 1), None),
        ([(D(2025, 1, 1), D(2025, 6, 27)), (D(2025, 6, 30), None)], D(2025, 1, 1), None),
        ([(D(2025, 1, 1), D(2025, 6, 30)), (D(2025, 7, 2), None)], D(2025, 7, 2), None),
        ([(D(2025, 1, 1), None), (D(2025, 3, 1), D(2025, 4, 30))], D(2025, 1, 1), None),
        ([(D(2025, 1, 1), D(2025, 12, 31)), (D(2025, 3, 1), D(2025, 4, 30))], D(2025, 1, 1), D(2025, 12, 31)),
        ([(D(2025, 1, 1), D(2025, 6, 30)), (D(2027, 1, 1), None)], D(2025, 1, 1), D(2025, 6, 30)),
    ],
    ids=["touching", "week-end", "one working day between", "inside", "inside a longer one", "to come"],
)
def test_the_present_run_of_contracts(stretches, begins, ends):
    person = TravailleurFactory()
    for start, end in stretches:
        EngagementFactory(travailleur=person, starts_on=start, ends_on=end)
    found = periodes.periodes(person.entreprise_id, as_of=TODAY)[person.pk]
    assert (found.debut, found.fin) == (begins, ends)


def test_interviews_of_a_former_stay_do_not_count_for_the_new_one(sam, nadia):
    Engagement.objects.of(sam.entreprise_id).update(ends_on=D(2025, 12, 31))
    EngagementFactory(travailleur=sam, starts_on=D(2026, 6, 1))
    interview(sam, "2025-12-15")
    state = clock(sam)
    assert state.individuel.dernier is None
    assert state.individuel.echeance == D(2026, 12, 1)


def test_a_neighbour_tells_nothing(sam):
    assert facts.horloges(EntrepriseInsertionFactory().pk, [sam.pk], as_of=TODAY) == {}


def test_what_nobody_settled_and_what_comes_next(sam, nadia):
    late = RendezVousFactory(travailleur=sam, starts_at=at("2026-11-20 10:00"))
    interview(sam, "2026-11-19")
    RendezVousFactory(travailleur=sam, starts_at=at("2026-12-03 10:00"))
    soon = RendezVousFactory(travailleur=sam, starts_at=at("2026-12-01 10:00"))
    seance = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-11-18 10:00"))
    now = at("2026-11-22 09:00")
    assert list(facts.a_confirmer(nadia.entreprise_id, now=now)) == [late]
    assert list(facts.seances_a_pointer(nadia.entreprise_id, now=now)) == [seance]
    assert facts.prochains(nadia.entreprise_id, now=now) == {sam.pk: soon}


def test_the_evidence_names_the_task_the_day_and_the_row(sam, nadia):
    held = interview(sam, "2026-08-03")
    interview(sam, "2026-08-04", form="telephone")
    both = SeanceFactory(
        accompagnateur=nadia, tenue=True, starts_at=at("2026-09-01 14:00"), is_management=True, is_social_economy=True
    )
    came = PresenceFactory(seance=both, travailleur=sam, status="present")
    PresenceFactory(seance=both, status="absent", travailleur=TravailleurFactory(entreprise=nadia.entreprise))
    found = facts.preuves_agenda(nadia.entreprise_id, [sam.pk], start=D(2026, 8, 3), end=D(2026, 9, 1))
    assert found == {
        sam.pk: [
            (1, D(2026, 8, 3), "agenda.rendezvous", held.pk),
            (1, D(2026, 9, 1), "agenda.presence", came.pk),
            (9, D(2026, 9, 1), "agenda.presence", came.pk),
            (11, D(2026, 9, 1), "agenda.presence", came.pk),
        ]
    }
    assert facts.preuves_agenda(nadia.entreprise_id, [sam.pk], start=D(2026, 8, 4), end=D(2026, 8, 31)) == {}


def test_five_hundred_persons_cost_as_many_queries_as_one(nadia):
    entreprise = nadia.entreprise
    people = Travailleur.objects.bulk_create(
        Travailleur(entreprise=entreprise, number=f"N{n}", name=f"Nom{n}", first_name="A", modified_at=NOW)
        for n in range(500)
    )
    contracts = Engagement.objects.bulk_create(
        Engagement(entreprise=entreprise, travailleur=one, starts_on=D(2024, 1, 8), hours_per_week=38, modified_at=NOW)
        for one in people
    )
    StatutEngagement.objects.bulk_create(
        StatutEngagement(entreprise=entreprise, engagement=one, statut="td", modified_at=NOW) for one in contracts
    )
    for month in range(1, 11):
        made = RendezVousFactory.build_batch(
            500, travailleur=people[0], accompagnateur=nadia, realise=True, starts_at=at(f"2026-{month:02d}-05 10:00")
        )
        for one, row in zip(people, made, strict=True):
            row.id, row.travailleur_id = uuid7(), one.pk
        type(made[0]).objects.bulk_create(made)
    with CaptureQueriesContext(
        connection,
    ) as done:
        found = facts.horloges(entreprise.pk, as_of=TODAY)
    assert len(found) == 500
    assert len(done) <= 8
    assert {one.value.individuel.echeance for one in found.values()} == {D(2027, 4, 5)}
