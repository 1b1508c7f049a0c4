"""
Two entries of one name and birth date: joined or kept apart, each with its trace.

Joining moves the rows of one entry to the other and deletes nothing: the emptied entry stays, marked. Every
table that names a travailleur is asked, whichever domain it belongs to, as a change of key does; what is
written once stays where it was written, and a row whose twin already stands at the kept entry stays too.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes import policies
from clefdevoute.records.personnes.models import Homonymie, RangeeJointe, Travailleur


@transaction.atomic
def join_persons(*, kept: Travailleur, other: Travailleur, by: Actor, now: dt.datetime) -> Homonymie:
    """Say that two entries are one person: the kept one gets the rows, the other stays, empty and marked."""
    policies.check_decides_doublon(by, kept, other)
    if kept.pk != other.pk and not _alike(kept, other):
        raise refused(
            "Ces deux fiches n’ont pas le même nom et la même date de naissance : elles ne se joignent pas. Si c’est "
            "une seule personne, corrigez d’abord la fiche qui se trompe."
        )
    row = _decide(kept, other, Homonymie.Decision.MEME, by, now)
    for model in moved_models():
        for pk in model._default_manager.filter(travailleur=other).order_by("pk").values_list("pk", flat=True):
            if _moved(model, pk, kept):
                RangeeJointe(
                    entreprise_id=row.entreprise_id, homonymie=row, kind=model._meta.label_lower, row_id=pk
                ).save(force_insert=True)
    journal.append(event="personnes.doublon_joint", by=by, subject=kept, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def keep_apart(*, one: Travailleur, other: Travailleur, by: Actor, now: dt.datetime) -> Homonymie:
    """Say that two entries are two persons; rows that a former joining moved go back to theirs."""
    joined = _last_joining(one, other)
    row = _decide(one, other, Homonymie.Decision.DISTINCTES, by, now)
    if joined is not None:
        for moved in RangeeJointe.objects.of(row.entreprise_id).filter(homonymie=joined):
            _moved(apps.get_model(moved.kind), moved.row_id, joined.other)
    journal.append(event="personnes.doublon_separe", by=by, subject=one, entreprise_id=row.entreprise_id, now=now)
    return row


def moved_models() -> Iterator[type[models.Model]]:
    """Give every table that names a travailleur and may be changed."""
    for model in apps.get_models():
        field: Any = next((item for item in model._meta.local_fields if item.name == "travailleur"), None)
        if field is not None and field.related_model is Travailleur and not getattr(model, "append_only", False):
            yield model


def _alike(one: Travailleur, other: Travailleur) -> bool:
    """Tell whether two entries may be one person; the rows of two strangers are never mixed by a forged address."""
    return one.birth_date is not None and (one.search_key, one.birth_date) == (other.search_key, other.birth_date)


def _decide(
    one: Travailleur, other: Travailleur, decision: Homonymie.Decision, by: Actor, now: dt.datetime
) -> Homonymie:
    policies.check_decides_doublon(by, one, other)
    if one.pk == other.pk:
        raise refused("Une fiche ne se compare pas à elle-même : choisissez l’autre.")
    locked(one)
    locked(other)
    last = _last(one, other)
    if last is not None and last.decision == decision:
        raise refused("C’est déjà décidé ainsi pour ces deux fiches.")
    row = Homonymie(
        entreprise_id=one.entreprise_id,
        kept=one,
        other=other,
        decision=decision,
        decided_by_id=by.user_id,
        decided_at=now,
    )
    checked(row).save(force_insert=True)
    return row


def _last(one: Travailleur, other: Travailleur) -> Homonymie | None:
    pair = [one.pk, other.pk]
    rows = Homonymie.objects.of(one.entreprise_id).filter(kept__in=pair, other__in=pair)
    found: Homonymie | None = rows.select_related("other").order_by("decided_at", "id").last()
    return found


def _last_joining(one: Travailleur, other: Travailleur) -> Homonymie | None:
    last = _last(one, other)
    return last if last is not None and last.decision == Homonymie.Decision.MEME else None


def _moved(model: type[models.Model], pk: Any, to: Travailleur) -> bool:
    """Give a row to another entry, unless its twin is already there."""
    try:
        with transaction.atomic():
            return bool(model._default_manager.filter(pk=pk).update(travailleur=to))
    except IntegrityError:
        return False
