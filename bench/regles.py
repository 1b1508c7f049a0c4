"""
Time the rules of law against OpenFisca and against a bare sweep in plain Python, on an invented sector.

    python bench/regles.py [--entreprises 100] [--annees 10] [--tours 7]
    python bench/regles.py --entreprises 100000 --annees 1

Each dossier-year asks: persons day by day (person-days, lowest, highest, days with eight or more), the mean
that fixes the step, ceiling, advance, operating costs within 15 %, eligible cost, grant, balance. The mean as
« the » headcount is a choice of this bench (reading A2 as ``moyenne``). Ours answers with the whole explanation of each
rule; the two others with figures alone. All give the same digest, or the bench stops. They are timed
in turn, from rows in memory to the full table. From 2000 enterprises on, ours runs in a stream that keeps
no enterprise and OpenFisca is timed on the first ones, then scaled by the number of dossier-years.
"""

import argparse
import datetime as dt
import gc
import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Any

from mesure import but, memoire_mo, oublier_le_sommet, tour_a_tour
from regles_openfisca import openfisca
from secteur import SANS_FIN, Contrat, Entreprise, secteur
from secteur import Annee as Ecrite

from clefdevoute.law.accompagnement_social.effectifs import EffectifPeriode, Engagement, effectif_periode
from clefdevoute.law.accompagnement_social.rules import avance, droit, plafond_frais, solde
from clefdevoute.law.kernel.explained import Explained

Ligne = tuple[int | Decimal, ...]
PALIERS = ((60, 100_000_00), (45, 75_000_00), (26, 50_000_00), (8, 25_000_00))
EN_FLUX = 2000
ECHANTILLON = 500


def _euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


@dataclass(frozen=True, slots=True)
class Annee:
    """An agrément year in the types that the law takes: dates, euros."""

    debut: dt.date
    fin: dt.date
    base: Decimal
    frais: Decimal


@dataclass(frozen=True, slots=True)
class Faits:
    """An enterprise as the records hand it to the law."""

    numero: int
    engagements: tuple[Engagement, ...]
    annees: tuple[Annee, ...]


def faits(une: Entreprise) -> Faits:
    """Give the rows the types that the law takes; not timed, as the others' arrays are not."""
    jour = dt.date.fromordinal
    return Faits(
        numero=une.numero,
        engagements=tuple(
            Engagement(str(c.personne), jour(c.debut), None if c.fin == SANS_FIN else jour(c.fin), c.statut)
            for c in une.contrats
        ),
        annees=tuple(
            Annee(jour(a.debut), jour(a.apres - 1), _euros(a.salaires + a.deplacements), _euros(a.frais))
            for a in une.annees
        ),
    )


def _jours_a_huit(periode: EffectifPeriode, annee: Annee) -> int:
    """Count the days with eight persons or more from the changes that the answer lists."""
    jours, depuis, nombre = 0, annee.debut, periode.au_debut
    for change in periode.changements:
        if nombre >= 8:
            jours += (change.jour - depuis).days
        depuis, nombre = change.jour, change.personnes
    return jours + ((annee.fin - depuis).days + 1 if nombre >= 8 else 0)


def expliquer(un: Faits) -> list[tuple[Ligne, tuple[Explained[Any], ...]]]:
    """Ask our five rules for each dossier-year: the figures, and the explanation of each."""
    reponses = []
    for rang, annee in enumerate(un.annees):
        debut = annee.debut
        persons = effectif_periode(engagements=un.engagements, debut=debut, fin=annee.fin, comptage="moyenne")
        p = persons.value
        right = droit(personnes=p.retenu, as_of=debut, agrement="en_cours")
        plafond = right.value.plafond
        advance = avance(
            octroye=plafond, as_of=debut, origine="contrat_recu", origine_le=debut, droit_ouvert=right.value.ouvert
        )
        maximum = plafond_frais(base=annee.base, as_of=debut)
        frais = min(annee.frais, maximum.value)
        admis = annee.base + frais
        balance = solde(octroye=plafond, justifie=admis, avance_versee=advance.value, as_of=annee.fin)
        ligne = (
            un.numero, rang, p.jours_personnes, p.minimum, p.maximum, _jours_a_huit(p, annee), p.retenu, plafond,
            advance.value, frais, admis, balance.value.retenu, balance.value.solde,
        )  # fmt: skip
        reponses.append((ligne, (persons, right, advance, maximum, balance)))
    return reponses


def nous(tout: list[Faits]) -> list[Ligne]:
    """Ask the rules for every dossier-year, explanations made whole and dropped enterprise by enterprise."""
    return [ligne for un in tout for ligne, _ in expliquer(un)]


def _presences(contrats: Iterable[Contrat]) -> list[tuple[int, int]]:
    """Join the spells of each person that overlap or touch."""
    trouvees: list[tuple[int, int]] = []
    qui, du, au = -1, 0, 0
    for personne, debut, fin in sorted((c.personne, c.debut, c.fin) for c in contrats if c.statut != "aucun"):
        if personne == qui and debut <= au + 1:
            au = max(au, fin)
            continue
        if qui >= 0:
            trouvees.append((du, au))
        qui, du, au = personne, debut, fin
    if qui >= 0:
        trouvees.append((du, au))
    return trouvees


def _balayer(presences: list[tuple[int, int]], annee: Ecrite) -> list[int]:
    """Count the persons of each day of a year by the differences at both ends of each presence."""
    ecarts = [0] * (annee.apres - annee.debut + 1)
    for du, au in presences:
        if du < annee.apres and au >= annee.debut:
            ecarts[max(du - annee.debut, 0)] += 1
            ecarts[min(au + 1, annee.apres) - annee.debut] -= 1
    ecarts.pop()
    return list(accumulate(ecarts))


