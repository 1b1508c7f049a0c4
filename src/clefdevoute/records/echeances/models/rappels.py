"""The reminders: how each person wants them, which one left on which day, and about which lines."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel, TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass

ADMINISTRATIF = FieldClass.ADMINISTRATIF
MOST_DAYS = 30


class PropreQuerySet(TenantQuerySet):
    """What belongs to one user of an enterprise: nobody else reads it."""

    inside = frozenset({Role.ACCOMPAGNATEUR})

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own rows."""
        return super().visible_to(actor).filter(user_id=actor.user_id)


class ReglageRappel(TenantModel):
    """How a person wants to be reminded in one enterprise; without a row, the defaults hold."""

    class Champ(models.TextChoices):
        MIENS = "miens", "Les travailleurs que je suis, et ceux que personne ne suit"
        EQUIPE = "equipe", "Toute l’équipe"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="utilisateur"
    )
    active = models.BooleanField("recevoir un courriel", default=True)
    champ = models.CharField("pour qui", max_length=10, choices=Champ, default=Champ.MIENS)
    days_before = models.PositiveSmallIntegerField(
        "jours avant l’échéance", default=7, validators=[MaxValueValidator(MOST_DAYS)]
    )
    repeat_days = models.PositiveSmallIntegerField(
        "jours entre deux rappels d’un retard", default=7, validators=[MaxValueValidator(MOST_DAYS)]
    )
    muted = models.JSONField("sujets sans rappel", default=list, blank=True)

    objects: Any = PropreQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "user": ADMINISTRATIF,
        "active": ADMINISTRATIF,
        "champ": ADMINISTRATIF,
        "days_before": ADMINISTRATIF,
        "repeat_days": ADMINISTRATIF,
        "muted": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "réglage des rappels"
        verbose_name_plural = "réglages des rappels"
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "user"],
                name="reglage_rappel_one_per_user",
                violation_error_message="Vos rappels sont déjà réglés pour cette entreprise. Modifiez ce réglage.",
            ),
            models.CheckConstraint(
                condition=Q(days_before__lte=MOST_DAYS, repeat_days__lte=MOST_DAYS),
                name="reglage_rappel_days_bounds",
                violation_error_message="Les jours d’un rappel vont de 0 à 30.",
            ),
        ]

    def __str__(self) -> str:
        return "Rappels" if self.active else "Rappels coupés"


class RappelEnvoye(AppendOnlyTenantModel):
    """The one reminder of a person, an enterprise and a day: numbers only, so that none leaves twice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="destinataire"
    )
    sent_on = models.DateField("jour")
    sent_at = models.DateTimeField("moment")
    late = models.PositiveIntegerField("en retard")
    this_week = models.PositiveIntegerField("cette semaine")
    this_month = models.PositiveIntegerField("ce mois")

    objects: Any = PropreQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "user": ADMINISTRATIF,
        "sent_on": ADMINISTRATIF,
        "sent_at": ADMINISTRATIF,
        "late": ADMINISTRATIF,
        "this_week": ADMINISTRATIF,
        "this_month": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "rappel envoyé"
        verbose_name_plural = "rappels envoyés"
        ordering = ["-sent_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "user", "sent_on"],
                name="rappel_envoye_once_a_day",
                violation_error_message="Le rappel de ce jour est déjà parti.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rappel du {self.sent_on:%d/%m/%Y}"


class LigneRappelee(AppendOnlyTenantModel):
    """A line that a reminder spoke of: its name from day to day, the date it had, before or after it."""

    class Etape(models.TextChoices):
        AVANT = "avant", "Avant l’échéance"
        APRES = "apres", "Après l’échéance"

    rappel = models.ForeignKey(RappelEnvoye, on_delete=models.PROTECT, related_name="+", verbose_name="rappel")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="destinataire"
    )
    source = models.CharField("source", max_length=40)
    subject_id = models.UUIDField("objet")
    etape = models.CharField("étape", max_length=10, choices=Etape)
    due_on = models.DateField("échéance")
    sent_on = models.DateField("rappelée le")

    objects: Any = PropreQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "rappel": ADMINISTRATIF,
        "user": ADMINISTRATIF,
        "source": ADMINISTRATIF,
        "subject_id": FieldClass.PERSONNEL,
        "etape": ADMINISTRATIF,
        "due_on": FieldClass.PERSONNEL,
        "sent_on": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "ligne rappelée"
        verbose_name_plural = "lignes rappelées"
        ordering = ["-sent_on"]
        indexes = [models.Index(fields=["entreprise", "user", "sent_on"], name="ligne_rappelee_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["rappel", "source", "subject_id"],
                name="ligne_rappelee_once",
                violation_error_message="Cette ligne est déjà dans ce rappel.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.get_etape_display().lower()}"
