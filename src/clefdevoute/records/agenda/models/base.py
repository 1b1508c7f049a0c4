"""What appointments and séances share: a moment, a length, a place, who holds it, how it went."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clefdevoute.records.agenda.querysets import MomentQuerySet
from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Accompagnateur

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SHORTEST, LONGEST = 5, 600


class Motif(models.TextChoices):
    """Why something planned was cancelled: a code, so that no agenda tells a person's troubles."""

    ACCOMPAGNATEUR = "accompagnateur", "L’accompagnateur ou l’accompagnatrice est empêché(e)"
    TRAVAILLEUR = "travailleur", "À la demande du travailleur"
    TRAVAIL = "travail", "Le travail ne le permettait pas"
    FERMETURE = "fermeture", "L’entreprise ou le lieu est fermé"
    SORTIE = "sortie", "La personne a quitté l’entreprise"
    ERREUR = "erreur", "Fixé par erreur ou en double"
    AUTRE = "autre", "Autre raison"


class MomentModel(TenantModel):
    """A row of the agenda: nothing of it is ever deleted, it is postponed, cancelled or corrected."""

    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="accompagnateur"
    )
    starts_at = models.DateTimeField("début")
    duration_min = models.PositiveSmallIntegerField("durée en minutes", default=60)
    place = models.CharField("lieu", max_length=200, blank=True)
    postponed_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", verbose_name="reporté à", null=True, blank=True
    )
    cancel_reason = models.CharField("motif de l’annulation", max_length=20, choices=Motif, blank=True)
    settled_at = models.DateTimeField("issue notée le", null=True, blank=True)
    status: Any  # each table has its own words; « planifie », « reporte » and « annule » are everywhere the same

    objects: Any = MomentQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "starts_at": PERSONNEL,
        "duration_min": PERSONNEL,
        "place": PERSONNEL,
        "status": PERSONNEL,
        "postponed_to": PERSONNEL,
        "cancel_reason": PERSONNEL,
        "settled_at": ADMINISTRATIF,
    }

    class Meta:
        abstract = True

    @property
    def ends_at(self) -> dt.datetime:
        """The moment it ends."""
        return self.starts_at + dt.timedelta(minutes=self.duration_min)

    @property
    def day(self) -> dt.date:
        """The day it stands on, in Belgium."""
        return timezone.localdate(self.starts_at)


def moment_constraints(prefix: str) -> list[models.BaseConstraint]:
    """Give the rules that every planned row keeps, named after its table."""
    return [
        models.CheckConstraint(
            condition=Q(duration_min__gte=SHORTEST, duration_min__lte=LONGEST),
            name=f"{prefix}_duration_bounds",
            violation_error_message="La durée va de 5 minutes à 10 heures.",
        ),
        models.CheckConstraint(
            condition=Q(status="reporte", postponed_to__isnull=False)
            | (~Q(status="reporte") & Q(postponed_to__isnull=True)),
            name=f"{prefix}_postponed_to_another",
            violation_error_message="Ce qui est reporté l’est à une nouvelle date, et rien d’autre n’en porte.",
        ),
        models.CheckConstraint(
            condition=Q(postponed_to__isnull=True) | ~Q(postponed_to=F("id")),
            name=f"{prefix}_not_postponed_to_itself",
            violation_error_message="Un report mène à un autre moment, jamais au même.",
        ),
        models.CheckConstraint(
            condition=(Q(status="annule") & ~Q(cancel_reason="")) | (~Q(status="annule") & Q(cancel_reason="")),
            name=f"{prefix}_cancelled_with_reason",
            violation_error_message="Une annulation a un motif, et elle seule : choisissez-le dans la liste.",
        ),
        models.CheckConstraint(
            condition=Q(status="planifie", settled_at__isnull=True)
            | (~Q(status="planifie") & Q(settled_at__isnull=False)),
            name=f"{prefix}_settled_with_its_moment",
            violation_error_message="Une issue porte le moment où elle a été notée ; ce qui est planifié n’en a pas.",
        ),
    ]
