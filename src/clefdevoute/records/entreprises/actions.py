"""Every write to the enterprise, its approval, its accounting words, the readings and the roles."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from clefdevoute.records.entreprises import policies
from clefdevoute.records.entreprises.models import (
    Affectation,
    Agrement,
    CompteLigne,
    EntrepriseInsertion,
    Lecture,
    PartTvaDeductible,
    Suspension,
)
from clefdevoute.records.entreprises.validators import normalise_bce, normalise_iban
from clefdevoute.records.entreprises.writing import RowRefused, amended, checked, locked, overlaps, refused
from clefdevoute.records.foundation import journal, permissions
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.models import User

EDITABLE = (
    "name",
    "file_number",
    "street",
    "postal_code",
    "city",
    "phone",
    "iban",
    "vat_regime",
    "fiscal_year_start_month",
    "entreprise_unique",
    "reference_hours",
    "niss_enabled",
    "assigned_only",
    "cessation_kind",
    "cessation_on",
)


@transaction.atomic
def create_entreprise(*, name: str, bce: str, by: Actor, now: dt.datetime, **fields: Any) -> EntrepriseInsertion:
    """Open an enterprise on the installation; only the installation itself may."""
    policies.check_creates_entreprise(by)
    entreprise = EntrepriseInsertion(name=name.strip(), bce=normalise_bce(bce))
    changes = amended(entreprise, _normalised(fields), EDITABLE)
    checked(entreprise).save(force_insert=True)
    journal.append(
        event="entreprises.entreprise_ouverte",
        by=by,
        subject=entreprise,
        entreprise_id=entreprise.pk,
        now=now,
        changes=changes,
    )
    return entreprise


@transaction.atomic
def modify_entreprise(
    *, entreprise: EntrepriseInsertion, by: Actor, now: dt.datetime, **fields: Any
) -> EntrepriseInsertion:
    """Change what the enterprise says of itself; the number of the register never changes."""
    policies.check_edits_entreprise(by, entreprise.pk)
    entreprise = locked(entreprise)
    changes = amended(entreprise, _normalised(fields), EDITABLE)
    if changes:
        checked(entreprise).save()
        journal.append(
            event="entreprises.entreprise_modifiee",
            by=by,
            subject=entreprise,
            entreprise_id=entreprise.pk,
            now=now,
            changes=changes,
        )
    return entreprise


def _normalised(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"iban": normalise_iban(fields["iban"])} if fields.get("iban") else fields


@transaction.atomic
def record_agrement(
    *,
    entreprise: EntrepriseInsertion,
    kind: str,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    ends_on: dt.date | None = None,
    decision: str = "",
) -> Agrement:
    """Record a period of approval; two periods never share a day."""
    policies.check_edits_entreprise(by, entreprise.pk)
    entreprise = locked(entreprise)
    row = checked(
        Agrement(entreprise=entreprise, kind=kind, starts_on=starts_on, ends_on=ends_on, decision=decision.strip())
    )
    for other in Agrement.objects.of(entreprise.pk):
        if overlaps(starts_on, ends_on, other.starts_on, other.ends_on):
            raise refused(
                f"Cette période chevauche l’agrément « {other} ». Corrigez l’une des deux dates : "
                "deux agréments ne courent jamais le même jour.",
                "starts_on",
            )
    row.save(force_insert=True)
    journal.append(event="entreprises.agrement_enregistre", by=by, subject=row, entreprise_id=entreprise.pk, now=now)
    return row


@transaction.atomic
def end_agrement(*, agrement: Agrement, ends_on: dt.date, by: Actor, now: dt.datetime) -> Agrement:
    """Correct the last day of a period of two or four years."""
    policies.check_edits_entreprise(by, agrement.entreprise_id)
    agrement = locked(agrement)
    changes = amended(agrement, {"ends_on": ends_on}, ["ends_on"])
    for other in Agrement.objects.of(agrement.entreprise_id).exclude(pk=agrement.pk):
        if overlaps(agrement.starts_on, ends_on, other.starts_on, other.ends_on):
            raise refused(f"Cette fin chevauche l’agrément « {other} ». Vérifiez la date.", "ends_on")
    checked(agrement).save()
    journal.append(
        event="entreprises.agrement_modifie",
        by=by,
        subject=agrement,
        entreprise_id=agrement.entreprise_id,
        now=now,
        changes=changes,
    )
    return agrement


@transaction.atomic
def record_suspension(
    *,
    agrement: Agrement,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    ends_on: dt.date | None = None,
    reason: str = "",
) -> Suspension:
    """Record days on which the approval is suspended, inside its own period."""
    policies.check_edits_entreprise(by, agrement.entreprise_id)
    agrement = locked(agrement)
    if starts_on < agrement.starts_on or (agrement.ends_on is not None and starts_on > agrement.ends_on):
        raise refused("La suspension commence hors de cet agrément. Choisissez l’agrément qui court ce jour-là.")
    row = checked(
        Suspension(
            entreprise_id=agrement.entreprise_id,
            agrement=agrement,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason.strip(),
        )
    )
    row.save(force_insert=True)
    journal.append(
        event="entreprises.suspension_enregistree", by=by, subject=row, entreprise_id=row.entreprise_id, now=now
    )
    return row


@transaction.atomic
def set_part_tva(
    *, entreprise: EntrepriseInsertion, starts_on: dt.date, percent: Decimal, by: Actor, now: dt.datetime
) -> PartTvaDeductible:
    """Set the deductible share of VAT from a date on; the same date again corrects it."""
    policies.check_edits_entreprise(by, entreprise.pk)
    entreprise = locked(entreprise)
    found = PartTvaDeductible.objects.of(entreprise.pk).filter(starts_on=starts_on).first()
    row = found or PartTvaDeductible(entreprise=entreprise, starts_on=starts_on)
    changes = amended(row, {"percent": percent}, ["percent"])
    checked(row).save()
    journal.append(
        event="entreprises.part_tva_fixee", by=by, subject=row, entreprise_id=entreprise.pk, now=now, changes=changes
    )
    return row


@transaction.atomic
def set_compte_ligne(
    *,
    entreprise: EntrepriseInsertion,
    line: str,
    account: str,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    label: str = "",
) -> CompteLigne:
    """Name the enterprise's own account for a line from a date on; the same date again corrects it."""
    policies.check_edits_entreprise(by, entreprise.pk)
    entreprise = locked(entreprise)
    found = CompteLigne.objects.of(entreprise.pk).filter(line=line, starts_on=starts_on).first()
    row = found or CompteLigne(entreprise=entreprise, line=line, starts_on=starts_on)
    changes = amended(row, {"account": account.strip(), "label": label.strip()}, ["account", "label"])
    checked(row).save()
    journal.append(
        event="entreprises.compte_fixe", by=by, subject=row, entreprise_id=entreprise.pk, now=now, changes=changes
    )
    return row


