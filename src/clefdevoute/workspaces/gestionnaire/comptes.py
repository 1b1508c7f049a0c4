"""The compte individuel of a civil year as its page shows it: a grid of months, and what the law keeps of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from clefdevoute.documents.explications import why
from clefdevoute.law.accompagnement_social.couts import CoutSalarial, MoisSalarial, cout_salarial
from clefdevoute.law.accompagnement_social.rules import Droit
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.kernel.money import euros
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.frais.composants import ANNUELS, Composant
from clefdevoute.records.frais.models import MontantCompteIndividuel
from clefdevoute.records.frais.saisies import MontantSaisi
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions.decompte import decompter
from clefdevoute.ui import saisie
from clefdevoute.ui.formats import euros as written
from clefdevoute.ui.formats import mois
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.gestionnaire.annees import years_of
from clefdevoute.workspaces.gestionnaire.couts import rule_url

MENSUELS = tuple(item for item in Composant if item not in ANNUELS)
Known = Mapping[tuple[dt.date, str], MontantCompteIndividuel]


def cell_name(month: dt.date, component: Composant) -> str:
    """Name the field of a cell."""
    return f"m{month:%m}-{component}"


@dataclass(frozen=True, slots=True)
class Case:
    """One cell of the grid, as stored or as typed."""

    name: str
    value: str
    label: str
    column: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A month of the grid."""

    label: str
    cells: tuple[Case, ...]


@dataclass(slots=True)
class Lecture:
    """What a posted grid asks: amounts to write, amounts to erase, and the cells that cannot be read."""

    montants: list[MontantSaisi] = field(default_factory=list)
    effaces: list[MontantCompteIndividuel] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """List the cells that cannot be read: identifier, name for a person, sentence."""
        return [(f"c-{name}", self.labels[name], sentence) for name, sentence in self.errors.items()]


def months_of(year: int) -> tuple[dt.date, ...]:
    """List the months of a civil year by their first day."""
    return tuple(dt.date(year, number, 1) for number in range(1, 13))


def cell_label(month: dt.date, component: Composant) -> str:
    """Name a cell for a person: « Rémunération brute, avril »."""
    return f"{component.label}, {mois(month)}"


def grid(year: int, known: Known, typed: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Ligne, ...]:
    """Draw the grid; what was typed wins over what is stored, so that nothing typed is lost."""
    rows = []
    for month in months_of(year):
        cells = []
        for component in MENSUELS:
            name, stored = cell_name(month, component), known.get((month, component.value))
            value = typed.get(name, written(stored.amount, sign=False) if stored else "")
            label = cell_label(month, component)
            cells.append(Case(name, value, label, component.label, errors.get(name, "")))
        rows.append(Ligne(mois(month), tuple(cells)))
    return tuple(rows)


def read_grid(year: int, known: Known, typed: Mapping[str, str]) -> Lecture:
    """Read every cell that was posted; an emptied one erases, an unchanged one asks nothing."""
    found = Lecture()
    for month in months_of(year):
        for component in MENSUELS:
            name = cell_name(month, component)
            if name in typed:
                _read_cell(found, typed[name].strip(), known.get((month, component.value)), month, component)
    return found


def _read_cell(
    found: Lecture, text: str, stored: MontantCompteIndividuel | None, month: dt.date, component: Composant
) -> None:
    if not text:
        if stored:
            found.effaces.append(stored)
        return
    try:
        amount = saisie.euros(text, negative=component is not Composant.AUTRES_AIDES)
    except saisie.SaisieError as refused:
        name = cell_name(month, component)
        found.errors[name], found.labels[name] = str(refused), cell_label(month, component)
        return
    if stored is None or stored.amount != amount:
        found.montants.append(MontantSaisi(month, component, amount, piece=stored.piece if stored else ""))


@dataclass(frozen=True, slots=True)
class Retenu:
    """What the law keeps of a compte individuel in one agrément year: the months of the civil year, explained."""

    debut: dt.date
    fin: dt.date
    mois: tuple[MoisSalarial, ...] = ()
    value: CoutSalarial | None = None
    why: Why | None = None
    etp_max: Decimal | None = None
    refusal: str = ""


def retenus(entreprise: EntrepriseInsertion, person: Accompagnateur, year: int, today: dt.date) -> tuple[Retenu, ...]:
    """Ask the law, for each agrément year that the civil year touches, what counts of this person's cost."""
    return tuple(
        _retenu(entreprise, person, year, one.debut, one.fin)
        for one in years_of(entreprise, today)
        if one.debut.year <= year <= one.fin.year
    )


def _retenu(entreprise: EntrepriseInsertion, person: Accompagnateur, year: int, debut: dt.date, fin: dt.date) -> Retenu:
    try:
        answer = decompter(entreprise=entreprise, as_of=debut)
        etp_max = next(step.value.etp_max for _, step in answer.explained.walk() if isinstance(step.value, Droit))
        own = tuple(one for one in answer.faits.composantes if one.accompagnateur == str(person.pk))
        explained = cout_salarial(
            composantes=own,
            contrats=answer.faits.contrats,
            debut=debut,
            fin=fin,
            etp_max=etp_max,
            repartition=answer.faits.lectures.repartition,
            deplacements_dans_la_base=answer.faits.lectures.deplacements_dans_la_base,
            lecture_etranger=answer.faits.lectures.lecture_etranger,
        )
    except (LawError, RecordError) as refused:
        return Retenu(debut, fin, refusal=str(refused))
    value: CoutSalarial = explained.value
    months = tuple(one for one in value.mois if one.mois.year == year)
    question = f"Pourquoi {euros(value.admissible)} ?"
    return Retenu(debut, fin, months, value, why(explained, question=question, rule_url=rule_url), etp_max)
