"""Jobcoaching: opened on a wish, an enterprise aimed at, steps, an outcome."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.entreprises.writing import locked, refused
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours import policies
from clefdevoute.records.parcours.actions.ecriture import begun, changed, not_future, ours, said
from clefdevoute.records.parcours.models import EtapeJobcoaching, Jobcoaching
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.policies import check_writes_dossier

PLANNED = (EtapeJobcoaching.Kind.ENTRETIEN, EtapeJobcoaching.Kind.ESSAI)
"""Steps that may be noted before their day."""
STOPPED = (Jobcoaching.Outcome.SANS_SUITE, Jobcoaching.Outcome.PERSONNE)


@transaction.atomic
def ouvrir_jobcoaching(
    *,
    travailleur: Travailleur,
    wish: str,
    opened_on: dt.date,
    by: Actor,
    now: dt.datetime,
    partenaire: Partenaire | None = None,
) -> Jobcoaching:
    """Open a jobcoaching on what the person wishes."""
    check_writes_dossier(by, travailleur)
    not_future(opened_on, now, "opened_on")
    row = Jobcoaching(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        wish=said(wish, "wish", "Écrivez le souhait de la personne, dans ses mots."),
        opened_on=opened_on,
        partenaire=partenaire,
    )
    ours(partenaire, row)
    begun(row, "jobcoaching_ouvert", by, now)
    return row


@transaction.atomic
def viser(*, jobcoaching: Jobcoaching, partenaire: Partenaire | None, by: Actor, now: dt.datetime) -> Jobcoaching:
    """Choose the enterprise aimed at; the steps keep the one they were done with."""
    row = locked(jobcoaching)
    policies.check_changes_jobcoaching(by, row)
    ours(partenaire, row)
    changed(row, {"partenaire": partenaire}, "entreprise_visee", by, now)
    return row


@transaction.atomic
def ajouter_etape(
    *,
    jobcoaching: Jobcoaching,
    kind: str,
    held_on: dt.date,
    done: str,
    by: Actor,
    now: dt.datetime,
    ends_on: dt.date | None = None,
    partenaire: Partenaire | None = None,
    outcome: str = EtapeJobcoaching.Outcome.ATTENTE,
    note: str = "",
) -> EtapeJobcoaching:
    """Note a step: what was done, with which enterprise, alone or with the accompagnateur."""
    jobcoaching = locked(jobcoaching)
    policies.check_changes_jobcoaching(by, jobcoaching)
    if kind not in PLANNED:
        not_future(held_on, now, "held_on")
    if held_on < jobcoaching.opened_on:
        raise refused(
            f"Ce jobcoaching s’ouvre le {jobcoaching.opened_on:%d/%m/%Y} : une étape ne le précède pas.", "held_on"
        )
    row = EtapeJobcoaching(
        entreprise_id=jobcoaching.entreprise_id,
        travailleur_id=jobcoaching.travailleur_id,
        jobcoaching=jobcoaching,
        kind=kind,
        partenaire=partenaire or jobcoaching.partenaire,
        held_on=held_on,
        ends_on=ends_on if kind == EtapeJobcoaching.Kind.ESSAI else None,
        done=done,
        outcome=outcome,
        note=note.strip() or None,
    )
    ours(row.partenaire, row)
    begun(row, "etape_ajoutee", by, now)
    return row


@transaction.atomic
def noter_issue(*, etape: EtapeJobcoaching, outcome: str, by: Actor, now: dt.datetime, note: str = "") -> None:
    """Note how a step ended."""
    row = locked(etape)
    policies.check_changes_etape(by, row)
    if outcome != EtapeJobcoaching.Outcome.ATTENTE:
        not_future(row.held_on, now, "outcome")
    values = {"outcome": outcome} | ({"note": note.strip()} if note.strip() else {})
    changed(row, values, "etape_conclue", by, now)


@transaction.atomic
def clore_jobcoaching(
    *, jobcoaching: Jobcoaching, closed_on: dt.date, outcome: str, by: Actor, now: dt.datetime
) -> Jobcoaching:
    """End a jobcoaching by its outcome."""
    row = locked(jobcoaching)
    policies.check_changes_jobcoaching(by, row)
    not_future(closed_on, now, "closed_on")
    state = Jobcoaching.State.ARRETE if outcome in STOPPED else Jobcoaching.State.ABOUTI
    changed(row, {"state": state, "closed_on": closed_on, "outcome": outcome}, "jobcoaching_clos", by, now)
    return row
