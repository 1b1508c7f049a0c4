"""
The journal: one chain of events per enterprise, that nobody can rewrite without it being seen.

An event holds random identifiers, never a name or a value; each link carries the hash of the one
before. The head of the chain is locked while a link is added, so that writers queue up.
"""

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import SECRET, FieldClass, classes_of
from clefdevoute.records.foundation.models import AuditEvent, ChainHead, Change, JournalIdentity
from clefdevoute.records.foundation.models.journal import INSTALLATION

GENESIS = bytes(32)
USER_KIND = "foundation.user"
_EVENT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_CODE = re.compile(r"[a-z0-9_]{0,40}")
_KEY = ChainHead._meta.pk
_WRITTEN = f"SELECT written FROM {ChainHead._meta.db_table} WHERE entreprise_id = %s"  # noqa: S608 - our own names
"""Asked several times by every page, hence not written anew by the ORM each time."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about when no row is at hand: a kind and a key."""

    kind: str
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of reading a chain again: how many links, and the first that is broken."""

    entreprise_id: uuid.UUID
    links: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether the whole chain holds."""
        return self.broken_at is None


@transaction.atomic
def append(
    *,
    event: str,
    by: Actor | None,
    subject: models.Model | Subject | None = None,
    entreprise_id: uuid.UUID | None,
    now: dt.datetime,
    purpose: str = "",
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reading: bool = False,
) -> AuditEvent:
    """
    Add a link to the chain of an enterprise (of the installation when None), in the caller's transaction.

    ``changes`` goes to the history table, which erasure may purge; the link itself holds no value. ``reading``
    says that somebody only looked: what is kept in memory (``foundation.memoire``) stands.
    """
    _check_words(event, purpose)
    about = _subject(subject)
    head = _locked_head(entreprise_id or INSTALLATION)
    actor_ref, subject_ref = _references(Subject(USER_KIND, by.user_id) if by else None, about)
    link = AuditEvent(
        entreprise_id=head.entreprise_id,
        sequence=head.sequence + 1,
        at=now,
        event=event,
        actor_ref=actor_ref,
        role=by.role.value if by else "",
        purpose=purpose,
        subject_kind=about.kind if about else "",
        subject_ref=subject_ref,
        previous_hash=bytes(head.hash),
    )
    link.hash = digest(link)
    link.save(force_insert=True)
    head.sequence, head.hash = link.sequence, link.hash
    head.written = head.written if reading else link.id
    head.save(update_fields=["sequence", "hash", "written"])
    if changes and about:
        _keep_changes(link, about, subject, changes)
    return link


