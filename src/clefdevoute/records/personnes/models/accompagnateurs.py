"""The social support workers: what makes them eligible, and the contracts that the subsidy pays."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import SharedTenantQuerySet
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class Accompagnateur(TenantModel):
    """A social support worker of one enterprise; the administration sees who the subsidy pays."""

    class Diploma(models.TextChoices):
        SOCIAL = "social", "Supérieur à orientation sociale"
        PSYCHOLOGIQUE = "psychologique", "Supérieur à orientation psychologique"
        PEDAGOGIQUE = "pedagogique", "Supérieur à orientation pédagogique"
        A_APPRECIER = "a_apprecier", "Supérieur, orientation à apprécier par l’administration"
        AUTRE = "autre", "Autre diplôme supérieur"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="compte",
        null=True,
        blank=True,
    )
    name = models.CharField("nom", max_length=100)
    first_name = models.CharField("prénom", max_length=100)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone fixe", max_length=40, blank=True)
    mobile = models.CharField("téléphone mobile", max_length=40, blank=True)
    diploma = models.CharField("diplôme", max_length=20, choices=Diploma, blank=True)
    diploma_title = models.CharField("intitulé du diplôme", max_length=200, blank=True)
    diploma_on = models.DateField("diplôme obtenu le", null=True, blank=True)
    diploma_proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="copie du diplôme", null=True, blank=True
    )
    functions_start = models.DateField("en fonction depuis le", null=True, blank=True)
    functions_end = models.DateField("en fonction jusqu’au", null=True, blank=True)

    objects = SharedTenantQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "user": ADMINISTRATIF,
        "name": PERSONNEL,
        "first_name": PERSONNEL,
        "birth_date": PERSONNEL,
        "email": PERSONNEL,
        "phone": PERSONNEL,
        "mobile": PERSONNEL,
        "diploma": PERSONNEL,
        "diploma_title": PERSONNEL,
        "diploma_on": PERSONNEL,
        "diploma_proof": PERSONNEL,
        "functions_start": ADMINISTRATIF,
        "functions_end": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "accompagnateur"
        ordering = ["name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "user"],
                condition=Q(user__isnull=False),
                name="accompagnateur_one_per_user",
                violation_error_message="Ce compte est déjà celui d’un accompagnateur de l’entreprise.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(first_name=""),
                name="accompagnateur_named",
                violation_error_message="Un accompagnateur a un nom et un prénom.",
            ),
            models.CheckConstraint(
                condition=Q(functions_end__isnull=True) | Q(functions_end__gte=F("functions_start")),
                name="accompagnateur_functions_in_order",
                violation_error_message="Les fonctions finissent avant d’avoir commencé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=~Q(diploma="") | Q(diploma_title="", diploma_on__isnull=True, diploma_proof__isnull=True),
                name="accompagnateur_diploma_kind_given",
                violation_error_message="Choisissez l’orientation du diplôme avant son intitulé, sa date ou sa copie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.name}"


class PeriodeExperience(TenantModel):
    """A stretch of experience that may make an accompagnateur eligible (A9), with its paper."""

    class Kind(models.TextChoices):
        ACCOMPAGNEMENT_SOCIAL = "accompagnement_social", "Fonction d’accompagnement social"
        RESPONSABILITE_RH = "responsabilite_rh", "Responsabilité liée aux ressources humaines, insertion"
        ENCADREMENT = "encadrement", "Encadrement dans l’insertion (avis préalable à demander)"
        PSYCHOSOCIAL = "psychosocial", "Accompagnement psychosocial (avis préalable à demander)"
        AUTRE = "autre", "Autre"

    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="accompagnateur"
    )
    kind = models.CharField("sorte d’expérience", max_length=30, choices=Kind)
    employer = models.CharField("employeur", max_length=200)
    function = models.CharField("fonction", max_length=200, blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="preuve", null=True, blank=True
    )

    objects = SharedTenantQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "kind": PERSONNEL,
        "employer": PERSONNEL,
        "function": PERSONNEL,
        "starts_on": PERSONNEL,
        "ends_on": PERSONNEL,
        "proof": PERSONNEL,
    }

    class Meta:
        verbose_name = "période d’expérience"
        verbose_name_plural = "périodes d’expérience"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="experience_dates_in_order",
                violation_error_message="L’expérience finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer}, depuis le {self.starts_on:%d/%m/%Y}"


class ContratAccompagnateur(TenantModel):
    """A contract of an accompagnateur; the one for support opens the advance, a second one is for other tasks."""

    class Kind(models.TextChoices):
        ACCOMPAGNEMENT = "accompagnement", "Accompagnement social"
        SECOND = "second", "Second contrat, autres tâches"

    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="accompagnateur"
    )
    kind = models.CharField("contrat", max_length=20, choices=Kind, default=Kind.ACCOMPAGNEMENT)
    hours_per_week = models.DecimalField("heures par semaine", max_digits=5, decimal_places=2)
    reference_hours = models.DecimalField("heures d’un temps plein", max_digits=5, decimal_places=2, default=38)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    weekdays = models.CharField("jours de la semaine", max_length=7, blank=True)
    sent_on = models.DateField("envoyé à l’administration le", null=True, blank=True)
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="contrat signé", null=True, blank=True
    )

    objects = SharedTenantQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "kind": ADMINISTRATIF,
        "hours_per_week": ADMINISTRATIF,
        "reference_hours": ADMINISTRATIF,
        "starts_on": ADMINISTRATIF,
        "ends_on": ADMINISTRATIF,
        "weekdays": ADMINISTRATIF,
        "sent_on": ADMINISTRATIF,
        "proof": PERSONNEL,
    }

    class Meta:
        verbose_name = "contrat d’accompagnateur"
        verbose_name_plural = "contrats d’accompagnateur"
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["accompagnateur", "kind", "starts_on"],
                name="contrat_one_per_kind_and_start",
                violation_error_message="Un contrat de cette sorte commence déjà ce jour-là. Corrigez-le.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contrat_dates_in_order",
                violation_error_message="Le contrat finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0, hours_per_week__lte=F("reference_hours")),
                name="contrat_hours_within_reference",
                violation_error_message="Les heures par semaine vont de plus de 0 aux heures d’un temps plein.",
            ),
            models.CheckConstraint(
                condition=Q(reference_hours__gt=0, reference_hours__lte=50),
                name="contrat_reference_hours_bounds",
                violation_error_message="Un temps plein compte plus de 0 et au plus 50 heures par semaine.",
            ),
            models.CheckConstraint(
                condition=Q(kind="accompagnement") | ~Q(weekdays=""),
                name="contrat_second_has_weekdays",
                violation_error_message=(
                    "Un second contrat dit ses jours de la semaine : ils séparent les deux fonctions à un contrôle."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.hours_per_week} h depuis le {self.starts_on:%d/%m/%Y}"
