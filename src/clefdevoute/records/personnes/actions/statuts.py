"""Writes to the status of a person at hiring: frozen once, corrected only with a reason, opened only on record."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes import policies
from clefdevoute.records.personnes.models import ConditionStatut, Engagement, StatutEngagement

_Statut = StatutEngagement.Statut
_NO_CONDITION: Mapping[int, ProofFile | None] = {}


@transaction.atomic
def freeze_statut(
    *,
    engagement: Engagement,
    statut: str,
    by: Actor,
    now: dt.datetime,
    conditions: Mapping[int, ProofFile | None] = _NO_CONDITION,
    without_cess: bool | None = None,
    dei: bool | None = None,
    proof: ProofFile | None = None,
    verified_on: dt.date | None = None,
) -> StatutEngagement:
    """Freeze the status of a contract with the conditions that held and their papers."""
    policies.check_writes_registre(by, engagement.entreprise_id)
    engagement = locked(engagement)
    if conditions and statut not in (_Statut.TD, _Statut.TGD):
        raise refused("Des conditions ne vont qu’avec le statut TD ou TGD. Choisissez-le d’abord.", "conditions")
    if (statut == _Statut.ART60) != engagement.art60:
        raise refused(
            "Le statut art. 60 et la mise à disposition par un CPAS vont ensemble. Corrigez le contrat ou le statut.",
            "statut",
        )
    row = checked(
        StatutEngagement(
            entreprise_id=engagement.entreprise_id,
            engagement=engagement,
            statut=statut,
            without_cess=without_cess,
            dei=dei,
            proof=proof,
            verified_on=verified_on,
            verified_by_id=by.user_id if verified_on else None,
            modified_at=now,
        )
    )
    row.save(force_insert=True)
    _add_conditions(row, conditions, by, now)
    journal.append(event="personnes.statut_fige", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _add_conditions(
    statut: StatutEngagement, conditions: Mapping[int, ProofFile | None], by: Actor, now: dt.datetime
) -> None:
    for number, proof in sorted(conditions.items()):
        checked(
            ConditionStatut(
                entreprise_id=statut.entreprise_id,
                statut=statut,
                number=number,
                proof=proof,
                recorded_by_id=by.user_id,
                recorded_at=now,
            )
        ).save(force_insert=True)


@transaction.atomic
def complete_statut(
    *,
    statut: StatutEngagement,
    by: Actor,
    now: dt.datetime,
    conditions: Mapping[int, ProofFile | None] = _NO_CONDITION,
    proof: ProofFile | None = None,
) -> StatutEngagement:
    """
    Add the conditions and the papers that a frozen status still lacks; nothing given before is replaced.

    A condition that somebody else recorded is passed over in silence: a refusal would tell its number.
    """
    policies.check_writes_registre(by, statut.entreprise_id)
    row = locked(statut)
    if conditions and row.statut not in (_Statut.TD, _Statut.TGD):
        raise refused("Des conditions ne vont qu’avec le statut TD ou TGD. Corrigez d’abord le statut.", "conditions")
    known = {one.number: one for one in ConditionStatut.objects.of(row.entreprise_id).filter(statut_id=row.pk)}
    _add_conditions(row, {number: paper for number, paper in conditions.items() if number not in known}, by, now)
    for number, paper in conditions.items():
        held = known.get(number)
        if held is not None and paper is not None and held.proof_id is None and held.recorded_by_id == by.user_id:
            held.proof = paper
            held.save(update_fields=["proof"])
    if proof is not None and row.proof_id is None:
        row.proof = proof
    row.modified_at = now
    checked(row).save()
    journal.append(event="personnes.statut_complete", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def verify_statut(*, statut: StatutEngagement, verified_on: dt.date, by: Actor, now: dt.datetime) -> StatutEngagement:
    """Say that the papers of a frozen status were seen, by whom and when."""
    policies.check_writes_registre(by, statut.entreprise_id)
    row = locked(statut)
    if row.verified_on is not None:
        raise refused("Ces conditions sont déjà vérifiées. Corrigez le statut avec un motif si elles ne tiennent pas.")
    values = {"verified_on": verified_on, "verified_by_id": by.user_id, "modified_at": now}
    changes = amended(row, values, values)
    checked(row).save()
    journal.append(
        event="personnes.statut_verifie",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    return row


@transaction.atomic
def correct_statut(*, statut: StatutEngagement, to: str, reason: str, by: Actor, now: dt.datetime) -> StatutEngagement:
    """Correct a status that was wrong on the day of hiring; a change of life since is never a reason (A23)."""
    policies.check_writes_registre(by, statut.entreprise_id)
    if not reason.strip():
        raise refused("Écrivez pourquoi le statut était faux le jour de l’engagement.", "correction_reason")
    row = locked(statut)
    if (to == _Statut.ART60) != row.engagement.art60:
        raise refused(
            "Le statut art. 60 et la mise à disposition vont ensemble. Corrigez d’abord le contrat.", "statut"
        )
    values = {
        "statut": to,
        "correction_reason": reason.strip(),
        "verified_on": None,
        "verified_by_id": None,
        "modified_at": now,
    }
    changes = amended(row, values, values)
    checked(row).save()
    journal.append(
        event="personnes.statut_corrige",
        by=by,
        subject=row,
        entreprise_id=row.entreprise_id,
        now=now,
        changes=changes,
    )
    return row


@transaction.atomic
def open_conditions(
    *, statut: StatutEngagement, by: Actor, now: dt.datetime, purpose: str = ""
) -> list[ConditionStatut]:
    """Open the numbers and papers of a status; each opening is written in the journal of the enterprise."""
    if by.role is Role.INSPECTION and not purpose:
        raise AccessDenied("Une inspection ouvre ces conditions pour une raison : choisissez-la, elle est inscrite.")
    rows = list(ConditionStatut.objects.visible_to(by).filter(statut_id=statut.pk).select_related("proof"))
    for row in rows:
        policies.check_opens_condition(by, row)
    if rows:
        journal.append(
            event="personnes.conditions_ouvertes",
            by=by,
            subject=statut,
            entreprise_id=statut.entreprise_id,
            now=now,
            purpose=purpose,
        )
    return rows
