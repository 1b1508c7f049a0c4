"""Invented exits, calls, handovers, signed sheets and parts in the management; situations are traits."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.agenda.models import FeuillePresence
from clefdevoute.records.parcours.models import Participation, PartPrise
from clefdevoute.records.suivi.models import Releve, RelevePersonne, Sortie, SuiviSortie, TentativeSortie
from tests.records.factories import (
    NOW,
    AccompagnateurFactory,
    EntrepriseInsertionFactory,
    ProofFileFactory,
    TravailleurFactory,
)
from tests.records.factories_agenda import SeanceFactory
from tests.records.factories_suivi import SuiviParFactory


class SortieFactory(DjangoModelFactory):
    """An exit at the end of June 2026, towards a job elsewhere."""

    class Meta:
        model = Sortie

    class Params:
        rouverte = factory.Trait(reopened_on=dt.date(2026, 7, 3), reopening_reason="Contrat prolongé.")

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")
    stay_starts_on = dt.date(2024, 1, 8)
    left_on = dt.date(2026, 6, 30)
    reason = "fin_contrat"
    destination = "emploi"
    recorded_at = NOW


class SuiviSortieFactory(DjangoModelFactory):
    """The call three months after the exit, not made yet."""

    class Meta:
        model = SuiviSortie

    class Params:
        repondu = factory.Trait(outcome="repondu", employed="oui", answered_on=dt.date(2026, 10, 2), attempts=1)

    sortie = factory.SubFactory(SortieFactory)
    travailleur = factory.SelfAttribute("sortie.travailleur")
    entreprise = factory.SelfAttribute("sortie.entreprise")
    months = 3
    due_on = dt.date(2026, 9, 30)


class TentativeSortieFactory(DjangoModelFactory):
    """A call that nobody answered."""

    class Meta:
        model = TentativeSortie

    suivi = factory.SubFactory(SuiviSortieFactory)
    travailleur = factory.SelfAttribute("suivi.travailleur")
    entreprise = factory.SelfAttribute("suivi.entreprise")
    tried_on = dt.date(2026, 10, 1)
    result = "pas_joint"
    recorded_at = NOW


class ReleveFactory(DjangoModelFactory):
    """Three weeks of absence, handed over to a colleague."""

    class Meta:
        model = Releve

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    kind = "temporaire"
    from_accompagnateur = factory.SubFactory(AccompagnateurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    to_accompagnateur = factory.SubFactory(AccompagnateurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    starts_on = dt.date(2026, 11, 16)
    ends_on = dt.date(2026, 12, 4)
    recorded_at = NOW


class RelevePersonneFactory(DjangoModelFactory):
    """One person of a handover, with the access given."""

    class Meta:
        model = RelevePersonne

    releve = factory.SubFactory(ReleveFactory)
    entreprise = factory.SelfAttribute("releve.entreprise")
    travailleur = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))
    suivi = factory.SubFactory(
        SuiviParFactory,
        travailleur=factory.SelfAttribute("..travailleur"),
        accompagnateur=factory.SelfAttribute("..releve.to_accompagnateur"),
        kind="releve",
        starts_on=factory.SelfAttribute("..releve.starts_on"),
        ends_on=factory.SelfAttribute("..releve.ends_on"),
    )


class ParticipationFactory(DjangoModelFactory):
    """A general assembly at which workers were consulted."""

    class Meta:
        model = Participation

    class Params:
        annulee = factory.Trait(cancelled_on=dt.date(2026, 6, 12), cancel_reason="Notée deux fois.")

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    held_on = dt.date(2026, 6, 10)
    organ = "assemblee"
    form = "consultation"
    recorded_at = NOW


class PartPriseFactory(DjangoModelFactory):
    """The part of one person in it."""

    class Meta:
        model = PartPrise

    participation = factory.SubFactory(ParticipationFactory)
    entreprise = factory.SelfAttribute("participation.entreprise")
    travailleur = factory.SubFactory(TravailleurFactory, entreprise=factory.SelfAttribute("..entreprise"))


class FeuillePresenceFactory(DjangoModelFactory):
    """The scan of the signed sheet of a séance."""

    class Meta:
        model = FeuillePresence

    seance = factory.SubFactory(SeanceFactory)
    entreprise = factory.SelfAttribute("seance.entreprise")
    proof = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))
    joined_at = NOW
