"""Who may write and read the register and the accompagnateurs; each as a refusal and as a yes or no."""

import uuid

from clefdevoute.records.entreprises.policies import allows, check_acts_in
from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.personnes.models import ConditionStatut, ImportTravailleurs, Travailleur

_State = ImportTravailleurs.State


def check_writes_registre(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: a gestionnaire of the enterprise."""
    check_acts_in(actor, entreprise_id, Permission.REGISTRE_ECRIRE)


def can_write_registre(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_writes_registre, actor, entreprise_id)


def check_writes_contact(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: the gestionnaire, who keeps the register, and the accompagnateur, who is the one to call the person."""
    if permissions.has(actor, Permission.DOSSIER_ECRIRE):
        check_acts_in(actor, entreprise_id, Permission.DOSSIER_ECRIRE)
        return
    check_writes_registre(actor, entreprise_id)


def can_write_contact(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_writes_contact, actor, entreprise_id)


def check_decides_doublon(actor: Actor, one: Travailleur, other: Travailleur) -> None:
    """Who: who keeps the register, or who accompanies both persons, in one enterprise."""
    check_writes_contact(actor, one.entreprise_id)
    if one.entreprise_id != other.entreprise_id:
        raise AccessDenied("Ces deux fiches ne sont pas de la même entreprise : elles ne se joignent pas.")


def can_decide_doublon(actor: Actor, one: Travailleur, other: Travailleur) -> bool:
    """Same rule, for a button."""
    return allows(check_decides_doublon, actor, one, other)


def check_writes_equipe(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: a gestionnaire of the enterprise."""
    check_acts_in(actor, entreprise_id, Permission.EQUIPE_ECRIRE)


def can_write_equipe(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_writes_equipe, actor, entreprise_id)


def check_opens_condition(actor: Actor, condition: ConditionStatut) -> None:
    """Who: the person who recorded it, in that enterprise, and an inspection."""
    if actor.role is Role.INSPECTION:
        permissions.check(actor, Permission.SANTE_CONSULTER)
        return
    check_acts_in(actor, condition.entreprise_id, Permission.SANTE_ENREGISTRER)
    if condition.recorded_by_id != actor.user_id:
        raise AccessDenied(
            "Les conditions du statut s’ouvrent pour la personne qui les a enregistrées et pour une inspection. "
            "Demandez-lui ce dont vous avez besoin."
        )


def can_open_condition(actor: Actor, condition: ConditionStatut) -> bool:
    """Same rule, for a button."""
    return allows(check_opens_condition, actor, condition)


def check_applies_import(actor: Actor, imported: ImportTravailleurs) -> None:
    """Who and when: the register's writer who laid the file down, once only."""
    check_writes_registre(actor, imported.entreprise_id)
    if imported.uploaded_by_id != actor.user_id:
        raise AccessDenied("Cet import est celui d’une autre personne. Déposez le fichier vous-même.")
    if imported.state != _State.DEPOSE:
        raise AccessDenied("Cet import est déjà appliqué ou annulé. Déposez le fichier à nouveau pour le reprendre.")


def can_apply_import(actor: Actor, imported: ImportTravailleurs) -> bool:
    """Same rule, for a button."""
    return allows(check_applies_import, actor, imported)


def check_undoes_import(actor: Actor, imported: ImportTravailleurs) -> None:
    """Who and when: a writer of the register, while the import is applied."""
    check_writes_registre(actor, imported.entreprise_id)
    if imported.state != _State.APPLIQUE:
        raise AccessDenied("Seul un import appliqué s’annule. Celui-ci ne l’est pas, ou ne l’est plus.")


def can_undo_import(actor: Actor, imported: ImportTravailleurs) -> bool:
    """Same rule, for a button."""
    return allows(check_undoes_import, actor, imported)
