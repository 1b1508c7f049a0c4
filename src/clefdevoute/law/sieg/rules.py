"""The room left under the de minimis ceiling for a service of general economic interest (droit.md § 8)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.errors import BadFact, NoValueInForce
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import ZERO, date_fr, euros
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Euros

_PARAMETERS = Path(__file__).parent / "parameters"
PLAFOND = Parameter.load(_PARAMETERS / "plafond.yaml")
FENETRE = Parameter.load(_PARAMETERS / "fenetre.yaml")
REGLEMENT = Parameter.load(_PARAMETERS / "reglement.yaml")
BORD_INCLUS = Parameter.load(_PARAMETERS / "bord_inclus.yaml")

TypeAide = Literal["sieg", "generale"]
Beneficiaire = Literal["propre", "entreprise_unique", "entreprise_absorbee"]

ROLLING = "trois_ans_glissants"

DOUTE_A11 = (
    "Lecture A11 : « dans la mesure où » peut vouloir dire « jusqu'à » ; l'aide qui dépasse est refusée en entier."
)
DOUTE_CUMUL = "Les aides de minimis générales comptent avec les aides SIEG : règle de cumul à vérifier."
DOUTE_UNITE = "Règlement 360/2012 : l'« unité économique » est lue comme l'entreprise unique, par prudence."


@dataclass(frozen=True, slots=True)
class AideDeMinimis:
    """An aid already granted, on the day its right was given and not when it was paid."""

    octroyee_le: Annotated[dt.date, Fact("Jour de la décision d'octroi, pas du paiement.")]
    montant: Annotated[Euros, Fact("Montant octroyé ; pour la subvention SIEG, le plafond accordé.")]
    type_aide: Annotated[TypeAide, Fact("De minimis SIEG ou général.")] = "sieg"
    beneficiaire: Annotated[
        Beneficiaire, Fact("L'entreprise, une autre de la même entreprise unique, ou une entreprise absorbée.")
    ] = "propre"
    montant_final: Annotated[Euros | None, Fact("Montant définitif s'il est plus bas que l'octroi.")] = None
    libelle: Annotated[str, Fact("Nom de l'aide.", example="Subvention accompagnement social")] = ""


@dataclass(frozen=True, slots=True)
class PlaceDeMinimis:
    """The room left, and whether a new grant fits in it as a whole."""

    reglement: Annotated[str, Fact("Règlement européen applicable à l'octroi.")]
    plafond: Annotated[Euros, Fact("Total permis sur la période.")]
    fenetre_du: Annotated[dt.date, Fact("Premier jour compté.")]
    fenetre_au: Annotated[dt.date, Fact("Dernier jour compté : celui de l'octroi.")]
    utilise: Annotated[Euros, Fact("Aides déjà octroyées sur la période.")]
    place: Annotated[Euros, Fact("Place restante avant cet octroi.")]
    possible: Annotated[bool, Fact("L'octroi tient-il en entier ?")]
    a_demander: Annotated[Euros, Fact("Montant à demander pour que l'octroi tienne.")]
    aides_comptees: Annotated[int, Fact("Nombre d'aides comptées.")]


def counted(aide: AideDeMinimis) -> Decimal:
    """Count an aid at its grant, corrected downward once the final amount is lower."""
    return aide.montant if aide.montant_final is None else min(aide.montant, aide.montant_final)


def _fiscal_year_start(day: dt.date, exercice: dt.date) -> dt.date:
    """Find the first day of the fiscal year that holds a day, from any first day of a fiscal year."""
    years = day.year - exercice.year
    start = add_months(exercice, 12 * years)
    return start if start <= day else add_months(exercice, 12 * (years - 1))


def _window_start(mode: str, octroi_le: dt.date, exercice: dt.date, inclusive: bool) -> tuple[dt.date, str]:
    """Find the first day that counts, and the words for it."""
    if mode == "exercices_fiscaux":
        return add_months(_fiscal_year_start(octroi_le, exercice), -24), "trois exercices fiscaux, dont celui en cours"
    edge = add_months(octroi_le, -36)
    return (edge, "trois ans, jour-limite compris") if inclusive else (add_days(edge, 1), "trois ans")


def _doubts(inside: list[AideDeMinimis], possible: bool, mode: str) -> tuple[str, ...]:
    found = [] if possible else [DOUTE_A11]
    if any(aide.type_aide == "generale" for aide in inside):
        found.append(DOUTE_CUMUL)
    if mode == "exercices_fiscaux" and any(aide.beneficiaire != "propre" for aide in inside):
        found.append(DOUTE_UNITE)
    return tuple(found)


@rule(
    "Quelle place reste-t-il sous le plafond de minimis, et ce nouvel octroi y tient-il ?",
    "Règlement (UE) n° 360/2012",
    "Règlement (UE) 2023/2832",
    "Fiche explicative 06, C",
    "A11",
    "A11b",
    "P10",
    "P11",
)
def place(
    *,
    octroi_le: Annotated[dt.date, Fact("Jour de la décision d'octroi de la nouvelle aide.")],
    montant: Annotated[Euros, Fact("Montant de la nouvelle aide : le plafond accordé.")],
    aides: Annotated[tuple[AideDeMinimis, ...], Fact("Aides de minimis déjà octroyées, de toute l'entreprise unique.")],
    exercice_fiscal: Annotated[
        dt.date,
        Fact("Premier jour d'un exercice fiscal, n'importe lequel ; sert à l'ancien règlement.", example="2026-01-01"),
    ] = dt.date(2012, 1, 1),
    bord_inclus: Annotated[
        bool | None, Fact("Compter le même jour trois ans plus tôt ? Vide : le paramètre P11.", reading="P11")
    ] = None,
) -> Explained[PlaceDeMinimis]:
    """Answer the room on the grant's day: all or nothing, and equal to the ceiling still fits."""
    reglement, plafond, fenetre = REGLEMENT.at(octroi_le), PLAFOND.at(octroi_le), FENETRE.at(octroi_le)
    bord = BORD_INCLUS.at(octroi_le)
    if plafond.value is None:
        raise NoValueInForce(
            f"Aucun règlement de minimis SIEG connu au {date_fr(octroi_le)} : {plafond.title}. "
            f"Ajoutez le nouveau règlement et sa référence."
        )
    if montant < 0 or any(min(aide.montant, aide.montant_final or ZERO) < 0 for aide in aides):
        raise BadFact("Une aide ne s'écrit pas négative. Corrigez son montant, ou donnez son montant définitif.")
    inclusive = bord.value if bord_inclus is None else bord_inclus
    depuis, words = _window_start(fenetre.value, octroi_le, exercice_fiscal, inclusive)
    inside = [aide for aide in aides if depuis <= aide.octroyee_le <= octroi_le]
    utilise = sum(map(counted, inside), ZERO)
    reste = max(ZERO, plafond.value - utilise)
    possible = montant <= reste
    end = "L'aide passe." if possible else f"L'aide entière ne passe pas : demandez au plus {euros(reste)}."
    return Explained(
        value=PlaceDeMinimis(
            reglement=reglement.value,
            plafond=plafond.value,
            fenetre_du=depuis,
            fenetre_au=octroi_le,
            utilise=utilise,
            place=reste,
            possible=possible,
            a_demander=montant if possible else reste,
            aides_comptees=len(inside),
        ),
        sentence=(
            f"{euros(utilise)} reçus du {date_fr(depuis)} au {date_fr(octroi_le)} ({words}) plus {euros(montant)} : "
            f"{euros(utilise + montant)}, plafond {euros(plafond.value)} (règlement (UE) {reglement.value}). {end}"
        ),
        law=(reglement, plafond, fenetre, bord) if fenetre.value == ROLLING else (reglement, plafond, fenetre),
        doubts=_doubts(inside, possible, fenetre.value),
    )
