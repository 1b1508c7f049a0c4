"""Who works where, in which role: the rows that a session chooses from."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models.entreprise import ROLES_OF_ENTREPRISE, EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import RecordModel

ADMINISTRATIF = FieldClass.ADMINISTRATIF


class AffectationQuerySet(models.QuerySet["Affectation"]):
    """Affectations: those of one's enterprise for its gestionnaire, one's own for everybody."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own rows, and a gestionnaire's whole enterprise."""
        own = Q(user_id=actor.user_id)
        if actor.role is Role.GESTIONNAIRE and actor.entreprise_id is not None:
            return self.filter(own | Q(entreprise_id=actor.entreprise_id))
        return self.filter(own)

    def in_force(self, as_of: dt.date) -> Self:
        """Keep the affectations that hold on a day, both ends included."""
        return self.filter(Q(starts_on__lte=as_of) & (Q(ends_on__isnull=True) | Q(ends_on__gte=as_of)))


class Affectation(RecordModel):
    """A user in one role, for one enterprise or for none, with that role's permissions, from a day to a day."""

    class RoleChoice(models.TextChoices):
        ACCOMPAGNATEUR = Role.ACCOMPAGNATEUR.value, "Accompagnateur"
        SECRETARIAT = Role.SECRETARIAT.value, "Secrétariat"
        GESTIONNAIRE = Role.GESTIONNAIRE.value, "Gestionnaire"
        ADMINISTRATION = Role.ADMINISTRATION.value, "Administration"
        INSPECTION = Role.INSPECTION.value, "Inspection"
        TRAVAILLEUR = Role.TRAVAILLEUR.value, "Travailleur"
        FEDERATION = Role.FEDERATION.value, "Fédération"
        SUPPORT = Role.SUPPORT.value, "Support"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="utilisateur"
    )
    entreprise = models.ForeignKey(
        EntrepriseInsertion,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="entreprise",
        null=True,
        blank=True,
    )
    role = models.CharField("rôle", max_length=20, choices=RoleChoice)
    permissions = models.JSONField("permissions ajoutées", default=list, blank=True)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = AffectationQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "user": ADMINISTRATIF,
        "role": ADMINISTRATIF,
        "permissions": ADMINISTRATIF,
        "starts_on": ADMINISTRATIF,
        "ends_on": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "affectation"
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "entreprise", "role", "starts_on"],
                name="affectation_one_per_start",
                violation_error_message="Cette personne a déjà ce rôle à partir de cette date.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "starts_on"],
                condition=Q(entreprise__isnull=True),
                name="affectation_outside_one_per_start",
                violation_error_message="Cette personne a déjà ce rôle à partir de cette date.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="affectation_dates_in_order",
                violation_error_message="Le rôle finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in ROLES_OF_ENTREPRISE], entreprise__isnull=False)
                | (~Q(role__in=[role.value for role in ROLES_OF_ENTREPRISE]) & Q(entreprise__isnull=True)),
                name="affectation_entreprise_iff_role_inside",
                violation_error_message=(
                    "Un gestionnaire, un accompagnateur, un secrétariat ou un travailleur appartient à une "
                    "entreprise ; les autres rôles n’en ont pas."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def label(self) -> str:
        """Say the role and the enterprise, as the header of the page does."""
        return f"{self.get_role_display()}, {self.entreprise}" if self.entreprise else self.get_role_display()
