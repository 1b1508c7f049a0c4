"""French words and figures for paper, and the cleaning of what people typed."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from clefdevoute.law.kernel.money import decimal_fr, percent

_MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)

# What the fonts of this package, then those inside typst, can draw: Latin, Greek, Cyrillic, common marks.
# PDF/A refuses a missing glyph, so anything else is written as its code point: ugly, but nothing is lost.
_DESSINABLE = re.compile(
    "[\u0020-\u007e\u00a0-\u017f\u0192\u01cd-\u01dc\u01e6-\u01e7\u0218-\u021b\u02c6\u02da\u02dc"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490\u0491"
    "\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2009\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a\u20ac\u2122\u2212]"
)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
LONG = 12


def _lettre(signe: str) -> str:
    if signe == "\u202f":
        return "\u00a0"
    if _DESSINABLE.match(signe):
        return signe
    category = unicodedata.category(signe)
    if category in _INVISIBLE or category == "Zs":
        return " "
    return f"[U+{ord(signe):04X}]"


def propre(texte: str) -> str:
    """Make a typed text drawable: composed, no control or direction marks, the rest by its code point."""
    return " ".join("".join(_lettre(c) for c in unicodedata.normalize("NFC", texte)).split(" ")).strip(" ")


def typographie(texte: str) -> str:
    """Set the fiche's words in type: the curved apostrophe, nothing else."""
    return texte.replace("'", "’")


def morceaux(texte: str) -> list[str]:
    """Cut a text with a word too long for its column in parts between which a line may break."""
    found = [""]
    for mot in re.split(r"(?<= )", propre(texte)):
        if len(mot.strip()) <= LONG:
            found[-1] += mot
            continue
        for partie in re.split(r"(?<=[-/_.])", mot):
            found += [partie[n : n + LONG] for n in range(0, len(partie), LONG)]
        found.append("")
    return [part for part in found if part]


def montant(valeur: Decimal) -> str:
    """Write an amount without its currency: ``1.450,00``, ``−12,30``."""
    return decimal_fr(valeur, 2).replace("-", "\u2212")


def euros(valeur: Decimal) -> str:
    """Write an amount with its currency: ``1.450,00 €``."""
    return f"{montant(valeur)}\u00a0€"


def cle(valeur: Decimal) -> str:
    """Write an allocation key: ``15 %``, ``33,3333 %``."""
    return percent(valeur)


def jour(valeur: dt.date) -> str:
    """Write a day in figures: ``22/11/2026``."""
    return f"{valeur:%d/%m/%Y}"


def jour_long(valeur: dt.date) -> str:
    """Write a day in words: ``1er mars 2026``."""
    return f"{'1er' if valeur.day == 1 else valeur.day}\u00a0{_MOIS[valeur.month - 1]}\u00a0{valeur.year}"


def octets(taille: int) -> str:
    """Write a file's size: ``512 octets``, ``34 ko``, ``1,2 Mo``."""
    if taille < 1000:
        return f"{taille}\u00a0octets"
    if taille < 1_000_000:
        return f"{(taille + 500) // 1000}\u00a0ko"
    return f"{decimal_fr(Decimal(taille) / 1_000_000, 1)}\u00a0Mo"


def taillee(empreinte: str) -> list[str]:
    """Cut a SHA-256 in groups of eight, so that a person can compare it."""
    return [empreinte[n : n + 8] for n in range(0, len(empreinte), 8)]
