"""How long records are kept: the last day, counted from the event that starts the delay (P18, P19; droit § 11, 12)."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from clefdevoute.law.kernel.dates import add_months
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import date_fr
from clefdevoute.law.kernel.parameters import Parameter
from clefdevoute.law.kernel.registry import Fact, rule

_PARAMETERS = Path(__file__).parent / "parameters"

Categorie = Literal["notes_sociales", "pieces_subvention", "compte_individuel", "pieces_comptables", "pieces_tva"]

PointDeDepart = Annotated[
    dt.date | None,
    Fact("Jour qui fait courir le délai : départ du travailleur, clôture ; absent s'il n'a pas encore eu lieu."),
]
Suspendu = Annotated[bool, Fact("Un contrôle ou un litige en cours interdit d'effacer.")]

DUREES: dict[Categorie, Parameter] = {
    "notes_sociales": Parameter.load(_PARAMETERS / "notes_sociales.yaml"),
    "pieces_subvention": Parameter.load(_PARAMETERS / "pieces_subvention.yaml"),
    "compte_individuel": Parameter.load(_PARAMETERS / "compte_individuel.yaml"),
    "pieces_comptables": Parameter.load(_PARAMETERS / "pieces_comptables.yaml"),
    "pieces_tva": Parameter.load(_PARAMETERS / "pieces_tva.yaml"),
}

_NAMES: dict[Categorie, tuple[str, str]] = {
    "notes_sociales": ("Notes sociales", "le départ du travailleur"),
    "pieces_subvention": ("Pièces de la subvention", "la clôture de la subvention de l'année"),
    "compte_individuel": ("Compte individuel", "sa clôture annuelle"),
    "pieces_comptables": ("Pièces comptables", "la clôture de l'exercice"),
    "pieces_tva": ("Pièces de TVA", "la clôture de l'exercice"),
}


@rule(
    "Jusqu'à quel jour garder cette pièce ?", "Conservation des documents sociaux, comptables et d'aide", "P18", "P19"
)
def terme(
    *,
    categorie: Annotated[Categorie, Fact("Sorte de pièce.")],
    as_of: Annotated[dt.date, Fact("Jour où l'on regarde.")],
    point_de_depart: PointDeDepart = None,
    suspendu: Suspendu = False,
) -> Explained[dt.date | None]:
    """Answer the last day of the retention, or None while it has not begun or is held up."""
    duree = DUREES[categorie].at(as_of)
    name, event = _NAMES[categorie]
    if point_de_depart is None:
        return Explained(
            value=None,
            sentence=f"{name} : à garder ; les {duree.value} ans courront depuis {event}, qui n'a pas eu lieu.",
            law=(duree,),
        )
    last = add_months(point_de_depart, int(duree.value) * 12)
    if suspendu:
        return Explained(
            value=None,
            sentence=f"{name} : à garder, même après le {date_fr(last)}, tant que le contrôle ou le litige dure.",
            law=(duree,),
        )
    then = "à effacer" if as_of > last else "ensuite à effacer"
    return Explained(
        value=last,
        sentence=f"{name} : à garder jusqu'au {date_fr(last)} compris, {duree.value} ans depuis {event} "
        f"({date_fr(point_de_depart)}) ; {then}.",
        law=(duree,),
    )
