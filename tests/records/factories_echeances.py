"""Invented views, settings and reminders."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.echeances.models import LigneRappelee, RappelEnvoye, ReglageRappel, VueEnregistree
from clefdevoute.records.foundation.ids import uuid7
from tests.records.factories import EntrepriseInsertionFactory, UserFactory


class VueEnregistreeFactory(DjangoModelFactory):
    """A view of the late ones of one site."""

    class Meta:
        model = VueEnregistree

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    user = factory.SubFactory(UserFactory)
    name = "En retard, site de Hautpont"
    query = {"echeance": "retard", "site": "Hautpont"}


class ReglageRappelFactory(DjangoModelFactory):
    """The defaults, written down."""

    class Meta:
        model = ReglageRappel

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    user = factory.SubFactory(UserFactory)


class RappelEnvoyeFactory(DjangoModelFactory):
    """A reminder of a Monday."""

    class Meta:
        model = RappelEnvoye

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    user = factory.SubFactory(UserFactory)
    sent_on = dt.date(2026, 11, 23)
    sent_at = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
    late = 1
    this_week = 2
    this_month = 3


class LigneRappeleeFactory(DjangoModelFactory):
    """A late line of that Monday."""

    class Meta:
        model = LigneRappelee

    rappel = factory.SubFactory(RappelEnvoyeFactory)
    entreprise = factory.SelfAttribute("rappel.entreprise")
    user = factory.SelfAttribute("rappel.user")
    source = "entretien"
    subject_id = factory.LazyFunction(uuid7)
    etape = "apres"
    due_on = dt.date(2026, 11, 20)
    sent_on = factory.SelfAttribute("rappel.sent_on")
