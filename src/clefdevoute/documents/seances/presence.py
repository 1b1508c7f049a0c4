"""
The attendance sheet in PDF/A-3a: title, day, place, a line to sign for each person, blank lines for those who come.

A sheet lies on a table among colleagues: it bears names, never a birth date, a status or a reason to come.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clefdevoute.documents.feuille import Emission
from clefdevoute.documents.justification import texte as t
from clefdevoute.documents.justification.composition import composer

MODELE = Path(__file__).resolve().parent / "presence.typ"
BLANKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Presences:
    """What the sheet says."""

    entreprise: str
    titre: str
    debut: dt.datetime
    fin: dt.datetime
    lieu: str
    accompagnateur: str
    objets: Sequence[str]
    personnes: Sequence[str]


def presence_pdf(feuille: Presences, *, emission: Emission) -> bytes:
    """Set the sheet in type; its header comes back on each page."""
    day = t.jour_long(feuille.debut.date())
    hours = f"de {feuille.debut:%H:%M} à {feuille.fin:%H:%M}"
    count = len(feuille.personnes)
    donnees = {
        "titre": _mot(feuille.titre),
        "entreprise": _mot(feuille.entreprise),
        "identite": [
            {"etiquette": f"{name}\u00a0:", "valeur": _mot(value), "code": False}
            for name, value in (
                ("Date", f"{day}, {hours}"),
                ("Lieu", feuille.lieu),
                ("Objet", ", ".join(feuille.objets)),
                ("Tenue par", feuille.accompagnateur),
                ("Attendus", f"{count} personne{'s' if count > 1 else ''}"),
            )
            if value
        ],
        "personnes": [_mot(name) for name in feuille.personnes],
        "vides": BLANKS,
        "pied": {
            "gauche": _mot(feuille.entreprise),
            "milieu": f"Feuille de présence du {t.jour(feuille.debut.date())}",
            "droite": _mot(f"Établie le {t.jour(emission.le)} par {emission.par}"),
        },
    }
    return composer(MODELE, donnees, titre=_mot(f"Feuille de présence – {feuille.titre}"), emission=emission)


def _mot(texte: str) -> str:
    return t.typographie(t.propre(texte))
