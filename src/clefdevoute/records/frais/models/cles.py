"""The allocation key: a percentage with its written reasoning, dated, reused month after month (A20)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel, TenantModel
from clefdevoute.records.foundation.classification import FieldClass

from .querysets import FraisQuerySet


class CleRepartition(TenantModel):
    """
    A key by its name, such as « Bureau de l’accompagnatrice ».

    What it is worth is in its dated versions: a line takes the version in force on the line's day.
    """

    name = models.CharField("nom", max_length=120)
    closed = models.BooleanField("n’est plus proposée", default=False)

    classes: ClassVar[dict[str, FieldClass]] = {
        "name": FieldClass.ADMINISTRATIF,
        "closed": FieldClass.ADMINISTRATIF,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "clé de répartition"
        verbose_name_plural = "clés de répartition"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "name"],
                name="cle_one_per_name",
                violation_error_message="Une clé porte déjà ce nom : révisez-la, ou choisissez un autre nom.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="cle_has_a_name",
                violation_error_message="Donnez un nom à la clé, par exemple « Bureau de l’accompagnatrice ».",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VersionCle(AppendOnlyTenantModel):
    """What a key is worth from a day on, and why; of two versions of the same day the last written holds."""

    cle = models.ForeignKey(CleRepartition, on_delete=models.PROTECT, related_name="+", verbose_name="clé")
    since = models.DateField("depuis le")
    percent = models.DecimalField("pourcentage", max_digits=7, decimal_places=4)
    basis = models.TextField("raisonnement écrit")
    recorded_at = models.DateTimeField("écrite le")

    classes: ClassVar[dict[str, FieldClass]] = {
        "cle": FieldClass.ADMINISTRATIF,
        "since": FieldClass.ADMINISTRATIF,
        "percent": FieldClass.ADMINISTRATIF,
        "basis": FieldClass.ADMINISTRATIF,
        "recorded_at": FieldClass.ADMINISTRATIF,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "version d’une clé de répartition"
        verbose_name_plural = "versions des clés de répartition"
        ordering = ["since", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100),
                name="version_cle_percent_within_100",
                violation_error_message="Une clé va de plus de 0 à 100 %% : corrigez le pourcentage.",
            ),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="version_cle_has_a_basis",
                violation_error_message=(
                    "Écrivez sur quoi la clé se fonde (m², ETP, nombre de lignes…) : l’annexe le demande."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % depuis le {self.since:%d/%m/%Y}"
