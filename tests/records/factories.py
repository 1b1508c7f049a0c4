"""
Invented rows for tests; situations are traits, never subclasses.

``actor(Role.GESTIONNAIRE, entreprise)`` gives who acts, with a real user behind.
"""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory, Password

from clefdevoute.records.entreprises.models import (
    Affectation,
    Agrement,
    CompteLigne,
    EntrepriseInsertion,
    Lecture,
    PartTvaDeductible,
    Suspension,
)
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.models import ProofFile, User
from clefdevoute.records.personnes.models import (
    Absence,
    Accompagnateur,
    ConditionStatut,
    ContratAccompagnateur,
    Engagement,
    ImportTravailleurs,
    PeriodeExperience,
    StatutEngagement,
    Travailleur,
)
from clefdevoute.records.personnes.recherche import search_key

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def bce(number: int) -> str:
    """Make a valid enterprise number out of a small one."""
    stem = 4_000_000 + number
    return f"{stem:08d}{97 - stem % 97:02d}"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.be")
    name = factory.Sequence(lambda n: f"Personne {n}")
    password = Password("motdepasse-de-test")


class EntrepriseInsertionFactory(DjangoModelFactory):
    class Meta:
        model = EntrepriseInsertion

    class Params:
        en_faillite = factory.Trait(cessation_kind="faillite", cessation_on=dt.date(2026, 6, 1))

    name = factory.Sequence(lambda n: f"Entreprise d’essai {n}")
    bce = factory.Sequence(bce)
    file_number = factory.Sequence(lambda n: f"EI02{n:05d}")


class AgrementFactory(DjangoModelFactory):
    class Meta:
        model = Agrement

    class Params:
        initial = factory.Trait(kind="initial", ends_on=dt.date(2026, 3, 14))
        renouvele = factory.Trait(kind="renouvele", ends_on=dt.date(2028, 3, 14))

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    kind = "indetermine"
    starts_on = dt.date(2024, 3, 15)
    ends_on = None


class SuspensionFactory(DjangoModelFactory):
    class Meta:
        model = Suspension

    agrement = factory.SubFactory(AgrementFactory)
    entreprise = factory.SelfAttribute("agrement.entreprise")
    starts_on = dt.date(2025, 1, 1)
    ends_on = dt.date(2025, 2, 28)


class PartTvaDeductibleFactory(DjangoModelFactory):
    class Meta:
        model = PartTvaDeductible

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    starts_on = dt.date(2024, 1, 1)
    percent = Decimal("60.00")


class CompteLigneFactory(DjangoModelFactory):
    class Meta:
        model = CompteLigne

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    line = "loyer"
    account = "611000"
    label = "Loyer du bureau"
    starts_on = dt.date(2024, 1, 1)


class LectureFactory(DjangoModelFactory):
    class Meta:
        model = Lecture

    key = "A2"
    value = "premier_jour"
    starts_on = dt.date(2024, 1, 1)
    reason = "Usage de la Direction."
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class AffectationFactory(DjangoModelFactory):
    class Meta:
        model = Affectation

    class Params:
        administration = factory.Trait(role="administration", entreprise=None)
        inspection = factory.Trait(role="inspection", entreprise=None)
        finie = factory.Trait(ends_on=dt.date(2025, 12, 31))

    user = factory.SubFactory(UserFactory)
    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    role = "gestionnaire"
    starts_on = dt.date(2024, 1, 1)


class ProofFileFactory(DjangoModelFactory):
    """The row of a proof without its content; use ``proofs.store`` where bytes are read."""

    class Meta:
        model = ProofFile

    class Params:
        entreprise = factory.SubFactory(EntrepriseInsertionFactory)

    entreprise_id = factory.SelfAttribute("entreprise.id")
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size = 10
    media_type = "application/pdf"
    filename = "preuve.pdf"
    stored_by = factory.Faker("uuid4", cast_to=None)
    stored_at = NOW


