"""The bounds of one reading, and the shape of an element: shared by the parser and the rules."""

from collections.abc import Callable
from typing import Any

# An element: its children by short name, its text under "#", its attributes under "@".
Noeud = dict[str, Any]
Regle = Callable[[Noeud, Noeud, Any], None]

MAX_OCTETS = 30_000_000
MAX_PIECE = 20_000_000
MAX_ELEMENTS = 600_000
MAX_VIVANTS = 30_000
MAX_LIGNES = 50_000
MAX_PROFONDEUR = 60
MAX_ATTRIBUTS = 20
MAX_NOMS = 5_000
MAX_PIECES = 1_000
MAX_ESPACES = 2_000
MAX_BALISE = 4_000_000
TRANCHE = 256_000
