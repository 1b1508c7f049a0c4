"""Appointments fixed, settled, postponed, cancelled, corrected; every row stays as the proof that it was set."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.agenda import policies
from clefdevoute.records.agenda.actions.checks import check_moment, same_entreprise
from clefdevoute.records.agenda.models import Motif, RendezVous
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur

Status = RendezVous.Status
ISSUES = frozenset({Status.REALISE, Status.EXCUSE, Status.ABSENT, Status.REFUSE})
"""How a planned appointment may have gone; postponing and cancelling are acts of their own."""
DETAILS = ("accompagnateur", "duration_min", "place", "kind", "form")
"""What a planned appointment may change without being postponed."""
_NEEDS_ITS_DAY = frozenset({Status.REALISE, Status.ABSENT})


@transaction.atomic
def fixer_rendez_vous(
    *,
    travailleur: Travailleur,
    accompagnateur: Accompagnateur,
    starts_at: dt.datetime,
    duration_min: int = 60,
    kind: str = RendezVous.Kind.ENTRETIEN,
    form: str = RendezVous.Form.FACE_A_FACE,
    place: str = "",
    by: Actor,
    now: dt.datetime,
) -> RendezVous:
    """Book an appointment; the due date of the next interview does not move for it (A15)."""
    row = _new(travailleur, accompagnateur, by, starts_at=starts_at, duration_min=duration_min)
    row.kind, row.form, row.place, row.booked_at = kind, form, place.strip(), now
    return _saved(row, "agenda.rendez_vous_fixe", by, now)


@transaction.atomic
def enregistrer_tenu(
    *,
    travailleur: Travailleur,
    accompagnateur: Accompagnateur,
    starts_at: dt.datetime,
    duration_min: int = 60,
    kind: str = RendezVous.Kind.ENTRETIEN,
    form: str = RendezVous.Form.FACE_A_FACE,
    place: str = "",
    by: Actor,
    now: dt.datetime,
) -> RendezVous:
    """Record a meeting that was held without having been booked."""
    row = _new(travailleur, accompagnateur, by, starts_at=starts_at, duration_min=duration_min)
    row.kind, row.form, row.place = kind, form, place.strip()
    row.status, row.settled_at = Status.REALISE, now
    _check_day(row, row.status, now)
    return _saved(row, "agenda.rendez_vous_tenu", by, now)


@transaction.atomic
def noter_issue(*, rendez_vous: RendezVous, status: str, by: Actor, now: dt.datetime, form: str = "") -> RendezVous:
    """Note how an appointment went: held, excused, absent or refused; ``form`` where it was held otherwise."""
    row = locked(rendez_vous)
    policies.check_settles(by, row)
    return _settle(row, status, form, event="agenda.issue_notee", by=by, now=now)


@transaction.atomic
def corriger_issue(*, rendez_vous: RendezVous, status: str, by: Actor, now: dt.datetime, form: str = "") -> RendezVous:
    """Correct an outcome noted by mistake; the journal keeps what it was before."""
    row = locked(rendez_vous)
    policies.check_corrects(by, row)
    return _settle(row, status, form, event="agenda.issue_corrigee", by=by, now=now)


@transaction.atomic
def reporter_rendez_vous(
    *,
    rendez_vous: RendezVous,
    starts_at: dt.datetime,
    by: Actor,
    now: dt.datetime,
    duration_min: int | None = None,
    place: str | None = None,
    accompagnateur: Accompagnateur | None = None,
) -> RendezVous:
    """Postpone: the old row stays as « reporté » and leads to the new one, which is answered."""
    old = locked(rendez_vous)
    policies.check_moves(by, old)
    if starts_at == old.starts_at:
        raise refused("C’est le même moment : choisissez une autre date ou une autre heure.", "starts_at")
    new = _new(
        old.travailleur,
        accompagnateur or old.accompagnateur,
        by,
        starts_at=starts_at,
        duration_min=duration_min or old.duration_min,
    )
    new.kind, new.form, new.booked_at = old.kind, old.form, now
    new.place = old.place if place is None else place.strip()
    _saved(new, "agenda.rendez_vous_fixe", by, now)
    _change(old, {"status": Status.REPORTE, "postponed_to": new, "settled_at": now})
    journal.append(
        event="agenda.rendez_vous_reporte",
        by=by,
        subject=old,
        entreprise_id=old.entreprise_id,
        now=now,
        changes={"starts_at": (old.starts_at, new.starts_at)},
    )
    return new


@transaction.atomic
def modifier_rendez_vous(*, rendez_vous: RendezVous, by: Actor, now: dt.datetime, **values: Any) -> RendezVous:
    """Change how or where a planned appointment is held (DETAILS); another moment is a postponement."""
    row = locked(rendez_vous)
    policies.check_moves(by, row)
    changes = amended(row, values, DETAILS)
    if not changes:
        return row
    row.place = row.place.strip()
    same_entreprise(row.entreprise_id, accompagnateur=row.accompagnateur)
    checked(row)
    row.save(update_fields=list(changes))
    kept = {name: tuple(getattr(value, "pk", value) for value in pair) for name, pair in changes.items()}
    _journal(row, "agenda.rendez_vous_modifie", by, now, kept)
    return row


@transaction.atomic
def annuler_rendez_vous(*, rendez_vous: RendezVous, reason: str, by: Actor, now: dt.datetime) -> RendezVous:
    """Cancel with a coded reason; the row stays."""
    row = locked(rendez_vous)
    policies.check_moves(by, row)
    if reason not in Motif.values:
        raise refused("Choisissez pourquoi ce rendez-vous est annulé.", "cancel_reason")
    changes = _change(row, {"status": Status.ANNULE, "cancel_reason": reason, "settled_at": now})
    _journal(row, "agenda.rendez_vous_annule", by, now, changes)
    return row


def _new(
    travailleur: Travailleur, accompagnateur: Accompagnateur, by: Actor, *, starts_at: dt.datetime, duration_min: int
) -> RendezVous:
    """Begin a row of the agenda for a person and an accompagnateur of the same enterprise."""
    policies.check_writes(by, travailleur.entreprise_id)
    same_entreprise(travailleur.entreprise_id, accompagnateur=accompagnateur)
    return RendezVous(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        accompagnateur=accompagnateur,
        starts_at=starts_at,
        duration_min=duration_min,
    )


def _saved(row: RendezVous, event: str, by: Actor, now: dt.datetime) -> RendezVous:
    check_moment(row, now)
    checked(row)
    row.save(force_insert=True)
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _settle(row: RendezVous, status: str, form: str, *, event: str, by: Actor, now: dt.datetime) -> RendezVous:
    if status not in ISSUES:
        raise refused("Dites comment il s’est passé : réalisé, excusé, absent ou refusé.", "status")
    _check_day(row, status, now)
    if row.booked_at is None and status != Status.REALISE:
        raise refused(
            "Ce rendez-vous a été noté comme tenu sans avoir été fixé : il ne peut pas devenir une absence. "
            "Annulez cette correction, ou fixez un autre rendez-vous.",
            "status",
        )
    values: dict[str, Any] = {"status": Status(status), "settled_at": now, "cancel_reason": ""}
    changes = _change(row, values | ({"form": form} if form else {}))
    _journal(row, event, by, now, changes)
    return row


def _check_day(row: RendezVous, status: str, now: dt.datetime) -> None:
    """Refuse to say of a day to come that somebody came, or did not."""
    if status in _NEEDS_ITS_DAY and row.day > timezone.localdate(now):
        raise refused(
            f"Ce rendez-vous est le {row.day:%d/%m/%Y} : il ne peut être « {Status(status).label.lower()} » avant ce "
            "jour. Corrigez sa date, ou reportez-le.",
            "starts_at",
        )


def _change(row: RendezVous, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set, check and save what changes; answer the differences that the history keeps."""
    changes = amended(row, values, tuple(values))
    checked(row)
    row.save(update_fields=list(changes))
    return changes


def _journal(row: RendezVous, event: str, by: Actor, now: dt.datetime, changes: dict[str, Any]) -> None:
    kept = {name: pair for name, pair in changes.items() if name != "settled_at"}
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=kept)
