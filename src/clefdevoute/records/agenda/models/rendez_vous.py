"""An appointment of one person with one accompagnateur: when, where and how it went, never what was said."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.agenda.models.base import ADMINISTRATIF, PERSONNEL, MomentModel, moment_constraints
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Travailleur


class RendezVous(MomentModel):
    """An appointment; only an entretien held face to face winds a clock (A15)."""

    class Kind(models.TextChoices):
        ENTRETIEN = "entretien", "Entretien individuel"
        VISITE = "visite", "Visite sur le lieu de travail"
        DEMARCHE = "demarche", "Démarche à l’extérieur"
        AUTRE = "autre", "Autre rendez-vous"

    class Form(models.TextChoices):
        FACE_A_FACE = "face_a_face", "Face à face"
        TELEPHONE = "telephone", "Téléphone"
        VIDEO = "video", "Vidéo"

    class Status(models.TextChoices):
        PLANIFIE = "planifie", "Planifié"
        REALISE = "realise", "Réalisé"
        REPORTE = "reporte", "Reporté"
        EXCUSE = "excuse", "Excusé"
        ABSENT = "absent", "Absent"
        REFUSE = "refuse", "Refusé"
        ANNULE = "annule", "Annulé"

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    kind = models.CharField("sorte de rendez-vous", max_length=10, choices=Kind, default=Kind.ENTRETIEN)
    form = models.CharField("forme", max_length=12, choices=Form, default=Form.FACE_A_FACE)
    status = models.CharField("statut", max_length=10, choices=Status, default=Status.PLANIFIE)
    booked_at = models.DateTimeField("fixé le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = MomentModel.classes | {
        "travailleur": PERSONNEL,
        "kind": PERSONNEL,
        "form": PERSONNEL,
        "booked_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "rendez-vous"
        verbose_name_plural = "rendez-vous"
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["entreprise", "starts_at"], name="rendezvous_by_moment"),
            models.Index(fields=["travailleur", "starts_at"], name="rendezvous_by_person"),
            models.Index(fields=["entreprise", "starts_at"], name="rendezvous_planned", condition=Q(status="planifie")),
        ]
        constraints = [
            *moment_constraints("rendezvous"),
            models.UniqueConstraint(
                fields=["travailleur", "starts_at"],
                condition=Q(status__in=["planifie", "realise"]),
                name="rendezvous_one_at_a_time",
                violation_error_message="Cette personne a déjà un rendez-vous à ce moment-là : changez l’heure.",
            ),
            models.CheckConstraint(
                condition=Q(status="realise") | Q(booked_at__isnull=False),
                name="rendezvous_booked_unless_held",
                violation_error_message="Seul un rendez-vous tenu se note sans avoir été fixé d’abord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.day:%d/%m/%Y}"
