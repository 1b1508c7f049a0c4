"""The pinned line of a person: written, replaced, taken away; never rewritten."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import policies
from clefdevoute.records.suivi.models.epingles import ASavoir


@transaction.atomic
def epingler(*, travailleur: Travailleur, text: str, by: Actor, now: dt.datetime) -> ASavoir | None:
    """Pin a line in the place of the former one; an empty line takes it away."""
    policies.check_writes_dossier(by, travailleur)
    line = " ".join(text.split())
    if len(line) > ASavoir.MOST:
        raise refused(
            f"Cette ligne compte {len(line)} caractères : gardez-en {ASavoir.MOST} au plus, le reste va dans une note.",
            "text",
        )
    held = ASavoir.objects.of(travailleur.entreprise_id).filter(travailleur=travailleur, replaced_at=None).first()
    if held is not None:
        former: ASavoir = locked(held)
        if former.text == line:
            return former
        former.replaced_at = now
        former.save(update_fields=["replaced_at"])
    journal.append(
        event="suivi.a_savoir_change" if line else "suivi.a_savoir_retire",
        by=by,
        subject=travailleur,
        entreprise_id=travailleur.entreprise_id,
        now=now,
    )
    if not line:
        return None
    row = ASavoir(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        text=line,
        author_id=by.user_id,
        written_at=now,
    )
    checked(row).save(force_insert=True)
    return row
