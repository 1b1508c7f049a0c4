"""A list as somebody wants to find it again: its filters under a name, for herself or for the team."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass


class VueQuerySet(TenantQuerySet):
    """Views: one's own, and those that a colleague shares."""

    inside = frozenset({Role.ACCOMPAGNATEUR})

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this accompagnateur made or was given by her team."""
        return super().visible_to(actor).filter(Q(user_id=actor.user_id) | Q(shared=True))


class VueEnregistree(TenantModel):
    """The filters of a list under a name; it holds what was asked, never what was answered."""

    class Liste(models.TextChoices):
        TRAVAILLEURS = "travailleurs", "Travailleurs"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    liste = models.CharField("liste", max_length=20, choices=Liste, default=Liste.TRAVAILLEURS)
    name = models.CharField("nom", max_length=60)
    query = models.JSONField("filtres", default=dict, blank=True)
    shared = models.BooleanField("partagée avec l’équipe", default=False)

    objects: Any = VueQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "user": FieldClass.ADMINISTRATIF,
        "liste": FieldClass.ADMINISTRATIF,
        "name": FieldClass.ADMINISTRATIF,
        "query": FieldClass.PERSONNEL,
        "shared": FieldClass.ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "user", "liste", "name"],
                name="vue_one_per_name",
                violation_error_message="Vous avez déjà une vue de ce nom. Donnez-lui un autre nom.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="vue_named",
                violation_error_message="Une vue a un nom : écrivez-le, par exemple « En retard, site de Mons ».",
            ),
        ]

    def __str__(self) -> str:
        return self.name
