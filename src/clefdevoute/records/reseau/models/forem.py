"""
What may go to the Forem, what went, and what came back (task 8 of the eleven; P26).

The facts of a packet live in two rows that the person may have corrected at any time. What left is
written once: a later correction never changes what the Forem received. The NISS is in no row.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models import DossierModel, DossierQuerySet

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET_SOCIAL = FieldClass.SECRET_SOCIAL


class RechercheEmploi(DossierModel):
    """A time during which a person is DEI, and whether she is looking for work."""

    dei_since = models.DateField("DEI depuis le")
    ends_on = models.DateField("plus DEI depuis le", null=True, blank=True)
    seeking = models.BooleanField("cherche un emploi", default=False)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "dei_since": PERSONNEL,
        "ends_on": PERSONNEL,
        "seeking": PERSONNEL,
    }

    class Meta:
        verbose_name = "recherche d’emploi"
        ordering = ["-dei_since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur"],
                condition=Q(ends_on__isnull=True),
                name="recherche_emploi_one_open",
                violation_error_message="Cette personne est déjà notée DEI : corrigez la période en cours.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("dei_since")),
                name="recherche_emploi_dates_in_order",
                violation_error_message="La période finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"DEI depuis le {self.dei_since:%d/%m/%Y}"


class ProfilForem(DossierModel):
    """What a packet may say of a person besides her name: facts useful to find work, and no other (P26)."""

    class Permis(models.TextChoices):
        AUCUN = "aucun", "Aucun"
        AM = "am", "AM"
        A = "a", "A"
        B = "b", "B"
        BE = "be", "BE"
        C = "c", "C"
        CE = "ce", "CE"
        D = "d", "D"
        G = "g", "G"

    class Mobilite(models.TextChoices):
        PIED = "pied", "À pied ou à vélo"
        TRANSPORT_PUBLIC = "transport_public", "En transport public"
        VOITURE = "voiture", "En voiture"
        DEUX_ROUES = "deux_roues", "En deux-roues à moteur"

    class Regime(models.TextChoices):
        TEMPS_PLEIN = "temps_plein", "Temps plein"
        TEMPS_PARTIEL = "temps_partiel", "Temps partiel"
        INDIFFERENT = "indifferent", "Temps plein ou partiel"

    languages = models.JSONField("langues", default=list, blank=True)
    permits = models.JSONField("permis de conduire", default=list, blank=True)
    experience = EncryptedTextField("expérience professionnelle", null=True, blank=True)
    titles = EncryptedTextField("titres et diplômes", null=True, blank=True)
    wanted = models.JSONField("métiers souhaités", default=list, blank=True)
    mobility = models.JSONField("mobilité", default=list, blank=True)
    radius_km = models.PositiveSmallIntegerField("distance acceptée (km)", null=True, blank=True)
    available_on = models.DateField("disponible à partir du", null=True, blank=True)
    regime = models.CharField("régime de travail", max_length=13, choices=Regime, blank=True)
    hours_note = EncryptedTextField("horaires possibles", null=True, blank=True)
    modified_at = models.DateTimeField("modifié le")

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "languages": PERSONNEL,
        "permits": PERSONNEL,
        "experience": SECRET_SOCIAL,
        "titles": SECRET_SOCIAL,
        "wanted": PERSONNEL,
        "mobility": PERSONNEL,
        "radius_km": PERSONNEL,
        "available_on": PERSONNEL,
        "regime": PERSONNEL,
        "hours_note": SECRET_SOCIAL,
        "modified_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "profil pour la recherche d’emploi"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur"],
                name="profil_forem_one_per_person",
                violation_error_message="Cette personne a déjà un profil : corrigez-le.",
            ),
            models.CheckConstraint(
                condition=Q(radius_km__isnull=True) | Q(radius_km__lte=300),
                name="profil_forem_radius_bounds",
                violation_error_message="La distance acceptée va de 0 à 300 km.",
            ),
        ]

    def __str__(self) -> str:
        return "Profil pour la recherche d’emploi"


class TransmissionForem(AppendOnlyTenantModel):
    """A packet as it was frozen: which fields it holds, under which consent; written once."""

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    made_on = models.DateField("produit le")
    made_at = models.DateTimeField("produit à")
    language = models.CharField("langue de l’aperçu", max_length=5)
    fields = models.JSONField("données du dossier")
    left_out = models.JSONField("données laissées de côté")
    consent_id = models.UUIDField("consentement")
    consent_on = models.DateField("consentement du")
    consent_version = models.CharField("version du texte", max_length=40)
    sha256 = models.CharField("empreinte", max_length=64)
    packet = EncryptedTextField("dossier figé")

    objects: Any = DossierQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "travailleur": PERSONNEL,
        "made_on": PERSONNEL,
        "made_at": PERSONNEL,
        "language": PERSONNEL,
        "fields": PERSONNEL,
        "left_out": PERSONNEL,
        "consent_id": PERSONNEL,
        "consent_on": PERSONNEL,
        "consent_version": ADMINISTRATIF,
        "sha256": ADMINISTRATIF,
        "packet": SECRET_SOCIAL,
    }

    class Meta:
        verbose_name = "transmission au Forem"
        verbose_name_plural = "transmissions au Forem"
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["entreprise", "made_on"], name="transmission_forem_by_day")]

    def __str__(self) -> str:
        return f"Dossier du {self.made_on:%d/%m/%Y}"


class SuiteForem(AppendOnlyTenantModel):
    """What happened to a packet: a file taken out, the handing over, the answer; written once."""

    class Kind(models.TextChoices):
        FICHIER = "fichier", "Fichier sorti"
        REMISE = "remise", "Remis au Forem"
        REPONSE = "reponse", "Réponse du Forem"
        SANS_SUITE = "sans_suite", "Sans suite"

    class Channel(models.TextChoices):
        MAIN = "main", "Remis en main propre"
        COURRIEL = "courriel", "Courriel"
        COURRIER = "courrier", "Courrier postal"
        ESPACE = "espace", "Espace personnel du travailleur au Forem"

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    transmission = models.ForeignKey(TransmissionForem, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("suite", max_length=10, choices=Kind)
    on = models.DateField("le")
    at = models.DateTimeField("noté à")
    channel = models.CharField("voie", max_length=8, choices=Channel, blank=True)
    recipient = models.CharField("reçu par", max_length=150, blank=True)
    file_format = models.CharField("format", max_length=4, blank=True)
    with_niss = models.BooleanField("avec le NISS tapé pour cette copie", default=False)
    answer = EncryptedTextField("réponse", null=True, blank=True)

    objects: Any = DossierQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "travailleur": PERSONNEL,
        "transmission": PERSONNEL,
        "kind": PERSONNEL,
        "on": PERSONNEL,
        "at": PERSONNEL,
        "channel": ADMINISTRATIF,
        "recipient": PERSONNEL,
        "file_format": ADMINISTRATIF,
        "with_niss": PERSONNEL,
        "answer": SECRET_SOCIAL,
    }

    class Meta:
        verbose_name = "suite d’une transmission"
        verbose_name_plural = "suites d’une transmission"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["transmission", "kind"], name="suite_forem_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["transmission"],
                condition=Q(kind="remise"),
                name="suite_forem_handed_over_once",
                violation_error_message="La remise de ce dossier est déjà notée.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="remise") | (~Q(channel="") & ~Q(recipient="")),
                name="suite_forem_receipt_complete",
                violation_error_message="Une remise se note avec sa voie et la personne qui reçoit le dossier.",
            ),
            models.CheckConstraint(
                condition=Q(kind="fichier") | Q(file_format="", with_niss=False),
                name="suite_forem_format_of_a_file_only",
                violation_error_message="Un format ne se note que pour un fichier sorti.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} le {self.on:%d/%m/%Y}"
