"""
The enterprise, and the shape of every row that belongs to it.

Every other record hangs on ``EntrepriseInsertion`` through ``TenantModel``: no row without its enterprise.
"""

from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact, In

from clefdevoute.law.identifiants.forms import iban_display
from clefdevoute.records.entreprises.querysets import OUTSIDE, TenantQuerySet
from clefdevoute.records.entreprises.validators import validate_bce, validate_iban
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import AppendOnlyModel, RecordModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PUBLIC = FieldClass.PUBLIC
ROLES_OF_ENTREPRISE = (Role.ACCOMPAGNATEUR, Role.SECRETARIAT, Role.GESTIONNAIRE, Role.TRAVAILLEUR)


class EntrepriseInsertionQuerySet(models.QuerySet["EntrepriseInsertion"]):
    """Enterprises: one's own, or all of them for who instructs and who inspects."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this actor may see."""
        if actor.role in OUTSIDE:
            return self.all()
        if actor.role in ROLES_OF_ENTREPRISE and actor.entreprise_id is not None:
            return self.filter(pk=actor.entreprise_id)
        return self.none()


class EntrepriseInsertion(RecordModel):
    """A Walloon entreprise d'insertion, as the annexes name it."""

    class CessationKind(models.TextChoices):
        FAILLITE = "faillite", "Faillite"
        DISSOLUTION = "dissolution", "Dissolution"
        LIQUIDATION_VOLONTAIRE = "liquidation_volontaire", "Liquidation volontaire"
        LIQUIDATION_JUDICIAIRE = "liquidation_judiciaire", "Liquidation judiciaire"

    name = models.CharField("nom", max_length=200)
    bce = models.CharField("numéro d’entreprise (BCE)", max_length=10, validators=[validate_bce])
    file_number = models.CharField("numéro de dossier", max_length=60, blank=True)
    street = models.CharField("rue et numéro", max_length=200, blank=True)
    postal_code = models.CharField("code postal", max_length=10, blank=True)
    city = models.CharField("localité", max_length=100, blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    iban = models.CharField("compte bancaire (IBAN)", max_length=34, blank=True, validators=[validate_iban])
    vat_regime = models.CharField("régime de TVA", max_length=200, blank=True)
    fiscal_year_start_month = models.PositiveSmallIntegerField(
        "premier mois de l’exercice comptable", default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    entreprise_unique = models.CharField("groupe formant une entreprise unique", max_length=100, blank=True)
    reference_hours = models.DecimalField(
        "heures d’un temps plein par semaine", max_digits=5, decimal_places=2, default=38
    )
    niss_enabled = models.BooleanField("enregistrer le numéro national (NISS)", default=False)
    assigned_only = models.BooleanField("dossiers ouverts à qui suit la personne", default=False)
    cessation_kind = models.CharField("fin des paiements", max_length=30, choices=CessationKind, blank=True)
    cessation_on = models.DateField("fin des paiements le", null=True, blank=True)

    objects = EntrepriseInsertionQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "name": PUBLIC,
        "bce": PUBLIC,
        "file_number": ADMINISTRATIF,
        "street": PUBLIC,
        "postal_code": PUBLIC,
        "city": PUBLIC,
        "phone": PUBLIC,
        "iban": ADMINISTRATIF,
        "vat_regime": ADMINISTRATIF,
        "fiscal_year_start_month": ADMINISTRATIF,
        "entreprise_unique": ADMINISTRATIF,
        "reference_hours": ADMINISTRATIF,
        "niss_enabled": ADMINISTRATIF,
        "assigned_only": ADMINISTRATIF,
        "cessation_kind": ADMINISTRATIF,
        "cessation_on": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "entreprise d’insertion"
        verbose_name_plural = "entreprises d’insertion"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["bce"],
                name="entreprise_bce_unique",
                violation_error_message="Une entreprise porte déjà ce numéro BCE : ouvrez-la.",
            ),
            models.CheckConstraint(
                condition=Exact(Length("bce"), 10) & In(Left("bce", 1), ["0", "1"]),
                name="entreprise_bce_ten_digits",
                violation_error_message="Un numéro BCE a dix chiffres et commence par 0 ou 1.",
            ),
            models.CheckConstraint(
                condition=Q(file_number="") | Q(Exact(Left("file_number", 4), "EI02")),
                name="entreprise_file_number_ei02",
                violation_error_message="Un numéro de dossier commence par EI02. Recopiez-le de l’arrêté d’agrément.",
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year_start_month__range=(1, 12)),
                name="entreprise_fiscal_month_1_to_12",
                violation_error_message="Le premier mois de l’exercice va de 1 (janvier) à 12 (décembre).",
            ),
            models.CheckConstraint(
                condition=Q(reference_hours__gt=0, reference_hours__lte=50),
                name="entreprise_reference_hours_bounds",
                violation_error_message="Un temps plein compte plus de 0 et au plus 50 heures par semaine.",
            ),
            models.CheckConstraint(
                condition=Q(cessation_kind="", cessation_on__isnull=True)
                | (~Q(cessation_kind="") & Q(cessation_on__isnull=False)),
                name="entreprise_cessation_kind_iff_date",
                violation_error_message="La fin des paiements a un motif et une date, ou aucun des deux.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def bce_display(self) -> str:
        """Write the ten digits as the annexes do."""
        return f"{self.bce[:4]}.{self.bce[4:7]}.{self.bce[7:]}"

    @property
    def iban_display(self) -> str:
        """Write the account in groups of four, as on paper."""
        return iban_display(self.iban) if self.iban else ""


class TenantModel(RecordModel):
    """A row that belongs to one enterprise; every row carries it so that any engine can spread them."""

    entreprise = models.ForeignKey(
        EntrepriseInsertion, on_delete=models.PROTECT, related_name="+", verbose_name="entreprise"
    )

    objects: Any = TenantQuerySet.as_manager()

    class Meta:
        abstract = True


class AppendOnlyTenantModel(AppendOnlyModel):
    """A row of one enterprise that is written once and never changed; the database refuses it."""

    entreprise = models.ForeignKey(
        EntrepriseInsertion, on_delete=models.PROTECT, related_name="+", verbose_name="entreprise"
    )

    objects: Any = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
