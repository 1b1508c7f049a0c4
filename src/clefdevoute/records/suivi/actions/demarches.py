"""Writes of the actions done for or by a person: promised, done, given up, opened again; each with its history."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.actions.objectifs import settled_day
from clefdevoute.records.suivi.actions.textes import check_words, keep_former
from clefdevoute.records.suivi.models.demarches import AucuneDemarche, Demarche, HistoriqueDemarche
from clefdevoute.records.suivi.models.etats import Etat, Geste
from clefdevoute.records.suivi.models.objectifs import Objectif

FIELDS = ("text", "kind", "par", "avec", "objectif", "promised_for", "status", "reason", "remark", "done_on")
WORDS = ("text", "remark")


@transaction.atomic
def create_demarche(
    *,
    travailleur: Travailleur,
    text: str,
    kind: str,
    by: Actor,
    now: dt.datetime,
    par: str = Demarche.Par.ACCOMPAGNATEUR,
    avec: bool = True,
    objectif: Objectif | None = None,
    promised_for: dt.date | None = None,
    done_on: dt.date | None = None,
    entretien_ref: uuid.UUID | None = None,
) -> Demarche:
    """Note an action to be done, or one already done when ``done_on`` is given."""
    policies.check_writes_dossier(by, travailleur)
    _check_own(travailleur.pk, objectif)
    values = {"status": Etat.REALISE if done_on else Etat.A_DEMARRER, "done_on": done_on}
    row = Demarche(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        text=check_words(text, "text", "Écrivez la démarche en quelques mots."),
        kind=kind,
        par=par,
        avec=avec,
        objectif=objectif,
        promised_for=promised_for,
        entretien_id=entretien_ref,
        recorded_by_id=by.user_id,
        recorded_at=now,
    )
    amended(row, settled_day(values, "done_on", timezone.localdate(now)), FIELDS)
    checked(row).save(force_insert=True)
    _remember(row, Geste.CREE, by, now)
    journal.append(event="suivi.demarche_notee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def change_demarche(*, demarche: Demarche, by: Actor, now: dt.datetime, **fields: Any) -> Demarche:
    """
    Change what was said of an action; words replaced are kept.

    A closing state takes today unless ``done_on`` is given; an open one clears it with its reason.
    """
    policies.check_writes_dossier(by, demarche.travailleur)
    row = locked(demarche)
    was_open = row.is_open
    _check_own(row.travailleur_id, fields.get("objectif"))
    values = _settled(row, fields, timezone.localdate(now))
    former = {name: getattr(row, name) for name in WORDS}
    changes = amended(row, values, FIELDS)
    if not changes:
        return row
    checked(row).save()
    keep_former(row, {name: former[name] for name in WORDS if name in changes}, by=by, now=now)
    _remember(row, _what(changes, was_open=was_open, is_open=row.is_open), by, now)
    journal.append(
        event="suivi.demarche_changee",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={name: tuple(getattr(value, "pk", value) for value in pair) for name, pair in changes.items()},
    )
    return row


def close_demarche(
    *,
    demarche: Demarche,
    by: Actor,
    now: dt.datetime,
    done_on: dt.date | None = None,
    status: str = Etat.REALISE,
    reason: str = "",
    remark: str = "",
) -> Demarche:
    """Say that an action is done, or given up with its reason."""
    return change_demarche(
        demarche=demarche, by=by, now=now, status=status, done_on=done_on, reason=reason, remark=remark
    )


def reopen_demarche(*, demarche: Demarche, by: Actor, now: dt.datetime) -> Demarche:
    """Take up again an action that was closed; the history keeps that it was."""
    return change_demarche(demarche=demarche, by=by, now=now, status=Etat.EN_COURS)


@transaction.atomic
def note_aucune_demarche(
    *, travailleur: Travailleur, by: Actor, now: dt.datetime, noted_on: dt.date | None = None
) -> AucuneDemarche:
    """State that up to a day nothing was undertaken: part 4 of the file is then in order."""
    policies.check_writes_dossier(by, travailleur)
    today = timezone.localdate(now)
    row = AucuneDemarche(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        noted_on=noted_on or today,
        noted_by_id=by.user_id,
        noted_at=now,
    )
    if row.noted_on > today:
        raise refused("Cette date est à venir. Donnez aujourd’hui ou un jour passé.", "noted_on")
    checked(row).save(force_insert=True)
    journal.append(event="suivi.aucune_demarche", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _check_own(travailleur_id: uuid.UUID, objectif: Objectif | None) -> None:
    if objectif is not None and objectif.travailleur_id != travailleur_id:
        raise refused("Cet objectif est celui d’une autre personne : choisissez le sien.", "objectif")


def _settled(row: Demarche, fields: dict[str, Any], today: dt.date) -> dict[str, Any]:
    values = dict(fields)
    if "text" in values:
        values["text"] = check_words(values["text"], "text", "Écrivez la démarche en quelques mots.")
    if "remark" in values:
        values["remark"] = (values["remark"] or "").strip() or None
    if values.get("status") == row.status and not values.get("done_on"):
        for name in ("status", "done_on"):
            values.pop(name, None)
    return settled_day(values, "done_on", today)


def _what(changes: dict[str, Any], *, was_open: bool, is_open: bool) -> Geste:
    if "status" in changes:
        return Geste.ROUVERT if is_open and not was_open else Geste.STATUT
    return Geste.ECHEANCE if "promised_for" in changes else Geste.TEXTE


def _remember(row: Demarche, what: Geste, by: Actor, now: dt.datetime) -> None:
    HistoriqueDemarche(
        entreprise_id=row.entreprise_id,
        travailleur_id=row.travailleur_id,
        demarche=row,
        what=what,
        status=row.status,
        reason=row.reason,
        promised_for=row.promised_for,
        done_on=row.done_on,
        changed_by_id=by.user_id,
        changed_at=now,
    ).save(force_insert=True)
