"""Which line is worth a reminder on a day: before, after, never twice, and never forgotten when its date slides."""

import datetime as dt
import uuid

from clefdevoute.records.echeances.lignes import Genre, Ligne
from clefdevoute.records.echeances.models import LigneRappelee, ReglageRappel
from clefdevoute.records.echeances.rappels import Passe, a_rappeler

MONDAY = dt.date(2026, 11, 23)
SUBJECT = uuid.uuid4()
Etape = LigneRappelee.Etape


def line(due_on, genre=Genre.ENTRETIEN):
    return Ligne(
        genre=genre, source="essai", due_on=due_on, subject_id=SUBJECT, before="Appeler", act="Appeler", url_name="x:y"
    )


def walk(due_by_day, *, days, start=MONDAY, **reglage):
    """Live day after day: each reminder is remembered as the records remember it; answer the days and stages."""
    setting = ReglageRappel(**reglage)
    passes, said = {}, []
    for n in range(days):
        today = start + dt.timedelta(days=n)
        due = due_by_day(today)
        lines = [line(due)] if due else []
        for one, stage in a_rappeler(lines, passes=passes, reglage=setting, as_of=today):
            passes[(*one.key, stage.value)] = Passe(today, one.due_on)
            said.append((n, stage))
    return said


def test_once_before_then_once_late_then_each_week():
    due = MONDAY + dt.timedelta(days=10)
    assert walk(lambda _: due, days=30) == [
        (3, Etape.AVANT), (11, Etape.APRES), (18, Etape.APRES), (25, Etape.APRES)
    ]  # fmt: skip


def test_nothing_more_once_it_is_done():
    due = MONDAY + dt.timedelta(days=10)
    assert walk(lambda today: due if today < MONDAY + dt.timedelta(days=12) else None, days=40) == [
        (3, Etape.AVANT), (11, Etape.APRES)
    ]  # fmt: skip


def test_zero_days_says_it_once_only():
    assert walk(lambda _: MONDAY, days=40, days_before=0, repeat_days=0) == [(0, Etape.AVANT), (1, Etape.APRES)]


def test_the_next_turn_of_a_clock_is_a_new_delay():
    """Reminded once and for all of a late interview; the one due six months later is said again."""
    first, second = MONDAY, MONDAY + dt.timedelta(days=180)
    said = walk(lambda today: first if today < first + dt.timedelta(days=5) else second, days=190, repeat_days=0)
    assert said == [(0, Etape.AVANT), (1, Etape.APRES), (173, Etape.AVANT), (181, Etape.APRES)]


def test_a_late_date_that_slides_still_brings_its_reminder():
    """An overdue line whose date is always yesterday is said at once, then at its pace, not each day."""
    assert walk(lambda today: today - dt.timedelta(days=1), days=16) == [
        (0, Etape.APRES), (7, Etape.APRES), (14, Etape.APRES)
    ]  # fmt: skip


def test_a_coming_date_that_slides_is_said_again_but_not_each_day():
    said = walk(lambda today: today + dt.timedelta(days=3), days=16)
    assert said == [(0, Etape.AVANT), (7, Etape.AVANT), (14, Etape.AVANT)]


def test_a_muted_subject_and_a_silent_person():
    late = line(MONDAY - dt.timedelta(days=2))
    ask = {"passes": {}, "as_of": MONDAY}
    assert a_rappeler([late], reglage=ReglageRappel(muted=["entretien"]), **ask) == []
    assert a_rappeler([late], reglage=ReglageRappel(muted=["seance"]), **ask) == [(late, Etape.APRES)]
    assert a_rappeler([late], reglage=ReglageRappel(active=False), **ask) == []


def test_days_before_are_the_persons_own():
    in_a_week = line(MONDAY + dt.timedelta(days=7))
    ask = {"passes": {}, "as_of": MONDAY}
    assert a_rappeler([in_a_week], reglage=ReglageRappel(days_before=7), **ask) == [(in_a_week, Etape.AVANT)]
    assert a_rappeler([in_a_week], reglage=ReglageRappel(days_before=6), **ask) == []
