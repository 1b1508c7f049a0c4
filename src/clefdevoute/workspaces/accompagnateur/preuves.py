"""A row that proves a task, as a line with its day, its kind in words and the page that shows it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from clefdevoute.records.echeances.obligations import Trace
from clefdevoute.records.personnes.models import Travailleur


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence; without an address, the line itself is all there is to see."""

    day: dt.date
    words: str
    url: str


def _dossier(name: str) -> Callable[[Travailleur, Any], str]:
    return lambda one, _: reverse(f"accompagnateur:{name}", kwargs={"pk": one.pk})


# kind of row → (words, how to find its page)
PAGES: dict[str, tuple[str, Callable[[Travailleur, Any], str] | None]] = {
    "agenda.rendezvous": ("Entretien individuel en face à face", None),
    "agenda.presence": ("Présence à une séance", None),
    "suivi.bilan": ("Bilan ou sa signature", None),
    "suivi.historiqueobjectif": ("Objectif fixé ou revu", None),
    "suivi.demarche": ("Démarche", None),
    "suivi.synthese": ("Synthèse confirmée", None),
    "suivi.aucunedemarche": ("« Aucune démarche à ce jour »", None),
    "suivi.consentement": ("Réponse au sujet du Forem", None),
    "reseau.conventionpersonne": ("Convention avec le CPAS", None),
    "reseau.rapportcpas": ("Rapport envoyé au CPAS", None),
    "reseau.suiteforem": ("Dossier remis au Forem", None),
    "parcours.planformation": ("Plan de formation", None),
    "parcours.jobcoaching": ("Jobcoaching", None),
    "parcours.validationcompetences": ("Validation des compétences", None),
    "parcours.competenceevaluee": ("Compétence évaluée", None),
    "parcours.partprise": ("Implication dans la gestion", None),
    "amenagements.amenagement": ("Aménagement raisonnable", None),
}


def piece(one: Travailleur, trace: Trace) -> Piece:
    """Write a trace for a person who reads."""
    _, day, kind, pk = trace
    words, url = PAGES[kind]
    return Piece(day, words, url(one, pk) if url else "")
