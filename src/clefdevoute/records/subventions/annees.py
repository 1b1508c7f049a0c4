"""The agrément and its years, asked of the law from what is recorded."""

import datetime as dt
import uuid

from clefdevoute.law.agrement.annee import AnneeAgrement, annee
from clefdevoute.law.agrement.en_cours import AgrementEnCours, Suspension, en_cours
from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.entreprises.facts import AgrementFacts, PeriodeFact, agrement_facts

from .errors import AgrementManquant

_MONTHS_BEFORE = {"initial": 0, "renouvele": 24, "indetermine": 72}
"""How long an approval had run when a period of this kind began: two years, then four (droit § 2)."""


def facts_or_refuse(entreprise_id: uuid.UUID) -> AgrementFacts:
    """Read the approval of an enterprise; refuse when none is recorded."""
    facts = agrement_facts(entreprise_id)
    if not facts.agrements:
        raise AgrementManquant(
            "Aucun agrément n’est enregistré : sans lui, il n’y a pas d’année à justifier. Ajoutez l’agrément à la "
            "fiche de l’entreprise."
        )
    return facts


def agree_depuis(facts: AgrementFacts) -> dt.date:
    """Find the first day of the approval, also where only its later periods were recorded."""
    first = facts.agrements[0]
    return add_months(first.starts_on, -_MONTHS_BEFORE[first.kind])


def annee_at(facts: AgrementFacts, as_of: dt.date) -> Explained[AnneeAgrement]:
    """Ask the law which agrément year holds a day."""
    first = facts.agrements[0].starts_on
    if as_of < first:
        raise AgrementManquant(
            f"Le {as_of:%d/%m/%Y} précède l’agrément enregistré, qui commence le {first:%d/%m/%Y} : "
            "choisissez une année plus tard, ou enregistrez l’agrément plus ancien."
        )
    return annee(agree_depuis=agree_depuis(facts), as_of=as_of)


def agrement_at(facts: AgrementFacts, as_of: dt.date) -> Explained[AgrementEnCours]:
    """Ask the law whether the approval is in force on a day."""
    return en_cours(
        as_of=as_of,
        agree_depuis=agree_depuis(facts) if as_of >= facts.agrements[0].starts_on else facts.agrements[0].starts_on,
        renouvele_le=_renewed_on(facts.agrements),
        retire_le=_withdrawn_on(facts.agrements),
        suspensions=tuple(Suspension(debut=one.starts_on, fin=one.ends_on) for one in facts.suspensions),
        cessation=facts.cessation_kind or None,  # type: ignore[arg-type]  # the stored values are the law's own words
        cessation_le=facts.cessation_on,
    )


def _renewed_on(periods: tuple[PeriodeFact, ...]) -> dt.date | None:
    for period in periods:
        if period.kind == "renouvele":
            return period.starts_on
    indefinite = next((period for period in periods if period.kind == "indetermine"), None)
    return add_months(indefinite.starts_on, -48) if indefinite else None


def _withdrawn_on(periods: tuple[PeriodeFact, ...]) -> dt.date | None:
    """Tell an approval that ended before its term from one that ran out."""
    last = periods[-1]
    if last.ends_on is None:
        return None
    term = add_months(last.starts_on, 24 if last.kind == "initial" else 48)
    after = add_days(last.ends_on, 1)
    return after if after < term else None
