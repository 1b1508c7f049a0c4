"""What a cost becomes in Tables A and B: an imputed invoice, or a recurring charge without invoice."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel, TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Accompagnateur

from .cles import CleRepartition
from .factures import Facture, Fournisseur
from .querysets import FraisQuerySet

ADMIN = FieldClass.ADMINISTRATIF


class LigneFrais(TenantModel):
    """
    Part of an invoice on a line of Table A or B, with its key.

    ``net`` and ``vat`` are the part of the invoice taken as basis, in euros, signed as written; the
    key then takes its percentage. The month is the invoice's issue date (A6), so it is not stored.
    """

    class Authorisation(models.TextChoices):
        SANS_OBJET = "sans_objet", "En Belgique, ou sans déplacement"
        NON_DEMANDEE = "non_demandee", "À l’étranger, sans demande"
        EN_ATTENTE = "en_attente", "Demandée, en attente"
        ACCORDEE = "accordee", "Accordée"
        REFUSEE = "refusee", "Refusée"

    facture = models.ForeignKey(Facture, on_delete=models.PROTECT, related_name="+")
    line = models.CharField("poste", max_length=60)
    cle = models.ForeignKey(CleRepartition, on_delete=models.PROTECT, related_name="+", verbose_name="clé")
    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="accompagnateur"
    )
    net = models.DecimalField("base hors TVA", max_digits=14, decimal_places=2)
    vat = models.DecimalField("TVA de la base", max_digits=14, decimal_places=2)
    abroad = models.CharField(
        "mission à l’étranger", max_length=12, choices=Authorisation, default=Authorisation.SANS_OBJET
    )
    abroad_reference = models.CharField("référence de l’autorisation", max_length=120, blank=True, default="")
    abroad_granted_on = models.DateField("autorisation accordée le", null=True, blank=True)
    abroad_departure_on = models.DateField("départ le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = {
        "facture": ADMIN,
        "line": ADMIN,
        "cle": ADMIN,
        "accompagnateur": FieldClass.PERSONNEL,
        "net": ADMIN,
        "vat": ADMIN,
        "abroad": ADMIN,
        "abroad_reference": ADMIN,
        "abroad_granted_on": ADMIN,
        "abroad_departure_on": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "imputation"
        ordering = ["facture__issue_date", "facture__piece_number", "line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(line=""),
                name="ligne_frais_has_a_line",
                violation_error_message="Choisissez le poste du tableau A ou B.",
            ),
            models.CheckConstraint(
                condition=~Q(abroad="accordee")
                | (~Q(abroad_reference="") & Q(abroad_granted_on__isnull=False, abroad_departure_on__isnull=False)),
                name="ligne_frais_abroad_with_reference",
                violation_error_message=(
                    "Une autorisation accordée porte sa référence, sa date et le jour du départ : complétez-les."
                ),
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0, vat__gte=0) | Q(net__lte=0, vat__lte=0),
                name="ligne_frais_net_and_vat_same_sign",
                violation_error_message="La base hors TVA et sa TVA ont le même signe : corrigez l’une des deux.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} : {self.net}"


class ChargeRecurrente(TenantModel):
    """
    A charge that comes back without invoice, such as the rent of a lease; due dates follow by themselves.

    A new amount is a new charge: the old one ends the day before, so that past months keep theirs.
    """

    class Every(models.IntegerChoices):
        MOIS = 1, "Chaque mois"
        TRIMESTRE = 3, "Chaque trimestre"
        SEMESTRE = 6, "Chaque semestre"
        ANNEE = 12, "Chaque année"

    name = models.CharField("nom", max_length=120)
    fournisseur = models.ForeignKey(
        Fournisseur, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="fournisseur"
    )
    net = models.DecimalField("montant hors TVA", max_digits=12, decimal_places=2)
    vat = models.DecimalField("TVA", max_digits=12, decimal_places=2, default=0)
    due_day = models.PositiveSmallIntegerField("jour d’échéance")
    every_months = models.PositiveSmallIntegerField("périodicité", choices=Every, default=Every.MOIS)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    line = models.CharField("poste", max_length=60)
    cle = models.ForeignKey(CleRepartition, on_delete=models.PROTECT, related_name="+", verbose_name="clé")
    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="accompagnateur"
    )
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="bail ou contrat"
    )

    classes: ClassVar[dict[str, FieldClass]] = {
        "name": ADMIN,
        "fournisseur": ADMIN,
        "net": ADMIN,
        "vat": ADMIN,
        "due_day": ADMIN,
        "every_months": ADMIN,
        "starts_on": ADMIN,
        "ends_on": ADMIN,
        "line": ADMIN,
        "cle": ADMIN,
        "accompagnateur": FieldClass.PERSONNEL,
        "proof": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "charge récurrente"
        verbose_name_plural = "charges récurrentes"
        ordering = ["name", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="charge_dates_in_order",
                violation_error_message="La charge finit avant de commencer : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lte=31),
                name="charge_due_day_in_month",
                violation_error_message="Le jour d’échéance va de 1 à 31 ; en fin de mois court, le dernier jour vaut.",
            ),
            models.CheckConstraint(
                condition=Q(net__gt=0, vat__gte=0),
                name="charge_amount_positive",
                violation_error_message="Tapez le montant d’une échéance, plus grand que zéro.",
            ),
            models.CheckConstraint(
                condition=Q(every_months__in=[1, 3, 6, 12]),
                name="charge_known_rhythm",
                violation_error_message="Choisissez chaque mois, trimestre, semestre ou année.",
            ),
            models.CheckConstraint(
                condition=~Q(line=""),
                name="charge_has_a_line",
                violation_error_message="Choisissez le poste du tableau A ou B.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AnneeFigee(AppendOnlyTenantModel):
    """
    A stretch of days whose costs were sent to the administration: from then on they no longer change.

    Written by the subsidies above when a package is sent; here so that costs need not know subsidies.
    """

    start = models.DateField("du")
    end = models.DateField("au")
    frozen_at = models.DateTimeField("figée le")

    classes: ClassVar[dict[str, FieldClass]] = {"start": ADMIN, "end": ADMIN, "frozen_at": ADMIN}

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "année figée"
        verbose_name_plural = "années figées"
        ordering = ["start", "frozen_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="annee_figee_dates_in_order",
                violation_error_message="L’année figée finit avant de commencer : corrigez ses dates.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.start:%d/%m/%Y} – {self.end:%d/%m/%Y}"
