"""Who may write the paths of a person, and when; each as a refusal and as a yes or no."""

from clefdevoute.records.entreprises.policies import allows
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.parcours.models import (
    DemandeExpertise,
    EpreuveValidation,
    EtapeJobcoaching,
    Jobcoaching,
    ModuleFormation,
    PlanFormation,
    SansObjet,
    ValidationCompetences,
)
from clefdevoute.records.suivi.policies import check_writes_dossier


def check_changes_plan(actor: Actor, plan: PlanFormation) -> None:
    """Who and when: an accompagnateur to whom the dossier is open, until the plan is evaluated."""
    check_writes_dossier(actor, plan.travailleur)
    if plan.state != PlanFormation.State.EN_COURS:
        raise AccessDenied(
            f"Ce plan est clos depuis le {plan.closed_on:%d/%m/%Y} : ouvrez-en un autre pour un nouveau besoin."
        )


def can_change_plan(actor: Actor, plan: PlanFormation) -> bool:
    """Same rule, for a button."""
    return allows(check_changes_plan, actor, plan)


def check_asks_expertise(actor: Actor, plan: PlanFormation) -> None:
    """When: no other request of the plan waits for its answer."""
    check_changes_plan(actor, plan)
    waiting = DemandeExpertise.objects.filter(plan_id=plan.pk, answered_on__isnull=True).first()
    if waiting is not None:
        raise AccessDenied(
            f"La demande du {waiting.asked_on:%d/%m/%Y} attend une réponse : notez-la avant d’en faire une autre."
        )


def can_ask_expertise(actor: Actor, plan: PlanFormation) -> bool:
    """Same rule, for a button."""
    return allows(check_asks_expertise, actor, plan)


def check_answers(actor: Actor, demande: DemandeExpertise) -> None:
    """When: once; an answer noted is corrected by a new request."""
    check_writes_dossier(actor, demande.travailleur)
    if demande.answered_on is not None:
        raise AccessDenied(
            f"La réponse du {demande.answered_on:%d/%m/%Y} est déjà notée : faites une nouvelle demande si elle change."
        )


def can_answer(actor: Actor, demande: DemandeExpertise) -> bool:
    """Same rule, for a button."""
    return allows(check_answers, actor, demande)


def check_changes_module(actor: Actor, module: ModuleFormation) -> None:
    """When: while its plan is open."""
    check_changes_plan(actor, module.plan)


def check_changes_jobcoaching(actor: Actor, row: Jobcoaching) -> None:
    """When: until it has an outcome."""
    check_writes_dossier(actor, row.travailleur)
    if row.state != Jobcoaching.State.EN_COURS:
        raise AccessDenied(
            f"Ce jobcoaching est clos depuis le {row.closed_on:%d/%m/%Y} : ouvrez-en un autre pour un nouveau souhait."
        )


def can_change_jobcoaching(actor: Actor, row: Jobcoaching) -> bool:
    """Same rule, for a button."""
    return allows(check_changes_jobcoaching, actor, row)


def check_changes_etape(actor: Actor, etape: EtapeJobcoaching) -> None:
    """When: while its jobcoaching is open."""
    check_changes_jobcoaching(actor, etape.jobcoaching)


def check_changes_validation(actor: Actor, row: ValidationCompetences) -> None:
    """When: until a title, a refusal or a stop."""
    check_writes_dossier(actor, row.travailleur)
    if row.state != ValidationCompetences.State.EN_COURS:
        raise AccessDenied(
            f"Ce parcours est clos depuis le {row.closed_on:%d/%m/%Y} : informez à nouveau la personne pour en ouvrir "
            "un autre."
        )


def can_change_validation(actor: Actor, row: ValidationCompetences) -> bool:
    """Same rule, for a button."""
    return allows(check_changes_validation, actor, row)


def check_registers(actor: Actor, row: ValidationCompetences) -> None:
    """When: the person said that she is interested."""
    check_changes_validation(actor, row)
    if row.interest != ValidationCompetences.Interest.INTERESSE:
        raise AccessDenied("La validation est volontaire : notez d’abord que la personne est intéressée.")


def check_guides(actor: Actor, row: ValidationCompetences) -> None:
    """When: the person is registered."""
    check_registers(actor, row)
    if row.registered_on is None:
        raise AccessDenied("La guidance suit l’inscription : notez d’abord le jour où la personne s’est inscrite.")


def check_sets_epreuve(actor: Actor, row: ValidationCompetences) -> None:
    """When: after the guidance, one épreuve at a time."""
    check_guides(actor, row)
    if row.guidance_on is None:
        raise AccessDenied("L’épreuve suit la guidance : notez d’abord le jour de l’entretien de guidance.")
    if EpreuveValidation.objects.filter(validation_id=row.pk, result=EpreuveValidation.Result.PREVUE).exists():
        raise AccessDenied("Une épreuve est déjà prévue : notez d’abord son résultat.")


def check_notes_result(actor: Actor, epreuve: EpreuveValidation) -> None:
    """When: once per épreuve."""
    check_changes_validation(actor, epreuve.validation)
    if epreuve.result != EpreuveValidation.Result.PREVUE:
        raise AccessDenied("Le résultat de cette épreuve est déjà noté : fixez-en une autre si la personne repasse.")


def check_lifts(actor: Actor, row: SansObjet) -> None:
    """When: once."""
    check_writes_dossier(actor, row.travailleur)
    if row.lifted_on is not None:
        raise AccessDenied(f"Cette note est déjà levée depuis le {row.lifted_on:%d/%m/%Y}.")
