"""
What a person wants to reach, in three horizons, and every change of it (task 3 of the eleven).

The words are sealed; horizon, state and dates stay plain, so that a deadline can be found and counted.
A history line is never rewritten. It holds codes and dates only: words replaced by others are kept,
sealed, in ``AncienTexte``, since the key of a sealed row must be able to change.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import AppendOnlyDossierModel, DossierModel
from clefdevoute.records.suivi.models.etats import CLOS, Etat, Geste, MotifAbandon

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class Horizon(models.TextChoices):
    """The three horizons of the text."""

    COURT = "court", "Court terme"
    MOYEN = "moyen", "Moyen terme"
    LONG = "long", "Long terme"


class Objectif(DossierModel):
    """An objective of the person, reviewed on a day."""

    title = EncryptedTextField("objectif")
    wish = EncryptedTextField("souhait, dans les mots de la personne", null=True, blank=True)
    horizon = models.CharField("horizon", max_length=5, choices=Horizon)
    status = models.CharField("statut", max_length=10, choices=Etat, default=Etat.A_DEMARRER)
    reason = models.CharField("motif de l’abandon", max_length=15, choices=MotifAbandon, blank=True, default="")
    remark = EncryptedTextField("remarque", null=True, blank=True)
    opened_on = models.DateField("fixé le")
    review_on = models.DateField("à revoir le")
    closed_on = models.DateField("clos le", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )
    recorded_at = models.DateTimeField("noté à")

    classes: ClassVar[dict[str, FieldClass]] = {
        "title": SECRET,
        "wish": SECRET,
        "horizon": PERSONNEL,
        "status": PERSONNEL,
        "reason": PERSONNEL,
        "remark": SECRET,
        "opened_on": PERSONNEL,
        "review_on": PERSONNEL,
        "closed_on": PERSONNEL,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "objectif"
        ordering = ["review_on", "id"]
        indexes = [
            models.Index(fields=["travailleur", "review_on"], name="objectif_by_person"),
            models.Index(
                fields=["entreprise", "review_on"],
                condition=Q(closed_on__isnull=True),
                name="objectif_open_by_review",
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(status="abandonne") & ~Q(reason="") | ~Q(status="abandonne") & Q(reason=""),
                name="objectif_reason_iff_given_up",
                violation_error_message="Un objectif abandonné porte son motif, un autre n’en porte pas.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[state.value for state in CLOS], closed_on__isnull=False)
                | ~Q(status__in=[state.value for state in CLOS]) & Q(closed_on__isnull=True),
                name="objectif_closed_iff_day",
                violation_error_message="Un objectif réalisé ou abandonné porte sa date, un objectif ouvert aucune.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="objectif_closed_after_opened",
                violation_error_message="L’objectif est clos avant d’avoir été fixé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("opened_on")),
                name="objectif_review_after_opened",
                violation_error_message="La date de révision précède celle de l’objectif : donnez-en une autre.",
            ),
        ]

    def __str__(self) -> str:
        return f"Objectif à {self.get_horizon_display().lower()}"

    @property
    def is_open(self) -> bool:
        """Tell whether something is still expected."""
        return self.closed_on is None


class HistoriqueObjectif(AppendOnlyDossierModel):
    """One change of an objective, as it stood afterwards; written once."""

    objectif = models.ForeignKey(Objectif, on_delete=models.PROTECT, related_name="+", verbose_name="objectif")
    what = models.CharField("changement", max_length=10, choices=Geste)
    horizon = models.CharField("horizon", max_length=5, choices=Horizon)
    status = models.CharField("statut", max_length=10, choices=Etat)
    reason = models.CharField("motif", max_length=15, choices=MotifAbandon, blank=True, default="")
    review_on = models.DateField("à revoir le")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="par"
    )
    changed_at = models.DateTimeField("moment")

    classes: ClassVar[dict[str, FieldClass]] = {
        "objectif": PERSONNEL,
        "what": PERSONNEL,
        "horizon": PERSONNEL,
        "status": PERSONNEL,
        "reason": PERSONNEL,
        "review_on": PERSONNEL,
        "changed_by": ADMINISTRATIF,
        "changed_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "changement d’un objectif"
        verbose_name_plural = "changements d’un objectif"
        ordering = ["changed_at", "id"]
        indexes = [models.Index(fields=["travailleur", "changed_at"], name="histobjectif_by_person")]

    def __str__(self) -> str:
        return self.get_what_display()
