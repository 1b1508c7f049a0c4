"""What the direction reads of the accompaniment: numbers, dates and names of who is late; never a word."""

import pytest

from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import RendezVousFactory, at
from tests.records.factories_suivi import SuiviParFactory
from tests.workspaces.conftest import at_most, on_day

URL = "/gestion/accompagnement/"


@pytest.fixture
def team(entreprise):
    """One person on time and one late, both followed by Nadia."""
    nadia = AccompagnateurFactory(entreprise=entreprise)
    people = [TravailleurFactory(entreprise=entreprise, name=name) for name in ("Atemps", "Enretard")]
    for one in people:
        EngagementFactory(travailleur=one)
        SuiviParFactory(travailleur=one, accompagnateur=nadia)
    RendezVousFactory(travailleur=people[0], accompagnateur=nadia, starts_at=at("2026-10-12 10:00"), realise=True)
    return nadia


def test_the_direction_sees_shares_and_who_is_late(gestionnaire, team):
    with on_day("2026-11-23"):
        page = gestionnaire.get(URL).content.decode()
    assert "1 personne sur 2 est à jour" in page
    assert "Enretard" in page
    assert "Atemps" not in page
    assert str(team) in page
    assert "08/07/2024" in page


def test_an_enterprise_without_anybody_has_a_page(gestionnaire):
    assert "Personne à suivre" in gestionnaire.get(URL).content.decode()


def test_the_page_asks_a_bounded_number_of_queries(gestionnaire, entreprise, team):
    for _ in range(25):
        EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise))
    with on_day("2026-11-23"), at_most(78):
        gestionnaire.get(URL)
