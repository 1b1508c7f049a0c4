"""Words of a file: asked for where they must be, kept when others replace them."""

import datetime as dt

from clefdevoute.records.entreprises.writing import refused
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.suivi.models.demarches import AncienTexte, Demarche
from clefdevoute.records.suivi.models.objectifs import Objectif

LONGEST = 20_000


def check_words(text: str | None, field: str, missing: str) -> str:
    """Give the text without its outer blanks; refuse an empty one and one that no person reads."""
    words = (text or "").strip()
    if not words:
        raise refused(missing, field)
    if len(words) > LONGEST:
        raise refused("Ce texte dépasse 20.000 signes. Joignez un document et résumez-le ici.", field)
    return words


def keep_former(row: Objectif | Demarche, words: dict[str, str | None], *, by: Actor, now: dt.datetime) -> None:
    """Keep, sealed, the words that were replaced; nothing was written where there was none."""
    for field, former in words.items():
        if former:
            AncienTexte(
                entreprise_id=row.entreprise_id,
                travailleur_id=row.travailleur_id,
                objectif=row if isinstance(row, Objectif) else None,
                demarche=row if isinstance(row, Demarche) else None,
                field=field,
                words=former,
                replaced_by_id=by.user_id,
                replaced_at=now,
            ).save(force_insert=True)
