"""
Dossiers that lack one of their legal parts; the interview itself has its own line from the clocks.

The texts give no date. Ours: thirty days after the engagement for a first dossier, the day a bilan passes
its age; a synthesis is confirmed within thirty days and lags at most ninety days behind what is recorded.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from clefdevoute.law.accompagnement_social.dossier import VALIDITE_BILAN, Completude, Partie
from clefdevoute.law.kernel.dates import add_months
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.echeances.lignes import Genre, Gravite, Ligne, Portee
from clefdevoute.records.echeances.sources.horloges import horloges
from clefdevoute.records.suivi.facts import completude

COMPLETED = dt.timedelta(days=30)
LAG = dt.timedelta(days=90)
_BILAN, _SYNTHESE = 2, 3
_PAGES = {1: "signaletique", _BILAN: "bilans", _SYNTHESE: "synthese"}
"""The page of a part that has one; the others are mended in the dossier itself."""


def lignes(portee: Portee) -> Iterator[Ligne]:
    """Give one line for each followed person here whose dossier lacks something, the same queries for all."""
    followed = list(horloges(portee))
    files = completude(portee.entreprise_id, followed, as_of=portee.as_of, entretiens=False)
    for person, found in files.items():
        missing = [part for part in found.value.parties if not part.complete]
        due = min((day for part in missing if (day := _due(part, found, portee.as_of)) is not None), default=None)
        if due is None or due > portee.jusque:
            continue
        words = ", ".join(word for part in missing for word in part.manque)
        yield Ligne(
            genre=Genre.DOSSIER,
            source="dossier",
            due_on=due,
            subject_id=person,
            travailleur_id=person,
            before="Compléter le dossier de",
            act="Compléter",
            meta=f"Il manque {words}",
            url_name=f"accompagnateur:{_page(missing)}",
            url_kwargs={"pk": person},
            gravite=Gravite.AMBRE,
        )


def _page(missing: Sequence[Partie]) -> str:
    """Name the page to open: that of the part when one alone lacks, else the whole dossier."""
    return _PAGES.get(missing[0].numero, "dossier") if len(missing) == 1 else "dossier"


def _due(part: Partie, found: Explained[Completude], as_of: dt.date) -> dt.date | None:
    """Say by when a part should have been there, from the facts the answer of the law rests on."""
    facts: Any = found.facts
    if part.numero == _BILAN and facts["dernier_bilan"] is not None:
        until: dt.date = add_months(facts["dernier_bilan"], int(VALIDITE_BILAN.at(as_of).value))
        return until
    made: dt.date | None = facts["synthese_regeneree_le"]
    if part.numero == _SYNTHESE and made is not None:
        last: dt.date | None = facts["dernier_enregistrement"]
        return max(made + LAG, last) if last is not None and last > made else made + COMPLETED
    hired: dt.date | None = facts["signaletique"].date_engagement
    return hired + COMPLETED if hired else None
