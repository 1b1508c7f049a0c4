"""The persons on the register, their contracts and their absences."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TeamQuerySet
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.personnes.models.imports import ImportTravailleurs

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class RegisterModel(TenantModel):
    """A row of the register that remembers when it last changed and which import brought it."""

    modified_at = models.DateTimeField("modifié le")
    imported_in = models.ForeignKey(
        ImportTravailleurs,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="venu par l’import",
        null=True,
        blank=True,
        editable=False,
    )

    objects: Any = TeamQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {"modified_at": ADMINISTRATIF, "imported_in": ADMINISTRATIF}

    class Meta:
        abstract = True


class Travailleur(RegisterModel):
    """A person whom the enterprise engages or has engaged; counted once, whatever the contracts (A3)."""

    class Sex(models.TextChoices):
        FEMME = "f", "Femme"
        HOMME = "h", "Homme"
        AUTRE = "x", "Autre"

    number = models.CharField("numéro interne", max_length=40)
    name = models.CharField("nom", max_length=100)
    first_name = models.CharField("prénom", max_length=100)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    sex = models.CharField("sexe", max_length=1, choices=Sex, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    street = models.CharField("rue et numéro", max_length=200, blank=True)
    postal_code = models.CharField("code postal", max_length=10, blank=True)
    city = models.CharField("localité", max_length=100, blank=True)
    niss = EncryptedTextField("numéro national (NISS)", null=True, blank=True)
    search_key = models.CharField("clé de recherche", max_length=220, editable=False, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = RegisterModel.classes | {
        "number": PERSONNEL,
        "name": PERSONNEL,
        "first_name": PERSONNEL,
        "birth_date": PERSONNEL,
        "sex": PERSONNEL,
        "email": PERSONNEL,
        "phone": PERSONNEL,
        "street": PERSONNEL,
        "postal_code": PERSONNEL,
        "city": PERSONNEL,
        "niss": FieldClass.SECRET_SOCIAL,
        "search_key": PERSONNEL,
    }

    class Meta:
        verbose_name = "travailleur"
        ordering = ["name", "first_name", "number"]
        indexes = [models.Index(fields=["entreprise", "name", "first_name"], name="travailleur_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "number"],
                name="travailleur_number_unique",
                violation_error_message="Un autre travailleur porte déjà ce numéro interne. Donnez-en un autre.",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(name="") & ~Q(first_name=""),
                name="travailleur_named",
                violation_error_message="Un travailleur a un numéro interne, un nom et un prénom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_name}"


class Engagement(RegisterModel):
    """A contract of a person with the enterprise; the last day counts."""

    class ContractKind(models.TextChoices):
        CDI = "cdi", "CDI"
        CDD = "cdd", "CDD"
        REMPLACEMENT = "remplacement", "Remplacement"
        TRAVAIL_DEFINI = "travail_defini", "Travail nettement défini"
        TITRES_SERVICES = "titres_services", "Titres-services"
        ETUDIANT = "etudiant", "Étudiant"
        MISE_A_DISPOSITION = "mise_a_disposition", "Mise à disposition (art. 60 § 7)"
        AUTRE = "autre", "Autre"

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    hours_per_week = models.DecimalField(
        "heures par semaine", max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )
    reference_hours = models.DecimalField("heures d’un temps plein", max_digits=5, decimal_places=2, default=38)
    contract_kind = models.CharField("contrat", max_length=20, choices=ContractKind, default=ContractKind.CDI)
    site = models.CharField("site", max_length=100, blank=True)
    art60 = models.BooleanField("article 60 § 7", default=False)
    cpas_name = models.CharField("CPAS employeur", max_length=150, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = RegisterModel.classes | {
        "travailleur": PERSONNEL,
        "starts_on": PERSONNEL,
        "ends_on": PERSONNEL,
        "hours_per_week": PERSONNEL,
        "reference_hours": ADMINISTRATIF,
        "contract_kind": PERSONNEL,
        "site": PERSONNEL,
        "art60": PERSONNEL,
        "cpas_name": PERSONNEL,
    }

    class Meta:
        verbose_name = "engagement"
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["entreprise", "starts_on"], name="engagement_by_start")]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur", "starts_on", "site"],
                name="engagement_one_per_start_and_site",
                violation_error_message="Cette personne a déjà un contrat qui commence ce jour-là sur ce site.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="engagement_dates_in_order",
                violation_error_message="Le contrat finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0, hours_per_week__lte=50),
                name="engagement_hours_bounds",
                violation_error_message="Les heures par semaine vont de plus de 0 à 50.",
            ),
            models.CheckConstraint(
                condition=Q(reference_hours__gt=0, reference_hours__lte=50),
                name="engagement_reference_hours_bounds",
                violation_error_message="Un temps plein compte plus de 0 et au plus 50 heures par semaine.",
            ),
            models.CheckConstraint(
                condition=Q(art60=True) | Q(cpas_name=""),
                name="engagement_cpas_only_if_art60",
                violation_error_message="Un CPAS employeur ne se donne que pour un travailleur article 60 § 7.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_contract_kind_display()} depuis le {self.starts_on:%d/%m/%Y}"


class Absence(TenantModel):
    """A stretch of days on which the person is on the payroll but not at work."""

    class Kind(models.TextChoices):
        MALADIE = "maladie", "Incapacité de travail"
        LONGUE_DUREE = "longue_duree", "Incapacité de longue durée"
        ACCIDENT = "accident", "Accident du travail"
        MATERNITE = "maternite", "Congé de maternité ou de naissance"
        PARENTAL = "parental", "Congé parental ou thématique"
        SANS_SOLDE = "sans_solde", "Congé sans solde"
        AUTRE = "autre", "Autre absence"

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    kind = models.CharField("sorte d’absence", max_length=20, choices=Kind)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "travailleur": PERSONNEL,
        "kind": PERSONNEL,
        "starts_on": PERSONNEL,
        "ends_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "absence"
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur", "starts_on"],
                name="absence_one_per_start",
                violation_error_message="Une absence commence déjà ce jour-là : corrigez-la.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="absence_dates_in_order",
                violation_error_message="L’absence finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} depuis le {self.starts_on:%d/%m/%Y}"
