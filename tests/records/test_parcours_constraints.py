"""Each rule of the paths and of the adjustments, three times: holds, refused by the database, said in French."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.records import factories_amenagements as a
from tests.records import factories_parcours as p
from tests.records import triplets_frais as triplets
from tests.records.factories import TravailleurFactory, UserFactory
from tests.records.triplets_frais import Case
from tests.records.triplets_parcours_participations import CASES as PARTICIPATIONS

pytestmark = pytest.mark.django_db


def day(text):
    return dt.date.fromisoformat(text)


def _shared(row, **more):
    return {"travailleur": row.travailleur, "entreprise": row.entreprise} | more


def _person():
    row = TravailleurFactory()
    return {"travailleur": row, "entreprise": row.entreprise}


def _plan():
    row = p.PlanFormationFactory()
    return _shared(row, plan=row)


def _module():
    row = p.ModuleFormationFactory()
    return _shared(row, module=row)


def _hours():
    row = p.HeuresModuleFactory()
    return _shared(row, module=row.module)


def _evaluated():
    row = p.EvaluationFormationFactory()
    return _shared(row, plan=row.plan)


def _coached():
    row = p.JobcoachingFactory()
    return _shared(row, jobcoaching=row)


def _validation():
    row = p.ValidationCompetencesFactory(guide=True)
    return _shared(row, validation=row)


def _tested():
    row = p.EpreuveValidationFactory()
    return _shared(row, validation=row.validation)


def _skilled():
    row = p.CompetenceEvalueeFactory()
    return _shared(row)


def _without():
    row = p.SansObjetFactory()
    return _shared(row)


def _adjusted(**trait):
    def make():
        row = a.AmenagementFactory(**trait)
        return _shared(row, amenagement=row)

    return make


def _notice():
    row = a.AvisAmenagementFactory()
    return {"avis": row, "entreprise": row.entreprise}


def _decider():
    return _notice() | {"decided_by": UserFactory()}


def _noticed():
    row = a.AvisAmenagementFactory()
    return _shared(row, amenagement=row.amenagement, sent_by=row.sent_by)


def _written():
    row = a.TexteAvisFactory()
    return {"avis": row.avis, "entreprise": row.entreprise}


def _decided():
    row = a.DecisionAmenagementFactory()
    return {"avis": row.avis, "entreprise": row.entreprise, "decided_by": row.decided_by}


def _reviewed():
    row = a.RevueAmenagementFactory()
    return _shared(row, amenagement=row.amenagement)


def _diagnosed():
    row = a.DiagnosticAmenagementFactory()
    return _shared(row, amenagement=row.amenagement, recorded_by=row.recorded_by)


PARCOURS = [
    Case("plan_formation_closed_iff_on", p.PlanFormationFactory, {"state": "evalue"}, {"evalue": True}, _person),
    Case("plan_formation_closed_iff_on", p.PlanFormationFactory, {"closed_on": day("2026-09-30")}, first=_person),
    Case(
        "plan_formation_dates_in_order",
        p.PlanFormationFactory,
        {"state": "evalue", "closed_on": day("2026-03-01")},
        {"state": "evalue", "closed_on": day("2026-03-02")},
        _person,
    ),
    Case("expertise_answer_iff_on", p.DemandeExpertiseFactory, {"answer": "favorable"}, {"repondue": True}, _plan),
    Case("expertise_answer_iff_on", p.DemandeExpertiseFactory, {"answered_on": day("2026-03-30")}, first=_plan),
    Case(
        "expertise_dates_in_order",
        p.DemandeExpertiseFactory,
        {"answer": "favorable", "answered_on": day("2026-03-08")},
        {"answer": "favorable", "answered_on": day("2026-03-09")},
        _plan,
    ),
    Case("module_has_a_title", p.ModuleFormationFactory, {"title": ""}, first=_plan),
    Case(
        "module_dates_in_order",
        p.ModuleFormationFactory,
        {"ends_on": day("2026-03-31")},
        {"ends_on": day("2026-04-01")},
        _plan,
    ),
    Case(
        "module_hours_planned_positive",
        p.ModuleFormationFactory,
        {"hours_planned": Decimal(0)},
        {"hours_planned": Decimal("0.25")},
        _plan,
    ),
    Case("module_cost_not_negative", p.ModuleFormationFactory, {"cost": Decimal(-1)}, {"cost": Decimal(0)}, _plan),
    Case("heures_one_row_a_day", p.HeuresModuleFactory, {}, {"held_on": day("2026-04-03")}, _hours),
    Case("heures_within_a_day", p.HeuresModuleFactory, {"hours": Decimal(25)}, {"hours": Decimal(0)}, _module),
    Case("evaluation_one_per_plan", p.EvaluationFormationFactory, {}, {"plan": None}, _evaluated),
    Case("jobcoaching_outcome_iff_closed", p.JobcoachingFactory, {"outcome": "cdi"}, {"abouti": True}, _person),
    Case("jobcoaching_outcome_iff_closed", p.JobcoachingFactory, {"state": "abouti"}, first=_person),
    Case(
        "jobcoaching_dates_in_order",
        p.JobcoachingFactory,
        {"state": "abouti", "outcome": "cdi", "closed_on": day("2026-03-01")},
        {"state": "abouti", "outcome": "cdi", "closed_on": day("2026-03-02")},
        _person,
    ),
    Case("etape_trial_has_an_end", p.EtapeJobcoachingFactory, {"kind": "essai"}, {"essai": True}, _coached),
    Case("etape_trial_has_an_end", p.EtapeJobcoachingFactory, {"ends_on": day("2026-03-20")}, first=_coached),
    Case(
        "etape_dates_in_order",
        p.EtapeJobcoachingFactory,
        {"kind": "essai", "ends_on": day("2026-03-08")},
        {"kind": "essai", "ends_on": day("2026-03-09")},
        _coached,
    ),
    Case(
        "validation_interest_iff_on",
        p.ValidationCompetencesFactory,
        {"interest_on": day("2026-03-05")},
        {"interesse": True},
        _person,
    ),
    Case(
        "validation_interest_follows",
        p.ValidationCompetencesFactory,
        {"interest": "interesse", "interest_on": day("2026-03-01")},
        {"interest": "interesse", "interest_on": day("2026-03-02")},
        _person,
    ),
    Case(
        "validation_registered_follows",
        p.ValidationCompetencesFactory,
        {"registered_on": day("2026-03-12")},
        {"interesse": True, "registered_on": day("2026-03-05")},
        _person,
    ),
    Case(
        "validation_guidance_follows",
        p.ValidationCompetencesFactory,
        {"interesse": True, "guidance_on": day("2026-03-19")},
        {"guide": True},
        _person,
    ),
    Case(
        "validation_closed_iff_on", p.ValidationCompetencesFactory, {"state": "clos"}, {"pas_interesse": True}, _person
    ),
    Case(
        "validation_uninterested_is_closed",
        p.ValidationCompetencesFactory,
        {"interest": "pas_interesse", "interest_on": day("2026-03-05")},
        {"pas_interesse": True},
        _person,
    ),
    Case("epreuve_one_a_day", p.EpreuveValidationFactory, {}, {"held_on": day("2026-05-10")}, _tested),
    Case(
        "epreuve_title_iff_won",
        p.EpreuveValidationFactory,
        {"result": "titre"},
        {"result": "titre", "title": "Coupe"},
        _validation,
    ),
    Case("epreuve_title_iff_won", p.EpreuveValidationFactory, {"title": "Coupe"}, first=_validation),
    Case("competence_once_a_day", p.CompetenceEvalueeFactory, {}, {"assessed_on": day("2026-06-02")}, _skilled),
    Case("competence_level_1_to_4", p.CompetenceEvalueeFactory, {"level": 5}, {"level": 4}, _person),
    Case("competence_expected_1_to_4", p.CompetenceEvalueeFactory, {"expected": 5}, {"expected": 4}, _person),
    Case("competence_and_occupation_named", p.CompetenceEvalueeFactory, {"competence": ""}, first=_person),
    Case("sans_objet_one_open", p.SansObjetFactory, {}, {"task": 4}, _without),
    Case("sans_objet_task_may_be", p.SansObjetFactory, {"task": 1}, {"task": 10}, _person),
    Case(
        "sans_objet_dates_in_order",
        p.SansObjetFactory,
        {"lifted_on": day("2026-03-01")},
        {"lifted_on": day("2026-03-02")},
        _person,
    ),
    Case(
        "sans_objet_other_is_said",
        p.SansObjetFactory,
        {"reason": "autre"},
        {"reason": "autre", "detail": "Suivi par le service d’aide"},
        _person,
    ),
]

AMENAGEMENTS = [
    Case(
        "amenagement_analysis_follows_need",
        a.AmenagementFactory,
        {"analyse": True, "analysed_on": day("2026-02-01")},
        {"analyse": True, "analysed_on": day("2026-02-02")},
        _person,
    ),
    Case("amenagement_analysis_follows_need", a.AmenagementFactory, {"analysed_on": a.ANALYSED}, first=_person),
    Case("amenagement_analysis_follows_need", a.AmenagementFactory, {"measure": "Une table"}, first=_person),
    Case(
        "amenagement_notice_follows_analysis",
        a.AmenagementFactory,
        {"analyse": True, "notified_on": day("2026-03-01")},
        {"analyse": True, "notified_on": day("2026-03-02")},
        _person,
    ),
    Case(
        "amenagement_notice_follows_analysis", a.AmenagementFactory, {"notified_on": a.SENT}, {"remis": True}, _person
    ),
    Case(
        "amenagement_decision_follows_notice",
        a.AmenagementFactory,
        {"remis": True, "outcome": "refuse", "decided_on": day("2026-04-01")},
        {"remis": True, "outcome": "refuse", "decided_on": day("2026-04-02")},
        _person,
    ),
    Case(
        "amenagement_decision_follows_notice", a.AmenagementFactory, {"remis": True, "outcome": "refuse"}, first=_person
    ),
    Case(
        "amenagement_told_follows_decision",
        a.AmenagementFactory,
        {"remis": True, "told_on": a.TOLD},
        {"dit": True},
        _person,
    ),
    Case(
        "amenagement_review_of_what_was_accepted",
        a.AmenagementFactory,
        {"refuse": True, "review_on": day("2026-12-01")},
        {"accepte": True},
        _person,
    ),
    Case("amenagement_closed_with_reason", a.AmenagementFactory, {"closed_on": a.TOLD}, {"clos": True}, _person),
    Case(
        "amenagement_closed_with_reason",
        a.AmenagementFactory,
        {"close_reason": "retire", "closed_on": day("2026-02-01")},
        first=_person,
    ),
    Case("amenagement_cost_not_negative", a.AmenagementFactory, {"cost": Decimal(-1)}, {"cost": Decimal(0)}, _person),
    Case("revue_one_a_day", a.RevueAmenagementFactory, {}, {"held_on": day("2026-08-03")}, _reviewed),
    Case(
        "revue_next_is_later",
        a.RevueAmenagementFactory,
        {"next_on": day("2026-07-01")},
        {"next_on": day("2026-07-02")},
        _adjusted(dit=True),
    ),
    Case(
        "revue_next_unless_over",
        a.RevueAmenagementFactory,
        {"next_on": None},
        {"next_on": None, "result": "termine"},
        _adjusted(dit=True),
    ),
    Case("avis_one_per_amenagement", a.AvisAmenagementFactory, {}, {"amenagement": None}, _noticed),
    Case("texte_avis_one_per_avis", a.TexteAvisFactory, {}, {"avis": None}, _written),
    Case("decision_one_per_avis", a.DecisionAmenagementFactory, {}, {"avis": None}, _decided),
    Case(
        "decision_refusal_has_reasons",
        a.DecisionAmenagementFactory,
        {"outcome": "refuse", "review_on": None},
        {"outcome": "refuse", "review_on": None, "reasons": "Le bâtiment est loué."},
        _decider,
    ),
    Case("decision_review_iff_accepted", a.DecisionAmenagementFactory, {"review_on": None}, first=_decider),
    Case("decision_review_iff_accepted", a.DecisionAmenagementFactory, {"review_on": a.DECIDED}, first=_decider),
    Case("diagnostic_one_per_author", a.DiagnosticAmenagementFactory, {}, {"recorded_by": None}, _diagnosed),
]
CASES = [*PARCOURS, *AMENAGEMENTS]
FRESH = {
    "evaluation_one_per_plan": lambda: {"plan": p.PlanFormationFactory()},
    "avis_one_per_amenagement": lambda: {"amenagement": a.AmenagementFactory(remis=True)},
    "texte_avis_one_per_avis": lambda: {"avis": a.AvisAmenagementFactory()},
    "decision_one_per_avis": lambda: {"avis": a.AvisAmenagementFactory()},
    "diagnostic_one_per_author": lambda: {"recorded_by": UserFactory()},
}
"""What takes the place of the row that a unique one collides with, made when the database is there."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_right_row_comes_in(case):
    case.factory(**(triplets.prepare(case) | case.good | FRESH.get(case.name, dict)()))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_database_keeps_the_wrong_row_out(case):
    triplets.refused_by_the_database(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_refusal_is_a_french_sentence(case):
    triplets.explained_in_french(case)


def test_no_constraint_is_forgotten():
    assert {case.name for case in [*PARCOURS, *PARTICIPATIONS]} == triplets.constraints_of("parcours")
    assert {case.name for case in AMENAGEMENTS} == triplets.constraints_of("amenagements")
