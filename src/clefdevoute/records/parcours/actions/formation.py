"""The training plan: need, expertise asked and answered, modules and their hours, evaluation."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from clefdevoute.records.entreprises.writing import locked, refused
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours import policies
from clefdevoute.records.parcours.actions.ecriture import begun, changed, not_future, ours, said
from clefdevoute.records.parcours.models import (
    DemandeExpertise,
    EvaluationFormation,
    HeuresModule,
    ModuleFormation,
    PlanFormation,
)
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models import Objectif
from clefdevoute.records.suivi.policies import check_writes_dossier

MODULE = ("partenaire", "title", "starts_on", "ends_on", "hours_planned", "cost", "result")


@transaction.atomic
def ouvrir_plan(
    *,
    travailleur: Travailleur,
    need: str,
    need_on: dt.date,
    by: Actor,
    now: dt.datetime,
    objectif: Objectif | None = None,
) -> PlanFormation:
    """Open a plan on a need, tied to one of the person's own objectives where there is one."""
    check_writes_dossier(by, travailleur)
    not_future(need_on, now, "need_on")
    if objectif is not None and objectif.travailleur_id != travailleur.pk:
        raise refused("Cet objectif est celui d’une autre personne : choisissez l’un des siens.", "objectif")
    row = PlanFormation(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        need=said(need, "need", "Écrivez le besoin de formation, en une phrase."),
        need_on=need_on,
        objectif=objectif,
    )
    begun(row, "plan_ouvert", by, now)
    return row


@transaction.atomic
def demander_expertise(
    *,
    plan: PlanFormation,
    asked_on: dt.date,
    by: Actor,
    now: dt.datetime,
    adviser: str = "",
    convention_ref: str = "",
) -> DemandeExpertise:
    """Trace the request of the Forem's expertise: when, to whom, under which convention."""
    plan = locked(plan)
    policies.check_asks_expertise(by, plan)
    not_future(asked_on, now, "asked_on")
    row = DemandeExpertise(
        entreprise_id=plan.entreprise_id,
        travailleur_id=plan.travailleur_id,
        plan=plan,
        asked_on=asked_on,
        adviser=adviser.strip(),
        convention_ref=convention_ref.strip(),
    )
    begun(row, "expertise_demandee", by, now)
    return row


@transaction.atomic
def noter_reponse(
    *,
    demande: DemandeExpertise,
    answered_on: dt.date,
    answer: str,
    by: Actor,
    now: dt.datetime,
    answer_text: str = "",
) -> DemandeExpertise:
    """Note what the Forem answered, with its day."""
    row = locked(demande)
    policies.check_answers(by, row)
    not_future(answered_on, now, "answered_on")
    values = {"answered_on": answered_on, "answer": answer, "answer_text": answer_text.strip() or None}
    changed(row, values, "expertise_repondue", by, now)
    return row


@transaction.atomic
def ajouter_module(
    *,
    plan: PlanFormation,
    title: str,
    starts_on: dt.date,
    hours_planned: Decimal,
    by: Actor,
    now: dt.datetime,
    **values: Any,
) -> ModuleFormation:
    """Add a module to a plan, to come or begun."""
    policies.check_changes_plan(by, locked(plan))
    row = ModuleFormation(
        entreprise_id=plan.entreprise_id,
        travailleur_id=plan.travailleur_id,
        plan=plan,
        title=title.strip(),
        starts_on=starts_on,
        hours_planned=hours_planned,
        **_module(values),
    )
    ours(row.partenaire, row)
    begun(row, "module_ajoute", by, now)
    return row


@transaction.atomic
def modifier_module(*, module: ModuleFormation, by: Actor, now: dt.datetime, **values: Any) -> ModuleFormation:
    """Correct a module or note its result."""
    row = locked(module)
    policies.check_changes_module(by, row)
    ours(values.get("partenaire"), row)
    changed(row, _module(values), "module_modifie", by, now)
    return row


@transaction.atomic
def noter_heures(
    *, module: ModuleFormation, held_on: dt.date, hours: Decimal, by: Actor, now: dt.datetime
) -> HeuresModule:
    """Note the hours of one day; the same day again corrects it, with its trace."""
    module = locked(module)
    policies.check_changes_module(by, module)
    not_future(held_on, now, "held_on")
    if held_on < module.starts_on or (module.ends_on is not None and held_on > module.ends_on):
        end = f" et finit le {module.ends_on:%d/%m/%Y}" if module.ends_on else ""
        raise refused(
            f"Ce module commence le {module.starts_on:%d/%m/%Y}{end} : corrigez le jour, ou les dates du module.",
            "held_on",
        )
    row: HeuresModule | None = HeuresModule.objects.filter(module_id=module.pk, held_on=held_on).first()
    if row is not None:
        changed(row, {"hours": hours}, "heures_corrigees", by, now)
        return row
    row = HeuresModule(
        entreprise_id=module.entreprise_id,
        travailleur_id=module.travailleur_id,
        module=module,
        held_on=held_on,
        hours=hours,
    )
    begun(row, "heures_notees", by, now)
    return row


@transaction.atomic
def evaluer_plan(
    *, plan: PlanFormation, held_on: dt.date, outcome: str, by: Actor, now: dt.datetime, text: str = ""
) -> EvaluationFormation:
    """Say what a plan gave; it closes there."""
    plan = locked(plan)
    policies.check_changes_plan(by, plan)
    not_future(held_on, now, "held_on")
    row = EvaluationFormation(
        entreprise_id=plan.entreprise_id,
        travailleur_id=plan.travailleur_id,
        plan=plan,
        held_on=held_on,
        outcome=outcome,
        text=text.strip() or None,
    )
    begun(row, "plan_evalue", by, now)
    given_up = outcome == EvaluationFormation.Outcome.ABANDON
    state = PlanFormation.State.ABANDONNE if given_up else PlanFormation.State.EVALUE
    changed(plan, {"state": state, "closed_on": held_on}, "plan_clos", by, now)
    return row


def _module(values: dict[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(MODULE)
    if unknown:
        raise TypeError(f"not offered to change: {', '.join(sorted(unknown))}")
    return values | ({"title": values["title"].strip()} if "title" in values else {})
