"""Data keys of the enterprises, each wrapped by the master key that lives outside the database."""

from typing import ClassVar

from django.db import models

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models.base import RecordModel


class DataKey(RecordModel):
    """One version of an enterprise's data key; useless without the master key."""

    classes: ClassVar = {
        "entreprise_id": FieldClass.ADMINISTRATIF,
        "version": FieldClass.ADMINISTRATIF,
        "master_key": FieldClass.ADMINISTRATIF,
        "wrapped": FieldClass.SECRET_SOCIAL,
        "created_at": FieldClass.ADMINISTRATIF,
    }

    entreprise_id = models.UUIDField("entreprise")
    version = models.PositiveIntegerField("version")
    master_key = models.CharField("clé maîtresse", max_length=16)
    wrapped = models.BinaryField("clé enveloppée", max_length=80)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "clé de données"
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise_id", "version"],
                name="data_key_version",
                violation_error_message="Cette version de la clé existe déjà : recommencez l’opération.",
            )
        ]
