"""Writes of who follows whom."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.models import SuiviPar


@transaction.atomic
def assign(
    *,
    travailleur: Travailleur,
    accompagnateur: Accompagnateur,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    kind: str = SuiviPar.Kind.REFERENT,
    ends_on: dt.date | None = None,
) -> SuiviPar:
    """Let an accompagnateur follow a person; the former referent stays in the history, ended the day before."""
    policies.check_assigns(by, travailleur)
    travailleur = locked(travailleur)
    if accompagnateur.entreprise_id != travailleur.entreprise_id:
        raise refused("Cette personne travaille dans une autre entreprise. Choisissez un collègue.", "accompagnateur")
    if kind == SuiviPar.Kind.REFERENT:
        _end_former(travailleur, starts_on, by, now)
    row = checked(
        SuiviPar(
            entreprise_id=travailleur.entreprise_id,
            travailleur=travailleur,
            accompagnateur=accompagnateur,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    row.save(force_insert=True)
    journal.append(event="suivi.suivi_confie", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def end_suivi(*, suivi: SuiviPar, ends_on: dt.date, by: Actor, now: dt.datetime) -> SuiviPar:
    """End a follow-up on its last day, which still counts."""
    policies.check_assigns(by, suivi.travailleur)
    row = locked(suivi)
    changes = amended(row, {"ends_on": ends_on}, ["ends_on"])
    if changes:
        checked(row).save()
        journal.append(
            event="suivi.suivi_termine", by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes
        )
    return row


def _end_former(travailleur: Travailleur, starts_on: dt.date, by: Actor, now: dt.datetime) -> None:
    rows = SuiviPar.objects.of(travailleur.entreprise_id).filter(travailleur_id=travailleur.pk, ends_on__isnull=True)
    for former in rows.filter(kind=SuiviPar.Kind.REFERENT):
        if former.starts_on >= starts_on:
            raise refused(
                f"Le référent actuel suit cette personne depuis le {former.starts_on:%d/%m/%Y}. "
                "Donnez une date plus tardive.",
                "starts_on",
            )
        end_suivi(suivi=former, ends_on=starts_on - dt.timedelta(days=1), by=by, now=now)
