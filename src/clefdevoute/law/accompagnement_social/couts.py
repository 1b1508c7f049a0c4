"""The eligible wage cost: components by month, other aids deducted, share of the subsidised time (fiche 06, F, 1°)."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from clefdevoute.law.kernel.dates import check_year
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import ZERO, count_fr, date_fr, decimal_fr, euros
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Etp, Euros, Heures, Ratio

from .etranger import DOUTE_A26, Etranger, LectureEtranger, judged_abroad
from .values import ARRONDI_MAXIMUM, DEPLACEMENTS_DANS_LA_BASE, DOUTE_A6, rounded

GenreCout = Literal[
    "salaire_brut",
    "securite_sociale",
    "charges_patronales",
    "pecule_vacances",
    "medecine_travail",
    "assurance_accidents",
    "domicile_travail",
    "mission",
    "autre_aide",
]
DEPLACEMENTS = frozenset({"domicile_travail", "mission"})
Repartition = Literal["mensuelle", "annuelle"]

DOUTE_A5 = "Lecture A5 : la fiche dit « maximum », sans dire comment réduire le coût d'un temps de travail plus élevé."
DOUTE_A18 = "Lecture A18 : les autres aides sur le même emploi sont déduites, car seule compte la charge effective."
DOUTE_SANS_CONTRAT = "Un coût tombe dans un mois sans accompagnateur sous contrat : il est compté en entier."


@dataclass(frozen=True, slots=True)
class ContratAccompagnateur:
    """A contract of a support worker, in hours a week."""

    accompagnateur: Annotated[str, Fact("Numéro interne de l'accompagnateur.", example="AS1")]
    debut: Annotated[dt.date, Fact("Premier jour du contrat, compris.")]
    fin: Annotated[dt.date | None, Fact("Dernier jour du contrat, compris ; vide (null) s'il court encore.")]
    heures: Annotated[Heures, Fact("Heures d'accompagnement par semaine.", example="19")]
    heures_reference: Annotated[Heures, Fact("Heures d'un temps plein dans l'entreprise.", example="38")]

    def __post_init__(self) -> None:
        """Refuse a contract without hours or upside down: no share may be taken of it."""
        if self.heures_reference <= 0 or self.heures <= 0:
            raise BadFact(
                f"Contrat de {self.accompagnateur} : les heures par semaine et celles d'un temps plein sont plus "
                f"grandes que zéro. Corrigez-les."
            )
        if self.fin is not None and self.fin < self.debut:
            raise BadFact(
                f"Contrat de {self.accompagnateur} : il finit le {date_fr(self.fin)}, avant de commencer le "
                f"{date_fr(self.debut)}. Corrigez l'une des deux dates."
            )


@dataclass(frozen=True, slots=True)
class Composante:
    """An amount borne by the employer for a support worker, or an aid that relieves him."""

    accompagnateur: Annotated[str, Fact("Numéro interne de l'accompagnateur.", example="AS1")]
    genre: Annotated[GenreCout, Fact("Nature du coût (fiche 06, F, 1°) ; « autre_aide » se déduit (A18).")]
    date: Annotated[
        dt.date,
        Fact(
            "Dernier jour du mois pour une paie, jour du trajet, jour du paiement pour le pécule ou la prime (A6).",
            example="2026-01-31",
        ),
    ]
    montant: Annotated[Euros, Fact("Montant à charge de l'employeur ; une aide s'écrit positive.")]
    piece: Annotated[
        str, Fact("Compte individuel, facture ou feuille de route qui le prouve.", example="Compte individuel 2026")
    ] = ""
    etranger: Annotated[Etranger | None, Fact("Voyage à l'étranger, s'il y en a un.")] = None


@dataclass(frozen=True, slots=True)
class MoisSalarial:
    """A civil month of the year: its cost, its time, what counts of it."""

    mois: Annotated[dt.date, Fact("Premier jour du mois.")]
    cout: Annotated[Euros, Fact("Coût du mois, autres aides déduites.")]
    etp: Annotated[Etp, Fact("Temps sous contrat, pondéré par les jours, montré à trois décimales.")]
    part: Annotated[Ratio, Fact("Part admissible, montrée à six décimales ; le calcul garde la fraction exacte.")]
    admissible: Annotated[Euros, Fact("Part admissible du coût, au cent inférieur pour la lecture.")]


@dataclass(frozen=True, slots=True)
class CoutSalarial:
    """The wage cost of the year and what the subsidy may cover of it."""

    brut: Annotated[Euros, Fact("Salaires, cotisations et déplacements de l'année.")]
    aides_deduites: Annotated[Euros, Fact("Autres aides sur le même emploi, déduites.")]
    admissible: Annotated[Euros, Fact("Coût salarial admissible, déplacements compris.")]
    base_frais: Annotated[Euros, Fact("Base des 15 % de frais de fonctionnement.", reading="A7")]
    mois: Annotated[tuple[MoisSalarial, ...], Fact("Chaque mois où tombe un coût.")]
    ecartees: Annotated[tuple[str, ...], Fact("Composantes non comptées, avec la raison.")] = ()


def etp_of_month(contrats: Iterable[ContratAccompagnateur], debut: dt.date, fin: dt.date) -> Fraction:
    """Add the contracts' time over a period, each weighted by its calendar days; a handover counts for both (A5)."""
    days = (fin - debut).days + 1
    total = Fraction(0)
    for one in contrats:
        start = max(one.debut, debut)
        stop = fin if one.fin is None else min(one.fin, fin)
        if start <= stop:
            total += Fraction(one.heures) / Fraction(one.heures_reference) * Fraction((stop - start).days + 1, days)
    return total


