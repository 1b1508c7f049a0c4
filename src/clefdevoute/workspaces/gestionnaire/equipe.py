"""What the pages say of an accompagnateur: eligible, half-time, second contract; all of it asked of the law."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.law.accompagnateur.rules import Eligibilite, Jour, eligibilite, mi_temps, second_contrat
from clefdevoute.law.accompagnement_social.effectifs import effectif
from clefdevoute.law.accompagnement_social.rules import droit
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.entreprises.facts import agrement_facts
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.facts import eligibilite_facts, engagement_facts, mi_temps_facts
from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur, PeriodeExperience
from clefdevoute.records.subventions.annees import agrement_at
from clefdevoute.ui.formats import nombre
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.gestionnaire.explication import expliquer

Kind = ContratAccompagnateur.Kind
ANSWERS = {
    "oui": ("ok", "Éligible"),
    "oui_sur_pieces": ("ok", "Éligible, sur pièces"),
    "a_apprecier": ("soon", "À apprécier : avis préalable à demander"),
    "non": ("late", "Non éligible"),
}
_WEEK: dict[str, Jour] = {
    "1": "lundi",
    "2": "mardi",
    "3": "mercredi",
    "4": "jeudi",
    "5": "vendredi",
    "6": "samedi",
    "7": "dimanche",
}


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer of the law as a page shows it: a badge, the sentence, the reasons."""

    kind: str
    label: str
    sentence: str
    why: Why | None


@dataclass(frozen=True, slots=True)
class ContratVu:
    """A contract with its days in words and whether it reaches half-time."""

    contrat: ContratAccompagnateur
    jours: str
    mi_temps: Reponse | None
    en_cours: bool


@dataclass(frozen=True, slots=True)
class Fiche:
    """All of an accompagnateur's page."""

    eligible: Reponse
    pieces: Sequence[str]
    manquantes: Sequence[str]
    contrats: Sequence[ContratVu]
    second: Reponse | None
    experiences: Sequence[PeriodeExperience]


def fiche(actor: Actor, entreprise: EntrepriseInsertion, person: Accompagnateur, today: dt.date) -> Fiche:
    """Ask the law about a person, her experience and her contracts."""
    contracts = list(
        ContratAccompagnateur.objects.visible_to(actor).filter(accompagnateur=person).select_related("proof")
    )
    experiences = experiences_of(actor, [person])[person.pk]
    as_of = jour_de_fonction(person, contracts, today)
    answer = _asked(person, experiences, as_of)
    value = answer.value if isinstance(answer, Explained) else None
    return Fiche(
        eligible=eligible(person, experiences, as_of),
        pieces=value.pieces if value else (),
        manquantes=value.pieces_manquantes if value else (),
        contrats=[contrat_vu(one, today) for one in contracts],
        second=_second(entreprise, contracts, today),
        experiences=experiences,
    )


def experiences_of(actor: Actor, persons: Sequence[Accompagnateur]) -> dict[uuid.UUID, list[PeriodeExperience]]:
    """Read the experience of all the persons of a page, in one query."""
    found: dict[uuid.UUID, list[PeriodeExperience]] = {one.pk: [] for one in persons}
    rows = PeriodeExperience.objects.visible_to(actor).filter(accompagnateur__in=list(found)).select_related("proof")
    for row in rows.order_by("starts_on", "id"):
        found[row.accompagnateur_id].append(row)
    return found


def jour_de_fonction(person: Accompagnateur, contracts: Sequence[ContratAccompagnateur], today: dt.date) -> dt.date:
    """Choose the day on which the condition must hold: the engagement, or today for a candidate."""
    starts = [one.starts_on for one in contracts if one.kind == Kind.ACCOMPAGNEMENT]
    return person.functions_start or (min(starts) if starts else today)


def _asked(
    person: Accompagnateur, experiences: Sequence[PeriodeExperience], as_of: dt.date
) -> Explained[Eligibilite] | LawError:
    try:
        return eligibilite(as_of=as_of, **eligibilite_facts(person, experiences))
    except LawError as refused:
        return refused


def eligible(person: Accompagnateur, experiences: Sequence[PeriodeExperience], as_of: dt.date) -> Reponse:
    """Say whether she may be accompagnateur on that day, and why."""
    answer = _asked(person, experiences, as_of)
    if isinstance(answer, LawError):
        return Reponse("late", "À corriger", str(answer), None)
    kind, label = ANSWERS[answer.value.reponse]
    question = f"Pourquoi « {label.lower()} » au {as_of:%d/%m/%Y} ?"
    return Reponse(kind, label, answer.sentence, expliquer(answer, question=question))


def contrat_vu(row: ContratAccompagnateur, today: dt.date) -> ContratVu:
    """Say the days of a contract and, for the one of support, whether it reaches half-time."""
    reached = None
    if row.kind == Kind.ACCOMPAGNEMENT:
        answer = mi_temps(as_of=row.starts_on, **mi_temps_facts(row))
        kind, label = ("ok", "Au moins un mi-temps") if answer.value else ("late", "Moins qu’un mi-temps")
        question = f"Pourquoi {nombre(row.hours_per_week)} heures ?"
        reached = Reponse(kind, label, answer.sentence, expliquer(answer, question=question))
    running = row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)
    return ContratVu(row, ", ".join(_days(row)), reached, running)


def _days(row: ContratAccompagnateur) -> tuple[Jour, ...]:
    return tuple(_WEEK[digit] for digit in row.weekdays)


def _second(
    entreprise: EntrepriseInsertion, contracts: Sequence[ContratAccompagnateur], today: dt.date
) -> Reponse | None:
    """Ask A25 about the second contract that runs, or runs next."""
    coming = [one for one in contracts if one.ends_on is None or one.ends_on >= today]
    second = next((one for one in coming if one.kind == Kind.SECOND), None)
    first = next((one for one in coming if one.kind == Kind.ACCOMPAGNEMENT), None)
    if second is None or first is None:
        return None
    answer = second_contrat(
        etp_max=etp_du_palier(entreprise, today),
        jours_accompagnement=_days(first),
        jours_autres=_days(second),
        as_of=today,
    )
    kind, label = {
        "admis": ("ok", "Second contrat permis"),
        "avis_a_demander": ("soon", "Avis à demander"),
        "a_corriger": ("late", "Jours à corriger"),
    }[answer.value.reponse]
    return Reponse(kind, label, answer.sentence, expliquer(answer, question="Pourquoi cette réponse ?"))


def etp_du_palier(entreprise: EntrepriseInsertion, today: dt.date) -> Decimal:
    """Ask the time that today's step subsidises at most."""
    facts = agrement_facts(entreprise.pk)
    state = agrement_at(facts, today).value.etat if facts.agrements else "pas_encore"
    counted = effectif(engagements=engagement_facts(entreprise.pk, as_of=today), as_of=today)
    return droit(personnes=counted.value.total, as_of=today, agrement=state).value.etp_max
