"""The opening of what a year left behind: a reading that the journal keeps (F61)."""

import datetime as dt

from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.subventions.models import DossierTransmis


def noter_telechargement(*, dossier: DossierTransmis, what: str, by: Actor, now: dt.datetime) -> None:
    """Write that a package or its receipt was downloaded; the row itself does not change."""
    journal.append(
        event="subventions.dossier_telecharge",
        by=by,
        subject=dossier,
        entreprise_id=dossier.entreprise_id,
        now=now,
        purpose=what,
    )
