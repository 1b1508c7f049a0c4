"""Allocation keys: made with their reasoning, revised by a dated version, closed, never rewritten."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import checked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.cles import versions_of
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.models import AnneeFigee, CleRepartition, LigneFrais, VersionCle

from .imputations import check_invoice


@transaction.atomic
def creer_cle(
    *,
    entreprise: EntrepriseInsertion,
    name: str,
    percent: Decimal,
    basis: str,
    since: dt.date,
    by: Actor,
    now: dt.datetime,
) -> CleRepartition:
    """Make a key with its first version."""
    policies.check_writes(by, entreprise.pk)
    cle = CleRepartition(entreprise=entreprise, name=name.strip())
    checked(cle)
    cle.save(force_insert=True)
    _write_version(cle, since, percent, basis, now)
    journal.append(event="frais.cle_creee", by=by, subject=cle, entreprise_id=entreprise.pk, now=now)
    return cle


@transaction.atomic
def reviser_cle(
    *, cle: CleRepartition, since: dt.date, percent: Decimal, basis: str, by: Actor, now: dt.datetime
) -> VersionCle:
    """Write what a key is worth from a day on; every line of that time follows, years already sent never do."""
    cle = CleRepartition.objects.select_for_update(of=("self",)).get(pk=cle.pk)
    policies.check_can_revise(by, cle)
    last = AnneeFigee.objects.of(cle.entreprise_id).order_by("end").last()
    if last and since <= last.end:
        raise SaisieRefusee(
            f"L’année jusqu’au {last.end:%d/%m/%Y} est déjà transmise : choisissez une date après ce jour."
        )
    version = _write_version(cle, since, percent, basis, now)
    versions = versions_of(cle.entreprise_id)
    lines = LigneFrais.objects.filter(cle=cle, facture__issue_date__gte=since).select_related("facture")
    for facture in {line.facture_id: line.facture for line in lines}.values():
        check_invoice(facture, versions)
    journal.append(event="frais.cle_revisee", by=by, subject=cle, entreprise_id=cle.entreprise_id, now=now)
    return version


@transaction.atomic
def fermer_cle(*, cle: CleRepartition, by: Actor, now: dt.datetime) -> CleRepartition:
    """Offer a key no longer; what it was used for keeps it."""
    cle = CleRepartition.objects.select_for_update(of=("self",)).get(pk=cle.pk)
    policies.check_can_revise(by, cle)
    cle.closed = True
    cle.save(update_fields=["closed"])
    journal.append(
        event="frais.cle_fermee",
        by=by,
        subject=cle,
        entreprise_id=cle.entreprise_id,
        now=now,
        changes={"closed": (False, True)},
    )
    return cle


def _write_version(cle: CleRepartition, since: dt.date, percent: Decimal, basis: str, now: dt.datetime) -> VersionCle:
    version = VersionCle(
        entreprise_id=cle.entreprise_id,
        cle=cle,
        since=since,
        percent=percent,
        basis=basis.strip(),
        recorded_at=now,
    )
    checked(version)
    version.save(force_insert=True)
    return version
