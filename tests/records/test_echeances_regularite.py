"""The register of regularity read from the agenda: half-years, lines, parts by referent; queries that do not grow."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.law.entretiens.regularite import Tenue
from clefdevoute.records.agenda.facts import horloges
from clefdevoute.records.echeances.regularite import Part, part, referents, registre, semestres, suivis_entre
from clefdevoute.records.personnes.models import Travailleur
from tests.records.factories import (
    AccompagnateurFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
)
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.records.factories_suivi import SuiviParFactory

pytestmark = pytest.mark.django_db
YEAR, TODAY = dt.date(2026, 4, 1), dt.date(2026, 11, 22)


@pytest.fixture
def nadia():
    """An accompagnateur in function since the beginning of 2024."""
    return AccompagnateurFactory(entreprise=EntrepriseInsertionFactory())


def person(nadia, **fields):
    """Engage somebody in her enterprise."""
    one = TravailleurFactory(entreprise=nadia.entreprise)
    EngagementFactory(travailleur=one, **fields)
    return one


def line(nadia, one, half=0, today=TODAY):
    period = semestres(YEAR)[half]
    return registre(nadia.entreprise_id, [one.pk], debut=period.debut, fin=period.fin, as_of=today)[one.pk]


def test_a_year_has_two_halves_that_touch():
    first, second = semestres(dt.date(2025, 3, 15))
    assert (first.debut, first.fin) == (dt.date(2025, 3, 15), dt.date(2025, 9, 14))
    assert (second.debut, second.fin) == (dt.date(2025, 9, 15), dt.date(2026, 3, 14))


def test_a_line_says_what_was_held_and_how_late(nadia):
    one = person(nadia)
    for day in ("2026-01-12 10:00", "2026-07-20 10:00"):
        RendezVousFactory(travailleur=one, accompagnateur=nadia, starts_at=at(day), realise=True)
    found = line(nadia, one).individuel.value
    assert found.precedent == dt.date(2026, 1, 12)
    assert found.tenues == (Tenue(dt.date(2026, 7, 20), 8),)
    assert not found.reguliere


def test_a_telephone_call_and_a_mere_booking_hold_nothing(nadia):
    one = person(nadia)
    RendezVousFactory(
        travailleur=one, accompagnateur=nadia, starts_at=at("2026-05-04 10:00"), realise=True, form="telephone"
    )
    RendezVousFactory(travailleur=one, accompagnateur=nadia, starts_at=at("2026-06-04 10:00"))
    assert line(nadia, one).individuel.value.tenues == ()


def test_a_seance_counts_for_who_was_present(nadia):
    came, stayed = person(nadia), person(nadia)
    seance = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-05-20 13:00"), tenue=True)
    PresenceFactory(seance=seance, travailleur=came, status="present")
    PresenceFactory(seance=seance, travailleur=stayed, status="absent")
    assert [one.date for one in line(nadia, came).collectif.value.tenues] == [dt.date(2026, 5, 20)]
    assert line(nadia, stayed).collectif.value.tenues == ()


def test_only_followed_persons_of_the_period_are_in_it(nadia):
    here = person(nadia)
    person(nadia, statut="autre")
    person(nadia, ends_on=dt.date(2026, 3, 31))
    art60 = person(nadia, statut="", art60=True, contract_kind="mise_a_disposition")
    later = person(nadia, starts_on=dt.date(2026, 10, 1))
    rows = suivis_entre(Travailleur.objects.of(nadia.entreprise_id), YEAR, dt.date(2026, 9, 30))
    assert set(rows) == {here, art60}
    assert later not in rows


def test_the_parts_are_counted_by_referent(nadia):
    late, good = person(nadia), person(nadia)
    RendezVousFactory(travailleur=good, accompagnateur=nadia, starts_at=at("2026-10-12 10:00"), realise=True)
    SuiviParFactory(travailleur=good, accompagnateur=nadia)
    clocks = horloges(nadia.entreprise_id, as_of=TODAY)
    whole = part(one.value for one in clocks.values())
    assert (whole.suivis, whole.tenus, whole.taux) == (2, 1, 50)
    assert referents(nadia.entreprise_id, clocks, as_of=TODAY) == {good.pk: nadia.pk}
    assert clocks[late.pk].value.individuel.situation == "en_retard"
    assert part([]).taux is None


def test_the_queries_do_not_grow_with_the_persons(nadia):
    ids = [person(nadia).pk for _ in range(3)]
    counts = []
    for wanted in (ids[:1], ids):
        with CaptureQueriesContext(connection) as seen:
            registre(nadia.entreprise_id, wanted, debut=YEAR, fin=dt.date(2026, 9, 30), as_of=TODAY)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


def test_an_impeded_person_is_not_counted_as_seen():
    whole = Part(suivis=16, individuel_en_retard=1, collectif_en_retard=0, empeches=1)
    assert (whole.tenus, whole.taux) == (14, 87)
