"""
An invented sector: enterprises, spells of their workers, agrément years and costs.

The same at every run: enterprise n is drawn from its own seed, so it can be made alone, in a stream.
Five to 115 workers (60 on average, so that every step of the scale is met), one to three spells
each, one follow-up in ten overlaps the spell before, an agrément from the 1st of any month. Amounts in cents.
"""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

SANS_FIN = dt.date(9999, 12, 31).toordinal()
PREMIERE_ANNEE = 2018


@dataclass(frozen=True, slots=True)
class Contrat:
    """A spell: worker, first and last day as ordinals, status at hiring."""

    personne: int
    debut: int
    fin: int
    statut: str


@dataclass(frozen=True, slots=True)
class Annee:
    """An agrément year: its first day, the day after its last, its costs in cents."""

    debut: int
    apres: int
    salaires: int
    deplacements: int
    frais: int


@dataclass(frozen=True, slots=True)
class Entreprise:
    """One enterprise with all that the rules ask."""

    numero: int
    contrats: tuple[Contrat, ...]
    annees: tuple[Annee, ...]


def _contrats(hasard: random.Random, personnes: int, debut: int, fin: int) -> list[Contrat]:
    fidelite = hasard.uniform(0.15, 0.95)
    contrats = []
    for personne in range(personnes):
        statut = hasard.choices(("TD", "TGD", "aucun"), (55, 40, 5))[0]
        fidele = hasard.random() < fidelite
        premier = debut - hasard.randrange(700) if fidele else debut - 400 + hasard.randrange(fin - debut + 400)
        dernier = premier + max(30, int(hasard.expovariate(1 / 500))) + (900 if fidele else 0)
        if fidele and hasard.random() < 0.7:
            dernier = SANS_FIN
        contrats.append(Contrat(personne, premier, dernier, statut))
        suites = hasard.choices((0, 1, 2), (60, 26, 14))[0] if dernier != SANS_FIN else 0
        for _ in range(suites):
            ecart = hasard.randrange(1, 200)
            premier = max(premier, dernier - ecart) if hasard.random() < 0.10 else dernier + ecart
            dernier = premier + max(30, int(hasard.expovariate(1 / 400)))
            contrats.append(Contrat(personne, premier, dernier, statut))
    hasard.shuffle(contrats)  # Rows arrive in no useful order.
    return contrats


def entreprise(numero: int, annees: int) -> Entreprise:
    """Draw enterprise ``numero`` over so many years."""
    hasard = random.Random(7_000_000 + numero)  # noqa: S311 - invented enterprises, not a secret
    bornes = [dt.date(PREMIERE_ANNEE + n, 1 + numero % 12, 1).toordinal() for n in range(annees + 1)]
    couts = []
    for debut, apres in itertools.pairwise(bornes):
        salaires = hasard.randrange(20_000_00, 110_000_00)
        frais = int(salaires * hasard.uniform(0, 0.25))
        couts.append(Annee(debut, apres, salaires, hasard.randrange(3_000_00), frais))
    contrats = _contrats(hasard, 5 + 38 * numero % 111, bornes[0], bornes[-1])
    return Entreprise(numero, tuple(contrats), tuple(couts))


def secteur(entreprises: int, annees: int) -> Iterator[Entreprise]:
    """Draw the enterprises one after the other, none kept."""
    return (entreprise(numero, annees) for numero in range(entreprises))
