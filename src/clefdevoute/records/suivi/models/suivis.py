"""Who follows whom, from when to when: the referent, and the colleague who stands in for a time."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TeamQuerySet
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class SuiviParQuerySet(TeamQuerySet):
    """Who follows whom is known to the whole team: it is a name and two dates."""

    def of_user(self, actor: Actor) -> Self:
        """Keep the follow-ups of this user that are open on her day; without a day, those without an end."""
        rows = self.filter(entreprise_id=actor.entreprise_id, accompagnateur__user_id=actor.user_id)
        if actor.on is None:
            return rows.filter(ends_on__isnull=True)
        return rows.filter(Q(starts_on__lte=actor.on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=actor.on)))


class SuiviPar(TenantModel):
    """An accompagnateur follows a person; the last day counts, and the row stays as history."""

    class Kind(models.TextChoices):
        REFERENT = "referent", "Référent"
        RELEVE = "releve", "Relève"

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="accompagnateur"
    )
    kind = models.CharField("titre", max_length=10, choices=Kind, default=Kind.REFERENT)
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = SuiviParQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "travailleur": PERSONNEL,
        "accompagnateur": PERSONNEL,
        "kind": ADMINISTRATIF,
        "starts_on": PERSONNEL,
        "ends_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "suivi"
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["travailleur", "accompagnateur", "ends_on"], name="suivi_par_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur"],
                condition=Q(kind="referent", ends_on__isnull=True),
                name="suivi_par_one_referent",
                violation_error_message="Cette personne a déjà un référent. Terminez d’abord son suivi.",
            ),
            models.UniqueConstraint(
                fields=["travailleur", "accompagnateur", "kind", "starts_on"],
                name="suivi_par_one_per_start",
                violation_error_message="Ce suivi existe déjà à partir de ce jour.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="suivi_par_dates_in_order",
                violation_error_message="Le suivi finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(kind="referent") | Q(ends_on__isnull=False),
                name="suivi_par_releve_has_end",
                violation_error_message="Une relève a une date de fin : donnez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} depuis le {self.starts_on:%d/%m/%Y}"
