"""
The workbook as ODS: our own small writer, a ZIP of four XML files.

OpenDocument 1.3, formulas in OpenFormula with their known values, Belgian number formats, A4. Written
here because the one library for it is heavy and dates its files by the clock.
"""

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from . import texte as t
from .archive import entree
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

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_ESPACES = " ".join(
    f'xmlns:{nom}="urn:oasis:names:tc:opendocument:xmlns:{urn}"'
    for nom, urn in {
        "office": "office:1.0",
        "table": "table:1.0",
        "text": "text:1.0",
        "style": "style:1.0",
        "number": "datastyle:1.0",
        "fo": "xsl-fo-compatible:1.0",
        "of": "of:1.2",
        "meta": "meta:1.0",
    }.items()
)
_EXTRA = 'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
_FIL = "0.5pt solid #000000"
_BORD = f'fo:border="{_FIL}" style:vertical-align="middle" fo:padding="0.8mm"'
_RETOUR = 'fo:wrap-option="wrap"'
_GRAS = '<style:text-properties fo:font-weight="bold"/>'
_STYLES: dict[Style, tuple[str, str, str]] = {
    # style: (data style, cell properties, the rest)
    Style.SIMPLE: ("Nmot", "", ""),
    Style.TITRE: ("Nmot", f"{_BORD} {_RETOUR}", '<style:paragraph-properties fo:text-align="center"/>' + _GRAS),
    Style.FORT: ("Nmot", "", _GRAS),
    Style.COLONNE: ("Nmot", f"{_BORD} {_RETOUR}", _GRAS),
    Style.CHARGE: ("Nmot", f'{_BORD} {_RETOUR} fo:border-top="1pt solid #000000"', _GRAS),
    Style.TEXTE: ("Nmot", f"{_BORD} {_RETOUR}", ""),
    Style.HORS: (
        "Nmot",
        f'{_BORD} fo:background-color="#dddddd"',
        '<style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/>',
    ),
    Style.MONTANT: ("Nargent", _BORD, ""),
    Style.SOMME: ("Nargent", _BORD, _GRAS),
    Style.CLE: ("Ncle0", _BORD, ""),
    Style.NOTE: ("Nmot", _RETOUR, '<style:text-properties fo:font-size="9pt"/>'),
}


def formule(forme: Formule) -> str:
    """Spell a formula in OpenFormula."""
    if isinstance(forme, Produit):
        d, e = f"[.D{forme.rangee + 1}]", f"[.E{forme.rangee + 1}]"
        return f'of:=IF(OR({d}="";{e}="");"";ROUND({d}*{e};2))'
    if isinstance(forme, SousTotal):
        c = lettre(forme.colonne)
        return f"of:=SUBTOTAL(9;[.{c}{forme.de + 1}:.{c}{forme.a + 1}])"
    if isinstance(forme, Renvoi):
        return f"of:=[$'{forme.feuille}'.{lettre(forme.colonne)}{forme.rangee + 1}]"
    if isinstance(forme, Addition):
        return "of:=" + "+".join(f"[.{lettre(forme.colonne)}{n + 1}]" for n in forme.rangees)
    raise TypeError(f"formule inconnue : {forme!r}")


def _nombres() -> str:
    locale = 'number:language="fr" number:country="BE"'
    cles = "".join(
        f'<number:percentage-style style:name="Ncle{n}" {locale}>'
        f'<number:number number:decimal-places="{n}" number:min-integer-digits="1"/>'
        f"<number:text> %</number:text></number:percentage-style>"
        for n in (0, 2, 4)
    )
    return (
        f'<number:number-style style:name="Nargent" {locale}><number:number number:decimal-places="2" '
        f'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<number:text-style style:name="Nmot"><number:text-content/></number:text-style>{cles}'
    )


def _cellules() -> str:
    found = []
    for style, (donnee, cellule, reste) in _STYLES.items():
        proprietes = f"<style:table-cell-properties {cellule}/>" if cellule else ""
        found.append(
            f'<style:style style:name="{style.value}" style:family="table-cell" style:data-style-name="{donnee}">'
            f"{proprietes}{reste}</style:style>"
        )
    found += [
        f'<style:style style:name="cle{n}" style:family="table-cell" style:parent-style-name="Default" '
        f'style:data-style-name="Ncle{n}"><style:table-cell-properties {_BORD}/></style:style>'
        for n in (2, 4)
    ]
    return "".join(found)


def _automatiques() -> str:
    colonnes = "".join(
        f'<style:style style:name="col{n}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{largeur * 2}mm"/></style:style>'
        for n, largeur in enumerate(LARGEURS)
    )
    table = (
        '<style:style style:name="feuille" style:family="table" style:master-page-name="A4">'
        '<style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="haute" style:family="table-row">'
        '<style:table-row-properties style:row-height="11mm" style:use-optimal-row-height="false"/></style:style>'
    )
    return _nombres() + _cellules() + colonnes + table


def _style(cellule: Cellule) -> str:
    if cellule.style is Style.CLE and isinstance(cellule.valeur, Decimal):
        decimales = decimales_de_cle(cellule.valeur)
        return f"cle{decimales}" if decimales else "cle"
    return cellule.style.value


def _paragraphe(texte: str) -> str:
    return f"<text:p>{escape(texte)}</text:p>" if texte else ""


