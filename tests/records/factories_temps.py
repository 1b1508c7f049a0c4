"""Invented trips for tests; situations are traits."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.temps.models import AutorisationEtranger, Deplacement
from tests.records.factories import AccompagnateurFactory, ProofFileFactory


class AutorisationEtrangerFactory(DjangoModelFactory):
    """A request for a journey to Lille in May 2025, without answer yet."""

    class Meta:
        model = AutorisationEtranger

    class Params:
        accordee = factory.Trait(state="accordee", decided_on=dt.date(2025, 4, 20), reference="DES/2025/12")
        refusee = factory.Trait(state="refusee", decided_on=dt.date(2025, 4, 20), reference="DES/2025/12")

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    destination = "Lille"
    departure_on = dt.date(2025, 5, 12)
    return_on = dt.date(2025, 5, 13)
    request = "Visite d’une structure d’insertion partenaire."
    requested_on = dt.date(2025, 4, 1)


class DeplacementFactory(DjangoModelFactory):
    """A mission of 37,5 km by car."""

    class Meta:
        model = Deplacement

    class Params:
        titre = factory.Trait(
            moyen="transport_public",
            kilometres=None,
            price=Decimal("12.40"),
            proof=factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise")),
        )

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    held_on = dt.date(2025, 5, 12)
    nature = "mission"
    moyen = "voiture"
    departure = "Siège"
    destination = "Liège, Forem"
    purpose = "Réunion de réseau"
    kilometres = Decimal("37.50")
