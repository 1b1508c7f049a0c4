"""
What crosses the wall: the notice as sent, frozen, and what the head of the enterprise decides of it.

The seal (author, moment, hash) is a row that the database never changes; the text is beside it, encrypted
under the enterprise's key, and opens only if it still has that hash.
"""

import hashlib
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.amenagements.models.amenagement import Amenagement, Outcome
from clefdevoute.records.entreprises.models import AppendOnlyTenantModel, TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import dossiers

ADMIN = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


def digest(text: str) -> str:
    """Give the hash under which a text is frozen."""
    return hashlib.sha256(text.encode()).hexdigest()


class AvisQuerySet(TenantQuerySet):
    """Notices: the gestionnaires of the enterprise, and the accompagnateurs who may open the person's dossier."""

    person: ClassVar[str] = "travailleur"

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this actor may see."""
        if actor.role is Role.ACCOMPAGNATEUR:
            return self.filter(**{f"{self.person}__in": dossiers.travailleurs(actor)})
        return super().visible_to(actor)


class PartOfAvisQuerySet(AvisQuerySet):
    """The text and the decision of a notice: seen by who sees the notice."""

    person = "avis__travailleur"


class AvisAmenagement(AppendOnlyTenantModel):
    """A notice sent to the head of the enterprise: who, when, and the hash of every word of it."""

    amenagement = models.ForeignKey(Amenagement, on_delete=models.PROTECT, related_name="+", verbose_name="aménagement")
    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    sent_on = models.DateField("remis le")
    sent_at = models.DateTimeField("remis à")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="remis par"
    )
    sha256 = models.CharField("empreinte du texte", max_length=64)

    classes: ClassVar[dict[str, FieldClass]] = {
        "amenagement": PERSONNEL,
        "travailleur": PERSONNEL,
        "sent_on": PERSONNEL,
        "sent_at": ADMIN,
        "sent_by": ADMIN,
        "sha256": ADMIN,
    }

    objects: Any = AvisQuerySet.as_manager()

    class Meta:
        verbose_name = "avis d’aménagement"
        verbose_name_plural = "avis d’aménagement"
        ordering = ["-sent_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "sent_on"], name="avis_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["amenagement"],
                name="avis_one_per_amenagement",
                violation_error_message="L’avis de cet aménagement est déjà remis : ouvrez un autre aménagement.",
            )
        ]

    def __str__(self) -> str:
        return f"Avis du {self.sent_on:%d/%m/%Y}"


class TexteAvis(TenantModel):
    """The words of a notice, exactly as sent: the measure, never the diagnosis."""

    avis = models.ForeignKey(AvisAmenagement, on_delete=models.PROTECT, related_name="+", verbose_name="avis")
    text = EncryptedTextField("texte de l’avis")

    classes: ClassVar[dict[str, FieldClass]] = {"avis": PERSONNEL, "text": PERSONNEL}

    objects: Any = PartOfAvisQuerySet.as_manager()

    class Meta:
        verbose_name = "texte d’un avis"
        verbose_name_plural = "textes d’avis"
        constraints = [
            models.UniqueConstraint(
                fields=["avis"],
                name="texte_avis_one_per_avis",
                violation_error_message="Cet avis a déjà son texte : il ne change plus.",
            )
        ]

    def __str__(self) -> str:
        return "Texte d’un avis"

    @property
    def intact(self) -> bool:
        """Tell whether the words are still those that were sealed."""
        return digest(self.text) == self.avis.sha256


class DecisionAmenagement(TenantModel):
    """What the head of the enterprise decides, with reasons unless all is accepted, and when to look again."""

    avis = models.ForeignKey(AvisAmenagement, on_delete=models.PROTECT, related_name="+", verbose_name="avis")
    outcome = models.CharField("décision", max_length=7, choices=Outcome)
    reasons = EncryptedTextField("motivation", null=True, blank=True)
    decided_on = models.DateField("décidé le")
    review_on = models.DateField("à revoir le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="décidé par"
    )

    classes: ClassVar[dict[str, FieldClass]] = {
        "avis": PERSONNEL,
        "outcome": PERSONNEL,
        "reasons": PERSONNEL,
        "decided_on": PERSONNEL,
        "review_on": PERSONNEL,
        "decided_by": ADMIN,
    }

    objects: Any = PartOfAvisQuerySet.as_manager()

    class Meta:
        verbose_name = "décision sur un aménagement"
        verbose_name_plural = "décisions sur des aménagements"
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["avis"],
                name="decision_one_per_avis",
                violation_error_message="Cet avis a déjà sa décision : un autre aménagement se propose au besoin.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="accepte") | Q(reasons__isnull=False),
                name="decision_refusal_has_reasons",
                violation_error_message="Un refus, même en partie, se motive : écrivez pourquoi en une phrase.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="refuse", review_on__isnull=True)
                | ~Q(outcome="refuse") & Q(review_on__isnull=False, review_on__gt=F("decided_on")),
                name="decision_review_iff_accepted",
                violation_error_message=(
                    "Une mesure acceptée se revoit à une date qui suit la décision ; un refus n’en a pas."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
