"""A sheet of Table A or B as a grid: types of charge, three months each, what each line dedicates and why."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from clefdevoute.law.accompagnement_social.lignes import LigneAdmise
from clefdevoute.law.accompagnement_social.tableaux import FeuilleTableau, Tableaux
from clefdevoute.law.accompagnement_social.values import lines_at
from clefdevoute.law.agrement.annee import MoisFeuille
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.entreprises.facts import comptes_at
from clefdevoute.records.frais.facts import LigneAnnee
from clefdevoute.records.frais.models import ChargeRecurrente, CleRepartition, Facture, LigneFrais
from clefdevoute.records.subventions.decompte import DecompteAnnee, lignes_admises
from clefdevoute.records.subventions.manque import tables_of
from clefdevoute.ui import formats
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place
from clefdevoute.workspaces.gestionnaire.justifier.liens import source_page

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Case:
    """A cell that can be typed in: its field, what it shows, why it was refused."""

    name: str
    value: str
    label: str
    error: str = ""


@dataclass(slots=True, kw_only=True)
class Rangee:
    """A row of a month: one cost, or none."""

    mois: str
    suite: bool = False
    hors: bool = False
    line: LigneAnnee | None = None
    answer: Explained[LigneAdmise] | None = None
    piece: LigneFrais | ChargeRecurrente | None = None
    numero: Case | None = None
    montant: Case | None = None
    cle: Case | None = None
    url: str = ""

    @property
    def motif(self) -> str:
        """Say why a cost does not count, or not yet."""
        return self.answer.value.motif if self.answer is not None else ""

    @property
    def ratio(self) -> Decimal:
        """Give the key as a share of one, for its French form."""
        return self.line.depense.cle / HUNDRED if self.line is not None else Decimal(0)


@dataclass(slots=True, kw_only=True)
class Groupe:
    """A type of charge with its rows and what they dedicate."""

    code: str
    libelle: str
    comptes: str
    propre: str
    ajoutee: bool
    rangees: list[Rangee] = field(default_factory=list)
    total: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class CleLue:
    """A key used on the sheet: what it is worth, on what it rests, the lines it serves."""

    ratio: Decimal
    basis: str
    name: str
    lines: str
    pk: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grille:
    """One sheet, drawn."""

    sheet: FeuilleTableau
    groupes: tuple[Groupe, ...]
    editable: bool
    cles: tuple[CleLue, ...]

    @property
    def rangees(self) -> tuple[Rangee, ...]:
        """List all rows in printed order."""
        return tuple(row for group in self.groupes for row in group.rangees)

    @property
    def held(self) -> tuple[Rangee, ...]:
        """List the rows that hold a cost."""
        return tuple(row for row in self.rangees if row.line is not None)

    @property
    def typed(self) -> bool:
        """Tell whether a cell can be typed in."""
        return any(row.numero or row.montant or row.cle for row in self.rangees)


def code_of(sheet: FeuilleTableau) -> str:
    """Write a sheet in a path: a-2025-t2."""
    return f"{sheet.tableau.lower()}-{sheet.annee}-t{sheet.trimestre}"


def name_of(sheet: FeuilleTableau, tables: Tableaux) -> str:
    """Name a sheet shortly; with its civil year when the agrément year touches two of them."""
    several = len({one.annee for one in tables.feuilles}) > 1
    return f"T{sheet.trimestre}/{sheet.annee}" if several else f"T{sheet.trimestre}"


def sheet_of(tables: Tableaux, code: str) -> FeuilleTableau | None:
    """Find the sheet of a path."""
    return next((one for one in tables.feuilles if code_of(one) == code), None)


def first_sheet(tables: Tableaux, today: dt.date) -> FeuilleTableau:
    """Choose the sheet shown first: today's quarter if it is to be filled, else the last one to be filled."""
    filled = [one for one in tables.feuilles if one.besoin == "a_remplir"]
    for one in filled:
        if (one.annee, one.trimestre) == (today.year, (today.month + 2) // 3):
            return one
    in_a = [one for one in filled if one.tableau == "A"]
    return in_a[-1] if in_a else tables.feuilles[0]


def why_not_b(place: Place, tables: Tableaux) -> str:
    """Say why Table B only shows itself, or nothing when it is open."""
    if not tables.tableau_b:
        return (
            "Le tableau A suffit : le tableau B est subsidiaire et ne s’envoie pas. "
            "Ce qui est imputé ici reste au siège."
        )
    if place.running:
        return (
            f"Le tableau B s’ouvre quand le tableau A est complet. L’année finit le {place.year.fin:%d/%m/%Y} : "
            "remplissez d’abord le tableau A."
        )
    return ""


def draw(place: Place, counted: DecompteAnnee, sheet: FeuilleTableau) -> Grille:
    """Draw a sheet: every type of charge of the table, every month, every cost with its answer."""
    closed = place.sent or (sheet.tableau == "B" and bool(why_not_b(place, tables_of(counted))))
    costs = _costs(counted, sheet)
    pieces = _pieces(place, [line for found in costs.values() for line, _ in found])
    months = next(
        one.mois for one in place.year.feuilles if (one.annee, one.trimestre) == (sheet.annee, sheet.trimestre)
    )
    accounts = comptes_at(place.entreprise.pk, place.year.debut)
    groups = []
    for row in lines_at(place.year.debut, sheet.tableau):
        group = Groupe(
            code=row["code"],
            libelle=row["libelle"],
            comptes=row["comptes"],
            propre=accounts[row["code"]].account if row["code"] in accounts else "",
            ajoutee=row["ajoutee"] == "oui",
        )
        for month in months:
            group.rangees += _rows(group, month, costs.get((group.code, month.mois), []), pieces, closed=closed)
        group.total = sum((case.montant for case in sheet.cases if case.ligne == group.code), Decimal("0.00"))
        if not group.ajoutee or any(one.line for one in group.rangees):
            groups.append(group)
    return Grille(
        sheet=sheet, groupes=tuple(groups), editable=not closed, cles=_keys(groups, {g.code: g.libelle for g in groups})
    )


Costs = dict[tuple[str, dt.date], list[tuple[LigneAnnee, Explained[LigneAdmise]]]]
Pieces = Mapping[uuid.UUID, LigneFrais | ChargeRecurrente]


def _costs(counted: DecompteAnnee, sheet: FeuilleTableau) -> Costs:
    found: Costs = defaultdict(list)
    quarter = range(3 * sheet.trimestre - 2, 3 * sheet.trimestre + 1)
    for line, answer in lignes_admises(counted):
        month = answer.value.mois
        if answer.value.tableau == sheet.tableau and month.year == sheet.annee and month.month in quarter:
            found[line.depense.ligne, month].append((line, answer))
    return found


def _pieces(place: Place, lines: list[LigneAnnee]) -> Pieces:
    """Read where each line comes from, in two queries."""
    invoiced = LigneFrais.objects.visible_to(place.actor).filter(pk__in=[one.ligne_id for one in lines if one.ligne_id])
    charges = ChargeRecurrente.objects.visible_to(place.actor).filter(
        pk__in=[one.charge_id for one in lines if one.charge_id]
    )
    rows = [*invoiced.select_related("facture", "facture__fournisseur", "cle"), *charges.select_related("cle")]
    return {row.pk: row for row in rows}


def _rows(
    group: Groupe,
    month: MoisFeuille,
    costs: list[tuple[LigneAnnee, Explained[LigneAdmise]]],
    pieces: Pieces,
    *,
    closed: bool,
) -> list[Rangee]:
    name = formats.mois(month.mois).capitalize()
    if month.place == "hors_annee" or not costs:
        return [Rangee(mois=name, hors=month.place == "hors_annee")]
    found = []
    for number, (line, answer) in enumerate(costs):
        source = line.ligne_id or line.charge_id
        piece = pieces.get(source) if source else None
        row = Rangee(mois=name, suite=number > 0, line=line, answer=answer, piece=piece, url=source_page(line))
        if not closed:
            _open_cells(row, f"{group.libelle}, {name}{f', pièce {number + 1}' if number else ''}")
        found.append(row)
    return found


def _open_cells(row: Rangee, label: str) -> None:
    """Open what a person typed; what a file says is never typed over, and a VAT is corrected on its invoice."""
    line, piece = row.line, row.piece
    if line is None or row.answer is None:
        return
    amount = formats.euros(row.answer.value.supporte, sign=False)
    if isinstance(piece, ChargeRecurrente) and not piece.vat:
        day = line.depense.date
        row.montant = Case(f"charge-{piece.pk.hex}-{day:%Y%m%d}", amount, f"{label}, Montant")
    if not isinstance(piece, LigneFrais) or piece.facture.source == Facture.Source.UBL:
        return
    key = formats.pourcent(row.ratio)
    whole = piece.facture.currency == "EUR" and (piece.net, piece.vat) == (piece.facture.net, piece.facture.vat)
    row.cle = Case(f"cle-{piece.pk.hex}", key, f"{label}, Clé")
    if whole:
        row.numero = Case(f"numero-{piece.pk.hex}", piece.facture.number, f"{label}, N° de factures")
        if not piece.vat and piece.facture.sign > 0:
            row.montant = Case(f"montant-{piece.pk.hex}", amount, f"{label}, Montant")


def _keys(groups: list[Groupe], names: Mapping[str, str]) -> tuple[CleLue, ...]:
    """Gather the keys of a sheet with the reasoning written for each."""
    found: dict[tuple[Decimal, str], tuple[CleRepartition | None, dict[str, None]]] = {}
    for group in groups:
        for row in group.rangees:
            if row.line is None:
                continue
            cle: CleRepartition | None = row.piece.cle if row.piece is not None else None
            _, lines = found.setdefault((row.ratio, row.line.depense.base_cle), (cle, {}))
            lines[names[group.code]] = None
    return tuple(
        CleLue(ratio, basis, cle.name if cle else "", ", ".join(lines), cle.pk if cle else None)
        for (ratio, basis), (cle, lines) in sorted(found.items(), key=lambda item: item[0])
    )
