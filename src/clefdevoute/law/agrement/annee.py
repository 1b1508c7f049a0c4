"""The approval year: its bounds, its sheets by civil quarter, the day its evidence is due from (A6, P14)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter, chosen
from clefdevoute.law.kernel.registry import Fact, rule

MODE_TRIMESTRE = Parameter.load(Path(__file__).parent / "parameters" / "mode_trimestre.yaml")

Place = Literal["dans_l_annee", "en_partie", "hors_annee"]


@dataclass(frozen=True, slots=True)
class MoisFeuille:
    """A month of a sheet, printed even when it lies outside the year."""

    mois: Annotated[dt.date, Fact("Premier jour du mois.")]
    place: Annotated[Place, Fact("Le mois est-il dans l'année d'agrément ?")]


@dataclass(frozen=True, slots=True)
class Feuille:
    """One printed sheet: a civil quarter clipped to the approval year."""

    annee: Annotated[int, Fact("Année civile du trimestre.")]
    trimestre: Annotated[int, Fact("Numéro du trimestre civil, de 1 à 4.")]
    debut: Annotated[dt.date, Fact("Premier jour de la feuille dans l'année d'agrément.")]
    fin: Annotated[dt.date, Fact("Dernier jour de la feuille dans l'année d'agrément.")]
    mois: Annotated[tuple[MoisFeuille, ...], Fact("Les trois mois imprimés.")]


@dataclass(frozen=True, slots=True)
class AnneeAgrement:
    """Twelve months counted from the start of the approval."""

    numero: Annotated[int, Fact("Rang de l'année depuis le premier agrément, à partir de 1.")]
    debut: Annotated[dt.date, Fact("Premier jour de l'année d'agrément.")]
    fin: Annotated[dt.date, Fact("Dernier jour de l'année d'agrément.")]
    preuves_des: Annotated[dt.date, Fact("Jour à partir duquel les pièces sont à transmettre.")]
    feuilles: Annotated[tuple[Feuille, ...], Fact("Feuilles trimestrielles, dans l'ordre du temps.")]


def bounds(agree_depuis: dt.date, as_of: dt.date) -> tuple[int, dt.date, dt.date]:
    """Find the approval year that holds a day; anniversaries are clipped from the first day, never chained."""
    if as_of < agree_depuis:
        raise BadFact(
            f"Le {date_fr(as_of)} précède l'agrément, qui commence le {date_fr(agree_depuis)}. "
            f"Choisissez un jour à partir du {date_fr(agree_depuis)}."
        )
    rang = as_of.year - agree_depuis.year
    if add_months(agree_depuis, 12 * rang) > as_of:
        rang -= 1
    return rang + 1, add_months(agree_depuis, 12 * rang), add_days(add_months(agree_depuis, 12 * rang + 12), -1)


def _place(premier: dt.date, debut: dt.date, fin: dt.date) -> Place:
    dernier = add_days(add_months(premier, 1), -1)
    if dernier < debut or premier > fin:
        return "hors_annee"
    return "dans_l_annee" if debut <= premier and dernier <= fin else "en_partie"


def sheets(debut: dt.date, fin: dt.date) -> tuple[Feuille, ...]:
    """Cut a year into its civil quarters: four, or five when it does not start with a quarter."""
    premier = dt.date(debut.year, 3 * ((debut.month - 1) // 3) + 1, 1)
    found = []
    while premier <= fin:
        mois = tuple(add_months(premier, n) for n in range(3))
        suivant = add_months(premier, 3)
        found.append(
            Feuille(
                annee=premier.year,
                trimestre=(premier.month + 2) // 3,
                debut=max(premier, debut),
                fin=min(add_days(suivant, -1), fin),
                mois=tuple(MoisFeuille(mois=m, place=_place(m, debut, fin)) for m in mois),
            )
        )
        premier = suivant
    return tuple(found)


# P14: one way of cutting is known; another one written in the parameter is refused until it is built.
_DECOUPAGES = {"trimestres_civils": sheets}


@rule(
    "Quelle année d'agrément contient ce jour, quelles feuilles y répondent, et quand les pièces sont-elles dues ?",
    "AGW du 24/05/2017, art. 21, 2°",
    "Fiche explicative 06, annexes 1 et 2",
    "A6",
    "P14",
)
def annee(
    *,
    agree_depuis: Annotated[
        dt.date, Fact("Premier jour de l'agrément, dont les anniversaires ouvrent les années.", example="2022-03-15")
    ],
    as_of: Annotated[dt.date, Fact("Un jour de l'année cherchée.", example="2026-06-30")],
) -> Explained[AnneeAgrement]:
    """Answer the bounds of the approval year, its sheets and the day its evidence is due from."""
    numero, debut, fin = bounds(agree_depuis, as_of)
    mode = MODE_TRIMESTRE.at(debut)
    feuilles = chosen(mode, _DECOUPAGES)(debut, fin)
    preuves = add_days(fin, 1)
    return Explained(
        value=AnneeAgrement(numero=numero, debut=debut, fin=fin, preuves_des=preuves, feuilles=feuilles),
        sentence=(
            f"Année d'agrément n° {numero}, du {date_fr(debut)} au {date_fr(fin)} : {len(feuilles)} feuilles "
            f"trimestrielles, pièces à transmettre dès le {date_fr(preuves)}."
        ),
        law=(mode,),
    )
