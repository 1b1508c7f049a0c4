"""Suppliers and what they send: invoices and credit notes, as written, with the file that proves them."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.law.identifiants.forms import bce_display
from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile

from .cles import CleRepartition
from .querysets import FraisQuerySet

ADMIN = FieldClass.ADMINISTRATIF


class Fournisseur(TenantModel):
    """A supplier, matched on the ten digits or the foreign VAT number; remembers its line and its key."""

    name = models.CharField("nom", max_length=200)
    enterprise_number = models.CharField("numéro d’entreprise", max_length=10, blank=True, default="")
    foreign_vat_id = models.CharField("numéro de TVA étranger", max_length=30, blank=True, default="")
    remembered_line = models.CharField("dernier poste", max_length=60, blank=True, default="")
    remembered_cle = models.ForeignKey(
        CleRepartition, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="dernière clé"
    )

    classes: ClassVar[dict[str, FieldClass]] = {
        "name": FieldClass.PUBLIC,
        "enterprise_number": FieldClass.PUBLIC,
        "foreign_vat_id": FieldClass.PUBLIC,
        "remembered_line": ADMIN,
        "remembered_cle": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "fournisseur"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise_number="") | Q(enterprise_number__regex=r"^[01][0-9]{9}$"),
                name="fournisseur_number_ten_digits",
                violation_error_message="Un numéro d’entreprise belge a dix chiffres et commence par 0 ou 1.",
            ),
            models.CheckConstraint(
                condition=Q(enterprise_number="") | Q(foreign_vat_id=""),
                name="fournisseur_one_identifier",
                violation_error_message="Un fournisseur a un numéro belge ou un numéro étranger, pas les deux.",
            ),
            models.UniqueConstraint(
                fields=["entreprise", "enterprise_number"],
                condition=~Q(enterprise_number=""),
                name="fournisseur_once_per_number",
                violation_error_message="Ce numéro d’entreprise est celui d’un de vos fournisseurs : choisissez-le.",
            ),
            models.UniqueConstraint(
                fields=["entreprise", "foreign_vat_id"],
                condition=~Q(foreign_vat_id=""),
                name="fournisseur_once_per_vat",
                violation_error_message="Ce numéro de TVA est celui d’un de vos fournisseurs : choisissez-le.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number_display(self) -> str:
        """Write the Belgian number as people read it, or the foreign one as it came."""
        return bce_display(self.enterprise_number) if self.enterprise_number else self.foreign_vat_id


class Facture(TenantModel):
    """
    An invoice or a credit note, its amounts as written: a credit note's are positive and the product subtracts them.

    ``piece_number`` is its place in the binder that stays at the seat (A22).
    """

    class Kind(models.TextChoices):
        FACTURE = "facture", "Facture"
        NOTE_CREDIT = "note_credit", "Note de crédit"

    class Source(models.TextChoices):
        UBL = "ubl", "Facture électronique"
        PDF = "pdf", "PDF, montants tapés"
        TYPED = "typed", "Tapée"

    class State(models.TextChoices):
        A_IMPUTER = "a_imputer", "À imputer"
        IMPUTEE = "imputee", "Imputée"
        HORS_PERIODE = "hors_periode", "Hors période"
        CONFLIT = "conflit", "En conflit"
        ECARTEE = "ecartee", "Écartée"

    piece_number = models.PositiveIntegerField("numéro de pièce")
    fournisseur = models.ForeignKey(Fournisseur, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("numéro", max_length=200)
    number_key = models.CharField("numéro, pour comparer", max_length=200)
    kind = models.CharField("sorte", max_length=12, choices=Kind)
    issue_date = models.DateField("date d’émission")
    due_date = models.DateField("échéance", null=True, blank=True)
    period_start = models.DateField("période, du", null=True, blank=True)
    period_end = models.DateField("période, au", null=True, blank=True)
    currency = models.CharField("monnaie", max_length=3, default="EUR")
    net = models.DecimalField("montant hors TVA", max_digits=14, decimal_places=2)
    vat = models.DecimalField("TVA", max_digits=14, decimal_places=2)
    gross = models.DecimalField("montant TVA comprise", max_digits=14, decimal_places=2)
    net_eur = models.DecimalField("hors TVA, en euros", max_digits=14, decimal_places=2, null=True, blank=True)
    vat_eur = models.DecimalField("TVA, en euros", max_digits=14, decimal_places=2, null=True, blank=True)
    eur_proof = models.ForeignKey(
        ProofFile,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="preuve du montant en euros",
    )
    source = models.CharField("origine", max_length=8, choices=Source)
    original = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="fichier reçu"
    )
    warnings = models.JSONField("avertissements", default=list, blank=True)
    credited_number = models.CharField("facture créditée, comme écrite", max_length=200, blank=True, default="")
    credited = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="facture créditée"
    )
    state = models.CharField("état", max_length=12, choices=State, default=State.A_IMPUTER)
    state_reason = models.TextField("motif", blank=True, default="")
    conflict_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="en conflit avec"
    )
    other_subsidy = models.CharField("imputée aussi à une autre subvention", max_length=200, blank=True, default="")
    other_subsidy_percent = models.DecimalField(
        "part imputée à une autre subvention", max_digits=7, decimal_places=4, null=True, blank=True
    )
    received_at = models.DateTimeField("reçue le")

    classes: ClassVar[dict[str, FieldClass]] = {
        "piece_number": ADMIN,
        "fournisseur": ADMIN,
        "number": ADMIN,
        "number_key": ADMIN,
        "kind": ADMIN,
        "issue_date": ADMIN,
        "due_date": ADMIN,
        "period_start": ADMIN,
        "period_end": ADMIN,
        "currency": ADMIN,
        "net": ADMIN,
        "vat": ADMIN,
        "gross": ADMIN,
        "net_eur": ADMIN,
        "vat_eur": ADMIN,
        "eur_proof": ADMIN,
        "source": ADMIN,
        "original": ADMIN,
        "warnings": ADMIN,
        "credited_number": ADMIN,
        "credited": ADMIN,
        "state": ADMIN,
        "state_reason": ADMIN,
        "conflict_with": ADMIN,
        "other_subsidy": ADMIN,
        "other_subsidy_percent": ADMIN,
        "received_at": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "facture"
        ordering = ["issue_date", "piece_number"]
        indexes = [models.Index(fields=["entreprise", "state", "issue_date"], name="facture_inbox")]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "piece_number"],
                name="facture_one_per_piece_number",
                violation_error_message="Ce numéro de pièce est déjà pris : enregistrez de nouveau.",
            ),
            models.UniqueConstraint(
                fields=["fournisseur", "number_key", "kind"],
                condition=~Q(state__in=["conflit", "ecartee"]),
                name="facture_once_per_supplier_number_kind",
                violation_error_message="Cette facture est déjà là : même fournisseur, même numéro. Ouvrez-la.",
            ),
            models.CheckConstraint(
                condition=~Q(number_key=""),
                name="facture_has_a_number",
                violation_error_message="Tapez le numéro de la facture : l’annexe le demande.",
            ),
            models.CheckConstraint(
                # Half a cent of slack: SQLite keeps decimals as binary fractions.
                condition=Q(source="ubl")
                | Q(
                    gross__gt=F("net") + F("vat") - Decimal("0.005"),
                    gross__lt=F("net") + F("vat") + Decimal("0.005"),
                ),
                name="facture_typed_amounts_add_up",
                violation_error_message="Hors TVA plus TVA ne donne pas le montant TVA comprise : vérifiez les trois.",
            ),
            models.CheckConstraint(
                condition=Q(source="typed") | Q(original__isnull=False),
                name="facture_file_iff_not_typed",
                violation_error_message="Une facture électronique ou un PDF garde son fichier : joignez-le.",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(period_start__isnull=False, period_end__isnull=False, period_end__gte=F("period_start")),
                name="facture_period_in_order",
                violation_error_message="La période finit avant de commencer, ou une date manque : corrigez-la.",
            ),
            models.CheckConstraint(
                condition=Q(currency="EUR", net_eur__isnull=True, vat_eur__isnull=True, eur_proof__isnull=True)
                | (
                    ~Q(currency="EUR")
                    & (
                        Q(net_eur__isnull=True, vat_eur__isnull=True, eur_proof__isnull=True)
                        | Q(net_eur__isnull=False, vat_eur__isnull=False, eur_proof__isnull=False)
                    )
                ),
                name="facture_euro_amount_with_proof",
                violation_error_message=(
                    "Le montant en euros va avec sa preuve, et seulement pour une autre monnaie : donnez hors TVA, "
                    "TVA et la preuve du cours."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="ecartee", state_reason__gt="") | ~Q(state="ecartee"),
                name="facture_put_aside_with_reason",
                violation_error_message="Une facture écartée dit pourquoi : écrivez le motif.",
            ),
            models.CheckConstraint(
                condition=Q(state="conflit", conflict_with__isnull=False) | ~Q(state="conflit"),
                name="facture_conflict_names_the_other",
                violation_error_message="Un conflit montre les deux factures : désignez l’autre.",
            ),
            models.CheckConstraint(
                condition=Q(kind="note_credit") | Q(credited__isnull=True, credited_number=""),
                name="facture_only_credit_note_credits",
                violation_error_message="Seule une note de crédit crédite une facture : changez la sorte.",
            ),
            models.CheckConstraint(
                condition=Q(other_subsidy="", other_subsidy_percent__isnull=True)
                | (
                    ~Q(other_subsidy="")
                    & Q(
                        other_subsidy_percent__isnull=False, other_subsidy_percent__gt=0, other_subsidy_percent__lte=100
                    )
                ),
                name="facture_other_subsidy_with_share",
                violation_error_message=(
                    "Une autre subvention se nomme et prend une part de plus de 0 à 100 %% : complétez les deux."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def sign(self) -> int:
        """Say which way the amounts go: a credit note is written positive and subtracted."""
        return -1 if self.kind == self.Kind.NOTE_CREDIT else 1

    @property
    def euros(self) -> tuple[Decimal, Decimal] | None:
        """Give net and VAT in euros as written, or None while a foreign amount has no euro amount."""
        if self.currency == "EUR":
            return self.net, self.vat
        return None if self.net_eur is None or self.vat_eur is None else (self.net_eur, self.vat_eur)


class PieceFacture(TenantModel):
    """A file that came inside or with an invoice, such as the PDF embedded in a UBL."""

    facture = models.ForeignKey(Facture, on_delete=models.PROTECT, related_name="+")
    proof = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    filename = models.CharField("nom du fichier", max_length=255)

    classes: ClassVar[dict[str, FieldClass]] = {"facture": ADMIN, "proof": ADMIN, "filename": ADMIN}

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe à une facture"
        verbose_name_plural = "pièces jointes aux factures"
        ordering = ["filename", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facture", "proof"],
                name="piece_facture_once",
                violation_error_message="Ce fichier est déjà joint à cette facture.",
            )
        ]

    def __str__(self) -> str:
        return self.filename
