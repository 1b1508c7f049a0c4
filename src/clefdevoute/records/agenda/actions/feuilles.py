"""A place taken back before the day, and the signed sheet joined afterwards."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.models import FeuillePresence, Presence, Seance
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import ProofFile


@transaction.atomic
def desinscrire(*, presence: Presence, by: Actor, now: dt.datetime) -> None:
    """Take a place back while nothing was ticked; the history keeps that it was given."""
    row = locked(presence)
    policies.check_enrols(by, row.seance)
    if row.status != Presence.Status.INSCRIT or row.seance.status != Seance.Status.PLANIFIE:
        raise refused(
            f"Sa présence est déjà notée ({row.get_status_display().lower()}) : corrigez-la plutôt que d’ôter la place."
        )
    journal.append(
        event="agenda.seance_desinscription",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"travailleur": (row.travailleur_id, None), "status": (row.status, None)},
    )
    row.delete()


@transaction.atomic
def joindre_feuille(*, seance: Seance, proof: ProofFile, by: Actor, now: dt.datetime) -> FeuillePresence:
    """Join the scan of the signed sheet, from the day of the séance on."""
    row = locked(seance)
    policies.check_ticks(by, row, now)
    if proof.entreprise_id != row.entreprise_id:
        raise refused("Ce fichier est d’une autre entreprise : déposez-le à nouveau.", "feuille")
    held = FeuillePresence(entreprise_id=row.entreprise_id, seance=row, proof=proof, joined_at=now)
    checked(held).save(force_insert=True)
    journal.append(event="agenda.feuille_jointe", by=by, subject=held, entreprise_id=row.entreprise_id, now=now)
    return held


@transaction.atomic
def retirer_feuille(*, feuille: FeuillePresence, by: Actor, now: dt.datetime) -> FeuillePresence:
    """Withdraw a sheet joined by mistake; the file itself stays where it is."""
    row = locked(feuille)
    policies.check_enrols(by, row.seance)
    if row.withdrawn_at is not None:
        raise refused("Cette feuille est déjà retirée : rien n’a changé.")
    changes = amended(row, {"withdrawn_at": now}, ("withdrawn_at",))
    row.save(update_fields=["withdrawn_at"])
    journal.append(
        event="agenda.feuille_retiree", by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes
    )
    return row
