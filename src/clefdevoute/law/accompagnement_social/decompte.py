"""The whole year in one explanation: count, right, advance, wages, tables, balance."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from clefdevoute.law.agrement.annee import AnneeAgrement, annee
from clefdevoute.law.agrement.en_cours import EtatAgrement
from clefdevoute.law.kernel.errors import BadFact
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import ZERO, date_fr, euros
from clefdevoute.law.kernel.registry import Fact, rule
from clefdevoute.law.kernel.units import Euros
from clefdevoute.law.sieg.rules import AideDeMinimis, PlaceDeMinimis, place

from .couts import (
    Composante,
    ContratAccompagnateur,
    CoutSalarial,
    Repartition,
    cout_salarial,
    etp_of_month,
)
from .effectifs import Comptage, EffectifPeriode, Engagement, effectif_periode
from .etranger import LectureEtranger
from .lignes import Depense, LigneAdmise, RegimeTva, ligne_admise
from .rules import Droit, Origine, Solde, avance, droit, montant_a_justifier, solde
from .tableaux import MontantLigne, Tableaux, tableaux

DOUTE_DEBUT = "Les paliers et les taux sont ceux du premier jour de l'année d'agrément : aucun texte ne le dit."
ASSURANCE_DEUX_FOIS = (
    "L'assurance-loi accidents du travail se trouve au coût salarial et au tableau B : vérifiez que ce n'est pas la "
    "même prime."
)


@dataclass(frozen=True, slots=True)
class Lectures:
    """The readings a décompte was made with; those of the installation, kept with the frozen year (A27)."""

    comptage: Annotated[Comptage | None, Fact("Mesure qui fixe le palier. Vide : P7.", reading="A2")] = None
    compter_art_60: Annotated[bool | None, Fact("Compter les articles 60 ? Vide : P8.", reading="A4")] = None
    repartition: Annotated[Repartition, Fact("Temps comparé mois par mois, ou sur l'année.", reading="A5")] = (
        "mensuelle"
    )
    deplacements_dans_la_base: Annotated[
        bool | None, Fact("Déplacements dans la base des 15 % ? Vide : P6.", reading="A7")
    ] = None
    tva_deductible_deduite: Annotated[bool | None, Fact("Ôter la TVA déductible ? Vide : P21.", reading="A19")] = None
    lecture_etranger: Annotated[LectureEtranger, Fact("Quand l'accord pour l'étranger suffit.", reading="A26")] = (
        "accord_avant_depart"
    )
    plafond_au_prorata: Annotated[
        bool | None, Fact("Réduire le plafond d'une année incomplète ? Vide : P16.", reading="P16")
    ] = None
    bord_inclus: Annotated[
        bool | None, Fact("Compter le même jour trois ans plus tôt ? Vide : P11.", reading="P11")
    ] = None


@dataclass(frozen=True, slots=True)
class OctroiDeMinimis:
    """The grant's day and the aids before it, to check the ceiling of small aid."""

    octroi_le: Annotated[dt.date, Fact("Jour de la décision d'octroi.")]
    aides: Annotated[tuple[AideDeMinimis, ...], Fact("Aides de minimis déjà octroyées, de toute l'entreprise unique.")]
    exercice_fiscal: Annotated[dt.date, Fact("Premier jour d'un exercice fiscal, n'importe lequel.")] = dt.date(
        2012, 1, 1
    )


@dataclass(frozen=True, slots=True)
class Decompte:
    """The figures of a year, each explained by a step."""

    debut: Annotated[dt.date, Fact("Premier jour de l'année d'agrément.")]
    fin: Annotated[dt.date, Fact("Dernier jour de l'année d'agrément.")]
    personnes: Annotated[int, Fact("Travailleurs TD et TGD qui fixent le palier.", unit="personnes")]
    plafond: Annotated[Euros, Fact("Montant annuel maximal du palier.")]
    octroye: Annotated[Euros, Fact("Montant accordé.")]
    avance: Annotated[Euros, Fact("Avance versée, ou due si rien n'est encore versé.")]
    cout_salarial: Annotated[Euros, Fact("Coût salarial admissible, déplacements compris.")]
    plafond_frais: Annotated[Euros, Fact("Maximum des frais de fonctionnement.")]
    a_justifier: Annotated[Euros, Fact("Montant à justifier par les tableaux.")]
    frais_retenus: Annotated[Euros, Fact("Frais de fonctionnement retenus.")]
    justifie: Annotated[Euros, Fact("Coût salarial et frais retenus.")]
    solde: Annotated[Euros, Fact("Solde ; négatif s'il faut rendre.")]
    a_rembourser: Annotated[Euros, Fact("Montant à rendre, ou à déduire de la prochaine avance.")]
    lignes_en_attente: Annotated[int, Fact("Dépenses qui attendent une réponse ou une pièce.")]
    lignes_refusees: Annotated[int, Fact("Dépenses refusées.")]
    avertissements: Annotated[tuple[str, ...], Fact("Ce qui mérite une question, sans rien bloquer.")] = ()


