"""Invented sheets shared by the tests of the justification's papers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from pypdf import PdfReader

from clefdevoute.documents.justification.feuilles import CompteMappe, LigneAjoutee, feuille, trimestres
from clefdevoute.documents.justification.modele import AnneeAgrement, Depense, Emission, Entete, Feuille, Tableau

ENTETE = Entete(nom="Ateliers du Tilleul SC", bce="0123.456.749", dossier="EI02-0147")
EMISSION = Emission(le=dt.datetime(2026, 11, 23, 14, 32, tzinfo=dt.UTC), par="Bruno Lanterre")
CIVILE = AnneeAgrement(du=dt.date(2026, 1, 1), au=dt.date(2026, 12, 31))
QUINZE_MARS = AnneeAgrement(du=dt.date(2026, 3, 15), au=dt.date(2027, 3, 14))

Depenses = Mapping[tuple[str, int], Sequence[Depense]]


def depense(piece: str, montant: str, cle: str = "1") -> Depense:
    """Make an invoice whose dedicated amount follows its key."""
    dedie = (Decimal(montant) * Decimal(cle)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Depense(piece=piece, montant=Decimal(montant), cle=Decimal(cle), dedie=dedie)


def feuille_a(depenses: Depenses, *, trimestre: int = 1, annee: AnneeAgrement = CIVILE, **reste) -> Feuille:
    """Lay out a sheet A of 2026."""
    return feuille(
        tableau=Tableau.A,
        entete=reste.pop("entete", ENTETE),
        annee=annee,
        civile=reste.pop("civile", 2026),
        trimestre=trimestre,
        depenses=depenses,
        **reste,
    )


def feuille_b(depenses: Depenses, *, trimestre: int = 1, annee: AnneeAgrement = CIVILE, **reste) -> Feuille:
    """Lay out a sheet B of 2026."""
    return feuille(
        tableau=Tableau.B,
        entete=ENTETE,
        annee=annee,
        civile=reste.pop("civile", 2026),
        trimestre=trimestre,
        depenses=depenses,
        **reste,
    )


def cinq_feuilles() -> list[Feuille]:
    """Lay out the five sheets of the year that starts on 15 March 2026: a rent a month, two invoices, a credit note."""
    feuilles = []
    for civile, trimestre in trimestres(QUINZE_MARS):
        depenses: dict[tuple[str, int], list[Depense]] = {}
        for mois in range(3 * trimestre - 2, 3 * trimestre + 1):
            dedans = QUINZE_MARS.du <= dt.date(civile, mois, 15) <= QUINZE_MARS.au
            if dedans:
                depenses["loyer", mois] = [depense(f"IM-{civile}-{mois:02d}", "1450.00", "0.15")]
        if (civile, trimestre) == (2026, 2):
            depenses["charges", 5] = [
                depense("EN-81022", "612.80", "0.15"),
                depense("EN-81023", "40.00", "0.333333"),
                depense("NC-0007", "-112.80", "0.15"),
            ]
        feuilles.append(
            feuille_a(
                depenses,
                trimestre=trimestre,
                civile=civile,
                annee=QUINZE_MARS,
                telephones=["04 000 00 00", "0470 00 00 00"],
                comptes={"loyer": CompteMappe(numero="611010"), "eau": CompteMappe(numero="612500", remplace=True)},
                ajouts=[LigneAjoutee(code="missions", libelle="Frais de missions hors déplacement", compte="6130")],
            )
        )
    return feuilles


def lire(pdf: bytes) -> list[str]:
    """Extract the text of each page, white space made plain."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def lignes(pdf: bytes) -> str:
    """Extract the text of all pages line by line, for a golden copy a person can read."""
    pages = PdfReader(BytesIO(pdf)).pages
    texts = ["\n".join(line.rstrip() for line in page.extract_text().splitlines()) for page in pages]
    return "\n\n— page —\n\n".join(texts).replace("\u00a0", " ") + "\n"
