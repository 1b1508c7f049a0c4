"""What a year leaves behind for ever: money moved, the frozen décompte, the sworn statement, the package."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel, TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile

from .querysets import PreparationQuerySet, SubventionQuerySet
from .subvention import Subvention

ADMIN = FieldClass.ADMINISTRATIF


class Mouvement(AppendOnlyTenantModel):
    """
    Money that moved for a year; never changed: a mistake is cancelled by a movement that names it.

    Amounts are positive; the kind says which way. A cancelling row repeats the amount.
    """

    class Kind(models.TextChoices):
        AVANCE = "avance", "Avance reçue"
        SOLDE = "solde", "Solde reçu"
        REMBOURSEMENT = "remboursement", "Remboursement versé"

    subvention = models.ForeignKey(Subvention, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("sorte", max_length=16, choices=Kind)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    moved_on = models.DateField("date")
    reference = models.CharField("référence", max_length=200, blank=True, default="")
    cancels = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="annule"
    )
    recorded_at = models.DateTimeField("enregistré le")
    recorded_by = models.UUIDField("enregistré par")

    classes: ClassVar[dict[str, FieldClass]] = {
        "subvention": ADMIN,
        "kind": ADMIN,
        "amount": ADMIN,
        "moved_on": ADMIN,
        "reference": ADMIN,
        "cancels": ADMIN,
        "recorded_at": ADMIN,
        "recorded_by": ADMIN,
    }

    objects = SubventionQuerySet.as_manager()

    class Meta:
        verbose_name = "mouvement"
        ordering = ["moved_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="mouvement_amount_positive",
                violation_error_message="Un mouvement a un montant plus grand que zéro ; la sorte dit son sens.",
            ),
            models.UniqueConstraint(
                fields=["cancels"],
                condition=Q(cancels__isnull=False),
                name="mouvement_cancelled_once",
                violation_error_message="Ce mouvement est déjà annulé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.amount}"


class DecompteFige(AppendOnlyTenantModel):
    """A décompte as it was decided on: the whole explanation, its readings and the version of the law."""

    subvention = models.ForeignKey(Subvention, on_delete=models.PROTECT, related_name="+")
    explained = models.JSONField("explication")
    readings = models.JSONField("lectures", default=dict, blank=True)
    law_version = models.CharField("version du droit", max_length=64)
    sha256 = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figé le")
    frozen_by = models.UUIDField("figé par")

    classes: ClassVar[dict[str, FieldClass]] = {
        "subvention": ADMIN,
        "explained": FieldClass.PERSONNEL,
        "readings": ADMIN,
        "law_version": ADMIN,
        "sha256": ADMIN,
        "frozen_at": ADMIN,
        "frozen_by": ADMIN,
    }

    objects = SubventionQuerySet.as_manager()

    class Meta:
        verbose_name = "décompte figé"
        verbose_name_plural = "décomptes figés"
        ordering = ["-frozen_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="decompte_fige_has_its_hash",
                violation_error_message="Un décompte figé porte l’empreinte de son contenu.",
            )
        ]

    def __str__(self) -> str:
        return f"décompte du {self.frozen_at:%d/%m/%Y}"


class DeclarationHonneur(TenantModel):
    """The déclaration sur l’honneur: generated, signed by the head of the enterprise, posted as original (A21)."""

    subvention = models.ForeignKey(Subvention, on_delete=models.PROTECT, related_name="+")
    decompte = models.ForeignKey(
        DecompteFige, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="décompte"
    )
    generated_at = models.DateTimeField("produite le")
    amount = models.DecimalField("montant déclaré", max_digits=12, decimal_places=2)
    signatory = models.CharField("signataire", max_length=200, blank=True, default="")
    quality = models.CharField("qualité du signataire", max_length=120, blank=True, default="")
    place = models.CharField("lieu de signature", max_length=120, blank=True, default="")
    document = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="document produit"
    )
    signed_on = models.DateField("signée le", null=True, blank=True)
    signed_document = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="document signé"
    )
    posted_on = models.DateField("original posté le", null=True, blank=True)
    replaced = models.BooleanField("remplacée par une autre", default=False)

    classes: ClassVar[dict[str, FieldClass]] = {
        "subvention": ADMIN,
        "decompte": ADMIN,
        "generated_at": ADMIN,
        "amount": ADMIN,
        "signatory": FieldClass.PERSONNEL,
        "quality": ADMIN,
        "place": ADMIN,
        "document": ADMIN,
        "signed_on": ADMIN,
        "signed_document": FieldClass.PERSONNEL,
        "posted_on": ADMIN,
        "replaced": ADMIN,
    }

    objects = PreparationQuerySet.as_manager()

    class Meta:
        verbose_name = "déclaration sur l’honneur"
        verbose_name_plural = "déclarations sur l’honneur"
        ordering = ["-generated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subvention"],
                condition=Q(replaced=False),
                name="declaration_one_in_force",
                violation_error_message="Cette année a déjà sa déclaration : produisez-en une autre, qui la remplace.",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True) | Q(signed_on__isnull=False, posted_on__gte=F("signed_on")),
                name="declaration_posted_after_signed",
                violation_error_message="La déclaration se signe avant de se poster : corrigez les dates.",
            ),
            models.CheckConstraint(
                condition=Q(signed_document__isnull=True) | Q(signed_on__isnull=False),
                name="declaration_signed_document_has_date",
                violation_error_message="Le document signé porte une date de signature : donnez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"déclaration du {self.generated_at:%d/%m/%Y}"


class DossierTransmis(AppendOnlyTenantModel):
    """The package as it left: the ZIP, the list of its pieces with their hashes, the receipt."""

    class Channel(models.TextChoices):
        FORMULAIRE = "formulaire_en_ligne", "Formulaire en ligne de l’administration"
        COURRIEL = "courriel", "Courriel"
        COURRIER = "courrier", "Courrier"
        DEPOT = "depot", "Remis en main propre"

    subvention = models.ForeignKey(Subvention, on_delete=models.PROTECT, related_name="+")
    decompte = models.ForeignKey(DecompteFige, on_delete=models.PROTECT, related_name="+", verbose_name="décompte")
    package = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="dossier ZIP")
    pieces = models.JSONField("liste des pièces")
    receipt_number = models.CharField("numéro de récépissé", max_length=60)
    channel = models.CharField("voie", max_length=20, choices=Channel)
    sent_on = models.DateField("envoyé le")
    recorded_at = models.DateTimeField("enregistré le")
    recorded_by = models.UUIDField("enregistré par")

    classes: ClassVar[dict[str, FieldClass]] = {
        "subvention": ADMIN,
        "decompte": ADMIN,
        "package": FieldClass.PERSONNEL,
        "pieces": ADMIN,
        "receipt_number": ADMIN,
        "channel": ADMIN,
        "sent_on": ADMIN,
        "recorded_at": ADMIN,
        "recorded_by": ADMIN,
    }

    objects = SubventionQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier transmis"
        verbose_name_plural = "dossiers transmis"
        ordering = ["-recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "receipt_number"],
                name="dossier_one_per_receipt",
                violation_error_message="Ce numéro de récépissé est déjà donné : ce dossier a déjà été enregistré.",
            ),
            models.CheckConstraint(
                condition=~Q(receipt_number=""),
                name="dossier_has_a_receipt",
                violation_error_message="Un dossier transmis porte un numéro de récépissé.",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier {self.receipt_number}"