def _days_covered(contrats: Iterable[ContratAccompagnateur], debut: dt.date, fin: dt.date) -> int:
    """Count the days of the year with at least one support worker under contract."""
    covered = 0
    reached = debut - dt.timedelta(days=1)
    for one in sorted(contrats, key=lambda contrat: contrat.debut):
        start = max(one.debut, reached + dt.timedelta(days=1))
        stop = fin if one.fin is None else min(one.fin, fin)
        if start <= stop:
            covered += (stop - start).days + 1
            reached = stop
    return covered


def _counted_once(depense: Depense, composantes: tuple[Composante, ...]) -> Depense:
    """Mark the premium whose very invoice is already in the wage cost (A13)."""
    if depense.ligne != "assurance_accidents" or not _paper(depense.piece):
        return depense
    insured = (one for one in composantes if one.genre == "assurance_accidents")
    same = any(_paper(one.piece) == _paper(depense.piece) for one in insured)
    return replace(depense, dans_cout_salarial=True) if same else depense


def _paper(piece: str) -> str:
    """Compare papers by their number, whatever its capitals and spaces; no number is no paper."""
    return "".join(piece.split()).casefold()


def _granted(octroye: Decimal | None, right: Droit) -> Decimal:
    if octroye is None:
        return right.plafond
    if octroye > right.plafond:
        raise BadFact(
            f"Le montant accordé, {euros(octroye)}, dépasse le plafond du droit, {euros(right.plafond)}. "
            f"Corrigez l'un des deux, ou vérifiez le nombre de personnes."
        )
    return octroye


def _right(
    persons: int,
    contrats: tuple[ContratAccompagnateur, ...],
    year: AnneeAgrement,
    agrement: EtatAgrement,
    prorata: bool | None,
) -> Explained[Droit]:
    """Ask the right with the time and the days of support that the contracts give."""
    days = (year.fin - year.debut).days + 1
    covered = _days_covered(contrats, year.debut, year.fin)
    # The time over the days it was there: a half-time engaged in July is a half-time, its part year is said apart.
    etp = etp_of_month(contrats, year.debut, year.fin) * days / max(covered, 1)
    return droit(
        personnes=persons,
        as_of=year.debut,
        agrement=agrement,
        etp=(Decimal(etp.numerator) / etp.denominator).quantize(Decimal("0.001")),
        jours_accompagnes=covered,
        jours_annee=days,
        plafond_au_prorata=prorata,
    )


def _wages(
    composantes: tuple[Composante, ...],
    contrats: tuple[ContratAccompagnateur, ...],
    year: AnneeAgrement,
    etp_max: Decimal,
    lectures: Lectures,
) -> Explained[CoutSalarial]:
    """Ask the wage cost with the readings of the year."""
    return cout_salarial(
        composantes=composantes,
        contrats=contrats,
        debut=year.debut,
        fin=year.fin,
        etp_max=etp_max,
        repartition=lectures.repartition,
        deplacements_dans_la_base=lectures.deplacements_dans_la_base,
        lecture_etranger=lectures.lecture_etranger,
    )


def lignes_examinees(
    depenses: tuple[Depense, ...],
    composantes: tuple[Composante, ...],
    year: AnneeAgrement,
    regimes_tva: tuple[RegimeTva, ...],
    lectures: Lectures,
) -> tuple[tuple[Depense, Explained[LigneAdmise]], ...]:
    """Ask every cost whether it counts, with the readings of the year."""
    ask = partial(
        ligne_admise,
        debut=year.debut,
        fin=year.fin,
        regimes_tva=regimes_tva,
        tva_deductible_deduite=lectures.tva_deductible_deduite,
        lecture_etranger=lectures.lecture_etranger,
    )
    return tuple((one, ask(depense=_counted_once(one, composantes))) for one in depenses)


