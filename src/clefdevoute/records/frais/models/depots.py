"""What was handed in, file by file: a drop keeps the outcome of each, so that a refused one is never lost."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Accompagnateur

from .factures import Facture
from .querysets import FraisQuerySet

ADMIN = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class Depot(TenantModel):
    """One drop of files, read one by one, each in its own transaction."""

    deposited_at = models.DateTimeField("déposé le")

    classes: ClassVar[dict[str, FieldClass]] = {"deposited_at": ADMIN}

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "dépôt de factures"
        verbose_name_plural = "dépôts de factures"
        ordering = ["-deposited_at", "pk"]

    def __str__(self) -> str:
        return f"Dépôt du {self.deposited_at:%d/%m/%Y}"


class FichierDepose(TenantModel):
    """A file of a drop: the invoice it became, or why it became none and what was kept of it."""

    class Decision(models.IntegerChoices):
        ACCEPTEE = 1, "Acceptée"
        AVERTIE = 2, "Acceptée, à vérifier"
        REFUSEE = 3, "Refusée"

    class Issue(models.TextChoices):
        NOUVELLE = "nouvelle", "Nouvelle"
        DEJA_RECUE = "deja_recue", "Déjà reçue"
        CONFLIT = "conflit", "En conflit"
        REFUSEE = "refusee", "Pas une facture électronique"

    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="+", verbose_name="dépôt")
    rank = models.PositiveSmallIntegerField("rang")
    filename = models.CharField("nom du fichier", max_length=255)
    decision = models.PositiveSmallIntegerField("décision", choices=Decision)
    issue = models.CharField("issue", max_length=12, choices=Issue)
    code = models.CharField("code du refus", max_length=40, blank=True, default="")
    message = models.TextField("raison", blank=True, default="")
    facture = models.ForeignKey(Facture, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="fichier gardé"
    )
    done = models.BooleanField("traité", default=False)

    classes: ClassVar[dict[str, FieldClass]] = {
        "depot": ADMIN,
        "rank": ADMIN,
        "filename": ADMIN,
        "decision": ADMIN,
        "issue": ADMIN,
        "code": ADMIN,
        "message": ADMIN,
        "facture": ADMIN,
        "proof": ADMIN,
        "done": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier déposé"
        verbose_name_plural = "fichiers déposés"
        ordering = ["depot", "decision", "rank"]
        indexes = [models.Index(fields=["entreprise", "issue", "done"], name="fichier_depose_pending")]
        constraints = [
            models.UniqueConstraint(
                fields=["depot", "rank"],
                name="fichier_depose_once_per_rank",
                violation_error_message="Ce rang du dépôt est déjà pris : déposez le fichier à nouveau.",
            ),
            models.CheckConstraint(
                condition=Q(issue="refusee", message__gt="") | (~Q(issue="refusee") & Q(facture__isnull=False)),
                name="fichier_depose_refused_says_why",
                violation_error_message="Un fichier refusé dit pourquoi ; les autres montrent leur facture.",
            ),
        ]

    def __str__(self) -> str:
        return self.filename


class ImportComptes(TenantModel):
    """A CSV of comptes individuels, from the file laid down to its undoing; ``before`` gives back what it changed."""

    class State(models.TextChoices):
        DEPOSE = "depose", "Déposé"
        APPLIQUE = "applique", "Appliqué"
        ANNULE = "annule", "Annulé"

    accompagnateur = models.ForeignKey(Accompagnateur, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    mapping = models.JSONField("colonnes", default=dict, blank=True)
    before = models.JSONField("valeurs d’avant", default=list, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.DEPOSE)
    count = models.PositiveIntegerField("montants écrits", default=0)
    uploaded_at = models.DateTimeField("déposé le")
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "file": PERSONNEL,
        "mapping": ADMIN,
        "before": PERSONNEL,
        "state": ADMIN,
        "count": ADMIN,
        "uploaded_at": ADMIN,
        "applied_at": ADMIN,
    }

    objects = FraisQuerySet.as_manager()

    class Meta:
        verbose_name = "import de comptes individuels"
        verbose_name_plural = "imports de comptes individuels"
        ordering = ["-uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="depose", applied_at__isnull=True)
                | (~Q(state="depose") & Q(applied_at__isnull=False)),
                name="import_comptes_applied_at_iff_applied",
                violation_error_message="Un import appliqué porte la date de son application, et lui seul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file.filename}, {self.get_state_display().lower()}"