@transaction.atomic
def choose_lecture(*, key: str, value: str, starts_on: dt.date, reason: str, by: Actor, now: dt.datetime) -> Lecture:
    """Choose a reading for the whole installation, dated and motivated; the latest recorded wins."""
    policies.check_chooses_lecture(by)
    row = checked(
        Lecture(
            key=key,
            value=value,
            starts_on=starts_on,
            reason=reason.strip(),
            recorded_by_id=by.user_id,
            recorded_at=now,
        )
    )
    row.save(force_insert=True)
    journal.append(event="entreprises.lecture_choisie", by=by, subject=row, entreprise_id=None, now=now)
    return row


@transaction.atomic
def give_affectation(
    *,
    user: User,
    role: Role,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    entreprise_id: uuid.UUID | None = None,
    words: tuple[str, ...] = (),
    ends_on: dt.date | None = None,
) -> Affectation:
    """Give a user a role, with what is granted by name beside the role's own permissions."""
    policies.check_gives_affectation(by, role, entreprise_id)
    permissions.check_grant(role, frozenset(words))
    row = checked(
        Affectation(
            user=user,
            entreprise_id=entreprise_id,
            role=role.value,
            permissions=sorted(words),
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    row.save(force_insert=True)
    journal.append(event="entreprises.role_donne", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: Role,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    words: tuple[str, ...] = (),
) -> Affectation:
    """
    Give a role in one's own enterprise to a person, with a new account without password where there is none.

    Who may is asked by ``give_affectation``; its refusal takes the account back.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        try:
            user = User.objects.create_user(email, name=name.strip())
        except ValidationError as wrong:
            raise RowRefused(wrong.message_dict) from wrong
        journal.append(event="foundation.compte_ouvert", by=by, subject=user, entreprise_id=by.entreprise_id, now=now)
    return give_affectation(
        user=user, role=role, starts_on=starts_on, by=by, now=now, entreprise_id=by.entreprise_id, words=words
    )


@transaction.atomic
def end_affectation(*, affectation: Affectation, ends_on: dt.date, by: Actor, now: dt.datetime) -> Affectation:
    """End a role on its last day; the row stays, so that the past keeps its authors."""
    policies.check_gives_affectation(by, Role(affectation.role), affectation.entreprise_id)
    affectation = locked(affectation)
    changes = amended(affectation, {"ends_on": ends_on}, ["ends_on"])
    checked(affectation).save()
    journal.append(
        event="entreprises.role_termine",
        by=by,
        subject=affectation,
        entreprise_id=affectation.entreprise_id,
        now=now,
        changes=changes,
    )
    return affectation
