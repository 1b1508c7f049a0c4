"""
The way out of the enterprise: why, where to, what was handed over, and the calls three, six and twelve months later.

A sortie hides nothing: the file stays as it was. It ends a stay, and a person who comes back opens another.
Whether she may be called is her consent's to say (purpose ``rappel_sortie``), on the day of the call.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.personnes.models import Accompagnateur

from .base import DossierModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class Sortie(DossierModel):
    """The end of one stay; a sortie recorded by mistake is reopened with its reason, never erased."""

    class Reason(models.TextChoices):
        FIN_CONTRAT = "fin_contrat", "Fin du contrat"
        FIN_ART60 = "fin_art60", "Fin de la mise à disposition (art. 60 § 7)"
        DEMISSION = "demission", "Départ à sa demande"
        COMMUN_ACCORD = "commun_accord", "Rupture d’un commun accord"
        LICENCIEMENT = "licenciement", "Licenciement"
        FORCE_MAJEURE = "force_majeure", "Force majeure"
        PENSION = "pension", "Pension"
        DECES = "deces", "Décès"
        AUTRE = "autre", "Autre raison"

    class Destination(models.TextChoices):
        EMPLOI = "emploi", "Emploi chez un autre employeur"
        FORMATION = "formation", "Formation"
        DEI = "dei", "Demandeur d’emploi inoccupé (DEI)"
        PENSION = "pension", "Pension"
        AUTRE = "autre", "Autre"
        INCONNUE = "inconnue", "Pas connue"

    stay_starts_on = models.DateField("entrée le")
    left_on = models.DateField("dernier jour")
    reason = models.CharField("raison", max_length=20, choices=Reason)
    destination = models.CharField("destination", max_length=20, choices=Destination)
    remark = EncryptedTextField("précision", null=True, blank=True)
    attestation_on = models.DateField("attestation produite le", null=True, blank=True)
    followed_until = models.DateField("dossier suivi jusqu’au", null=True, blank=True)
    recorded_by = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="notée par"
    )
    recorded_at = models.DateTimeField("notée le")
    reopened_on = models.DateField("rouverte le", null=True, blank=True)
    reopening_reason = EncryptedTextField("raison de la réouverture", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "stay_starts_on": PERSONNEL,
        "left_on": PERSONNEL,
        "reason": PERSONNEL,
        "destination": PERSONNEL,
        "remark": SECRET,
        "attestation_on": PERSONNEL,
        "followed_until": PERSONNEL,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
        "reopened_on": PERSONNEL,
        "reopening_reason": SECRET,
    }

    class Meta:
        verbose_name = "sortie"
        ordering = ["-left_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "left_on"], name="sortie_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur", "stay_starts_on"],
                condition=Q(reopened_on__isnull=True),
                name="sortie_one_per_stay",
                violation_error_message="La sortie de ce passage dans l’entreprise est déjà notée : corrigez-la.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__gte=F("stay_starts_on")),
                name="sortie_dates_in_order",
                violation_error_message="La sortie précède l’entrée dans l’entreprise. Vérifiez le dernier jour.",
            ),
            models.CheckConstraint(
                condition=(Q(reopened_on__isnull=True) & Q(reopening_reason__isnull=True))
                | (Q(reopened_on__isnull=False) & Q(reopening_reason__isnull=False)),
                name="sortie_reopened_with_reason",
                violation_error_message="Une sortie se rouvre avec sa raison : écrivez-la en une phrase.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sortie du {self.left_on:%d/%m/%Y}"


class SuiviSortie(DossierModel):
    """One follow-up after the exit: when it is due and the one answer; nobody calls without the person's consent."""

    class Outcome(models.TextChoices):
        A_FAIRE = "a_faire", "À faire"
        REPONDU = "repondu", "A répondu"
        SANS_REPONSE = "sans_reponse", "Sans réponse malgré les essais"
        REFUSE = "refuse", "N’a pas voulu répondre"
        SANS_OBJET = "sans_objet", "Sans objet"

    class Employed(models.TextChoices):
        OUI = "oui", "Oui"
        NON = "non", "Non"

    sortie = models.ForeignKey(Sortie, on_delete=models.PROTECT, related_name="+", verbose_name="sortie")
    months = models.PositiveSmallIntegerField("mois après la sortie")
    due_on = models.DateField("à faire le")
    outcome = models.CharField("issue", max_length=20, choices=Outcome, default=Outcome.A_FAIRE)
    employed = models.CharField("en emploi", max_length=3, choices=Employed, blank=True, default="")
    answered_on = models.DateField("réponse du", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "sortie": PERSONNEL,
        "months": ADMINISTRATIF,
        "due_on": PERSONNEL,
        "outcome": PERSONNEL,
        "employed": PERSONNEL,
        "answered_on": PERSONNEL,
        "attempts": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "suivi après sortie"
        verbose_name_plural = "suivis après sortie"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["entreprise", "due_on"], condition=Q(outcome="a_faire"), name="suivisortie_open_by_day"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sortie", "months"],
                name="suivisortie_one_per_term",
                violation_error_message="Ce suivi existe déjà pour cette sortie : ouvrez-le.",
            ),
            models.CheckConstraint(
                condition=Q(months__in=[3, 6, 12]),
                name="suivisortie_three_six_twelve",
                violation_error_message="Un suivi après sortie se fait à 3, 6 ou 12 mois.",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="repondu", answered_on__isnull=False) & ~Q(employed=""))
                | (~Q(outcome="repondu") & Q(employed="")),
                name="suivisortie_answer_iff_answered",
                violation_error_message="Une réponse porte son jour et dit si la personne est en emploi.",
            ),
        ]

    def __str__(self) -> str:
        return f"Suivi à {self.months} mois"


class TentativeSortie(DossierModel):
    """One attempt at reaching the person; several may be needed before an answer."""

    class Result(models.TextChoices):
        REPONDU = "repondu", "A répondu"
        PAS_JOINT = "pas_joint", "Pas joint"
        A_RAPPELER = "a_rappeler", "À rappeler"
        NUMERO_FAUX = "numero_faux", "Numéro qui ne répond plus"
        REFUSE = "refuse", "N’a pas voulu répondre"

    suivi = models.ForeignKey(SuiviSortie, on_delete=models.PROTECT, related_name="+", verbose_name="suivi")
    tried_on = models.DateField("essai du")
    result = models.CharField("résultat", max_length=20, choices=Result)
    tried_by = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="par"
    )
    recorded_at = models.DateTimeField("noté le")

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "suivi": PERSONNEL,
        "tried_on": PERSONNEL,
        "result": PERSONNEL,
        "tried_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "essai d’appel"
        verbose_name_plural = "essais d’appel"
        ordering = ["tried_on", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"Essai du {self.tried_on:%d/%m/%Y}"
