"""*Aujourd'hui* as it is shown: each line with its words, its colour and its one button; the rail's count is its."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clefdevoute.records.echeances import aujourdhui
from clefdevoute.records.echeances.lignes import Bande, Gravite, Ligne, Portee, dimanche, horizon
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.memoire import Memoire
from clefdevoute.ui.formats import apres_de, date_longue, jours
from clefdevoute.ui.pagination import ListPage, paginate
from clefdevoute.workspaces.accompagnateur.garantie import garantie

LONGEST = 100
"""Letters of an address beyond which its drawing is not worth keeping."""

EQUIPE = "equipe"
"""The word in the address that widens the page from one's own workers to those of the team."""


@dataclass(frozen=True, slots=True)
class Rangee:
    """A line as a person reads it."""

    line: Ligne
    kind: str
    when: str
    href: str
    primary: bool

    @property
    def before(self) -> str:
        """Give the words before the name, « de » elided where the name begins with a vowel."""
        return apres_de(self.line.before, self.line.who)

    @property
    def act(self) -> str:
        """Give the verb of the button; none where the page that does it is not there."""
        return self.line.act if self.href else ""


@dataclass(frozen=True, slots=True)
class BandeMontree:
    """A band with its page of lines; ``empty`` is its sentence when nothing is due."""

    key: str
    title: str
    sub: str
    empty: str
    page: ListPage
    rows: Sequence[Rangee]


@dataclass(frozen=True, slots=True)
class Jour:
    """All that the page says of a day."""

    portee: Portee
    tout: aujourdhui.Aujourdhui
    bandes: Sequence[BandeMontree]

    @property
    def lede(self) -> str:
        """Say the day, and how many things there are."""
        day = date_longue(self.portee.as_of, weekday=True)
        count, late = self.tout.count, len(self.tout.bandes[Bande.EN_RETARD])
        if not count:
            return _("%(day)s. Rien à faire d’ici au %(end)s.") % {
                "day": day.capitalize(),
                "end": date_longue(horizon(self.portee.as_of), year=False),
            }
        said = ngettext("%(n)s chose à faire", "%(n)s choses à faire", count) % {"n": count}
        rest = f", {_('dont %(n)s en retard') % {'n': late}}" if late else ""
        return f"{day.capitalize()}. {said}{rest}."


def portee_of(request: HttpRequest) -> Portee | None:
    """Read whose persons the page is about: one's own, or the whole team's when the address asks so."""
    actor = request.actor  # type: ignore[attr-defined]
    return Portee.of(actor, as_of=timezone.localdate(), miens=request.GET.get("qui") != EQUIPE)


def compte(request: HttpRequest) -> int:
    """
    Count the lines of one's own page: the number in the rail, equal to the list that it opens.

    Every page shows it: the lines are kept while nothing is written in the enterprise and the day is the same.
    """
    found: int | None = getattr(request, "_aujourdhui", None)
    if found is None:
        found = _compter(request.actor)  # type: ignore[attr-defined]
        request._aujourdhui = found  # type: ignore[attr-defined]
    return found


def _compter(actor: Actor) -> int:
    portee = Portee.of(actor, as_of=timezone.localdate(), miens=True)
    return aujourdhui.gardees(portee, aujourdhui.vives(portee)).count if portee else 0


def dessin(request: HttpRequest, portee: Portee) -> str:
    """
    Draw the page of a day: its bands and the guarantee of six months.

    What is drawn is kept as long as the lines: it is a function of them, of the day and of the pages asked for.
    """
    drafts = aujourdhui.vives(portee)
    draw = partial(_dessiner, request, portee, drafts)
    asked = request.GET.urlencode()
    key = (portee.cle, asked)
    short = len(asked) <= LONGEST
    drawn = _DESSINS.lire(portee.entreprise_id, key, draw, as_of=portee.as_of, stamp=drafts) if short else draw()
    if portee.miens:
        request._aujourdhui = drawn.count  # type: ignore[attr-defined]
    return drawn.html


@dataclass(frozen=True, slots=True)
class _Dessin:
    """What is kept of a page: its text, and the number that the rail tells."""

    html: str
    count: int


_DESSINS: Memoire[_Dessin] = Memoire(64)


def _dessiner(request: HttpRequest, portee: Portee, drafts: Sequence[Ligne]) -> _Dessin:
    day = lire(request, portee, drafts)
    context = {
        "jour": day,
        "garantie": garantie(portee),
        "miens": portee.miens,
        "equipe": not portee.miens,
        "equipe_word": EQUIPE,
    }
    return _Dessin(render_to_string("accompagnateur/_jour.html", context), day.tout.count)


def lire(request: HttpRequest, portee: Portee, drafts: Sequence[Ligne]) -> Jour:
    """Cut each band into pages; the first line of all has the one full button."""
    tout = aujourdhui.gardees(portee, drafts)
    first = next(iter(tout.toutes()), None)
    return Jour(portee, tout, [_bande(request, portee, band, tout.bandes[band], first) for band in Bande])


def _bande(
    request: HttpRequest, portee: Portee, band: Bande, lines: Sequence[Ligne], first: Ligne | None
) -> BandeMontree:
    page = paginate(request, lines, name=band.value, anchor=f"h-{band.value}")
    title, end, empty = _mots(band, portee.as_of)
    count = ngettext("%(n)s ligne", "%(n)s lignes", page.count) % {"n": page.count}
    sub = f"{count}, {end}" if end and page.count else count if page.count else end
    rows = [Rangee(one, *marque(one, portee.as_of), adresse(one), one is first) for one in page.items]
    return BandeMontree(band.value, title, sub[:1].upper() + sub[1:], empty, page, rows)


def _mots(band: Bande, as_of: dt.date) -> tuple[str, str, str]:
    """Give the title of a band, until when it looks, and what it says when it is empty."""
    if band is Bande.EN_RETARD:
        return _("En retard"), "", _("Rien n’est en retard.")
    if band is Bande.CETTE_SEMAINE:
        end = _("jusqu’au %(day)s") % {"day": f"{dimanche(as_of):%d/%m}"}
        return _("Cette semaine"), end, _("Rien d’ici dimanche.")
    end = _("jusqu’au %(day)s") % {"day": f"{horizon(as_of):%d/%m}"}
    return _("Ce mois"), end, _("Rien d’autre dans les trente jours.")


def marque(line: Ligne, as_of: dt.date) -> tuple[str, str]:
    """Give the colour and the words of a due date: late in red or amber, near in amber, further in ink."""
    band, late = line.bande(as_of), line.days_late(as_of)
    if band is Bande.EN_RETARD:
        days = jours(late)
        if line.gravite is Gravite.ROUGE:
            return "late", _("En retard de %(days)s") % {"days": days}
        return "soon", _("Échu depuis %(days)s") % {"days": days}
    hour = f", {timezone.localtime(line.at):%H:%M}" if line.at else ""
    if line.due_on == as_of:
        return "soon", _("Aujourd’hui") + hour
    if band is Bande.CETTE_SEMAINE:
        return "soon", f"{date_longue(line.due_on, weekday=True).split()[0].capitalize()} {line.due_on:%d/%m}{hour}"
    return "", date_longue(line.due_on, year=line.due_on.year != as_of.year)


def adresse(line: Ligne) -> str:
    """Give the address where the thing is done."""
    url = reverse(line.url_name, kwargs=dict(line.url_kwargs))
    query: Any = dict(line.url_query)
    return f"{url}?{urlencode(query)}" if query else url
