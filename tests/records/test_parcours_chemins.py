"""The three paths walked by their actions: each step in its order, each ending in its evidence."""

import datetime as dt
from decimal import Decimal

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent, Change
from clefdevoute.records.parcours import actions, facts
from clefdevoute.records.parcours.models import PlanFormation, ValidationCompetences
from clefdevoute.records.reseau.models import Partenaire
from tests.records import factories as make
from tests.records import factories_parcours as p
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 11, 22)}


def day(month, number=2):
    return dt.date(2026, month, number)


@pytest.fixture
def person():
    return make.EngagementFactory().travailleur


@pytest.fixture
def by(person):
    return make.actor(Role.ACCOMPAGNATEUR, person.entreprise)


@pytest.fixture
def who(by, now):
    return {"by": by, "now": now}


def proofs(person, task):
    found = facts.preuves_parcours(person.entreprise_id, [person.pk], **YEAR)
    return [(one[1], one[2]) for one in found.get(person.pk, []) if one[0] == task]


def test_a_training_plan_goes_from_its_need_to_its_evaluation(person, who):
    plan = actions.ouvrir_plan(travailleur=person, need="Lire un plan", need_on=day(2), **who)
    asked = actions.demander_expertise(plan=plan, asked_on=day(3), convention_ref="F/7", **who)
    actions.noter_reponse(demande=asked, answered_on=day(4), answer="favorable", **who)
    module = actions.ajouter_module(
        plan=plan, title="Coupe", starts_on=day(5), ends_on=day(6), hours_planned=Decimal(24), cost=Decimal(120), **who
    )
    actions.noter_heures(module=module, held_on=day(5, 3), hours=Decimal("4.5"), **who)
    actions.noter_heures(module=module, held_on=day(5, 4), hours=Decimal(3), **who)
    actions.noter_heures(module=module, held_on=day(5, 4), hours=Decimal(4), **who)
    actions.noter_heures(module=module, held_on=day(5, 5), hours=Decimal(0), **who)
    attended = facts.heures(person.entreprise_id, [module.pk])
    assert attended == {module.pk: Decimal("8.5")}
    assert facts.totaux([module], attended) == facts.Totaux(Decimal(24), Decimal("8.5"), Decimal(120))
    actions.evaluer_plan(plan=plan, held_on=day(7), outcome="atteint", **who)
    plan.refresh_from_db()
    assert (plan.state, plan.closed_on) == (PlanFormation.State.EVALUE, day(7))
    days = [day(2), day(3), day(4), day(5, 3), day(5, 4), day(7)]
    assert proofs(person, 4) == [(one, "parcours.planformation") for one in days], "un jour d'absence ne prouve rien"
    with pytest.raises(AccessDenied, match="ouvrez-en un autre"):
        actions.ajouter_module(plan=plan, title="X", starts_on=day(8), hours_planned=Decimal(1), **who)


def test_one_request_at_a_time_and_hours_inside_the_module(person, who):
    module = p.ModuleFormationFactory(travailleur=person, plan__travailleur=person)
    actions.demander_expertise(plan=module.plan, asked_on=day(3, 9), **who)
    with pytest.raises(AccessDenied, match="attend une réponse"):
        actions.demander_expertise(plan=module.plan, asked_on=day(3, 10), **who)
    with pytest.raises(RowRefused, match="commence le 01/04/2026 et finit le 30/04/2026"):
        actions.noter_heures(module=module, held_on=day(5), hours=Decimal(4), **who)
    with pytest.raises(RowRefused, match="n’est pas encore venu"):
        actions.noter_heures(module=module, held_on=dt.date(2026, 11, 23), hours=Decimal(4), **who)


def test_a_partner_of_a_neighbour_and_an_objective_of_another_are_refused(person, who):
    stranger = Partenaire.objects.create(
        entreprise=make.EntrepriseInsertionFactory(), kind="formation", name="Centre voisin"
    )
    plan = p.PlanFormationFactory(travailleur=person)
    with pytest.raises(RowRefused, match="pas dans votre réseau"):
        actions.ajouter_module(
            plan=plan, title="X", starts_on=day(4), hours_planned=Decimal(1), partenaire=stranger, **who
        )


