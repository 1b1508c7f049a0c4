"""Invented costs and subsidies for tests; situations are traits."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.frais.models import (
    AnneeFigee,
    ChargeRecurrente,
    CleRepartition,
    CompteIndividuel,
    Depot,
    Facture,
    FichierDepose,
    Fournisseur,
    ImportComptes,
    LigneFrais,
    MontantCompteIndividuel,
    PieceFacture,
    VersionCle,
)
from clefdevoute.records.subventions.models import (
    AideDeMinimis,
    DeclarationHonneur,
    DecompteFige,
    DossierTransmis,
    Mouvement,
    Subvention,
)
from tests.records.factories import NOW, AccompagnateurFactory, EntrepriseInsertionFactory, ProofFileFactory, bce


class CleRepartitionFactory(DjangoModelFactory):
    """A key with one version; ``version=False`` leaves it without."""

    class Meta:
        model = CleRepartition
        skip_postgeneration_save = True

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    name = factory.Sequence(lambda n: f"Bureau {n}")

    @factory.post_generation
    def version(self, create, extracted, **fields):
        if create and extracted is not False:
            VersionCleFactory(cle=self, percent=Decimal(extracted or "15"), **fields)


class VersionCleFactory(DjangoModelFactory):
    class Meta:
        model = VersionCle

    cle = factory.SubFactory(CleRepartitionFactory, version=False)
    entreprise = factory.SelfAttribute("cle.entreprise")
    since = dt.date(2020, 1, 1)
    percent = Decimal("15")
    basis = "18 m² sur 120 m²"
    recorded_at = NOW


class FournisseurFactory(DjangoModelFactory):
    class Meta:
        model = Fournisseur

    class Params:
        etranger = factory.Trait(enterprise_number="", foreign_vat_id="FR40303265045")

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    name = factory.Sequence(lambda n: f"Fournisseur {n}")
    enterprise_number = factory.Sequence(lambda n: bce(500_000 + n))


class FactureFactory(DjangoModelFactory):
    """A typed invoice of 100,00 € and 21,00 € of VAT, not yet imputed."""

    class Meta:
        model = Facture

    class Params:
        note_credit = factory.Trait(kind="note_credit")
        imputee = factory.Trait(state="imputee")
        ecartee = factory.Trait(state="ecartee", state_reason="Ne concerne pas l’accompagnement.")
        ubl = factory.Trait(
            source="ubl",
            original=factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise")),
        )
        dollars = factory.Trait(currency="USD")

    fournisseur = factory.SubFactory(FournisseurFactory)
    entreprise = factory.SelfAttribute("fournisseur.entreprise")
    piece_number = factory.Sequence(lambda n: n + 1)
    number = factory.Sequence(lambda n: f"F-2026-{n:04d}")
    number_key = factory.SelfAttribute("number")
    kind = "facture"
    issue_date = dt.date(2025, 4, 10)
    net = Decimal("100.00")
    vat = Decimal("21.00")
    gross = factory.LazyAttribute(lambda row: row.net + row.vat)
    source = "typed"
    received_at = NOW


class PieceFactureFactory(DjangoModelFactory):
    class Meta:
        model = PieceFacture

    facture = factory.SubFactory(FactureFactory)
    entreprise = factory.SelfAttribute("facture.entreprise")
    proof = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))
    filename = "facture.pdf"


class LigneFraisFactory(DjangoModelFactory):
    class Meta:
        model = LigneFrais

    facture = factory.SubFactory(FactureFactory, imputee=True)
    entreprise = factory.SelfAttribute("facture.entreprise")
    line = "loyer"
    cle = factory.SubFactory(CleRepartitionFactory, entreprise=factory.SelfAttribute("..entreprise"))
    net = factory.SelfAttribute("facture.net")
    vat = factory.SelfAttribute("facture.vat")


class ChargeRecurrenteFactory(DjangoModelFactory):
    class Meta:
        model = ChargeRecurrente

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    name = "Loyer du bureau"
    net = Decimal("1450.00")
    due_day = 1
    starts_on = dt.date(2024, 1, 1)
    line = "loyer"
    cle = factory.SubFactory(CleRepartitionFactory, entreprise=factory.SelfAttribute("..entreprise"))


class AnneeFigeeFactory(DjangoModelFactory):
    class Meta:
        model = AnneeFigee

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    start = dt.date(2025, 3, 15)
    end = dt.date(2026, 3, 14)
    frozen_at = NOW


class MontantCompteIndividuelFactory(DjangoModelFactory):
    class Meta:
        model = MontantCompteIndividuel

    class Params:
        pecule = factory.Trait(
            component="pecule_vacances", month=dt.date(2025, 5, 1), paid_on=dt.date(2025, 5, 30), amount=Decimal("1800")
        )

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    month = dt.date(2025, 4, 1)
    component = "brut"
    amount = Decimal("2600.00")


class CompteIndividuelFactory(DjangoModelFactory):
    class Meta:
        model = CompteIndividuel

    class Params:
        provisoire = factory.Trait(nature="provisoire")

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    year = 2025
    nature = "definitif"
    proof = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))
    received_on = dt.date(2026, 2, 1)


class DepotFactory(DjangoModelFactory):
    class Meta:
        model = Depot

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    deposited_at = NOW


class FichierDeposeFactory(DjangoModelFactory):
    """A file that was refused and kept."""

    class Meta:
        model = FichierDepose

    depot = factory.SubFactory(DepotFactory)
    entreprise = factory.SelfAttribute("depot.entreprise")
    rank = factory.Sequence(lambda n: n + 1)
    filename = "facture.pdf"
    decision = 3
    issue = "refusee"
    code = "pas_du_xml"
    message = "Le fichier n’est pas du XML."
    proof = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))


class ImportComptesFactory(DjangoModelFactory):
    class Meta:
        model = ImportComptes

    class Params:
        applique = factory.Trait(state="applique", applied_at=NOW)

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    file = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))
    uploaded_at = NOW


class SubventionFactory(DjangoModelFactory):
    """The agrément year of 15 March 2025, 50.000 € granted on 27 persons; each state is a trait of its own name."""

    class Meta:
        model = Subvention

    class Params:
        sans_suite = factory.Trait(state="sans_suite", state_reason="Renonciation.")
        sans_octroi = factory.Trait(granted_amount=None, granted_on=None)

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    annee_agrement_start = dt.date(2025, 3, 15)
    annee_agrement_end = dt.date(2026, 3, 14)
    origin = "contrat_recu"
    contract_sent_on = dt.date(2025, 3, 20)
    granted_amount = Decimal("50000.00")
    granted_on = dt.date(2025, 4, 10)
    reference_on = dt.date(2025, 3, 15)
    persons_count = 27
    state = "contrat_transmis"
    state_since = NOW


class MouvementFactory(DjangoModelFactory):
    class Meta:
        model = Mouvement

    subvention = factory.SubFactory(SubventionFactory)
    entreprise = factory.SelfAttribute("subvention.entreprise")
    kind = "avance"
    amount = Decimal("40000.00")
    moved_on = dt.date(2025, 5, 2)
    reference = "+++090/9337/55493+++"
    recorded_at = NOW
    recorded_by = factory.Faker("uuid4", cast_to=None)


class DecompteFigeFactory(DjangoModelFactory):
    class Meta:
        model = DecompteFige

    subvention = factory.SubFactory(SubventionFactory)
    entreprise = factory.SelfAttribute("subvention.entreprise")
    explained = factory.LazyFunction(lambda: {"rule": "essai"})
    law_version = "essai"
    sha256 = "0" * 64
    frozen_at = NOW
    frozen_by = factory.Faker("uuid4", cast_to=None)


class DeclarationHonneurFactory(DjangoModelFactory):
    class Meta:
        model = DeclarationHonneur

    class Params:
        signee = factory.Trait(signed_on=dt.date(2026, 3, 20))

    subvention = factory.SubFactory(SubventionFactory)
    entreprise = factory.SelfAttribute("subvention.entreprise")
    generated_at = NOW
    amount = Decimal("50000.00")


class DossierTransmisFactory(DjangoModelFactory):
    class Meta:
        model = DossierTransmis

    decompte = factory.SubFactory(DecompteFigeFactory)
    subvention = factory.SelfAttribute("decompte.subvention")
    entreprise = factory.SelfAttribute("decompte.entreprise")
    package = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))
    pieces = factory.LazyFunction(lambda: [{"name": "tableau-a.pdf", "sha256": "0" * 64, "size": 10}])
    receipt_number = factory.Sequence(lambda n: f"AS-{n:06d}")
    channel = "courriel"
    sent_on = dt.date(2026, 3, 20)
    recorded_at = NOW
    recorded_by = factory.Faker("uuid4", cast_to=None)


class AideDeMinimisFactory(DjangoModelFactory):
    class Meta:
        model = AideDeMinimis

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    granted_on = dt.date(2024, 6, 1)
    amount = Decimal("25000.00")
    regulation = "sieg"
    grantor = "Région wallonne"
