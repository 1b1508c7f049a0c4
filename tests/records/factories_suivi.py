"""Invented rows of the individual file; situations are traits."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.suivi.models import SuiviPar
from tests.records.factories import AccompagnateurFactory, TravailleurFactory


class SuiviParFactory(DjangoModelFactory):
    """A referent since the beginning of 2024, still there."""

    class Meta:
        model = SuiviPar

    class Params:
        releve = factory.Trait(kind="releve", ends_on=dt.date(2026, 12, 31))

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    accompagnateur = factory.SubFactory(AccompagnateurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    starts_on = dt.date(2024, 1, 8)
