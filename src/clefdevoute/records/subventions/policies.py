"""Who moves a year's file, who signs, who records money, and when; each pair raises or answers a bool."""

import uuid
from collections.abc import Callable

from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission

from .etats import LABELS, Side, label, notable_from, transition
from .models import DeclarationHonneur, Subvention

State = Subvention.State
ENDED = frozenset({State.CLOTUREE, State.SANS_SUITE})


def _check_own(actor: Actor, entreprise_id: uuid.UUID, permission: Permission) -> None:
    permissions.check(actor, permission)
    if not actor.belongs_to(entreprise_id):
        raise AccessDenied("Ce dossier est celui d’une autre entreprise : changez d’entreprise, puis recommencez.")


def check_prepares(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: a gestionnaire of the enterprise prepares its justification."""
    _check_own(actor, entreprise_id, Permission.JUSTIFICATION_PREPARER)


def check_keeps_ledger(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: a gestionnaire of the enterprise keeps its ledger of de minimis aids."""
    _check_own(actor, entreprise_id, Permission.DE_MINIMIS_ECRIRE)


def _check_move(subvention: Subvention, target: Subvention.State, side: Side) -> None:
    move = transition(subvention.state, target)
    if move is None or move.side is not side:
        raise AccessDenied(
            f"Le dossier est « {label(subvention.state, Side.ENTREPRISE)} » : il ne peut pas devenir "
            f"« {LABELS[target][0]} » maintenant."
        )


def check_can_submit(actor: Actor, subvention: Subvention) -> None:
    """Who and when: the gestionnaire, before the justification is sent or while a correction is asked."""
    check_prepares(actor, subvention.entreprise_id)
    _check_move(subvention, State.JUSTIFICATION_TRANSMISE, Side.ENTREPRISE)


def check_can_freeze(actor: Actor, subvention: Subvention) -> None:
    """Who and when: whoever may send may freeze the décompte that will be sent."""
    check_can_submit(actor, subvention)


def check_can_renounce(actor: Actor, subvention: Subvention) -> None:
    """Who and when: the gestionnaire, before any advance is paid."""
    check_prepares(actor, subvention.entreprise_id)
    _check_move(subvention, State.SANS_SUITE, Side.ENTREPRISE)


def check_can_note(actor: Actor, subvention: Subvention) -> None:
    """Who and when: the gestionnaire notes a letter, in a state that a letter can follow."""
    check_prepares(actor, subvention.entreprise_id)
    if not notable_from(subvention.state):
        raise AccessDenied(
            f"Le dossier est « {label(subvention.state, Side.ENTREPRISE)} » : aucune lettre n’y est attendue. C’est à "
            "vous d’avancer, ou le dossier est fini."
        )


def check_can_note_as(actor: Actor, subvention: Subvention, target: Subvention.State) -> None:
    """Who and when: as ``check_can_note``, for one state."""
    check_can_note(actor, subvention)
    if target not in notable_from(subvention.state):
        raise AccessDenied(
            f"« {LABELS[target][0]} » ne suit pas « {label(subvention.state, Side.ENTREPRISE)} » : "
            "notez d’abord ce qui manque."
        )


def check_can_record_grant(actor: Actor, subvention: Subvention) -> None:
    """Who and when: the gestionnaire notes the grant until the justification has left."""
    check_prepares(actor, subvention.entreprise_id)
    open_states = {State.CONTRAT_TRANSMIS, State.AVANCE_DECIDEE, State.AVANCE_LIQUIDEE, State.PIECES_DEMANDEES}
    if subvention.state not in open_states:
        raise AccessDenied(
            f"Le dossier est « {label(subvention.state, Side.ENTREPRISE)} » : le montant accordé ne change plus."
        )


def check_can_record_movement(actor: Actor, subvention: Subvention) -> None:
    """Who and when: the gestionnaire records money until the file is ended."""
    check_prepares(actor, subvention.entreprise_id)
    if subvention.state in ENDED:
        raise AccessDenied(
            f"Le dossier est « {label(subvention.state, Side.ENTREPRISE)} » : on n’y enregistre plus de mouvement."
        )


def check_can_declare(actor: Actor, subvention: Subvention) -> None:
    """Who and when: the declaration is produced while the file is still to be sent."""
    check_can_submit(actor, subvention)


def check_can_sign(actor: Actor, declaration: DeclarationHonneur) -> None:
    """Who and when: the head of the enterprise signs the declaration in force, once."""
    _check_own(actor, declaration.entreprise_id, Permission.DECLARATION_SIGNER)
    if declaration.replaced:
        raise AccessDenied("Cette déclaration a été remplacée : signez la nouvelle.")
    if declaration.signed_on is not None:
        raise AccessDenied(f"Cette déclaration est déjà signée, le {declaration.signed_on:%d/%m/%Y}.")


def check_can_post(actor: Actor, declaration: DeclarationHonneur) -> None:
    """Who and when: the gestionnaire notes the posting of a signed original, once."""
    check_prepares(actor, declaration.entreprise_id)
    if declaration.signed_on is None:
        raise AccessDenied("L’original se poste une fois signé : notez d’abord la signature.")
    if declaration.posted_on is not None or declaration.replaced:
        raise AccessDenied("Cet original est déjà noté comme posté, ou sa déclaration a été remplacée.")


def _asks(check: Callable[..., None], *facts: object) -> bool:
    try:
        check(*facts)
    except AccessDenied:
        return False
    return True


def can_prepare(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Tell whether the actor prepares this enterprise's justification."""
    return _asks(check_prepares, actor, entreprise_id)


def can_keep_ledger(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Tell whether the actor keeps this enterprise's ledger."""
    return _asks(check_keeps_ledger, actor, entreprise_id)


def can_submit(actor: Actor, subvention: Subvention) -> bool:
    """Tell whether the actor may send this file now; what is missing is asked of ``manque``."""
    return _asks(check_can_submit, actor, subvention)


def can_freeze(actor: Actor, subvention: Subvention) -> bool:
    """Tell whether the actor may freeze this year's décompte now."""
    return _asks(check_can_freeze, actor, subvention)


def can_renounce(actor: Actor, subvention: Subvention) -> bool:
    """Tell whether the actor may give this year up now."""
    return _asks(check_can_renounce, actor, subvention)


def can_note(actor: Actor, subvention: Subvention) -> bool:
    """Tell whether the actor may note a letter now."""
    return _asks(check_can_note, actor, subvention)


def can_record_grant(actor: Actor, subvention: Subvention) -> bool:
    """Tell whether the actor may note the grant now."""
    return _asks(check_can_record_grant, actor, subvention)


def can_record_movement(actor: Actor, subvention: Subvention) -> bool:
    """Tell whether the actor may record money now."""
    return _asks(check_can_record_movement, actor, subvention)


def can_declare(actor: Actor, subvention: Subvention) -> bool:
    """Tell whether the actor may produce the declaration now."""
    return _asks(check_can_declare, actor, subvention)


def can_sign(actor: Actor, declaration: DeclarationHonneur) -> bool:
    """Tell whether the actor may sign this declaration now."""
    return _asks(check_can_sign, actor, declaration)


def can_post(actor: Actor, declaration: DeclarationHonneur) -> bool:
    """Tell whether the actor may note the posting now."""
    return _asks(check_can_post, actor, declaration)
