"""Séances planned, postponed, cancelled; places given; attendance ticked for up to a hundred persons at once."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.actions.checks import check_moment, same_entreprise
from clefdevoute.records.agenda.models import Motif, Presence, Seance
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur

MOST = 100
"""The most persons that one séance holds: above, one no longer speaks of an interview."""

FIELDS = (
    "title",
    "starts_at",
    "duration_min",
    "place",
    "accompagnateur",
    "is_collective_interview",
    "is_strategy",
    "is_management",
    "is_social_economy",
)
"""What a planned séance says; its status changes by its own acts."""


@transaction.atomic
def planifier_seance(*, accompagnateur: Accompagnateur, by: Actor, now: dt.datetime, **values: Any) -> Seance:
    """Plan a séance: its title, its moment, its place and what it is about (FIELDS)."""
    policies.check_writes(by, accompagnateur.entreprise_id)
    row = Seance(entreprise_id=accompagnateur.entreprise_id, accompagnateur=accompagnateur)
    amended(row, values, FIELDS)
    _check(row, now)
    row.save(force_insert=True)
    journal.append(event="agenda.seance_planifiee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_seance(*, seance: Seance, by: Actor, now: dt.datetime, **values: Any) -> Seance:
    """Change what a séance is about or where it is held; another day is a postponement, never a change."""
    row = locked(seance)
    policies.check_enrols(by, row)
    changes = amended(row, values, tuple(name for name in FIELDS if name != "starts_at"))
    if not changes:
        return row
    _check(row, now)
    row.save(update_fields=list(changes))
    kept = {name: tuple(getattr(value, "pk", value) for value in pair) for name, pair in changes.items()}
    journal.append(
        event="agenda.seance_modifiee",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=kept,
    )
    return row


@transaction.atomic
def reporter_seance(*, seance: Seance, starts_at: dt.datetime, by: Actor, now: dt.datetime) -> Seance:
    """Postpone: the old séance stays with its places, the new one is answered with the same persons enrolled."""
    old = locked(seance)
    policies.check_moves(by, old)
    if starts_at == old.starts_at:
        raise refused("C’est le même moment : choisissez une autre date ou une autre heure.", "starts_at")
    new = Seance(entreprise_id=old.entreprise_id, **{name: getattr(old, name) for name in FIELDS})
    new.starts_at = starts_at
    _check(new, now)
    new.save(force_insert=True)
    persons = Presence.objects.of(old.entreprise_id).filter(seance=old).values_list("travailleur_id", flat=True)
    Presence.objects.bulk_create(
        Presence(entreprise_id=new.entreprise_id, seance=new, travailleur_id=pk) for pk in persons
    )
    values = {"status": Seance.Status.REPORTE, "postponed_to": new, "settled_at": now}
    amended(old, values, tuple(values))
    checked(old)
    old.save(update_fields=list(values))
    journal.append(
        event="agenda.seance_reportee",
        by=by,
        subject=old,
        entreprise_id=old.entreprise_id,
        now=now,
        changes={"starts_at": (old.starts_at, new.starts_at)},
    )
    return new


@transaction.atomic
def annuler_seance(*, seance: Seance, reason: str, by: Actor, now: dt.datetime) -> Seance:
    """Cancel a planned séance with a coded reason; nobody is credited."""
    row = locked(seance)
    policies.check_moves(by, row)
    if reason not in Motif.values:
        raise refused("Choisissez pourquoi cette séance est annulée.", "cancel_reason")
    values = {"status": Seance.Status.ANNULE, "cancel_reason": reason, "settled_at": now}
    changes = amended(row, values, tuple(values))
    checked(row)
    row.save(update_fields=list(changes))
    journal.append(
        event="agenda.seance_annulee",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"status": changes["status"], "cancel_reason": changes["cancel_reason"]},
    )
    return row


@transaction.atomic
def inscrire(*, seance: Seance, travailleurs: Iterable[Travailleur], by: Actor, now: dt.datetime) -> int:
    """Give places to persons; whoever has one keeps it. Answer how many are new."""
    row = locked(seance)
    policies.check_enrols(by, row)
    wanted = {person.pk: person for person in travailleurs}
    for person in wanted.values():
        same_entreprise(row.entreprise_id, travailleur=person)
    held = set(Presence.objects.of(row.entreprise_id).filter(seance=row).values_list("travailleur_id", flat=True))
    fresh = [pk for pk in wanted if pk not in held]
    _check_room(len(held) + len(fresh))
    Presence.objects.bulk_create(
        Presence(entreprise_id=row.entreprise_id, seance=row, travailleur_id=pk) for pk in fresh
    )
    if fresh:
        journal.append(event="agenda.seance_inscription", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return len(fresh)


@transaction.atomic
def pointer_presences(
    *, seance: Seance, statuses: Mapping[uuid.UUID, str], by: Actor, now: dt.datetime
) -> tuple[Presence, ...]:
    """
    Tick who came, for every person at once: each present one is credited; the séance is then held.

    ``statuses`` gives the word of each travailleur by key. A word that was already ticked and changes is
    a correction: the journal keeps one event with the old and the new for each.
    """
    row = locked(seance)
    policies.check_ticks(by, row, now)
    _check_room(len(statuses))
    rows = {item.travailleur_id: item for item in Presence.objects.of(row.entreprise_id).filter(seance=row)}
    if unknown := set(statuses) - set(rows):
        raise refused(
            f"{len(unknown)} personne(s) cochée(s) n’ont pas de place à cette séance : inscrivez-les d’abord.", ""
        )
    if wrong := set(statuses.values()) - set(Presence.Status.values):
        raise refused(f"« {sorted(wrong)[0]} » n’est pas une présence : cochez présent, excusé, absent ou refusé.", "")
    changed, corrected = [], []
    for pk, status in statuses.items():
        item = rows[pk]
        if item.status != status:
            if item.status != Presence.Status.INSCRIT:
                corrected.append((item, item.status, status))
            item.status = status
            changed.append(item)
    Presence.objects.bulk_update(changed, ["status"])
    _hold(row, now)
    journal.append(event="agenda.presences_pointees", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    for item, before, after in corrected:
        journal.append(
            event="agenda.presence_corrigee",
            by=by,
            subject=item,
            entreprise_id=row.entreprise_id,
            now=now,
            changes={"status": (before, after)},
        )
    return tuple(changed)


def _hold(row: Seance, now: dt.datetime) -> None:
    """Say that a planned séance was held, once attendance has been ticked."""
    if row.status == Seance.Status.PLANIFIE:
        row.status, row.settled_at = Seance.Status.REALISE, now
        row.save(update_fields=["status", "settled_at"])


def _check_room(count: int) -> None:
    if count > MOST:
        raise refused(f"Une séance compte {MOST} personnes au plus : faites-en deux séances.", "")


def _check(row: Seance, now: dt.datetime) -> None:
    """Refuse a séance that its own rules, its enterprise or the calendar keep out."""
    row.title, row.place = row.title.strip(), row.place.strip()
    same_entreprise(row.entreprise_id, accompagnateur=row.accompagnateur)
    if row.starts_at is None:
        raise refused("Écrivez le jour et l’heure de la séance.", "starts_at")
    check_moment(row, now)
    checked(row)
