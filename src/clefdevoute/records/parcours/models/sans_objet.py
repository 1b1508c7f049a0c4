"""« Le cas échéant »: an obligation without object for one person, with its reason; never a gap."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel

TACHES = (2, 4, 5, 6, 8, 9, 10)
"""The tasks that may be without object; the others are due to everybody (1, 3, 7, 11)."""


class SansObjet(DossierModel):
    """One task that has no object for one person, from a day until it is lifted."""

    class Reason(models.TextChoices):
        PAS_DE_BESOIN = "pas_de_besoin", "Pas de besoin à ce jour"
        REFUS = "refus", "La personne ne le souhaite pas"
        AUTRE_ACTEUR = "autre_acteur", "Un autre service s’en charge"
        NON_CONCERNE = "non_concerne", "La situation n’existe pas pour cette personne"
        CONTRAT_COURT = "contrat_court", "Le contrat finit trop tôt"
        AUTRE = "autre", "Autre raison"

    task = models.PositiveSmallIntegerField("tâche")
    reason = models.CharField("raison", max_length=13, choices=Reason)
    detail = EncryptedTextField("précision", null=True, blank=True)
    noted_on = models.DateField("noté le")
    lifted_on = models.DateField("levé le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "task": FieldClass.PERSONNEL,
        "reason": FieldClass.PERSONNEL,
        "detail": FieldClass.SECRET_SOCIAL,
        "noted_on": FieldClass.PERSONNEL,
        "lifted_on": FieldClass.PERSONNEL,
    }

    class Meta:
        verbose_name = "tâche sans objet"
        verbose_name_plural = "tâches sans objet"
        ordering = ["task", "-noted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur", "task"],
                condition=Q(lifted_on__isnull=True),
                name="sans_objet_one_open",
                violation_error_message="Cette tâche est déjà sans objet : levez-la d’abord.",
            ),
            models.CheckConstraint(
                condition=Q(task__in=TACHES),
                name="sans_objet_task_may_be",
                violation_error_message="Cette tâche est due à chaque travailleur : elle n’est jamais sans objet.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("noted_on")),
                name="sans_objet_dates_in_order",
                violation_error_message="La levée précède la note : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="autre") | Q(detail__isnull=False),
                name="sans_objet_other_is_said",
                violation_error_message="« Autre raison » s’écrit : dites laquelle en une phrase.",
            ),
        ]

    def __str__(self) -> str:
        return f"Tâche {self.task} sans objet"
