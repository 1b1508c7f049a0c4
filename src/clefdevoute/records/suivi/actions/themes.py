"""The enterprise's own list of chips: begun from the house's, then renamed, completed, retired."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.text import slugify

from clefdevoute.records.entreprises.policies import check_acts_in
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.permissions import Permission
from clefdevoute.records.suivi.models.themes import Theme
from clefdevoute.records.suivi.themes import DEFAUTS

MOST = 30


@transaction.atomic
def ajouter_theme(*, entreprise_id: uuid.UUID, label: str, by: Actor, now: dt.datetime) -> Theme:
    """Offer one more chip; the first change copies the house's list, so that nothing disappears."""
    check_acts_in(by, entreprise_id, Permission.DOSSIER_ECRIRE)
    rows = reprendre_defauts(entreprise_id=entreprise_id)
    word = " ".join(label.split())
    code = slugify(word.replace("’", "-")).replace("-", "_")[:40]
    if not code:
        raise refused("Écrivez le mot à afficher, en lettres.", "label")
    if len(rows) >= MOST:
        raise refused(f"La liste compte déjà {MOST} thèmes : retirez-en un qui ne sert plus.", "label")
    row = Theme(entreprise_id=entreprise_id, code=code, label=word, position=len(rows))
    checked(row).save(force_insert=True)
    journal.append(event="suivi.theme_ajoute", by=by, subject=row, entreprise_id=entreprise_id, now=now)
    return row


@transaction.atomic
def modifier_theme(*, theme: Theme, label: str, active: bool, by: Actor, now: dt.datetime) -> Theme:
    """Rename a chip, retire it or offer it again; past interviews keep their code."""
    check_acts_in(by, theme.entreprise_id, Permission.DOSSIER_ECRIRE)
    row = locked(theme)
    changes = amended(row, {"label": " ".join(label.split()), "active": active}, ("label", "active"))
    if changes:
        checked(row).save(update_fields=list(changes))
        journal.append(
            event="suivi.theme_modifie", by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes
        )
    return row


def reprendre_defauts(*, entreprise_id: uuid.UUID) -> list[Theme]:
    """Give the enterprise's list, copied from the house's when it has none."""
    rows = list(Theme.objects.of(entreprise_id))
    if rows:
        return rows
    return Theme.objects.bulk_create(
        Theme(entreprise_id=entreprise_id, code=code, label=label, position=rank)
        for rank, (code, label) in enumerate(DEFAUTS)
    )
