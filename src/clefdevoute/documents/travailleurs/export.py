"""The register as a spreadsheet, with the headers that an import knows: what leaves can come back."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from clefdevoute.records.foundation.media_types import CSV, ODS, XLSX
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.personnes.registre.colonnes import COLONNES

FORMATS = {"xlsx": XLSX, "ods": ODS, "csv": f"{CSV}; charset=utf-8"}
Cell = str | dt.date | Decimal | None
Row = tuple[Travailleur, Engagement, StatutEngagement | None]
_HIDDEN = frozenset({"conditions"})  # which condition held stays behind its own wall
HEADERS = tuple(colonne.label for colonne in COLONNES if colonne.field not in _HIDDEN)
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = dt.date(1899, 12, 30)


def exporter(rows: Iterable[Row], extension: str) -> bytes:
    """Write the lines in the format asked."""
    table = [_cells(*row) for row in rows]
    return {"xlsx": _xlsx, "ods": _ods, "csv": _csv}[extension](table)


def _cells(person: Travailleur, contract: Engagement, statut: StatutEngagement | None) -> tuple[Cell, ...]:
    return (
        person.number,
        person.name,
        person.first_name,
        person.birth_date,
        contract.site,
        contract.starts_on,
        contract.ends_on,
        contract.hours_per_week,
        contract.get_contract_kind_display(),
        statut.get_statut_display() if statut else "",
        statut.verified_on if statut else None,
    )


def _harmless(text: str) -> str:
    """Keep a text from running as a formula in who opens it."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _csv(table: Sequence[tuple[Cell, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for row in table:
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    return _harmless(cell or "")


def _xlsx(table: Sequence[tuple[Cell, ...]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Travailleurs")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(HEADERS) - 1, 18)
    for column, header in enumerate(HEADERS):
        sheet.write_string(0, column, header, bold)
    for line, row in enumerate(table, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_number(line, column, (cell - _EPOCH).days, day)
            elif isinstance(cell, Decimal):
                sheet.write_number(line, column, cell)
            elif cell:
                sheet.write_string(line, column, cell)
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


def _ods(table: Sequence[tuple[Cell, ...]]) -> bytes:
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in [HEADERS, *table])
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.2">{_DAY_STYLE}'
        '<office:body><office:spreadsheet><table:table table:name="Travailleurs">'
        f"{lines}</table:table></office:spreadsheet></office:body></office:document-content>"
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
