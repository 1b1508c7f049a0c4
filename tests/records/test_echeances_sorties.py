"""Calls after an exit, handovers that end and persons without a referent, as lines of *Aujourd'hui*."""

import datetime as dt

import pytest

from clefdevoute.records.echeances.sources import releves, sorties
from tests.records.echeances_gestes import MONDAY, days, sentence, shown
from tests.records.factories import AccompagnateurFactory, EngagementFactory, EntrepriseInsertionFactory, UserFactory
from tests.records.factories_bilan import ConsentementFactory
from tests.records.factories_sorties import ReleveFactory, SuiviSortieFactory
from tests.records.factories_suivi import SuiviParFactory
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db


def due(**more):
    row = SuiviSortieFactory(
        sortie__travailleur__name="Boisclair", sortie__travailleur__first_name="Samira", due_on=days(-2), **more
    )
    ConsentementFactory(travailleur=row.travailleur, purpose="rappel_sortie", donne=True)
    return row


def test_a_call_shows_until_it_is_answered():
    row = due(attempts=2)
    (line,) = shown(sorties.lignes, row.entreprise)
    assert sentence(line) == "Prendre des nouvelles de Samira Boisclair 3 mois après sa sortie"
    assert line.meta == "Sortie le 30/06/2026 · 2 essais"
    row.outcome, row.employed, row.answered_on = "repondu", "oui", MONDAY
    row.save()
    assert not shown(sorties.lignes, row.entreprise)


def test_without_consent_or_beyond_the_horizon_no_call_is_asked():
    row = due()
    assert not shown(sorties.lignes, row.entreprise, as_of=dt.date(2028, 2, 1))
    row.due_on = days(31)
    row.save()
    assert not shown(sorties.lignes, row.entreprise)


def test_a_handover_shows_to_the_two_whom_it_concerns_until_it_ends():
    hugo = AccompagnateurFactory(user=UserFactory(), name="Collard", first_name="Hugo")
    row = ReleveFactory(entreprise=hugo.entreprise, to_accompagnateur=hugo, starts_on=days(-7), ends_on=days(4))
    (line,) = shown(releves.lignes, row.entreprise, user=hugo.user)
    assert sentence(line) == f"Rendre les dossiers de {row.from_accompagnateur}"
    assert line.meta == "Relève par Hugo Collard jusqu’au 27/11/2026"
    assert not shown(releves.lignes, row.entreprise)
    assert not shown(releves.lignes, row.entreprise, user=hugo.user, as_of=days(5))
    row.kind = "definitive"
    row.save()
    assert "Achever les notes de" in sentence(shown(releves.lignes, row.entreprise, user=hugo.user)[0])


def test_persons_without_referent_make_one_line_that_counts_them():
    here = EntrepriseInsertionFactory()
    one = EngagementFactory(travailleur__entreprise=here, travailleur__name="Adelard").travailleur
    assert sentence(shown(releves.sans_suivi, here)[0]) == "Donner un référent à Éloïse Adelard"
    for _ in range(6):
        EngagementFactory(travailleur__entreprise=here)
    (line,) = shown(releves.sans_suivi, here)
    assert sentence(line) == "Donner un référent à 7 travailleurs"
    SuiviParFactory(travailleur=one)
    assert sentence(shown(releves.sans_suivi, here)[0]) == "Donner un référent à 6 travailleurs"


def test_sixty_calls_and_persons_cost_as_many_queries_as_two():
    here = EntrepriseInsertionFactory()
    for _ in range(30):
        row = SuiviSortieFactory(sortie__travailleur__entreprise=here, due_on=days(1))
        ConsentementFactory(travailleur=row.travailleur, purpose="rappel_sortie", donne=True)
        EngagementFactory(travailleur__entreprise=here)
    with at_most(12):
        assert len(shown(sorties.lignes, here)) == 30
        assert len(shown(releves.sans_suivi, here)) == 1
