"""The verdict of the tables, said before any calculation, and its gauge."""

from dataclasses import dataclass

from clefdevoute.law.accompagnement_social.decompte import Decompte
from clefdevoute.law.accompagnement_social.tableaux import FeuilleTableau
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.subventions.decompte import DecompteAnnee
from clefdevoute.records.subventions.manque import tables_of
from clefdevoute.ui.charts import Part, gauge
from clefdevoute.ui.charts.gauge import Fill, Gauge
from clefdevoute.ui.formats import euros
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place
from clefdevoute.workspaces.gestionnaire.justifier.grille import code_of, first_sheet, name_of

FILLS: tuple[Fill, ...] = ("accent", "hatch", "ink", "dots")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence in bold and its reason; ``kind`` draws it, ``goes_on`` when table A is to be filled further."""

    kind: str
    title: str
    text: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Onglet:
    """A tab: a sheet of Table A, or Table B as a whole."""

    code: str
    label: str
    icon: str
    current: bool


def verdict(place: Place, counted: DecompteAnnee) -> Verdict:
    """Say where to stop, or what to open."""
    tables, figures = tables_of(counted), counted.explained.value
    owed = euros(figures.a_justifier)
    if not figures.a_justifier:
        return _nothing(figures)
    if tables.arret and not tables.tableau_b:
        last = [one for one in tables.feuilles if one.tableau == "A" and one.besoin == "a_remplir"][-1]
        if place.running:
            return _so_far(place, last, name_of(last, tables), owed, euros(tables.cumul))
        return Verdict(
            "ok",
            f"Arrêtez-vous après {name_of(last, tables)}.",
            f"Le cumul de {euros(tables.cumul)} couvre les {owed} à justifier. {euros(tables.retenu)} seront retenus.",
        )
    if place.running:
        return Verdict(
            "info",
            "Continuez le tableau A.",
            f"{euros(tables.retenu)} sur {owed} à justifier ; il reste {euros(tables.manque)} à trouver.",
            goes_on=True,
        )
    if tables.arret:
        last = [one for one in tables.feuilles if one.tableau == "B" and one.besoin == "a_remplir"][-1]
        return Verdict(
            "ok",
            f"Le tableau B est ouvert : arrêtez-vous après B {name_of(last, tables)}.",
            f"Le tableau A ne suffit pas ; avec le B, le cumul de {euros(tables.cumul)} couvre les {owed} à justifier.",
        )
    return Verdict(
        "warn",
        "Ouvrez le tableau B.",
        f"Les tableaux apportent {euros(tables.retenu)} des {owed} à justifier. Il manque {euros(tables.manque)} : "
        "imputez d’autres factures, ou acceptez ce montant.",
    )


def _nothing(figures: Decompte) -> Verdict:
    """Say why the tables have nothing to prove: no right, no wages yet, or wages that reach the grant."""
    if not figures.octroye:
        return Verdict("info", "Aucun droit n’est ouvert.", "Rien n’est à justifier : aucun tableau n’est demandé.")
    if not figures.cout_salarial:
        text = "Les frais se limitent à une part du coût salarial, et aucun salaire n’est enregistré pour cette année."
        return Verdict("info", "Tapez d’abord les salaires.", text)
    return Verdict("ok", "Aucun tableau n’est nécessaire.", "Le coût salarial couvre à lui seul le montant accordé.")


def _so_far(place: Place, last: FeuilleTableau, name: str, owed: str, cumul: str) -> Verdict:
    """Say where one stops while the year runs: wages to come still move what is to be justified."""
    moving = "Le montant à justifier bouge encore avec les salaires à venir."
    if (last.annee, last.trimestre) > (place.today.year, (place.today.month + 2) // 3):
        return Verdict(
            "info",
            f"Continuez jusqu’à {name}.",
            f"Avec les charges déjà prévues, le cumul de {cumul} couvrira les {owed} à justifier à ce jour. {moving}",
            goes_on=True,
        )
    text = f"Le cumul de {cumul} couvre les {owed} à justifier à ce jour. {moving}"
    return Verdict("info", f"À ce jour, le tableau A suffit avec {name}.", text)


def tabs(place: Place, counted: DecompteAnnee, current: FeuilleTableau) -> tuple[Onglet, ...]:
    """Draw the tabs: every sheet of Table A, then Table B; what is useless says so."""
    tables = tables_of(counted)
    found = []
    for sheet in tables.feuilles:
        if sheet.tableau == "A":
            label, icon = _label(place, sheet, name_of(sheet, tables))
            found.append(Onglet(code_of(sheet), label, icon, sheet == current))
    in_b = [one for one in tables.feuilles if one.tableau == "B"]
    shown = current if current.tableau == "B" else in_b[0]
    word, icon = f"Tableau B, {_useless(place)}", "attente"
    if tables.tableau_b:
        word, icon = ("Tableau B, plus tard", "attente") if place.running else ("Tableau B", "encours")
    return (*found, Onglet(code_of(shown), word, icon, current.tableau == "B"))


def _useless(place: Place) -> str:
    """Say that a sheet is not asked; while the year runs, only that it is not asked yet."""
    return "inutile à ce jour" if place.running else "inutile"


def _label(place: Place, sheet: FeuilleTableau, name: str) -> tuple[str, str]:
    here = (sheet.annee, sheet.trimestre) == (place.today.year, (place.today.month + 2) // 3)
    if sheet.besoin == "inutile":
        return f"{name}, {_useless(place)}", "attente"
    if here and place.running:
        return f"{name}, en cours", "encours"
    if (sheet.annee, sheet.trimestre) > (place.today.year, (place.today.month + 2) // 3):
        return name, "afaire"
    return name, "fait" if sheet.cases else "afaire"


def tabs_b(place: Place, counted: DecompteAnnee, current: FeuilleTableau) -> tuple[Onglet, ...]:
    """Draw the quarters of Table B, only while one looks at it."""
    tables = tables_of(counted)
    if current.tableau != "B":
        return ()
    return tuple(
        Onglet(code_of(one), *_label(place, one, f"B {name_of(one, tables)}"), one == current)
        for one in tables.feuilles
        if one.tableau == "B"
    )


def jauge(counted: DecompteAnnee) -> Gauge | None:
    """Draw the sheets to be filled against what is to be justified; nothing where nothing is."""
    tables, figures = tables_of(counted), counted.explained.value
    if not figures.a_justifier:
        return None
    filled = [one for one in tables.feuilles if one.besoin == "a_remplir"]
    parts = [
        Part(
            name=f"{'B ' if one.tableau == 'B' else ''}{name_of(one, tables)}",
            amount=one.total,
            fill=FILLS[place % len(FILLS)],
        )
        for place, one in enumerate(filled)
        if one.total
    ]
    return gauge(id="cumul", parts=parts, target=figures.a_justifier, reached_word="Cumul", target_word="À justifier")


def step(counted: DecompteAnnee, rule: str) -> Explained[object]:
    """Find the step of the décompte that one rule made."""
    return next(one for one in counted.explained.because if one.rule == rule)


def cumul_name(counted: DecompteAnnee, sheet: FeuilleTableau) -> str:
    """Name the running total: « Cumul T1 + T2 »."""
    tables = tables_of(counted)
    names = [
        f"{'B ' if one.tableau == 'B' else ''}{name_of(one, tables)}"
        for one in tables.feuilles
        if one.besoin == "a_remplir"
    ]
    own = f"{'B ' if sheet.tableau == 'B' else ''}{name_of(sheet, tables)}"
    kept = names[: names.index(own) + 1] if own in names else names
    return f"Cumul {' + '.join(kept)}" if len(kept) < 4 else f"Cumul de {kept[0]} à {kept[-1]}"


def default_sheet(place: Place, counted: DecompteAnnee) -> FeuilleTableau:
    """Choose the sheet an address without one shows."""
    return first_sheet(tables_of(counted), place.today)
