"""Lay out the sheets of a year: the fiche's types of charge, three months each, even when empty."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .annexes import annexe
from .modele import AnneeAgrement, Depense, Entete, Feuille, LigneMois, PieceIncoherente, Tableau, TypeCharge


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteMappe:
    """The enterprise's own account for a type of charge; ``remplace`` prints it alone."""

    numero: str
    remplace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAjoutee:
    """A row the fiche does not have (A14): our code, the words and the account to print."""

    code: str
    libelle: str
    compte: str = ""


def trimestres(annee: AnneeAgrement) -> tuple[tuple[int, int], ...]:
    """List the civil quarters the agrément year touches, in time order: up to five (A6)."""
    found = []
    year, quarter = annee.du.year, (annee.du.month + 2) // 3
    while (year, quarter) <= (annee.au.year, (annee.au.month + 2) // 3):
        found.append((year, quarter))
        year, quarter = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
    return tuple(found)


def _mois(annee: AnneeAgrement, civile: int, mois: int, depenses: Sequence[Depense]) -> LigneMois:
    premier = dt.date(civile, mois, 1)
    dernier = dt.date(civile, mois, calendar.monthrange(civile, mois)[1])
    return LigneMois(
        mois=mois,
        depenses=tuple(depenses),
        hors_annee=dernier < annee.du or premier > annee.au,
        du=annee.du if premier < annee.du <= dernier else None,
        au=annee.au if premier <= annee.au < dernier else None,
    )


def feuille(
    *,
    tableau: Tableau,
    entete: Entete,
    annee: AnneeAgrement,
    civile: int,
    trimestre: int,
    depenses: Mapping[tuple[str, int], Sequence[Depense]],
    comptes: Mapping[str, CompteMappe] | None = None,
    ajouts: Sequence[LigneAjoutee] = (),
    telephones: Sequence[str] = (),
) -> Feuille:
    """
    Lay out one sheet; ``depenses`` are keyed by (code of the charge, civil month).

    A key that has no row on this sheet is refused: an invoice must not vanish between two floors.
    """
    form = annexe(tableau)
    mois = range(3 * trimestre - 2, 3 * trimestre + 1)
    lignes = [(c.code, c.libelle, c.comptes, False) for c in form.charges]
    lignes += [(a.code, a.libelle, a.compte, True) for a in ajouts]
    codes = {code for code, *_ in lignes}
    perdues = [key for key in depenses if key[0] not in codes or key[1] not in mois]
    if perdues:
        raise PieceIncoherente(
            f"Tableau {tableau.value}, trimestre {trimestre} : pas de ligne pour {perdues}. "
            f"Ajoutez la ligne ou changez de feuille."
        )
    mappes = comptes or {}
    charges = []
    for code, libelle, numeros, ajoutee in lignes:
        propre = mappes.get(code)
        trois = [_mois(annee, civile, m, depenses.get((code, m), ())) for m in mois]
        charges.append(
            TypeCharge(
                code=code,
                libelle=libelle,
                comptes=numeros,
                mois=(trois[0], trois[1], trois[2]),
                comptes_propres=propre.numero if propre else "",
                remplace=bool(propre and propre.remplace),
                ajoutee=ajoutee,
            )
        )
    return Feuille(
        tableau=tableau,
        entete=entete,
        annee=civile,
        trimestre=trimestre,
        charges=tuple(charges),
        telephones=tuple(telephones) if form.telephones else (),
    )