def _room(asked: OctroiDeMinimis | None, granted: Decimal, lectures: Lectures) -> Explained[PlaceDeMinimis] | None:
    if asked is None:
        return None
    return place(
        octroi_le=asked.octroi_le,
        montant=granted,
        aides=asked.aides,
        exercice_fiscal=asked.exercice_fiscal,
        bord_inclus=lectures.bord_inclus,
    )


def _tables(
    owed: Decimal, lines: Iterable[tuple[Depense, Explained[LigneAdmise]]], year: AnneeAgrement
) -> Explained[Tableaux]:
    return tableaux(
        montant_a_justifier=owed,
        lignes=tuple(
            MontantLigne(ligne=one.ligne, date=one.date, montant=answer.value.montant, piece=one.piece)
            for one, answer in lines
            if answer.value.etat == "admise"
        ),
        debut=year.debut,
        fin=year.fin,
    )


@dataclass(frozen=True, slots=True)
class _Steps:
    year: Explained[AnneeAgrement]
    persons: Explained[EffectifPeriode]
    right: Explained[Droit]
    granted: Decimal
    room: Explained[PlaceDeMinimis] | None
    advance: Explained[Decimal]
    paid: Decimal
    wages: Explained[CoutSalarial]
    owed: Explained[Decimal]
    lines: tuple[tuple[Depense, Explained[LigneAdmise]], ...]
    tables: Explained[Tableaux]
    balance: Explained[Solde]


def _warnings(steps: _Steps, composantes: tuple[Composante, ...]) -> tuple[str, ...]:
    found = [*steps.right.value.avertissements, *steps.tables.value.avertissements]
    insured = any(one.genre == "assurance_accidents" for one in composantes)
    if insured and any(one.ligne == "assurance_accidents" and answer.value.montant for one, answer in steps.lines):
        found.append(ASSURANCE_DEUX_FOIS)
    if steps.room and not steps.room.value.possible:
        found.append(steps.room.sentence)
    return tuple(found)


def _value(steps: _Steps, composantes: tuple[Composante, ...]) -> Decompte:
    """Gather the figures of the steps."""
    states = [answer.value.etat for _, answer in steps.lines]
    return Decompte(
        debut=steps.year.value.debut,
        fin=steps.year.value.fin,
        personnes=steps.persons.value.retenu,
        plafond=steps.right.value.plafond,
        octroye=steps.granted,
        avance=steps.paid,
        cout_salarial=steps.wages.value.admissible,
        plafond_frais=steps.owed.because[0].value,
        a_justifier=steps.owed.value,
        frais_retenus=steps.tables.value.retenu,
        justifie=steps.wages.value.admissible + steps.tables.value.retenu,
        solde=steps.balance.value.solde,
        a_rembourser=steps.balance.value.a_rembourser,
        lignes_en_attente=states.count("en_attente"),
        lignes_refusees=states.count("refusee"),
        avertissements=_warnings(steps, composantes),
    )


def _doubts(steps: _Steps) -> tuple[str, ...]:
    """Gather the doubts of every line, those that are not unrolled below included."""
    return (DOUTE_DEBUT, *dict.fromkeys(doubt for _, answer in steps.lines for doubt in answer.doubts))


def _told(steps: _Steps) -> tuple[Explained[Any], ...]:
    """List the steps; of the lines only those that wait, are refused or warn: the others answer for themselves."""
    lines = [answer for _, answer in steps.lines if answer.value.etat != "admise" or answer.value.avertissements]
    room = [steps.room] if steps.room else []
    return (
        steps.year,
        steps.persons,
        steps.right,
        *room,
        steps.advance,
        steps.wages,
        steps.owed,
        *lines,
        steps.tables,
        steps.balance,
    )