def test_a_jobcoaching_says_what_was_done_alone_and_how_it_ends(person, who):
    job = actions.ouvrir_jobcoaching(travailleur=person, wish="Un atelier", opened_on=day(3), **who)
    common = {"jobcoaching": job} | who
    actions.ajouter_etape(kind="contact", held_on=day(3, 9), done="avec", **common)
    trial = actions.ajouter_etape(
        kind="essai", held_on=day(4), ends_on=day(4, 20), done="seul", note="Trajet possible", **common
    )
    with pytest.raises(RowRefused, match="ne le précède pas"):
        actions.ajouter_etape(kind="contact", held_on=day(2), done="seul", **common)
    with pytest.raises(RowRefused, match="pas encore venu"):
        actions.ajouter_etape(kind="candidature", held_on=dt.date(2026, 12, 1), done="seul", **common)
    actions.noter_issue(etape=trial, outcome="positif", **who)
    trial.refresh_from_db()
    assert (trial.outcome, trial.note) == ("positif", "Trajet possible"), "une issue n'efface pas la note"
    actions.clore_jobcoaching(jobcoaching=job, closed_on=day(6), outcome="cdi", **who)
    job.refresh_from_db()
    assert job.state == "abouti"
    assert [one[0] for one in proofs(person, 5)] == [day(3), day(3, 9), day(4), day(6)]


def test_a_trial_planned_proves_nothing_before_its_day(person, who):
    job = p.JobcoachingFactory(travailleur=person)
    later = {"held_on": dt.date(2026, 12, 1), "ends_on": dt.date(2026, 12, 9)}
    actions.ajouter_etape(jobcoaching=job, kind="essai", done="seul", **later, **who)
    assert [one[0] for one in proofs(person, 5)] == [day(3)]


def test_a_title_is_reached_through_every_step_and_a_failure_is_tried_again(person, who):
    path = actions.informer(travailleur=person, informed_on=day(1), handout=True, **who)
    with pytest.raises(AccessDenied, match="volontaire"):
        actions.inscrire(validation=path, registered_on=day(2), occupation="couturier", **who)
    actions.noter_interet(validation=path, interest="interesse", interest_on=day(2), **who)
    with pytest.raises(AccessDenied, match="suit l’inscription"):
        actions.guider(validation=path, guidance_on=day(3), **who)
    actions.inscrire(validation=path, registered_on=day(3), occupation="couturier", **who)
    with pytest.raises(AccessDenied, match="suit la guidance"):
        actions.fixer_epreuve(validation=path, held_on=day(5), **who)
    actions.guider(validation=path, guidance_on=day(4), **who)
    first = actions.fixer_epreuve(validation=path, held_on=day(5), **who)
    with pytest.raises(AccessDenied, match="déjà prévue"):
        actions.fixer_epreuve(validation=path, held_on=day(6), **who)
    actions.noter_resultat(epreuve=first, result="echec", **who)
    second = actions.fixer_epreuve(validation=path, held_on=day(9), **who)
    assert day(9) not in [one[0] for one in proofs(person, 6)], "une épreuve prévue ne prouve rien"
    with pytest.raises(RowRefused, match="intitulé du titre"):
        actions.noter_resultat(epreuve=second, result="titre", **who)
    actions.noter_resultat(epreuve=second, result="titre", title="Piquage industriel", **who)
    path.refresh_from_db()
    assert (path.state, path.closed_on) == ("titre", day(9))
    assert [one[0] for one in proofs(person, 6)] == [day(1), day(2), day(3), day(4), day(5), day(9)]


def test_not_interested_closes_the_path_and_proves_the_information(person, who):
    path = actions.informer(travailleur=person, informed_on=day(1), handout=False, **who)
    actions.noter_interet(validation=path, interest="pas_interesse", interest_on=day(1, 5), **who)
    path.refresh_from_db()
    assert path.state == ValidationCompetences.State.CLOS
    assert proofs(person, 6) == [
        (day(1), "parcours.validationcompetences"),
        (day(1, 5), "parcours.validationcompetences"),
    ]


def test_the_grid_keeps_the_first_level_and_the_last(person, who):
    grid = {"travailleur": person, "occupation": "couturier"} | who
    actions.evaluer_competences(assessed_on=day(1), levels={"Couper": 1, "Piquer": 2}, **grid)
    actions.evaluer_competences(assessed_on=day(6), levels={"Couper": 2}, **grid)
    actions.evaluer_competences(assessed_on=day(6), levels={"Couper": 3}, **grid)
    seen = facts.grille(p.CompetenceEvaluee.objects.of(person.entreprise_id))["couturier"]
    assert [(one.competence, one.start_word, one.now_word, one.alone) for one in seen] == [
        ("Couper", "Découvre", "Fait seul", False),
        ("Piquer", "Fait avec aide", "Fait avec aide", True),
    ]


