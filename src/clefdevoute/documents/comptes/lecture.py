"""
Comptes individuels from a CSV: read with a column mapping, an error per line, nothing lost.

Two shapes are read: one column per component, or one row per component with its name and amount.
The reader decides nothing: it gives amounts with the line they came from, and every line it could not read.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from clefdevoute.records.frais.composants import ANNUELS, Composant

from .valeurs import ValeurRefusee, lire_jour, lire_mois, lire_montant, plain

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200

ACCOMPAGNATEUR, ANNEE, MOIS, ELEMENT, MONTANT, PAYE_LE = (
    "accompagnateur",
    "annee",
    "mois",
    "element",
    "montant",
    "paye_le",
)
CIBLES: dict[str, str] = {
    ACCOMPAGNATEUR: "Accompagnateur (nom)",
    ANNEE: "Année",
    MOIS: "Mois",
    ELEMENT: "Nom de l’élément (une ligne par élément)",
    MONTANT: "Montant de l’élément",
    PAYE_LE: "Date de paiement",
    **{composant.value: composant.label for composant in Composant},
}
"""What a column may hold; a column mapped to a component holds its amounts."""

_WORDS: dict[str, tuple[str, ...]] = {
    ACCOMPAGNATEUR: ("accompagnateur", "accompagnatrice", "travailleur", "nom", "employe"),
    ANNEE: ("annee", "exercice"),
    MOIS: ("mois", "periode"),
    ELEMENT: ("element", "rubrique", "code salaire", "composant"),
    MONTANT: ("montant", "valeur"),
    PAYE_LE: ("paye le", "date de paiement", "paiement"),
    Composant.BRUT: ("brut", "remuneration brute", "salaire brut"),
    Composant.ONSS_PATRONAL: ("onss patronal", "onss employeur", "cotisations patronales"),
    Composant.CHARGES_PATRONALES: ("autres charges patronales", "charges patronales"),
    Composant.PECULE_VACANCES: ("pecule", "pecule de vacances", "pecule vacances"),
    Composant.PRIME_FIN_ANNEE: ("prime de fin d annee", "prime fin annee", "treizieme mois"),
    Composant.MEDECINE_TRAVAIL: ("medecine du travail", "medecine travail", "seppt"),
    Composant.ASSURANCE_LOI: ("assurance loi", "assurance accidents du travail", "accident du travail"),
    Composant.DOMICILE_TRAVAIL: ("domicile travail", "trajets domicile travail", "deplacement domicile travail"),
    Composant.MISSION: ("mission", "missions", "deplacements de mission", "frais de mission"),
    Composant.AUTRES_AIDES: ("autres aides", "ape", "maribel", "aide a l emploi", "reductions"),
}


class FichierRefuse(ValueError):
    """A file that is no usable CSV; the message is French: what, why, what to do."""


@dataclass(frozen=True, slots=True)
class Feuille:
    """A CSV as a table: headers, then rows with the number of their line in the file."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MontantLu:
    """An amount read: whose, which month, which component, and from which line."""

    line: int
    accompagnateur: str
    month: dt.date
    component: Composant
    amount: Decimal
    paid_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ErreurLigne:
    """Why a line, or one cell of it, was not read; ``cells`` keeps the whole line as it was."""

    line: int
    column: str
    message: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LectureComptes:
    """All that was read, and all that was not."""

    montants: tuple[MontantLu, ...]
    erreurs: tuple[ErreurLigne, ...]


