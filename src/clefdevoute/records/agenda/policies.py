"""
Who keeps the agenda, and when; each question as a refusal and as a yes or no.

Who: an accompagnateur or the secretariat of the enterprise, for every agenda of it. When: an outcome
waits for its day, what is settled is corrected rather than noted again, and a postponed row stays.
"""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from clefdevoute.records.agenda.models import Courriel, Empechement, FluxAgenda, RendezVous, Seance
from clefdevoute.records.agenda.models.base import MomentModel
from clefdevoute.records.entreprises.policies import allows, check_acts_in
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.personnes.models import Accompagnateur

_Status = RendezVous.Status


def check_reads(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: accompagnateurs and secretariat of the enterprise."""
    check_acts_in(actor, entreprise_id, Permission.AGENDA_LIRE)


def can_read(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_reads, actor, entreprise_id)


def check_writes(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: accompagnateurs and secretariat of the enterprise, in every agenda of it."""
    check_acts_in(actor, entreprise_id, Permission.AGENDA_ECRIRE)


def can_write(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_writes, actor, entreprise_id)


def check_moves(actor: Actor, row: MomentModel) -> None:
    """Who and when: what is still planned may be postponed or cancelled."""
    check_writes(actor, row.entreprise_id)
    status = _display(row)
    if row.status != _Status.PLANIFIE:
        raise AccessDenied(
            f"Ce moment n’est plus planifié ({status.lower()}) : il ne se reporte ni ne s’annule. Fixez-en un autre, "
            "ou corrigez son issue."
        )


def can_move(actor: Actor, row: MomentModel) -> bool:
    """Same rule, for a button."""
    return allows(check_moves, actor, row)


def check_settles(actor: Actor, row: RendezVous) -> None:
    """Who and when: the outcome of a planned appointment is noted once; later it is corrected."""
    check_writes(actor, row.entreprise_id)
    if row.status != _Status.PLANIFIE:
        raise AccessDenied(
            f"L’issue de ce rendez-vous est déjà notée ({_display(row).lower()}) : corrigez-la si elle est fausse."
        )


def can_settle(actor: Actor, row: RendezVous) -> bool:
    """Same rule, for a button."""
    return allows(check_settles, actor, row)


def check_corrects(actor: Actor, row: RendezVous) -> None:
    """Who and when: a settled appointment; a postponed one stays, for its successor carries it on."""
    check_writes(actor, row.entreprise_id)
    if row.status == _Status.PLANIFIE:
        raise AccessDenied("Ce rendez-vous est encore planifié : notez son issue, reportez-le ou annulez-le.")
    if row.status == _Status.REPORTE:
        raise AccessDenied("Ce rendez-vous a été reporté : corrigez celui qui l’a remplacé.")


def can_correct(actor: Actor, row: RendezVous) -> bool:
    """Same rule, for a button."""
    return allows(check_corrects, actor, row)


def check_enrols(actor: Actor, seance: Seance) -> None:
    """Who and when: places are given while a séance is planned or held, never once postponed or cancelled."""
    check_writes(actor, seance.entreprise_id)
    if seance.status in (Seance.Status.REPORTE, Seance.Status.ANNULE):
        raise AccessDenied(
            f"Cette séance est {_display(seance).lower()} : personne ne s’y inscrit et rien ne s’y coche."
        )


def can_enrol(actor: Actor, seance: Seance) -> bool:
    """Same rule, for a button."""
    return allows(check_enrols, actor, seance)


def check_ticks(actor: Actor, seance: Seance, now: dt.datetime) -> None:
    """Who and when: attendance is ticked on the day of the séance or later."""
    check_enrols(actor, seance)
    if seance.day > timezone.localdate(now):
        raise AccessDenied(
            f"Cette séance est le {seance.day:%d/%m/%Y} : les présences se cochent ce jour-là au plus tôt."
        )


def can_tick(actor: Actor, seance: Seance, now: dt.datetime) -> bool:
    """Same rule, for a button."""
    return allows(check_ticks, actor, seance, now)


def check_changes_empechement(actor: Actor, row: Empechement) -> None:
    """Who and when: an impediment that was not withdrawn."""
    check_writes(actor, row.entreprise_id)
    if row.withdrawn_at is not None:
        raise AccessDenied("Cet empêchement a été retiré : notez-en un autre.")


def can_change_empechement(actor: Actor, row: Empechement) -> bool:
    """Same rule, for a button."""
    return allows(check_changes_empechement, actor, row)


def check_convokes(actor: Actor, row: MomentModel) -> None:
    """Who and when: only what is planned is announced."""
    check_acts_in(actor, row.entreprise_id, Permission.CONVOCATION_ENVOYER)
    if row.status != _Status.PLANIFIE:
        raise AccessDenied(
            f"On ne convoque qu’à un moment planifié ; celui-ci est {_display(row).lower()}. Fixez-en un autre."
        )


def can_convoke(actor: Actor, row: MomentModel) -> bool:
    """Same rule, for a button."""
    return allows(check_convokes, actor, row)


def check_mails(actor: Actor, entreprise_id: uuid.UUID) -> None:
    """Who: accompagnateurs and secretariat of the enterprise."""
    check_acts_in(actor, entreprise_id, Permission.CONVOCATION_ENVOYER)


def can_mail(actor: Actor, entreprise_id: uuid.UUID) -> bool:
    """Same rule, for a button."""
    return allows(check_mails, actor, entreprise_id)


def check_hands_over(actor: Actor, courriel: Courriel) -> None:
    """Who and when: an e-mail that has not left."""
    check_mails(actor, courriel.entreprise_id)
    if courriel.state == Courriel.State.PARTI:
        raise AccessDenied("Ce courriel est déjà parti : écrivez-en un autre s’il le faut.")


def can_hand_over(actor: Actor, courriel: Courriel) -> bool:
    """Same rule, for a button."""
    return allows(check_hands_over, actor, courriel)


def check_feeds(actor: Actor, accompagnateur: Accompagnateur) -> None:
    """Who: an accompagnateur, for her own agenda alone."""
    check_acts_in(actor, accompagnateur.entreprise_id, Permission.AGENDA_LIRE)
    if actor.role is not Role.ACCOMPAGNATEUR or accompagnateur.user_id != actor.user_id:
        raise AccessDenied("Un flux d’agenda s’ouvre et se révoque par l’accompagnateur dont c’est l’agenda.")


def can_feed(actor: Actor, accompagnateur: Accompagnateur) -> bool:
    """Same rule, for a button."""
    return allows(check_feeds, actor, accompagnateur)


def check_revokes(actor: Actor, flux: FluxAgenda) -> None:
    """Who and when: her own feed, while it is open."""
    check_feeds(actor, flux.accompagnateur)
    if flux.revoked_at is not None:
        raise AccessDenied("Ce flux est déjà révoqué : plus aucun agenda ne le lit.")


def can_revoke(actor: Actor, flux: FluxAgenda) -> bool:
    """Same rule, for a button."""
    return allows(check_revokes, actor, flux)


def _display(row: Any) -> str:
    return str(row.get_status_display())