def _share(etp: Fraction, etp_max: Fraction) -> Fraction:
    """Cap the share of the cost: whole while the time stays within the maximum, nothing without a right."""
    if etp <= etp_max:
        return Fraction(1) if etp_max else Fraction(0)
    return etp_max / etp


def _check_aids(composantes: Iterable[Composante]) -> None:
    for one in composantes:
        if one.genre == "autre_aide" and one.montant < 0:
            raise BadFact(f"Aide du {date_fr(one.date)} : écrivez-la positive, elle est déduite ensuite.")


def _kept(
    composantes: tuple[Composante, ...], debut: dt.date, fin: dt.date, lecture: LectureEtranger
) -> tuple[list[Composante], tuple[str, ...]]:
    """Separate what counts in the year from what does not, each with its reason."""
    kept, out = [], []
    for one in sorted(composantes, key=lambda part: (part.date, part.genre, part.montant)):
        if not debut <= one.date <= fin:
            out.append(f"{one.genre} du {date_fr(one.date)}, {euros(one.montant)} : hors de l'année d'agrément")
            continue
        decision, why = judged_abroad(one.etranger, lecture) if one.etranger else ("admise", "")
        if decision == "admise":
            kept.append(one)
        else:
            out.append(f"{one.genre} du {date_fr(one.date)}, {euros(one.montant)} : {why}")
    return kept, tuple(out)


def _signed(one: Composante) -> Decimal:
    return -one.montant if one.genre == "autre_aide" else one.montant


