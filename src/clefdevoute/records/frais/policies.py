"""
Who may touch costs, and when.

Who: a gestionnaire of the enterprise. When: never inside a year already sent, and for an invoice, only
in the states that allow it. Each ``check_x`` raises with a sentence; ``can_x`` asks the same for a button.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission

from .models import AnneeFigee, ChargeRecurrente, CleRepartition, Facture, MontantCompteIndividuel


def check_writes(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: a gestionnaire of this enterprise."""
    permissions.check(actor, Permission.FRAIS_ECRIRE)
    if not actor.belongs_to(entreprise_id):
        raise AccessDenied("Ces coûts sont ceux d’une autre entreprise : changez d’entreprise, puis recommencez.")


def frozen_year(entreprise_id: uuid.UUID, day: dt.date) -> AnneeFigee | None:
    """Find the year already sent that holds a day."""
    return AnneeFigee.objects.of(entreprise_id).filter(start__lte=day, end__gte=day).last()


def check_open(entreprise_id: uuid.UUID, day: dt.date) -> None:
    """When: only outside the years already sent."""
    if year := frozen_year(entreprise_id, day):
        raise AccessDenied(
            f"Le {day:%d/%m/%Y} est dans l’année du {year.start:%d/%m/%Y} au {year.end:%d/%m/%Y}, déjà transmise : "
            "elle ne change plus. Signalez l’écart à l’administration."
        )


def check_can_impute(actor: Actor, facture: Facture) -> None:
    """Who and when: an invoice that counts, in euros, outside the years sent."""
    check_writes(actor, facture.entreprise_id)
    _check_state(facture, "imputer", Facture.State.A_IMPUTER, Facture.State.IMPUTEE)
    if facture.currency != "EUR" and facture.net_eur is None:
        raise AccessDenied(
            f"Cette facture est en {facture.currency} : tapez d’abord le montant en euros et joignez sa preuve."
        )
    check_open(facture.entreprise_id, facture.issue_date)


def check_can_put_aside(actor: Actor, facture: Facture) -> None:
    """Who and when: any invoice not yet put aside, outside the years sent unless it was never imputed."""
    check_writes(actor, facture.entreprise_id)
    _check_state(
        facture,
        "écarter",
        Facture.State.A_IMPUTER,
        Facture.State.IMPUTEE,
        Facture.State.HORS_PERIODE,
        Facture.State.CONFLIT,
    )
    if facture.state == Facture.State.IMPUTEE:
        check_open(facture.entreprise_id, facture.issue_date)


def check_can_take_back(actor: Actor, facture: Facture) -> None:
    """Who and when: an invoice put aside or found outside every period."""
    check_writes(actor, facture.entreprise_id)
    _check_state(facture, "reprendre", Facture.State.ECARTEE, Facture.State.HORS_PERIODE)


def check_can_resolve(actor: Actor, facture: Facture) -> None:
    """Who and when: an invoice in conflict with another."""
    check_writes(actor, facture.entreprise_id)
    _check_state(facture, "départager", Facture.State.CONFLIT)


def check_can_correct(actor: Actor, facture: Facture) -> None:
    """Who and when: what was typed may be corrected; what a file says may not."""
    check_writes(actor, facture.entreprise_id)
    if facture.source == Facture.Source.UBL:
        raise AccessDenied(
            "Les montants viennent du fichier reçu et ne se corrigent pas : demandez une note de crédit, "
            "ou écartez la facture."
        )
    _check_state(facture, "corriger", Facture.State.A_IMPUTER, Facture.State.HORS_PERIODE)
    check_open(facture.entreprise_id, facture.issue_date)


def check_can_complete(actor: Actor, facture: Facture) -> None:
    """Who and when: euro amount, other subsidy, credited invoice; outside the years sent."""
    check_writes(actor, facture.entreprise_id)
    _check_state(facture, "compléter", Facture.State.A_IMPUTER, Facture.State.IMPUTEE, Facture.State.HORS_PERIODE)
    check_open(facture.entreprise_id, facture.issue_date)


def check_can_change_charge(actor: Actor, charge: ChargeRecurrente) -> None:
    """Who: a gestionnaire of the enterprise; the days are checked by each action."""
    check_writes(actor, charge.entreprise_id)


def check_can_revise(actor: Actor, cle: CleRepartition) -> None:
    """Who and when: a key still offered."""
    check_writes(actor, cle.entreprise_id)
    if cle.closed:
        raise AccessDenied(f"La clé « {cle.name} » n’est plus proposée : créez-en une autre.")


def check_can_erase_amount(actor: Actor, montant: MontantCompteIndividuel) -> None:
    """Who and when: an amount outside the years sent."""
    check_writes(actor, montant.entreprise_id)
    check_open(montant.entreprise_id, montant.counted_on)


def _check_state(facture: Facture, verb: str, *allowed: Facture.State) -> None:
    if facture.state not in allowed:
        raise AccessDenied(
            f"Cette facture est « {facture.get_state_display().lower()} » : on ne peut pas la {verb} dans cet état. "
            f"Il faut qu’elle soit {' ou '.join(f'« {state.label.lower()} »' for state in allowed)}."
        )


def _asks(check: Callable[[Actor, Any], None], actor: Actor, row: Any) -> bool:
    try:
        check(actor, row)
    except AccessDenied:
        return False
    return True


def can_write(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Tell whether the actor may record costs of this enterprise."""
    return _asks(check_writes, actor, entreprise_id)


def can_impute(actor: Actor, facture: Facture) -> bool:
    """Tell whether the actor may impute this invoice now."""
    return _asks(check_can_impute, actor, facture)


def can_put_aside(actor: Actor, facture: Facture) -> bool:
    """Tell whether the actor may put this invoice aside now."""
    return _asks(check_can_put_aside, actor, facture)


def can_take_back(actor: Actor, facture: Facture) -> bool:
    """Tell whether the actor may take this invoice back now."""
    return _asks(check_can_take_back, actor, facture)


def can_resolve(actor: Actor, facture: Facture) -> bool:
    """Tell whether the actor may settle this conflict now."""
    return _asks(check_can_resolve, actor, facture)


def can_correct(actor: Actor, facture: Facture) -> bool:
    """Tell whether the actor may correct what was typed."""
    return _asks(check_can_correct, actor, facture)


def can_complete(actor: Actor, facture: Facture) -> bool:
    """Tell whether the actor may add the euro amount, the other subsidy or the credited invoice."""
    return _asks(check_can_complete, actor, facture)


def can_change_charge(actor: Actor, charge: ChargeRecurrente) -> bool:
    """Tell whether the actor may change this charge."""
    return _asks(check_can_change_charge, actor, charge)


def can_revise(actor: Actor, cle: CleRepartition) -> bool:
    """Tell whether the actor may revise this key."""
    return _asks(check_can_revise, actor, cle)


def can_erase_amount(actor: Actor, montant: MontantCompteIndividuel) -> bool:
    """Tell whether the actor may erase this amount."""
    return _asks(check_can_erase_amount, actor, montant)
