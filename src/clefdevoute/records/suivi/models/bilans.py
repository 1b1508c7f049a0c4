"""
The personal and professional bilan: dated, repeatable, by domains, partial without shame (tâche 3, F12, F76).

Levels and dates are plain, words are sealed. Health is in a table of its own, read by its author
alone unless the person lets the team read it. The opinion of the person is a row of hers, not a tick of ours.
"""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.querysets import TenantQuerySet
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel, DossierQuerySet
from clefdevoute.records.suivi.models.consentements import Consentement, in_force

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL
SANTE = FieldClass.SANTE


class Niveau(models.IntegerChoices):
    """Where a person stands in a domain, in words."""

    A_CONSTRUIRE = 1, "À construire"
    FRAGILE = 2, "Fragile"
    EN_BONNE_VOIE = 3, "En bonne voie"
    ACQUIS = 4, "Acquis"


def team_reads_health(actor: Actor, on: dt.date | None) -> Q:
    """Keep the health rows that a reader may see: her own, and those of persons who let the team read."""
    own = Q(author_id=actor.user_id)
    if on is None:
        return own
    given = Consentement.objects.filter(
        in_force(on), purpose=Consentement.Purpose.SANTE_EQUIPE, travailleur_id=models.OuterRef("travailleur_id")
    )
    return own | Q(models.Exists(given))


class SanteQuerySet(DossierQuerySet):
    """Rows of the health compartment: their author, and the team where the person said yes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this accompagnateur may read today; a yes taken back closes the rows the same day."""
        return super().visible_to(actor).filter(team_reads_health(actor, actor.on))


class DomaineQuerySet(TenantQuerySet):
    """The domains of an enterprise's bilans: its accompagnateurs."""

    inside: ClassVar[frozenset[Role]] = frozenset({Role.ACCOMPAGNATEUR})


