"""
Part taken in the management of the enterprise (task 9): which organ, in what form, who and in what role.

It is never only a séance: a seat in an assembly, a vote, a delegation. Where it cannot apply to a person, that
is said elsewhere, with its reason (``sans_objet``, task 9).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.suivi.models.base import DossierModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class ParticipationQuerySet(TenantQuerySet):
    """Participations: the accompagnateurs of the enterprise; the row itself names no one."""

    inside = frozenset({Role.ACCOMPAGNATEUR})


class Participation(TenantModel):
    """One occasion on which workers had a part in the management."""

    class Organ(models.TextChoices):
        ASSEMBLEE = "assemblee", "Assemblée générale"
        ADMINISTRATION = "administration", "Conseil d’administration"
        ENTREPRISE = "conseil_entreprise", "Conseil d’entreprise"
        CPPT = "cppt", "Comité pour la prévention et la protection au travail"
        DELEGATION = "delegation", "Délégation des travailleurs"
        EQUIPE = "equipe", "Réunion d’équipe"
        GROUPE = "groupe", "Groupe de travail"
        AUTRE = "autre", "Autre organe"

    class Form(models.TextChoices):
        INFORMATION = "information", "Information"
        CONSULTATION = "consultation", "Consultation"
        DECISION = "decision", "Vote ou décision"
        ELECTION = "election", "Élection ou désignation"
        MANDAT = "mandat", "Mandat exercé"
        PROJET = "projet", "Projet mené ensemble"

    held_on = models.DateField("date")
    organ = models.CharField("organe", max_length=20, choices=Organ)
    organ_name = models.CharField("nom de l’organe", max_length=150, blank=True)
    form = models.CharField("forme", max_length=20, choices=Form)
    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="notée par"
    )
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="preuve"
    )
    cancelled_on = models.DateField("annulée le", null=True, blank=True)
    cancel_reason = models.CharField("raison de l’annulation", max_length=200, blank=True)
    recorded_at = models.DateTimeField("notée le")

    objects = ParticipationQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "held_on": ADMINISTRATIF,
        "organ": ADMINISTRATIF,
        "organ_name": ADMINISTRATIF,
        "form": ADMINISTRATIF,
        "accompagnateur": ADMINISTRATIF,
        "proof": PERSONNEL,
        "cancelled_on": ADMINISTRATIF,
        "cancel_reason": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "participation"
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "held_on"], name="participation_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(organ="autre") | ~Q(organ_name=""),
                name="participation_other_is_named",
                violation_error_message="Cet organe n’est pas dans la liste : écrivez son nom.",
            ),
            models.CheckConstraint(
                condition=(Q(cancelled_on__isnull=True) & Q(cancel_reason=""))
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                name="participation_cancelled_with_reason",
                violation_error_message="Une participation s’annule avec sa raison : écrivez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_name or self.get_organ_display()}, le {self.held_on:%d/%m/%Y}"


class PartPrise(DossierModel):
    """The part that one person took."""

    class Role(models.TextChoices):
        PARTICIPANT = "participant", "Participant"
        MEMBRE = "membre", "Membre de l’organe"
        REPRESENTANT = "representant", "Représentant élu ou désigné"
        ANIMATEUR = "animateur", "Porteur ou animateur"
        OBSERVATEUR = "observateur", "Observateur"

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="+", verbose_name="participation"
    )
    role = models.CharField("rôle", max_length=20, choices=Role, default=Role.PARTICIPANT)
    removed_on = models.DateField("ôtée le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "participation": PERSONNEL,
        "role": PERSONNEL,
        "removed_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "part prise"
        verbose_name_plural = "parts prises"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "travailleur"],
                name="partprise_once",
                violation_error_message="Cette personne est déjà notée pour cette participation.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
