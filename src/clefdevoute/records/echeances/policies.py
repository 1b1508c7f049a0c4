"""Who may keep views and set reminders; each as a refusal and as a yes or no."""

import uuid

from clefdevoute.records.echeances.models import VueEnregistree
from clefdevoute.records.entreprises.policies import allows, check_acts_in
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission


def check_keeps_views(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: an accompagnateur of the enterprise, whose lists these are."""
    check_acts_in(actor, entreprise_id, Permission.DOSSIER_LIRE)


def can_keep_views(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_keeps_views, actor, entreprise_id)


def check_changes_view(actor: Actor, vue: VueEnregistree) -> None:
    """Who: its author; a shared view is read by the team and changed by its author alone."""
    check_keeps_views(actor, vue.entreprise_id)
    if vue.user_id != actor.user_id:
        raise AccessDenied("Cette vue est celle d’un collègue. Enregistrez la vôtre sous un autre nom.")


def can_change_view(actor: Actor, vue: VueEnregistree) -> bool:
    """Same rule, for a button."""
    return allows(check_changes_view, actor, vue)


def check_sets_reminders(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: an accompagnateur of the enterprise, for herself."""
    check_acts_in(actor, entreprise_id, Permission.DOSSIER_LIRE)


def can_set_reminders(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_sets_reminders, actor, entreprise_id)
