"""Writes of the objectives: set, changed, closed, opened again; each leaves a line of history."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.law.kernel.dates import add_months
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.actions.textes import check_words, keep_former
from clefdevoute.records.suivi.models.etats import CLOS, Etat, Geste
from clefdevoute.records.suivi.models.objectifs import HistoriqueObjectif, Horizon, Objectif

REVISION = {Horizon.COURT: 3, Horizon.MOYEN: 6, Horizon.LONG: 12}
"""Months after which an objective is reviewed unless a date is given; a proposal, no rule of law."""

FIELDS = ("title", "wish", "horizon", "review_on", "status", "reason", "remark", "closed_on")
WORDS = ("title", "wish", "remark")


def revision(horizon: str, day: dt.date) -> dt.date:
    """Give the day of review that the horizon proposes, seen from a day."""
    return add_months(day, REVISION.get(Horizon(horizon), 6))


@transaction.atomic
def create_objectif(
    *,
    travailleur: Travailleur,
    title: str,
    horizon: str,
    by: Actor,
    now: dt.datetime,
    wish: str = "",
    review_on: dt.date | None = None,
    opened_on: dt.date | None = None,
) -> Objectif:
    """Set an objective; without a date it is reviewed after the months of its horizon."""
    policies.check_writes_dossier(by, travailleur)
    today = timezone.localdate(now)
    since = opened_on or today
    if since > today:
        raise refused("Un objectif ne se fixe pas dans l’avenir : donnez aujourd’hui ou un jour passé.", "opened_on")
    row = Objectif(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        title=check_words(title, "title", "Écrivez l’objectif en quelques mots."),
        wish=wish.strip() or None,
        horizon=horizon,
        opened_on=since,
        review_on=review_on or revision(horizon, max(since, today)),
        recorded_by_id=by.user_id,
        recorded_at=now,
    )
    checked(row).save(force_insert=True)
    _remember(row, Geste.CREE, by, now)
    journal.append(event="suivi.objectif_fixe", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def change_objectif(*, objectif: Objectif, by: Actor, now: dt.datetime, **fields: Any) -> Objectif:
    """
    Change what was said of an objective; words replaced are kept.

    A closing state takes today unless ``closed_on`` is given; an open one clears it with its reason.
    """
    policies.check_writes_dossier(by, objectif.travailleur)
    row = locked(objectif)
    was_open = row.is_open
    values = _settled(row, fields, timezone.localdate(now))
    former = {name: getattr(row, name) for name in WORDS}
    changes = amended(row, values, FIELDS)
    if not changes:
        return row
    checked(row).save()
    keep_former(row, {name: former[name] for name in WORDS if name in changes}, by=by, now=now)
    _remember(row, _what(changes, was_open=was_open, is_open=row.is_open), by, now)
    journal.append(
        event="suivi.objectif_change",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    return row


def reopen_objectif(*, objectif: Objectif, by: Actor, now: dt.datetime) -> Objectif:
    """Take up again an objective that was closed; the history keeps that it was."""
    return change_objectif(objectif=objectif, by=by, now=now, status=Etat.EN_COURS)


def settled_day(values: dict[str, Any], name: str, today: dt.date) -> dict[str, Any]:
    """Give a state its day: a closing one today or the day told, never a day to come; an open one none."""
    if "status" not in values:
        return values
    if values["status"] not in CLOS:
        return values | {name: None, "reason": "", "remark": None}
    if values["status"] != Etat.ABANDONNE:
        values = values | {"reason": ""}
    day = values.get(name) or today
    if day > today:
        raise refused("Cette date est à venir. Donnez aujourd’hui ou un jour passé.", name)
    return values | {name: day}


def _settled(row: Objectif, fields: dict[str, Any], today: dt.date) -> dict[str, Any]:
    values = dict(fields)
    if "title" in values:
        values["title"] = check_words(values["title"], "title", "Écrivez l’objectif en quelques mots.")
    for name in ("wish", "remark"):
        if name in values:
            values[name] = (values[name] or "").strip() or None
    if "review_on" in values and values["review_on"] is None:
        raise refused("Un objectif a une date de révision : donnez-la.", "review_on")
    if values.get("status") == row.status and "closed_on" not in values:
        del values["status"]
    return settled_day(values, "closed_on", today)


def _what(changes: dict[str, Any], *, was_open: bool, is_open: bool) -> Geste:
    if "status" in changes:
        return Geste.ROUVERT if is_open and not was_open else Geste.STATUT
    return Geste.ECHEANCE if "review_on" in changes or "horizon" in changes else Geste.TEXTE


def _remember(row: Objectif, what: Geste, by: Actor, now: dt.datetime) -> None:
    HistoriqueObjectif(
        entreprise_id=row.entreprise_id,
        travailleur_id=row.travailleur_id,
        objectif=row,
        what=what,
        horizon=row.horizon,
        status=row.status,
        reason=row.reason,
        review_on=row.review_on,
        changed_by_id=by.user_id,
        changed_at=now,
    ).save(force_insert=True)
