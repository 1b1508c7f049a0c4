"""A simulation made ready to be read: figures, their « Pourquoi ? », the table of steps."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from clefdevoute.documents.explications import why
from clefdevoute.law.accompagnement_social.rules import Droit
from clefdevoute.law.accompagnement_social.values import ETP_MAXIMAL, SUBVENTION_MAXIMALE
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.ui.charts import StepLine, Threshold, step_line
from clefdevoute.ui.formats import NBSP, euros, nombre
from clefdevoute.ui.why import Why
from clefdevoute.workspaces.public.simulation import Simulation


def rule_url(name: str) -> str:
    """Give the public page of a rule."""
    return reverse("public:regle", kwargs={"nom": name})


@dataclass(frozen=True, slots=True, kw_only=True)
class Palier:
    """A row of the table of steps."""

    depuis: int
    jusque: int | None
    plafond: Decimal
    etp: str
    ici: bool
    encore: int | None


def paliers(as_of: dt.date, personnes: int | None, droit: Droit | None) -> Iterator[Palier]:
    """Read the steps in force on a day; the one reached is marked, the next one says how many are missing."""
    rows = SUBVENTION_MAXIMALE.at(as_of).value
    times = dict(ETP_MAXIMAL.at(as_of).value)
    next_seen = False
    for place, (threshold, amount) in enumerate(rows):
        later = int(rows[place + 1][0]) if place + 1 < len(rows) else None
        missing = None
        if droit is not None and personnes is not None and threshold > personnes and not next_seen:
            next_seen, missing = True, droit.personnes_manquantes
        yield Palier(
            depuis=int(threshold),
            jusque=later and later - 1,
            plafond=amount,
            etp=_time(times[threshold]),
            ici=droit is not None and droit.seuil == threshold,
            encore=missing,
        )


def _time(etp: Decimal) -> str:
    """Name the time of support: the first step says « un mi-temps », the others a maximum."""
    return "un mi-temps" if etp == Decimal("0.5") else f"au plus {nombre(etp)} ETP"


def stairs(rows: Sequence[Palier], personnes: int | None) -> StepLine:
    """Draw the same steps."""
    steps = [Threshold(persons=row.depuis, gives=f"{nombre(row.plafond)}{NBSP}€", in_play=row.ici) for row in rows]
    return step_line(id="paliers", thresholds=steps, persons=personnes)


def _why(answer: Explained[Any] | None, question: str) -> Why | None:
    return None if answer is None else why(answer, question=question, rule_url=rule_url)


def whys(found: Simulation) -> dict[str, Why | None]:
    """Ask « Pourquoi ? » of every figure shown, the number in the question."""
    right, wages, balance = found.droit, found.cout, found.solde
    asked: dict[str, Why | None] = {}
    if right is not None:
        asked["droit"] = _why(right, f"Pourquoi {euros(right.value.plafond)} ?")
    if found.place is not None:
        asked["place"] = _why(found.place, f"Pourquoi {euros(found.place.value.place)} de place ?")
    if found.avance is not None:
        asked["avance"] = _why(found.avance, f"Pourquoi {euros(found.avance.value)} d’avance ?")
    if wages is not None:
        asked["cout"] = _why(wages, f"Pourquoi {euros(wages.value.admissible)} de coût salarial ?")
    if found.plafond_frais is not None:
        asked["plafond_frais"] = _why(found.plafond_frais, f"Pourquoi au plus {euros(found.plafond_frais.value)} ?")
    if found.a_justifier is not None:
        asked["a_justifier"] = _why(found.a_justifier, f"Pourquoi {euros(found.a_justifier.value)} à justifier ?")
    if found.tableaux is not None:
        asked["tableaux"] = _why(found.tableaux, f"Pourquoi {euros(found.tableaux.value.retenu)} retenus ?")
    if balance is not None:
        amount = balance.value.a_rembourser or balance.value.a_payer
        end = "à rembourser" if balance.value.a_rembourser else "de solde"
        asked["solde"] = _why(balance, f"Pourquoi {euros(amount)} {end} ?")
    return asked