def python_nu(entreprises: Iterable[Entreprise]) -> list[Ligne]:
    """Sweep and calculate in integers, nothing explained, nothing refused, no date looked up: the floor."""
    lignes = []
    for une in entreprises:
        presences = _presences(une.contrats)
        for rang, annee in enumerate(une.annees):
            jours = _balayer(presences, annee)
            somme = sum(jours)
            moyenne = somme // len(jours)
            plafond = next((montant for seuil, montant in PALIERS if moyenne >= seuil), 0)
            base = annee.salaires + annee.deplacements
            frais = min(annee.frais, base * 15 // 100)
            admis = base + frais
            retenu, recue = min(plafond, admis), plafond * 80 // 100
            huit = sum(1 for nombre in jours if nombre >= 8)
            lignes.append(
                (une.numero, rang, somme, min(jours), max(jours), huit, moyenne, plafond, recue, frais, admis, retenu,
                 retenu - recue)
            )  # fmt: skip
    return lignes


def empreinte(lignes: Iterable[Ligne]) -> str:
    """Sum a result up in sixteen signs, whatever its order; our euros are written in cents as the others'."""
    en_cents = (
        tuple(int(valeur.scaleb(2)) if isinstance(valeur, Decimal) else int(valeur) for valeur in ligne)
        for ligne in lignes
    )
    return hashlib.sha256(repr(sorted(en_cents)).encode()).hexdigest()[:16]


def comparer(nombre: int, annees: int, tours: int) -> bool:
    """Time the three in turn on the whole sector held in memory (R1)."""
    entreprises = list(secteur(nombre, annees))
    tout = [faits(une) for une in entreprises]
    fisca = openfisca(entreprises)
    facons: dict[str, Callable[[], list[Ligne]]] = {
        "Python nu": partial(python_nu, entreprises),
        "nos règles, tout expliqué": partial(nous, tout),
        "OpenFisca": fisca,
    }
    empreintes = {nom: empreinte(faire()) for nom, faire in facons.items()}
    if len(set(empreintes.values())) != 1:
        raise SystemExit(f"Les résultats diffèrent : {empreintes}. Rien n’est mesuré.")
    gc.collect()
    gc.freeze()  # The rows are not the subject: no collection walks them again.
    temps = tour_a_tour({nom: (lambda _, faire=faire: faire()) for nom, faire in facons.items()}, tours)
    dossiers, contrats = nombre * annees, sum(len(une.contrats) for une in entreprises)
    print(f"{dossiers} dossiers-années, {contrats} contrats, même empreinte {empreintes['OpenFisca']}")
    for nom, un in temps.items():
        print(f"{nom} : {un.mediane * 1000:.1f} ms, {un.mediane / dossiers * 1e6:.0f} µs par dossier-année")
    nu, notre, autre = (temps[nom].mediane for nom in facons)
    pres = but(f"{notre / nu:.2f} × Python nu (but : au plus 2)", notre <= 2 * nu)
    loin = but(f"{autre / notre:.1f} × plus vite qu’OpenFisca (but : au moins 10)", autre >= 10 * notre)
    return pres and loin


def _en_flux(nombre: int, annees: int, temps: list[float]) -> Iterator[Ligne]:
    """Ask the rules enterprise by enterprise; keep nothing, and count the rules' own time alone."""
    for une in secteur(nombre, annees):
        un = faits(une)
        depart = time.perf_counter()
        reponses = expliquer(un)
        temps[0] += time.perf_counter() - depart
        yield from (ligne for ligne, _ in reponses)


def etirer(nombre: int, annees: int) -> bool:
    """Stream a sector too large to hold (R2); OpenFisca is timed on its first enterprises and scaled."""
    oublier_le_sommet()
    depart, temps = memoire_mo(), [0.0]
    flux = _en_flux(nombre, annees, temps)
    premieres = list(itertools.islice(flux, ECHANTILLON * annees))
    compte = len(premieres) + sum(1 for _ in flux)
    pris = memoire_mo("VmHWM") - depart
    fisca = openfisca(list(secteur(ECHANTILLON, annees)))
    lignes = fisca()
    if empreinte(lignes) != empreinte(premieres):
        raise SystemExit("OpenFisca et nos règles diffèrent sur les premières entreprises. Rien n’est mesuré.")
    debut = time.perf_counter()
    fisca()
    autre = (time.perf_counter() - debut) * nombre / ECHANTILLON
    print(f"{compte} dossiers-années en flux : {temps[0]:.1f} s ; OpenFisca étiré de {ECHANTILLON} : {autre:.1f} s")
    loin = but(f"{autre / temps[0]:.1f} × plus vite qu’OpenFisca (but : au moins 4)", autre >= 4 * temps[0])
    petit = but(f"{pris:.0f} Mo au-dessus du départ (but : au plus 300)", pris <= 300)
    return loin and petit


def main() -> int:
    """Print the times, the ratios and the goals; exit 1 when one is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entreprises", type=int, default=100)
    options.add_argument("--annees", type=int, default=10)
    options.add_argument("--tours", type=int, default=7)
    choix = options.parse_args()
    if choix.entreprises >= EN_FLUX:
        return 0 if etirer(choix.entreprises, choix.annees) else 1
    return 0 if comparer(choix.entreprises, choix.annees, choix.tours) else 1


if __name__ == "__main__":
    raise SystemExit(main())
