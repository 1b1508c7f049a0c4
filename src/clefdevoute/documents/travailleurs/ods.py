"""
Reads the sheets of an OpenDocument spreadsheet, bounding what a repeated cell or row may become.

A few bytes of ODS can say « this row, a million times »: the count is checked before it is obeyed.
"""

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from clefdevoute.documents.travailleurs.bornes import MAX_COLUMNS, MAX_ROWS, FeuilleRefusee, too_large

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_CELLS = {f"{{{_TABLE}}}table-cell", f"{{{_TABLE}}}covered-table-cell"}


def read(content: bytes) -> dict[str, list[list[str]]]:
    """Read every sheet by name; raise FeuilleRefusee for what is not one or passes the bounds."""
    tables: dict[str, list[list[str]]] = {}
    try:
        root = etree.parse(io.BytesIO(content), _parser()).getroot()
    except etree.XMLSyntaxError as wrong:
        raise _damaged() from wrong
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise _damaged()
    for table in root.iter(f"{{{_TABLE}}}table"):
        tables[table.get(f"{{{_TABLE}}}name", f"Feuille {len(tables) + 1}")] = list(_rows(table))
    return tables


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)


def _damaged() -> FeuilleRefusee:
    return FeuilleRefusee(
        "Ce classeur .ods ne se lit pas : il est abîmé. Ouvrez-le dans votre tableur, enregistrez-le à nouveau, puis "
        "déposez-le."
    )


def _rows(table: etree._Element) -> Iterator[list[str]]:
    empty = count = 0
    for row in table.iter(f"{{{_TABLE}}}table-row"):
        times = _times(row, "number-rows-repeated")
        cells = _cells(row)
        if not cells:
            empty += times
            continue
        count += empty + times
        if count > MAX_ROWS:
            raise too_large()
        yield from ([] for _ in range(empty))
        yield from (cells for _ in range(times))
        empty = 0


def _cells(row: etree._Element) -> list[str]:
    cells: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        times = _times(cell, "number-columns-repeated")
        text = _value(cell)
        if not text:
            empty += times
            continue
        if len(cells) + empty + times > MAX_COLUMNS:
            raise too_large()
        cells.extend([""] * empty + [text] * times)
        empty = 0
    return cells


def _times(element: etree._Element, name: str) -> int:
    raw = element.get(f"{{{_TABLE}}}{name}", "1")
    if not raw.isdigit() or len(raw) > 9:
        raise _damaged()
    return int(raw)


def _value(cell: etree._Element) -> str:
    """Prefer the typed value to its display: « 38,50 h » is 38.5."""
    kind = cell.get(f"{{{_OFFICE}}}value-type", "")
    if kind in {"float", "percentage", "currency"}:
        return str(cell.get(f"{{{_OFFICE}}}value", ""))
    if kind == "date":
        return str(cell.get(f"{{{_OFFICE}}}date-value", ""))[:10]
    if kind == "boolean":
        return "oui" if cell.get(f"{{{_OFFICE}}}boolean-value") == "true" else "non"
    return " ".join("".join(map(str, part.itertext())) for part in cell.iter(f"{{{_TEXT}}}p"))
