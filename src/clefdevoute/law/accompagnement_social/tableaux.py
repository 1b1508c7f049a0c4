"""Tables A and B: sheets by civil quarter, where to stop, and B only as a subsidiary (fiche 06, annexes 1 and 2)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from clefdevoute.law.agrement.annee import Feuille, sheets
from clefdevoute.law.kernel.dates import check_year
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import ZERO, date_fr, euros
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Euros

from .lignes import Tableau
from .values import LIGNES_TABLEAUX, not_negative

Besoin = Literal["a_remplir", "inutile"]

DOUTE_A8 = "Lecture A8 : la feuille où le montant est atteint se remplit en entier ; le montant retenu est plafonné."
NOTE_CREDIT = (
    "Une note de crédit datée d'une feuille suivante diminue le cumul : l'arrêt en tient compte, même si la feuille "
    "ne se remplit pas."
)


@dataclass(frozen=True, slots=True)
class MontantLigne:
    """An admitted amount, as the rule « ligne_admise » gave it."""

    ligne: Annotated[str, Fact("Code de la ligne (loyer, eau, nettoyage…).", example="loyer")]
    date: Annotated[dt.date, Fact("Jour qui place le coût dans l'année.")]
    montant: Annotated[Euros, Fact("Montant retenu, négatif pour une note de crédit.")]
    piece: Annotated[str, Fact("N° de la facture ou de la pièce.", example="F-2026-014")] = ""


@dataclass(frozen=True, slots=True)
class CaseTableau:
    """The total of one line in one month."""

    ligne: Annotated[str, Fact("Code de la ligne.")]
    mois: Annotated[dt.date, Fact("Premier jour du mois.")]
    montant: Annotated[Euros, Fact("Total de la ligne pour ce mois.")]


@dataclass(frozen=True, slots=True)
class FeuilleTableau:
    """One sheet of a table: a civil quarter clipped to the approval year."""

    tableau: Annotated[Tableau, Fact("Tableau A ou B.")]
    annee: Annotated[int, Fact("Année civile du trimestre.")]
    trimestre: Annotated[int, Fact("Numéro du trimestre civil, de 1 à 4.")]
    besoin: Annotated[Besoin, Fact("La feuille est-elle à remplir ?")]
    cases: Annotated[tuple[CaseTableau, ...], Fact("Montants par ligne et par mois, dans l'ordre imprimé.")]
    total: Annotated[Euros, Fact("Total de la feuille.")]
    cumul: Annotated[Euros, Fact("Total depuis la première feuille à remplir, tableau A compris ; 0 si inutile.")]


@dataclass(frozen=True, slots=True)
class Tableaux:
    """What to fill in, where to stop, how much is retained."""

    feuilles: Annotated[tuple[FeuilleTableau, ...], Fact("Feuilles du tableau A, puis du tableau B.")]
    arret: Annotated[str, Fact("Feuille où l'on s'arrête, par exemple « A T2/2026 » ; vide si rien ne suffit.")]
    tableau_b: Annotated[bool, Fact("Le tableau B est-il à remplir ?")]
    cumul: Annotated[Euros, Fact("Total des feuilles à remplir.")]
    retenu: Annotated[Euros, Fact("Frais retenus, au plus le montant à justifier.")]
    manque: Annotated[Euros, Fact("Ce qui reste sans preuve.")]
    avertissements: Annotated[tuple[str, ...], Fact("Ce qui mérite une question, sans rien bloquer.")] = ()


def _table_of(lignes: Iterable[MontantLigne], debut: dt.date, fin: dt.date) -> dict[str, list[MontantLigne]]:
    """Sort the amounts by table; an amount outside the year or without a line is refused by name."""
    found: dict[str, list[MontantLigne]] = {"A": [], "B": []}
    known: dict[dt.date, dict[str, str]] = {}
    for one in lignes:
        if not debut <= one.date <= fin:
            raise BadFact(
                f"Pièce {one.piece or one.ligne} du {date_fr(one.date)} : hors de l'année du {date_fr(debut)} au "
                f"{date_fr(fin)}. Retirez-la de cette année."
            )
        since = LIGNES_TABLEAUX.at(one.date).since
        if since not in known:
            known[since] = {row["code"]: row["tableau"] for row in LIGNES_TABLEAUX.at(one.date).value}
        if one.ligne not in known[since]:
            raise BadFact(
                f"« {one.ligne} » n'est pas une ligne des tableaux. Prenez-en une de : {', '.join(known[since])}."
            )
        found[known[since][one.ligne]].append(one)
    return found


def _cases(lignes: list[MontantLigne], sheet: Feuille) -> tuple[CaseTableau, ...]:
    """Add the amounts of a sheet by line and month, in printed order."""
    totals: dict[tuple[str, dt.date], Decimal] = {}
    for one in lignes:
        if sheet.debut <= one.date <= sheet.fin:
            key = (one.ligne, one.date.replace(day=1))
            totals[key] = totals.get(key, ZERO) + one.montant
    order = {row["code"]: place for place, row in enumerate(LIGNES_TABLEAUX.at(sheet.fin).value)}
    return tuple(
        CaseTableau(ligne=ligne, mois=mois, montant=montant)
        for (ligne, mois), montant in sorted(totals.items(), key=lambda item: (order.get(item[0][0], 99), item[0]))
    )


def _filled(
    tableau: Tableau, feuilles: tuple[Feuille, ...], lignes: list[MontantLigne], start: Decimal, target: Decimal
) -> tuple[list[FeuilleTableau], Decimal, str, bool]:
    """Fill sheets in time order until the target is reached, later credit notes already subtracted."""
    found = []
    cumul, arret, delayed = start, "" if start < target else "-", False
    for sheet in feuilles:
        cases = _cases(lignes, sheet)
        total = sum((case.montant for case in cases), ZERO)
        needed = not arret
        if needed:
            cumul += total
            later = sum((one.montant for one in lignes if one.date > sheet.fin and one.montant < 0), ZERO)
            if cumul + later >= target:
                arret = f"{tableau} T{sheet.trimestre}/{sheet.annee}"
            delayed = delayed or (later < 0 and cumul >= target)
        found.append(
            FeuilleTableau(
                tableau=tableau,
                annee=sheet.annee,
                trimestre=sheet.trimestre,
                besoin="a_remplir" if needed else "inutile",
                cases=cases,
                total=total,
                cumul=cumul if needed else ZERO,
            )
        )
    return found, cumul, arret, delayed


def _sentence(value: Tableaux, target: Decimal) -> str:
    if not target:
        return "Rien à justifier par les tableaux : aucune feuille à remplir."
    if value.arret:
        where = f"arrêtez-vous après la feuille {value.arret}"
        ouvert = " (tableau B ouvert, le A ne suffit pas)" if value.tableau_b else ""
        return (
            f"{euros(target)} à justifier : {where}{ouvert} ; cumul {euros(value.cumul)}, retenu {euros(value.retenu)}."
        )
    return (
        f"{euros(target)} à justifier : les tableaux A et B n'apportent que {euros(value.retenu)}, "
        f"il manque {euros(value.manque)}."
    )


@rule(
    "Quelles feuilles des tableaux A et B faut-il remplir, et combien retient-on ?",
    "Fiche explicative 06, « Pièces justificatives à fournir » ; annexes 1 et 2",
    "A6",
    "A8",
    "A14",
    "A29",
)
def tableaux(
    *,
    montant_a_justifier: Annotated[Euros, Fact("Montant à prouver par les tableaux.")],
    lignes: Annotated[tuple[MontantLigne, ...], Fact("Montants admis, pièce par pièce.")],
    debut: Annotated[dt.date, Fact("Premier jour de l'année d'agrément.")],
    fin: Annotated[dt.date, Fact("Dernier jour de l'année d'agrément.", example="2026-12-31")],
) -> Explained[Tableaux]:
    """Answer the sheets to fill: A by civil quarter until the amount is reached, B only if A is not enough."""
    check_year(debut, fin)
    not_negative(montant_a_justifier=montant_a_justifier)
    by_table = _table_of(lignes, debut, fin)
    feuilles = sheets(debut, fin)
    a, cumul, arret, delayed = _filled("A", feuilles, by_table["A"], ZERO, montant_a_justifier)
    open_b = not arret
    b, cumul, arret_b, delayed_b = _filled("B", feuilles, by_table["B"], cumul, montant_a_justifier)
    retenu = max(ZERO, min(cumul, montant_a_justifier))
    value = Tableaux(
        feuilles=(*a, *b),
        arret=(arret if not open_b else arret_b).strip("-"),
        tableau_b=open_b,
        cumul=cumul,
        retenu=retenu,
        manque=montant_a_justifier - retenu,
        avertissements=(NOTE_CREDIT,) if delayed or (open_b and delayed_b) else (),
    )
    return Explained(
        value=value,
        sentence=_sentence(value, montant_a_justifier),
        law=(LIGNES_TABLEAUX.at(debut),),
        doubts=(DOUTE_A8,),
    )
