"""Whose dates the agenda names: everybody's or, where the enterprise chose « assigned only », those one follows."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from clefdevoute.records.agenda.models import Convocation, Courriel, RendezVous
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import dossiers


def restreint(actor: Actor) -> bool:
    """Tell whether some names are closed to the actor; the secretariat keeps every agenda."""
    return actor.role is Role.ACCOMPAGNATEUR and dossiers.assigned_only(actor)


def travailleurs(actor: Actor) -> Any:
    """Give the persons whose dates the actor may see and fix."""
    return dossiers.travailleurs(actor) if restreint(actor) else Travailleur.objects.visible_to(actor)


def nommes(actor: Actor) -> Q:
    """Keep the appointments shown with their name: of persons one follows, and those one holds oneself."""
    if not restreint(actor):
        return Q()
    return Q(travailleur__in=dossiers.travailleurs(actor)) | Q(accompagnateur__user=actor.user_id)


def rendez_vous(actor: Actor) -> Any:
    """Give the appointments that the actor may open."""
    return RendezVous.objects.visible_to(actor).filter(nommes(actor))


def courriels(actor: Actor) -> Any:
    """Give the e-mails that the actor may read: those to the persons of these appointments, and those to nobody's."""
    rows = Courriel.objects.visible_to(actor)
    if not restreint(actor):
        return rows
    sent = Convocation.objects.visible_to(actor).filter(courriel=OuterRef("pk"), rendez_vous__isnull=False)
    return rows.filter(~Exists(sent) | Exists(sent.filter(rendez_vous__in=rendez_vous(actor))))
