"""What the person thinks of her bilan, in her own words, and her signature under it (F76, demandes 54 et 55)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.suivi.models.base import DossierModel
from clefdevoute.records.suivi.models.bilans import Bilan

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class AvisTravailleur(DossierModel):
    """What the person answers to her bilan; a second thought is a second row, the newest counts."""

    class Avis(models.TextChoices):
        ACCORD = "accord", "D’accord"
        EN_PARTIE = "en_partie", "D’accord en partie"
        DESACCORD = "desaccord", "Pas d’accord"

    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="+", verbose_name="bilan")
    avis = models.CharField("avis", max_length=9, choices=Avis)
    words = EncryptedTextField("ses mots", null=True, blank=True)
    given_on = models.DateField("donné le")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )
    recorded_at = models.DateTimeField("noté le")

    classes: ClassVar[dict[str, FieldClass]] = {
        "bilan": PERSONNEL,
        "avis": SECRET,
        "words": SECRET,
        "given_on": PERSONNEL,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "avis du travailleur"
        verbose_name_plural = "avis des travailleurs"
        ordering = ["-given_on", "-recorded_at", "-id"]
        indexes = [models.Index(fields=["bilan", "given_on"], name="avis_by_bilan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(avis__in=["accord", "en_partie", "desaccord"]),
                name="avis_is_one_of_three",
                violation_error_message="L’avis est : d’accord, d’accord en partie ou pas d’accord. Choisissez-en un.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_avis_display()}, le {self.given_on:%d/%m/%Y}"

    @property
    def phrase(self) -> str:
        """Say what a signature under this opinion means."""
        return {
            self.Avis.ACCORD: "Je signe : je suis d’accord.",
            self.Avis.EN_PARTIE: "Je signe : je suis d’accord en partie. Mes mots disent sur quoi je ne le suis pas.",
            self.Avis.DESACCORD: "Je signe : j’ai lu, et je ne suis pas d’accord.",
        }[self.Avis(self.avis)]


class SignatureBilan(DossierModel):
    """The signature of the person under her opinion: drawn on a screen, or the paper scanned back."""

    class Kind(models.TextChoices):
        ECRAN = "ecran", "Signé à l’écran"
        PAPIER = "papier", "Signé sur papier"

    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="+", verbose_name="bilan")
    avis = models.ForeignKey(AvisTravailleur, on_delete=models.PROTECT, related_name="+", verbose_name="avis")
    kind = models.CharField("manière", max_length=6, choices=Kind)
    signed_on = models.DateField("signé le")
    strokes = EncryptedTextField("traits", null=True, blank=True)
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="page signée"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="enregistré par"
    )
    recorded_at = models.DateTimeField("enregistré le")

    classes: ClassVar[dict[str, FieldClass]] = {
        "bilan": PERSONNEL,
        "avis": SECRET,
        "kind": PERSONNEL,
        "signed_on": PERSONNEL,
        "strokes": SECRET,
        "proof": SECRET,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "signature du bilan"
        verbose_name_plural = "signatures du bilan"
        ordering = ["-signed_on", "-id"]
        indexes = [models.Index(fields=["bilan", "signed_on"], name="signature_by_bilan")]
        constraints = [
            models.UniqueConstraint(
                fields=["avis"],
                name="signature_once_per_avis",
                violation_error_message="Cet avis est déjà signé. Pour signer à nouveau, notez d’abord un nouvel avis.",
            ),
            models.CheckConstraint(
                condition=Q(kind="ecran", strokes__isnull=False, proof__isnull=True)
                | Q(kind="papier", strokes__isnull=True, proof__isnull=False),
                name="signature_drawn_or_scanned",
                violation_error_message="Une signature est tracée à l’écran, ou déposée comme page signée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} le {self.signed_on:%d/%m/%Y}"
