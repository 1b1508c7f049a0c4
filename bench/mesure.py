"""What the benches share: ways timed in turn on the same machine, and a goal said reached or not."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Temps:
    """Seconds of one way of doing, over its turns."""

    mur: tuple[float, ...]
    processeur: tuple[float, ...]

    @property
    def mediane(self) -> float:
        """Wall time of the middle turn: what a person waits."""
        return statistics.median(self.mur)

    @property
    def p95(self) -> float:
        """Wall time that one turn in twenty exceeds."""
        return sorted(self.mur)[int(len(self.mur) * 0.95)]

    @property
    def calcul(self) -> float:
        """Least processor time: noise only ever adds."""
        return min(self.processeur)


def tour_a_tour(
    facons: Mapping[str, Callable[[int], object]],
    tours: int,
    avant: Mapping[str, Callable[[], object]] | None = None,
) -> dict[str, Temps]:
    """
    Time each way once a turn, so that a busy machine weighs on all; turn 0 warms and is not counted.

    ``avant`` is what a way finds already done, outside its time.
    """
    murs: dict[str, list[float]] = {nom: [] for nom in facons}
    calculs: dict[str, list[float]] = {nom: [] for nom in facons}
    for tour in range(tours + 1):
        for nom, faire in facons.items():
            if avant and nom in avant:
                avant[nom]()
            mur, calcul = time.perf_counter(), time.process_time()
            faire(tour)
            if tour:
                murs[nom].append(time.perf_counter() - mur)
                calculs[nom].append(time.process_time() - calcul)
    return {nom: Temps(tuple(murs[nom]), tuple(calculs[nom])) for nom in facons}


def but(phrase: str, atteint: bool) -> bool:
    """Print a figure beside its goal and whether it is reached; answer that."""
    print(f"{'atteint ' if atteint else 'MANQUÉ  '}{phrase}")
    return atteint


def memoire_mo(cle: str = "VmRSS") -> float:
    """Read the memory of this process in MB: now (VmRSS), or at most since the last ``oublier_le_sommet`` (VmHWM)."""
    for ligne in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if ligne.startswith(cle):
            return int(ligne.split()[1]) / 1024
    return 0.0


def oublier_le_sommet() -> None:
    """Start the record of the highest memory again (Linux)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
