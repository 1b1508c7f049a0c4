"""Part in the management: recorded with its persons, corrected, cancelled."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.policies import check_acts_in
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.parcours.models import Participation, PartPrise
from clefdevoute.records.personnes.models import Accompagnateur, Engagement, Travailleur

FIELDS = ("held_on", "organ", "organ_name", "form", "proof")
MOST = 100


@transaction.atomic
def noter_participation(
    *, roles: Mapping[Travailleur, str], accompagnateur: Accompagnateur, by: Actor, now: dt.datetime, **values: Any
) -> Participation:
    """Record an occasion and the part that each person took in it."""
    check_acts_in(by, accompagnateur.entreprise_id, Permission.DOSSIER_ECRIRE)
    row = Participation(entreprise_id=accompagnateur.entreprise_id, accompagnateur=accompagnateur, recorded_at=now)
    amended(row, values, FIELDS)
    _check(row, now)
    row.save(force_insert=True)
    journal.append(event="parcours.participation_notee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    _write_roles(row, roles, by, now)
    return row


@transaction.atomic
def corriger_participation(
    *, participation: Participation, roles: Mapping[Travailleur, str], by: Actor, now: dt.datetime, **values: Any
) -> Participation:
    """Correct an occasion and who took part; a person taken off stays in the history."""
    row = locked(participation)
    check_acts_in(by, row.entreprise_id, Permission.DOSSIER_ECRIRE)
    _check_not_cancelled(row)
    changes = amended(row, values, FIELDS)
    if changes:
        _check(row, now)
        row.save(update_fields=list(changes))
    _write_roles(row, roles, by, now)
    journal.append(
        event="parcours.participation_corrigee",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={name: tuple(getattr(value, "pk", value) for value in pair) for name, pair in changes.items()},
    )
    return row


@transaction.atomic
def annuler_participation(*, participation: Participation, reason: str, by: Actor, now: dt.datetime) -> Participation:
    """Cancel an occasion recorded by mistake, with its reason; it proves nothing any more."""
    row = locked(participation)
    check_acts_in(by, row.entreprise_id, Permission.DOSSIER_ECRIRE)
    _check_not_cancelled(row)
    if not reason.strip():
        raise refused("Une participation s’annule avec sa raison : écrivez-la.", "cancel_reason")
    row.cancelled_on, row.cancel_reason = timezone.localdate(now), reason.strip()
    checked(row).save(update_fields=["cancelled_on", "cancel_reason"])
    journal.append(event="parcours.participation_annulee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def hors_contrat(participation: Participation, travailleurs: Sequence[Travailleur]) -> list[Travailleur]:
    """List the persons without a contract on the day: a warning to show, not a refusal."""
    day = participation.held_on
    running = set(
        Engagement.objects.of(participation.entreprise_id)
        .filter(travailleur_id__in=[one.pk for one in travailleurs], starts_on__lte=day)
        .exclude(ends_on__lt=day)
        .values_list("travailleur_id", flat=True)
    )
    return [one for one in travailleurs if one.pk not in running]


def _check(row: Participation, now: dt.datetime) -> None:
    row.organ_name = row.organ_name.strip()
    checked(row)
    if row.held_on > timezone.localdate(now):
        raise refused("Cette participation n’a pas encore eu lieu : notez-la une fois le jour passé.", "held_on")


def _check_not_cancelled(row: Participation) -> None:
    if row.cancelled_on is not None:
        raise refused(f"Cette participation est annulée depuis le {row.cancelled_on:%d/%m/%Y} : notez-en une autre.")


def _write_roles(row: Participation, roles: Mapping[Travailleur, str], by: Actor, now: dt.datetime) -> None:
    """Make who took part equal what was ticked: add, change the role, take off without erasing."""
    if not roles:
        raise refused("Aucune personne n’est choisie : cochez qui a pris part.", "travailleurs")
    if len(roles) > MOST:
        raise refused(f"Une participation note au plus {MOST} personnes : faites-en plusieurs.", "travailleurs")
    if any(one.entreprise_id != row.entreprise_id for one in roles):
        raise refused("Une des personnes travaille dans une autre entreprise : décochez-la.", "travailleurs")
    mine = PartPrise.objects.visible_to(by).filter(participation=row)
    known = {one.travailleur_id: one for one in mine}
    for person, role in roles.items():
        one = known.pop(person.pk, None)
        if one is None:
            one = PartPrise(entreprise_id=row.entreprise_id, participation=row, travailleur=person, role=role)
            checked(one).save(force_insert=True)
        elif one.role != role or one.removed_on is not None:
            changes = amended(one, {"role": role, "removed_on": None}, ("role", "removed_on"))
            checked(one).save()
            _journal_role(one, by, now, changes)
    for gone in known.values():
        if gone.removed_on is None:
            changes = amended(gone, {"removed_on": timezone.localdate(now)}, ("removed_on",))
            gone.save(update_fields=["removed_on"])
            _journal_role(gone, by, now, changes)


def _journal_role(one: PartPrise, by: Actor, now: dt.datetime, changes: dict[str, tuple[Any, Any]]) -> None:
    journal.append(
        event="parcours.part_prise_corrigee",
        by=by,
        subject=one,
        entreprise_id=one.entreprise_id,
        now=now,
        changes=changes,
    )