def test_the_level_that_a_skill_takes_is_kept_and_told_reached(person, who):
    grid = {"travailleur": person, "occupation": "couturier"} | who
    actions.evaluer_competences(assessed_on=day(1), levels={"Couper": 1, "Piquer": 2}, expected={"Couper": 3}, **grid)
    actions.evaluer_competences(assessed_on=day(6), levels={"Couper": 3, "Piquer": 3}, **grid)
    couper, piquer = facts.grille(p.CompetenceEvaluee.objects.of(person.entreprise_id))["couturier"]
    assert (couper.expected, couper.expected_word, couper.reached) == (3, "Fait seul", True)
    assert (piquer.expected, piquer.expected_word, piquer.reached) == (None, "", False)


def test_without_object_says_its_reason_until_lifted(person, who):
    note = actions.noter_sans_objet(travailleur=person, task=6, reason="refus", noted_on=day(3), **who)
    found = facts.sans_objet(person.entreprise_id, [person.pk], **YEAR)
    assert found[person.pk][6].reason == "La personne ne le souhaite pas"
    with pytest.raises(RowRefused, match="déjà sans objet"):
        actions.noter_sans_objet(travailleur=person, task=6, reason="refus", noted_on=day(4), **who)
    actions.lever_sans_objet(sans_objet=note, lifted_on=day(5), **who)
    later = {"start": day(6), "end": day(11)}
    assert facts.sans_objet(person.entreprise_id, [person.pk], **later) == {}
    assert 6 in facts.sans_objet(person.entreprise_id, [person.pk], **YEAR)[person.pk]
    with pytest.raises(AccessDenied, match="déjà levée"):
        actions.lever_sans_objet(sans_objet=note, lifted_on=day(6), **who)


@pytest.mark.parametrize("role", [Role.GESTIONNAIRE, Role.SECRETARIAT, Role.INSPECTION, Role.ADMINISTRATION])
def test_no_other_role_writes_or_reads_a_path(person, now, role):
    other = make.actor(role, person.entreprise)
    with pytest.raises(AccessDenied):
        actions.ouvrir_plan(travailleur=person, need="X", need_on=day(3), by=other, now=now)
    p.PlanFormationFactory(travailleur=person)
    assert not PlanFormation.objects.visible_to(other).exists()


def test_the_journal_holds_no_word_of_what_was_written(person, who):
    marker = "Mot-témoin"
    plan = actions.ouvrir_plan(travailleur=person, need=marker, need_on=day(2), **who)
    asked = actions.demander_expertise(plan=plan, asked_on=day(3), **who)
    actions.noter_reponse(demande=asked, answered_on=day(4), answer="favorable", answer_text=marker, **who)
    actions.evaluer_plan(plan=plan, held_on=day(5), outcome="atteint", text=marker, **who)
    job = actions.ouvrir_jobcoaching(travailleur=person, wish=marker, opened_on=day(3), **who)
    step = actions.ajouter_etape(jobcoaching=job, kind="contact", held_on=day(4), done="seul", note=marker, **who)
    actions.noter_issue(etape=step, outcome="positif", note=f"{marker} encore", **who)
    assert AuditEvent.objects.filter(event="parcours.expertise_repondue").exists()
    assert not [row for row in Change.objects.all() if marker in f"{row.old}{row.new}"]


def test_evidence_of_a_whole_enterprise_costs_a_fixed_number_of_queries(person):
    ids = [person.pk]
    for _ in range(6):
        other = make.TravailleurFactory(entreprise=person.entreprise)
        ids.append(other.pk)
        p.HeuresModuleFactory(module__plan__travailleur=other)
        p.EpreuveValidationFactory(validation__travailleur=other, held_on=day(4, 10), result="echec")
    with at_most(9):
        found = facts.preuves_parcours(person.entreprise_id, ids, **YEAR)
    assert len(found) == 6


def test_the_contract_that_nothing_continues_is_found_ninety_days_before(person):
    contract = make.EngagementFactory(
        travailleur=make.TravailleurFactory(entreprise=person.entreprise), ends_on=dt.date(2026, 12, 31)
    )
    who = contract.travailleur
    assert facts.fin_de_contrat(who, as_of=dt.date(2026, 10, 1)) is None
    assert facts.fin_de_contrat(who, as_of=dt.date(2026, 10, 2)) == contract
    make.EngagementFactory(travailleur=who, starts_on=dt.date(2027, 1, 1), site="B")
    assert facts.fin_de_contrat(who, as_of=dt.date(2026, 10, 2)) is None
    assert facts.hors_contrat(who, dt.date(2023, 1, 1))
    assert not facts.hors_contrat(who, dt.date(2026, 12, 31))
