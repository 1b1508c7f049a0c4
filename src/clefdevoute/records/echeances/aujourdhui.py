"""All lines of *Aujourd'hui* in their bands; every count is the length of the list that it opens."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from clefdevoute.records.echeances.lignes import Bande, Gravite, Ligne, Portee, Source
from clefdevoute.records.echeances.sources import SOURCES, VIVES
from clefdevoute.records.foundation.memoire import Memoire


@dataclass(frozen=True, slots=True)
class Aujourdhui:
    """The lines of a day, band by band, the oldest first; among those late, what the law dates comes first."""

    bandes: Mapping[Bande, Sequence[Ligne]]

    @property
    def count(self) -> int:
        """Count everything there is to do."""
        return sum(len(lines) for lines in self.bandes.values())

    def toutes(self) -> list[Ligne]:
        """Give all lines in order."""
        return [line for band in Bande for line in self.bandes[band]]


def lignes(portee: Portee, sources: Iterable[Source] = SOURCES) -> Aujourdhui:
    """Read every source once, name the persons in one query, and sort into bands."""
    return _en_bandes(portee, _lues(portee, sources))


def gardees(portee: Portee, vives: Sequence[Ligne]) -> Aujourdhui:
    """Give the same lines, kept while nothing is written in the enterprise; ``vives`` are those read just now."""
    kept = _LIGNES.lire(portee.entreprise_id, portee.cle, partial(_durables, portee), as_of=portee.as_of)
    return _en_bandes(portee, [*kept.toutes(), *vives]) if vives else kept


def vives(portee: Portee) -> list[Ligne]:
    """Read the lines of which the journal does not tell: two queries, one more for the names where there are any."""
    return _lues(portee, VIVES)


_LIGNES: Memoire[Aujourdhui] = Memoire(64)


def _durables(portee: Portee) -> Aujourdhui:
    return lignes(portee, [one for one in SOURCES if one not in VIVES])


def _lues(portee: Portee, sources: Iterable[Source]) -> list[Ligne]:
    found = [line for source in sources for line in source(portee)]
    return list(_named(portee, [line for line in found if line.due_on <= portee.jusque]))


def _en_bandes(portee: Portee, found: Sequence[Ligne]) -> Aujourdhui:
    bands: dict[Bande, list[Ligne]] = {band: [] for band in Bande}
    for line in sorted(found, key=lambda line: (line.due_on, _moment(line), line.who, line.source)):
        band = line.bande(portee.as_of)
        if band is not None:
            bands[band].append(line)
    bands[Bande.EN_RETARD].sort(key=lambda line: line.gravite is not Gravite.ROUGE)
    return Aujourdhui(bands)


def comptes(portee: Portee, sources: Iterable[Source] = SOURCES) -> dict[Bande, int]:
    """Count each band as the page shows it."""
    return {band: len(lines) for band, lines in lignes(portee, sources).bandes.items()}


def _moment(line: Ligne) -> str:
    return line.at.isoformat() if line.at else ""


def _named(portee: Portee, found: Sequence[Ligne]) -> Iterator[Ligne]:
    """Write the names; a line about a person whose dossier is not open here is dropped, whatever its source."""
    names = portee.noms if any(line.travailleur_id is not None for line in found) else {}
    for line in found:
        if line.travailleur_id is None:
            yield line
        elif line.travailleur_id in names:
            yield line if line.who else replace(line, who=names[line.travailleur_id])
