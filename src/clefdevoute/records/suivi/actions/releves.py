"""Handing persons over: for a time or for good, and until when the one who leaves finishes her notes."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.actions.suivis import assign
from clefdevoute.records.suivi.models import Releve, RelevePersonne, SuiviPar

MOST = 200
"""Persons handed over in one go; an accompagnateur follows 8 to 150."""


@transaction.atomic
def confier(
    *,
    kind: str,
    from_accompagnateur: Accompagnateur,
    to_accompagnateur: Accompagnateur,
    starts_on: dt.date,
    ends_on: dt.date,
    travailleurs: Sequence[Travailleur],
    by: Actor,
    now: dt.datetime,
) -> Releve:
    """
    Hand persons over to a colleague.

    For a time, the colleague gets an access that ends by itself on ``ends_on``. For good, she becomes the
    referent, and it is the former one whose access ends on ``ends_on``.
    """
    policies.check_hands_over(by, from_accompagnateur)
    policies.check_opens_for(by, to_accompagnateur, from_accompagnateur, timezone.localdate(now))
    row = checked(
        Releve(
            entreprise_id=from_accompagnateur.entreprise_id,
            kind=kind,
            from_accompagnateur=from_accompagnateur,
            to_accompagnateur=to_accompagnateur,
            starts_on=starts_on,
            ends_on=ends_on,
            recorded_at=now,
        )
    )
    _check_persons(row, travailleurs)
    if to_accompagnateur.functions_end is not None and to_accompagnateur.functions_end < starts_on:
        raise refused(
            f"{to_accompagnateur} n’est plus en fonction depuis le {to_accompagnateur.functions_end:%d/%m/%Y} : "
            "choisissez un autre collègue.",
            "to_accompagnateur",
        )
    row.save(force_insert=True)
    for person in travailleurs:
        _hand_over(row, person, by, now)
    journal.append(event="suivi.releve_confiee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def changer_fin(*, releve: Releve, ends_on: dt.date, by: Actor, now: dt.datetime) -> Releve:
    """Make a handover shorter or longer: the access that it gave ends on the new day, never in the past."""
    row = locked(releve)
    policies.check_hands_over(by, row.from_accompagnateur)
    today = timezone.localdate(now)
    if row.ends_on < today:
        raise refused(
            f"Cette relève est finie depuis le {row.ends_on:%d/%m/%Y} : confiez-en une nouvelle.",
            "ends_on",
        )
    if ends_on < today:
        raise refused(
            f"Le {ends_on:%d/%m/%Y} est passé : ce qui a été ouvert ne se referme pas en arrière. Donnez au plus tôt "
            "la date du jour.",
            "ends_on",
        )
    changes = amended(row, {"ends_on": ends_on}, ["ends_on"])
    if not changes:
        return row
    if ends_on > changes["ends_on"][0]:
        _check_lengthens(row, by, today)
    checked(row).save(update_fields=["ends_on"])
    given = RelevePersonne.objects.of(row.entreprise_id).filter(releve=row).select_related("suivi")
    for one in given:
        one.suivi.ends_on = ends_on
        checked(one.suivi).save(update_fields=["ends_on"])
    journal.append(
        event="suivi.releve_modifiee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes
    )
    return row


def reprendre(
    *, travailleur: Travailleur, accompagnateur: Accompagnateur, starts_on: dt.date, by: Actor, now: dt.datetime
) -> SuiviPar:
    """Become the referent of a person who has none; where she has one, a handover is what is needed."""
    referents = SuiviPar.objects.of(travailleur.entreprise_id).filter(
        travailleur_id=travailleur.pk, kind=SuiviPar.Kind.REFERENT, ends_on__isnull=True
    )
    held = referents.select_related("accompagnateur").first()
    if held is not None:
        raise refused(
            f"Cette personne est déjà suivie par {held.accompagnateur} : passez par une relève.", "accompagnateur"
        )
    return assign(travailleur=travailleur, accompagnateur=accompagnateur, starts_on=starts_on, by=by, now=now)


def _check_lengthens(row: Releve, by: Actor, today: dt.date) -> None:
    """Ask for whom the access grows: the colleague's for a time, the leaver's own for good."""
    leaver, colleague = row.from_accompagnateur, row.to_accompagnateur
    if row.kind == Releve.Kind.DEFINITIVE:
        policies.check_opens_for(by, leaver, colleague, today)
    else:
        policies.check_opens_for(by, colleague, leaver, today)


def _check_persons(row: Releve, travailleurs: Sequence[Travailleur]) -> None:
    if not travailleurs:
        raise refused("Aucune personne n’est choisie : cochez-en au moins une.", "travailleurs")
    if len(travailleurs) > MOST:
        raise refused(f"Une relève confie au plus {MOST} personnes : faites-la en plusieurs fois.", "travailleurs")
    if row.to_accompagnateur.entreprise_id != row.entreprise_id:
        raise refused("Cette personne travaille dans une autre entreprise. Choisissez un collègue.")
    followed = set(
        SuiviPar.objects.of(row.entreprise_id)
        .filter(accompagnateur_id=row.from_accompagnateur_id, ends_on__isnull=True, kind=SuiviPar.Kind.REFERENT)
        .values_list("travailleur_id", flat=True)
    )
    strangers = [str(one) for one in travailleurs if one.pk not in followed]
    if strangers:
        raise refused(
            f"{row.from_accompagnateur} n’est pas référent de : {', '.join(strangers)}. Décochez ces personnes, ou "
            "choisissez leur référent.",
            "travailleurs",
        )


def _hand_over(row: Releve, person: Travailleur, by: Actor, now: dt.datetime) -> None:
    """Give the access of one person; for good, the former referent keeps hers until the end."""
    reader = row.to_accompagnateur
    if row.kind == Releve.Kind.DEFINITIVE:
        assign(travailleur=person, accompagnateur=reader, starts_on=row.starts_on, by=by, now=now)
        reader = row.from_accompagnateur
    given = assign(
        travailleur=person,
        accompagnateur=reader,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kind=SuiviPar.Kind.RELEVE,
        by=by,
        now=now,
    )
    RelevePersonne.objects.create(entreprise_id=row.entreprise_id, travailleur=person, releve=row, suivi=given)
