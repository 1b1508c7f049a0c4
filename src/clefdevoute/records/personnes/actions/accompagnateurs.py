"""Writes about accompagnateurs: the person, the experience that qualifies, the contracts."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import amended, checked, locked, overlaps, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes import policies
from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur, PeriodeExperience

PERSON = (
    "user",
    "name",
    "first_name",
    "birth_date",
    "email",
    "phone",
    "mobile",
    "diploma",
    "diploma_title",
    "diploma_on",
    "diploma_proof",
    "functions_start",
    "functions_end",
)
CONTRACT = ("hours_per_week", "reference_hours", "starts_on", "ends_on", "weekdays", "sent_on", "proof")


@transaction.atomic
def create_accompagnateur(
    *, entreprise_id: uuid.UUID, name: str, first_name: str, by: Actor, now: dt.datetime, **fields: Any
) -> Accompagnateur:
    """Enter an accompagnateur; what makes her eligible may be completed later."""
    policies.check_writes_equipe(by, entreprise_id)
    row = Accompagnateur(entreprise=EntrepriseInsertion.objects.get(pk=entreprise_id))
    changes = amended(row, {"name": name.strip(), "first_name": first_name.strip()} | fields, PERSON)
    checked(row).save(force_insert=True)
    _journal("personnes.accompagnateur_inscrit", row, by, now, changes)
    return row


@transaction.atomic
def modify_accompagnateur(
    *, accompagnateur: Accompagnateur, by: Actor, now: dt.datetime, **fields: Any
) -> Accompagnateur:
    """Correct or complete what is known of an accompagnateur; ``functions_end`` ends her functions."""
    policies.check_writes_equipe(by, accompagnateur.entreprise_id)
    row = locked(accompagnateur)
    changes = amended(row, fields, PERSON)
    if changes:
        checked(row).save()
        _journal("personnes.accompagnateur_modifie", row, by, now, changes)
    return row


@transaction.atomic
def add_experience(
    *,
    accompagnateur: Accompagnateur,
    kind: str,
    employer: str,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    ends_on: dt.date | None = None,
    function: str = "",
    proof: ProofFile | None = None,
) -> PeriodeExperience:
    """Record a stretch of experience; overlaps are welcome, the law counts them once."""
    policies.check_writes_equipe(by, accompagnateur.entreprise_id)
    row = checked(
        PeriodeExperience(
            entreprise_id=accompagnateur.entreprise_id,
            accompagnateur=accompagnateur,
            kind=kind,
            employer=employer.strip(),
            function=function.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            proof=proof,
        )
    )
    row.save(force_insert=True)
    _journal("personnes.experience_ajoutee", row, by, now)
    return row


@transaction.atomic
def remove_experience(*, experience: PeriodeExperience, by: Actor, now: dt.datetime) -> None:
    """Take back a stretch of experience entered by mistake."""
    policies.check_writes_equipe(by, experience.entreprise_id)
    _journal("personnes.experience_retiree", experience, by, now)
    experience.delete()


@transaction.atomic
def sign_contrat(
    *,
    accompagnateur: Accompagnateur,
    hours_per_week: Decimal,
    starts_on: dt.date,
    by: Actor,
    now: dt.datetime,
    kind: str = ContratAccompagnateur.Kind.ACCOMPAGNEMENT,
    **fields: Any,
) -> ContratAccompagnateur:
    """Record a contract; two contracts that run together share no weekday (A25)."""
    policies.check_writes_equipe(by, accompagnateur.entreprise_id)
    accompagnateur = locked(accompagnateur)
    row = ContratAccompagnateur(
        entreprise_id=accompagnateur.entreprise_id,
        accompagnateur=accompagnateur,
        kind=kind,
        reference_hours=accompagnateur.entreprise.reference_hours,
    )
    values = {"hours_per_week": hours_per_week, "starts_on": starts_on} | _weekdays(fields)
    changes = amended(row, values, CONTRACT)
    _check_split(checked(row))
    row.save(force_insert=True)
    _journal("personnes.contrat_enregistre", row, by, now, changes)
    return row


@transaction.atomic
def modify_contrat(
    *, contrat: ContratAccompagnateur, by: Actor, now: dt.datetime, **fields: Any
) -> ContratAccompagnateur:
    """Correct a contract; ``ends_on`` ends it, ``sent_on`` says when the administration received it."""
    policies.check_writes_equipe(by, contrat.entreprise_id)
    row = locked(contrat)
    changes = amended(row, _weekdays(fields), CONTRACT)
    if changes:
        _check_split(checked(row))
        row.save()
        _journal("personnes.contrat_modifie", row, by, now, changes)
    return row


def _weekdays(fields: dict[str, Any]) -> dict[str, Any]:
    """Keep the days as digits from 1 (Monday) to 7, in order, each once."""
    if "weekdays" not in fields:
        return fields
    days = sorted(set(str(fields["weekdays"])))
    if not set(days) <= set("1234567"):
        raise refused("Les jours vont de 1 (lundi) à 7 (dimanche), par exemple 123. Corrigez-les.", "weekdays")
    return fields | {"weekdays": "".join(days)}


def _check_split(row: ContratAccompagnateur) -> None:
    """Compare a contract with those of the same person that run at the same time."""
    others = ContratAccompagnateur.objects.of(row.entreprise_id).filter(accompagnateur_id=row.accompagnateur_id)
    for other in others.exclude(pk=row.pk):
        if not overlaps(row.starts_on, row.ends_on, other.starts_on, other.ends_on):
            continue
        if row.kind == other.kind:
            raise refused(
                f"Un contrat de la même sorte court déjà ({other}). Terminez-le d’abord, ou corrigez-le.", "starts_on"
            )
        if not row.weekdays or not other.weekdays:
            raise refused(
                "Deux contrats qui courent ensemble disent chacun leurs jours de la semaine. Complétez-les.", "weekdays"
            )
        if set(row.weekdays) & set(other.weekdays):
            raise refused(
                "Les deux contrats ont un jour de la semaine en commun. Séparez-les : un jour, une fonction.",
                "weekdays",
            )


def _journal(
    event: str,
    row: Accompagnateur | PeriodeExperience | ContratAccompagnateur,
    by: Actor,
    now: dt.datetime,
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes)
