"""The domains of an enterprise's bilans: added, renamed, retired; what was noted keeps the words of its day."""

import datetime as dt
import uuid

from django.db import transaction

from clefdevoute.records.entreprises.policies import check_acts_in
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.suivi import domaines
from clefdevoute.records.suivi.models import DomaineBilan


def assurer(entreprise_id: uuid.UUID) -> None:
    """Write our domains as the enterprise's own, unless it has some already."""
    if not DomaineBilan.objects.of(entreprise_id).exists():
        DomaineBilan.objects.bulk_create(domaines.par_defaut(entreprise_id), ignore_conflicts=True)


@transaction.atomic
def ajouter(*, entreprise_id: uuid.UUID, famille: str, name: str, by: Actor, now: dt.datetime) -> DomaineBilan:
    """Add a domain at the end of its family; the bilans to come look at it."""
    check_acts_in(by, entreprise_id, Permission.DOSSIER_ECRIRE)
    assurer(entreprise_id)
    known = DomaineBilan.objects.of(entreprise_id)
    row = DomaineBilan(entreprise_id=entreprise_id, famille=famille, name=name.strip(), rank=known.count() + 1)
    checked(row).save(force_insert=True)
    journal.append(event="suivi.domaine_ajoute", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row


@transaction.atomic
def renommer(*, entreprise_id: uuid.UUID, pk: uuid.UUID, name: str, by: Actor, now: dt.datetime) -> DomaineBilan:
    """Give a domain another name; the bilans already begun keep the one they were written under."""
    row = _held(entreprise_id, pk, by)
    changes = amended(row, {"name": name.strip()}, ["name"])
    if changes:
        checked(row).save(update_fields=["name"])
        journal.append(
            event="suivi.domaine_renomme", by=by, subject=row, entreprise_id=entreprise_id, now=now, changes=changes
        )
    return row


@transaction.atomic
def retirer(*, entreprise_id: uuid.UUID, pk: uuid.UUID, on: dt.date, by: Actor, now: dt.datetime) -> DomaineBilan:
    """Look at a domain no more from a day on; the last of its family stays, for the law asks for both."""
    row = _held(entreprise_id, pk, by)
    family = DomaineBilan.objects.of(entreprise_id).filter(famille=row.famille, retired_on__isnull=True)
    if not family.exclude(pk=row.pk).exists():
        raise refused(
            f"« {row.name} » est le dernier domaine {row.famille} : un bilan est personnel et professionnel. "
            "Ajoutez-en un autre, puis retirez celui-ci."
        )
    row.retired_on = on
    checked(row).save(update_fields=["retired_on"])
    journal.append(event="suivi.domaine_retire", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row


def _held(entreprise_id: uuid.UUID, pk: uuid.UUID, by: Actor) -> DomaineBilan:
    check_acts_in(by, entreprise_id, Permission.DOSSIER_ECRIRE)
    assurer(entreprise_id)
    row: DomaineBilan | None = DomaineBilan.objects.of(entreprise_id).filter(pk=pk, retired_on__isnull=True).first()
    if row is None:
        raise refused("Ce domaine n’est plus en usage : rechargez la page pour voir la liste d’aujourd’hui.")
    return locked(row)
