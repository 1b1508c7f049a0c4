"""
The health compartment of an adjustment: the only place where a diagnosis may be written.

Nothing points to this table. It is opened by who wrote it, alone, and each opening is journalled.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from clefdevoute.records.amenagements.models.amenagement import Amenagement
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel, DossierQuerySet

SANTE = FieldClass.SANTE


class DiagnosticQuerySet(DossierQuerySet):
    """Diagnoses: who wrote them, while she may open the dossier; nobody else, ever."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own."""
        return super().visible_to(actor).filter(recorded_by_id=actor.user_id)


class DiagnosticAmenagement(DossierModel):
    """What a person told of her health for an adjustment; her words never leave this table."""

    amenagement = models.ForeignKey(Amenagement, on_delete=models.PROTECT, related_name="+", verbose_name="aménagement")
    text = EncryptedTextField("santé")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par"
    )
    recorded_at = models.DateTimeField("écrit le")

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "amenagement": SANTE,
        "text": SANTE,
        "recorded_by": FieldClass.ADMINISTRATIF,
        "recorded_at": FieldClass.ADMINISTRATIF,
    }

    objects: Any = DiagnosticQuerySet.as_manager()

    class Meta:
        verbose_name = "note de santé d’un aménagement"
        verbose_name_plural = "notes de santé d’aménagements"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["amenagement", "recorded_by"],
                name="diagnostic_one_per_author",
                violation_error_message="Vous avez déjà une note de santé ici : ouvrez-la pour la corriger.",
            )
        ]

    def __str__(self) -> str:
        return "Note de santé"
