"""One operating cost: does it count, in which month and for how much (fiche 06, F, 2°; annexes 1 and 2)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from clefdevoute.law.kernel.dates import check_year
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import NBSP, ZERO, date_fr, decimal_fr, euros
from clefdevoute.law.kernel.parameters import ValueInForce
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Euros

from .etranger import DOUTE_A26, Decision, Etranger, LectureEtranger, judged_abroad
from .values import ARRONDI_MONTANT, DOUTE_A6, TVA_DEDUCTIBLE_DEDUITE, lines_at, rounded

Nature = Literal["facture", "note_de_credit", "charge_recurrente", "frais_mission"]
Tableau = Literal["A", "B"]
Pourcentage = Annotated[Decimal, Fact("", unit="%")]

DOUTE_A13 = "Lecture A13 : l'assurance-loi figure dans le coût salarial (F, 1°, b) et au tableau B (6230) ; une fois."
DOUTE_A14 = "Lecture A14 : la fiche admet les frais de missions (F, 2°, a) mais ne leur donne pas de ligne."
DOUTE_A20 = "Lecture A20 : la forme de la clé de répartition est libre."

_DATES = {
    "facture": "émise le",
    "note_de_credit": "note de crédit émise le",
    "charge_recurrente": "échue le",
    "frais_mission": "du",
}
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class RegimeTva:
    """The share of VAT that the enterprise gets back, from a day on (A19)."""

    depuis: Annotated[dt.date, Fact("Premier jour de ce régime.")]
    deductible: Annotated[Pourcentage, Fact("Part déductible de la TVA, de 0 à 100.", example="40")]


@dataclass(frozen=True, slots=True)
class Depense:
    """An invoice, a credit note, a recurring charge or a mission cost, with its allocation key."""

    piece: Annotated[str, Fact("N° de la facture ou de la pièce.", example="F-2026-014")]
    ligne: Annotated[str, Fact("Ligne du tableau A ou B, par son code (loyer, eau, nettoyage…).", example="loyer")]
    nature: Annotated[Nature, Fact("Nature de la pièce ; une note de crédit se soustrait.")]
    date: Annotated[
        dt.date,
        Fact("Jour d'émission de la facture, d'échéance de la charge, ou du voyage (A6).", example="2026-02-10"),
    ]
    hors_tva: Annotated[
        Euros | None, Fact("Montant hors TVA en euros, comme écrit ; vide s'il n'est connu qu'en devise.")
    ]
    tva: Annotated[Euros, Fact("TVA en euros, comme écrite.", example="259.25")] = ZERO
    cle: Annotated[Pourcentage, Fact("Clé de répartition, jusqu'à 100, quatre décimales au plus.", example="25")] = (
        _HUNDRED
    )
    base_cle: Annotated[
        str, Fact("Ce qui fonde la clé : m², ETP, nombre de lignes… Nécessaire sous 100.", example="12 m² sur 48")
    ] = ""
    devise: Annotated[str, Fact("Devise de la pièce.", example="EUR")] = "EUR"
    preuve_conversion: Annotated[
        str, Fact("Preuve du montant en euros d'une pièce en devise.", example="Extrait bancaire 12")
    ] = ""
    service_du: Annotated[dt.date | None, Fact("Premier jour de la période facturée.")] = None
    service_au: Annotated[dt.date | None, Fact("Dernier jour de la période facturée.")] = None
    etranger: Annotated[Etranger | None, Fact("Voyage à l'étranger, s'il y en a un.")] = None
    dans_cout_salarial: Annotated[bool, Fact("La même pièce est déjà dans le coût salarial (A13).")] = False


@dataclass(frozen=True, slots=True)
class LigneAdmise:
    """What a cost becomes in the tables."""

    etat: Annotated[Decision, Fact("Admise, en attente d'une réponse ou d'une pièce, ou refusée.")]
    tableau: Annotated[Tableau, Fact("Tableau où la ligne se trouve.")]
    categorie: Annotated[str, Fact("Catégorie de frais (fiche 06, F, 2°, a à f).")]
    mois: Annotated[dt.date, Fact("Premier jour du mois où elle s'imprime.")]
    tvac: Annotated[Euros, Fact("Montant TVA comprise, négatif pour une note de crédit.")]
    supporte: Annotated[Euros, Fact("Montant réellement supporté, TVA déductible ôtée.", reading="A19")]
    montant: Annotated[Euros, Fact("Montant dédié à l'accompagnement social, retenu.")]
    motif: Annotated[str, Fact("Pourquoi elle attend ou elle est refusée ; vide si elle est admise.")]
    avertissements: Annotated[tuple[str, ...], Fact("Ce qui mérite une question, sans rien bloquer.")] = ()


def _row_of(depense: Depense, debut: dt.date, fin: dt.date) -> Mapping[str, str]:
    """Find the line of a cost, as printed on its day; outside the year, as printed on the nearest day of it."""
    rows = lines_at(min(max(depense.date, debut), fin))
    for row in rows:
        if row["code"] == depense.ligne:
            return row
    raise BadFact(
        f"« {depense.ligne} » n'est pas une ligne des tableaux au {date_fr(depense.date)}. "
        f"Prenez l'une de : {', '.join(row['code'] for row in rows)}."
    )


def _check(depense: Depense) -> None:
    """Refuse what cannot be: a key out of bounds, a credit note written negative, a period upside down."""
    cle = depense.cle
    if not 0 <= cle <= _HUNDRED:
        raise BadFact(f"Pièce {depense.piece} : une clé va de 0 à 100 %. Corrigez {decimal_fr(cle)} %.")
    if cle != cle.quantize(Decimal("0.0001")):
        raise BadFact(f"Pièce {depense.piece} : une clé a quatre décimales au plus. Arrondissez {decimal_fr(cle)} %.")
    if depense.nature == "note_de_credit" and ((depense.hors_tva or ZERO) < 0 or depense.tva < 0):
        raise BadFact(
            f"Note de crédit {depense.piece} : écrivez ses montants comme sur la pièce, positifs ; ils sont soustraits."
        )
    if depense.service_du and depense.service_au and depense.service_au < depense.service_du:
        raise BadFact(f"Pièce {depense.piece} : la période facturée finit avant de commencer. Corrigez ses dates.")


def _deductible(regimes: tuple[RegimeTva, ...], day: dt.date) -> Decimal:
    """Find the deductible share on a day; without a regime nothing is deductible."""
    for one in regimes:
        if not 0 <= one.deductible <= _HUNDRED:
            raise BadFact(f"La part déductible de la TVA va de 0 à 100 %. Corrigez {decimal_fr(one.deductible)} %.")
    known = [one for one in regimes if one.depuis <= day]
    return max(known, key=lambda one: one.depuis).deductible if known else ZERO


def _decided(depense: Depense, debut: dt.date, fin: dt.date, lecture: LectureEtranger) -> tuple[Decision, str]:
    """Name the first reason that keeps a cost out, refusals before what only waits."""
    if not debut <= depense.date <= fin:
        return "refusee", f"hors de l'année d'agrément du {date_fr(debut)} au {date_fr(fin)}"
    if depense.dans_cout_salarial:
        return "refusee", "déjà comptée dans le coût salarial : une même pièce ne compte qu'une fois"
    abroad = judged_abroad(depense.etranger, lecture) if depense.etranger else None
    if abroad and abroad[0] == "refusee":
        return abroad
    if depense.hors_tva is None or (depense.devise != "EUR" and not depense.preuve_conversion.strip()):
        return "en_attente", f"pièce en {depense.devise} : donnez le montant en euros et sa preuve"
    if depense.cle < _HUNDRED and not depense.base_cle.strip():
        return "en_attente", "clé de répartition sans sa base : écrivez ce qui la fonde (m², ETP, nombre de lignes…)"
    return abroad or ("admise", "")


def _warnings(depense: Depense, row: Mapping[str, str], debut: dt.date, fin: dt.date) -> tuple[str, ...]:
    found = []
    served = (depense.service_du, depense.service_au)
    if any(day is not None and not debut <= day <= fin for day in served):
        found.append(
            "La période facturée déborde de l'année d'agrément : la date de la pièce décide, rien n'est coupé."
        )
    if row["ajoutee"] == "oui":
        found.append("Ligne ajoutée : la fiche admet ces frais sans leur donner de ligne.")
    return tuple(found)


def _doubts(depense: Depense, row: Mapping[str, str]) -> tuple[str, ...]:
    found = [DOUTE_A6]
    if depense.ligne == "assurance_accidents":
        found.append(DOUTE_A13)
    if row["ajoutee"] == "oui":
        found.append(DOUTE_A14)
    if depense.cle < _HUNDRED:
        found.append(DOUTE_A20)
    if depense.etranger:
        found.append(DOUTE_A26)
    return tuple(found)


def _amounts(
    depense: Depense, regimes: tuple[RegimeTva, ...], nette: bool, half_up: ValueInForce
) -> tuple[Decimal, Decimal, Decimal]:
    """Compute the amount with VAT, the amount borne and the dedicated one, rounded once from the exact value."""
    net, tax = depense.hors_tva or ZERO, depense.tva
    if depense.nature == "note_de_credit":
        net, tax = -net, -tax
    share = _deductible(regimes, depense.date) if nette else ZERO
    borne = net + tax * (_HUNDRED - share) / _HUNDRED
    return net + tax, rounded(borne, half_up), rounded(borne * depense.cle / _HUNDRED, half_up)


@rule(
    "Cette dépense compte-t-elle, dans quel tableau, quel mois et pour combien ?",
    "Fiche explicative 06, F, 2° ; annexes 1 et 2",
    "A6",
    "A13",
    "A14",
    "A19",
    "A20",
    "A26",
    "A29",
    "P13",
    "P21",
)
def ligne_admise(
    *,
    depense: Annotated[Depense, Fact("La pièce, sa ligne et sa clé.")],
    debut: Annotated[dt.date, Fact("Premier jour de l'année d'agrément.")],
    fin: Annotated[dt.date, Fact("Dernier jour de l'année d'agrément.", example="2026-12-31")],
    regimes_tva: Annotated[
        tuple[RegimeTva, ...], Fact("Part déductible de la TVA, par date ; aucun : rien n'est déductible.")
    ] = (),
    tva_deductible_deduite: Annotated[
        bool | None, Fact("Ôter la TVA déductible ? Vide : le paramètre P21.", reading="A19")
    ] = None,
    lecture_etranger: Annotated[LectureEtranger, Fact("Quand l'accord pour l'étranger suffit.", reading="A26")] = (
        "accord_avant_depart"
    ),
) -> Explained[LigneAdmise]:
    """Answer what a cost becomes in the tables: admitted, waiting or refused, and the amount retained."""
    check_year(debut, fin)
    _check(depense)
    row = _row_of(depense, debut, fin)
    tva, half_up = TVA_DEDUCTIBLE_DEDUITE.at(debut), ARRONDI_MONTANT.at(debut)
    nette = tva.value if tva_deductible_deduite is None else tva_deductible_deduite
    tvac, supporte, dedie = _amounts(depense, regimes_tva, nette, half_up)
    etat, motif = _decided(depense, debut, fin, lecture_etranger)
    what = f"{row['libelle']}, pièce {depense.piece}, {_DATES[depense.nature]} {date_fr(depense.date)}"
    if etat == "admise":
        said = f"{what} : {decimal_fr(depense.cle)}{NBSP}% de {euros(supporte)}, soit {euros(dedie)}."
    else:
        said = f"{what} : {'en attente' if etat == 'en_attente' else 'refusée'}, {motif}."
    return Explained(
        value=LigneAdmise(
            etat=etat,
            tableau="A" if row["tableau"] == "A" else "B",
            categorie=row["categorie"],
            mois=depense.date.replace(day=1),
            tvac=tvac,
            supporte=supporte,
            montant=dedie if etat == "admise" else ZERO,
            motif="" if etat == "admise" else motif,
            avertissements=_warnings(depense, row, debut, fin),
        ),
        sentence=said,
        law=(tva, half_up) if depense.tva else (half_up,),
        doubts=_doubts(depense, row),
    )
