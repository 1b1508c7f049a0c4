"""The synthesis of the actions (task 7, part 3): made from the records, frozen sealed, confirmed by a person."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class Synthese(DossierModel):
    """One synthesis as it read when it was made; a newer one never changes it."""

    content = EncryptedTextField("contenu figé")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="produite par"
    )
    made_at = models.DateTimeField("produite à")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="confirmée par",
        null=True,
        blank=True,
    )
    confirmed_at = models.DateTimeField("confirmée à", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = {
        "content": FieldClass.SECRET_SOCIAL,
        "made_by": ADMINISTRATIF,
        "made_at": PERSONNEL,
        "confirmed_by": ADMINISTRATIF,
        "confirmed_at": PERSONNEL,
    }

    class Meta:
        verbose_name = "synthèse des actions"
        verbose_name_plural = "synthèses des actions"
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["travailleur", "-made_at"], name="synthese_by_person")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="synthese_confirmed_by_iff_at",
                violation_error_message="Une confirmation a un auteur et une date, ou aucun des deux.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("made_at")),
                name="synthese_confirmed_after_made",
                violation_error_message="Une synthèse se confirme après avoir été produite.",
            ),
        ]

    def __str__(self) -> str:
        return f"Synthèse du {self.made_at:%d/%m/%Y}"
