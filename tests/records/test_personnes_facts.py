"""Rows become the law's facts, whole and in few queries; the law answers on them."""

import datetime as dt
from decimal import Decimal

import pytest

from clefdevoute.law.accompagnateur.rules import eligibilite, mi_temps
from clefdevoute.law.accompagnement_social.effectifs import effectif, effectif_periode
from clefdevoute.records.personnes import facts
from tests.records import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 15)


def test_a_register_answers_how_many_count_and_why():
    ei = make.EntrepriseInsertionFactory()

    def engage(number, statut, **fields):
        return make.EngagementFactory(
            travailleur=make.TravailleurFactory(entreprise=ei, number=number), statut=statut, **fields
        )

    engage("1", "td")
    engage("2", "tgd", mi_temps=True)
    engage("3", "autre")
    engage("4", "art60", article60=True)
    engage("5", "td", ends_on=dt.date(2026, 3, 14))
    ill = engage("6", "td", hours_per_week=Decimal("12"))
    make.AbsenceFactory(travailleur=ill.travailleur, longue_duree=True)
    make.EngagementFactory(travailleur=ill.travailleur, starts_on=dt.date(2025, 1, 1), statut="td")
    engage("7", "")
    make.EngagementFactory(statut="td")  # elsewhere
    read = facts.engagement_facts(ei.pk, as_of=DAY)
    answer = effectif(engagements=read, as_of=DAY)
    assert {one.personne for one in answer.value.personnes if one.compte} == {"1", "2", "6"}
    assert len(read) == 8
    assert [(one.malade_longue_duree, one.sous_mi_temps) for one in read if one.personne == "6"] == [
        (True, True),
        (True, False),
    ]
    assert [one.sous_mi_temps for one in read if one.personne == "2"] == [False]
    year = effectif_periode(
        engagements=read, debut=dt.date(2025, 3, 15), fin=dt.date(2026, 3, 14), date_reference=dt.date(2025, 3, 15)
    )
    assert (year.value.au_debut, year.value.a_la_fin) == (4, 4)


@pytest.mark.parametrize("persons", [1, 30])
def test_the_number_of_queries_does_not_grow(persons, django_assert_num_queries):
    ei = make.EntrepriseInsertionFactory()
    for _ in range(persons):
        make.EngagementFactory(travailleur=make.TravailleurFactory(entreprise=ei))
    with django_assert_num_queries(3):
        assert len(facts.engagement_facts(ei.pk, as_of=DAY)) == persons


def test_a_second_contract_is_no_support():
    person = make.AccompagnateurFactory()
    make.ContratAccompagnateurFactory(accompagnateur=person, weekdays="123")
    make.ContratAccompagnateurFactory(accompagnateur=person, second=True)
    (read,) = facts.contrat_facts(person.entreprise_id)
    assert (read.heures, read.heures_reference, read.accompagnateur) == (19, 38, str(person.pk))


def test_experience_and_diploma_are_judged_by_the_law():
    person = make.AccompagnateurFactory()
    make.PeriodeExperienceFactory(accompagnateur=person)
    assert eligibilite(as_of=DAY, **facts.eligibilite_facts(person)).value.reponse == "oui_sur_pieces"
    graduate = make.AccompagnateurFactory(diplome=True)
    assert eligibilite(as_of=DAY, **facts.eligibilite_facts(graduate)).value.fondement == "diplome"
    nobody = make.AccompagnateurFactory()
    assert eligibilite(as_of=DAY, **facts.eligibilite_facts(nobody)).value.reponse == "non"


@pytest.mark.parametrize(("hours", "enough"), [("19.00", True), ("18.99", False)])
def test_half_time_is_read_to_the_hundredth(hours, enough):
    contract = make.ContratAccompagnateurFactory(hours_per_week=Decimal(hours))
    assert mi_temps(as_of=DAY, **facts.mi_temps_facts(contract)).value is enough
