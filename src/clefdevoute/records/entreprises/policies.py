"""Who may write the enterprise's own records; each question as a refusal and as a yes or no."""

import uuid
from collections.abc import Callable
from typing import ParamSpec

from clefdevoute.records.entreprises.models import ROLES_OF_ENTREPRISE
from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission

P = ParamSpec("P")


def allows(check: Callable[P, None], *args: P.args, **facts: P.kwargs) -> bool:
    """Ask a check without its sentence: the yes or no that a template needs."""
    try:
        check(*args, **facts)
    except AccessDenied:
        return False
    return True


def check_acts_in(actor: Actor, entreprise_id: uuid.UUID, permission: Permission) -> None:
    """Who: an actor of this enterprise whose role brings the permission."""
    permissions.check(actor, permission)
    if not actor.belongs_to(entreprise_id):
        raise AccessDenied("Cette entreprise n’est pas celle de votre session. Changez d’entreprise, puis recommencez.")


def check_creates_entreprise(actor: Actor) -> None:
    """Who: the installation itself (support), before anybody works there."""
    if actor.role is not Role.SUPPORT:
        raise AccessDenied("Une entreprise est ouverte par l’installation : demandez-le à votre support.")


def can_create_entreprise(actor: Actor) -> bool:
    """Same rule, for a button."""
    return allows(check_creates_entreprise, actor)


def check_edits_entreprise(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: a gestionnaire of the enterprise; the support may not change its figures."""
    check_acts_in(actor, entreprise_id, Permission.ENTREPRISE_ECRIRE)


def can_edit_entreprise(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_edits_entreprise, actor, entreprise_id)


def check_chooses_lecture(actor: Actor) -> None:
    """Who: the installation (A27); an enterprise may only simulate another reading."""
    if actor.role is not Role.SUPPORT:
        raise AccessDenied(
            "Une lecture vaut pour toute l’installation et se choisit par elle seule. Vous pouvez la simuler."
        )


def can_choose_lecture(actor: Actor) -> bool:
    """Same rule, for a button."""
    return allows(check_chooses_lecture, actor)


def check_gives_affectation(actor: Actor, role: Role, entreprise_id: uuid.UUID | None) -> None:
    """Who: the chef d'entreprise inside her enterprise, the installation everywhere else."""
    if actor.role is Role.SUPPORT:
        return
    if entreprise_id is None or role not in ROLES_OF_ENTREPRISE:
        raise AccessDenied("Ce rôle se donne par l’installation : demandez-le à votre support.")
    check_acts_in(actor, entreprise_id, Permission.UTILISATEUR_INVITER)


def can_give_affectation(actor: Actor, role: Role, entreprise_id: uuid.UUID | None) -> bool:
    """Same rule, for a button."""
    return allows(check_gives_affectation, actor, role, entreprise_id)
