"""
A signature drawn on a screen: strokes as whole numbers on a sheet of 1000 by 400, nothing that runs.

What a browser sends is never kept as it came: it is read number by number and written again.
"""

import json

from clefdevoute.records.entreprises.writing import refused

LARGEUR, HAUTEUR = 1000, 400
MOST_STROKES, MOST_POINTS, LEAST_POINTS = 80, 6000, 5
MOST_CHARACTERS = 120_000
Traits = tuple[tuple[tuple[int, int], ...], ...]


def lire(texte: str, field: str = "strokes") -> Traits:
    """Read strokes as ``[[[x, y], …], …]``; anything else is refused with what to do."""
    again = "La signature est illisible : effacez-la et tracez-la à nouveau, ou faites signer sur papier."
    if len(texte) > MOST_CHARACTERS:
        raise refused(again, field)
    try:
        raw = json.loads(texte or "[]")
        strokes = tuple(tuple((_bounded(x, LARGEUR), _bounded(y, HAUTEUR)) for x, y in stroke) for stroke in raw)
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise refused(again, field) from None
    points = sum(len(stroke) for stroke in strokes)
    if points < LEAST_POINTS:
        raise refused("Il n’y a pas encore de signature : tracez-la dans le cadre, ou faites signer sur papier.", field)
    if len(strokes) > MOST_STROKES or points > MOST_POINTS:
        raise refused(again, field)
    return strokes


def ecrire(traits: Traits) -> str:
    """Write strokes as they are kept."""
    return json.dumps(traits, separators=(",", ":"))


def chemins(texte: str | None) -> list[str]:
    """Give each kept stroke as the path of an SVG; without strokes, none."""
    found = []
    for stroke in json.loads(texte or "[]"):
        points = [f"{int(x)} {int(y)}" for x, y in stroke]
        if len(points) == 1:
            points.append(points[0])
        found.append("M" + "L".join(points))
    return found


def _bounded(value: object, most: int) -> int:
    """Keep a number inside the sheet; a text or a truth is no number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("not a coordinate")
    return max(0, min(most, round(value)))