def ecrit(entreprise_id: uuid.UUID) -> uuid.UUID | None:
    """
    Name the last write of an enterprise, in one query: while it is the same, nothing was written there.

    A name and no rank: a write undone and another done in its place never share one.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [_KEY.get_db_prep_value(entreprise_id, connection)])
        row = cursor.fetchone()
    return _KEY.to_python(row[0]) if row else None


def identity(kind: str, subject_id: uuid.UUID) -> uuid.UUID:
    """Give the random identifier under which a subject stands in the journal, making it the first time."""
    row, _ = JournalIdentity.objects.get_or_create(kind=kind, subject_id=subject_id)
    return row.journal_id


def _references(*subjects: Subject | None) -> list[uuid.UUID | None]:
    """Give the random identifiers of several subjects, in one question when they have theirs."""
    wanted = {(one.kind, one.id) for one in subjects if one}
    rows = JournalIdentity.objects.filter(
        kind__in={kind for kind, _ in wanted}, subject_id__in={subject_id for _, subject_id in wanted}
    )
    known = {(row.kind, row.subject_id): row.journal_id for row in rows}
    for key in wanted - set(known):
        known[key] = identity(*key)
    return [known[one.kind, one.id] if one else None for one in subjects]


def digest(link: AuditEvent) -> bytes:
    """Hash the canonical bytes of a link, the previous hash included."""
    content = {
        "v": 1,
        "entreprise": str(link.entreprise_id),
        "sequence": link.sequence,
        "id": str(link.id),
        "at": link.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "event": link.event,
        "actor": str(link.actor_ref or ""),
        "role": link.role,
        "purpose": link.purpose,
        "subject_kind": link.subject_kind,
        "subject": str(link.subject_ref or ""),
        "previous": bytes(link.previous_hash).hex(),
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).digest()


def verify(entreprise_id: uuid.UUID | None) -> Verification:
    """Read a chain again from its first link, and compare its end with its head."""
    chain = entreprise_id or INSTALLATION
    expected, count = GENESIS, 0
    for link in AuditEvent.objects.filter(entreprise_id=chain).order_by("sequence").iterator(chunk_size=2000):
        if link.sequence != count + 1:
            return Verification(chain, count, count + 1, f"le maillon n° {count + 1} manque")
        if bytes(link.previous_hash) != expected:
            return Verification(chain, count, link.sequence, f"le maillon n° {link.sequence} ne suit pas le précédent")
        expected, count = digest(link), count + 1
        if bytes(link.hash) != expected:
            return Verification(chain, count, link.sequence, f"le maillon n° {link.sequence} a été modifié")
    head = ChainHead.objects.filter(entreprise_id=chain).first()
    known = (head.sequence, bytes(head.hash)) if head else (0, GENESIS)
    if known != (count, expected):
        return Verification(chain, count, count + 1, f"la fin de la chaîne manque ou dépasse sa tête (n° {known[0]})")
    return Verification(chain, count)


def verify_all() -> list[Verification]:
    """Verify every chain that has a link or a head."""
    chains = set(ChainHead.objects.values_list("entreprise_id", flat=True))
    chains |= set(AuditEvent.objects.order_by().values_list("entreprise_id", flat=True).distinct())
    return [verify(chain) for chain in sorted(chains)]


def forget(kind: str, subject_id: uuid.UUID) -> None:
    """Erase a person from the journal: its identity and the history of its values; the chain still verifies."""
    Change.objects.filter(kind=kind, subject_id=subject_id).delete()
    JournalIdentity.objects.filter(kind=kind, subject_id=subject_id).delete()


def _check_words(event: str, purpose: str) -> None:
    """Refuse anything but codes: a free text in the journal could never be erased."""
    if not _EVENT.fullmatch(event):
        raise ValueError(f"“{event}” is not an event: write domain.thing_happened, in lower case.")
    if not _CODE.fullmatch(purpose):
        raise ValueError(f"“{purpose}” is not a purpose code: lower case, digits and underscores, no text.")


def _subject(subject: models.Model | Subject | None) -> Subject | None:
    """Reduce a row to its kind and key."""
    if subject is None or isinstance(subject, Subject):
        return subject
    return Subject(subject._meta.label_lower, subject.pk)


def _locked_head(chain: uuid.UUID) -> ChainHead:
    """Lock the head of the chain until the transaction ends (SQLite: the transaction itself is the lock)."""
    head = ChainHead.objects.select_for_update().filter(entreprise_id=chain).first()
    if head is None:
        ChainHead.objects.get_or_create(entreprise_id=chain, defaults={"hash": GENESIS})
        head = ChainHead.objects.select_for_update().get(entreprise_id=chain)
    return head


def _keep_changes(
    link: AuditEvent,
    about: Subject,
    row: models.Model | Subject | None,
    changes: Mapping[str, tuple[Any, Any]],
) -> None:
    """Write the differences in the history table; those of secret or unknown fields by name alone."""
    classes = classes_of(type(row)) if isinstance(row, models.Model) else {}
    Change.objects.bulk_create(
        Change(
            event_id=link.id,
            entreprise_id=link.entreprise_id,
            kind=about.kind,
            subject_id=about.id,
            field=name,
            field_class=(field_class := classes.get(name, FieldClass.SANTE)),
            old=None if field_class in SECRET or old is None else str(old),
            new=None if field_class in SECRET or new is None else str(new),
            at=link.at,
        )
        for name, (old, new) in changes.items()
    )
