"""« Le cas échéant »: a task noted without object for a person, and lifted when her situation changes."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.entreprises.writing import locked
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours import policies
from clefdevoute.records.parcours.actions.ecriture import begun, changed, not_future
from clefdevoute.records.parcours.models import SansObjet
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.policies import check_writes_dossier


@transaction.atomic
def noter_sans_objet(
    *,
    travailleur: Travailleur,
    task: int,
    reason: str,
    noted_on: dt.date,
    by: Actor,
    now: dt.datetime,
    detail: str = "",
) -> SansObjet:
    """Say why a task has no object for this person, from a day on."""
    check_writes_dossier(by, travailleur)
    not_future(noted_on, now, "noted_on")
    row = SansObjet(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        task=task,
        reason=reason,
        detail=detail.strip() or None,
        noted_on=noted_on,
    )
    begun(row, "sans_objet_note", by, now)
    return row


@transaction.atomic
def lever_sans_objet(*, sans_objet: SansObjet, lifted_on: dt.date, by: Actor, now: dt.datetime) -> SansObjet:
    """Let the task be due again; the note stays in the history."""
    row = locked(sans_objet)
    policies.check_lifts(by, row)
    not_future(lifted_on, now, "lifted_on")
    changed(row, {"lifted_on": lifted_on}, "sans_objet_leve", by, now)
    return row
