"""
Reads a spreadsheet (XLSX, ODS, CSV) into rows of plain text, within bounds, without running anything.

A cell becomes the text that a person would have typed: ``12``, ``38,5`` as ``38.5``, ``2026-03-02``.
Formulas are never computed: the value stored by the spreadsheet is read, and a cell without one is empty.
"""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from clefdevoute.documents.travailleurs import ods
from clefdevoute.documents.travailleurs.bornes import MAX_CELL, MAX_COLUMNS, MAX_ROWS, FeuilleRefusee, too_large
from clefdevoute.records.foundation.media_types import CSV, TEXT, sniff

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 80 * 1024 * 1024
MAX_COPIED = 400 * 1024 * 1024
MAX_MEMBERS = 2000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_TEXTS = {"content.xml", "xl/sharedStrings.xml"}
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Feuille:
    """The rows of one sheet as text, and the names of the sheets one could have chosen."""

    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read(content: bytes, *, sheet: str = "") -> Feuille:
    """Read a spreadsheet, whatever its name says; raise FeuilleRefusee with the remedy."""
    if not content:
        raise FeuilleRefusee("Le fichier est vide. Enregistrez-le à nouveau depuis votre tableur, puis déposez-le.")
    if len(content) > MAX_BYTES:
        raise FeuilleRefusee(
            "Le fichier dépasse 20 Mo. Gardez la seule feuille des travailleurs, puis déposez-la à nouveau."
        )
    if content.startswith(_ZIP):
        return _read_workbook(content, sheet)
    if content.startswith(_OLE):
        raise FeuilleRefusee(
            "C’est un ancien classeur (.xls) ou un classeur protégé par un mot de passe. Enregistrez-le en .xlsx, "
            ".ods ou .csv, sans mot de passe."
        )
    if sniff(content) not in {CSV, TEXT, None}:
        raise FeuilleRefusee(
            "Ce fichier n’est pas un tableur, mais une image, un PDF ou un document. Enregistrez le registre en .xlsx, "
            ".ods ou .csv, puis déposez-le."
        )
    return Feuille(rows=_bounded(_read_csv(content)))


def _read_workbook(content: bytes, sheet: str) -> Feuille:
    members = _check_archive(content)
    if "content.xml" in members:
        tables = ods.read(members["content.xml"])
        sheets = tuple(tables)
        chosen = _chosen(sheet, sheets)
        return Feuille(rows=_bounded(tables[chosen]), sheet=chosen, sheets=sheets)
    longest = max(map(len, members.pop("xl/sharedStrings.xml", b"").split(b"<si")), default=0)
    for member in members.values():
        _check_reach(member, longest)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = tuple(workbook.sheet_names)
            chosen = _chosen(sheet, sheets)
            table = workbook.get_sheet_by_name(chosen)
            if table.total_height > MAX_ROWS or table.total_width > MAX_COLUMNS:
                raise too_large()
            rows = table.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as wrong:
        raise FeuilleRefusee(
            "Ce classeur ne se lit pas : il est abîmé ou n’est pas un classeur .xlsx ou .ods. Ouvrez-le dans votre "
            "tableur, enregistrez-le à nouveau, puis déposez-le."
        ) from wrong
    return Feuille(rows=_bounded([_text(cell) for cell in row] for row in rows), sheet=chosen, sheets=sheets)


def _chosen(sheet: str, sheets: tuple[str, ...]) -> str:
    """Take the sheet asked for, or the first."""
    if not sheets:
        raise FeuilleRefusee("Ce classeur n’a aucune feuille. Déposez celui qui contient vos travailleurs.")
    if sheet and sheet not in sheets:
        raise FeuilleRefusee(f"Ce classeur n’a pas de feuille « {sheet} ». Choisissez : {', '.join(sheets)}.")
    return sheet or sheets[0]


def _check_archive(content: bytes) -> dict[str, bytes]:
    """Unpack what holds cells within bounds; the archive's own word about sizes is not believed."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise too_large()
            left = MAX_UNPACKED
            for member in archive.infolist():
                with archive.open(member) as stream:
                    unpacked = stream.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise too_large()
                if member.filename in _TEXTS or member.filename.startswith("xl/worksheets/"):
                    found[member.filename] = unpacked
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as wrong:
        raise FeuilleRefusee(
            "Ce classeur est abîmé ou protégé par un mot de passe. Ouvrez-le dans votre tableur, enregistrez-le sans "
            "mot de passe, puis déposez-le."
        ) from wrong
    return found


def _check_reach(sheet: bytes, longest: int) -> None:
    """
    Refuse a cell far away before the reader reserves memory for all the empty ones in between.

    A shared text is copied into each cell that names it: cells times the longest text is bounded too.
    """
    if sheet.count(b"<c") * longest > MAX_COPIED:
        raise too_large()
    columns, rows = set(), set()
    for column, row in _REFERENCE.findall(sheet):
        columns.add(column)
        rows.add(row)
    if any(len(row) > 7 or int(row) > MAX_ROWS for row in rows):
        raise too_large()
    if any(column_number(column.decode("ascii")) > MAX_COLUMNS for column in columns if column):
        raise too_large()


def column_number(letters: str) -> int:
    """Count a column from 1: A, B, … Z, AA."""
    total = 0
    for letter in letters.upper()[:4]:
        total = total * 26 + ord(letter) - 64
    return total


def _text(cell: object) -> str:
    """Write a typed cell as a person would have typed it; an integer comes back without its false ``.0``."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, (int, float)):
        number = Decimal(str(cell))
        if not number.is_finite():
            return ""
        return f"{number.quantize(Decimal(1)):f}" if number == number.to_integral_value() else f"{number:f}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


def _read_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise FeuilleRefusee(
            "Ce fichier n’est pas un tableau de texte : il contient des octets nuls. Enregistrez-le en .xlsx, .ods ou "
            ".csv depuis votre tableur."
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        yield from reader
    except csv.Error as wrong:
        raise FeuilleRefusee(
            "Ce fichier CSV ne se lit pas : un guillemet n’est sans doute pas refermé. Enregistrez-le à nouveau depuis "
            "votre tableur."
        ) from wrong


def _decoded(content: bytes) -> str:
    """Decode by the mark at its head, else as UTF-8, else as Windows wrote it in Western Europe."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    if content[1:2] == b"\x00" and content[3:4] == b"\x00":
        return content.decode("utf-16-le", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """Choose the mark that cuts the first written lines in the most columns, the Belgian one first."""
    sample = [line for line in text[:20_000].splitlines() if line.strip()][:10]
    return max(";\t,|", key=lambda mark: (sum(line.count(mark) for line in sample), -";\t,|".index(mark)))


def _bounded(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Trim the cells and the empty tail, refusing what passes the bounds."""
    kept: list[tuple[str, ...]] = []
    for row in rows:
        cells = [" ".join(cell[: MAX_CELL + 1].replace("\x00", "").split()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in cells):
            raise too_large()
        kept.append(tuple(cells))
        if len(kept) > MAX_ROWS:
            raise too_large()
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
