"""
Who may keep route sheets, and when.

Who: the gestionnaire for everybody, an accompagnateur for herself. When: never inside a year already sent.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.frais.policies import check_open
from clefdevoute.records.personnes.models import Accompagnateur

from .models import AutorisationEtranger, Deplacement


def check_can_record(actor: Actor, accompagnateur: Accompagnateur) -> None:
    """Who: the gestionnaire of the enterprise, or the accompagnateur for her own trips."""
    if not actor.belongs_to(accompagnateur.entreprise_id):
        raise AccessDenied("Ces trajets sont ceux d’une autre entreprise : changez d’entreprise, puis recommencez.")
    if permissions.has(actor, Permission.FRAIS_ECRIRE):
        return
    permissions.check(actor, Permission.TEMPS_ECRIRE)
    if accompagnateur.user_id != actor.user_id:
        raise AccessDenied("Cette feuille de route est celle d’un collègue : lui ou le gestionnaire la tient.")


def check_day(accompagnateur: Accompagnateur, day: dt.date) -> None:
    """When: only outside the years already sent."""
    check_open(accompagnateur.entreprise_id, day)


def check_can_change(actor: Actor, deplacement: Deplacement) -> None:
    """Who and when: a trip outside the years sent."""
    check_can_record(actor, deplacement.accompagnateur)
    check_day(deplacement.accompagnateur, deplacement.held_on)


def check_can_decide(actor: Actor, autorisation: AutorisationEtranger) -> None:
    """Who and when: the gestionnaire notes the answer of the administration, once."""
    permissions.check(actor, Permission.FRAIS_ECRIRE)
    check_can_record(actor, autorisation.accompagnateur)
    check_day(autorisation.accompagnateur, autorisation.departure_on)
    if autorisation.state != AutorisationEtranger.State.DEMANDEE:
        raise AccessDenied(
            f"La réponse est déjà notée ({autorisation.get_state_display().lower()}) : faites une nouvelle demande si "
            "le voyage change."
        )


def _asks(check: Callable[[Actor, Any], None], actor: Actor, row: Any) -> bool:
    try:
        check(actor, row)
    except AccessDenied:
        return False
    return True


def can_record(actor: Actor, accompagnateur: Accompagnateur) -> bool:
    """Tell whether the actor may record a trip of this accompagnateur."""
    return _asks(check_can_record, actor, accompagnateur)


def can_change(actor: Actor, deplacement: Deplacement) -> bool:
    """Tell whether the actor may correct or remove this trip now."""
    return _asks(check_can_change, actor, deplacement)


def can_decide(actor: Actor, autorisation: AutorisationEtranger) -> bool:
    """Tell whether the actor may note the answer to this request now."""
    return _asks(check_can_decide, actor, autorisation)
