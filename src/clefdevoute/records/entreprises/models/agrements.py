"""Approval periods, the enterprise's own accounting words with their dates, the installation's readings."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models.entreprise import TenantModel
from clefdevoute.records.entreprises.querysets import SharedTenantQuerySet
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import AppendOnlyModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PUBLIC = FieldClass.PUBLIC


class Agrement(TenantModel):
    """A period of approval: two years, then four, then without end."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "Initial (2 ans)"
        RENOUVELE = "renouvele", "Renouvelé (4 ans)"
        INDETERMINE = "indetermine", "À durée indéterminée"

    kind = models.CharField("durée", max_length=20, choices=Kind)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    decision = models.CharField("décision (référence)", max_length=200, blank=True)

    objects = SharedTenantQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "kind": ADMINISTRATIF,
        "starts_on": ADMINISTRATIF,
        "ends_on": ADMINISTRATIF,
        "decision": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "agrément"
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "starts_on"],
                name="agrement_one_per_start",
                violation_error_message="Un agrément commence déjà à cette date : corrigez-le.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="agrement_dates_in_order",
                violation_error_message="L’agrément finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(kind="indetermine", ends_on__isnull=True)
                | (~Q(kind="indetermine") & Q(ends_on__isnull=False)),
                name="agrement_ends_iff_not_indetermine",
                violation_error_message="Un agrément de 2 ou 4 ans a une fin ; à durée indéterminée, il n’en a pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, depuis le {self.starts_on:%d/%m/%Y}"


class Suspension(TenantModel):
    """Days on which the approval, or its subsidies, are suspended."""

    agrement = models.ForeignKey(Agrement, on_delete=models.PROTECT, related_name="+", verbose_name="agrément")
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    reason = models.CharField("motif", max_length=300, blank=True)

    objects = SharedTenantQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "agrement": ADMINISTRATIF,
        "starts_on": ADMINISTRATIF,
        "ends_on": ADMINISTRATIF,
        "reason": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "suspension"
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["agrement", "starts_on"],
                name="suspension_one_per_start",
                violation_error_message="Une suspension commence déjà à cette date.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="suspension_dates_in_order",
                violation_error_message="La suspension finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
        ]

    def __str__(self) -> str:
        if self.ends_on:
            return f"Suspension du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"
        return f"Suspension depuis le {self.starts_on:%d/%m/%Y}"


class PartTvaDeductible(TenantModel):
    """The share of VAT that the enterprise deducts, from a date on (reading A19)."""

    starts_on = models.DateField("à partir du")
    percent = models.DecimalField(
        "part déductible (%)",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    objects = SharedTenantQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {"starts_on": ADMINISTRATIF, "percent": ADMINISTRATIF}

    class Meta:
        verbose_name = "part de TVA déductible"
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "starts_on"],
                name="part_tva_one_per_start",
                violation_error_message="Une part de TVA commence déjà à cette date. Corrigez-la.",
            ),
            models.CheckConstraint(
                condition=Q(percent__range=(0, 100)),
                name="part_tva_percent_0_to_100",
                violation_error_message="La part de TVA déductible va de 0 à 100 pour cent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % depuis le {self.starts_on:%d/%m/%Y}"


class CompteLigne(TenantModel):
    """The enterprise's own account number for a line of Tables A and B, from a date on."""

    line = models.SlugField("ligne du tableau", max_length=60, db_index=False)
    account = models.CharField("compte de l’entreprise", max_length=20)
    label = models.CharField("intitulé de l’entreprise", max_length=200, blank=True)
    starts_on = models.DateField("à partir du")

    objects = SharedTenantQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "line": ADMINISTRATIF,
        "account": ADMINISTRATIF,
        "label": ADMINISTRATIF,
        "starts_on": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "compte d’une ligne"
        ordering = ["line", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "line", "starts_on"],
                name="compte_ligne_one_per_start",
                violation_error_message="Cette ligne a déjà un compte à partir de cette date. Corrigez-le.",
            ),
            models.CheckConstraint(
                condition=~Q(account=""),
                name="compte_ligne_account_given",
                violation_error_message="Donnez le numéro de compte de l’entreprise, par exemple 611000.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} : {self.account}"


class LectureQuerySet(models.QuerySet["Lecture"]):
    """Readings are the installation's: every signed-in role sees which one is in force."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: a reading explains amounts, it names nobody."""
        return self.all()


class Lecture(AppendOnlyModel):
    """A reading chosen by the installation, from a date on, with its reason (A27); never per enterprise."""

    key = models.CharField("lecture", max_length=60)
    value = models.CharField("choix", max_length=200)
    starts_on = models.DateField("à partir du")
    reason = models.CharField("motivation", max_length=1000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="enregistré par"
    )
    recorded_at = models.DateTimeField("enregistré le")

    objects = LectureQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "key": PUBLIC,
        "value": PUBLIC,
        "starts_on": PUBLIC,
        "reason": PUBLIC,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "lecture"
        ordering = ["key", "starts_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="lecture_reason_given",
                violation_error_message="Une lecture se motive : écrivez pourquoi l’installation la choisit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} depuis le {self.starts_on:%d/%m/%Y}"
