"""
What a line of the register says, cell by cell: values, or French sentences naming the cell.

A line is read whole, so that all its faults show at once; a fault in one line never hides another line.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from clefdevoute.records.personnes.models import Engagement, StatutEngagement
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.personnes.registre.colonnes import BY_FIELD, letters

CELL_MAX = 100
_EPOCH = dt.date(1899, 12, 30)
_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_SERIAL = re.compile(r"\d{4,5}(?:[.,]0+)?")
_FORMULA = ("=", "@")

_KINDS = {
    "cdi": "cdi", "duree indeterminee": "cdi", "contrat a duree indeterminee": "cdi", "indetermine": "cdi",
    "cdd": "cdd", "duree determinee": "cdd", "contrat a duree determinee": "cdd", "determine": "cdd",
    "remplacement": "remplacement", "contrat de remplacement": "remplacement",
    "travail nettement defini": "travail_defini", "travail defini": "travail_defini",
    "titres services": "titres_services", "titre service": "titres_services", "ts": "titres_services",
    "etudiant": "etudiant", "jobiste": "etudiant",
    "mise a disposition": "mise_a_disposition", "mise a disposition art 60 7": "mise_a_disposition",
    "art 60": "mise_a_disposition", "article 60": "mise_a_disposition",
    "art60": "mise_a_disposition", "autre": "autre", "": "autre",
}  # fmt: skip
_STATUTS = {
    "td": "td", "travailleur defavorise": "td", "defavorise": "td",
    "tgd": "tgd", "travailleur gravement defavorise": "tgd", "gravement defavorise": "tgd",
    "art60": "art60", "art 60": "art60", "article 60": "art60", "art 60 7": "art60", "article 60 7": "art60",
    "autre": "autre", "autres": "autre", "hors public cible": "autre", "aucun": "autre", "non": "autre", "": "",
}  # fmt: skip


class BadCell(ValueError):
    """A cell that cannot be read; the message ends the sentence that names it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell, named as the spreadsheet names it, with the remedy."""

    cell: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Ligne:
    """A readable line: the person, the contract and the status that it tells."""

    row: int
    number: str
    name: str
    first_name: str
    birth_date: dt.date | None
    site: str
    starts_on: dt.date
    ends_on: dt.date | None
    hours_per_week: Decimal
    contract_kind: str
    statut: str
    conditions: tuple[int, ...]
    verified_on: dt.date | None
    given: frozenset[str] = field(default_factory=frozenset)


def read_lines(
    rows: Sequence[Sequence[str]], mapping: Mapping[str, int], *, first: int, as_of: dt.date
) -> tuple[list[Ligne], dict[int, list[Fault]]]:
    """Read the lines after the headers; ``first`` is the index of the first one, empty lines are skipped."""
    lines: list[Ligne] = []
    faults: dict[int, list[Fault]] = {}
    for index, row in enumerate(rows[first:], start=first):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in mapping.items()}
        if not any(cells.values()):
            continue
        line, wrong = _read_line(index + 1, cells, mapping, as_of)
        if line is None:
            faults[index + 1] = wrong
        else:
            lines.append(line)
    return lines, faults


def who(row: Sequence[str], mapping: Mapping[str, int]) -> str:
    """Give the name that a line tells, whether or not the rest of it can be read."""
    cells = (row[mapping[name]].strip() for name in ("name", "first_name") if mapping.get(name, len(row)) < len(row))
    return " ".join(cell for cell in cells if cell)


def _read_line(
    row: int, cells: Mapping[str, str], mapping: Mapping[str, int], as_of: dt.date
) -> tuple[Ligne | None, list[Fault]]:
    values: dict[str, Any] = {}
    wrong: list[Fault] = []

    def refuse(name: str, message: str) -> None:
        cell = f"{letters(mapping[name])}{row}" if name in mapping else f"ligne {row}"
        wrong.append(Fault(cell, name, f"{cell}, {BY_FIELD[name].label.lower()} : {message}"))

    for name, reader in _READERS.items():
        try:
            values[name] = reader(cells.get(name, ""))
        except BadCell as bad:
            refuse(name, str(bad))
    for name, message in _contradictions(values, as_of):
        refuse(name, message)
    if wrong:
        return None, wrong
    given = frozenset(name for name in mapping if cells.get(name))
    return Ligne(row=row, given=given, **values), wrong


def _contradictions(values: Mapping[str, Any], as_of: dt.date) -> list[tuple[str, str]]:
    """Compare the cells of a line with each other and with the day of the import."""
    found = []
    start, end, birth = values.get("starts_on"), values.get("ends_on"), values.get("birth_date")
    if start and end and end < start:
        found.append(("ends_on", "la fin précède le début. Vérifiez les deux dates."))
    if birth and (birth > as_of or birth.year < 1900):
        found.append(("birth_date", "cette date n’est pas une naissance possible. Vérifiez l’année."))
    elif birth and start and start.year - birth.year < 15:
        found.append(("birth_date", "la personne aurait moins de 15 ans au début du contrat. Vérifiez l’année."))
    if (verified := values.get("verified_on")) and verified > as_of:
        found.append(("verified_on", "cette vérification est dans le futur. Vérifiez la date."))
    if values.get("conditions") and values.get("statut") not in ("td", "tgd"):
        found.append(("conditions", "des conditions ne vont qu’avec le statut TD ou TGD. Complétez le statut."))
    return found


def _text(raw: str, *, needed: bool = False) -> str:
    if needed and not raw:
        raise BadCell("la cellule est vide. Complétez-la.")
    if len(raw) > CELL_MAX:
        raise BadCell(f"le texte dépasse {CELL_MAX} caractères. Raccourcissez-le.")
    if raw.startswith(_FORMULA):
        raise BadCell("la cellule contient une formule. Remplacez-la par sa valeur.")
    return raw


def _needed(raw: str) -> str:
    return _text(raw, needed=True)


def _number(raw: str) -> str:
    text = _text(raw)
    if len(text) > 40:
        raise BadCell("le numéro dépasse 40 caractères. Raccourcissez-le.")
    return text[:-2] if re.fullmatch(r"\d+\.0", text) else text


def read_date(raw: str) -> dt.date | None:
    """Read JJ/MM/AAAA, an ISO date or a spreadsheet's day number; an empty cell is no date."""
    if not raw:
        return None
    try:
        if found := _DATE.fullmatch(raw):
            day, month, year = map(int, found.groups())
            return dt.date(year, month, day)
        if found := _ISO.fullmatch(raw):
            return dt.date(*map(int, found.groups()))
        if _SERIAL.fullmatch(raw):
            return _EPOCH + dt.timedelta(days=int(re.split("[.,]", raw)[0]))
    except ValueError:
        pass
    raise BadCell(f"« {raw[:30]} » n’est pas une date. Écrivez jour/mois/année, par exemple 02/03/2026.")


