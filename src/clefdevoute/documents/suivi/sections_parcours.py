"""
The sections of a dossier on paper about the paths: the synthesis, training, work, skills, adjustments, the exit.

As elsewhere on that paper, an audit receives days and states, never a word that was written.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from clefdevoute.documents.justification.texte import jour
from clefdevoute.documents.suivi.demande import Demande
from clefdevoute.documents.suivi.dossier import Fait
from clefdevoute.records.amenagements.models import Amenagement
from clefdevoute.records.parcours.models import (
    DemandeExpertise,
    EpreuveValidation,
    EtapeJobcoaching,
    EvaluationFormation,
    HeuresModule,
    Jobcoaching,
    ModuleFormation,
    PlanFormation,
    ValidationCompetences,
)
from clefdevoute.records.suivi.models import Sortie, Synthese
from clefdevoute.records.suivi.synthese import Ligne, load

Dated = tuple[dt.date, str, str]
_DONE = {"seul": "par la personne seule", "avec": "avec l’accompagnateur", "pour": "par l’accompagnateur"}
"""By whom a step was done, for who reads the paper elsewhere."""


def synthese(asked: Demande) -> tuple[Fait, ...]:
    """Give the last synthesis that was confirmed, whole; for an audit its days alone."""
    rows = Synthese.objects.visible_to(asked.by).filter(travailleur=asked.travailleur, confirmed_at__isnull=False)
    row = rows.order_by("-confirmed_at", "-id").first()
    if row is None:
        return ()
    confirmed = Fait(jour(timezone.localdate(row.confirmed_at)), "Synthèse confirmée")
    if not asked.words:
        return (confirmed,)
    read = load(str(row.content))
    return confirmed, *(Fait("", one.titre, "\n".join(_lines(one.lignes)) or one.vide) for one in read.chapitres)


def formation(asked: Demande) -> tuple[Fait, ...]:
    """Give the needs, what the Forem answered, the modules with their hours, the evaluations."""
    found: list[Dated] = [
        (row.need_on, "Besoin de formation", row.need if asked.words else "")
        for row in PlanFormation.objects.visible_to(asked.by).filter(travailleur=asked.travailleur)
    ]
    for ask in DemandeExpertise.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        said = f", réponse du {jour(ask.answered_on)} : {_low(ask.get_answer_display())}" if ask.answered_on else ""
        words = [ask.adviser, ask.convention_ref, ask.answer_text or ""] if asked.words else []
        found.append((ask.asked_on, f"Expertise demandée au Forem{said}", " ; ".join(filter(None, words))))
    hours: dict[object, Decimal] = defaultdict(Decimal)
    for held in HeuresModule.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        hours[held.module_id] += held.hours
    for module in ModuleFormation.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        title = f"Module : {module.title}" if asked.words else "Module de formation"
        told = f"{_hours(hours[module.pk])} suivies sur {_hours(module.hours_planned)} prévues"
        found.append((module.starts_on, title, f"{told}, {_low(module.get_result_display())}"))
    for end in EvaluationFormation.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        said = f"Plan évalué : {_low(end.get_outcome_display())}"
        found.append((end.held_on, said, (end.text or "") if asked.words else ""))
    return _told(found)


def emploi(asked: Demande) -> tuple[Fait, ...]:
    """Give each jobcoaching and its steps, done alone or with the person."""
    found: list[Dated] = []
    for row in Jobcoaching.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        found.append((row.opened_on, "Jobcoaching ouvert", row.wish if asked.words else ""))
        if row.closed_on is not None:
            found.append((row.closed_on, f"Issue : {_low(row.get_outcome_display())}", ""))
    steps = EtapeJobcoaching.objects.visible_to(asked.by).filter(travailleur=asked.travailleur)
    for step in steps.select_related("partenaire"):
        where = f", {step.partenaire}" if step.partenaire and asked.words else ""
        title = f"{step.get_kind_display()}{where}, {_DONE[step.done]}"
        found.append(
            (step.held_on, f"{title} : {_low(step.get_outcome_display())}", (step.note or "") if asked.words else "")
        )
    return _told(found)


def validation(asked: Demande) -> tuple[Fait, ...]:
    """Give the steps to a title of competence, and the épreuves."""
    found: list[Dated] = []
    for row in ValidationCompetences.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        trade = f" ({row.occupation})" if row.occupation and asked.words else ""
        handed = ", feuille remise" if row.handout else ""
        answer = f"Réponse de la personne : {_low(row.get_interest_display())}"
        steps = (
            (row.informed_on, f"Informée de la validation{trade}{handed}", (row.note or "") if asked.words else ""),
            (row.interest_on, answer, ""),
            (row.registered_on, "Inscrite au centre de validation", ""),
            (row.guidance_on, "Entretien de guidance", ""),
        )
        found += [(on, title, words) for on, title, words in steps if on is not None]
    for test in EpreuveValidation.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        title = f"Épreuve : {_low(test.get_result_display())}"
        found.append((test.held_on, title, test.title if asked.words else ""))
    return _told(found)


def amenagements(asked: Demande) -> tuple[Fait, ...]:
    """Give the steps of each adjustment and its measure; the reason of health stays in its compartment."""
    found: list[Dated] = []
    for row in Amenagement.objects.visible_to(asked.by).filter(travailleur=asked.travailleur):
        steps = (
            (row.need_on, "Besoin d’aménagement noté", ""),
            (row.analysed_on, "Poste analysé", (row.measure or "") if asked.words else ""),
            (row.notified_on, "Avis remis à la direction", ""),
            (row.decided_on, f"Décision de la direction : {_low(row.get_outcome_display())}", ""),
            (row.closed_on, "Aménagement clos", ""),
        )
        found += [(on, title, words) for on, title, words in steps if on is not None]
    return _told(found)


def sortie(asked: Demande) -> tuple[Fait, ...]:
    """Give the exits that stand, with where the person went."""
    rows = Sortie.objects.visible_to(asked.by).filter(travailleur=asked.travailleur, reopened_on__isnull=True)
    return _told(
        (
            row.left_on,
            f"Sortie : {_low(row.get_reason_display())}" if asked.words else "Sortie",
            f"Vers : {_low(row.get_destination_display())}" if asked.words else "",
        )
        for row in rows
    )


def _told(found: Iterable[Dated]) -> tuple[Fait, ...]:
    """Write what was found, the oldest first; what falls on one day stays in its order."""
    return tuple(Fait(jour(on), title, words) for on, title, words in sorted(found, key=lambda one: one[0]))


def _lines(lignes: Iterable[Ligne]) -> list[str]:
    """Lay the lines of a chapter under one another."""
    found = []
    for one in lignes:
        found.append(" : ".join(part for part in (one.texte, one.precision) if part))
        found += _lines(one.sous)
    return found


def _low(words: str) -> str:
    """Begin a label in small letters inside a sentence; initials further on stay."""
    return words[:1].lower() + words[1:]


def _hours(value: Decimal) -> str:
    return f"{value.normalize():f} h".replace(".", ",")
