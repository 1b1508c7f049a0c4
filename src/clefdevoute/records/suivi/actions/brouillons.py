"""
Drafts: kept at every pause, never validated, never lost to a second tab.

A tab that saves over words it has not seen gets ``BrouillonPerime`` with the other text, and nothing is
written until a person chose. The text not chosen stays in ``replaced``.
"""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied, RecordError
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.models.brouillons import Brouillon

Content = Mapping[str, Any]


class BrouillonPerime(RecordError):
    """Another tab saved other words since this one read them; ``saved`` is what stands now."""

    def __init__(self, saved: Brouillon) -> None:
        self.saved = saved
        super().__init__(
            "Un autre onglet a enregistré un autre texte entre-temps. Rien n’est perdu : choisissez celui que vous "
            "gardez."
        )


class BrouillonDisparu(RecordError):
    """The draft was finished or thrown away in another tab; what is typed here can become a new one."""

    def __init__(self) -> None:
        super().__init__(
            "Ce brouillon a été terminé ou jeté dans un autre onglet. Ce que vous avez tapé ici est toujours là : "
            "gardez-le comme nouveau brouillon, ou fermez cet onglet."
        )


def contenu(brouillon: Brouillon | None) -> dict[str, Any]:
    """Read what a draft holds, field by field; nothing when there is none."""
    found: dict[str, Any] = json.loads(brouillon.content) if brouillon is not None else {}
    return found


def remplace(brouillon: Brouillon) -> dict[str, Any]:
    """Read the text that lost when two tabs disagreed; nothing when they never did."""
    found: dict[str, Any] = json.loads(brouillon.replaced) if brouillon.replaced else {}
    return found


@transaction.atomic
def garder(
    *,
    travailleur: Travailleur,
    form: str,
    subject: uuid.UUID,
    content: Content,
    version: int,
    tab: uuid.UUID | None,
    by: Actor,
    now: dt.datetime,
) -> Brouillon:
    """
    Save what is typed, as it is; ``version`` is the one the tab read, 0 for none.

    A tab may save again over its own words whatever their version: its former request may still be on
    its way back.
    """
    policies.check_writes_dossier(by, travailleur)
    row = _locked(travailleur, form, subject, by)
    if row is None:
        if version:
            raise BrouillonDisparu
        return _opened({"travailleur": travailleur, "form": form, "subject": subject}, content, tab, by, now)
    if row.version != version and (tab is None or row.saved_from != tab) and contenu(row) != dict(content):
        raise BrouillonPerime(row)
    return _saved(row, content, tab, now)


@transaction.atomic
def trancher(
    *, brouillon: Brouillon, mine: Content, keep_mine: bool, tab: uuid.UUID | None, by: Actor, now: dt.datetime
) -> Brouillon:
    """Settle a disagreement of two tabs: one text is kept, the other stays beside it, to be read again."""
    policies.check_writes_dossier(by, brouillon.travailleur)
    row = _locked(brouillon.travailleur, brouillon.form, brouillon.subject, by)
    if row is None:
        raise BrouillonDisparu
    other = dict(mine) if not keep_mine else contenu(row)
    row.replaced = json.dumps(other, ensure_ascii=False)
    return _saved(row, mine if keep_mine else contenu(row), tab, now)


@transaction.atomic
def jeter(*, brouillon: Brouillon, by: Actor, now: dt.datetime) -> None:
    """Throw a draft away; it was never part of the file, its author alone may."""
    check_own(by, brouillon)
    _closed(brouillon, "suivi.brouillon_jete", by, now)


def fermer(*, travailleur: Travailleur, form: str, subject: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Let a draft go once what it held is recorded; the caller's transaction holds both."""
    row = _locked(travailleur, form, subject, by)
    if row is not None:
        _closed(row, "suivi.brouillon_termine", by, now)


def check_own(actor: Actor, brouillon: Brouillon) -> None:
    """Who: its author alone."""
    if brouillon.author_id != actor.user_id or not actor.belongs_to(brouillon.entreprise_id):
        raise AccessDenied("Ce brouillon est celui d’une autre personne : elle seule le lit et le jette.")


def _locked(travailleur: Travailleur, form: str, subject: uuid.UUID, by: Actor) -> Brouillon | None:
    rows = Brouillon.objects.select_for_update(of=("self",)).of(travailleur.entreprise_id)
    return rows.filter(author_id=by.user_id, travailleur=travailleur, form=form, subject=subject).first()


def _opened(key: Mapping[str, Any], content: Content, tab: uuid.UUID | None, by: Actor, now: dt.datetime) -> Brouillon:
    # Two first savings at once: the second waits here, then finds the first one's row.
    row, created = Brouillon.objects.get_or_create(
        **key,
        author_id=by.user_id,
        entreprise_id=key["travailleur"].entreprise_id,
        defaults={"content": json.dumps(dict(content), ensure_ascii=False), "saved_from": tab, "saved_at": now},
    )
    if not created:
        if row.saved_from == tab:
            return _saved(row, content, tab, now)
        raise BrouillonPerime(row)
    journal.append(event="suivi.brouillon_ouvert", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _saved(row: Brouillon, content: Content, tab: uuid.UUID | None, now: dt.datetime) -> Brouillon:
    row.content = json.dumps(dict(content), ensure_ascii=False)
    row.version += 1
    row.saved_from, row.saved_at = tab, now
    row.save(update_fields=["content", "replaced", "version", "saved_from", "saved_at"])
    return row


def _closed(row: Brouillon, event: str, by: Actor, now: dt.datetime) -> None:
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    row.delete()
