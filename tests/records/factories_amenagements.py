"""Invented adjustments; each trait is a step further."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.amenagements.models import (
    Amenagement,
    AvisAmenagement,
    DecisionAmenagement,
    DiagnosticAmenagement,
    RevueAmenagement,
    TexteAvis,
)
from tests.records.factories import NOW, TravailleurFactory, UserFactory

NEED, ANALYSED, SENT, DECIDED, TOLD = (dt.date(2026, month, 2) for month in (2, 3, 4, 5, 6))


class AmenagementFactory(DjangoModelFactory):
    """A need of February 2026, not analysed."""

    class Meta:
        model = Amenagement

    class Params:
        analyse = factory.Trait(analysed_on=ANALYSED, kind="poste", measure="Une table réglable en hauteur")
        remis = factory.Trait(analyse=True, notified_on=SENT)
        accepte = factory.Trait(remis=True, decided_on=DECIDED, outcome="accepte", review_on=dt.date(2026, 12, 1))
        refuse = factory.Trait(remis=True, decided_on=DECIDED, outcome="refuse")
        dit = factory.Trait(accepte=True, told_on=TOLD)
        clos = factory.Trait(closed_on=TOLD, close_reason="retire")

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    need = "La table est trop basse"
    need_on = NEED
    asked_by = "travailleur"


class AvisAmenagementFactory(DjangoModelFactory):
    class Meta:
        model = AvisAmenagement

    amenagement = factory.SubFactory(AmenagementFactory, remis=True)
    travailleur = factory.SelfAttribute("amenagement.travailleur")
    entreprise = factory.SelfAttribute("amenagement.entreprise")
    sent_on = SENT
    sent_at = NOW
    sent_by = factory.SubFactory(UserFactory)
    sha256 = "0" * 64


class TexteAvisFactory(DjangoModelFactory):
    class Meta:
        model = TexteAvis

    avis = factory.SubFactory(AvisAmenagementFactory)
    entreprise = factory.SelfAttribute("avis.entreprise")
    text = "{}"


class DecisionAmenagementFactory(DjangoModelFactory):
    class Meta:
        model = DecisionAmenagement

    avis = factory.SubFactory(AvisAmenagementFactory)
    entreprise = factory.SelfAttribute("avis.entreprise")
    outcome = "accepte"
    decided_on = DECIDED
    review_on = dt.date(2026, 12, 1)
    decided_by = factory.SubFactory(UserFactory)


class RevueAmenagementFactory(DjangoModelFactory):
    class Meta:
        model = RevueAmenagement

    amenagement = factory.SubFactory(AmenagementFactory, dit=True)
    travailleur = factory.SelfAttribute("amenagement.travailleur")
    entreprise = factory.SelfAttribute("amenagement.entreprise")
    held_on = dt.date(2026, 7, 1)
    result = "maintenu"
    next_on = dt.date(2027, 1, 4)


class DiagnosticAmenagementFactory(DjangoModelFactory):
    class Meta:
        model = DiagnosticAmenagement

    amenagement = factory.SubFactory(AmenagementFactory)
    travailleur = factory.SelfAttribute("amenagement.travailleur")
    entreprise = factory.SelfAttribute("amenagement.entreprise")
    text = "Lombalgie"
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW
