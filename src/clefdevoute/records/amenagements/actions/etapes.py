"""The steps of the accompagnateur: need, analysis, notice, telling the person, review, end."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.amenagements import avis as words
from clefdevoute.records.amenagements import policies
from clefdevoute.records.amenagements.models import (
    Amenagement,
    AvisAmenagement,
    Outcome,
    RevueAmenagement,
    TexteAvis,
    digest,
)
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.models import User
from clefdevoute.records.personnes.models import Travailleur


class AvisChange(RecordError):
    """The notice is no longer the one that was read."""


@transaction.atomic
def noter_besoin(
    *, travailleur: Travailleur, need: str, need_on: dt.date, asked_by: str, by: Actor, now: dt.datetime
) -> Amenagement:
    """Begin an adjustment by what hinders the person at work."""
    policies.check_proposes(by, travailleur)
    not_future(need_on, now, "need_on")
    row = Amenagement(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        need=_said(need, "need", "Écrivez ce qui gêne la personne au travail."),
        need_on=need_on,
        asked_by=asked_by,
    )
    checked(row).save(force_insert=True)
    _journal("besoin_note", row, by, now)
    return row


@transaction.atomic
def analyser(
    *,
    amenagement: Amenagement,
    analysed_on: dt.date,
    kind: str,
    measure: str,
    by: Actor,
    now: dt.datetime,
    analysis: str = "",
    cost: Decimal | None = None,
) -> Amenagement:
    """Analyse the workplace and propose one measure; it may be written again until the notice leaves."""
    row = locked(amenagement)
    policies.check_analyses(by, row)
    not_future(analysed_on, now, "analysed_on")
    values = {
        "analysed_on": analysed_on,
        "kind": kind,
        "analysis": analysis.strip() or None,
        "measure": _said(measure, "measure", "Écrivez la mesure proposée : c’est elle que la direction lira."),
        "cost": cost,
    }
    changes = amended(row, values, tuple(values))
    checked(row).save()
    _journal("poste_analyse", row, by, now, changes)
    return row


@transaction.atomic
def remettre_avis(
    *, amenagement: Amenagement, by: Actor, now: dt.datetime, previewed: str | None = None
) -> AvisAmenagement:
    """
    Freeze the notice, word for word, and hand it to the head of the enterprise.

    ``previewed`` is the fingerprint of what was read on the page: a measure changed since then does not leave.
    """
    row = locked(amenagement)
    policies.check_sends(by, row)
    if previewed is not None and previewed != words.fingerprint(row):
        raise AvisChange(
            "L’avis a changé depuis que vous l’avez relu : rien n’est parti. Relisez-le ci-dessous, puis remettez-le."
        )
    author = User.objects.get(pk=by.user_id)
    sent_on = timezone.localdate(now)
    text = words.compose(row, author=author.name, sent_on=sent_on).frozen()
    notice = AvisAmenagement(
        entreprise_id=row.entreprise_id,
        amenagement=row,
        travailleur_id=row.travailleur_id,
        sent_on=sent_on,
        sent_at=now,
        sent_by=author,
        sha256=digest(text),
    )
    checked(notice).save(force_insert=True)
    checked(TexteAvis(entreprise_id=row.entreprise_id, avis=notice, text=text)).save(force_insert=True)
    changes = amended(row, {"notified_on": sent_on}, ["notified_on"])
    checked(row).save()
    journal.append(
        event="amenagements.avis_remis",
        by=by,
        subject=notice,
        entreprise_id=row.entreprise_id,
        now=now,
        changes={"sha256": (None, notice.sha256)} | changes,
    )
    return notice


@transaction.atomic
def dire_decision(*, amenagement: Amenagement, told_on: dt.date, by: Actor, now: dt.datetime) -> Amenagement:
    """Note the day on which the person learned the decision; a refusal ends the adjustment there."""
    row = locked(amenagement)
    policies.check_tells(by, row)
    not_future(told_on, now, "told_on")
    values: dict[str, Any] = {"told_on": told_on}
    if row.outcome == Outcome.REFUSE:
        values |= {"closed_on": told_on, "close_reason": Amenagement.CloseReason.REFUSE}
    changes = amended(row, values, tuple(values))
    checked(row).save()
    _journal("decision_dite", row, by, now, changes)
    return row


@transaction.atomic
def revoir(
    *,
    amenagement: Amenagement,
    held_on: dt.date,
    result: str,
    by: Actor,
    now: dt.datetime,
    note: str = "",
    next_on: dt.date | None = None,
) -> RevueAmenagement:
    """Look back at a measure in place; what is no longer needed ends here."""
    row = locked(amenagement)
    policies.check_reviews(by, row)
    not_future(held_on, now, "held_on")
    over = result == RevueAmenagement.Result.TERMINE
    if row.told_on is not None and held_on < row.told_on:
        raise refused(f"La personne a appris la décision le {row.told_on:%d/%m/%Y} : la revue vient après.", "held_on")
    seen = RevueAmenagement(
        entreprise_id=row.entreprise_id,
        travailleur_id=row.travailleur_id,
        amenagement=row,
        held_on=held_on,
        result=result,
        note=note.strip() or None,
        next_on=None if over else next_on,
    )
    checked(seen).save(force_insert=True)
    values: dict[str, Any] = {"review_on": seen.next_on}
    if over:
        values |= {"closed_on": held_on, "close_reason": Amenagement.CloseReason.TERMINE}
    changes = amended(row, values, tuple(values))
    checked(row).save()
    _journal("amenagement_revu", row, by, now, changes)
    return seen


@transaction.atomic
def clore(*, amenagement: Amenagement, close_reason: str, closed_on: dt.date, by: Actor, now: dt.datetime) -> None:
    """End an adjustment with its reason; nothing of it is erased."""
    row = locked(amenagement)
    policies.check_changes(by, row)
    not_future(closed_on, now, "closed_on")
    changes = amended(row, {"closed_on": closed_on, "close_reason": close_reason}, ["closed_on", "close_reason"])
    checked(row).save()
    _journal("amenagement_clos", row, by, now, changes)


def not_future(day: dt.date, now: dt.datetime, field: str) -> None:
    """Refuse a day that has not come for something said to be done."""
    if day > timezone.localdate(now):
        raise refused(f"Le {day:%d/%m/%Y} n’est pas encore venu : notez-le une fois le jour passé.", field)


def _said(text: str, field: str, ask: str) -> str:
    if not text.strip():
        raise refused(ask, field)
    return text.strip()


def _journal(
    what: str, row: Amenagement, by: Actor, now: dt.datetime, changes: dict[str, tuple[Any, Any]] | None = None
) -> None:
    journal.append(
        event=f"amenagements.{what}", by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes
    )
