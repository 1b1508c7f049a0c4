"""Who may read and write the file of a person; each as a refusal and as a yes or no."""

import datetime as dt

from clefdevoute.records.entreprises.policies import allows, check_acts_in
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi import dossiers


def check_reads_dossier(actor: Actor, travailleur: Travailleur) -> None:
    """Who: an accompagnateur of the enterprise, to whom the dossier is open today."""
    check_acts_in(actor, travailleur.entreprise_id, Permission.DOSSIER_LIRE)
    if not dossiers.travailleurs(actor).filter(pk=travailleur.pk).exists():
        raise AccessDenied(
            "Ce dossier est suivi par un collègue. Demandez-lui une relève ; une personne que plus personne ne suit se "
            "reprend à la page « Relève »."
        )


def can_read_dossier(actor: Actor, travailleur: Travailleur) -> bool:
    """Same rule, for a button."""
    return allows(check_reads_dossier, actor, travailleur)


def check_writes_dossier(actor: Actor, travailleur: Travailleur) -> None:
    """Who: the same, with the permission to write."""
    check_acts_in(actor, travailleur.entreprise_id, Permission.DOSSIER_ECRIRE)
    check_reads_dossier(actor, travailleur)


def can_write_dossier(actor: Actor, travailleur: Travailleur) -> bool:
    """Same rule, for a button."""
    return allows(check_writes_dossier, actor, travailleur)


def check_assigns(actor: Actor, travailleur: Travailleur) -> None:
    """Who: any accompagnateur of the enterprise: small teams replace one another without asking."""
    check_acts_in(actor, travailleur.entreprise_id, Permission.RELEVE_ECRIRE)


def can_assign(actor: Actor, travailleur: Travailleur) -> bool:
    """Same rule, for a button."""
    return allows(check_assigns, actor, travailleur)


def check_hands_over(actor: Actor, accompagnateur: Accompagnateur) -> None:
    """Who: any accompagnateur of the enterprise, also for a colleague who fell ill and cannot do it herself."""
    check_acts_in(actor, accompagnateur.entreprise_id, Permission.RELEVE_ECRIRE)


def check_opens_for(actor: Actor, reader: Accompagnateur, referent: Accompagnateur, on: dt.date) -> None:
    """
    Who: somebody else than the one whose access it opens or lengthens, where a dossier opens to who follows alone.

    Without this, « assigned only » would be a wall with a door that each opens for herself. Once the referent
    has left, nobody is there to ask, and the persons may not wait.
    """
    if reader.user_id is None or reader.user_id != actor.user_id or not reader.entreprise.assigned_only:
        return
    if referent.pk != reader.pk and referent.functions_end is not None and referent.functions_end < on:
        return
    raise AccessDenied(
        "Dans votre entreprise, un dossier ne s’ouvre qu’à qui suit la personne : vous ne vous ouvrez pas vous-même "
        f"ceux que suit {referent}. Un collègue vous confie la relève ou l’allonge ; si personne ne le peut, la "
        "direction ouvre les dossiers à toute l’équipe, page « Entreprise »."
    )


def can_hand_over(actor: Actor, accompagnateur: Accompagnateur) -> bool:
    """Same rule, for a button."""
    return allows(check_hands_over, actor, accompagnateur)
