"""
One timeline of everything in a dossier, newest first, filtered by kind and period, cut into pages.

A source reads its rows in one or two queries, whatever their number. To add one: write ``frises/<part>.py``
with a function from ``Portee`` to ``Fait`` and name it in ``SOURCES`` beside the kinds it gives.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.doublons import joined_to
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.ui import saisie
from clefdevoute.ui.pagination import ListPage, paginate
from clefdevoute.workspaces.accompagnateur.frises import agenda, bilans, contrats, objectifs, parcours, reseau, sorties
from clefdevoute.workspaces.accompagnateur.frises.fait import GENRES, Fait, Portee, Source

# (kinds that the source gives, the source)
SOURCES: tuple[tuple[frozenset[str], Source], ...] = (
    (frozenset({"entretiens"}), agenda.rendez_vous),
    (frozenset({"entretiens"}), agenda.seances),
    (frozenset({"contrats"}), agenda.empechements),
    (frozenset({"demarches"}), objectifs.demarches),
    (frozenset({"objectifs"}), objectifs.objectifs),
    (frozenset({"bilans"}), bilans.bilans),
    (frozenset({"documents"}), bilans.documents),
    (frozenset({"consentements"}), bilans.consentements),
    (frozenset({"contrats"}), contrats.contrats),
    (frozenset({"contrats"}), contrats.suivis),
    (frozenset({"contrats"}), reseau.conventions),
    (frozenset({"documents"}), reseau.rapports),
    (frozenset({"parcours"}), reseau.forem),
    (frozenset({"parcours"}), parcours.formation),
    (frozenset({"parcours"}), parcours.emploi),
    (frozenset({"parcours"}), parcours.validation),
    (frozenset({"parcours"}), parcours.sans_objet),
    (frozenset({"parcours"}), parcours.amenagements),
    (frozenset({"contrats"}), sorties.sorties),
    (frozenset({"contrats"}), sorties.nouvelles),
    (frozenset({"parcours"}), sorties.participations),
)


@dataclass(frozen=True, slots=True)
class Filtre:
    """What was asked of the timeline; dates that cannot be read are said and change nothing."""

    genre: str = ""
    du: dt.date | None = None
    au: dt.date | None = None
    typed: tuple[str, str] = ("", "")
    errors: tuple[str, str] = ("", "")

    @property
    def period(self) -> bool:
        """Tell whether a period was asked, readable or not."""
        return any((*self.typed, *self.errors))

    def keeps(self, fait: Fait) -> bool:
        """Tell whether a fact belongs to what was asked."""
        return (
            (not self.genre or fait.genre == self.genre)
            and (self.du is None or fait.on >= self.du)
            and (self.au is None or fait.on <= self.au)
        )


@dataclass(frozen=True, slots=True)
class Onglet:
    """One kind to filter by, as a link."""

    label: Any
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frise:
    """A page of a timeline with its filters."""

    page: ListPage
    onglets: tuple[Onglet, ...]
    filtre: Filtre
    since: dt.date | None


def read_filter(query: QueryDict) -> Filtre:
    """Read the kind and the period from an address."""
    genre = query.get("genre", "")
    du, du_error = _day(query.get("du", ""))
    au, au_error = _day(query.get("au", ""))
    if du and au and du > au:
        au, au_error = None, "La fin précède le début. Donnez une date plus tardive."
    return Filtre(
        genre=genre if genre in dict(GENRES) else "",
        du=du,
        au=au,
        typed=(query.get("du", "")[:40], query.get("au", "")[:40]),
        errors=(du_error, au_error),
    )


def faits(actor: Actor, travailleur: Travailleur, *, today: dt.date, genre: str = "") -> list[Fait]:
    """Gather the facts of a dossier, newest first, from the sources of the kind asked; joined entries included."""
    wanted = frozenset({genre}) if genre else frozenset(dict(GENRES))
    ids = (travailleur.pk, *joined_to(travailleur))
    portee = Portee(actor=actor, travailleur=travailleur, ids=ids, today=today, genres=wanted)
    return sorted(_asked(portee), key=_newest, reverse=True)


def frise(request: HttpRequest, actor: Actor, travailleur: Travailleur, *, today: dt.date) -> Frise:
    """Give the page of the timeline that an address asks for."""
    filtre = read_filter(request.GET)
    found = [one for one in faits(actor, travailleur, today=today, genre=filtre.genre) if filtre.keeps(one)]
    return Frise(
        page=paginate(request, found),
        onglets=tuple(_tabs(request.GET, filtre.genre)),
        filtre=filtre,
        since=found[-1].on if found else None,
    )


def _asked(portee: Portee) -> Iterator[Fait]:
    for genres, source in SOURCES:
        if genres & portee.genres:
            yield from source(portee)


def _newest(fait: Fait) -> tuple[dt.date, float]:
    return fait.on, fait.at.timestamp() if fait.at else 0.0


def _tabs(query: QueryDict, current: str) -> Iterable[Onglet]:
    for key, label in (("", "Tout"), *GENRES):
        asked = query.copy()
        for name in ("page", "genre"):
            asked.pop(name, None)
        if key:
            asked["genre"] = key
        yield Onglet(label, f"?{asked.urlencode()}", key == current)


def _day(text: str) -> tuple[dt.date | None, str]:
    if not text.strip():
        return None, ""
    try:
        return saisie.date(text[:40]), ""
    except saisie.SaisieError as wrong:
        return None, str(wrong)
