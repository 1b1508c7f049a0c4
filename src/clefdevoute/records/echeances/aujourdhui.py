"""All lines of *Aujourd'hui* in their bands; every count is the length of the list that it opens."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clefdevoute.records.echeances.lignes import Bande, Gravite, Ligne, Portee, Source
from clefdevoute.records.echeances.sources import SOURCES


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
    found = [line for source in sources for line in source(portee)]
    found = [line for line in found if line.due_on <= portee.jusque]
    bands: dict[Bande, list[Ligne]] = {band: [] for band in Bande}
    for line in sorted(_named(portee, found), key=lambda line: (line.due_on, _moment(line), line.who, line.source)):
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
    wanted = {line.travailleur_id for line in found if line.travailleur_id is not None}
    names = noms(portee, wanted)
    for line in found:
        if line.travailleur_id is None:
            yield line
        elif line.travailleur_id in names:
            yield line if line.who else replace(line, who=names[line.travailleur_id])


def noms(portee: Portee, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Give first name and name of the persons among these who are open to the actor."""
    rows = portee.travailleurs.filter(pk__in=list(ids)).order_by()
    return {pk: f"{first} {name}" for pk, first, name in rows.values_list("pk", "first_name", "name")}
