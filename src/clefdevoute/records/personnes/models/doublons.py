"""Two entries of one name and birth date: what was decided of them, and which rows a joining moved."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel
from clefdevoute.records.entreprises.querysets import TeamQuerySet
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models.travailleurs import Travailleur

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class Homonymie(AppendOnlyTenantModel):
    """One decision about two entries; a later one replaces it, none is rewritten."""

    class Decision(models.TextChoices):
        MEME = "meme", "La même personne"
        DISTINCTES = "distinctes", "Deux personnes"

    kept = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="fiche gardée")
    other = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="autre fiche")
    decision = models.CharField("décision", max_length=10, choices=Decision)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="décidé par"
    )
    decided_at = models.DateTimeField("décidé le")

    objects: Any = TeamQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "kept": PERSONNEL,
        "other": PERSONNEL,
        "decision": PERSONNEL,
        "decided_by": ADMINISTRATIF,
        "decided_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "décision sur deux homonymes"
        verbose_name_plural = "décisions sur deux homonymes"
        ordering = ["decided_at", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(kept=F("other")),
                name="homonymie_of_two_entries",
                violation_error_message="Une fiche ne se compare pas à elle-même : choisissez l’autre.",
            )
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class RangeeJointe(AppendOnlyTenantModel):
    """A row that a joining moved from one entry to the other: what separating them again moves back."""

    homonymie = models.ForeignKey(Homonymie, on_delete=models.PROTECT, related_name="+", verbose_name="décision")
    kind = models.CharField("sorte de rangée", max_length=60)
    row_id = models.UUIDField("rangée")

    objects: Any = TeamQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "homonymie": PERSONNEL,
        "kind": ADMINISTRATIF,
        "row_id": PERSONNEL,
    }

    class Meta:
        verbose_name = "rangée jointe"
        verbose_name_plural = "rangées jointes"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.kind
