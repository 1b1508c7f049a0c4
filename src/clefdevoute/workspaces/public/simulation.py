"""
The simulator's answers put to the law, rule after rule; nothing is computed here.

Each result is the law's own ``Explained``, so that it equals ``clefdevoute droit regle`` on the same
facts. What cannot be asked for want of an answer stays empty: absence is not zero.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from clefdevoute.law.accompagnement_social.couts import (
    Composante,
    ContratAccompagnateur,
    CoutSalarial,
    GenreCout,
    cout_salarial,
)
from clefdevoute.law.accompagnement_social.rules import (
    Droit,
    Solde,
    avance,
    droit,
    montant_a_justifier,
    plafond_frais,
    solde,
)
from clefdevoute.law.accompagnement_social.tableaux import MontantLigne, Tableaux, tableaux
from clefdevoute.law.agrement.annee import AnneeAgrement, annee
from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.errors import NoValueInForce
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import ZERO, cents
from clefdevoute.law.sieg.rules import AideDeMinimis, PlaceDeMinimis, place

ACCOMPAGNATEUR = "simulation"
LIGNE = "loyer"
"""One line of Table A stands for all costs: which line it is changes no amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponses:
    """What a person typed, read; None is what is missing or unreadable."""

    personnes: int | None = None
    debut: dt.date | None = None
    etp: Decimal | None = None
    salaires: Decimal | None = None
    frais: Decimal | None = ZERO
    deplacements: Decimal | None = ZERO
    aides: Decimal | None = ZERO
    minimis: Decimal | None = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """The law's answers, as far as they could be asked."""

    annee: Explained[AnneeAgrement] | None = None
    droit: Explained[Droit] | None = None
    place: Explained[PlaceDeMinimis] | None = None
    place_inconnue: str = ""
    octroye: Decimal | None = None
    avance: Explained[Decimal] | None = None
    cout: Explained[CoutSalarial] | None = None
    plafond_frais: Explained[Decimal] | None = None
    a_justifier: Explained[Decimal] | None = None
    tableaux: Explained[Tableaux] | None = None
    solde: Explained[Solde] | None = None

    def answers(self) -> Iterator[Explained[object]]:
        """Yield every answer that the law gave."""
        for name in ("annee", "droit", "place", "avance", "cout", "plafond_frais", "a_justifier", "tableaux", "solde"):
            found = getattr(self, name)
            if found is not None:
                yield found


def simulate(given: Reponses) -> Simulation:
    """Ask the law for one agrément year: the right first, then the grant, then what is justified."""
    if given.personnes is None or given.debut is None:
        return Simulation()
    year = annee(agree_depuis=given.debut, as_of=given.debut)
    right = droit(personnes=given.personnes, as_of=given.debut, agrement="en_cours", etp=given.etp)
    if not right.value.ouvert:
        return Simulation(annee=year, droit=right)
    room, unknown = _room(given.minimis, right.value.plafond, given.debut)
    granted = _granted(right.value.plafond, room, unknown)
    wages = _wages(given, year.value, right.value.etp_max)
    begun = Simulation(
        annee=year,
        droit=right,
        place=room,
        place_inconnue=unknown,
        octroye=granted,
        avance=None if granted is None else _advance(granted, given.debut),
        cout=wages,
        plafond_frais=None if wages is None else plafond_frais(base=wages.value.base_frais, as_of=given.debut),
    )
    return _justified(begun, given.frais, year.value)


def _advance(granted: Decimal, debut: dt.date) -> Explained[Decimal]:
    """Ask the advance, the contract received on the first day."""
    return avance(
        octroye=granted, as_of=debut, origine="contrat_recu", origine_le=debut, de_minimis_possible=granted > 0
    )


def _justified(begun: Simulation, frais: Decimal | None, year: AnneeAgrement) -> Simulation:
    """Ask what remains to be justified, how much of the costs is retained and the balance."""
    if begun.cout is None or begun.octroye is None or begun.avance is None:
        return begun
    wages = begun.cout.value
    owed = montant_a_justifier(
        octroye=begun.octroye, cout_salarial=wages.admissible, base=wages.base_frais, as_of=year.debut
    )
    tables = _tables(frais, owed.value, year)
    balance = None
    if tables is not None:
        balance = solde(
            octroye=begun.octroye,
            justifie=wages.admissible + tables.value.retenu,
            avance_versee=begun.avance.value,
            as_of=year.fin,
        )
    return replace(begun, a_justifier=owed, tableaux=tables, solde=balance)


def _room(aides: Decimal | None, plafond: Decimal, octroi_le: dt.date) -> tuple[Explained[PlaceDeMinimis] | None, str]:
    """Ask whether the ceiling fits under the small-aid ceiling; a day without a known regulation is said."""
    if aides is None:
        return None, ""
    before = (AideDeMinimis(octroyee_le=octroi_le, montant=aides),) if aides else ()
    try:
        return place(octroi_le=octroi_le, montant=plafond, aides=before), ""
    except NoValueInForce as unknown:
        return None, str(unknown)


def _granted(plafond: Decimal, room: Explained[PlaceDeMinimis] | None, unknown: str) -> Decimal | None:
    """Take the ceiling, or what the law says to ask for where the ceiling does not fit."""
    if room is not None:
        return room.value.a_demander
    return plafond if unknown else None


def _wages(given: Reponses, year: AnneeAgrement, etp_max: Decimal) -> Explained[CoutSalarial] | None:
    """Ask the eligible wage cost: the same contract all year, each yearly amount paid in twelve parts."""
    if given.etp is None or given.salaires is None or given.deplacements is None or given.aides is None:
        return None
    amounts: tuple[tuple[GenreCout, Decimal], ...] = (
        ("salaire_brut", given.salaires),
        ("mission", given.deplacements),
        ("autre_aide", given.aides),
    )
    return cout_salarial(
        composantes=tuple(
            Composante(accompagnateur=ACCOMPAGNATEUR, genre=genre, date=day, montant=part)
            for genre, amount in amounts
            for day, part in _twelfths(amount, year.debut)
        ),
        contrats=(
            ContratAccompagnateur(
                accompagnateur=ACCOMPAGNATEUR,
                debut=year.debut,
                fin=None,
                heures=given.etp,
                heures_reference=Decimal(1),
            ),
        ),
        debut=year.debut,
        fin=year.fin,
        etp_max=etp_max,
    )


def _twelfths(amount: Decimal, debut: dt.date) -> Iterator[tuple[dt.date, Decimal]]:
    """Cut a yearly amount in twelve, to the cent and without loss, each on the last day of its month."""
    paid = ZERO
    for month in range(1, 13):
        reached = cents(amount * month / 12)
        if reached != paid:
            yield add_days(add_months(debut, month), -1), reached - paid
        paid = reached


def _tables(frais: Decimal | None, owed: Decimal, year: AnneeAgrement) -> Explained[Tableaux] | None:
    """Ask how much of the costs is retained; they are dated on the last day, so that every sheet is counted."""
    if frais is None:
        return None
    lines = (MontantLigne(ligne=LIGNE, date=year.fin, montant=frais),) if frais else ()
    return tableaux(montant_a_justifier=owed, lignes=lines, debut=year.debut, fin=year.fin)