class ImportTravailleursFactory(DjangoModelFactory):
    class Meta:
        model = ImportTravailleurs

    class Params:
        applique = factory.Trait(state="applique", applied_at=NOW)
        annule = factory.Trait(state="annule", applied_at=NOW, undone_at=NOW)

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    file = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = NOW


class TravailleurFactory(DjangoModelFactory):
    class Meta:
        model = Travailleur

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    number = factory.Sequence(lambda n: f"T{n:05d}")
    name = factory.Sequence(lambda n: f"Dupont{n}")
    first_name = "Éloïse"
    birth_date = dt.date(1990, 5, 17)
    search_key = factory.LazyAttribute(lambda row: search_key(row.name, row.first_name))
    modified_at = NOW


class EngagementFactory(DjangoModelFactory):
    """A contract, TD unless told; ``statut=""`` leaves it without status."""

    class Meta:
        model = Engagement
        skip_postgeneration_save = True

    class Params:
        mi_temps = factory.Trait(hours_per_week=Decimal("19.00"))
        article60 = factory.Trait(art60=True, cpas_name="CPAS de Namur", contract_kind="mise_a_disposition")

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    starts_on = dt.date(2024, 1, 8)
    hours_per_week = Decimal("38.00")
    reference_hours = Decimal("38.00")
    contract_kind = "cdi"
    modified_at = NOW

    @factory.post_generation
    def statut(self, create, extracted, **fields):
        if create and extracted != "":
            StatutEngagementFactory(engagement=self, statut=extracted or "td", **fields)


class StatutEngagementFactory(DjangoModelFactory):
    class Meta:
        model = StatutEngagement

    engagement = factory.SubFactory(EngagementFactory, statut="")
    entreprise = factory.SelfAttribute("engagement.entreprise")
    statut = "td"
    without_cess = True
    dei = True
    modified_at = NOW


class ConditionStatutFactory(DjangoModelFactory):
    class Meta:
        model = ConditionStatut

    class Params:
        minorite = factory.Trait(number=6)
        handicap = factory.Trait(number=7)

    statut = factory.SubFactory(StatutEngagementFactory)
    entreprise = factory.SelfAttribute("statut.entreprise")
    number = 1
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = Absence

    class Params:
        longue_duree = factory.Trait(kind="longue_duree", ends_on=None)

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    kind = "maladie"
    starts_on = dt.date(2025, 3, 3)
    ends_on = dt.date(2025, 3, 14)


class AccompagnateurFactory(DjangoModelFactory):
    class Meta:
        model = Accompagnateur

    class Params:
        diplome = factory.Trait(diploma="social", diploma_title="Assistante sociale", diploma_on=dt.date(2015, 6, 30))

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    name = factory.Sequence(lambda n: f"Lambert{n}")
    first_name = "Nadia"
    functions_start = dt.date(2024, 1, 1)


class PeriodeExperienceFactory(DjangoModelFactory):
    class Meta:
        model = PeriodeExperience

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    kind = "accompagnement_social"
    employer = "Maison d’accueil"
    starts_on = dt.date(2018, 1, 1)
    ends_on = dt.date(2020, 12, 31)


class ContratAccompagnateurFactory(DjangoModelFactory):
    class Meta:
        model = ContratAccompagnateur

    class Params:
        second = factory.Trait(kind="second", weekdays="45")
        temps_plein = factory.Trait(hours_per_week=Decimal("38.00"))

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    kind = "accompagnement"
    hours_per_week = Decimal("19.00")
    reference_hours = Decimal("38.00")
    starts_on = dt.date(2024, 1, 1)


def actor(
    role: Role,
    entreprise: EntrepriseInsertion | None = None,
    *,
    user: User | None = None,
    permissions: tuple[str, ...] = (),
    on: dt.date | None = None,
) -> Actor:
    """Give an actor in a role, for an enterprise or for none, with a real user behind."""
    who = user or UserFactory()
    return Actor(who.pk, role, entreprise.pk if entreprise else None, frozenset(permissions), on)
