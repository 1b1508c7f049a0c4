"""The steps of an import with its file read: what a page and a command both call."""

import datetime as dt

from clefdevoute.documents.travailleurs.bornes import FeuilleRefusee
from clefdevoute.documents.travailleurs.lecture import Feuille, read
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes import policies
from clefdevoute.records.personnes.actions import imports
from clefdevoute.records.personnes.models import ImportTravailleurs
from clefdevoute.records.personnes.registre import colonnes
from clefdevoute.records.personnes.registre.apercu import Apercu

SHEETS_TRIED = 5
FIELDS_OF_A_REGISTER = 3


def sheet_of(imported: ImportTravailleurs, *, by: Actor, now: dt.datetime) -> Feuille:
    """Read the file of an import again, its depositor alone and journalled, since it names conditions."""
    policies.check_applies_import(by, imported)
    content = proofs.open_by(imported.file, by=by, now=now)
    found = read(content, sheet=imported.sheet)
    return found if imported.sheet else _register(found, content)


def _register(first: Feuille, content: bytes) -> Feuille:
    """Prefer the first sheet whose headers are a register's: a cover page often comes before it."""
    for name in first.sheets[:SHEETS_TRIED]:
        try:
            found = first if name == first.sheet else read(content, sheet=name)
        except FeuilleRefusee:
            continue
        if len(colonnes.propose(headers_of(found))) >= FIELDS_OF_A_REGISTER:
            return found
    return first


def headers_of(sheet: Feuille) -> tuple[str, ...]:
    """Give the line of headers, from which the columns are proposed."""
    return sheet.rows[colonnes.header_row(sheet.rows)] if sheet.rows else ()


def mapping_of(imported: ImportTravailleurs, sheet: Feuille) -> dict[str, int]:
    """Give the columns chosen, or those proposed from the headers."""
    return dict(imported.mapping) or colonnes.propose(headers_of(sheet))


def preview(imported: ImportTravailleurs, *, by: Actor, now: dt.datetime, as_of: dt.date) -> list[Apercu]:
    """Tell line by line what the import would change."""
    return imports.preview(imported=imported, rows=sheet_of(imported, by=by, now=now).rows, by=by, as_of=as_of)


def apply(imported: ImportTravailleurs, *, by: Actor, now: dt.datetime, as_of: dt.date) -> ImportTravailleurs:
    """Write what the preview shows."""
    return imports.apply(imported=imported, rows=sheet_of(imported, by=by, now=now).rows, by=by, now=now, as_of=as_of)