def _decimal(exact: Fraction, places: int) -> Decimal:
    """Show an exact fraction, cut to a number of decimals: for reading, never for computing on."""
    scale = 10**places
    return Decimal(exact.numerator * scale // exact.denominator).scaleb(-places)


@dataclass(frozen=True, slots=True)
class _Month:
    premier: dt.date
    cout: Decimal
    hors_deplacements: Decimal
    etp: Fraction
    part: Fraction


def _months(
    kept: list[Composante], contrats: tuple[ContratAccompagnateur, ...], etp_max: Fraction, yearly: Fraction | None
) -> list[_Month]:
    """Add each civil month's costs and find the share of it that counts."""
    costs: dict[dt.date, Decimal] = {}
    wages: dict[dt.date, Decimal] = {}
    for one in kept:
        premier = one.date.replace(day=1)
        costs[premier] = costs.get(premier, ZERO) + _signed(one)
        if one.genre not in DEPLACEMENTS:
            wages[premier] = wages.get(premier, ZERO) + _signed(one)
    found = []
    for premier, cout in sorted(costs.items()):
        dernier = premier.replace(day=calendar.monthrange(premier.year, premier.month)[1])
        etp = etp_of_month(contrats, premier, dernier)
        part = _share(etp if yearly is None else yearly, etp_max)
        found.append(_Month(premier, cout, wages.get(premier, ZERO), etp, part))
    return found


def _sentence(value: CoutSalarial, months: list[_Month], etp_max: Decimal) -> str:
    cut = sum(month.part < 1 for month in months)
    aides = f", moins {euros(value.aides_deduites)} d'autres aides" if value.aides_deduites else ""
    if not etp_max:
        part = " ; sans temps subventionnable"
    elif cut:
        part = f" ; au-delà de {decimal_fr(etp_max)} ETP, {cut} mois {'réduit' if cut == 1 else 'réduits'}"
    else:
        part = f" ; jamais plus de {decimal_fr(etp_max)} ETP, rien n'est réduit"
    out = len(value.ecartees)
    apart = f" {count_fr(out, 'composante')} non {'comptée' if out == 1 else 'comptées'}." if out else ""
    return f"Coût salarial de {euros(value.brut)}{aides}{part} : {euros(value.admissible)} admissibles.{apart}"


@rule(
    "Quel coût salarial des accompagnateurs est admissible ?",
    "Fiche explicative 06, F, 1°",
    "A5",
    "A6",
    "A7",
    "A18",
    "A26",
    "P6",
)
def cout_salarial(
    *,
    composantes: Annotated[tuple[Composante, ...], Fact("Salaires, cotisations, déplacements et autres aides.")],
    contrats: Annotated[tuple[ContratAccompagnateur, ...], Fact("Contrats des accompagnateurs.")],
    debut: Annotated[dt.date, Fact("Premier jour de l'année d'agrément.")],
    fin: Annotated[dt.date, Fact("Dernier jour de l'année d'agrément.", example="2026-12-31")],
    etp_max: Annotated[Etp, Fact("Temps subventionnable au plus (règle droit) ; 0,5 au premier palier.")],
    repartition: Annotated[Repartition, Fact("Comparer le temps mois par mois, ou sur l'année.", reading="A5")] = (
        "mensuelle"
    ),
    deplacements_dans_la_base: Annotated[
        bool | None, Fact("Déplacements dans la base des 15 % ? Vide : le paramètre P6.", reading="A7")
    ] = None,
    lecture_etranger: Annotated[LectureEtranger, Fact("Quand l'accord pour l'étranger suffit.", reading="A26")] = (
        "accord_avant_depart"
    ),
) -> Explained[CoutSalarial]:
    """Answer the eligible wage cost: month's cost, time share, exact sum, rounded down once for the year."""
    check_year(debut, fin)
    if etp_max < 0:
        raise BadFact(f"« etp_max » : {decimal_fr(etp_max)} est négatif. Prenez celui de la règle droit.")
    _check_aids(composantes)
    base, down = DEPLACEMENTS_DANS_LA_BASE.at(debut), ARRONDI_MAXIMUM.at(debut)
    kept, out = _kept(composantes, debut, fin, lecture_etranger)
    yearly = etp_of_month(contrats, debut, fin) if repartition == "annuelle" else None
    months = _months(kept, contrats, Fraction(etp_max), yearly)
    with_travel = base.value if deplacements_dans_la_base is None else deplacements_dans_la_base
    exact = sum((Fraction(month.cout) * month.part for month in months), Fraction(0))
    exact_wages = sum((Fraction(month.hors_deplacements) * month.part for month in months), Fraction(0))
    admissible = max(ZERO, rounded(_decimal(exact, 10), down))
    value = CoutSalarial(
        brut=sum((one.montant for one in kept if one.genre != "autre_aide"), ZERO),
        aides_deduites=sum((one.montant for one in kept if one.genre == "autre_aide"), ZERO),
        admissible=admissible,
        base_frais=admissible if with_travel else max(ZERO, rounded(_decimal(exact_wages, 10), down)),
        mois=tuple(
            MoisSalarial(
                mois=month.premier,
                cout=month.cout,
                etp=_decimal(month.etp, 3),
                part=_decimal(month.part, 6),
                admissible=_decimal(Fraction(month.cout) * month.part, 2),
            )
            for month in months
        ),
        ecartees=out,
    )
    doubts = [DOUTE_A6] if composantes else []
    doubts += [DOUTE_A5] if any(month.part < 1 for month in months) else []
    doubts += [DOUTE_A18] if value.aides_deduites else []
    doubts += [DOUTE_SANS_CONTRAT] if any(not month.etp for month in months) else []
    doubts += [DOUTE_A26] if any(one.etranger for one in composantes) else []
    return Explained(value=value, sentence=_sentence(value, months, etp_max), law=(base, down), doubts=tuple(doubts))
