"""The matrix gathers what each domain proves: one record, one cell; the queries do not grow."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.echeances.obligations import matrice, parts
from tests.records.factories import (
    AccompagnateurFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
)
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, SeanceFactory, at

pytestmark = pytest.mark.django_db
DEBUT, FIN, TODAY = dt.date(2026, 4, 1), dt.date(2027, 3, 31), dt.date(2026, 11, 22)


@pytest.fixture
def nadia():
    """An accompagnateur in function since the beginning of 2024."""
    return AccompagnateurFactory(entreprise=EntrepriseInsertionFactory())


def person(nadia, **fields):
    one = TravailleurFactory(entreprise=nadia.entreprise)
    EngagementFactory(travailleur=one, **fields)
    return one


def cell(nadia, one, task, as_of=TODAY):
    found = matrice(nadia.entreprise_id, [one.pk], debut=DEBUT, fin=FIN, as_of=as_of)[one.pk]
    return found.answer.value.taches[task - 1], found.traces.get(task, ())


def test_interviews_and_seances_fill_their_cells(nadia):
    one = person(nadia)
    held = RendezVousFactory(travailleur=one, accompagnateur=nadia, starts_at=at("2026-10-12 10:00"), realise=True)
    seance = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-09-17 13:00"), tenue=True, is_social_economy=True)
    PresenceFactory(seance=seance, travailleur=one, status="present")
    interviews, traces = cell(nadia, one, 1)
    assert interviews.etat == "prouvee"
    assert held.pk in {trace[3] for trace in traces}
    assert cell(nadia, one, 11)[0].preuves == (dt.date(2026, 9, 17),)
    assert cell(nadia, one, 9)[0].etat == "a_faire"


def test_an_article_60_without_convention_is_a_gap_at_once(nadia):
    one = person(nadia, statut="", art60=True, contract_kind="mise_a_disposition", cpas_name="CPAS de Ciney")
    assert cell(nadia, one, 2)[0].etat == "lacune"
    assert cell(nadia, person(nadia), 2)[0].etat == "sans_objet"


def test_who_is_not_followed_is_not_in_the_matrix(nadia):
    one = person(nadia, statut="autre")
    assert matrice(nadia.entreprise_id, [one.pk], debut=DEBUT, fin=FIN, as_of=TODAY) == {}


def test_the_direction_gets_numbers_only(nadia):
    people = [person(nadia) for _ in range(3)]
    RendezVousFactory(travailleur=people[0], accompagnateur=nadia, starts_at=at("2026-10-12 10:00"), realise=True)
    lines = matrice(nadia.entreprise_id, [one.pk for one in people], debut=DEBUT, fin=FIN, as_of=TODAY).values()
    shares = parts(lines)
    assert [one.tache for one in shares] == list(range(1, 12))
    assert shares[1].taux is None
    assert (shares[0].dues, shares[0].lacunes) == (3, 3)
    assert parts([]) == ()


def test_the_queries_do_not_grow_with_the_persons(nadia):
    ids = [person(nadia).pk for _ in range(4)]
    counts = []
    for wanted in (ids[:1], ids):
        with CaptureQueriesContext(connection) as seen:
            matrice(nadia.entreprise_id, wanted, debut=DEBUT, fin=FIN, as_of=TODAY)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 60
