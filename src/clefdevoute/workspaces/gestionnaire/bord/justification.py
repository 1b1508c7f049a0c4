"""The justification gauge and the room under the de minimis ceiling, as the page draws them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.law.accompagnement_social.couts import cout_salarial
from clefdevoute.law.accompagnement_social.decompte import Decompte
from clefdevoute.law.accompagnement_social.tableaux import Tableaux
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.sieg.rules import PlaceDeMinimis, place
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.subventions.decompte import DecompteAnnee
from clefdevoute.records.subventions.facts import aides_facts, fiscal_year
from clefdevoute.records.subventions.models import Subvention
from clefdevoute.ui.charts import Gauge, Part, gauge
from clefdevoute.ui.formats import date_courte, euros
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.gestionnaire.explication import expliquer


@dataclass(frozen=True, slots=True)
class Justification:
    """Verdict first, then the gauge and the reasons of its figures."""

    verdict: str
    suite: str
    jauge: Gauge
    pourquoi: tuple[Why, ...]
    avertissements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minimis:
    """The room under the ceiling on a day, or the sentence that says why there is none to tell."""

    jour: dt.date
    place: Explained[PlaceDeMinimis] | None
    jauge: Gauge | None
    pourquoi: Why | None
    refus: str = ""


def justification(counted: DecompteAnnee, today: dt.date) -> Justification:
    """Lay the décompte out as wages, travel and operating costs against what was granted, or may be."""
    answer, figures = counted.explained, counted.explained.value
    tables: Tableaux = _step(answer, "accompagnement_social.tableaux").value
    wages = _step(answer, "accompagnement_social.cout_salarial")
    owed = _step(answer, "accompagnement_social.montant_a_justifier")
    without_travel = cout_salarial(**{**wages.facts, "deplacements_dans_la_base": False}).value.base_frais
    parts = [
        Part(name="Salaires et cotisations", amount=without_travel, fill="accent"),
        Part(name="Déplacements", amount=figures.cout_salarial - without_travel, fill="ink"),
        Part(name="Fonctionnement retenu", amount=figures.frais_retenus, fill="hatch", maximum=figures.plafond_frais),
    ]
    cap = owed.because[0]
    return Justification(
        verdict=_verdict(figures, today),
        suite=_tables_word(tables, figures, today),
        jauge=gauge(
            id="jauge",
            parts=parts,
            target=figures.octroye,
            reached_word="Justifié",
            target_word="Accordé" if counted.faits.octroye is not None else "Plafond",
        ),
        pourquoi=(
            expliquer(wages, question=f"Pourquoi {euros(figures.cout_salarial)} de coût salarial ?"),
            expliquer(cap, question=f"Pourquoi au plus {euros(figures.plafond_frais)} de frais ?"),
            expliquer(answer, question=f"Pourquoi {euros(figures.justifie)} ?"),
        ),
        avertissements=figures.avertissements,
    )


def _step(answer: Explained[Decompte], name: str) -> Explained:  # type: ignore[type-arg]
    return next(step for step in answer.because if step.rule == name)


def _verdict(figures: Decompte, today: dt.date) -> str:
    if today < figures.debut:
        return f"L’année ne commence que le {date_courte(figures.debut)} : rien n’est à justifier avant."
    missing = figures.octroye - figures.justifie
    if not figures.octroye:
        return "Rien n’est à justifier."
    if missing <= 0:
        return "Vous y êtes."
    if today <= figures.fin:
        return f"À ce jour, {euros(figures.justifie)} sont prouvés sur {euros(figures.octroye)}."
    return f"Il reste {euros(missing)} à justifier."


def _tables_word(tables: Tableaux, figures: Decompte, today: dt.date) -> str:
    """Say where to stop, once the year is over; before, what the months to come still have to bring."""
    missing = figures.octroye - figures.justifie
    if today < figures.debut or (today <= figures.fin and missing <= 0):
        return ""
    if today <= figures.fin:
        return (
            f"Il manque {euros(missing)} : les salaires et les factures d’ici au {date_courte(figures.fin)} les "
            "apporteront ou non. Seuls comptent les coûts enregistrés à ce jour et les charges déjà prévues."
        )
    if not figures.a_justifier:
        return _wages_word(figures)
    if tables.arret:
        return f"Arrêtez-vous à la feuille {tables.arret}."
    if tables.tableau_b:
        return f"Le tableau A ne suffit pas : ouvrez le tableau B. Il manque {euros(tables.manque)} de frais."
    return f"Il manque {euros(tables.manque)} de frais aux tableaux."


def _wages_word(figures: Decompte) -> str:
    """Say why no table is asked: nothing granted, no wages yet, or wages that reach the grant."""
    if not figures.octroye:
        return ""
    if not figures.cout_salarial:
        return "Aucun salaire n’est enregistré pour cette année : tapez d’abord les comptes individuels."
    return "Le coût salarial suffit : aucun tableau n’est à remplir."


def minimis(entreprise: EntrepriseInsertion, subvention: Subvention | None, amount: Decimal, day: dt.date) -> Minimis:
    """Ask the room on a day for a grant of that amount, the year's own grant set apart."""
    try:
        answer = place(
            octroi_le=day,
            montant=amount,
            aides=aides_facts(entreprise.pk, without=subvention),
            exercice_fiscal=fiscal_year(entreprise),
        )
    except LawError as refused:
        return Minimis(day, None, None, None, refus=str(refused))
    value = answer.value
    drawn = gauge(
        id="minimis",
        parts=[
            Part(name="Aides déjà octroyées", amount=value.utilise, fill="accent"),
            Part(name="Cet octroi", amount=amount, fill="hatch", forecast=True),
        ],
        target=value.plafond,
        reached_word="Déjà octroyé",
        target_word="Plafond",
    )
    return Minimis(day, answer, drawn, expliquer(answer, question=f"Pourquoi {euros(value.place)} ?"))
