"""Who works with the network, with the CPAS and with the Forem, and when; each as a refusal and as a yes or no."""

import datetime as dt
import uuid

from clefdevoute.records.entreprises.policies import allows, check_acts_in
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.models import ConventionCpas, RapportCpas
from clefdevoute.records.suivi.policies import check_reads_dossier


def check_writes_reseau(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: an accompagnateur of the enterprise."""
    check_acts_in(actor, entreprise_id, Permission.RESEAU_ECRIRE)


def can_write_reseau(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_writes_reseau, actor, entreprise_id)


def check_writes_conventions(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: an accompagnateur of the enterprise."""
    check_acts_in(actor, entreprise_id, Permission.CONVENTION_ECRIRE)


def can_write_conventions(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_writes_conventions, actor, entreprise_id)


def check_drafts(actor: Actor, convention: ConventionCpas) -> None:
    """Who and when: a convention changes as long as nobody was asked to sign it."""
    check_writes_conventions(actor, convention.entreprise_id)
    if convention.sent_on is not None:
        raise AccessDenied(
            f"Cette convention est partie à signer le {convention.sent_on:%d/%m/%Y} : elle ne change plus. "
            "Renouvelez-la pour écrire la suivante."
        )


def can_draft(actor: Actor, convention: ConventionCpas) -> bool:
    """Same rule, for a button."""
    return allows(check_drafts, actor, convention)


def check_denounces(actor: Actor, convention: ConventionCpas) -> None:
    """Who and when: once signed, and once only."""
    check_writes_conventions(actor, convention.entreprise_id)
    if convention.signed_on is None:
        raise AccessDenied("Cette convention n’est pas signée par tous : il n’y a rien à dénoncer.")
    if convention.denounced_on is not None:
        raise AccessDenied(f"Cette convention est déjà dénoncée avec effet au {convention.denounced_on:%d/%m/%Y}.")


def can_denounce(actor: Actor, convention: ConventionCpas) -> bool:
    """Same rule, for a button."""
    return allows(check_denounces, actor, convention)


def check_writes_rapport(actor: Actor, rapport: RapportCpas) -> None:
    """Who and when: the dossier is open to her, the report has not left."""
    check_writes_conventions(actor, rapport.entreprise_id)
    check_reads_dossier(actor, rapport.travailleur)
    if rapport.sent_on is not None:
        raise AccessDenied(f"Ce rapport est parti le {rapport.sent_on:%d/%m/%Y} : il ne change plus.")
    if rapport.cancelled_reason:
        raise AccessDenied("Ce rapport est annulé : il ne s’écrit plus.")


def can_write_rapport(actor: Actor, rapport: RapportCpas) -> bool:
    """Same rule, for a button."""
    return allows(check_writes_rapport, actor, rapport)


def check_transmits(actor: Actor, travailleur: Travailleur) -> None:
    """Who: an accompagnateur to whom the dossier is open; whether the law allows it is asked of ``law.forem``."""
    check_acts_in(actor, travailleur.entreprise_id, Permission.FOREM_TRANSMETTRE)
    check_reads_dossier(actor, travailleur)


def can_transmit(actor: Actor, travailleur: Travailleur) -> bool:
    """Same rule, for a button."""
    return allows(check_transmits, actor, travailleur)


def check_day_past(day: dt.date, today: dt.date, field: str) -> None:
    """When: what is noted as done was done, to-day at the latest."""
    if day > today:
        raise AccessDenied(f"Le {day:%d/%m/%Y} n’est pas encore passé ({field}) : notez le jour où cela s’est fait.")
