"""A day and a week as they are drawn: appointments and séances in order, filtered, in a bounded number of queries."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clefdevoute.law.kernel.feries import ferie
from clefdevoute.records.agenda.models import Presence, RendezVous, Seance
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.personnes.models import Accompagnateur, Engagement
from clefdevoute.ui import formats, saisie
from clefdevoute.workspaces.agenda import portee

BADGES = {
    "planifie": ("", ""),
    "a_confirmer": ("soon", ""),
    "realise": ("ok", ""),
    "reporte": ("", "suivant"),
    "excuse": ("pause", ""),
    "absent": ("late", ""),
    "refuse": ("late", ""),
    "annule": ("", "fermer"),
}
"""How each state is marked: the kind of its badge and its icon; the word says the same."""

_SATURDAY = 5
_TAKES_TIME = (RendezVous.Status.PLANIFIE, RendezVous.Status.REALISE)


@dataclass(frozen=True, slots=True)
class Filtres:
    """What was asked of the agenda: a day, an accompagnateur, a site; ``error`` says of a day that is none."""

    le: dt.date
    accompagnateur: uuid.UUID | None = None
    site: str = ""
    error: str = ""
    typed: str = ""

    @property
    def narrowed(self) -> bool:
        """Tell whether something was asked that the filters should show unfolded."""
        return bool(self.accompagnateur or self.site or self.error)

    def query(self, le: dt.date | None = None) -> str:
        """Write an address with the same filters, for another day."""
        asked = {"le": (le or self.le).isoformat(), "accompagnateur": self.accompagnateur or "", "site": self.site}
        return urlencode({key: value for key, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Ligne:
    """One moment of the agenda as it is shown; ``row`` is the appointment whose outcome is to be noted, if any."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    who: str
    what: str
    place: str
    accompagnateur: str
    url: str
    status: str
    badge: tuple[str, str]
    row: RendezVous | None = None
    to_confirm: bool = False

    @property
    def hours(self) -> str:
        """Write when it begins and ends."""
        return f"{formats.heure(self.starts_at)}{formats.NBSP}–{formats.NBSP}{formats.heure(self.ends_at)}"

    @property
    def start(self) -> str:
        """Write the day and the hour it begins."""
        return f"{formats.date_courte(self.starts_at)}, {formats.heure(self.starts_at)}"


@dataclass(frozen=True, slots=True)
class Jour:
    """A day of the agenda."""

    day: dt.date
    lignes: tuple[Ligne, ...]
    today: bool
    ferie: str

    @property
    def title(self) -> str:
        """Name the day: Lundi 23 novembre."""
        words = formats.date_longue(self.day, year=False, weekday=True)
        return words[0].upper() + words[1:]

    @property
    def sub(self) -> str:
        """Say what is particular about it: today, a holiday, how many moments."""
        count = len(self.lignes)
        words = [_("Aujourd’hui")] if self.today else []
        words += [_("Jour férié : %(name)s") % {"name": self.ferie}] if self.ferie else []
        words += [f"{count}{formats.NBSP}{formats.pluriel(count, 'moment')}"] if count else []
        return " · ".join(words)


def read(query: QueryDict, actor: Actor, today: dt.date) -> Filtres:
    """Read the filters of an address; a day that cannot be read is said, and today is shown."""
    typed, le, error = query.get("le", "").strip()[:40], today, ""
    if typed:
        try:
            le = saisie.date(typed)
        except saisie.SaisieError as wrong:
            error = str(wrong)
    known = set(accompagnateurs(actor).values_list("pk", flat=True))
    return Filtres(le, _known(query.get("accompagnateur", ""), known), query.get("site", "")[:100], error, typed)


def accompagnateurs(actor: Actor) -> Any:
    """Give the accompagnateurs whose agenda may be looked at."""
    return Accompagnateur.objects.visible_to(actor).order_by("name", "first_name")


def sites(actor: Actor) -> list[str]:
    """List the sites named in the register."""
    found = Engagement.objects.visible_to(actor).exclude(site="").order_by("site")
    return list(found.values_list("site", flat=True).distinct())


def monday(day: dt.date) -> dt.date:
    """Give the Monday of the week of a day."""
    return day - dt.timedelta(days=day.weekday())


