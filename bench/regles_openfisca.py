"""
The same figures by OpenFisca-Core: our model of the peer, written as its manual asks.

Its periods are calendar ones, so an agrément year from any month reads daily variables over two civil
years. Spells sit in three slots a person, all days in ordinals, amounts in cents.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core import entities, periods, taxbenefitsystems, variables
from openfisca_core.simulation_builder import SimulationBuilder
from secteur import PREMIERE_ANNEE, Annee, Entreprise

PLACES = 3
JAMAIS = dt.date(9999, 12, 31).toordinal()
SEUILS, MONTANTS = [60, 45, 26, 8], [100_000_00, 75_000_00, 50_000_00, 25_000_00]
TOUJOURS, AN, JOUR = periods.DateUnit.ETERNITY, periods.DateUnit.YEAR, periods.DateUnit.DAY
PERSONNE = entities.Entity("personne", "personnes", "Travailleur", "")
ENTREPRISE = entities.GroupEntity(
    "entreprise", "entreprises", "Entreprise", "", roles=[{"key": "travailleur", "plural": "travailleurs"}]
)
SORTIES = (
    "jours_personnes", "minimum", "maximum", "jours_a_huit", "moyenne", "plafond", "avance", "frais_retenus",
    "admissible", "retenu", "solde",
)  # fmt: skip


def _present(personnes: Any, period: Any, _: Any) -> Any:
    jour = period.start.date.toordinal()
    la = np.zeros(personnes.count, dtype=bool)
    for place in range(PLACES):
        la |= (personnes(f"debut_{place}", period) <= jour) & (jour <= personnes(f"fin_{place}", period))
    return la & personnes("compte", period)


def _effectif(entreprises: Any, period: Any, _: Any) -> Any:
    return entreprises.sum(entreprises.members("present", period))


def _jours_personnes(entreprises: Any, period: Any, _: Any) -> Any:
    """Walk the days of the agrément years that begin in this civil year, and note the three others on the way."""
    debut, apres = entreprises("annee_debut", period), entreprises("annee_apres", period)
    somme, huit, plus = (np.zeros(entreprises.count, dtype=np.int64) for _ in range(3))
    moins = np.full(entreprises.count, 1 << 30, dtype=np.int64)
    for ordinal in range(int(debut.min()), int(apres.max())):
        nombre = entreprises("effectif", periods.period(dt.date.fromordinal(ordinal).isoformat()))
        dedans = (debut <= ordinal) & (ordinal < apres)
        somme += np.where(dedans, nombre, 0)
        huit += dedans & (nombre >= 8)
        plus = np.where(dedans, np.maximum(plus, nombre), plus)
        moins = np.where(dedans, np.minimum(moins, nombre), moins)
    for nom, valeur in (("minimum", moins), ("maximum", plus), ("jours_a_huit", huit)):
        entreprises.simulation.set_input(nom, period, valeur)
    return somme


def _base(e: Any, t: Any) -> Any:
    return e("salaires", t).astype(np.int64) + e("deplacements", t)


FORMULES: dict[str, Callable[[Any, Any, Any], Any]] = {
    "jours_personnes": _jours_personnes,
    "moyenne": lambda e, t, _: e("jours_personnes", t) // (e("annee_apres", t) - e("annee_debut", t)),
    "plafond": lambda e, t, _: np.select([e("moyenne", t) >= seuil for seuil in SEUILS], MONTANTS, 0),
    "avance": lambda e, t, _: e("plafond", t).astype(np.int64) * 80 // 100,
    "frais_retenus": lambda e, t, _: np.minimum(e("frais", t), _base(e, t) * 15 // 100),
    "admissible": lambda e, t, _: _base(e, t) + e("frais_retenus", t),
    "retenu": lambda e, t, _: np.minimum(e("plafond", t), e("admissible", t)),
    "solde": lambda e, t, _: e("retenu", t) - e("avance", t),
}
ENTREES = ("annee_debut", "annee_apres", "salaires", "deplacements", "frais", "minimum", "maximum", "jours_a_huit")


def _variable(nom: str, entite: Any, periode: Any, genre: type, formule: Any = None) -> type:
    corps = {"value_type": genre, "entity": entite, "definition_period": periode, "label": nom}
    return type(nom, (variables.Variable,), corps | ({"formula": formule} if formule else {}))


def systeme() -> Any:
    """Declare entities and variables."""
    trouve = taxbenefitsystems.TaxBenefitSystem([PERSONNE, ENTREPRISE])
    bouts = [f"{bout}_{place}" for place in range(PLACES) for bout in ("debut", "fin")]
    declarees = [
        *(_variable(nom, PERSONNE, TOUJOURS, int) for nom in bouts),
        _variable("compte", PERSONNE, TOUJOURS, bool),
        _variable("present", PERSONNE, JOUR, bool, _present),
        _variable("effectif", ENTREPRISE, JOUR, int, _effectif),
        *(_variable(nom, ENTREPRISE, AN, int) for nom in ENTREES),
        *(_variable(nom, ENTREPRISE, AN, int, formule) for nom, formule in FORMULES.items()),
    ]
    for une in declarees:
        trouve.add_variable(une)
    return trouve


def _personnes(entreprises: list[Entreprise]) -> tuple[Any, Any, Any]:
    """Set the spells of each person in slots: enterprise of each person, whether she counts, the slots."""
    rangs: dict[tuple[int, int], int] = {}
    ou: list[int] = []
    compte: list[bool] = []
    remplies: list[list[tuple[int, int]]] = []
    for place, une in enumerate(entreprises):
        for contrat in une.contrats:
            rang = rangs.setdefault((une.numero, contrat.personne), len(ou))
            if rang == len(ou):
                ou.append(place)
                compte.append(contrat.statut != "aucun")
                remplies.append([])
            remplies[rang].append((contrat.debut, contrat.fin))
    vides = [(JAMAIS, 0)] * PLACES
    cases = np.array([(own + vides)[:PLACES] for own in remplies], dtype=np.int32)
    return np.array(ou), np.array(compte), cases


def openfisca(entreprises: list[Entreprise]) -> Callable[[], list[tuple[int, ...]]]:
    """Load the rows into arrays; answer what calculates the whole table anew."""
    regles = systeme()
    ou, compte, cases = _personnes(entreprises)
    annees = [[une.annees[rang] for une in entreprises] for rang in range(len(entreprises[0].annees))]
    champs = dict(zip(ENTREES, Annee.__slots__, strict=False))
    entrees = [
        {nom: np.array([getattr(annee, champ) for annee in rangee], dtype=np.int32) for nom, champ in champs.items()}
        for rangee in annees
    ]
    numeros = np.array([une.numero for une in entreprises])

    def calculer() -> list[tuple[int, ...]]:
        fabrique = SimulationBuilder()
        fabrique.create_entities(regles)
        fabrique.declare_person_entity("personne", np.arange(len(ou)))
        groupe = fabrique.declare_entity("entreprise", np.arange(len(entreprises)))
        fabrique.join_with_persons(groupe, ou, np.repeat("travailleur", len(ou)))
        simulation = fabrique.build(regles)
        for place in range(PLACES):
            simulation.set_input(f"debut_{place}", "eternity", cases[:, place, 0])
            simulation.set_input(f"fin_{place}", "eternity", cases[:, place, 1])
        simulation.set_input("compte", "eternity", compte)
        lignes: list[tuple[int, ...]] = []
        for rang, donnees in enumerate(entrees):
            an = periods.period(str(PREMIERE_ANNEE + rang))
            for nom, valeurs in donnees.items():
                simulation.set_input(nom, an, valeurs)
            colonnes = [simulation.calculate(nom, an) for nom in SORTIES]
            table = np.column_stack([numeros, np.full(len(numeros), rang), *colonnes])
            lignes += map(tuple, table.tolist())
        return lignes

    return calculer
