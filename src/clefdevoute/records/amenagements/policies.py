"""Who may do each step of an adjustment, and when; each as a refusal and as a yes or no."""

from clefdevoute.records.amenagements.models import (
    Amenagement,
    AvisAmenagement,
    DecisionAmenagement,
    DiagnosticAmenagement,
    Outcome,
)
from clefdevoute.records.entreprises.policies import allows, check_acts_in
from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.policies import check_writes_dossier


def check_proposes(actor: Actor, travailleur: Travailleur) -> None:
    """Who: an accompagnateur to whom this dossier is open."""
    permissions.check(actor, Permission.AMENAGEMENT_PROPOSER)
    check_writes_dossier(actor, travailleur)


def check_changes(actor: Actor, row: Amenagement) -> None:
    """Who and when: the same, while the adjustment is open."""
    check_proposes(actor, row.travailleur)
    if row.closed_on is not None:
        raise AccessDenied(
            f"Cet aménagement est clos depuis le {row.closed_on:%d/%m/%Y} : ouvrez-en un autre pour un nouveau besoin."
        )


def check_analyses(actor: Actor, row: Amenagement) -> None:
    """When: until the notice has left; what the head of the enterprise read does not change behind her."""
    check_changes(actor, row)
    if row.notified_on is not None:
        raise AccessDenied(
            f"L’avis est remis depuis le {row.notified_on:%d/%m/%Y} : l’analyse ne change plus. "
            "Ouvrez un autre aménagement pour une autre mesure."
        )


def can_analyse(actor: Actor, row: Amenagement) -> bool:
    """Same rule, for a button."""
    return allows(check_analyses, actor, row)


def check_sends(actor: Actor, row: Amenagement) -> None:
    """When: once analysed, and once only."""
    check_analyses(actor, row)
    if row.analysed_on is None:
        raise AccessDenied("L’avis dit une mesure : analysez d’abord le poste et proposez-en une.")


def can_send(actor: Actor, row: Amenagement) -> bool:
    """Same rule, for a button."""
    return allows(check_sends, actor, row)


def check_decides(actor: Actor, avis: AvisAmenagement) -> None:
    """Who and when: the head of the enterprise, once, while the adjustment is open."""
    check_acts_in(actor, avis.entreprise_id, Permission.AMENAGEMENT_DECIDER)
    if DecisionAmenagement.objects.filter(avis_id=avis.pk).exists():
        raise AccessDenied("La décision est déjà prise : l’accompagnateur propose un autre aménagement au besoin.")
    if Amenagement.objects.filter(pk=avis.amenagement_id, closed_on__isnull=False).exists():
        raise AccessDenied("L’accompagnateur a clos cette demande : il n’y a plus rien à décider.")


def can_decide(actor: Actor, avis: AvisAmenagement) -> bool:
    """Same rule, for a button."""
    return allows(check_decides, actor, avis)


def check_tells(actor: Actor, row: Amenagement) -> None:
    """When: once decided, and once only."""
    check_changes(actor, row)
    if row.decided_on is None:
        raise AccessDenied("La direction n’a pas encore décidé : il n’y a rien à dire à la personne.")
    if row.told_on is not None:
        raise AccessDenied(f"La décision est dite à la personne depuis le {row.told_on:%d/%m/%Y}.")


def can_tell(actor: Actor, row: Amenagement) -> bool:
    """Same rule, for a button."""
    return allows(check_tells, actor, row)


def check_reviews(actor: Actor, row: Amenagement) -> None:
    """When: a measure accepted, told to the person, still in place."""
    check_changes(actor, row)
    if row.outcome not in {Outcome.ACCEPTE, Outcome.PARTIEL} or row.told_on is None:
        raise AccessDenied("Seule une mesure acceptée et annoncée à la personne se revoit.")


def can_review(actor: Actor, row: Amenagement) -> bool:
    """Same rule, for a button."""
    return allows(check_reviews, actor, row)


def can_change(actor: Actor, row: Amenagement) -> bool:
    """Tell whether the adjustment is open to this actor."""
    return allows(check_changes, actor, row)


def check_opens_health(actor: Actor, row: DiagnosticAmenagement) -> None:
    """Who: who wrote it, while the dossier is open to her."""
    check_proposes(actor, row.travailleur)
    if row.recorded_by_id != actor.user_id:
        raise AccessDenied("Cette note de santé s’ouvre pour la personne qui l’a écrite, et pour elle seule.")
