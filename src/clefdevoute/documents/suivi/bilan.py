"""The person's copy of her bilan: one page in plain words and large print, her opinion, a code that finds it again."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clefdevoute.documents.justification import texte as t
from clefdevoute.documents.justification.composition import composer
from clefdevoute.documents.justification.modele import Emission

_TYPST = Path(__file__).resolve().parent / "typst"
SHORT = 560
"""Signs of wishes that still fit on the one page; beyond, they follow on the next, whole."""


@dataclass(frozen=True, slots=True)
class Point:
    """One domain as the person reads it."""

    nom: str
    niveau: str
    souhait: str
    frein: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Copie:
    """What the copy says; nothing of health, nothing that an accompagnateur wrote for herself."""

    entreprise: str
    nom: str
    le: dt.date
    avec: str
    code: str
    va_bien: tuple[Point, ...]
    a_construire: tuple[Point, ...]
    autres_souhaits: tuple[Point, ...] = ()
    avis: str = ""
    mots: str = ""
    avis_le: dt.date | None = None
    phrase: str = ""
    traits: tuple[str, ...] = ()


def copie_pdf(copie: Copie, *, emission: Emission) -> bytes:
    """Set the copy in type: one page, and the wishes on a second where they are long."""
    wishes = sum(len(one.souhait) for one in (*copie.va_bien, *copie.a_construire, *copie.autres_souhaits))
    here = wishes <= SHORT
    donnees: dict[str, Any] = {
        "entreprise": t.propre(copie.entreprise),
        "nom": t.propre(copie.nom),
        "le": t.jour_long(copie.le),
        "avec": t.propre(copie.avec),
        "code": copie.code,
        "bien": [_point(one, here) for one in copie.va_bien],
        "construire": [_point(one, here) for one in copie.a_construire],
        "autres": [_point(one, here=True) for one in copie.autres_souhaits] if here else [],
        "suite": []
        if here
        else [
            _point(one, here=True)
            for one in (*copie.va_bien, *copie.a_construire, *copie.autres_souhaits)
            if one.souhait
        ],
        "avis": copie.avis,
        "avis-le": t.jour(copie.avis_le) if copie.avis_le else "",
        "mots": [t.propre(line) for line in copie.mots.splitlines() if line.strip()],
        "phrase": copie.phrase,
        "traits": [_trait(one) for one in copie.traits],
        "pied": {
            "gauche": t.propre(copie.entreprise),
            "droite": t.propre(f"Établi le {t.jour(emission.le)} par {emission.par}"),
        },
    }
    titre = t.propre(f"Mon bilan du {t.jour(copie.le)}")
    return composer(_TYPST / "bilan.typ", donnees, titre=titre, emission=emission)


def _point(one: Point, here: bool) -> dict[str, Any]:
    return {
        "nom": t.propre(one.nom),
        "niveau": t.propre(one.niveau),
        "souhait": t.propre(" ".join(one.souhait.split())) if here else "",
        "frein": one.frein,
    }


def _trait(path: str) -> list[list[int]]:
    """Read the points of a stroke back from its path."""
    return [[int(x), int(y)] for x, y in re.findall(r"(\d+) (\d+)", path)]
