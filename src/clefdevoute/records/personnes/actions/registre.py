"""Writes to the register: persons, contracts, absences."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction

from clefdevoute.law.identifiants import forms
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import amended, checked, locked, overlaps, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes import policies
from clefdevoute.records.personnes.models import Absence, Engagement, Travailleur
from clefdevoute.records.personnes.recherche import search_key

PERSON = (
    "number",
    "name",
    "first_name",
    "birth_date",
    "sex",
    "email",
    "phone",
    "street",
    "postal_code",
    "city",
    "niss",
)
CONTACT = ("email", "phone", "street", "postal_code", "city")
"""How a person is reached: what her accompagnateur may complete."""

CONTRACT = (
    "starts_on",
    "ends_on",
    "hours_per_week",
    "reference_hours",
    "contract_kind",
    "site",
    "art60",
    "cpas_name",
)


@transaction.atomic
def create_travailleur(
    *,
    entreprise_id: uuid.UUID,
    name: str,
    first_name: str,
    by: Actor,
    now: dt.datetime,
    number: str = "",
    **fields: Any,
) -> Travailleur:
    """Enter a person on the register; without a number she gets the next one."""
    policies.check_writes_registre(by, entreprise_id)
    entreprise = locked(EntrepriseInsertion.objects.get(pk=entreprise_id))
    row = Travailleur(entreprise=entreprise, modified_at=now)
    values = {"number": number.strip() or next_number(entreprise_id), "name": name.strip()}
    changes = amended(row, values | {"first_name": first_name.strip()} | _person(fields, entreprise), PERSON)
    row.search_key = search_key(row.name, row.first_name)
    checked(row).save(force_insert=True)
    journal.append(
        event="personnes.travailleur_inscrit",
        by=by,
        subject=row,
        entreprise_id=entreprise_id,
        now=now,
        changes=changes,
    )
    return row


@transaction.atomic
def modify_travailleur(*, travailleur: Travailleur, by: Actor, now: dt.datetime, **fields: Any) -> Travailleur:
    """Correct or complete what is known of a person."""
    policies.check_writes_registre(by, travailleur.entreprise_id)
    row = locked(travailleur)
    changes = amended(row, _person(fields, row.entreprise), PERSON)
    if changes:
        row.search_key, row.modified_at = search_key(row.name, row.first_name), now
        checked(row).save()
        journal.append(
            event="personnes.travailleur_modifie",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row


@transaction.atomic
def complete_contact(*, travailleur: Travailleur, by: Actor, now: dt.datetime, **fields: Any) -> Travailleur:
    """Complete or correct how a person is reached; nothing else of the register moves."""
    policies.check_writes_contact(by, travailleur.entreprise_id)
    row = locked(travailleur)
    changes = amended(row, {name: str(value).strip() for name, value in fields.items()}, CONTACT)
    if changes:
        row.modified_at = now
        checked(row).save(update_fields=[*changes, "modified_at"])
        journal.append(
            event="personnes.contact_complete",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row


def _person(fields: dict[str, Any], entreprise: EntrepriseInsertion) -> dict[str, Any]:
    """Check the NISS, which an enterprise must have turned on; the refusal never repeats it."""
    niss = fields.get("niss")
    if not niss:
        return fields | ({"niss": None} if "niss" in fields else {})
    if not entreprise.niss_enabled:
        raise refused(
            "Le numéro national ne s’enregistre pas ici. Activez-le d’abord dans la fiche de l’entreprise, si un texte "
            "vous y autorise.",
            "niss",
        )
    try:
        return fields | {"niss": forms.read_niss(niss)[0]}
    except forms.Refused as wrong:
        raise refused(f"Ce numéro national est refusé : {wrong}. Recopiez-le du document d’identité.", "niss") from None


def next_number(entreprise_id: uuid.UUID) -> str:
    """Give the next free internal number made of digits."""
    numbers = Travailleur.objects.of(entreprise_id).order_by().values_list("number", flat=True)
    taken = [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) <= 9]
    return str(max(taken, default=0) + 1)


@transaction.atomic
def open_engagement(
    *,
    travailleur: Travailleur,
    starts_on: dt.date,
    hours_per_week: Decimal,
    by: Actor,
    now: dt.datetime,
    **fields: Any,
) -> Engagement:
    """Record a contract; the full-time hours come from the enterprise unless given."""
    policies.check_writes_registre(by, travailleur.entreprise_id)
    row = Engagement(
        travailleur=travailleur,
        entreprise_id=travailleur.entreprise_id,
        reference_hours=travailleur.entreprise.reference_hours,
        modified_at=now,
    )
    changes = amended(row, {"starts_on": starts_on, "hours_per_week": hours_per_week} | fields, CONTRACT)
    checked(row).save(force_insert=True)
    journal.append(
        event="personnes.engagement_ouvert",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    return row


@transaction.atomic
def modify_engagement(*, engagement: Engagement, by: Actor, now: dt.datetime, **fields: Any) -> Engagement:
    """Correct a contract; its frozen status does not move."""
    policies.check_writes_registre(by, engagement.entreprise_id)
    row = locked(engagement)
    changes = amended(row, fields, CONTRACT)
    if changes:
        row.modified_at = now
        checked(row).save()
        journal.append(
            event="personnes.engagement_modifie",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row


def end_engagement(*, engagement: Engagement, ends_on: dt.date, by: Actor, now: dt.datetime) -> Engagement:
    """End a contract on its last day, which still counts."""
    return modify_engagement(engagement=engagement, by=by, now=now, ends_on=ends_on)


@transaction.atomic
def record_absence(
    *,
    travailleur: Travailleur,
    kind: str,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    ends_on: dt.date | None = None,
) -> Absence:
    """Record days away from work; the person stays on the payroll and counts."""
    policies.check_writes_registre(by, travailleur.entreprise_id)
    travailleur = locked(travailleur)
    row = checked(
        Absence(
            entreprise_id=travailleur.entreprise_id,
            travailleur=travailleur,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    _check_alone(row)
    row.save(force_insert=True)
    journal.append(event="personnes.absence_enregistree", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def end_absence(*, absence: Absence, ends_on: dt.date | None, by: Actor, now: dt.datetime) -> Absence:
    """Give or take back the last day of an absence."""
    policies.check_writes_registre(by, absence.entreprise_id)
    row = locked(absence)
    changes = amended(row, {"ends_on": ends_on}, ["ends_on"])
    _check_alone(checked(row))
    row.save()
    journal.append(
        event="personnes.absence_modifiee",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    return row


def _check_alone(row: Absence) -> None:
    for other in Absence.objects.of(row.entreprise_id).filter(travailleur_id=row.travailleur_id).exclude(pk=row.pk):
        if overlaps(row.starts_on, row.ends_on, other.starts_on, other.ends_on):
            raise refused(f"Ces jours chevauchent une autre absence ({other}). Vérifiez les deux dates.", "starts_on")
