"""Proof files: kept under the hash of their content, one copy per enterprise and never across."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models.base import RecordModel

_EVERYDAY = [FieldClass.PUBLIC, FieldClass.ADMINISTRATIF, FieldClass.PERSONNEL]


class ProofFileQuerySet(models.QuerySet["ProofFile"]):
    """Proofs, as an actor may see them."""

    def visible_to(self, actor: Actor) -> "ProofFileQuerySet":
        """
        Those of the own enterprise, by class; a health proof opens for who recorded it alone.

        Others (administration, inspection, travailleur) reach a proof through the row that it proves.
        """
        if actor.entreprise_id is None:
            return self.none()
        own = self.filter(entreprise_id=actor.entreprise_id)
        health = Q(classe=FieldClass.SANTE, stored_by=actor.user_id)
        if actor.role is Role.ACCOMPAGNATEUR:
            return own.filter(Q(classe__in=[*_EVERYDAY, FieldClass.SECRET_SOCIAL]) | health)
        if actor.role is Role.GESTIONNAIRE:
            return own.filter(Q(classe__in=_EVERYDAY) | health)
        return self.none()


class ProofFile(RecordModel):
    """A file someone handed in: its hash, its type found in the content, its cleaned name."""

    classes: ClassVar = {
        "entreprise_id": FieldClass.ADMINISTRATIF,
        "sha256": FieldClass.ADMINISTRATIF,
        "size": FieldClass.ADMINISTRATIF,
        "media_type": FieldClass.ADMINISTRATIF,
        "filename": FieldClass.PERSONNEL,
        "classe": FieldClass.ADMINISTRATIF,
        "stored_by": FieldClass.ADMINISTRATIF,
        "stored_at": FieldClass.ADMINISTRATIF,
    }

    entreprise_id = models.UUIDField("entreprise")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    media_type = models.CharField("type", max_length=100)
    filename = models.CharField("nom du fichier", max_length=200)
    classe = models.CharField("classe", max_length=20, default=FieldClass.PERSONNEL)
    stored_by = models.UUIDField("déposé par")
    stored_at = models.DateTimeField("déposé le")

    objects = ProofFileQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce"
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise_id", "sha256", "classe"],
                condition=~Q(classe=FieldClass.SANTE),
                name="proof_file_once",
                violation_error_message="Ce fichier est déjà déposé : reprenez la pièce existante.",
            ),
            models.UniqueConstraint(
                fields=["entreprise_id", "sha256", "stored_by"],
                condition=Q(classe=FieldClass.SANTE),
                name="proof_file_once_health",
                violation_error_message="Vous avez déjà déposé ce fichier : reprenez la pièce existante.",
            ),
        ]

    def __str__(self) -> str:
        return self.filename