@rule(
    "Que vaut l'année entière : droit, coûts, montant justifié, solde ?",
    "Décret du 20/10/2016, art. 21",
    "AGW du 24/05/2017, art. 21",
    "Fiche explicative 06",
    "A11",
    "A27",
)
def decompte(
    *,
    agree_depuis: Annotated[dt.date, Fact("Premier jour de l'agrément.", example="2022-03-15")],
    as_of: Annotated[dt.date, Fact("Un jour de l'année d'agrément à compter.", example="2026-03-15")],
    agrement: Annotated[EtatAgrement, Fact("État de l'agrément (règle agrement.en_cours).")],
    engagements: Annotated[tuple[Engagement, ...], Fact("Contrats des travailleurs.")],
    contrats: Annotated[tuple[ContratAccompagnateur, ...], Fact("Contrats des accompagnateurs.")],
    composantes: Annotated[tuple[Composante, ...], Fact("Salaires, cotisations, déplacements et autres aides.")],
    depenses: Annotated[tuple[Depense, ...], Fact("Factures et charges de fonctionnement.")] = (),
    regimes_tva: Annotated[tuple[RegimeTva, ...], Fact("Part déductible de la TVA, par date.")] = (),
    octroye: Annotated[Euros | None, Fact("Montant accordé, s'il est plus bas que le plafond.")] = None,
    avance_versee: Annotated[Euros | None, Fact("Avance réellement versée ; vide : celle que la règle donne.")] = None,
    origine: Annotated[Origine | None, Fact("Ce qui ouvre l'avance.")] = None,
    origine_le: Annotated[dt.date | None, Fact("Jour du contrat reçu, ou du solde liquidé.")] = None,
    changement_sans_contrat: Annotated[bool, Fact("Nouvel accompagnateur sans contrat envoyé.")] = False,
    date_reference: Annotated[dt.date | None, Fact("Jour de comptage d'un premier octroi.", reading="A2")] = None,
    de_minimis: Annotated[
        OctroiDeMinimis | None, Fact("Octroi et aides déjà reçues, pour vérifier le plafond.")
    ] = None,
    lectures: Annotated[Lectures, Fact("Lectures de l'installation.")] = Lectures(),
) -> Explained[Decompte]:
    """Answer the whole year, every figure explained by one of its steps."""
    year = annee(agree_depuis=agree_depuis, as_of=as_of)
    debut, fin = year.value.debut, year.value.fin
    persons = effectif_periode(
        engagements=engagements,
        debut=debut,
        fin=fin,
        date_reference=date_reference,
        comptage=lectures.comptage,
        compter_art_60=lectures.compter_art_60,
    )
    right = _right(persons.value.retenu, contrats, year.value, agrement, lectures.plafond_au_prorata)
    asked = _granted(octroye, right.value)
    room = _room(de_minimis, asked, lectures)
    granted = asked if room is None or room.value.possible else ZERO
    advance = avance(
        octroye=granted,
        as_of=max(debut, origine_le or debut),
        origine=origine,
        origine_le=origine_le,
        changement_sans_contrat=changement_sans_contrat,
        droit_ouvert=right.value.ouvert,
        de_minimis_possible=room is None or room.value.possible,
    )
    wages = _wages(composantes, contrats, year.value, right.value.etp_max, lectures)
    owed = montant_a_justifier(
        octroye=granted, cout_salarial=wages.value.admissible, base=wages.value.base_frais, as_of=debut
    )
    lines = lignes_examinees(depenses, composantes, year.value, regimes_tva, lectures)
    tables = _tables(owed.value, lines, year.value)
    paid = advance.value if avance_versee is None else avance_versee
    balance = solde(
        octroye=granted, justifie=wages.value.admissible + tables.value.retenu, avance_versee=paid, as_of=fin
    )
    steps = _Steps(year, persons, right, granted, room, advance, paid, wages, owed, lines, tables, balance)
    value = _value(steps, composantes)
    return Explained(value=value, sentence=_sentence(value), because=_told(steps), doubts=_doubts(steps))


def _sentence(value: Decompte) -> str:
    end = f"solde de {euros(value.solde)}" if value.solde >= 0 else f"{euros(value.a_rembourser)} à rembourser"
    return (
        f"Année du {date_fr(value.debut)} au {date_fr(value.fin)} : {euros(value.justifie)} justifiés sur "
        f"{euros(value.octroye)} accordés, avance de {euros(value.avance)}, {end}."
    )
