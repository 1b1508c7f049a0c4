"""A row that proves a task, as a line with its day, its kind in words and the page that shows that very row."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from clefdevoute.records.agenda.models import Presence
from clefdevoute.records.echeances.obligations import Trace
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.models import PartPrise
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.models import ConventionPersonne, SuiteForem
from clefdevoute.records.suivi.models import HistoriqueObjectif


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence and the page that shows it."""

    day: dt.date
    words: str
    url: str


def _person(name: str) -> Callable[[Travailleur, Any], str]:
    """Lead to a page about the person."""
    return lambda one, _: reverse(name, kwargs={"pk": one.pk})


def _row(name: str) -> Callable[[Travailleur, Any], str]:
    """Lead to the page of the row itself."""
    return lambda _, pk: reverse(name, kwargs={"pk": pk})


def _within(name: str, key: str) -> Callable[[Travailleur, Any], str]:
    """Lead to the page of the row inside the person's dossier."""
    return lambda one, pk: reverse(name, kwargs={"pk": one.pk, key: pk})


# kind of row → (words, how to find its page)
PAGES: dict[str, tuple[str, Callable[[Travailleur, Any], str]]] = {
    "agenda.rendezvous": ("Entretien individuel en face à face", _row("agenda:rendez_vous")),
    "agenda.presence": ("Présence à une séance", _row("accompagnateur:seance")),
    "suivi.bilan": ("Bilan ou sa signature", _within("accompagnateur:bilan", "bilan")),
    "suivi.historiqueobjectif": ("Objectif fixé ou revu", _within("accompagnateur:objectif", "objectif")),
    "suivi.demarche": ("Démarche", _within("accompagnateur:demarche", "demarche")),
    "suivi.synthese": ("Synthèse confirmée", _person("accompagnateur:synthese")),
    "suivi.aucunedemarche": ("« Aucune démarche à ce jour »", _person("accompagnateur:dossier")),
    "suivi.consentement": ("Réponse au sujet du Forem", _within("accompagnateur:consentement", "row")),
    "reseau.conventionpersonne": ("Convention avec le CPAS", _row("accompagnateur:convention")),
    "reseau.rapportcpas": ("Rapport envoyé au CPAS", _row("accompagnateur:rapport_cpas")),
    "reseau.suiteforem": ("Dossier remis au Forem", _row("accompagnateur:transmission")),
    "parcours.planformation": ("Plan de formation", _person("accompagnateur:formation")),
    "parcours.jobcoaching": ("Jobcoaching", _person("accompagnateur:emploi")),
    "parcours.validationcompetences": ("Validation des compétences", _person("accompagnateur:validation")),
    "parcours.competenceevaluee": ("Compétence évaluée", _person("accompagnateur:validation")),
    "parcours.partprise": ("Implication dans la gestion", _row("accompagnateur:participation")),
    "amenagements.amenagement": ("Aménagement raisonnable", _row("accompagnateur:amenagement")),
}


# number of a task → (what to do for it, how to find the page)
GESTES: dict[int, tuple[Any, Callable[[Travailleur, Any], str]]] = {
    1: (gettext_lazy("Fixer un rendez-vous"), _person("agenda:nouveau")),
    2: (gettext_lazy("Voir les conventions CPAS"), lambda _, __: reverse("accompagnateur:conventions")),
    3: (gettext_lazy("Ouvrir le bilan"), _person("accompagnateur:bilans")),
    4: (gettext_lazy("Ouvrir le plan de formation"), _person("accompagnateur:formation")),
    5: (gettext_lazy("Ouvrir le jobcoaching"), _person("accompagnateur:emploi")),
    6: (gettext_lazy("Ouvrir la validation des compétences"), _person("accompagnateur:validation")),
    7: (gettext_lazy("Compléter le dossier"), _person("accompagnateur:dossier")),
    8: (gettext_lazy("Voir ce qui peut partir au Forem"), _person("accompagnateur:forem_dossier")),
    9: (gettext_lazy("Planifier une séance"), lambda _, __: reverse("accompagnateur:seance_nouvelle")),
    10: (gettext_lazy("Voir les aménagements"), _person("accompagnateur:amenagements_personne")),
    11: (gettext_lazy("Planifier une séance"), lambda _, __: reverse("accompagnateur:seance_nouvelle")),
}


@dataclass(frozen=True, slots=True)
class Geste:
    """What to do for a task that is not proved yet, and the page where it is done."""

    words: Any
    url: str


def geste(one: Travailleur, task: int) -> Geste:
    """Lead from a task to the page that leaves its proof."""
    words, url = GESTES[task]
    return Geste(words, url(one, None))


# kind of row → (its model, the row of which it is a part and that has a page)
WHOLES: dict[str, tuple[Any, str]] = {
    "agenda.presence": (Presence, "seance_id"),
    "suivi.historiqueobjectif": (HistoriqueObjectif, "objectif_id"),
    "reseau.conventionpersonne": (ConventionPersonne, "convention_id"),
    "reseau.suiteforem": (SuiteForem, "transmission_id"),
    "parcours.partprise": (PartPrise, "participation_id"),
}


def pieces(one: Travailleur, traces: Iterable[Trace], *, actor: Actor) -> dict[int, tuple[Piece, ...]]:
    """Write the traces of a person for who reads, by task; one query for each kind with no page of its own."""
    found: dict[int, list[Piece]] = {}
    kept = list(traces)
    wholes = _wholes(one, kept, actor)
    for task, day, kind, pk in kept:
        words, url = PAGES[kind]
        found.setdefault(task, []).append(Piece(day, words, url(one, wholes.get(pk, pk))))
    return {task: tuple(rows) for task, rows in found.items()}


def _wholes(one: Travailleur, traces: list[Trace], actor: Actor) -> dict[uuid.UUID, uuid.UUID]:
    """Find of which row each is a part."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    for kind, (model, whole) in WHOLES.items():
        keys = [pk for _, _, named, pk in traces if named == kind]
        if keys:
            rows = model.objects.visible_to(actor).filter(travailleur=one, pk__in=keys).order_by()
            found |= dict(rows.values_list("pk", whole))
    return found
