"""A séance for several persons, and the attendance that credits each of them (F32; A15)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clefdevoute.records.agenda.models.base import ADMINISTRATIF, PERSONNEL, MomentModel, moment_constraints
from clefdevoute.records.agenda.querysets import AgendaQuerySet
from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Travailleur


class Seance(MomentModel):
    """A collective interview or an awareness séance; one may be both, and is credited for each."""

    class Status(models.TextChoices):
        PLANIFIE = "planifie", "Planifiée"
        REALISE = "realise", "Tenue"
        REPORTE = "reporte", "Reportée"
        ANNULE = "annule", "Annulée"

    OBJETS = (
        ("is_collective_interview", _("Entretien collectif")),
        ("is_strategy", _("Objectifs et stratégie de l’entreprise")),
        ("is_management", _("Implication dans la gestion")),
        ("is_social_economy", _("Principes de l’économie sociale")),
    )

    title = models.CharField("titre", max_length=150)
    is_collective_interview = models.BooleanField("entretien collectif (tâche 1)", default=False)
    is_strategy = models.BooleanField("objectifs et stratégie de l’entreprise (tâche 9)", default=False)
    is_management = models.BooleanField("implication dans la gestion (tâche 9)", default=False)
    is_social_economy = models.BooleanField("principes de l’économie sociale (tâche 11)", default=False)
    status = models.CharField("statut", max_length=10, choices=Status, default=Status.PLANIFIE)

    classes: ClassVar[dict[str, FieldClass]] = MomentModel.classes | {
        "title": ADMINISTRATIF,
        "is_collective_interview": ADMINISTRATIF,
        "is_strategy": ADMINISTRATIF,
        "is_management": ADMINISTRATIF,
        "is_social_economy": ADMINISTRATIF,
        "status": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "séance"
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["entreprise", "starts_at"], name="seance_by_moment")]
        constraints = [
            *moment_constraints("seance"),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="seance_has_a_title",
                violation_error_message="Une séance a un titre : il figure sur la feuille de présence.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.day:%d/%m/%Y}"

    def objets(self) -> list[str]:
        """Name what it is about, in words."""
        return [str(label) for name, label in self.OBJETS if getattr(self, name)]


class Presence(TenantModel):
    """One person at one séance; only a person ticked present is credited."""

    class Status(models.TextChoices):
        INSCRIT = "inscrit", "Inscrit"
        PRESENT = "present", "Présent"
        EXCUSE = "excuse", "Excusé"
        ABSENT = "absent", "Absent"
        REFUSE = "refuse", "Refusé"

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="+", verbose_name="séance")
    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    status = models.CharField("présence", max_length=10, choices=Status, default=Status.INSCRIT)

    objects = AgendaQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {"seance": PERSONNEL, "travailleur": PERSONNEL, "status": PERSONNEL}

    class Meta:
        verbose_name = "présence"
        ordering = ["seance", "travailleur"]
        indexes = [models.Index(fields=["travailleur", "status"], name="presence_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "travailleur"],
                name="presence_once_per_seance",
                violation_error_message="Cette personne est déjà inscrite à cette séance.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()
