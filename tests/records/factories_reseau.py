"""Invented partners, conventions and packets; situations are traits."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.reseau.models import (
    Contact,
    ConventionCpas,
    ConventionPersonne,
    Partenaire,
    ProfilForem,
    RapportCpas,
    RechercheEmploi,
    Signature,
    SuiteForem,
    TransmissionForem,
)
from tests.records.factories import NOW, EntrepriseInsertionFactory, TravailleurFactory


class PartenaireFactory(DjangoModelFactory):
    class Meta:
        model = Partenaire

    class Params:
        cpas = factory.Trait(kind="cpas", name=factory.Sequence(lambda n: f"CPAS de Ville {n}"))
        forem = factory.Trait(kind="forem", name="Forem, maison de l’emploi")

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    kind = "entreprise"
    name = factory.Sequence(lambda n: f"Partenaire {n}")
    postal_code = "5000"
    city = "Namur"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(**kwargs)
        row.search_key = row.folded()
        row.save(force_insert=True)
        return row


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    partenaire = factory.SubFactory(PartenaireFactory)
    entreprise = factory.SelfAttribute("partenaire.entreprise")
    name = factory.Sequence(lambda n: f"Personne de contact {n}")
    function = "Responsable"


class ConventionCpasFactory(DjangoModelFactory):
    """A convention of 2026; ``signee`` puts it in force, ``envoyee`` waits for signatures."""

    class Meta:
        model = ConventionCpas

    class Params:
        envoyee = factory.Trait(sent_on=dt.date(2025, 12, 10))
        signee = factory.Trait(sent_on=dt.date(2025, 12, 10), signed_on=dt.date(2025, 12, 20))
        denoncee = factory.Trait(
            signee=True, denounced_on=dt.date(2026, 6, 30), denounced_reason="Fermeture de l’atelier."
        )
        rapports = factory.Trait(report_months=3, sections=["presence", "entretiens", "poste"])

    cpas = factory.SubFactory(PartenaireFactory, cpas=True)
    entreprise = factory.SelfAttribute("cpas.entreprise")
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2026, 12, 31)
    modified_at = NOW


class OfConvention(DjangoModelFactory):
    class Meta:
        abstract = True

    convention = factory.SubFactory(ConventionCpasFactory)
    entreprise = factory.SelfAttribute("convention.entreprise")


class SignatureFactory(OfConvention):
    class Meta:
        model = Signature

    party = "cpas"
    name = factory.Sequence(lambda n: f"Signataire {n}")


class ConventionPersonneFactory(OfConvention):
    class Meta:
        model = ConventionPersonne

    travailleur = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2026, 12, 31)


class RapportCpasFactory(OfConvention):
    class Meta:
        model = RapportCpas

    class Params:
        envoye = factory.Trait(
            sent_on=dt.date(2026, 4, 3), channel="courriel", recipient="Mme Renard", sha256="0" * 64, text="{}"
        )

    travailleur = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    due_on = dt.date(2026, 4, 1)
    sections = ["presence", "poste"]


class OfPerson(DjangoModelFactory):
    class Meta:
        abstract = True

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")


class RechercheEmploiFactory(OfPerson):
    """DEI since February 2026, looking for work."""

    class Meta:
        model = RechercheEmploi

    dei_since = dt.date(2026, 2, 2)
    seeking = True


class ProfilForemFactory(OfPerson):
    class Meta:
        model = ProfilForem

    languages = [{"langue": "fr", "niveau": "bon"}]
    permits = ["b"]
    experience = "Trois ans de nettoyage de bureaux.\nUn an de repassage."
    titles = "Certificat d’études de base"
    wanted = ["rome:13905"]
    mobility = ["transport_public"]
    radius_km = 20
    available_on = dt.date(2026, 3, 1)
    regime = "temps_partiel"
    modified_at = NOW


class TransmissionForemFactory(OfPerson):
    class Meta:
        model = TransmissionForem

    made_on = dt.date(2026, 3, 2)
    made_at = NOW
    language = "fr"
    fields = ["nom", "permis"]
    left_out = ["contact"]
    consent_id = factory.LazyFunction(uuid7)
    consent_on = dt.date(2026, 2, 2)
    consent_version = "2024-1"
    sha256 = "a" * 64
    packet = '{"nom": ["Amina Diallo"], "permis": ["B"]}'


class SuiteForemFactory(DjangoModelFactory):
    class Meta:
        model = SuiteForem

    class Params:
        remise = factory.Trait(kind="remise", channel="main", recipient="Mme Lambert, Forem", file_format="")

    transmission = factory.SubFactory(TransmissionForemFactory)
    travailleur = factory.SelfAttribute("transmission.travailleur")
    entreprise = factory.SelfAttribute("transmission.entreprise")
    kind = "fichier"
    on = dt.date(2026, 3, 2)
    at = NOW
    file_format = "pdf"
