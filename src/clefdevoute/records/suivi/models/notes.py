"""
The texts of an interview, in three tables for three walls: shared, private, health.

A correction adds a version and leaves the former one as it was. The tables are not append-only in the
database, on purpose: changing the enterprise's key seals every row anew, and retention must be able to
erase. That no action rewrites a version is a test's matter.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel, DossierQuerySet
from clefdevoute.records.suivi.models.consentements import Consentement
from clefdevoute.records.suivi.models.entretiens import Entretien

PERSONNEL = FieldClass.PERSONNEL
_TWICE = "Cette note a été corrigée entre-temps. Rechargez la page, relisez, puis refaites votre correction."


class OwnQuerySet(DossierQuerySet):
    """Rows of one author: nobody else reads them, in whatever role, in whatever enterprise."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this very user wrote."""
        return super().visible_to(actor).filter(author_id=actor.user_id)


class SanteQuerySet(DossierQuerySet):
    """Health texts: their author's, and the team's while the person agrees to it."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this user wrote, and what the persons of the enterprise agreed to show on her day."""
        own = Q(author_id=actor.user_id)
        if actor.on is not None:
            agreed = Consentement.objects.filter(purpose=Consentement.Purpose.SANTE_EQUIPE)
            agreed = agreed.in_force(actor.on).filter(travailleur_id=models.OuterRef("travailleur_id"))
            own |= Q(models.Exists(agreed))
        return super().visible_to(actor).filter(own)


class Note(DossierModel):
    """One version of a text; the highest version is the note, the others are its trace."""

    entretien = models.ForeignKey(Entretien, on_delete=models.PROTECT, related_name="+", verbose_name="entretien")
    version = models.PositiveSmallIntegerField("version", default=1, validators=[MinValueValidator(1)])
    text = EncryptedTextField("texte")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par"
    )
    written_at = models.DateTimeField("écrite le")

    classes: ClassVar[dict[str, FieldClass]] = {
        "entretien": PERSONNEL,
        "version": PERSONNEL,
        "text": FieldClass.SECRET_SOCIAL,
        "author": PERSONNEL,
        "written_at": PERSONNEL,
    }

    class Meta:
        abstract = True
        ordering = ["version"]

    def __str__(self) -> str:
        return f"Version {self.version} du {self.written_at:%d/%m/%Y}"


class NotePartagee(Note):
    """What the accompagnateurs of the dossier and the person herself may read."""

    class Meta(Note.Meta):
        verbose_name = "note partagée"
        verbose_name_plural = "notes partagées"
        constraints = [
            models.UniqueConstraint(
                fields=["entretien", "version"], name="note_partagee_version", violation_error_message=_TWICE
            )
        ]


class NotePrivee(Note):
    """What its author alone reads, always; another accompagnateur may write her own beside it."""

    objects = OwnQuerySet.as_manager()

    class Meta(Note.Meta):
        verbose_name = "note privée"
        verbose_name_plural = "notes privées"
        constraints = [
            models.UniqueConstraint(
                fields=["entretien", "author", "version"], name="note_privee_version", violation_error_message=_TWICE
            )
        ]


class NoteSante(Note):
    """What touches health; its author reads it, a colleague only while the person agrees."""

    objects = SanteQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = Note.classes | {"text": FieldClass.SANTE}

    class Meta(Note.Meta):
        verbose_name = "note de santé"
        verbose_name_plural = "notes de santé"
        constraints = [
            models.UniqueConstraint(
                fields=["entretien", "author", "version"], name="note_sante_version", violation_error_message=_TWICE
            )
        ]
