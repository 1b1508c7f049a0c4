"""The pages of the three paths: what they show, what they refuse in a sentence, what they keep of what was typed."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.parcours.models import (
    CompetenceEvaluee,
    HeuresModule,
    Jobcoaching,
    PlanFormation,
    SansObjet,
    ValidationCompetences,
)
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.models import Objectif
from tests.records import factories as make
from tests.records import factories_parcours as p
from tests.records.factories_amenagements import AmenagementFactory
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
DAY = "2026-11-22"


@pytest.fixture(autouse=True)
def today():
    with on_day(DAY):
        yield


@pytest.fixture
def person(entreprise):
    row = make.TravailleurFactory(entreprise=entreprise, name="Boisclair", first_name="Samira")
    make.EngagementFactory(travailleur=row)
    return row


@pytest.fixture
def suivi(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


def page(answer):
    return answer.content.decode()


def where(person, part=""):
    return f"/suivi/travailleurs/{person.pk}/{part}"


def test_an_empty_screen_says_what_comes_next(suivi, person):
    for part, verb in (
        ("formation/", "Ouvrir un plan"),
        ("emploi/", "Ouvrir un jobcoaching"),
        ("validation/", "Noter l’information donnée"),
        ("amenagements/", "Noter un besoin"),
    ):
        html = page(suivi.get(where(person, part)))
        assert html.count("cv-btn--primary") == 1
        assert verb in html


def test_a_plan_opens_on_an_objective_of_the_person_alone(suivi, person):
    other = make.TravailleurFactory(entreprise=person.entreprise)
    goals = [
        Objectif.objects.create(
            entreprise=one.entreprise,
            travailleur=one,
            title=f"But de {one.name}",
            horizon="court",
            opened_on=dt.date(2026, 1, 5),
            review_on=dt.date(2027, 1, 5),
            recorded_by=make.UserFactory(),
            recorded_at=make.NOW,
        )
        for one in (person, other)
    ]
    form = page(suivi.get(where(person, "formation/nouveau/")))
    assert f"But de {person.name}" in form
    assert f"But de {other.name}" not in form
    typed = {"need": "Lire un plan", "need_on": "20/11/2026", "objectif": str(goals[1].pk)}
    assert suivi.post(where(person, "formation/nouveau/"), typed).status_code == 422
    done = suivi.post(where(person, "formation/nouveau/"), typed | {"objectif": str(goals[0].pk)}, follow=True)
    assert "Plan ouvert." in page(done)
    assert "Demander l’expertise" in page(done)
    assert PlanFormation.objects.get().objectif == goals[0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"need": "Lire", "need_on": "23/11/2026"}, "pas encore venu"),
        ({"need": "Lire", "need_on": "31/02/2026"}, "n’existe pas"),
        ({"need": "", "need_on": "20/11/2026"}, "Écrivez le besoin"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence_and_kept(suivi, person, typed, sentence):
    answer = suivi.post(where(person, "formation/nouveau/"), typed)
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert typed["need_on"] in page(answer)
    assert typed["need"] in page(answer)
    assert not PlanFormation.objects.exists()


def test_a_day_outside_the_contract_is_kept_with_a_warning(suivi, person):
    typed = {"need": "Lire", "need_on": "01/01/2023"}
    done = suivi.post(where(person, "formation/nouveau/"), typed, follow=True)
    assert "hors de tout contrat" in page(done)
    assert PlanFormation.objects.get().need_on == dt.date(2023, 1, 1)


def test_hours_planned_and_attended_stand_side_by_side(suivi, person):
    module = p.ModuleFormationFactory(plan__travailleur=person, title="Patronage")
    for day, hours in (("02/04/2026", "4,5"), ("03/04/2026", "3"), ("03/04/2026", "4")):
        done = suivi.post(f"/suivi/modules/{module.pk}/heures/", {"held_on": day, "hours": hours}, follow=True)
    assert "8,5 heures suivies sur 24 prévues" in page(done).replace("\xa0", " ")
    assert HeuresModule.objects.count() == 2
    refused = suivi.post(f"/suivi/modules/{module.pk}/heures/", {"held_on": "02/06/2026", "hours": "3"})
    assert "finit le 30/04/2026" in page(refused)
    assert refused.status_code == 422


def test_a_late_expertise_is_shown_late(suivi, person):
    p.DemandeExpertiseFactory(plan__travailleur=person, asked_on=dt.date(2026, 10, 20))
    html = page(suivi.get(where(person, "formation/")))
    assert "sans réponse depuis 33 jours" in html.replace("\xa0", " ")
    assert "À relancer" in html


def test_a_jobcoaching_offers_the_enterprises_of_the_network_and_refuses_a_neighbour_s(suivi, person, entreprise):
    ours = Partenaire.objects.create(entreprise=entreprise, kind="entreprise", name="Confection Meuse")
    closed = Partenaire.objects.create(
        entreprise=entreprise, kind="entreprise", name="Fermée SA", closed_on=dt.date(2026, 1, 1)
    )
    stranger = Partenaire.objects.create(
        entreprise=make.EntrepriseInsertionFactory(), kind="entreprise", name="Voisine SA"
    )
    html = page(suivi.get(where(person, "emploi/nouveau/")))
    assert ours.name in html
    assert closed.name not in html
    assert stranger.name not in html
    typed = {"wish": "Un atelier", "opened_on": "20/11/2026", "partenaire": str(stranger.pk)}
    refused = suivi.post(where(person, "emploi/nouveau/"), typed)
    assert "pas dans votre réseau" in page(refused)
    suivi.post(where(person, "emploi/nouveau/"), typed | {"partenaire": str(ours.pk)})
    job = Jobcoaching.objects.get()
    step = {"kind": "essai", "held_on": "21/11/2026", "done": "seul", "partenaire": str(ours.pk), "outcome": ""}
    wrong = suivi.post(f"/suivi/jobcoachings/{job.pk}/etapes/nouvelle/", step)
    assert "Un essai a un premier et un dernier jour" in page(wrong)
    done = suivi.post(f"/suivi/jobcoachings/{job.pk}/etapes/nouvelle/", step | {"ends_on": "27/11/2026"}, follow=True)
    assert "dont 1 par la personne seule" in page(done).replace("\xa0", " ")


def test_the_end_of_a_contract_proposes_the_next_step(suivi, person):
    contract = make.Engagement.objects.get(travailleur=person)
    contract.ends_on = dt.date(2027, 1, 31)
    contract.save()
    html = page(suivi.get(where(person, "fin-de-contrat/"))).replace("\xa0", " ")
    assert f'href="{where(person, "forem/")}"' in html
    assert "70 jours" in html
    for verb in ("Ouvrir un jobcoaching", "Informer la personne", "Ouvrir un plan"):
        assert verb in html
    assert html.count("cv-btn--primary") == 1
    assert "Préparer la fin de contrat" in page(suivi.get(where(person, "emploi/")))


def test_an_occupation_is_tied_to_esco_or_kept_in_one_s_own_words(suivi, person):
    start = {"informed_on": "20/11/2026", "handout": "on", "occupation": "couturier"}
    address = where(person, "validation/information/")
    asked = suivi.post(address, start)
    assert asked.status_code == 422
    assert "Lequel de ces métiers" in page(asked)
    near = asked.context["form"].near[0]
    suivi.post(address, start | {"metier": near.uri})
    row = ValidationCompetences.objects.get()
    assert (row.occupation, row.occupation_code) == (near.libelle, near.uri)
    suivi.post(address, start | {"metier": "tel_quel"})
    assert ValidationCompetences.objects.filter(occupation="couturier", occupation_code="").exists()


def test_an_uninterested_person_ends_the_path_and_leaves_its_date(suivi, person):
    path = p.ValidationCompetencesFactory(travailleur=person)
    typed = {"interest": "pas_interesse", "interest_on": "20/11/2026", "note": "Plus tard"}
    done = page(suivi.post(f"/suivi/validations/{path.pk}/interet/", typed, follow=True))
    assert "Pas intéressé" in done
    again = suivi.post(f"/suivi/validations/{path.pk}/inscription/", {"registered_on": "20/11/2026", "occupation": "X"})
    assert again.status_code in {409, 422}


def test_the_grid_says_levels_in_words_and_offers_the_skills_again(suivi, person):
    for level, day in ((1, dt.date(2026, 1, 5)), (3, dt.date(2026, 6, 1))):
        p.CompetenceEvalueeFactory(travailleur=person, level=level, assessed_on=day, competence="Couper")
    html = page(suivi.get(where(person, "validation/")))
    assert "1, Découvre" in html
    assert "3, Fait seul" in html
    assert "<svg" in html
    form = page(suivi.get(where(person, "competences/")))
    assert 'value="Couper"' in form
    typed = {"occupation": "couturier", "metier": "tel_quel", "assessed_on": "20/11/2026", "niveau_1": "2"}
    refused = suivi.post(where(person, "competences/"), typed)
    assert "Nommez la compétence" in page(refused)
    suivi.post(where(person, "competences/"), typed | {"competence_0": "Couper", "niveau_0": "4", "niveau_1": ""})
    assert CompetenceEvaluee.objects.filter(level=4, competence="Couper").exists()
    asked = typed | {"competence_0": "Couper", "niveau_0": "3", "demande_0": "4", "niveau_1": ""}
    suivi.post(where(person, "competences/"), asked)
    shown = page(suivi.get(where(person, "validation/")))
    assert "4, Peut le montrer à un autre" in shown
    assert "Pas encore atteint" in shown
    again = BeautifulSoup(page(suivi.get(where(person, "competences/"))), "html.parser")
    assert again.select_one("select[name=demande_0] option[selected]")["value"] == "4"


def test_without_object_is_noted_shown_and_lifted(suivi, person):
    address = where(person, "sans-objet/6/")
    missing = suivi.post(address, {"reason": "autre", "noted_on": "20/11/2026", "detail": ""})
    assert "« Autre raison » s’écrit" in page(missing).replace("\xa0", " ")
    html = page(suivi.post(address, {"reason": "refus", "noted_on": "20/11/2026"}, follow=True))
    assert "La personne ne le souhaite pas" in html
    suivi.post(f"/suivi/sans-objet/{SansObjet.objects.get().pk}/lever/")
    assert SansObjet.objects.get().lifted_on == dt.date(2026, 11, 22)
    assert suivi.get(where(person, "sans-objet/1/")).status_code == 404


def test_a_screen_costs_the_same_with_many_plans(suivi, person):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert suivi.get(where(person, "formation/")).status_code == 200
        return len(seen)

    def add(number):
        for _ in range(number):
            module = p.ModuleFormationFactory(plan__travailleur=person)
            p.HeuresModuleFactory(module=module)
            p.DemandeExpertiseFactory(plan=module.plan, repondue=True)

    add(1)
    asked()
    before = asked()
    add(11)
    assert asked() == before


def test_all_of_it_works_for_five_persons_without_any_subsidy(suivi, entreprise):
    for _ in range(5):
        row = make.TravailleurFactory(entreprise=entreprise)
        make.EngagementFactory(travailleur=row)
        for part in ("formation/", "emploi/", "validation/", "amenagements/", "fin-de-contrat/"):
            assert suivi.get(where(row, part)).status_code == 200


def test_a_colleague_without_the_follow_up_is_told_nothing_when_the_enterprise_wants_it(suivi, person, entreprise):
    entreprise.assigned_only = True
    entreprise.save()
    plan = p.PlanFormationFactory(travailleur=person)
    for address in (where(person, "formation/"), f"/suivi/plans/{plan.pk}/expertise/"):
        assert suivi.get(address).status_code == 404


def test_the_timeline_tells_the_days_and_none_of_the_words(suivi, person):
    p.PlanFormationFactory(travailleur=person, need="Mot-témoin")
    p.DemandeExpertiseFactory(plan__travailleur=person, repondue=True)
    p.HeuresModuleFactory(module__plan__travailleur=person)
    p.EtapeJobcoachingFactory(jobcoaching__travailleur=person, jobcoaching__wish="Mot-témoin", note="Mot-témoin")
    p.EpreuveValidationFactory(validation__travailleur=person, result="titre", title="Piquage industriel")
    p.CompetenceEvalueeFactory(travailleur=person)
    p.SansObjetFactory(travailleur=person, task=8)
    AmenagementFactory(travailleur=person, need="Mot-témoin", analyse=True)
    html = page(suivi.get(where(person, "?genre=parcours"))).replace("\xa0", " ")
    for said in (
        "Expertise demandée au Forem",
        "Module : Patronage, niveau 1",
        "Jobcoaching ouvert",
        "Par la personne seule",
        "Épreuve de validation : titre obtenu",
        "Compétences évaluées",
        "Envoi au Forem : sans objet",
        "Poste analysé",
    ):
        assert said in html, said
    assert "Mot-témoin" not in html
