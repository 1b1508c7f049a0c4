"""Trips recorded, corrected, removed while the year is open; journeys abroad asked for and answered."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur

from . import policies
from .models import AutorisationEtranger, Deplacement

FIELDS = (
    "held_on",
    "nature",
    "moyen",
    "departure",
    "destination",
    "purpose",
    "kilometres",
    "price",
    "proof",
    "abroad",
    "autorisation",
)
"""What a trip says; its accompagnateur never changes."""


@transaction.atomic
def enregistrer_trajet(*, accompagnateur: Accompagnateur, by: Actor, now: dt.datetime, **values: Any) -> Deplacement:
    """Record one trip on the route sheet of an accompagnateur."""
    policies.check_can_record(by, accompagnateur)
    row = Deplacement(entreprise_id=accompagnateur.entreprise_id, accompagnateur=accompagnateur)
    amended(row, values, FIELDS)
    _check(row, now)
    row.save(force_insert=True)
    journal.append(event="temps.trajet_enregistre", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_trajet(*, deplacement: Deplacement, by: Actor, now: dt.datetime, **values: Any) -> Deplacement:
    """Correct a trip; before as after the change, its day is outside the years sent."""
    row = locked(deplacement)
    policies.check_can_change(by, row)
    changes = amended(row, values, FIELDS)
    if not changes:
        return row
    _check(row, now)
    row.save(update_fields=list(changes))
    journal.append(
        event="temps.trajet_modifie",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={name: tuple(getattr(value, "pk", value) for value in pair) for name, pair in changes.items()},
    )
    return row


@transaction.atomic
def retirer_trajet(*, deplacement: Deplacement, by: Actor, now: dt.datetime) -> None:
    """Remove a trip recorded by mistake; its history keeps what it was."""
    row = locked(deplacement)
    policies.check_can_change(by, row)
    journal.append(
        event="temps.trajet_retire",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"held_on": (row.held_on, None), "kilometres": (row.kilometres, None), "price": (row.price, None)},
    )
    row.delete()


@transaction.atomic
def demander_autorisation(
    *,
    accompagnateur: Accompagnateur,
    destination: str,
    departure_on: dt.date,
    return_on: dt.date,
    request: str,
    requested_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> AutorisationEtranger:
    """Keep the reasoned request for a journey abroad; until it is granted nothing of the journey counts (A26)."""
    policies.check_can_record(by, accompagnateur)
    policies.check_day(accompagnateur, departure_on)
    row = AutorisationEtranger(
        entreprise_id=accompagnateur.entreprise_id,
        accompagnateur=accompagnateur,
        destination=destination.strip(),
        departure_on=departure_on,
        return_on=return_on,
        request=request.strip(),
        requested_on=requested_on,
    )
    checked(row)
    row.save(force_insert=True)
    journal.append(event="temps.etranger_demande", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def noter_reponse(
    *,
    autorisation: AutorisationEtranger,
    state: AutorisationEtranger.State,
    decided_on: dt.date,
    reference: str,
    by: Actor,
    now: dt.datetime,
) -> AutorisationEtranger:
    """Note what the administration answered, with its day and its reference."""
    row = locked(autorisation)
    policies.check_can_decide(by, row)
    values = {"state": state, "decided_on": decided_on, "reference": reference.strip()}
    changes = amended(row, values, tuple(values))
    checked(row)
    row.save(update_fields=list(values))
    journal.append(
        event="temps.etranger_repondu",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    return row


def _check(row: Deplacement, now: dt.datetime) -> None:
    """Refuse a trip that its own rules, a year sent, the calendar or another journey's authorisation keep out."""
    for name in ("departure", "destination", "purpose"):
        setattr(row, name, getattr(row, name).strip())
    checked(row)
    policies.check_day(row.accompagnateur, row.held_on)
    if row.held_on > timezone.localdate(now):
        raise refused("Ce trajet n’est pas encore fait : enregistrez-le une fois le jour passé.", "held_on")
    given = row.autorisation
    if given is None:
        return
    if given.accompagnateur_id != row.accompagnateur_id:
        raise refused("Cette autorisation est celle d’une autre personne : choisissez la sienne.", "autorisation")
    if not given.departure_on <= row.held_on <= given.return_on:
        raise refused(
            f"Cette autorisation vaut du {given.departure_on:%d/%m/%Y} au {given.return_on:%d/%m/%Y}, pas le "
            f"{row.held_on:%d/%m/%Y} : corrigez le jour, ou demandez-en une autre.",
            "autorisation",
        )
