"""Writing a version of a note: never over another, never twice the same words."""

import datetime as dt
from typing import TypeVar

from clefdevoute.records.entreprises.writing import checked, refused
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.suivi.models import Entretien, Note, NotePartagee

N = TypeVar("N", bound=Note)

LONGEST = 200_000
"""Characters of one note: forty pages, far above any note, far below what a page can send."""


def versions(table: type[N], entretien: Entretien, by: Actor) -> list[N]:
    """Give the versions of a note, the newest first: everybody's of a shared one, one's own of the others."""
    rows = table._default_manager.filter(entretien=entretien)
    if table is not NotePartagee:
        rows = rows.filter(author_id=by.user_id)
    return list(rows.order_by("-version"))


def ecrire(table: type[N], *, entretien: Entretien, text: str, by: Actor, now: dt.datetime, version: int) -> N | None:
    """Add a version where the words changed, else nothing; the caller holds the transaction and asked who may."""
    if len(text) > LONGEST:
        raise refused(
            f"Cette note compte {len(text)} caractères, la place est de {LONGEST}. Coupez-la en deux notes ; rien "
            "n’est perdu ici.",
            table._meta.model_name or "",
        )
    known = versions(table, entretien, by)
    last = known[0] if known else None
    if version != (last.version if last else 0):
        raise refused("Cette note a été corrigée entre-temps. Relisez la version qui suit, puis refaites la vôtre.")
    if (last.text if last else "") == text:
        return None
    row = table(
        entreprise_id=entretien.entreprise_id,
        travailleur_id=entretien.travailleur_id,
        entretien=entretien,
        version=last.version + 1 if last else 1,
        text=text,
        author_id=by.user_id,
        written_at=now,
    )
    checked(row).save(force_insert=True)
    return row