def lire_feuille(content: bytes) -> Feuille:
    """Read the bytes of a CSV: UTF-8 or Windows, semicolon, comma or tab."""
    if len(content) > MAX_BYTES:
        raise FichierRefuse("Le fichier dépasse 5 Mo : exportez une année à la fois, puis déposez-le à nouveau.")
    if b"\x00" in content:
        raise FichierRefuse("Ce fichier n’est pas un CSV : enregistrez-le « CSV (séparateur : point-virgule) ».")
    text = _decode(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                rows.append((reader.line_num, cells))
    except csv.Error as wrong:
        raise FichierRefuse(
            f"La ligne {reader.line_num} ne se lit pas comme un CSV : vérifiez ses guillemets."
        ) from wrong
    return _checked(rows)


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _checked(rows: list[tuple[int, tuple[str, ...]]]) -> Feuille:
    if len(rows) < 2:
        raise FichierRefuse("Le fichier n’a pas de ligne sous ses titres : vérifiez l’export, puis redéposez-le.")
    if len(rows) > MAX_ROWS + 1:
        raise FichierRefuse("Le fichier dépasse 20.000 lignes : exportez une année à la fois.")
    headers = rows[0][1]
    if len(headers) > MAX_COLUMNS:
        raise FichierRefuse("Le fichier dépasse 200 colonnes : gardez celles des montants.")
    return Feuille(headers=headers, rows=tuple(rows[1:]))


def proposer(headers: tuple[str, ...]) -> dict[int, str]:
    """Guess what each column holds from its title; a person corrects the guess before anything is read."""
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        word = plain(header)
        target = next((key for key, words in _WORDS.items() if word in words), None)
        if target is None:
            target = next((key for key, words in _WORDS.items() if any(w in word for w in words if len(w) > 4)), None)
        if target is not None and target not in found.values():
            found[place] = str(target)
    return found


def verifier(mapping: Mapping[int, str]) -> tuple[str, ...]:
    """Say what the mapping lacks, one sentence each; empty when the file can be read."""
    targets = list(mapping.values())
    wrong = [target for target in targets if target not in CIBLES]
    missing = [f"« {target} » n’est pas un choix : prenez-en un dans la liste." for target in wrong]
    if twice := {CIBLES[target] for target in targets if target in CIBLES and targets.count(target) > 1}:
        missing.append(f"Deux colonnes disent la même chose ({', '.join(sorted(twice))}) : gardez-en une.")
    if MOIS not in targets:
        missing.append("Désignez la colonne du mois.")
    if (ELEMENT in targets) != (MONTANT in targets):
        missing.append("Le nom de l’élément va avec la colonne du montant : désignez les deux.")
    if ELEMENT not in targets and not any(target in set(Composant) for target in targets):
        missing.append("Désignez au moins une colonne de montants.")
    return tuple(missing)


def lire_montants(feuille: Feuille, mapping: Mapping[int, str], *, accompagnateur: str = "") -> LectureComptes:
    """Read every line with the mapping; ``accompagnateur`` says whose the file is when no column does."""
    if missing := verifier(mapping):
        raise FichierRefuse(" ".join(missing))
    montants: list[MontantLu] = []
    erreurs: list[ErreurLigne] = []
    seen: dict[tuple[str, dt.date, Composant], int] = {}
    for number, cells in feuille.rows:
        read, wrong = _Ligne(feuille, mapping, number, cells, accompagnateur).read()
        erreurs += wrong
        for montant in read:
            key = (plain(montant.accompagnateur), montant.month, montant.component)
            if key in seen:
                text = (
                    f"{montant.component.label} de {montant.month:%m/%Y} est déjà à la ligne {seen[key]} : "
                    "additionnez les deux lignes, ou retirez l’une d’elles."
                )
                erreurs.append(ErreurLigne(number, montant.component.label, text, cells))
                continue
            seen[key] = number
            montants.append(montant)
    return LectureComptes(tuple(montants), tuple(erreurs))


class _Ligne:
    """One line being read; keeps the errors of its cells so that the rest of the line still counts."""

    def __init__(
        self,
        feuille: Feuille,
        mapping: Mapping[int, str],
        number: int,
        cells: tuple[str, ...],
        accompagnateur: str,
    ) -> None:
        self.headers, self.number, self.cells = feuille.headers, number, cells
        self.whose = accompagnateur
        self.places = {target: place for place, target in mapping.items()}
        self.errors: list[ErreurLigne] = []

    def read(self) -> tuple[list[MontantLu], list[ErreurLigne]]:
        """Give the amounts of the line and its errors."""
        try:
            whose = self._cell(ACCOMPAGNATEUR) or self.whose
            if not whose:
                raise ValeurRefusee("On ne sait pas de qui est cette ligne : écrivez le nom ou le numéro.")
            month = lire_mois(self._cell(MOIS), self._cell(ANNEE))
            paid_on = lire_jour(self._cell(PAYE_LE)) if self._cell(PAYE_LE) else None
        except ValeurRefusee as refused:
            self._refuse("", str(refused))
            return [], self.errors
        found: list[MontantLu] = []
        for component, cell, header in self._amounts():
            if (amount := self._amount(component, cell, header, paid_on)) is not None:
                when = paid_on if component in ANNUELS else None
                found.append(MontantLu(self.number, whose, month, component, amount, when))
        return found, self.errors

    def _amounts(self) -> list[tuple[Composant, str, str]]:
        """List the filled cells of the line: component, cell, header."""
        if ELEMENT in self.places:
            component = self._named(self._cell(ELEMENT))
            return [(component, self._cell(MONTANT), self._header(MONTANT))] if component else []
        return [
            (component, self._cell(component), self._header(component))
            for component in Composant
            if self._cell(component)
        ]

    def _named(self, word: str) -> Composant | None:
        for component in Composant:
            if plain(word) in (plain(component.value), plain(component.label), *_WORDS[component]):
                return component
        self._refuse(self._header(ELEMENT), f"« {word} » n’est pas un élément connu : choisissez-en un dans la liste.")
        return None

    def _amount(self, component: Composant, cell: str, header: str, paid_on: dt.date | None) -> Decimal | None:
        try:
            amount = lire_montant(cell)
        except ValeurRefusee as refused:
            self._refuse(header, str(refused))
            return None
        if component is Composant.AUTRES_AIDES:
            amount = abs(amount)
        if component in ANNUELS and paid_on is None:
            if amount:
                self._refuse(header, f"{component.label} compte à sa date de paiement : écrivez-la sur la ligne.")
            return None
        return amount

    def _refuse(self, column: str, message: str) -> None:
        self.errors.append(ErreurLigne(self.number, column, message, self.cells))

    def _cell(self, target: str) -> str:
        place = self.places.get(target)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def _header(self, target: str) -> str:
        return self.headers[self.places[target]]
