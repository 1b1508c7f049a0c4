"""The workbook as XLSX, by xlsxwriter: live formulas, Belgian formats, A4."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from . import texte as t
from .classeur import (
    DERNIERE,
    LARGEURS,
    Addition,
    Cellule,
    Classeur,
    Formule,
    Onglet,
    Produit,
    Renvoi,
    SousTotal,
    Style,
    classeur,
    decimales_de_cle,
    lettre,
)
from .modele import Emission, Feuille

_ARGENT = "[$-80C]#,##0.00"
_BORD: dict[str, Any] = {"border": 1, "valign": "vcenter"}
# A text that begins with = + - @ stays a text, even when a person opens the cell and presses Enter.
_MOT: dict[str, Any] = {"num_format": "@", "text_wrap": True}
_STYLES: dict[Style, dict[str, Any]] = {
    Style.SIMPLE: {"num_format": "@"},
    Style.TITRE: {**_BORD, **_MOT, "bold": True, "align": "center"},
    Style.FORT: {"num_format": "@", "bold": True},
    Style.COLONNE: {**_BORD, **_MOT, "bold": True, "valign": "bottom"},
    Style.CHARGE: {**_BORD, **_MOT, "bold": True, "top": 2},
    Style.TEXTE: {**_BORD, **_MOT},
    Style.HORS: {**_BORD, **_MOT, "font_strikeout": True, "pattern": 14, "fg_color": "#BBBBBB"},
    Style.MONTANT: {**_BORD, "num_format": _ARGENT},
    Style.SOMME: {**_BORD, "num_format": _ARGENT, "bold": True},
    Style.CLE: {**_BORD},
    Style.NOTE: {"num_format": "@", "text_wrap": True, "valign": "top", "font_size": 9},
}


def formule(forme: Formule) -> str:
    """Spell a formula in the grammar of XLSX."""
    if isinstance(forme, Produit):
        n = forme.rangee + 1
        return f'=IF(OR(D{n}="",E{n}=""),"",ROUND(D{n}*E{n},2))'
    if isinstance(forme, SousTotal):
        c = lettre(forme.colonne)
        return f"=SUBTOTAL(9,{c}{forme.de + 1}:{c}{forme.a + 1})"
    if isinstance(forme, Renvoi):
        return f"='{forme.feuille}'!{lettre(forme.colonne)}{forme.rangee + 1}"
    if isinstance(forme, Addition):
        return "=" + "+".join(f"{lettre(forme.colonne)}{n + 1}" for n in forme.rangees)
    raise TypeError(f"formule inconnue : {forme!r}")


class _Formats:
    """One xlsxwriter format per look, made once."""

    def __init__(self, livre: xlsxwriter.Workbook) -> None:
        self._livre = livre
        self._faits: dict[tuple[Style, int, bool], Any] = {}

    def pour(self, cellule: Cellule) -> Any:
        """Give the format of a cell, made once per look."""
        valeur = cellule.valeur
        decimales = decimales_de_cle(valeur) if isinstance(valeur, Decimal) and cellule.style is Style.CLE else 0
        guillemet = isinstance(valeur, str) and valeur[:1] in set("=+-@")
        cle = (cellule.style, decimales, guillemet)
        if cle not in self._faits:
            look = {"font_name": "Arial", "font_size": 10, **_STYLES[cellule.style]}
            if cellule.style is Style.CLE:
                look["num_format"] = "0%" if decimales == 0 else f"0.{'0' * decimales}%"
            if guillemet:
                look["quote_prefix"] = True
            self._faits[cle] = self._livre.add_format(look)
        return self._faits[cle]


def _ecrire(feuille: Any, rangee: int, colonne: int, cellule: Cellule, format_: Any) -> None:
    valeur = cellule.valeur
    if cellule.formule is not None:
        cache = "" if valeur is None else valeur
        feuille.write_formula(rangee, colonne, formule(cellule.formule), format_, cache)
    elif isinstance(valeur, Decimal):
        feuille.write_number(rangee, colonne, valeur, format_)
    elif valeur:
        feuille.write_string(rangee, colonne, valeur, format_)
    else:
        feuille.write_blank(rangee, colonne, None, format_)


def _onglet(livre: xlsxwriter.Workbook, onglet: Onglet, formats: _Formats, pied: str) -> None:
    feuille = livre.add_worksheet(onglet.nom)
    for colonne, largeur in enumerate(LARGEURS):
        feuille.set_column(colonne, colonne, largeur)
    for n, rangee in enumerate(onglet.rangees):
        for c, cellule in enumerate(rangee):
            if n in onglet.fusions:
                feuille.merge_range(n, 0, n, DERNIERE, "", formats.pour(cellule))
            _ecrire(feuille, n, c, cellule, formats.pour(cellule))
        if n in onglet.fusions:
            feuille.set_row(n, 27)
    feuille.set_paper(9)
    feuille.set_portrait()
    feuille.set_margins(left=0.55, right=0.55, top=0.63, bottom=0.71)
    feuille.fit_to_pages(1, 0)
    feuille.repeat_rows(onglet.entete)
    feuille.freeze_panes(onglet.entete + 1, 0)
    feuille.set_footer(pied)


def classeur_xlsx(feuilles: Sequence[Feuille], *, emission: Emission) -> bytes:
    """Write the sheets as an XLSX a person can go on editing; the same data give the same bytes."""
    livre_decrit: Classeur = classeur(feuilles)
    tampon = BytesIO()
    livre = xlsxwriter.Workbook(tampon, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    livre.set_properties(
        {
            "title": livre_decrit.titre,
            "author": t.propre(emission.par),
            "created": emission.le.replace(tzinfo=None, microsecond=0),
        }
    )
    # « & » opens a code in a footer: doubled, it is only itself.
    dossier = t.propre(feuilles[0].entete.dossier or feuilles[0].entete.nom)[:80].replace("&", "&&")
    formats = _Formats(livre)
    for onglet in livre_decrit.onglets:
        _onglet(livre, onglet, formats, f"&L{dossier}&C&A&R&P/&N")
    livre.close()
    return tampon.getvalue()
