"""Proof files: kept under the hash of their content, one copy per enterprise and never across."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import SECRET, FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.foundation.models.base import RecordModel

_SECRET = sorted(SECRET)
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
    """
    A file someone handed in: its hash, its type found in the content, its cleaned name.

    A name can tell as much as the paper (« Certificat dépression Lia.pdf »): that of a secret proof is sealed too.
    """

    classes: ClassVar = {
        "entreprise_id": FieldClass.ADMINISTRATIF,
        "sha256": FieldClass.ADMINISTRATIF,
        "size": FieldClass.ADMINISTRATIF,
        "media_type": FieldClass.ADMINISTRATIF,
        "plain_name": FieldClass.PERSONNEL,
        "sealed_name": FieldClass.SANTE,
        "classe": FieldClass.ADMINISTRATIF,
        "stored_by": FieldClass.ADMINISTRATIF,
        "stored_at": FieldClass.ADMINISTRATIF,
    }

    entreprise_id = models.UUIDField("entreprise")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    media_type = models.CharField("type", max_length=100)
    plain_name = models.CharField("nom du fichier", max_length=200, blank=True)
    sealed_name = EncryptedTextField("nom du fichier, scellé", null=True, blank=True)
    classe = models.CharField("classe", max_length=20, default=FieldClass.PERSONNEL)
    stored_by = models.UUIDField("déposé par")
    stored_at = models.DateTimeField("déposé le")

    objects = ProofFileQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce"
        constraints = [
            models.CheckConstraint(
                condition=Q(classe__in=_SECRET, plain_name="", sealed_name__isnull=False)
                | (~Q(classe__in=_SECRET) & ~Q(plain_name="") & Q(sealed_name__isnull=True)),
                name="proof_file_name_sealed_when_secret",
                violation_error_message="Le nom d’une pièce secrète est scellé ; toute pièce a un nom.",
            ),
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
        # What a journal would write of it: never the name that a person gave.
        return f"pièce {self.sha256[:8]}"

    @property
    def filename(self) -> str:
        """Give the name it was handed in under, for who may open it."""
        return str(self.sealed_name or self.plain_name)

    @filename.setter
    def filename(self, name: str) -> None:
        """Keep a name where its class wants it."""
        secret = self.classe in SECRET
        self.plain_name, self.sealed_name = ("", name) if secret else (name, None)
