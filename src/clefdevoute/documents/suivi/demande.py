"""What a section of a dossier on paper is read for."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from clefdevoute.documents.suivi.dossier import Fait
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur


@dataclass(frozen=True, slots=True)
class Demande:
    """Whose dossier, read by whom, with words or with days alone, on which day."""

    travailleur: Travailleur
    by: Actor
    words: bool
    on: dt.date


Lecture = Callable[[Demande], tuple[Fait, ...]]
