"""Invented appointments, séances and impediments for tests; situations are traits."""

import datetime as dt
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.agenda.models import (
    Convocation,
    Courriel,
    Empechement,
    FluxAgenda,
    Presence,
    RendezVous,
    Seance,
)
from tests.records.factories import AccompagnateurFactory, TravailleurFactory, UserFactory

BRUSSELS = ZoneInfo("Europe/Brussels")
NOTED = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def at(text: str) -> dt.datetime:
    """Read « 2026-11-23 14:30 » as a moment in Belgium."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


class RendezVousFactory(DjangoModelFactory):
    """An individual interview face to face, planned, on 10 March 2026 at ten."""

    class Meta:
        model = RendezVous

    class Params:
        realise = factory.Trait(status="realise", settled_at=NOTED)
        refuse = factory.Trait(status="refuse", settled_at=NOTED)
        absent = factory.Trait(status="absent", settled_at=NOTED)
        excuse = factory.Trait(status="excuse", settled_at=NOTED)
        annule = factory.Trait(status="annule", settled_at=NOTED, cancel_reason="travailleur")

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    accompagnateur = factory.SubFactory(AccompagnateurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    starts_at = at("2026-03-10 10:00")
    duration_min = 60
    kind = "entretien"
    form = "face_a_face"
    status = "planifie"
    place = "Bureau du rez-de-chaussée"
    booked_at = NOTED


class SeanceFactory(DjangoModelFactory):
    """A collective interview, planned, on 12 March 2026 at two."""

    class Meta:
        model = Seance

    class Params:
        tenue = factory.Trait(status="realise", settled_at=NOTED)
        annulee = factory.Trait(status="annule", settled_at=NOTED, cancel_reason="fermeture")

    accompagnateur = factory.SubFactory(AccompagnateurFactory)
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    title = "Entretien collectif de l’équipe"
    starts_at = at("2026-03-12 14:00")
    duration_min = 90
    place = "Réfectoire"
    is_collective_interview = True


class PresenceFactory(DjangoModelFactory):
    class Meta:
        model = Presence

    seance = factory.SubFactory(SeanceFactory)
    entreprise = factory.SelfAttribute("seance.entreprise")
    travailleur = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    status = "inscrit"


class EmpechementFactory(DjangoModelFactory):
    class Meta:
        model = Empechement

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    reason = "incapacite"
    starts_on = dt.date(2026, 2, 2)
    noted_at = NOTED


class FluxAgendaFactory(DjangoModelFactory):
    class Meta:
        model = FluxAgenda

    accompagnateur = factory.SubFactory(AccompagnateurFactory, user=factory.SubFactory(UserFactory))
    entreprise = factory.SelfAttribute("accompagnateur.entreprise")
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = NOTED


class CourrielFactory(DjangoModelFactory):
    class Meta:
        model = Courriel

    class Params:
        parti = factory.Trait(state="parti", handed_at=NOTED)

    entreprise = factory.SubFactory("tests.records.factories.EntrepriseInsertionFactory")
    to = "personne@exemple.be"
    subject = "Votre rendez-vous"
    body = "Vous avez rendez-vous le 10 mars 2026 à 10 heures."
    purpose = "convocation"
    written_at = NOTED


class ConvocationFactory(DjangoModelFactory):
    class Meta:
        model = Convocation

    rendez_vous = factory.SubFactory(RendezVousFactory)
    entreprise = factory.SelfAttribute("rendez_vous.entreprise")
    channel = "lettre"
    made_at = NOTED
    made_by = factory.SubFactory(UserFactory)
