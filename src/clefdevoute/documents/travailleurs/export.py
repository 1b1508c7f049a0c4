"""The register as a spreadsheet, with the headers that an import knows: what leaves can come back."""

from collections.abc import Iterable

from clefdevoute.documents.tableur import FORMATS, Cell, Feuille, ecrire
from clefdevoute.records.personnes.models import Engagement, StatutEngagement, Travailleur
from clefdevoute.records.personnes.registre.colonnes import COLONNES

__all__ = ["FORMATS", "HEADERS", "exporter"]

Row = tuple[Travailleur, Engagement, StatutEngagement | None]
_HIDDEN = frozenset({"conditions"})  # which condition held stays behind its own wall
HEADERS = tuple(colonne.label for colonne in COLONNES if colonne.field not in _HIDDEN)


def exporter(rows: Iterable[Row], extension: str) -> bytes:
    """Write the lines in the format asked."""
    return ecrire([Feuille("Travailleurs", HEADERS, [_cells(*row) for row in rows])], extension)


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
