"""What an interview may be about: the chips of the page, which each enterprise may rename, add or retire."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.classification import FieldClass

ADMINISTRATIF = FieldClass.ADMINISTRATIF


class ThemeQuerySet(TenantQuerySet):
    """A list of words without any person, for those who write interviews."""

    inside: ClassVar[frozenset[Role]] = frozenset({Role.ACCOMPAGNATEUR})


class Theme(TenantModel):
    """A chip; its code is what interviews keep, so that a new label changes no past entretien."""

    code = models.CharField("code", max_length=40)
    label = models.CharField("mot affiché", max_length=60)
    position = models.PositiveSmallIntegerField("rang", default=0)
    active = models.BooleanField("proposé", default=True)

    objects = ThemeQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "code": ADMINISTRATIF,
        "label": ADMINISTRATIF,
        "position": ADMINISTRATIF,
        "active": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "thème"
        ordering = ["position", "label", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "code"],
                name="theme_code_unique",
                violation_error_message="Ce thème existe déjà. Reprenez-le dans la liste.",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(label=""),
                name="theme_named",
                violation_error_message="Un thème a un mot affiché : écrivez-le.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
