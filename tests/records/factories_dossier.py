"""Invented objectives, actions and syntheses for tests; situations are traits."""

import datetime as dt
import json

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.personnes.models import Homonymie
from clefdevoute.records.suivi.models import AncienTexte, AucuneDemarche, Demarche, Objectif, Synthese
from clefdevoute.records.suivi.synthese import Chapitre, Ligne, dump
from tests.records.factories import NOW, TravailleurFactory, UserFactory


class ObjectifFactory(DjangoModelFactory):
    """An objective under way, to be reviewed in June 2026."""

    class Meta:
        model = Objectif

    class Params:
        realise = factory.Trait(status="realise", closed_on=dt.date(2026, 2, 1))
        abandonne = factory.Trait(status="abandonne", reason="impossible", closed_on=dt.date(2026, 2, 1))

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    title = "Obtenir une place en crèche"
    horizon = "court"
    status = "en_cours"
    opened_on = dt.date(2026, 1, 12)
    review_on = dt.date(2026, 6, 1)
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class DemarcheFactory(DjangoModelFactory):
    """An action promised, with the person, under no objective."""

    class Meta:
        model = Demarche

    class Params:
        faite = factory.Trait(status="realise", done_on=dt.date(2026, 2, 1))
        abandonnee = factory.Trait(status="abandonne", reason="autre", done_on=dt.date(2026, 2, 1))

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    text = "Visiter la crèche de Hautpont"
    kind = "sociale"
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class AucuneDemarcheFactory(DjangoModelFactory):
    class Meta:
        model = AucuneDemarche

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    noted_on = dt.date(2026, 2, 1)
    noted_by = factory.SubFactory(UserFactory)
    noted_at = NOW


class AncienTexteFactory(DjangoModelFactory):
    class Meta:
        model = AncienTexte

    objectif = factory.SubFactory(ObjectifFactory)
    travailleur = factory.LazyAttribute(lambda row: (row.objectif or row.demarche).travailleur)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    field = "title"
    words = "Trouver une crèche"
    replaced_by = factory.SubFactory(UserFactory)
    replaced_at = NOW


class SyntheseFactory(DjangoModelFactory):
    class Meta:
        model = Synthese

    class Params:
        confirmee = factory.Trait(confirmed_by=factory.SubFactory(UserFactory), confirmed_at=NOW)

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    content = json.dumps(
        dump([Chapitre("Objectifs", (Ligne("Obtenir une place en crèche"),))], on=NOW.date()), ensure_ascii=False
    )
    made_by = factory.SubFactory(UserFactory)
    made_at = NOW


class HomonymieFactory(DjangoModelFactory):
    """Two entries said to be two persons."""

    class Meta:
        model = Homonymie

    kept = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("kept.entreprise")
    other = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    decision = "distinctes"
    decided_by = factory.SubFactory(UserFactory)
    decided_at = NOW
