"""The training plan (task 4): a need, the Forem's expertise, modules with their hours, an evaluation."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.models import Objectif
from clefdevoute.records.suivi.models.base import DossierModel

PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class PlanFormation(DossierModel):
    """A need for training, tied to an objective where there is one, until its evaluation."""

    class State(models.TextChoices):
        EN_COURS = "en_cours", "En cours"
        EVALUE = "evalue", "Évalué"
        ABANDONNE = "abandonne", "Abandonné"

    objectif = models.ForeignKey(
        Objectif, on_delete=models.PROTECT, related_name="+", verbose_name="objectif", null=True, blank=True
    )
    need = EncryptedTextField("besoin de formation")
    need_on = models.DateField("besoin noté le")
    state = models.CharField("état", max_length=9, choices=State, default=State.EN_COURS)
    closed_on = models.DateField("clos le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "objectif": PERSONNEL,
        "need": SECRET,
        "need_on": PERSONNEL,
        "state": PERSONNEL,
        "closed_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "plan de formation"
        verbose_name_plural = "plans de formation"
        ordering = ["-need_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "state"], name="plan_formation_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="en_cours", closed_on__isnull=True)
                | (~Q(state="en_cours") & Q(closed_on__isnull=False)),
                name="plan_formation_closed_iff_on",
                violation_error_message="Un plan évalué ou abandonné porte sa date, un plan en cours n’en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("need_on")),
                name="plan_formation_dates_in_order",
                violation_error_message="Le plan se clôt avant le besoin : corrigez l’une des deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan de formation du {self.need_on:%d/%m/%Y}"


class DemandeExpertise(DossierModel):
    """What was asked of the Forem for a plan, of whom, and what it answered."""

    class Answer(models.TextChoices):
        FAVORABLE = "favorable", "D’accord avec le plan"
        AUTRE_OFFRE = "autre_offre", "Propose une autre offre"
        INCOMPLET = "incomplet", "Demande un complément"
        DEFAVORABLE = "defavorable", "Défavorable"

    plan = models.ForeignKey(PlanFormation, on_delete=models.PROTECT, related_name="+", verbose_name="plan")
    asked_on = models.DateField("demandée le")
    adviser = models.CharField("conseiller du Forem", max_length=150, blank=True)
    convention_ref = models.CharField("référence de la convention Forem", max_length=100, blank=True)
    answered_on = models.DateField("réponse du", null=True, blank=True)
    answer = models.CharField("réponse", max_length=11, choices=Answer, blank=True)
    answer_text = EncryptedTextField("ce que le Forem répond", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "plan": PERSONNEL,
        "asked_on": PERSONNEL,
        "adviser": PERSONNEL,
        "convention_ref": FieldClass.ADMINISTRATIF,
        "answered_on": PERSONNEL,
        "answer": PERSONNEL,
        "answer_text": SECRET,
    }

    class Meta:
        verbose_name = "demande d’expertise"
        verbose_name_plural = "demandes d’expertise"
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(
                fields=["entreprise", "asked_on"], condition=Q(answered_on__isnull=True), name="expertise_unanswered"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="expertise_answer_iff_on",
                violation_error_message="Une réponse du Forem porte sa date ; sans réponse, laissez les deux vides.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="expertise_dates_in_order",
                violation_error_message="La réponse précède la demande : corrigez l’une des deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Expertise demandée le {self.asked_on:%d/%m/%Y}"


class ModuleFormation(DossierModel):
    """One module of a plan: who gives it, the hours planned, its cost, its result."""

    class Result(models.TextChoices):
        PREVU = "prevu", "Prévu ou en cours"
        REUSSI = "reussi", "Réussi"
        SUIVI = "suivi", "Suivi, sans évaluation"
        ECHOUE = "echoue", "Non réussi"
        INTERROMPU = "interrompu", "Interrompu"

    plan = models.ForeignKey(PlanFormation, on_delete=models.PROTECT, related_name="+", verbose_name="plan")
    partenaire = models.ForeignKey(
        Partenaire, on_delete=models.PROTECT, related_name="+", verbose_name="opérateur", null=True, blank=True
    )
    title = models.CharField("intitulé", max_length=200)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    hours_planned = models.DecimalField("heures prévues", max_digits=6, decimal_places=2)
    cost = models.DecimalField(
        "coût", max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    result = models.CharField("résultat", max_length=10, choices=Result, default=Result.PREVU)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "plan": PERSONNEL,
        "partenaire": PERSONNEL,
        "title": PERSONNEL,
        "starts_on": PERSONNEL,
        "ends_on": PERSONNEL,
        "hours_planned": PERSONNEL,
        "cost": PERSONNEL,
        "result": PERSONNEL,
    }

    class Meta:
        verbose_name = "module de formation"
        verbose_name_plural = "modules de formation"
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["entreprise", "result", "starts_on"], name="module_by_result")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="module_has_a_title",
                violation_error_message="Il manque l’intitulé du module : écrivez-le.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="module_dates_in_order",
                violation_error_message="Le module finit avant de commencer : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(hours_planned__gt=0),
                name="module_hours_planned_positive",
                violation_error_message="Un module prévoit plus de zéro heure : écrivez-les, par exemple 24.",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="module_cost_not_negative",
                violation_error_message="Un coût n’est pas négatif : écrivez 0 si le module est gratuit.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class HeuresModule(DossierModel):
    """The hours that the person attended on one day of a module."""

    module = models.ForeignKey(ModuleFormation, on_delete=models.PROTECT, related_name="+", verbose_name="module")
    held_on = models.DateField("jour")
    hours = models.DecimalField("heures suivies", max_digits=4, decimal_places=2)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "module": PERSONNEL,
        "held_on": PERSONNEL,
        "hours": PERSONNEL,
    }

    class Meta:
        verbose_name = "heures suivies"
        verbose_name_plural = "heures suivies"
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "held_on"],
                name="heures_one_row_a_day",
                violation_error_message="Ce jour est déjà noté pour ce module : corrigez-le.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=24),
                name="heures_within_a_day",
                violation_error_message="Un jour compte de 0 à 24 heures : 0 dit que la personne était absente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y}"


class EvaluationFormation(DossierModel):
    """What a plan gave, said once, when it is closed."""

    class Outcome(models.TextChoices):
        ATTEINT = "atteint", "Le besoin est rencontré"
        EN_PARTIE = "en_partie", "Le besoin l’est en partie"
        NON_ATTEINT = "non_atteint", "Le besoin reste entier"
        ABANDON = "abandon", "Le plan est abandonné"

    plan = models.ForeignKey(PlanFormation, on_delete=models.PROTECT, related_name="+", verbose_name="plan")
    held_on = models.DateField("évalué le")
    outcome = models.CharField("bilan du plan", max_length=11, choices=Outcome)
    text = EncryptedTextField("ce que la personne et vous en retenez", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "plan": PERSONNEL,
        "held_on": PERSONNEL,
        "outcome": PERSONNEL,
        "text": SECRET,
    }

    class Meta:
        verbose_name = "évaluation d’un plan"
        verbose_name_plural = "évaluations de plans"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                name="evaluation_one_per_plan",
                violation_error_message="Ce plan est déjà évalué : ouvrez-en un autre pour un nouveau besoin.",
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
