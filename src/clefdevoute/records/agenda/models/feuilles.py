"""The attendance sheet as it was signed: the paper that proves who came."""

from typing import ClassVar

from django.db import models

from clefdevoute.records.agenda.models.seances import Seance
from clefdevoute.records.agenda.querysets import AgendaQuerySet
from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile

ADMINISTRATIF = FieldClass.ADMINISTRATIF


class FeuillePresence(TenantModel):
    """A scan of a signed sheet; one joined by mistake is withdrawn, its paper stays."""

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="+", verbose_name="séance")
    proof = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="feuille signée")
    joined_at = models.DateTimeField("jointe le")
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = AgendaQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "seance": FieldClass.PERSONNEL,
        "proof": FieldClass.PERSONNEL,
        "joined_at": ADMINISTRATIF,
        "withdrawn_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "feuille de présence signée"
        verbose_name_plural = "feuilles de présence signées"
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "proof"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="feuille_once_per_seance",
                violation_error_message="Ce fichier est déjà joint à cette séance : rien n’a changé.",
            ),
        ]

    def __str__(self) -> str:
        return f"Feuille signée de {self.seance}"
