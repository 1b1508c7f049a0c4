"""
Sheets of a spreadsheet in three formats (XLSX, ODS, CSV): texts, days and numbers, never a formula.

A text that a spreadsheet would run is written with an apostrophe in CSV, and as plain text elsewhere.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from clefdevoute.records.foundation.media_types import CSV, ODS, XLSX

FORMATS = {"xlsx": XLSX, "ods": ODS, "csv": f"{CSV}; charset=utf-8"}
Cell = str | dt.date | Decimal | None
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: its name, its headers (none where it only tells), its lines."""

    name: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    @property
    def lines(self) -> list[tuple[Cell, ...]]:
        """Give the headers, if any, then the lines."""
        return [*([self.headers] if self.headers else []), *self.rows]


def ecrire(sheets: Sequence[Feuille], extension: str) -> bytes:
    """Write the sheets in the format asked; a CSV has them one under the other, an empty line between."""
    return {"xlsx": _xlsx, "ods": _ods, "csv": _csv}[extension](sheets)


def harmless(text: str) -> str:
    """Keep a text from running as a formula in who opens it."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _csv(sheets: Sequence[Feuille]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for place, sheet in enumerate(sheets):
        if place:
            writer.writerow([])
        for row in sheet.lines:
            writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    return harmless(cell or "")


def _xlsx(sheets: Sequence[Feuille]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        if one.headers:
            sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(map(len, one.lines), default=1) - 1, 18)
        for line, row in enumerate(one.lines):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_number(line, column, (cell - _EPOCH).days, day)
                elif isinstance(cell, Decimal):
                    sheet.write_number(line, column, cell)
                elif cell:
                    sheet.write_string(line, column, cell, bold if one.headers and line == 0 else None)
    book.close()
    return out.getvalue()


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_DAY_STYLE = (
    '<office:automatic-styles><number:date-style style:name="jour"><number:day number:style="long"/>'
    '<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="jour"/></office:automatic-styles>'
)


def _ods(sheets: Sequence[Feuille]) -> bytes:
    tables = "".join(
        f"<table:table table:name={quoteattr(one.name)}>"
        + "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in one.lines)
        + "</table:table>"
        for one in sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.2">{_DAY_STYLE}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        value = f'table:style-name="date" office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {value}><text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
    if isinstance(cell, Decimal):
        value = f'office:value-type="float" office:value={quoteattr(f"{cell:f}")}'
        return f"<table:table-cell {value}><text:p>{_plain(cell)}</text:p></table:table-cell>"
    if not cell:
        return "<table:table-cell/>"
    readable = "".join(char for char in cell if char >= " ")
    return f'<table:table-cell office:value-type="string"><text:p>{escape(readable)}</text:p></table:table-cell>'
