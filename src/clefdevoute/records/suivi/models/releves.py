"""A handover: who hands whom over to whom, from when to when, and until when the one who leaves still reads."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Accompagnateur

from .base import DossierModel
from .suivis import SuiviPar

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class ReleveQuerySet(TenantQuerySet):
    """Handovers: the accompagnateurs of the enterprise, as who follows whom; a name and dates, never content."""

    inside = frozenset({Role.ACCOMPAGNATEUR})


class Releve(TenantModel):
    """
    Persons handed over to a colleague: for a time (an absence) or for good (a departure).

    For a time, the colleague's access ends by itself; for good, it is the leaver's that ends on ``ends_on``.
    """

    class Kind(models.TextChoices):
        TEMPORAIRE = "temporaire", "Pour un temps"
        DEFINITIVE = "definitive", "Pour de bon"

    kind = models.CharField("durée", max_length=12, choices=Kind)
    from_accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="de"
    )
    to_accompagnateur = models.ForeignKey(Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="à")
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au")
    recorded_at = models.DateTimeField("enregistrée le")

    objects = ReleveQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "kind": ADMINISTRATIF,
        "from_accompagnateur": ADMINISTRATIF,
        "to_accompagnateur": ADMINISTRATIF,
        "starts_on": ADMINISTRATIF,
        "ends_on": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "relève"
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "ends_on"], name="releve_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_accompagnateur=F("to_accompagnateur")),
                name="releve_between_two",
                violation_error_message="Une relève se confie à un collègue : choisissez une autre personne.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="releve_dates_in_order",
                violation_error_message="La relève finit avant d’avoir commencé. Vérifiez les deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Relève du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"


class RelevePersonne(DossierModel):
    """One person of a handover, with the access that it gave."""

    releve = models.ForeignKey(Releve, on_delete=models.PROTECT, related_name="+", verbose_name="relève")
    suivi = models.ForeignKey(SuiviPar, on_delete=models.PROTECT, related_name="+", verbose_name="accès donné")

    objects = ReleveQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {"releve": PERSONNEL, "suivi": PERSONNEL}

    class Meta:
        verbose_name = "personne d’une relève"
        verbose_name_plural = "personnes d’une relève"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["releve", "travailleur"],
                name="relevepersonne_once",
                violation_error_message="Cette personne est déjà dans cette relève.",
            ),
        ]

    def __str__(self) -> str:
        return f"Personne de la {self.releve}"
