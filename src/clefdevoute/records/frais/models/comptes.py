"""The compte individuel: the document of a civil year, and its amounts by month."""

import datetime as dt
from calendar import monthrange
from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.frais.composants import ANNUELS, Composant
from clefdevoute.records.personnes.models import Accompagnateur

from .querysets import FraisQuerySet

PERSONNEL = FieldClass.PERSONNEL
ADMIN = FieldClass.ADMINISTRATIF


class MontantCompteIndividuel(TenantModel):
    """
    One component of what an accompagnateur cost in one month.

    A month's pay counts on the last day of the month; a yearly item counts on its payment date (A6).
    """

    accompagnateur = models.ForeignKey(Accompagnateur, on_delete=models.PROTECT, related_name="+")
    month = models.DateField("mois")
    component = models.CharField("élément", max_length=20, choices=[(item.value, item.label) for item in Composant])
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    paid_on = models.DateField("payé le", null=True, blank=True)
    piece = models.CharField("facture qui le prouve", max_length=200, blank=True, default="")

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "month": ADMIN,
        "component": ADMIN,
        "amount": PERSONNEL,
        "paid_on": ADMIN,
        "piece": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "montant de compte individuel"
        verbose_name_plural = "montants de comptes individuels"
        ordering = ["month", "component", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["accompagnateur", "month", "component"],
                name="montant_compte_once",
                violation_error_message="Ce mois a déjà un montant pour cet élément : corrigez-le.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="montant_compte_month_by_its_first_day",
                violation_error_message="Un mois se désigne par son premier jour.",
            ),
            models.CheckConstraint(
                condition=~Q(component="autres_aides") | Q(amount__gte=0),
                name="montant_compte_aid_positive",
                violation_error_message="Écrivez l’aide positive : elle se déduit d’elle-même.",
            ),
            models.CheckConstraint(
                condition=~Q(component__in=["pecule_vacances", "prime_fin_annee"]) | Q(paid_on__isnull=False),
                name="montant_compte_yearly_has_payment_date",
                violation_error_message="Un élément annuel compte à sa date de paiement : donnez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_component_display()} {self.month:%m/%Y} : {self.amount}"

    @property
    def counted_on(self) -> dt.date:
        """Say which day places the amount in an agrément year (A6)."""
        if self.component in ANNUELS and self.paid_on:
            return self.paid_on
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])


class CompteIndividuel(TenantModel):
    """The document itself, one civil year of one accompagnateur; sent with the justification (A22)."""

    class Nature(models.TextChoices):
        DEFINITIF = "definitif", "Compte individuel"
        PROVISOIRE = "provisoire", "Compte individuel provisoire"
        FICHES_PAIE = "fiches_paie", "Fiches de paie"

    accompagnateur = models.ForeignKey(Accompagnateur, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("année civile")
    nature = models.CharField("nature", max_length=12, choices=Nature)
    proof = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    received_on = models.DateField("reçu le")
    replaced = models.BooleanField("remplacé par un autre", default=False)

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "year": ADMIN,
        "nature": ADMIN,
        "proof": PERSONNEL,
        "received_on": ADMIN,
        "replaced": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "compte individuel"
        verbose_name_plural = "comptes individuels"
        ordering = ["year", "received_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["accompagnateur", "year"],
                condition=Q(replaced=False),
                name="compte_individuel_one_in_force",
                violation_error_message="Un document est déjà là pour cette année : remplacez-le.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="compte_individuel_plausible_year",
                violation_error_message="L’année civile s’écrit en quatre chiffres, par exemple 2026.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.year}"
