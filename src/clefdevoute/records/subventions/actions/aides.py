"""The ledger of de minimis aids: aids added and corrected by hand; a year's own subsidy enters by its grant."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.subventions import policies
from clefdevoute.records.subventions.models import AideDeMinimis


@transaction.atomic
def enregistrer_aide(
    *,
    entreprise: EntrepriseInsertion,
    granted_on: dt.date,
    amount: Decimal,
    regulation: AideDeMinimis.Regulation,
    grantor: str,
    group_member: str = "",
    aide: AideDeMinimis | None = None,
    by: Actor,
    now: dt.datetime,
) -> AideDeMinimis:
    """Add an aid to the ledger, or correct the one given."""
    policies.check_keeps_ledger(by, entreprise.pk)
    row = locked(aide) if aide is not None else AideDeMinimis(entreprise=entreprise)
    if row.entreprise_id != entreprise.pk or row.subvention_id is not None:
        raise refused("Cette ligne suit la subvention de son année : corrigez le montant accordé de cette année.")
    before = (row.granted_on, row.amount) if aide is not None else (None, None)
    row.granted_on, row.amount, row.regulation = granted_on, amount, regulation
    row.grantor, row.group_member = grantor.strip(), group_member.strip()
    checked(row).save()
    journal.append(
        event="subventions.aide_enregistree",
        by=by,
        subject=row,
        entreprise_id=entreprise.pk,
        now=now,
        changes={"granted_on": (before[0], granted_on), "amount": (before[1], amount)},
    )
    return row


@transaction.atomic
def retirer_aide(*, aide: AideDeMinimis, by: Actor, now: dt.datetime) -> None:
    """Take an aid entered by mistake off the ledger; the history keeps it."""
    row = locked(aide)
    policies.check_keeps_ledger(by, row.entreprise_id)
    if row.subvention_id is not None:
        raise refused("Cette ligne suit la subvention de son année : corrigez le montant accordé de cette année.")
    journal.append(
        event="subventions.aide_retiree",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"amount": (row.amount, None), "granted_on": (row.granted_on, None)},
    )
    row.delete()
