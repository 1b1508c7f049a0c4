"""Invented rows of the three paths; situations are traits."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.parcours.models import (
    CompetenceEvaluee,
    DemandeExpertise,
    EpreuveValidation,
    EtapeJobcoaching,
    EvaluationFormation,
    HeuresModule,
    Jobcoaching,
    ModuleFormation,
    PlanFormation,
    SansObjet,
    ValidationCompetences,
)
from tests.records.factories import TravailleurFactory

DAY = dt.date(2026, 3, 2)


class _OfPerson(DjangoModelFactory):
    class Meta:
        abstract = True

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")


class PlanFormationFactory(_OfPerson):
    """A plan in course, on a need of March 2026."""

    class Meta:
        model = PlanFormation

    class Params:
        evalue = factory.Trait(state="evalue", closed_on=dt.date(2026, 9, 30))

    need = "Lire un plan de coupe"
    need_on = DAY


class DemandeExpertiseFactory(DjangoModelFactory):
    """A request to the Forem without answer."""

    class Meta:
        model = DemandeExpertise

    class Params:
        repondue = factory.Trait(answer="favorable", answered_on=dt.date(2026, 3, 30))

    plan = factory.SubFactory(PlanFormationFactory)
    travailleur = factory.SelfAttribute("plan.travailleur")
    entreprise = factory.SelfAttribute("plan.entreprise")
    asked_on = dt.date(2026, 3, 9)
    adviser = "Conseil Exemple"
    convention_ref = "FOREM/2026/7"


class ModuleFormationFactory(DjangoModelFactory):
    """Twenty-four hours in April 2026."""

    class Meta:
        model = ModuleFormation

    plan = factory.SubFactory(PlanFormationFactory)
    travailleur = factory.SelfAttribute("plan.travailleur")
    entreprise = factory.SelfAttribute("plan.entreprise")
    title = "Patronage, niveau 1"
    starts_on = dt.date(2026, 4, 1)
    ends_on = dt.date(2026, 4, 30)
    hours_planned = Decimal("24.00")
    cost = Decimal("120.00")


class HeuresModuleFactory(DjangoModelFactory):
    class Meta:
        model = HeuresModule

    module = factory.SubFactory(ModuleFormationFactory)
    travailleur = factory.SelfAttribute("module.travailleur")
    entreprise = factory.SelfAttribute("module.entreprise")
    held_on = dt.date(2026, 4, 2)
    hours = Decimal("4.00")


class EvaluationFormationFactory(DjangoModelFactory):
    class Meta:
        model = EvaluationFormation

    plan = factory.SubFactory(PlanFormationFactory)
    travailleur = factory.SelfAttribute("plan.travailleur")
    entreprise = factory.SelfAttribute("plan.entreprise")
    held_on = dt.date(2026, 9, 30)
    outcome = "atteint"


class JobcoachingFactory(_OfPerson):
    """A jobcoaching in course."""

    class Meta:
        model = Jobcoaching

    class Params:
        abouti = factory.Trait(state="abouti", closed_on=dt.date(2026, 9, 1), outcome="cdi")

    wish = "Travailler dans un atelier de confection"
    opened_on = DAY


class EtapeJobcoachingFactory(DjangoModelFactory):
    class Meta:
        model = EtapeJobcoaching

    class Params:
        essai = factory.Trait(kind="essai", ends_on=dt.date(2026, 3, 20))

    jobcoaching = factory.SubFactory(JobcoachingFactory)
    travailleur = factory.SelfAttribute("jobcoaching.travailleur")
    entreprise = factory.SelfAttribute("jobcoaching.entreprise")
    kind = "contact"
    held_on = dt.date(2026, 3, 9)
    done = "seul"


class ValidationCompetencesFactory(_OfPerson):
    """A person told of the validation, who has not answered."""

    class Meta:
        model = ValidationCompetences

    class Params:
        interesse = factory.Trait(interest="interesse", interest_on=dt.date(2026, 3, 5))
        guide = factory.Trait(
            interesse=True, registered_on=dt.date(2026, 3, 12), guidance_on=dt.date(2026, 3, 19), occupation="couturier"
        )
        pas_interesse = factory.Trait(
            interest="pas_interesse",
            interest_on=dt.date(2026, 3, 5),
            state="clos",
            closed_on=dt.date(2026, 3, 5),
        )

    informed_on = DAY
    handout = True


class EpreuveValidationFactory(DjangoModelFactory):
    class Meta:
        model = EpreuveValidation

    validation = factory.SubFactory(ValidationCompetencesFactory, guide=True)
    travailleur = factory.SelfAttribute("validation.travailleur")
    entreprise = factory.SelfAttribute("validation.entreprise")
    held_on = dt.date(2026, 4, 10)


class CompetenceEvalueeFactory(_OfPerson):
    class Meta:
        model = CompetenceEvaluee

    occupation = "couturier"
    competence = "Assembler une pièce"
    level = 2
    assessed_on = DAY


class SansObjetFactory(_OfPerson):
    class Meta:
        model = SansObjet

    task = 6
    reason = "pas_de_besoin"
    noted_on = DAY
