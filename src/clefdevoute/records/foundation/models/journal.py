"""
The journal's rows: what happened, without a name, chained; and beside it what erasure may remove.

``AuditEvent`` never changes. Who a random identifier stands for is in ``JournalIdentity``, what a
write changed is in ``Change``: erasing a person removes these, and every chain still verifies.
"""

import uuid
from typing import ClassVar

from django.db import models

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models.base import AppendOnlyModel, RecordModel
from clefdevoute.records.foundation.permissions import Permission, has

INSTALLATION = uuid.UUID(int=0)
"""The chain of events that belong to no enterprise, such as signing in."""


class JournalQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows of the journal, that carry their enterprise as a plain identifier."""

    def visible_to(self, actor: Actor) -> "JournalQuerySet":
        """Those of the actor's own enterprise, for who may read its journal; none for anybody else."""
        if actor.entreprise_id is None or not has(actor, Permission.JOURNAL_LIRE):
            return self.none()
        return self.filter(entreprise_id=actor.entreprise_id)


class AuditEvent(AppendOnlyModel):
    """One event of a chain: random identifiers, type, time, role and purpose; no name, no value."""

    classes: ClassVar = {
        "entreprise_id": FieldClass.ADMINISTRATIF,
        "sequence": FieldClass.ADMINISTRATIF,
        "at": FieldClass.ADMINISTRATIF,
        "event": FieldClass.ADMINISTRATIF,
        "actor_ref": FieldClass.PERSONNEL,
        "role": FieldClass.ADMINISTRATIF,
        "purpose": FieldClass.ADMINISTRATIF,
        "subject_kind": FieldClass.ADMINISTRATIF,
        "subject_ref": FieldClass.PERSONNEL,
        "previous_hash": FieldClass.ADMINISTRATIF,
        "hash": FieldClass.ADMINISTRATIF,
    }

    entreprise_id = models.UUIDField("entreprise")
    sequence = models.PositiveBigIntegerField("rang")
    at = models.DateTimeField("moment")
    event = models.CharField("événement", max_length=80)
    actor_ref = models.UUIDField("auteur", null=True)
    role = models.CharField("rôle", max_length=20, blank=True)
    purpose = models.CharField("finalité", max_length=40, blank=True)
    subject_kind = models.CharField("sorte d’objet", max_length=60, blank=True)
    subject_ref = models.UUIDField("objet", null=True, db_index=True)
    previous_hash = models.BinaryField("empreinte précédente", max_length=32)
    hash = models.BinaryField("empreinte", max_length=32)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = "événement du journal"
        verbose_name_plural = "événements du journal"
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise_id", "sequence"],
                name="audit_event_sequence",
                violation_error_message="Ce rang du journal est déjà pris : recommencez l’opération.",
            )
        ]


class ChainHead(models.Model):
    """The last link of each chain: locked while the next one is written."""

    classes: ClassVar = {
        "entreprise_id": FieldClass.ADMINISTRATIF,
        "sequence": FieldClass.ADMINISTRATIF,
        "hash": FieldClass.ADMINISTRATIF,
        "written": FieldClass.ADMINISTRATIF,
    }

    entreprise_id = models.UUIDField("entreprise", primary_key=True)
    sequence = models.PositiveBigIntegerField("rang", default=0)
    hash = models.BinaryField("empreinte", max_length=32)
    written = models.UUIDField("dernière écriture", null=True)

    class Meta:
        verbose_name = "tête de chaîne"


class JournalIdentity(RecordModel):
    """Whose random identifier it is: the one row that erasing a person removes."""

    classes: ClassVar = {
        "kind": FieldClass.ADMINISTRATIF,
        "subject_id": FieldClass.PERSONNEL,
        "journal_id": FieldClass.PERSONNEL,
    }

    kind = models.CharField("sorte d’objet", max_length=60)
    subject_id = models.UUIDField("objet")
    journal_id = models.UUIDField("identifiant au journal", default=uuid.uuid4, unique=True)

    class Meta:
        verbose_name = "identité au journal"
        verbose_name_plural = "identités au journal"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                name="journal_identity_subject",
                violation_error_message="Cet objet a déjà son identifiant au journal.",
            )
        ]


class Change(RecordModel):
    """What one write changed in one field: history that erasure may purge."""

    classes: ClassVar = {
        "event_id": FieldClass.ADMINISTRATIF,
        "entreprise_id": FieldClass.ADMINISTRATIF,
        "kind": FieldClass.ADMINISTRATIF,
        "subject_id": FieldClass.PERSONNEL,
        "field": FieldClass.ADMINISTRATIF,
        "field_class": FieldClass.ADMINISTRATIF,
        "old": FieldClass.PERSONNEL,
        "new": FieldClass.PERSONNEL,
        "at": FieldClass.ADMINISTRATIF,
    }

    event_id = models.UUIDField("événement", db_index=True)
    entreprise_id = models.UUIDField("entreprise")
    kind = models.CharField("sorte d’objet", max_length=60)
    subject_id = models.UUIDField("objet")
    field = models.CharField("champ", max_length=60)
    field_class = models.CharField("classe du champ", max_length=20)
    old = models.TextField("avant", null=True)
    new = models.TextField("après", null=True)
    at = models.DateTimeField("moment")

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = "changement"
        indexes = [models.Index(fields=["entreprise_id", "kind", "subject_id"], name="change_subject")]
