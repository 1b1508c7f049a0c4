"""The lines that the paths and the adjustments bring to Aujourd'hui: there when due, gone when done."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from clefdevoute.records.amenagements import actions as adjust
from clefdevoute.records.echeances.lignes import Bande, Portee
from clefdevoute.records.echeances.sources import amenagements, parcours
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.parcours import actions
from tests.records import factories as make
from tests.records import factories_amenagements as a
from tests.records import factories_parcours as p
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
SOURCES = (
    parcours.expertises, parcours.modules, parcours.essais, parcours.epreuves, parcours.interets, amenagements.lignes,
)  # fmt: skip


@pytest.fixture
def person():
    return make.EngagementFactory().travailleur


@pytest.fixture
def who(person, now):
    return {"by": make.actor(Role.ACCOMPAGNATEUR, person.entreprise), "now": now}


def lines(source, who, as_of=TODAY):
    return list(source(Portee.of(who["by"], as_of=as_of)))


def test_an_expertise_without_answer_is_late_after_thirty_days(person, who):
    plan = p.PlanFormationFactory(travailleur=person)
    asked = actions.demander_expertise(plan=plan, asked_on=dt.date(2026, 10, 22), **who)
    (line,) = lines(parcours.expertises, who)
    assert (line.due_on, line.bande(TODAY)) == (dt.date(2026, 11, 21), Bande.EN_RETARD)
    assert (
        lines(parcours.expertises, who, as_of=dt.date(2026, 11, 20))[0].bande(dt.date(2026, 11, 20)) != Bande.EN_RETARD
    )
    actions.noter_reponse(demande=asked, answered_on=TODAY, answer="favorable", **who)
    assert lines(parcours.expertises, who) == []


def test_a_module_without_hours_then_without_result(person, who):
    plan = p.PlanFormationFactory(travailleur=person)
    module = p.ModuleFormationFactory(plan=plan, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 11, 1))
    (line,) = lines(parcours.modules, who)
    assert (line.before, line.url_name) == ("Noter les heures de formation de", "accompagnateur:module_heures")
    actions.noter_heures(module=module, held_on=dt.date(2026, 10, 2), hours=Decimal(4), **who)
    (line,) = lines(parcours.modules, who)
    assert line.url_name == "accompagnateur:module"
    actions.modifier_module(module=module, result="reussi", **who)
    assert lines(parcours.modules, who) == []


def test_a_trial_that_ends_asks_for_its_outcome(person, who):
    job = p.JobcoachingFactory(travailleur=person)
    step = p.EtapeJobcoachingFactory(jobcoaching=job, kind="essai", held_on=TODAY, ends_on=dt.date(2026, 11, 27))
    (line,) = lines(parcours.essais, who)
    assert line.due_on == dt.date(2026, 11, 27)
    actions.noter_issue(etape=step, outcome="positif", **who)
    assert lines(parcours.essais, who) == []


def test_an_epreuve_is_prepared_then_asks_for_its_result(person, who):
    path = p.ValidationCompetencesFactory(travailleur=person, guide=True)
    test = p.EpreuveValidationFactory(validation=path, held_on=dt.date(2026, 11, 20))
    assert lines(parcours.epreuves, who, as_of=dt.date(2026, 11, 10))[0].act == "Préparer"
    assert lines(parcours.epreuves, who)[0].act == "Noter"
    actions.noter_resultat(epreuve=test, result="echec", **who)
    assert lines(parcours.epreuves, who) == []


def test_a_person_informed_a_month_ago_is_asked(person, who):
    path = p.ValidationCompetencesFactory(travailleur=person, informed_on=dt.date(2026, 10, 1))
    (line,) = lines(parcours.interets, who)
    assert line.due_on == dt.date(2026, 10, 31)
    actions.noter_interet(validation=path, interest="pas_interesse", interest_on=TODAY, **who)
    assert lines(parcours.interets, who) == []


def test_each_step_of_an_adjustment_brings_its_line_and_the_decision_comes_back(person, who, now):
    row = a.AmenagementFactory(travailleur=person, analyse=True)
    assert lines(amenagements.lignes, who)[0].act == "Relire l’avis"
    notice = adjust.remettre_avis(amenagement=row, **who)
    assert lines(amenagements.lignes, who)[0].due_on == TODAY + dt.timedelta(days=30)
    chef = make.actor(Role.GESTIONNAIRE, person.entreprise, permissions=("chef_entreprise",))
    adjust.decider(avis=notice, outcome="accepte", review_on=dt.date(2026, 12, 10), by=chef, now=now)
    (line,) = lines(amenagements.lignes, who)
    assert (line.before, line.after) == ("Dire à", "ce que la direction a décidé")
    row.refresh_from_db()
    adjust.dire_decision(amenagement=row, told_on=TODAY, **who)
    (line,) = lines(amenagements.lignes, who)
    assert (line.act, line.due_on) == ("Revoir", dt.date(2026, 12, 10))
    row.refresh_from_db()
    adjust.revoir(amenagement=row, held_on=TODAY, result="termine", **who)
    assert lines(amenagements.lignes, who) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda one: f"{one.__module__.rpartition('.')[2]}.{one.__name__}")
def test_one_query_whatever_the_persons_every_address_exists_and_no_sealed_word_leaves(source, person, who):
    for _ in range(5):
        other = make.TravailleurFactory(entreprise=person.entreprise)
        plan = p.PlanFormationFactory(travailleur=other)
        p.DemandeExpertiseFactory(plan=plan)
        p.ModuleFormationFactory(plan=plan)
        p.EtapeJobcoachingFactory(jobcoaching__travailleur=other, kind="essai", ends_on=TODAY)
        p.EpreuveValidationFactory(validation__travailleur=other)
        p.ValidationCompetencesFactory(travailleur=other)
        a.AmenagementFactory(travailleur=other, analyse=True)
    portee = Portee.of(who["by"], as_of=TODAY)
    with at_most(1):
        found = list(source(portee))
    assert len(found) >= 5
    for line in found:
        assert reverse(line.url_name, kwargs=dict(line.url_kwargs))
        assert "table" not in f"{line.before}{line.after}{line.meta}"
    neighbour = {"by": make.actor(Role.ACCOMPAGNATEUR, make.EntrepriseInsertionFactory())}
    assert lines(source, neighbour) == []
