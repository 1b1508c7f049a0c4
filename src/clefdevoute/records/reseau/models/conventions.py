"""
The convention with a CPAS about art. 60 § 7 workers: who is under it, who signed, which reports it wants.

Its state is never stored: it follows from dates. A convention takes effect on the later of its first day
and its last signature; work begun before that day is said at once.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.reseau.models.partenaires import Partenaire
from clefdevoute.records.reseau.querysets import ReseauQuerySet
from clefdevoute.records.suivi.models import DossierModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET_SOCIAL = FieldClass.SECRET_SOCIAL


class ConventionCpas(TenantModel):
    """One convention with one CPAS; a renewal is another row that says what it renews."""

    class Renewal(models.TextChoices):
        AUCUN = "aucun", "Sans reconduction"
        EXPRESSE = "expresse", "Reconduction à demander"
        TACITE = "tacite", "Reconduction tacite"

    cpas = models.ForeignKey(Partenaire, on_delete=models.PROTECT, related_name="+", verbose_name="CPAS")
    reference = models.CharField("référence", max_length=60, blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    renewal = models.CharField("reconduction", max_length=8, choices=Renewal, default=Renewal.EXPRESSE)
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="renouvelle"
    )
    sections = models.JSONField("contenu convenu des rapports", default=list, blank=True)
    report_months = models.PositiveSmallIntegerField("un rapport tous les (mois)", null=True, blank=True)
    sent_on = models.DateField("envoyée à signer le", null=True, blank=True)
    signed_on = models.DateField("dernière signature", null=True, blank=True)
    denounced_on = models.DateField("dénoncée avec effet au", null=True, blank=True)
    denounced_reason = models.CharField("motif de la dénonciation", max_length=300, blank=True)
    modified_at = models.DateTimeField("modifiée le")

    objects = ReseauQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = dict.fromkeys(
        (
            "cpas",
            "reference",
            "starts_on",
            "ends_on",
            "renewal",
            "renews",
            "sections",
            "report_months",
            "sent_on",
            "signed_on",
            "denounced_on",
            "denounced_reason",
            "modified_at",
        ),
        ADMINISTRATIF,
    )

    class Meta:
        verbose_name = "convention CPAS"
        verbose_name_plural = "conventions CPAS"
        ordering = ["-starts_on", "id"]
        indexes = [models.Index(fields=["entreprise", "ends_on"], name="convention_cpas_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="convention_cpas_dates_in_order",
                violation_error_message="La convention finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(sent_on__isnull=False),
                name="convention_cpas_signed_once_sent",
                violation_error_message="Une convention se signe après avoir été envoyée : notez d’abord l’envoi.",
            ),
            models.CheckConstraint(
                condition=Q(denounced_on__isnull=True, denounced_reason="")
                | (Q(denounced_on__isnull=False) & ~Q(denounced_reason="")),
                name="convention_cpas_denounced_with_reason",
                violation_error_message="Une dénonciation a sa date et son motif : donnez les deux.",
            ),
            models.CheckConstraint(
                condition=Q(report_months__isnull=True) | Q(report_months__range=(1, 24)),
                name="convention_cpas_report_months_bounds",
                violation_error_message="Un rapport se demande tous les 1 à 24 mois.",
            ),
        ]

    def __str__(self) -> str:
        return f"Convention du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"

    @property
    def effective_on(self) -> dt.date | None:
        """Give the day from which it holds: not before its last signature."""
        return max(self.starts_on, self.signed_on) if self.signed_on else None

    @property
    def last_day(self) -> dt.date:
        """Give the last day on which it holds, denounced or not."""
        return min(self.ends_on, self.denounced_on) if self.denounced_on else self.ends_on


class Signature(TenantModel):
    """Who has to sign a convention, when it was asked, when reminded, when done; the paper is the proof."""

    class Party(models.TextChoices):
        EI = "ei", "Entreprise d’insertion"
        CPAS = "cpas", "CPAS"
        TRAVAILLEUR = "travailleur", "Travailleur"

    convention = models.ForeignKey(ConventionCpas, on_delete=models.PROTECT, related_name="+")
    party = models.CharField("partie", max_length=11, choices=Party)
    name = models.CharField("signataire", max_length=150)
    signed_on = models.DateField("signée le", null=True, blank=True)
    reminded_on = models.DateField("dernière relance", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("relances", default=0)
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="exemplaire signé", null=True, blank=True
    )

    objects = ReseauQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "convention": ADMINISTRATIF,
        "party": ADMINISTRATIF,
        "name": PERSONNEL,
        "signed_on": ADMINISTRATIF,
        "reminded_on": ADMINISTRATIF,
        "reminders": ADMINISTRATIF,
        "proof": PERSONNEL,
    }

    class Meta:
        verbose_name = "signature"
        ordering = ["party", "name", "id"]
        indexes = [models.Index(fields=["convention", "signed_on"], name="signature_by_convention")]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "party", "name"],
                name="signature_one_per_person",
                violation_error_message="Cette personne signe déjà cette convention.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="signature_named",
                violation_error_message="Un signataire a un nom : écrivez-le.",
            ),
            models.CheckConstraint(
                condition=Q(reminders=0, reminded_on__isnull=True) | Q(reminders__gt=0, reminded_on__isnull=False),
                name="signature_reminder_has_a_day",
                violation_error_message="Une relance a sa date : donnez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} : {self.name}"


class ConventionPersonne(DossierModel):
    """A person under a convention, from when to when."""

    convention = models.ForeignKey(ConventionCpas, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "convention": ADMINISTRATIF,
        "starts_on": PERSONNEL,
        "ends_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "personne sous convention"
        verbose_name_plural = "personnes sous convention"
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["entreprise", "ends_on"], name="convention_personne_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "travailleur", "starts_on"],
                name="convention_personne_one_per_start",
                violation_error_message="Cette personne est déjà dans la convention à partir de ce jour.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="convention_personne_dates_in_order",
                violation_error_message="La mise à disposition finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"


class RapportCpas(DossierModel):
    """A report that a convention wants about one person: only the agreed sections, then sent once."""

    class Section(models.TextChoices):
        PRESENCE = "presence", "Présence au travail, sans motif d’absence"
        ENTRETIENS = "entretiens", "Dates des entretiens tenus"
        FORMATION = "formation", "Formations suivies"
        POSTE = "poste", "Évolution au poste de travail"
        PROJET = "projet", "Projet professionnel et démarches"

    class Channel(models.TextChoices):
        COURRIEL = "courriel", "Courriel"
        COURRIER = "courrier", "Courrier postal"
        MAIN = "main", "Remis en main propre"
        PORTAIL = "portail", "Portail du CPAS"

    convention = models.ForeignKey(ConventionCpas, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("attendu le")
    sections = models.JSONField("contenu convenu", default=list)
    text = EncryptedTextField("texte", null=True, blank=True)
    sent_on = models.DateField("envoyé le", null=True, blank=True)
    channel = models.CharField("voie", max_length=8, choices=Channel, blank=True)
    recipient = models.CharField("reçu par", max_length=150, blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    cancelled_reason = models.CharField("annulé parce que", max_length=300, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "convention": ADMINISTRATIF,
        "due_on": PERSONNEL,
        "sections": ADMINISTRATIF,
        "text": SECRET_SOCIAL,
        "sent_on": PERSONNEL,
        "channel": ADMINISTRATIF,
        "recipient": PERSONNEL,
        "sha256": ADMINISTRATIF,
        "cancelled_reason": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "rapport au CPAS"
        verbose_name_plural = "rapports au CPAS"
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["entreprise", "sent_on", "due_on"], name="rapport_cpas_by_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "travailleur", "due_on"],
                name="rapport_cpas_one_per_due",
                violation_error_message="Un rapport est déjà attendu pour cette personne ce jour-là.",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, channel="", recipient="", sha256="")
                | (Q(sent_on__isnull=False) & ~Q(channel="") & ~Q(recipient="") & ~Q(sha256="")),
                name="rapport_cpas_receipt_complete",
                violation_error_message="Un envoi se note avec son jour, sa voie et la personne qui reçoit le rapport.",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(cancelled_reason=""),
                name="rapport_cpas_sent_or_cancelled",
                violation_error_message="Un rapport envoyé ne s’annule plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rapport attendu le {self.due_on:%d/%m/%Y}"