def _affiche(cellule: Cellule) -> str:
    if not isinstance(cellule.valeur, Decimal):
        return cellule.valeur or ""
    return t.cle(cellule.valeur) if cellule.style is Style.CLE else t.montant(cellule.valeur)


def _cellule(cellule: Cellule, etendue: int) -> str:
    attributs = f'table:style-name="{_style(cellule)}"'
    if etendue > 1:
        attributs += f' table:number-columns-spanned="{etendue}" table:number-rows-spanned="1"'
    if cellule.formule is not None:
        attributs += f" table:formula={quoteattr(formule(cellule.formule))}"
    valeur = cellule.valeur
    if isinstance(valeur, Decimal):
        genre = "percentage" if cellule.style is Style.CLE else "float"
        attributs += f' office:value-type="{genre}" office:value="{valeur:f}"'
        return f"<table:table-cell {attributs}>{_paragraphe(_affiche(cellule))}</table:table-cell>"
    if valeur or cellule.formule is not None:
        texte = valeur or ""
        attributs += f' office:value-type="string" office:string-value={quoteattr(texte)}'
        return f"<table:table-cell {attributs}>{_paragraphe(texte)}</table:table-cell>"
    return f"<table:table-cell {attributs}/>"


def _rangee(onglet: Onglet, n: int) -> str:
    rangee = onglet.rangees[n]
    if not rangee:
        return "<table:table-row><table:table-cell/></table:table-row>"
    if n in onglet.fusions:
        corps = _cellule(rangee[0], DERNIERE + 1)
        couvertes = f'<table:covered-table-cell table:number-columns-repeated="{DERNIERE}"/>'
        return f'<table:table-row table:style-name="haute">{corps}{couvertes}</table:table-row>'
    return f"<table:table-row>{''.join(_cellule(c, 1) for c in rangee)}</table:table-row>"


def _onglet(onglet: Onglet) -> str:
    colonnes = "".join(f'<table:table-column table:style-name="col{n}"/>' for n in range(len(LARGEURS)))
    lignes = [_rangee(onglet, n) for n in range(len(onglet.rangees))]
    lignes[onglet.entete] = f"<table:table-header-rows>{lignes[onglet.entete]}</table:table-header-rows>"
    return (
        f'<table:table table:name={quoteattr(onglet.nom)} table:style-name="feuille">'
        f"{colonnes}{''.join(lignes)}</table:table>"
    )


def _contenu(livre: Classeur) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ESPACES} {_EXTRA}>'
        f"<office:automatic-styles>{_automatiques()}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(_onglet(o) for o in livre.onglets)}"
        f"</office:spreadsheet></office:body></office:document-content>"
    )


def _styles(dossier: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {_ESPACES} {_EXTRA}><office:styles>'
        f'<style:default-style style:family="table-cell"><style:text-properties style:font-name="Arial" '
        f'fo:font-family="Arial" fo:font-size="10pt" fo:language="fr" fo:country="BE"/></style:default-style>'
        f'<style:style style:name="Default" style:family="table-cell"/></office:styles><office:automatic-styles>'
        f'<style:page-layout style:name="papier"><style:page-layout-properties fo:page-width="210mm" '
        f'fo:page-height="297mm" style:print-orientation="portrait" fo:margin-top="16mm" fo:margin-bottom="18mm" '
        f'fo:margin-left="14mm" fo:margin-right="14mm" style:scale-to-X="1" style:scale-to-Y="0"/>'
        f"<style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="A4" style:page-layout-name="papier"><style:footer><text:p>{escape(dossier)}, '
        f"<text:sheet-name>feuille</text:sheet-name>, page <text:page-number>1</text:page-number>/"
        f"<text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles>"
        f"</office:document-styles>"
    )


def _meta(livre: Classeur, emission: Emission) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta {_ESPACES} {_EXTRA}><office:meta>'
        f"<dc:title>{escape(livre.titre)}</dc:title><dc:language>fr-BE</dc:language>"
        f"<meta:initial-creator>{escape(t.propre(emission.par))}</meta:initial-creator>"
        f"<meta:creation-date>{emission.le:%Y-%m-%dT%H:%M:%S}</meta:creation-date>"
        f"</office:meta></office:document-meta>"
    )


def _manifeste() -> str:
    fichiers = "".join(
        f'<manifest:file-entry manifest:full-path="{nom}" manifest:media-type="text/xml"/>'
        for nom in ("content.xml", "styles.xml", "meta.xml")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
        f"{fichiers}</manifest:manifest>"
    )


def classeur_ods(feuilles: Sequence[Feuille], *, emission: Emission) -> bytes:
    """Write the sheets as an ODS a person can go on editing; the same data give the same bytes."""
    livre = classeur(feuilles)
    dossier = t.propre(feuilles[0].entete.dossier or feuilles[0].entete.nom)
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w") as paquet:
        # The type comes first and uncompressed: that is how the format is recognised.
        paquet.writestr(entree("mimetype", emission.le, compresse=False), MIME)
        for nom, xml in (
            ("META-INF/manifest.xml", _manifeste()),
            ("content.xml", _contenu(livre)),
            ("styles.xml", _styles(dossier)),
            ("meta.xml", _meta(livre, emission)),
        ):
            paquet.writestr(entree(nom, emission.le), xml)
    return tampon.getvalue()