def jours(actor: Actor, asked: Filtres, start: dt.date, count: int, *, now: dt.datetime) -> tuple[Jour, ...]:
    """Draw days in a row, in five queries at most; an empty Saturday or Sunday is left out of a week."""
    since, until = _midnight(start), _midnight(start + dt.timedelta(days=count))
    by_day: dict[dt.date, list[Ligne]] = defaultdict(list)
    for line in [*_rendez_vous(actor, asked, since, until, now), *_seances(actor, asked, since, until, now)]:
        by_day[timezone.localdate(line.starts_at)].append(line)
    today = timezone.localdate()
    days = (start + dt.timedelta(days=step) for step in range(count))
    return tuple(
        Jour(day, tuple(sorted(by_day[day], key=lambda one: (one.starts_at, one.who))), day == today, ferie(day))
        for day in days
        if count == 1 or by_day[day] or day.weekday() < _SATURDAY
    )


def _rendez_vous(
    actor: Actor, asked: Filtres, since: dt.datetime, until: dt.datetime, now: dt.datetime
) -> Iterator[Ligne]:
    named, span = portee.nommes(actor), RendezVous.objects.visible_to(actor).between(since, until)
    rows = _of(span.filter(named).select_related("travailleur", "accompagnateur"), asked)
    if asked.site:
        rows = rows.filter(Exists(_at_site(actor, asked.site)))
    for row in rows:
        yield ligne(row, now=now)
    if named and not asked.site:
        taken = span.filter(status__in=_TAKES_TIME).exclude(pk__in=span.filter(named).order_by().values("pk"))
        for row in _of(taken.select_related("accompagnateur"), asked):
            yield occupe(row)


def ligne(row: RendezVous, *, now: dt.datetime) -> Ligne:
    """Draw one appointment."""
    waits = row.status == RendezVous.Status.PLANIFIE and row.starts_at < now
    return Ligne(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        who=str(row.travailleur),
        what=_what(row),
        place=row.place,
        accompagnateur=str(row.accompagnateur),
        url=reverse("agenda:rendez_vous", kwargs={"pk": row.pk}),
        status=_("À\u00a0confirmer") if waits else row.get_status_display(),
        badge=BADGES["a_confirmer" if waits else row.status],
        row=row,
        to_confirm=waits,
    )


def occupe(row: RendezVous) -> Ligne:
    """Draw the appointment of a person whose name is closed to the reader: time that is taken, nothing more."""
    return Ligne(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        who=_("Occupé"),
        what="",
        place="",
        accompagnateur=str(row.accompagnateur),
        url="",
        status="",
        badge=("", ""),
    )


def _what(row: RendezVous) -> str:
    """Name an appointment; that it is held otherwise than face to face is said, for it counts otherwise."""
    kind: str = row.get_kind_display()
    return kind if row.form == RendezVous.Form.FACE_A_FACE else f"{kind}, {row.get_form_display().lower()}"


def _seances(actor: Actor, asked: Filtres, since: dt.datetime, until: dt.datetime, now: dt.datetime) -> Iterator[Ligne]:
    rows = Seance.objects.visible_to(actor).between(since, until).select_related("accompagnateur")
    places = Presence.objects.visible_to(actor).filter(seance=OuterRef("pk"))
    if asked.site:
        rows = rows.filter(Exists(places.filter(Exists(_at_site(actor, asked.site)))))
    # The accompagnateur leads the séance on her own page; the secretariat has the ticks alone.
    page = "accompagnateur:seance" if actor.role is Role.ACCOMPAGNATEUR else "agenda:seance"
    for row in _of(rows, asked):
        waits = row.status == Seance.Status.PLANIFIE and row.starts_at < now
        yield Ligne(
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            who=row.title,
            what=_("Séance collective"),
            place=row.place,
            accompagnateur=str(row.accompagnateur),
            url=reverse(page, kwargs={"pk": row.pk}),
            status=_("À\u00a0pointer") if waits else row.get_status_display(),
            badge=BADGES["a_confirmer" if waits else row.status],
        )


def _of(rows: Any, asked: Filtres) -> Any:
    return rows if asked.accompagnateur is None else rows.filter(accompagnateur_id=asked.accompagnateur)


def _at_site(actor: Actor, site: str) -> Any:
    return Engagement.objects.visible_to(actor).filter(travailleur=OuterRef("travailleur"), site=site)


def _known(text: str, known: Iterable[uuid.UUID]) -> uuid.UUID | None:
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    return key if key in known else None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
