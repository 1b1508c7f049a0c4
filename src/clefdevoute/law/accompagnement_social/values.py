"""Dated values of this matter, loaded once, and the two roundings they name (P13)."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.money import cents, cents_down, euros
from clefdevoute.law.kernel.parameters import Parameter, ValueInForce, chosen

_PARAMETERS = Path(__file__).parent / "parameters"


def _load(name: str) -> Parameter:
    return Parameter.load(_PARAMETERS / f"{name}.yaml")


SUBVENTION_MAXIMALE = _load("subvention_maximale")
ETP_MAXIMAL = _load("etp_maximal")
ETP_MINIMAL = _load("etp_minimal")
TAUX_AVANCE = _load("taux_avance")
INDEXATION = _load("indexation")
PLAFOND_FRAIS = _load("plafond_frais")
DEPLACEMENTS_DANS_LA_BASE = _load("deplacements_dans_la_base")
MODE_COMPTAGE = _load("mode_comptage")
ART_60_COMPTE = _load("art_60_compte")
ARRONDI_MONTANT = _load("arrondi_montant")
ARRONDI_MAXIMUM = _load("arrondi_maximum")
PLAFOND_AU_PRORATA = _load("plafond_au_prorata")
SOLDE_NEGATIF = _load("solde_negatif")
TVA_DEDUCTIBLE_DEDUITE = _load("tva_deductible_deduite")
CATEGORIES_FRAIS = _load("categories_frais")
LIGNES_TABLEAUX = _load("lignes_tableaux")
PIECES = _load("pieces")

DOUTE_A6 = "Lecture A6 : la date de la pièce place le coût dans l'année ; la fiche ne le dit pas."

_ROUNDINGS: Mapping[str, Callable[[Decimal], Decimal]] = {"demi_superieur": cents, "vers_le_bas": cents_down}


def rounded(amount: Decimal, how: ValueInForce) -> Decimal:
    """Round to the cent as the dated value says."""
    return chosen(how, _ROUNDINGS)(amount)


def not_negative(**amounts: Decimal) -> None:
    """Refuse an amount below zero where none can be, by the name of its fact."""
    for name, amount in amounts.items():
        if amount < 0:
            raise BadFact(f"« {name} » : ce montant n'est pas négatif. Corrigez {euros(amount)}.")


def step_at(scale: ValueInForce, persons: int) -> tuple[int, Decimal]:
    """Find the row reached by a number of persons: its place from 1 and its amount, or 0 and nothing."""
    place, amount, reached = 0, Decimal(0), Decimal(persons)  # two decimals compare three times quicker
    for threshold, found in scale.value:
        if reached < threshold:
            break
        place, amount = place + 1, found
    return place, amount


def pieces_at(as_of: dt.date) -> tuple[Mapping[str, str], ...]:
    """List the pieces of the package in force on a day (A29, A22)."""
    found: tuple[Mapping[str, str], ...] = PIECES.at(as_of).value
    return found


def lines_at(as_of: dt.date, tableau: str = "") -> tuple[Mapping[str, str], ...]:
    """List the lines of Tables A and B in force on a day, in printed order (A29)."""
    day = as_of.isoformat()
    return tuple(
        row
        for row in LIGNES_TABLEAUX.at(as_of).value
        if row["du"] <= day <= (row["au"] or day) and tableau in ("", row["tableau"])
    )
