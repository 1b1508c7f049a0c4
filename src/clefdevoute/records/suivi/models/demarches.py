"""
What is done for or by a person, under an objective or on its own (task 7: démarches by or with the worker).

« Aucune à ce jour » is a record too: the file then says that somebody asked, and when.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import AppendOnlyDossierModel, DossierModel
from clefdevoute.records.suivi.models.entretiens import Entretien
from clefdevoute.records.suivi.models.etats import ACCORDE, CLOS, Etat, Geste, MotifAbandon
from clefdevoute.records.suivi.models.objectifs import Objectif

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


def etat_accorde(status: str) -> str:
    """Say a state of an action, a feminine noun."""
    return ACCORDE.get(Etat(status), Etat(status).label)


class Demarche(DossierModel):
    """An action promised or done."""

    class Kind(models.TextChoices):
        SOCIALE = "sociale", "Sociale"
        ADMINISTRATIVE = "administrative", "Administrative"
        EMPLOI = "emploi", "Emploi"
        FORMATION = "formation", "Formation"
        VALORISATION = "valorisation", "Valorisation des compétences"

    class Par(models.TextChoices):
        ACCOMPAGNATEUR = "accompagnateur", "L’accompagnateur"
        TRAVAILLEUR = "travailleur", "Le travailleur"

    text = EncryptedTextField("démarche")
    kind = models.CharField("sorte", max_length=14, choices=Kind)
    par = models.CharField("faite par", max_length=14, choices=Par, default=Par.ACCOMPAGNATEUR)
    avec = models.BooleanField("avec la personne", default=True)
    objectif = models.ForeignKey(
        Objectif, on_delete=models.PROTECT, related_name="+", verbose_name="objectif", null=True, blank=True
    )
    entretien = models.ForeignKey(
        Entretien,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="décidée lors de l’entretien",
        null=True,
        blank=True,
    )
    promised_for = models.DateField("promise pour le", null=True, blank=True)
    status = models.CharField("statut", max_length=10, choices=Etat, default=Etat.A_DEMARRER)
    reason = models.CharField("motif de l’abandon", max_length=15, choices=MotifAbandon, blank=True, default="")
    remark = EncryptedTextField("remarque", null=True, blank=True)
    done_on = models.DateField("close le", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="notée par"
    )
    recorded_at = models.DateTimeField("notée à")

    classes: ClassVar[dict[str, FieldClass]] = {
        "text": SECRET,
        "kind": PERSONNEL,
        "par": PERSONNEL,
        "avec": PERSONNEL,
        "objectif": PERSONNEL,
        "entretien": PERSONNEL,
        "promised_for": PERSONNEL,
        "status": PERSONNEL,
        "reason": PERSONNEL,
        "remark": SECRET,
        "done_on": PERSONNEL,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "démarche"
        ordering = ["recorded_at", "id"]
        indexes = [
            models.Index(fields=["travailleur", "done_on"], name="demarche_by_person"),
            models.Index(
                fields=["entreprise", "promised_for"],
                condition=Q(done_on__isnull=True),
                name="demarche_open_by_promise",
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(status="abandonne") & ~Q(reason="") | ~Q(status="abandonne") & Q(reason=""),
                name="demarche_reason_iff_given_up",
                violation_error_message="Une démarche abandonnée porte son motif, une autre n’en porte pas.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[state.value for state in CLOS], done_on__isnull=False)
                | ~Q(status__in=[state.value for state in CLOS]) & Q(done_on__isnull=True),
                name="demarche_closed_iff_day",
                violation_error_message="Une démarche réalisée ou abandonnée porte sa date, une autre aucune.",
            ),
        ]

    def __str__(self) -> str:
        return f"Démarche {self.get_kind_display().lower()}"

    def get_status_display(self) -> str:
        """Say the state as French agrees it: « une démarche réalisée »."""
        return etat_accorde(self.status)

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.done_on is None

    @property
    def who(self) -> str:
        """Say by whom and with whom, as a line of a list does."""
        if self.par == self.Par.TRAVAILLEUR:
            return "par la personne, accompagnée" if self.avec else "par la personne"
        return "avec la personne" if self.avec else "par l’accompagnateur"


class HistoriqueDemarche(AppendOnlyDossierModel):
    """One change of an action, as it stood afterwards; written once."""

    demarche = models.ForeignKey(Demarche, on_delete=models.PROTECT, related_name="+", verbose_name="démarche")
    what = models.CharField("changement", max_length=10, choices=Geste)
    status = models.CharField("statut", max_length=10, choices=Etat)
    reason = models.CharField("motif", max_length=15, choices=MotifAbandon, blank=True, default="")
    promised_for = models.DateField("promise pour le", null=True, blank=True)
    done_on = models.DateField("close le", null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="par"
    )
    changed_at = models.DateTimeField("moment")

    classes: ClassVar[dict[str, FieldClass]] = {
        "demarche": PERSONNEL,
        "what": PERSONNEL,
        "status": PERSONNEL,
        "reason": PERSONNEL,
        "promised_for": PERSONNEL,
        "done_on": PERSONNEL,
        "changed_by": ADMINISTRATIF,
        "changed_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "changement d’une démarche"
        verbose_name_plural = "changements d’une démarche"
        ordering = ["changed_at", "id"]
        indexes = [models.Index(fields=["travailleur", "changed_at"], name="histdemarche_by_person")]

    def get_status_display(self) -> str:
        """Say the state as French agrees it."""
        return etat_accorde(self.status)

    def __str__(self) -> str:
        return self.get_what_display()


class AucuneDemarche(AppendOnlyDossierModel):
    """The statement that nothing was undertaken up to a day: the person was asked."""

    noted_on = models.DateField("aucune démarche au")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )
    noted_at = models.DateTimeField("noté à")

    classes: ClassVar[dict[str, FieldClass]] = {
        "noted_on": PERSONNEL,
        "noted_by": ADMINISTRATIF,
        "noted_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "aucune démarche à ce jour"
        ordering = ["noted_on", "id"]
        indexes = [models.Index(fields=["travailleur", "noted_on"], name="aucunedemarche_by_person")]

    def __str__(self) -> str:
        return f"Aucune démarche au {self.noted_on:%d/%m/%Y}"


class AncienTexte(DossierModel):
    """Words that a correction replaced: kept sealed, so that nothing written about a person vanishes."""

    objectif = models.ForeignKey(
        Objectif, on_delete=models.PROTECT, related_name="+", verbose_name="objectif", null=True, blank=True
    )
    demarche = models.ForeignKey(
        Demarche, on_delete=models.PROTECT, related_name="+", verbose_name="démarche", null=True, blank=True
    )
    field = models.CharField("champ", max_length=10)
    words = EncryptedTextField("ancien texte")
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="remplacé par"
    )
    replaced_at = models.DateTimeField("remplacé à")

    classes: ClassVar[dict[str, FieldClass]] = {
        "objectif": PERSONNEL,
        "demarche": PERSONNEL,
        "field": ADMINISTRATIF,
        "words": SECRET,
        "replaced_by": ADMINISTRATIF,
        "replaced_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "ancien texte"
        ordering = ["replaced_at", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(objectif__isnull=False, demarche__isnull=True)
                | Q(objectif__isnull=True, demarche__isnull=False),
                name="ancientexte_of_one_thing",
                violation_error_message="Un ancien texte est celui d’un objectif ou d’une démarche, et d’un seul.",
            )
        ]

    def __str__(self) -> str:
        return f"Texte remplacé le {self.replaced_at:%d/%m/%Y}"
