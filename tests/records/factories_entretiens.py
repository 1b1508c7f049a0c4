"""Invented interviews, notes and drafts; situations are traits."""

import json
import uuid

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.suivi.models import (
    ASavoir,
    Brouillon,
    Entretien,
    NotePartagee,
    NotePrivee,
    NoteSante,
    Theme,
)
from tests.records.factories import EntrepriseInsertionFactory, TravailleurFactory, UserFactory
from tests.records.factories_agenda import NOTED, RendezVousFactory


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    code = "logement"
    label = "Logement"


class EntretienFactory(DjangoModelFactory):
    """An interview held face to face and finished."""

    class Meta:
        model = Entretien

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    rendez_vous = factory.SubFactory(
        RendezVousFactory, realise=True, travailleur=factory.SelfAttribute("..travailleur")
    )
    accompagnateur = factory.SelfAttribute("rendez_vous.accompagnateur")
    author = factory.SubFactory(UserFactory)
    themes = ["formation"]
    finished_at = NOTED


class NoteFactory(DjangoModelFactory):
    """A text of an interview, by the author of the interview."""

    class Meta:
        model = NotePartagee

    entretien = factory.SubFactory(EntretienFactory)
    travailleur = factory.SelfAttribute("entretien.travailleur")
    entreprise = factory.SelfAttribute("entretien.entreprise")
    author = factory.SelfAttribute("entretien.author")
    text = "Elle tient seule le poste de repassage."
    written_at = NOTED


class NotePriveeFactory(NoteFactory):
    class Meta:
        model = NotePrivee

    text = "Revenir sur le départ de son aînée."


class NoteSanteFactory(NoteFactory):
    class Meta:
        model = NoteSante

    text = "Elle dort mal depuis l’été."


class BrouillonFactory(DjangoModelFactory):
    """An unfinished interview that started from nothing."""

    class Meta:
        model = Brouillon

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    author = factory.SubFactory(UserFactory)
    form = "entretien"
    subject = factory.SelfAttribute("travailleur.pk")
    content = json.dumps({"note_partagee": "À moitié écrit."})
    saved_from = factory.LazyFunction(uuid.uuid4)
    saved_at = NOTED


class ASavoirFactory(DjangoModelFactory):
    class Meta:
        model = ASavoir

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    author = factory.SubFactory(UserFactory)
    text = "Préfère être appelée après 16 h."
    written_at = NOTED
