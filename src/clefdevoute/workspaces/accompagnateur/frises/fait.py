"""One fact of a timeline, and what a source is asked: the shape that every part of the dossier gives."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur

Words = str | Callable[[], str]
"""A text, or how to open it: a sealed one is opened for the page that shows it, not for all the others."""

GENRES = (
    ("entretiens", _("Entretiens")),
    ("demarches", _("Démarches")),
    ("objectifs", _("Objectifs")),
    ("bilans", _("Bilans")),
    ("parcours", _("Parcours")),
    ("documents", _("Documents")),
    ("consentements", _("Consentements")),
    ("contrats", _("Contrats")),
)
"""The kinds that the timeline filters by, in the order of its tabs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """
    Something that happened on a day.

    ``genre`` is a key of ``GENRES``; ``meta`` says how, by whom; ``text`` is what was written, ``sealed`` the
    sentence that stands for what this reader does not see; ``at`` orders facts of one day.
    """

    on: dt.date
    genre: str
    icon: str
    title: Words
    meta: str = ""
    text: Words = ""
    sealed: str = ""
    url: str = ""
    act: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portee:
    """Whose timeline, for whom, on which day; ``genres`` are those asked for."""

    actor: Actor
    travailleur: Travailleur
    ids: tuple[uuid.UUID, ...]
    today: dt.date
    genres: frozenset[str]


Source = Callable[[Portee], Iterable[Fait]]
