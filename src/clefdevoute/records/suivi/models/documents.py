"""
The papers of a dossier, by kind, and those produced from the enterprise's own models (F20, F96).

A title can tell as much as a paper: it is sealed as well. Health papers are in the health compartment.
"""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.suivi.models.base import DossierModel, DossierQuerySet
from clefdevoute.records.suivi.models.bilans import team_reads_health

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class DocumentQuerySet(DossierQuerySet):
    """Papers: the team's, one's own confidential ones, and health by its own rule."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this accompagnateur may open."""
        health = Q(health=False) | team_reads_health(actor, actor.on)
        mine = Q(confidential=False) | Q(author_id=actor.user_id)
        return super().visible_to(actor).filter(health & mine)


class Document(DossierModel):
    """A paper of a dossier: what it is, who may open it, whether it was checked, until when it holds."""

    class Kind(models.TextChoices):
        IDENTITE = "identite", "Pièce d’identité ou de séjour"
        CV = "cv", "CV ou lettre de candidature"
        DIPLOME = "diplome", "Diplôme, titre ou attestation de formation"
        CONTRAT = "contrat", "Contrat ou convention"
        ATTESTATION = "attestation", "Attestation"
        COURRIER = "courrier", "Courrier ou décision reçue"
        BUDGET = "budget", "Budget ou dettes"
        FAMILLE = "famille", "Famille, garde ou école"
        SANTE = "sante", "Santé"
        AUTRE = "autre", "Autre document"

    class Check(models.TextChoices):
        RECU = "recu", "Reçu"
        VERIFIE = "verifie", "Vérifié"
        REFUSE = "refuse", "Refusé"

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="déposé par"
    )
    kind = models.CharField("sorte", max_length=12, choices=Kind)
    health = models.BooleanField("compartiment santé", default=False)
    title = EncryptedTextField("titre")
    proof = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    confidential = models.BooleanField("lu de son auteur seul", default=False)
    received_on = models.DateField("reçu le")
    expires_on = models.DateField("vaut jusqu’au", null=True, blank=True)
    check_state = models.CharField("contrôle", max_length=8, choices=Check, default=Check.RECU)
    checked_on = models.DateField("contrôlé le", null=True, blank=True)
    refusal = EncryptedTextField("raison du refus", null=True, blank=True)
    recorded_at = models.DateTimeField("déposé le")

    objects: Any = DocumentQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "author": ADMINISTRATIF,
        "kind": SECRET,
        "health": FieldClass.SANTE,
        "title": SECRET,
        "proof": SECRET,
        "confidential": ADMINISTRATIF,
        "received_on": PERSONNEL,
        "expires_on": PERSONNEL,
        "check_state": PERSONNEL,
        "checked_on": PERSONNEL,
        "refusal": SECRET,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "document du dossier"
        verbose_name_plural = "documents du dossier"
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["travailleur", "received_on"], name="document_by_person"),
            models.Index(
                fields=["entreprise", "expires_on"], condition=Q(expires_on__isnull=False), name="document_expiring"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="sante", health=True) | (~Q(kind="sante") & Q(health=False)),
                name="document_health_by_kind",
                violation_error_message="Un document de santé, et lui seul, va dans le compartiment santé.",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("received_on")),
                name="document_expires_after_receipt",
                violation_error_message="Ce document était déjà échu à sa réception : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(check_state="recu", checked_on__isnull=True, refusal__isnull=True)
                | Q(check_state="verifie", checked_on__isnull=False, refusal__isnull=True)
                | Q(check_state="refuse", checked_on__isnull=False, refusal__isnull=False),
                name="document_check_dated_refusal_reasoned",
                violation_error_message="Un contrôle porte sa date ; un refus dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def state(self, on: dt.date) -> str:
        """Say where the paper stands on a day: Reçu, Vérifié, Refusé or Expiré."""
        if self.expires_on is not None and self.expires_on < on:
            return "Expiré"
        return str(self.get_check_state_display())


class ModeleQuerySet(TenantQuerySet):
    """The models of an enterprise: its accompagnateurs."""

    inside: ClassVar[frozenset[Role]] = frozenset({Role.ACCOMPAGNATEUR})


class ModeleDocument(TenantModel):
    """A .docx of the enterprise with tags that the product fills; a new version is a new row, the old one retires."""

    name = models.CharField("nom", max_length=120)
    version = models.PositiveSmallIntegerField("version", default=1)
    proof = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="déposé par"
    )
    uploaded_at = models.DateTimeField("déposé le")
    retired_on = models.DateField("retiré le", null=True, blank=True)

    objects: Any = ModeleQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "name": ADMINISTRATIF,
        "version": ADMINISTRATIF,
        "proof": ADMINISTRATIF,
        "uploaded_by": ADMINISTRATIF,
        "uploaded_at": ADMINISTRATIF,
        "retired_on": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "modèle de document"
        verbose_name_plural = "modèles de document"
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "name"],
                condition=Q(retired_on__isnull=True),
                name="modele_one_in_use_per_name",
                violation_error_message="Un modèle porte déjà ce nom : donnez-en un autre, ou remplacez-le.",
            ),
            models.UniqueConstraint(
                fields=["entreprise", "name", "version"],
                name="modele_version_once",
                violation_error_message="Cette version du modèle existe déjà : recommencez.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="modele_named",
                violation_error_message="Un modèle porte un nom : écrivez-le.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"


class DocumentProduit(DossierModel):
    """A document made for a person from a model, kept as it was given."""

    modele = models.ForeignKey(
        ModeleDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="modèle"
    )
    source = models.CharField("d’après", max_length=160)
    proof = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    produced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="produit par"
    )
    produced_at = models.DateTimeField("produit le")

    classes: ClassVar[dict[str, FieldClass]] = {
        "modele": ADMINISTRATIF,
        "source": ADMINISTRATIF,
        "proof": SECRET,
        "produced_by": ADMINISTRATIF,
        "produced_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "document produit"
        verbose_name_plural = "documents produits"
        ordering = ["-produced_at", "-id"]
        indexes = [models.Index(fields=["travailleur", "produced_at"], name="document_produit_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=""),
                name="document_produit_names_its_model",
                violation_error_message="Un document produit dit d’après quel modèle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, le {self.produced_at:%d/%m/%Y}"
