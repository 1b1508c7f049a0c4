"""The ledger of de minimis aids, so that the room under the ceiling can be told on any day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass

from .querysets import SubventionQuerySet
from .subvention import Subvention

ADMIN = FieldClass.ADMINISTRATIF


class AideDeMinimis(TenantModel):
    """One aid, on the date its right was granted; of the enterprise or of its entreprise unique."""

    class Regulation(models.TextChoices):
        SIEG = "sieg", "De minimis SIEG"
        GENERAL = "general", "De minimis général"

    granted_on = models.DateField("octroyée le")
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    regulation = models.CharField("règlement", max_length=12, choices=Regulation)
    grantor = models.CharField("autorité", max_length=200)
    group_member = models.CharField("autre entreprise du groupe", max_length=200, blank=True, default="")
    subvention = models.ForeignKey(
        Subvention, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="subvention"
    )

    classes: ClassVar[dict[str, FieldClass]] = {
        "granted_on": ADMIN,
        "amount": ADMIN,
        "regulation": ADMIN,
        "grantor": ADMIN,
        "group_member": ADMIN,
        "subvention": ADMIN,
    }

    objects = SubventionQuerySet.as_manager()

    class Meta:
        verbose_name = "aide de minimis"
        verbose_name_plural = "aides de minimis"
        ordering = ["granted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="aide_amount_positive",
                violation_error_message="Tapez le montant octroyé, plus grand que zéro.",
            ),
            models.UniqueConstraint(
                fields=["subvention"],
                condition=Q(subvention__isnull=False),
                name="aide_one_per_subvention",
                violation_error_message="La subvention de cette année est déjà au registre : corrigez sa ligne.",
            ),
            models.CheckConstraint(
                condition=~Q(grantor=""),
                name="aide_has_a_grantor",
                violation_error_message="Nommez l’autorité qui a octroyé l’aide.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} le {self.granted_on:%d/%m/%Y}"
