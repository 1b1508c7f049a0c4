"""The trips of a year laid out for pages: each with its reason, added up by accompagnateur and by month."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.entreprises.facts import lectures_at
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions.facts import bareme_from, lectures_from
from clefdevoute.records.temps.facts import trajets
from clefdevoute.records.temps.models import Deplacement
from clefdevoute.ui.formats import euros, mois
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.gestionnaire.explication import expliquer


@dataclass(frozen=True, slots=True)
class Compte:
    """A trip and what the law makes of it; ``rate`` only where kilometres count."""

    row: Deplacement
    answer: Explained[Decimal]

    @property
    def rate(self) -> Decimal | None:
        """Find the public rate of the day in the steps of the answer."""
        return next((step.value for step in _steps(self.answer) if step.rule == "deplacements.taux"), None)

    @property
    def why(self) -> Why:
        """Say why this trip is worth what it is."""
        return expliquer(self.answer, question=f"Pourquoi {euros(self.answer.value)} ?")


@dataclass(frozen=True, slots=True)
class Total:
    """The trips of one accompagnateur in one month, added up."""

    accompagnateur: Accompagnateur
    month: dt.date
    comptes: tuple[Compte, ...]

    @property
    def name(self) -> str:
        """Name the month."""
        return mois(self.month, year=True)

    @property
    def kilometres(self) -> Decimal:
        """Add up the kilometres."""
        return sum((one.row.kilometres or Decimal(0) for one in self.comptes), Decimal(0))

    @property
    def amount(self) -> Decimal:
        """Add up what counts."""
        return added(self.comptes)

    @property
    def why(self) -> Why:
        """Say which trips make the total, each by its sentence."""
        number = len(self.comptes)
        sentence = (
            f"{number} {'trajet' if number == 1 else 'trajets'}, chacun au taux de son jour : {euros(self.amount)}."
        )
        steps = tuple(Why(sentence=one.answer.sentence, doubts=one.answer.doubts) for one in self.comptes)
        return Why(sentence=sentence, question=f"Pourquoi {euros(self.amount)} ?", steps=steps)


def comptes(entreprise: EntrepriseInsertion, year: AnneeAgrement) -> tuple[Compte, ...]:
    """Ask the law about each trip of a year, by accompagnateur then by day, in two queries."""
    chosen = lectures_at(year.debut)
    lecture = lectures_from(chosen).lecture_etranger
    found = trajets(entreprise.pk, year.debut, year.fin, bareme=bareme_from(chosen))
    rows = [Compte(one.row, one.indemnite(lecture)) for one in found]
    return tuple(sorted(rows, key=lambda one: (str(one.row.accompagnateur), *_place(one), one.row.held_on)))


def totaux(rows: Iterable[Compte]) -> list[Total]:
    """Add up trips already in order, by accompagnateur and month."""
    return [
        Total(group[0].row.accompagnateur, group[0].row.held_on.replace(day=1), group)
        for group in (tuple(items) for _, items in groupby(rows, key=_place))
    ]


def added(rows: Iterable[Compte]) -> Decimal:
    """Add up what trips are worth."""
    return sum((one.answer.value for one in rows), Decimal("0.00"))


def _place(one: Compte) -> tuple[str, dt.date]:
    return str(one.row.accompagnateur_id), one.row.held_on.replace(day=1)


def _steps(answer: Explained[Any]) -> Iterable[Explained[Any]]:
    for step in answer.because:
        yield step
        yield from _steps(step)
