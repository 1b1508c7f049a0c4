"""The shape of every row of an individual file, and the one door to it."""

from typing import Any, ClassVar, Self

from django.db import models

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel, EntrepriseInsertion, TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models.suivis import SuiviPar


class DossierQuerySet(TenantQuerySet):
    """Rows about one person, for the accompagnateurs of her enterprise and for nobody else."""

    inside: ClassVar[frozenset[Role]] = frozenset({Role.ACCOMPAGNATEUR})

    def visible_to(self, actor: Actor) -> Self:
        """
        Keep what this accompagnateur may read (produit § 1).

        Everybody of the team reads every dossier, unless the enterprise chose « assigned only »: then an
        open follow-up, or a relève that has not ended on the actor's day, is needed.
        """
        rows = super().visible_to(actor)
        if actor.narrow is False:
            return rows
        assigned = SuiviPar.objects.of_user(actor).filter(travailleur_id=models.OuterRef("travailleur_id"))
        narrow = EntrepriseInsertion.objects.filter(pk=models.OuterRef("entreprise_id"), assigned_only=True)
        return rows.filter(~models.Exists(narrow) | models.Exists(assigned))


class DossierModel(TenantModel):
    """A row of one person's file; PROTECT everywhere, for nothing of a file disappears with another row."""

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")

    objects: Any = DossierQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {"travailleur": FieldClass.PERSONNEL}

    class Meta:
        abstract = True


class AppendOnlyDossierModel(AppendOnlyTenantModel):
    """A row of a file that is written once; it holds no sealed field, for a change of key writes those anew."""

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")

    objects: Any = DossierQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {"travailleur": FieldClass.PERSONNEL}

    class Meta:
        abstract = True
