"""
A reasonable adjustment (task 10) as the accompagnateur keeps it: need, analysis, measure, reviews.

Nothing here is read by the head of the enterprise: she reads the frozen notice (``avis.py``). No column
of this table leads to the diagnosis, which is in a table of its own (``sante.py``).
"""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel

PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class Outcome(models.TextChoices):
    """What the head of the enterprise decides."""

    ACCEPTE = "accepte", "Accepté"
    PARTIEL = "partiel", "Accepté en partie"
    REFUSE = "refuse", "Refusé"


class Amenagement(DossierModel):
    """One adjustment, its five steps dated in order; a decision is copied here with its day and its review."""

    class Kind(models.TextChoices):
        POSTE = "poste", "Poste de travail"
        HORAIRE = "horaire", "Horaire ou temps de travail"
        TACHES = "taches", "Répartition des tâches"
        MATERIEL = "materiel", "Outil ou matériel adapté"
        ACCES = "acces", "Accès aux lieux"
        COMMUNICATION = "communication", "Consignes et communication"
        ACCOMPAGNEMENT = "accompagnement", "Accompagnement au poste"
        AUTRE = "autre", "Autre mesure"

    class AskedBy(models.TextChoices):
        TRAVAILLEUR = "travailleur", "Le travailleur"
        ACCOMPAGNATEUR = "accompagnateur", "L’accompagnateur"
        ENCADRANT = "encadrant", "L’encadrant"
        SERVICE = "service", "Un service extérieur"

    class CloseReason(models.TextChoices):
        TERMINE = "termine", "Plus nécessaire"
        RETIRE = "retire", "La personne retire sa demande"
        SORTIE = "sortie", "La personne a quitté l’entreprise"
        REFUSE = "refuse", "Refusé, sans suite"

    need = EncryptedTextField("ce qui gêne au travail")
    need_on = models.DateField("besoin noté le")
    asked_by = models.CharField("demandé par", max_length=14, choices=AskedBy)
    kind = models.CharField("sorte de mesure", max_length=14, choices=Kind, blank=True)
    analysis = EncryptedTextField("analyse du poste", null=True, blank=True)
    measure = EncryptedTextField("mesure proposée", null=True, blank=True)
    cost = models.DecimalField(
        "coût estimé", max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    analysed_on = models.DateField("analysé le", null=True, blank=True)
    notified_on = models.DateField("avis remis le", null=True, blank=True)
    decided_on = models.DateField("décidé le", null=True, blank=True)
    outcome = models.CharField("décision", max_length=7, choices=Outcome, blank=True)
    told_on = models.DateField("décision dite à la personne le", null=True, blank=True)
    review_on = models.DateField("à revoir le", null=True, blank=True)
    closed_on = models.DateField("clos le", null=True, blank=True)
    close_reason = models.CharField("motif de clôture", max_length=7, choices=CloseReason, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "need": SECRET,
        "need_on": PERSONNEL,
        "asked_by": PERSONNEL,
        "kind": PERSONNEL,
        "analysis": SECRET,
        "measure": SECRET,
        "cost": PERSONNEL,
        "analysed_on": PERSONNEL,
        "notified_on": PERSONNEL,
        "decided_on": PERSONNEL,
        "outcome": PERSONNEL,
        "told_on": PERSONNEL,
        "review_on": PERSONNEL,
        "closed_on": PERSONNEL,
        "close_reason": PERSONNEL,
    }

    class Meta:
        verbose_name = "aménagement raisonnable"
        verbose_name_plural = "aménagements raisonnables"
        ordering = ["-need_on", "-id"]
        indexes = [
            models.Index(fields=["entreprise", "need_on"], name="amenagement_by_need"),
            models.Index(
                fields=["entreprise", "review_on"], condition=Q(closed_on__isnull=True), name="amenagement_open_review"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(analysed_on__isnull=True, measure__isnull=True, kind="")
                | Q(analysed_on__gte=F("need_on"), analysed_on__isnull=False, measure__isnull=False) & ~Q(kind=""),
                name="amenagement_analysis_follows_need",
                violation_error_message=(
                    "L’analyse suit le besoin et conclut par une sorte de mesure et une mesure : complétez-la."
                ),
            ),
            models.CheckConstraint(
                condition=Q(notified_on__isnull=True) | Q(analysed_on__isnull=False, notified_on__gte=F("analysed_on")),
                name="amenagement_notice_follows_analysis",
                violation_error_message="L’avis suit l’analyse : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, outcome="")
                | Q(decided_on__isnull=False, notified_on__isnull=False, decided_on__gte=F("notified_on"))
                & ~Q(outcome=""),
                name="amenagement_decision_follows_notice",
                violation_error_message="La décision suit l’avis et porte sa date : corrigez l’une des deux.",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(decided_on__isnull=False, told_on__gte=F("decided_on")),
                name="amenagement_told_follows_decision",
                violation_error_message="La personne apprend la décision après qu’elle est prise : corrigez la date.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(outcome__in=["accepte", "partiel"]),
                name="amenagement_review_of_what_was_accepted",
                violation_error_message="Seul un aménagement accepté, en tout ou en partie, se revoit.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, close_reason="")
                | Q(closed_on__isnull=False, closed_on__gte=F("need_on")) & ~Q(close_reason=""),
                name="amenagement_closed_with_reason",
                violation_error_message="Un aménagement clos a une date, qui suit le besoin, et un motif.",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="amenagement_cost_not_negative",
                violation_error_message="Un coût n’est pas négatif : écrivez 0 si la mesure est gratuite.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display() or f"Besoin du {self.need_on:%d/%m/%Y}"


class RevueAmenagement(DossierModel):
    """One look back at a measure in place: does it still help, and when to look again."""

    class Result(models.TextChoices):
        MAINTENU = "maintenu", "Maintenu"
        ADAPTER = "adapter", "À adapter"
        TERMINE = "termine", "Plus nécessaire"

    amenagement = models.ForeignKey(Amenagement, on_delete=models.PROTECT, related_name="+", verbose_name="aménagement")
    held_on = models.DateField("revu le")
    result = models.CharField("conclusion", max_length=8, choices=Result)
    note = EncryptedTextField("ce que la personne en dit", null=True, blank=True)
    next_on = models.DateField("prochaine revue le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "amenagement": PERSONNEL,
        "held_on": PERSONNEL,
        "result": PERSONNEL,
        "note": SECRET,
        "next_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "revue d’un aménagement"
        verbose_name_plural = "revues d’aménagements"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["amenagement", "held_on"],
                name="revue_one_a_day",
                violation_error_message="Une revue est déjà notée ce jour-là : corrigez la date.",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("held_on")),
                name="revue_next_is_later",
                violation_error_message="La prochaine revue suit celle-ci : choisissez un jour plus tardif.",
            ),
            models.CheckConstraint(
                condition=Q(result="termine", next_on__isnull=True) | ~Q(result="termine") & Q(next_on__isnull=False),
                name="revue_next_unless_over",
                violation_error_message="Un aménagement maintenu ou à adapter a une prochaine revue ; terminé, aucune.",
            ),
        ]

    def __str__(self) -> str:
        return f"Revue du {self.held_on:%d/%m/%Y}"
