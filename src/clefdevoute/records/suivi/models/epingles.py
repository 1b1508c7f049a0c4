"""« À savoir » : one short line about a person, seen in the list by those who may read her dossier."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel

PERSONNEL = FieldClass.PERSONNEL


class ASavoir(DossierModel):
    """A pinned line; a new one takes its place, the former stays with the day it was replaced."""

    MOST: ClassVar[int] = 140

    text = EncryptedTextField("à savoir")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par"
    )
    written_at = models.DateTimeField("écrit le")
    replaced_at = models.DateTimeField("remplacé le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = {
        "text": FieldClass.SECRET_SOCIAL,
        "author": PERSONNEL,
        "written_at": PERSONNEL,
        "replaced_at": PERSONNEL,
    }

    class Meta:
        verbose_name = "à savoir"
        verbose_name_plural = "à savoir"
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["entreprise", "replaced_at"], name="a_savoir_current")]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur"],
                condition=Q(replaced_at__isnull=True),
                name="a_savoir_one_current",
                violation_error_message="Cette ligne a été changée entre-temps. Rechargez la page, puis recommencez.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("written_at")),
                name="a_savoir_dates_in_order",
                violation_error_message="Une ligne se remplace après avoir été écrite.",
            ),
        ]

    def __str__(self) -> str:
        return f"À savoir, écrit le {self.written_at:%d/%m/%Y}"
