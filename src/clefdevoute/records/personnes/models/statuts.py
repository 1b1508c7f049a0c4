"""
The status of a person at hiring, frozen, and the conditions that gave it, behind their own wall.

Lists show « TD, conditions vérifiées le … ». Which condition held is in a table of its own: two of
the eight tell a health or an origin, and hiding only these two would tell them by their absence. So
every number and every paper opens for who recorded it and for an inspection, and nobody else.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models.travailleurs import Engagement, RegisterModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SANTE = FieldClass.SANTE


class StatutQuerySet(TenantQuerySet):
    """Statuses: the register's readers, without the secretariat."""

    inside = frozenset({Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR})


class StatutEngagement(RegisterModel):
    """What the person was at the moment of hiring; it is never computed again (A23)."""

    class Statut(models.TextChoices):
        TD = "td", "TD"
        TGD = "tgd", "TGD"
        ART60 = "art60", "Art. 60 § 7"
        AUTRE = "autre", "Autre"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+", verbose_name="engagement")
    statut = models.CharField("statut à l’engagement", max_length=10, choices=Statut)
    without_cess = models.BooleanField("sans CESS ni équivalent", null=True, blank=True)
    dei = models.BooleanField("demandeur d’emploi inoccupé", null=True, blank=True)
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="preuve", null=True, blank=True
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="vérifié par",
        null=True,
        blank=True,
    )
    verified_on = models.DateField("conditions vérifiées le", null=True, blank=True)
    correction_reason = models.CharField("motif de la correction", max_length=300, blank=True)

    objects: Any = StatutQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = RegisterModel.classes | {
        "engagement": PERSONNEL,
        "statut": PERSONNEL,
        "without_cess": PERSONNEL,
        "dei": PERSONNEL,
        "proof": PERSONNEL,
        "verified_by": ADMINISTRATIF,
        "verified_on": PERSONNEL,
        "correction_reason": PERSONNEL,
    }

    class Meta:
        verbose_name = "statut à l’engagement"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"],
                name="statut_one_per_engagement",
                violation_error_message="Le statut de ce contrat est déjà figé. Corrigez-le avec un motif.",
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by__isnull=True)
                | Q(verified_on__isnull=False, verified_by__isnull=False),
                name="statut_verified_by_iff_on",
                violation_error_message="Une vérification a une date et un auteur, ou aucun des deux.",
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def summary(self) -> str:
        """Say what a list may show: the status and the date of the check, never a condition."""
        label = self.get_statut_display()
        if self.statut not in (self.Statut.TD, self.Statut.TGD):
            return label
        if self.verified_on is None:
            return f"{label}, conditions à vérifier"
        return f"{label}, conditions vérifiées le {self.verified_on:%d/%m/%Y}"


class ConditionStatutQuerySet(TenantQuerySet):
    """Conditions: who recorded them, in that enterprise, and an inspection; each opening is journalled."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own recordings, or all for an inspection (which opens them with a reason)."""
        if actor.role is Role.INSPECTION:
            return self.all()
        if actor.role in StatutQuerySet.inside and actor.entreprise_id is not None:
            return self.filter(entreprise_id=actor.entreprise_id, recorded_by_id=actor.user_id)
        return self.none()


class ConditionStatut(TenantModel):
    """One condition that held at hiring, by its number, with the paper that shows it."""

    statut = models.ForeignKey(StatutEngagement, on_delete=models.PROTECT, related_name="+", verbose_name="statut")
    number = models.PositiveSmallIntegerField("condition", validators=[MinValueValidator(1), MaxValueValidator(8)])
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="preuve", null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="enregistrée par"
    )
    recorded_at = models.DateTimeField("enregistrée le")

    objects = ConditionStatutQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "statut": SANTE,
        "number": SANTE,
        "proof": SANTE,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "condition du statut"
        verbose_name_plural = "conditions du statut"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["statut", "number"],
                name="condition_once_per_statut",
                violation_error_message="Cette condition est déjà enregistrée pour cet engagement.",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 8)),
                name="condition_number_1_to_8",
                violation_error_message="Les conditions du public cible portent les numéros 1 à 8.",
            ),
        ]

    def __str__(self) -> str:
        return "Condition du statut"