class DomaineBilan(TenantModel):
    """A domain that an enterprise looks at in its bilans; retired, it stays in the old ones."""

    class Famille(models.TextChoices):
        PROFESSIONNEL = "professionnel", "Domaine professionnel"
        PERSONNEL = "personnel", "Domaine personnel"

    famille = models.CharField("famille", max_length=13, choices=Famille)
    name = models.CharField("nom", max_length=80)
    rank = models.PositiveSmallIntegerField("rang", default=0)
    retired_on = models.DateField("retiré le", null=True, blank=True)

    objects: Any = DomaineQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "famille": ADMINISTRATIF,
        "name": ADMINISTRATIF,
        "rank": ADMINISTRATIF,
        "retired_on": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "domaine du bilan"
        verbose_name_plural = "domaines du bilan"
        ordering = ["-famille", "rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "famille", "name"],
                condition=Q(retired_on__isnull=True),
                name="domaine_bilan_name_once",
                violation_error_message="Ce domaine existe déjà dans cette famille : choisissez un autre nom.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="domaine_bilan_named",
                violation_error_message="Un domaine porte un nom : écrivez-le.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Bilan(DossierModel):
    """One bilan of one person, dated; a draft until it is finished, then as it was."""

    class State(models.TextChoices):
        BROUILLON = "brouillon", "Brouillon"
        TERMINE = "termine", "Terminé"

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="établi par"
    )
    held_on = models.DateField("date du bilan")
    state = models.CharField("état", max_length=9, choices=State, default=State.BROUILLON)
    code = models.CharField("code de la page", max_length=9)
    revision = models.PositiveIntegerField("version enregistrée", default=0)
    saved_from = models.UUIDField("depuis l’onglet", null=True, blank=True)
    started_at = models.DateTimeField("commencé le")
    saved_at = models.DateTimeField("enregistré le")
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = {
        "author": ADMINISTRATIF,
        "held_on": PERSONNEL,
        "state": ADMINISTRATIF,
        "code": ADMINISTRATIF,
        "revision": ADMINISTRATIF,
        "saved_from": ADMINISTRATIF,
        "started_at": ADMINISTRATIF,
        "saved_at": ADMINISTRATIF,
        "finished_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "bilan"
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(fields=["travailleur", "state", "held_on"], name="bilan_by_person"),
            models.Index(fields=["entreprise", "state", "held_on"], name="bilan_by_entreprise"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur"],
                condition=Q(state="brouillon"),
                name="bilan_one_draft",
                violation_error_message="Un bilan de cette personne est déjà commencé : reprenez-le.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                name="bilan_code_unique",
                violation_error_message="Ce code de page existe déjà : recommencez.",
            ),
            models.CheckConstraint(
                condition=Q(state="brouillon", finished_at__isnull=True)
                | Q(state="termine", finished_at__isnull=False),
                name="bilan_finished_iff_dated",
                violation_error_message="Un bilan terminé porte la date de sa fin, un brouillon n’en porte pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bilan du {self.held_on:%d/%m/%Y}"

    @property
    def finished(self) -> bool:
        """Tell whether the bilan is finished."""
        return self.state == self.State.TERMINE


class CoteBilan(DossierModel):
    """One domain in one bilan: a level in words, what stands in the way, the wish of the person."""

    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="+", verbose_name="bilan")
    domaine = models.ForeignKey(DomaineBilan, on_delete=models.PROTECT, related_name="+", verbose_name="domaine")
    famille = models.CharField("famille", max_length=13, choices=DomaineBilan.Famille)
    name = models.CharField("nom du domaine ce jour-là", max_length=80)
    rank = models.PositiveSmallIntegerField("rang", default=0)
    niveau = models.PositiveSmallIntegerField("niveau", choices=Niveau, null=True, blank=True)
    frein = models.BooleanField("frein à l’emploi", default=False)
    text = EncryptedTextField("situation", null=True, blank=True)
    wish = EncryptedTextField("ce que la personne souhaite", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = {
        "bilan": PERSONNEL,
        "domaine": ADMINISTRATIF,
        "famille": ADMINISTRATIF,
        "name": ADMINISTRATIF,
        "rank": ADMINISTRATIF,
        "niveau": PERSONNEL,
        "frein": PERSONNEL,
        "text": SECRET,
        "wish": SECRET,
    }

    class Meta:
        verbose_name = "domaine coté"
        verbose_name_plural = "domaines cotés"
        ordering = ["-famille", "rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan", "domaine"],
                name="cote_once_per_domain",
                violation_error_message="Ce domaine est déjà dans ce bilan.",
            ),
            models.CheckConstraint(
                condition=Q(niveau__isnull=True) | Q(niveau__range=(1, 4)),
                name="cote_level_1_to_4",
                violation_error_message="Un niveau va de « À construire » à « Acquis » : choisissez-en un des quatre.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def empty(self) -> bool:
        """Tell whether nothing was noted about this domain."""
        return self.niveau is None and not self.text and not self.wish and not self.frein


class BilanSante(DossierModel):
    """What a bilan says of health, in the third compartment (F49); opened for its author, or by the person's yes."""

    bilan = models.ForeignKey(Bilan, on_delete=models.PROTECT, related_name="+", verbose_name="bilan")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par"
    )
    niveau = models.PositiveSmallIntegerField("niveau", choices=Niveau, null=True, blank=True)
    frein = models.BooleanField("frein à l’emploi", default=False)
    text = EncryptedTextField("situation", null=True, blank=True)
    wish = EncryptedTextField("ce que la personne souhaite", null=True, blank=True)

    objects: Any = SanteQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "bilan": SANTE,
        "author": ADMINISTRATIF,
        "niveau": SANTE,
        "frein": SANTE,
        "text": SANTE,
        "wish": SANTE,
    }

    class Meta:
        verbose_name = "santé au bilan"
        verbose_name_plural = "santé au bilan"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bilan", "author"],
                name="bilan_sante_once_per_author",
                violation_error_message="La santé y est déjà notée par vous : complétez ce que vous avez écrit.",
            ),
            models.CheckConstraint(
                condition=Q(niveau__isnull=True) | Q(niveau__range=(1, 4)),
                name="bilan_sante_level_1_to_4",
                violation_error_message="Un niveau va de « À construire » à « Acquis » : choisissez-en un des quatre.",
            ),
        ]

    def __str__(self) -> str:
        return "Santé au bilan"
