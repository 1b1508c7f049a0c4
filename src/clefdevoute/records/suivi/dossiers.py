"""Which persons' dossiers an actor may open: the queryset from which every page about a person starts."""

from django.db import models

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models import SuiviPar


def travailleurs(actor: Actor) -> "models.QuerySet[Travailleur]":
    """Give the persons of the actor's enterprise whose dossier is open to her on her day; nobody to any other role."""
    if actor.role is not Role.ACCOMPAGNATEUR or actor.entreprise_id is None:
        return Travailleur.objects.none()
    rows: models.QuerySet[Travailleur] = Travailleur.objects.visible_to(actor)
    if not assigned_only(actor):
        return rows
    assigned = SuiviPar.objects.of_user(actor).filter(travailleur_id=models.OuterRef("pk"))
    return rows.filter(models.Exists(assigned))


def assigned_only(actor: Actor) -> bool:
    """Tell whether the actor's enterprise opens a dossier to those alone who follow the person."""
    own = actor.entreprise_id
    if own is None or actor.narrow is not None:
        return bool(actor.narrow)
    return EntrepriseInsertion.objects.filter(pk=own, assigned_only=True).exists()