def _needed_date(raw: str) -> dt.date:
    found = read_date(raw)
    if found is None:
        raise BadCell("la date manque. Écrivez jour/mois/année, par exemple 02/03/2026.")
    return found


def _hours(raw: str) -> Decimal:
    text = re.sub(r"\s*h(eures)?(/sem(aine)?)?\.?$", "", raw.strip(), flags=re.IGNORECASE)
    text = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not text:
        raise BadCell("les heures manquent. Écrivez par exemple 38 ou 19,5.")
    try:
        hours = Decimal(text)
    except InvalidOperation:
        raise BadCell(f"« {raw[:30]} » n’est pas un nombre d’heures. Écrivez par exemple 38 ou 19,5.") from None
    if not hours.is_finite() or not 0 < hours <= 50:
        raise BadCell(f"« {raw[:30]} » n’est pas entre 0 et 50 heures par semaine. Corrigez-le.")
    return hours.quantize(Decimal("0.01"))


def _choice(words: Mapping[str, str], examples: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        folded = fold(raw)
        if folded not in words:
            raise BadCell(f"« {raw[:30]} » n’est pas connu. Écrivez l’un de : {examples}.")
        return words[folded]

    return read


def _conditions(raw: str) -> tuple[int, ...]:
    words = [word for word in re.split(r"[\s,;/+.&-]+|et", raw.strip().lower()) if word]
    found = set()
    for word in words:
        number = re.sub(r"^(conditions?|cond|c|n°|n)", "", word)
        if not number and word in {"c", "n", "n°", "cond", "condition", "conditions"}:
            continue
        if number not in set("12345678"):
            raise BadCell(f"« {raw[:30]} » ne donne pas des conditions de 1 à 8. Écrivez par exemple 1, 3.")
        found.add(int(number))
    return tuple(sorted(found))


_READERS: dict[str, Callable[[str], Any]] = {
    "number": _number,
    "name": _needed,
    "first_name": _needed,
    "birth_date": read_date,
    "site": _text,
    "starts_on": _needed_date,
    "ends_on": read_date,
    "hours_per_week": _hours,
    "contract_kind": _choice(_KINDS, ", ".join(label for _, label in Engagement.ContractKind.choices)),
    "statut": _choice(_STATUTS, ", ".join(label for _, label in StatutEngagement.Statut.choices)),
    "conditions": _conditions,
    "verified_on": read_date,
}
