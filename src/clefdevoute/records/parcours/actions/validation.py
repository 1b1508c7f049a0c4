"""Validation of skills: information, interest, inscription, guidance, épreuve, titre; and the grid."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from clefdevoute.records.entreprises.writing import locked, refused
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours import policies
from clefdevoute.records.parcours.actions.ecriture import begun, changed, not_future, ours, said
from clefdevoute.records.parcours.models import CompetenceEvaluee, EpreuveValidation, ValidationCompetences
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.policies import check_writes_dossier

_State = ValidationCompetences.State
_Result = EpreuveValidation.Result


@transaction.atomic
def informer(
    *,
    travailleur: Travailleur,
    informed_on: dt.date,
    handout: bool,
    by: Actor,
    now: dt.datetime,
    occupation: str = "",
    occupation_code: str = "",
    note: str = "",
) -> ValidationCompetences:
    """Note that the person was told of the validation of skills; that alone is evidence of task 6."""
    check_writes_dossier(by, travailleur)
    not_future(informed_on, now, "informed_on")
    row = ValidationCompetences(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        informed_on=informed_on,
        handout=handout,
        occupation=occupation.strip(),
        occupation_code=occupation_code,
        note=note.strip() or None,
    )
    begun(row, "validation_informee", by, now)
    return row


@transaction.atomic
def noter_interet(
    *,
    validation: ValidationCompetences,
    interest: str,
    interest_on: dt.date,
    by: Actor,
    now: dt.datetime,
    note: str = "",
) -> ValidationCompetences:
    """Note what the person answers; « pas intéressé » ends the path, and proves that she was informed."""
    row = locked(validation)
    policies.check_changes_validation(by, row)
    not_future(interest_on, now, "interest_on")
    values: dict[str, Any] = {"interest": interest, "interest_on": interest_on}
    if note.strip():
        values["note"] = note.strip()
    if interest == ValidationCompetences.Interest.PAS_INTERESSE:
        values |= {"state": _State.CLOS, "closed_on": interest_on}
    changed(row, values, "interet_note", by, now)
    return row


@transaction.atomic
def inscrire(
    *,
    validation: ValidationCompetences,
    registered_on: dt.date,
    occupation: str,
    by: Actor,
    now: dt.datetime,
    occupation_code: str = "",
) -> ValidationCompetences:
    """Note the inscription, for an occupation."""
    row = locked(validation)
    policies.check_registers(by, row)
    not_future(registered_on, now, "registered_on")
    values = {
        "registered_on": registered_on,
        "occupation": said(occupation, "occupation", "Nommez le métier visé : l’inscription se fait pour un métier."),
        "occupation_code": occupation_code,
    }
    changed(row, values, "validation_inscrite", by, now)
    return row


@transaction.atomic
def guider(
    *, validation: ValidationCompetences, guidance_on: dt.date, by: Actor, now: dt.datetime
) -> ValidationCompetences:
    """Note the guidance interview at the centre."""
    row = locked(validation)
    policies.check_guides(by, row)
    not_future(guidance_on, now, "guidance_on")
    changed(row, {"guidance_on": guidance_on}, "guidance_faite", by, now)
    return row


@transaction.atomic
def fixer_epreuve(
    *,
    validation: ValidationCompetences,
    held_on: dt.date,
    by: Actor,
    now: dt.datetime,
    centre: Partenaire | None = None,
) -> EpreuveValidation:
    """Set the day and the centre of an épreuve; after a failure, another."""
    row = locked(validation)
    policies.check_sets_epreuve(by, row)
    if row.guidance_on is not None and held_on < row.guidance_on:
        raise refused(f"La guidance est du {row.guidance_on:%d/%m/%Y} : l’épreuve vient après.", "held_on")
    epreuve = EpreuveValidation(
        entreprise_id=row.entreprise_id,
        travailleur_id=row.travailleur_id,
        validation=row,
        centre=centre,
        held_on=held_on,
    )
    ours(centre, epreuve, "centre")
    begun(epreuve, "epreuve_fixee", by, now)
    return epreuve


@transaction.atomic
def noter_resultat(
    *, epreuve: EpreuveValidation, result: str, by: Actor, now: dt.datetime, title: str = ""
) -> EpreuveValidation:
    """Note how an épreuve went; a titre ends the path, a failure leaves it open for another."""
    row = locked(epreuve)
    policies.check_notes_result(by, row)
    not_future(row.held_on, now, "result")
    won = result == _Result.TITRE
    values = {
        "result": result,
        "title": said(title, "title", "Écrivez l’intitulé du titre, tel qu’il figure sur le document.") if won else "",
    }
    changed(row, values, "resultat_note", by, now)
    if won:
        path = locked(row.validation)
        changed(path, {"state": _State.TITRE, "closed_on": row.held_on}, "titre_obtenu", by, now)
    return row


@transaction.atomic
def clore_validation(
    *, validation: ValidationCompetences, closed_on: dt.date, by: Actor, now: dt.datetime
) -> ValidationCompetences:
    """Stop a path without a title."""
    row = locked(validation)
    policies.check_changes_validation(by, row)
    not_future(closed_on, now, "closed_on")
    changed(row, {"state": _State.CLOS, "closed_on": closed_on}, "validation_close", by, now)
    return row


@transaction.atomic
def evaluer_competences(
    *,
    travailleur: Travailleur,
    occupation: str,
    assessed_on: dt.date,
    levels: Mapping[str, int],
    by: Actor,
    now: dt.datetime,
    occupation_code: str = "",
    expected: Mapping[str, int] | None = None,
) -> list[CompetenceEvaluee]:
    """
    Note the levels of several skills of one occupation on one day; the same day again corrects them.

    ``expected`` is the level that the occupation or the épreuve takes, for the skills where it is known.
    """
    check_writes_dossier(by, travailleur)
    not_future(assessed_on, now, "assessed_on")
    trade = said(occupation, "occupation", "Nommez le métier : la grille se lit par métier.")
    if not levels:
        raise refused("Nommez au moins une compétence et choisissez son niveau.", "competence_0")
    rows = []
    for skill, level in levels.items():
        key = {"occupation": trade, "competence": skill.strip(), "assessed_on": assessed_on}
        asked = (expected or {}).get(skill)
        row = CompetenceEvaluee.objects.filter(travailleur_id=travailleur.pk, **key).first()
        if row is None:
            row = CompetenceEvaluee(
                entreprise_id=travailleur.entreprise_id,
                travailleur=travailleur,
                occupation_code=occupation_code,
                level=level,
                expected=asked,
                **key,
            )
            begun(row, "competence_evaluee", by, now)
        else:
            changed(row, {"level": level, "expected": asked}, "competence_corrigee", by, now)
        rows.append(row)
    return rows
