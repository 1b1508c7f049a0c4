"""
What a line of *Aujourd'hui* is, and for whom the lines are read.

A line says a gesture, a person and a day; never a word of what was written. It is computed from the
records each time, so it goes when the thing is done and nothing has to be kept in step.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import dossiers
from clefdevoute.records.suivi.models import SuiviPar

HORIZON = 30
"""Days ahead that *Ce mois* looks."""


class Bande(StrEnum):
    """When a line is due, seen from the day: past, by Sunday, within thirty days."""

    EN_RETARD = "en_retard"
    CETTE_SEMAINE = "cette_semaine"
    CE_MOIS = "ce_mois"


class Genre(models.TextChoices):
    """What kind of thing is due: what a person chooses when she mutes a reminder."""

    ENTRETIEN = "entretien", "Entretiens individuels à planifier"
    SEANCE = "seance", "Séances collectives à planifier"
    RENDEZ_VOUS = "rendez_vous", "Rendez-vous à mener ou à confirmer"
    OBJECTIF = "objectif", "Objectifs à revoir"
    ACTION = "action", "Actions promises"
    BROUILLON = "brouillon", "Brouillons à reprendre"
    DOSSIER = "dossier", "Dossiers à compléter"
    BILAN = "bilan", "Bilans à faire ou à signer"
    CONTRAT = "contrat", "Fins de contrat à préparer"
    CONSENTEMENT = "consentement", "Accords demandés"
    CONVENTION = "convention", "Conventions et rapports aux CPAS"
    FOREM = "forem", "Envois au Forem"
    AMENAGEMENT = "amenagement", "Aménagements raisonnables"
    FORMATION = "formation", "Plans de formation"
    JOBCOACHING = "jobcoaching", "Jobcoaching"
    VALIDATION = "validation", "Validation des compétences"
    SORTIE = "sortie", "Nouvelles après la sortie"
    RELEVE = "releve", "Relèves et suivis"


class Gravite(StrEnum):
    """How an overdue line is shown: red for what the law dates for one person, amber for the rest."""

    ROUGE = "rouge"
    AMBRE = "ambre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """
    One thing to do: ``before`` + the name + ``after`` make its sentence, ``act`` is the verb of its button.

    ``who`` stays empty for a person: the frame writes the name of ``travailleur_id``, and drops the line if
    that dossier is not open to who looks. ``subject_id`` is what is due, and with ``source`` names the line
    from one day to the next. ``meta`` holds dates, places and counts, never content.
    """

    genre: Genre
    source: str
    due_on: dt.date
    subject_id: uuid.UUID
    before: str
    act: str
    url_name: str
    url_kwargs: Mapping[str, Any] = field(default_factory=dict)
    url_query: Mapping[str, str] = field(default_factory=dict)
    travailleur_id: uuid.UUID | None = None
    who: str = ""
    after: str = ""
    meta: str = ""
    gravite: Gravite = Gravite.ROUGE
    at: dt.datetime | None = None

    @property
    def key(self) -> tuple[str, uuid.UUID]:
        """Name the line whatever its date becomes."""
        return (self.source, self.subject_id)

    def bande(self, as_of: dt.date) -> Bande | None:
        """Place the line in its band; beyond the horizon it is not shown yet."""
        if self.due_on < as_of:
            return Bande.EN_RETARD
        if self.due_on <= dimanche(as_of):
            return Bande.CETTE_SEMAINE
        return Bande.CE_MOIS if self.due_on <= horizon(as_of) else None

    def days_late(self, as_of: dt.date) -> int:
        """Count the days since it was due; none before."""
        return max((as_of - self.due_on).days, 0)


def dimanche(as_of: dt.date) -> dt.date:
    """Give the Sunday that ends the week of a day."""
    return as_of + dt.timedelta(days=6 - as_of.weekday())


def horizon(as_of: dt.date) -> dt.date:
    """Give the last day that *Ce mois* shows."""
    return as_of + dt.timedelta(days=HORIZON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portee:
    """For whom and on which day the lines are read; ``travailleurs`` are the persons whose dossier is open to her."""

    actor: Actor
    as_of: dt.date
    entreprise_id: uuid.UUID
    miens: bool = False
    lectures: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What several readers ask once, such as the names and the clocks."""

    @classmethod
    def of(cls, actor: Actor, *, as_of: dt.date, miens: bool = False) -> Self | None:
        """Read what the actor may open; ``miens`` keeps the persons she follows and those nobody follows."""
        if actor.entreprise_id is None:
            return None
        return cls(actor=actor, as_of=as_of, entreprise_id=actor.entreprise_id, miens=miens)

    @property
    def travailleurs(self) -> "QuerySet[Travailleur]":
        """Give the persons whose dossier is open to her, and among them hers alone where she asks so."""
        rows = dossiers.travailleurs(self.actor)
        return les_miens(rows, self.actor, self.as_of) if self.miens else rows

    @property
    def noms(self) -> dict[uuid.UUID, str]:
        """Give first name and name of everybody open to her, in one query for all who ask."""
        if "noms" not in self.lectures:
            rows = self.travailleurs.order_by().values_list("pk", "first_name", "name")
            self.lectures["noms"] = {pk: f"{first} {name}" for pk, first, name in rows}
        names: dict[uuid.UUID, str] = self.lectures["noms"]
        return names

    @property
    def cle(self) -> Hashable:
        """Say everything that decides which lines are shown, apart from the day: the key of what is kept."""
        return (self.actor.key, self.miens)

    @property
    def jusque(self) -> dt.date:
        """Give the last day shown: a source need not look further."""
        return horizon(self.as_of)


def les_miens(rows: "QuerySet[Travailleur]", actor: Actor, as_of: dt.date) -> "QuerySet[Travailleur]":
    """Keep the persons whom this user follows on a day, and those whom nobody follows: they are everybody's."""
    running = SuiviPar.objects.of(actor.own_entreprise_id).filter(travailleur_id=OuterRef("pk"), starts_on__lte=as_of)
    running = running.exclude(ends_on__lt=as_of)
    mine = running.filter(accompagnateur__user_id=actor.user_id)
    return rows.filter(Exists(mine) | ~Exists(running))


Source = Callable[[Portee], Iterable[Ligne]]
"""A reader of one kind of thing: one or two indexed queries, never one per person."""
