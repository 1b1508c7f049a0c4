"""A reasoned impediment: it explains why an interview could not be held, and never counts as one (A15, P25)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.agenda.models.base import ADMINISTRATIF, PERSONNEL
from clefdevoute.records.agenda.querysets import AgendaQuerySet
from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Travailleur


class Empechement(TenantModel):
    """A stretch during which the person could not come; its reason is a code without medical detail."""

    class Reason(models.TextChoices):
        INCAPACITE = "incapacite", "Incapacité de travail de longue durée"
        ACCIDENT = "accident", "Accident du travail"
        NAISSANCE = "naissance", "Congé de maternité ou de naissance"
        CONGE = "conge", "Congé parental, thématique ou sans solde"
        FORMATION = "formation", "Formation hors de l’entreprise"
        DETENTION = "detention", "Privation de liberté"
        ETRANGER = "etranger", "Séjour à l’étranger"
        AUTRE = "autre", "Autre empêchement"

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    reason = models.CharField("motif", max_length=12, choices=Reason)
    starts_on = models.DateField("premier jour")
    returns_on = models.DateField("jour du retour", null=True, blank=True)
    noted_at = models.DateTimeField("noté le")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = AgendaQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "travailleur": PERSONNEL,
        "reason": PERSONNEL,
        "starts_on": PERSONNEL,
        "returns_on": PERSONNEL,
        "noted_at": ADMINISTRATIF,
        "withdrawn_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "empêchement motivé"
        verbose_name_plural = "empêchements motivés"
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["entreprise", "travailleur"], name="empechement_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(returns_on__isnull=True) | Q(returns_on__gte=F("starts_on")),
                name="empechement_dates_in_order",
                violation_error_message="Le retour précède le premier jour de l’empêchement. Vérifiez les deux dates.",
            ),
            models.UniqueConstraint(
                fields=["travailleur", "starts_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="empechement_one_per_start",
                violation_error_message="Un empêchement commence déjà ce jour-là : corrigez-le.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} depuis le {self.starts_on:%d/%m/%Y}"
