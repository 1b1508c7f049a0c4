"""A year's file: opened when the contract is sent, its grant, the letters noted, the money that moved."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from clefdevoute.law.accompagnement_social.effectifs import effectif_periode
from clefdevoute.records.entreprises.facts import lectures_at
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.facts import engagement_facts
from clefdevoute.records.subventions import annees, policies
from clefdevoute.records.subventions.facts import lectures_from
from clefdevoute.records.subventions.models import AideDeMinimis, Mouvement, Subvention

GRANTOR = "Région wallonne, Direction de l’Économie sociale"


@transaction.atomic
def ouvrir_annee(
    *,
    entreprise: EntrepriseInsertion,
    as_of: dt.date,
    origin: Subvention.Origin,
    contract_sent_on: dt.date | None,
    by: Actor,
    now: dt.datetime,
) -> Subvention:
    """
    Begin the file of the agrément year that holds a day, and fix the persons counted.

    They are counted on the first day of the year, or where the contract was sent in the course of it, on
    the day it was sent (A2).
    """
    policies.check_prepares(by, entreprise.pk)
    year = annees.annee_at(annees.facts_or_refuse(entreprise.pk), as_of).value
    inside = contract_sent_on is not None and year.debut <= contract_sent_on <= year.fin
    reference = contract_sent_on if inside and contract_sent_on is not None else year.debut
    readings = lectures_from(lectures_at(year.debut))
    counted = effectif_periode(
        engagements=engagement_facts(entreprise.pk, as_of=reference),
        debut=year.debut,
        fin=year.fin,
        date_reference=reference,
        comptage=readings.comptage,
        compter_art_60=readings.compter_art_60,
    )
    row = checked(
        Subvention(
            entreprise=entreprise,
            annee_agrement_start=year.debut,
            annee_agrement_end=year.fin,
            origin=origin,
            contract_sent_on=contract_sent_on,
            reference_on=reference,
            persons_count=counted.value.retenu,
            state_since=now,
        )
    )
    row.save(force_insert=True)
    journal.append(event="subventions.annee_ouverte", by=by, subject=row, entreprise_id=entreprise.pk, now=now)
    return row


@transaction.atomic
def noter_octroi(
    *, subvention: Subvention, amount: Decimal, granted_on: dt.date, by: Actor, now: dt.datetime
) -> Subvention:
    """Note what was granted and when; the ledger of de minimis aids follows (A11)."""
    row = locked(subvention)
    policies.check_can_record_grant(by, row)
    before = (row.granted_amount, row.granted_on)
    row.granted_amount, row.granted_on = amount, granted_on
    checked(row).save(update_fields=["granted_amount", "granted_on"])
    aide = AideDeMinimis.objects.filter(subvention=row).first() or AideDeMinimis(
        entreprise_id=row.entreprise_id, subvention=row, regulation=AideDeMinimis.Regulation.SIEG, grantor=GRANTOR
    )
    aide.granted_on, aide.amount = granted_on, amount
    if amount:
        checked(aide).save()
    journal.append(
        event="subventions.octroi_note",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"granted_amount": (before[0], amount), "granted_on": (before[1], granted_on)},
    )
    return row


@transaction.atomic
def noter_etat(
    *, subvention: Subvention, target: Subvention.State, reason: str = "", by: Actor, now: dt.datetime
) -> Subvention:
    """Note what a letter of the administration told, where it has no account on the installation."""
    row = locked(subvention)
    policies.check_can_note_as(by, row, target)
    return move(row, target, reason=reason, event="subventions.etat_note", by=by, now=now)


@transaction.atomic
def renoncer(*, subvention: Subvention, reason: str, by: Actor, now: dt.datetime) -> Subvention:
    """Give a year up before any advance is paid, saying why."""
    row = locked(subvention)
    policies.check_can_renounce(by, row)
    if not reason.strip():
        raise refused("Dites pourquoi l’année reste sans suite, puis confirmez.", "state_reason")
    target = Subvention.State.SANS_SUITE
    return move(row, target, reason=reason, event="subventions.annee_abandonnee", by=by, now=now)


def move(
    row: Subvention, target: Subvention.State, *, reason: str, event: str, by: Actor, now: dt.datetime
) -> Subvention:
    """Write a permitted move with its event; who and when were checked by the caller."""
    before, row.state, row.state_since, row.state_reason = row.state, target, now, reason.strip()
    checked(row).save(update_fields=["state", "state_since", "state_reason"])
    journal.append(
        event=event,
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"state": (before, str(target))},
    )
    return row


@transaction.atomic
def enregistrer_mouvement(
    *,
    subvention: Subvention,
    kind: Mouvement.Kind,
    amount: Decimal,
    moved_on: dt.date,
    reference: str = "",
    by: Actor,
    now: dt.datetime,
) -> Mouvement:
    """Record money that moved; the row never changes afterwards."""
    row = locked(subvention)
    policies.check_can_record_movement(by, row)
    if moved_on > now.date():
        raise refused("Un mouvement s’enregistre une fois sur le compte : choisissez une date passée.", "moved_on")
    movement = checked(
        Mouvement(
            entreprise_id=row.entreprise_id,
            subvention=row,
            kind=kind,
            amount=amount,
            moved_on=moved_on,
            reference=reference.strip(),
            recorded_at=now,
            recorded_by=by.user_id,
        )
    )
    movement.save(force_insert=True)
    journal.append(
        event="subventions.mouvement_enregistre", by=by, subject=movement, entreprise_id=row.entreprise_id, now=now
    )
    return movement


@transaction.atomic
def annuler_mouvement(*, mouvement: Mouvement, by: Actor, now: dt.datetime) -> Mouvement:
    """Cancel a movement recorded by mistake with another that names it; both stay."""
    row = locked(mouvement.subvention)
    policies.check_can_record_movement(by, row)
    if mouvement.cancels_id:
        raise refused("Cette ligne annule déjà un mouvement : enregistrez le bon mouvement à nouveau.")
    cancelling = checked(
        Mouvement(
            entreprise_id=row.entreprise_id,
            subvention=row,
            kind=mouvement.kind,
            amount=mouvement.amount,
            moved_on=mouvement.moved_on,
            reference=mouvement.reference,
            cancels=mouvement,
            recorded_at=now,
            recorded_by=by.user_id,
        )
    )
    cancelling.save(force_insert=True)
    journal.append(
        event="subventions.mouvement_annule", by=by, subject=mouvement, entreprise_id=row.entreprise_id, now=now
    )
    return cancelling
