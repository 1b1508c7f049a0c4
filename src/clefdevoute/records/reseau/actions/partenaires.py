"""Writes of partners and contacts."""

import datetime as dt
from typing import Any

from django.db import transaction

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.validators import normalise_bce
from clefdevoute.records.entreprises.writing import amended, checked, locked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.reseau import policies
from clefdevoute.records.reseau.models import Contact, Partenaire

PARTENAIRE = ("kind", "name", "street", "postal_code", "city", "bce", "phone", "email", "closed_on")
CONTACT = ("name", "function", "phone", "email", "left_on")


@transaction.atomic
def enregistrer_partenaire(
    *, entreprise: EntrepriseInsertion, by: Actor, now: dt.datetime, **values: Any
) -> Partenaire:
    """Add an organisation to the network; a namesake is warned of by the page, not refused."""
    policies.check_writes_reseau(by, entreprise.pk)
    row = Partenaire(entreprise=entreprise)
    amended(row, _clean(values), PARTENAIRE)
    row.search_key = row.folded()
    checked(row).save(force_insert=True)
    journal.append(event="reseau.partenaire_ajoute", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_partenaire(*, partenaire: Partenaire, by: Actor, now: dt.datetime, **values: Any) -> Partenaire:
    """Correct an organisation, or close it: it stays where it was used, and leaves the lists."""
    policies.check_writes_reseau(by, partenaire.entreprise_id)
    row = locked(partenaire)
    changes = amended(row, _clean(values), PARTENAIRE)
    if changes:
        row.search_key = row.folded()
        checked(row).save()
        journal.append(
            event="reseau.partenaire_modifie",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row


@transaction.atomic
def ajouter_contact(*, partenaire: Partenaire, by: Actor, now: dt.datetime, **values: Any) -> Contact:
    """Add a person one calls there."""
    policies.check_writes_reseau(by, partenaire.entreprise_id)
    row = Contact(entreprise_id=partenaire.entreprise_id, partenaire=partenaire)
    amended(row, _stripped(values), CONTACT)
    checked(row).save(force_insert=True)
    journal.append(event="reseau.contact_ajoute", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_contact(*, contact: Contact, by: Actor, now: dt.datetime, **values: Any) -> Contact:
    """Correct a contact, or note that the person left."""
    policies.check_writes_reseau(by, contact.entreprise_id)
    row = locked(contact)
    changes = amended(row, _stripped(values), CONTACT)
    if changes:
        checked(row).save()
        journal.append(
            event="reseau.contact_modifie",
            by=by,
            subject=row,
            entreprise_id=row.entreprise_id,
            now=now,
            changes=changes,
        )
    return row


def _stripped(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    found = _stripped(values)
    if found.get("bce"):
        found["bce"] = normalise_bce(found["bce"])
    return found
