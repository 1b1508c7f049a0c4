"""
Which lines are worth a reminder on a day: the decision alone, no mail and no row.

Before its date a line is said once; after it, once at once and then at the chosen pace while nothing is
done. What counts is the line and the days since its last reminder, never the exact date: a date that
slides from day to day still brings its reminder.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clefdevoute.records.echeances.lignes import Ligne
from clefdevoute.records.echeances.models import LigneRappelee, ReglageRappel

Etape = LigneRappelee.Etape
PAUSE = 7
"""Days during which a line that moved is not said again at the same stage."""
Key = tuple[str, uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class Passe:
    """The last reminder of a line at a stage: when it left, and the date the line had."""

    sent_on: dt.date
    due_on: dt.date


def etape(line: Ligne, reglage: ReglageRappel, as_of: dt.date) -> LigneRappelee.Etape | None:
    """Say at which stage a line stands for this person; none while its date is further than she asked."""
    if line.genre in reglage.muted:
        return None
    if line.due_on < as_of:
        return Etape.APRES
    return Etape.AVANT if (line.due_on - as_of).days <= reglage.days_before else None


def a_rappeler(
    lines: Iterable[Ligne], *, passes: Mapping[Key, Passe], reglage: ReglageRappel, as_of: dt.date
) -> list[tuple[Ligne, LigneRappelee.Etape]]:
    """Keep the lines of which this person is reminded today."""
    if not reglage.active:
        return []
    staged = ((line, etape(line, reglage, as_of)) for line in lines)
    return [
        (line, stage)
        for line, stage in staged
        if stage is not None and _again(line, stage, passes.get((*line.key, stage.value)), reglage, as_of)
    ]


def _again(line: Ligne, stage: LigneRappelee.Etape, last: Passe | None, reglage: ReglageRappel, as_of: dt.date) -> bool:
    """Say whether a line already reminded at this stage is said again."""
    if last is None:
        return True
    since = (as_of - last.sent_on).days
    if stage is Etape.APRES and 0 < reglage.repeat_days <= since:
        return True
    # A new date, or a new delay, deserves its own notice; a date that moves each day does not bring one each day.
    moved = line.due_on > (last.sent_on if stage is Etape.APRES else last.due_on)
    return moved and since >= PAUSE
