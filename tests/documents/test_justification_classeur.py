"""The spreadsheets: values read back, formulas compared, dangerous texts kept as texts."""

import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from clefdevoute.documents.justification.classeur import decimales_de_cle
from clefdevoute.documents.justification.classeur_ods import MIME, classeur_ods
from clefdevoute.documents.justification.classeur_xlsx import classeur_xlsx
from clefdevoute.documents.justification.modele import Depense, PieceIncoherente

from .justification_samples import EMISSION, ENTETE, cinq_feuilles, depense, feuille_a, feuille_b

ECRIVAINS = pytest.mark.parametrize("ecrire", [classeur_xlsx, classeur_ods])
PIEGES = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "<b>&amp;\"'"]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _lu(octets: bytes) -> dict[str, list[list[object]]]:
    livre = CalamineWorkbook.from_filelike(BytesIO(octets))
    return {nom: livre.get_sheet_by_name(nom).to_python() for nom in livre.sheet_names}


def _xml(octets: bytes, nom: str) -> ET.Element:
    with zipfile.ZipFile(BytesIO(octets)) as paquet:
        return ET.fromstring(paquet.read(nom))  # noqa: S314 - our own bytes


def _formules_xlsx(octets: bytes) -> list[list[str]]:
    with zipfile.ZipFile(BytesIO(octets)) as paquet:
        noms = sorted(n for n in paquet.namelist() if n.startswith("xl/worksheets/sheet"))
    return [[f.text or "" for f in _xml(octets, nom).iter(f"{SHEET}f")] for nom in noms]


def _formules_ods(octets: bytes) -> list[list[str]]:
    tables = _xml(octets, "content.xml").iter(f"{TABLE}table")
    return [[f for c in t.iter(f"{TABLE}table-cell") if (f := c.get(f"{TABLE}formula"))] for t in tables]


@ECRIVAINS
def test_each_sheet_reads_back_with_its_amounts_and_totals(ecrire):
    feuilles = [*cinq_feuilles(), feuille_b({("nettoyage", 2): [depense("NET-1", "100.10", "0.125")]})]
    lu = _lu(ecrire(feuilles, emission=EMISSION))
    assert list(lu) == [f.nom for f in feuilles] + ["Année"]
    for feuille in feuilles:
        attendu = [d for c in feuille.charges for m in c.mois for d in m.depenses]
        rangees = [r for r in lu[feuille.nom] if r[2] in {d.piece for d in attendu}]
        assert [(r[2], r[3], r[4], r[5]) for r in rangees] == [
            (d.piece, float(d.montant), float(d.cle), float(d.dedie)) for d in attendu
        ]
        (total,) = [r[5] for r in lu[feuille.nom] if r[4] == "TOTAL"]
        assert total == float(sum((d.dedie for d in attendu), Decimal(0)))
    annee = {r[0]: r[1] for r in lu["Année"]}
    assert annee["TOTAL"] == float(sum(f.total for f in feuilles))
    assert annee["Tableau B"] == 12.51


@ECRIVAINS
def test_the_words_of_the_fiche_are_there(ecrire):
    textes = [str(c) for r in _lu(ecrire([feuille_a({})], emission=EMISSION))["A T1 2026"] for c in r]
    for mots in ("ENTREPRISE (NOM) :", "N° BCE :", "N° DOSSIER :", "Type de charge (2)", "Téléphonie / Internet"):
        assert mots in textes
    assert textes.count("Janvier") == textes.count("Mars") == 5


def test_formulas_are_live_in_both_and_say_the_same():
    feuilles = cinq_feuilles()[:2]
    xlsx = _formules_xlsx(classeur_xlsx(feuilles, emission=EMISSION))
    ods = _formules_ods(classeur_ods(feuilles, emission=EMISSION))

    def plain(formula: str) -> str:
        formula = re.sub(r"\[\$?('[^']+')\.([A-F]\d+)\]", r"\1!\2", formula.removeprefix("of:="))
        return formula.replace("[.", "").replace(":.", ":").replace("]", "").replace(";", ",")

    assert [[plain(f) for f in onglet] for onglet in ods] == xlsx
    assert 'IF(OR(D11="",E11=""),"",ROUND(D11*E11,2))' in xlsx[0]
    deuxieme = xlsx[1]
    assert "SUBTOTAL(9,D14:D16)" in deuxieme
    assert re.fullmatch(r"SUBTOTAL\(9,F8:F\d+\)", deuxieme[-1])
    assert xlsx[2][0].startswith("'A T1 2026'!F")
    assert xlsx[2][-1] == "B9"


def test_an_amount_the_law_decided_otherwise_is_written_and_not_recomputed():
    plafonnee = Depense(piece="P-1", montant=Decimal("100.00"), cle=Decimal("0.5"), dedie=Decimal("40.00"))
    octets = classeur_xlsx([feuille_a({("eau", 1): [plafonnee]})], emission=EMISSION)
    assert [r[5] for r in _lu(octets)["A T1 2026"] if r[2] == "P-1"] == [40.0]
    assert not any("D17*E17" in f for f in _formules_xlsx(octets)[0])


@ECRIVAINS
def test_a_text_that_looks_like_a_formula_stays_a_text(ecrire):
    entete = ENTETE.__class__(nom=PIEGES[0], bce=PIEGES[1], dossier=PIEGES[2])
    feuille = feuille_a({("loyer", 1): [depense(p, "1.00") for p in PIEGES]}, entete=entete, telephones=[PIEGES[3]])
    octets = ecrire([feuille], emission=EMISSION)
    textes = [c for r in _lu(octets)["A T1 2026"] for c in r]
    assert all(piege.strip() in textes for piege in PIEGES)
    formules = _formules_xlsx(octets) if ecrire is classeur_xlsx else _formules_ods(octets)
    assert not re.search("cmd|HYPERLINK|1\\+1|SUM\\(A1", "".join(f for onglet in formules for f in onglet))


def test_dangerous_texts_carry_the_quote_prefix_in_xlsx_and_the_text_format_in_ods():
    feuille = feuille_a({("loyer", 1): [depense("=1+1", "1.00")]})
    octets = classeur_xlsx([feuille], emission=EMISSION)
    styles = _xml(octets, "xl/styles.xml")
    xfs = list(styles.find(f"{SHEET}cellXfs"))
    cellule = next(c for c in _xml(octets, "xl/worksheets/sheet1.xml").iter(f"{SHEET}c") if c.get("r") == "C9")
    assert xfs[int(cellule.get("s"))].get("quotePrefix") == "1"
    assert cellule.get("t") == "s"
    ods = _xml(classeur_ods([feuille], emission=EMISSION), "content.xml")
    (cellule,) = [c for c in ods.iter(f"{TABLE}table-cell") if c.get(f"{OFFICE}string-value") == "=1+1"]
    assert cellule.get(f"{TABLE}style-name") == "texte"
    assert cellule.get(f"{OFFICE}value-type") == "string"


def test_belgian_formats_and_a4():
    xlsx = classeur_xlsx([feuille_a({("eau", 1): [depense("E", "1.00", "0.333333")]})], emission=EMISSION)
    formats = {n.get("formatCode") for n in _xml(xlsx, "xl/styles.xml").iter(f"{SHEET}numFmt")}
    assert {"[$-80C]#,##0.00", "0.0000%"} <= formats
    page = next(_xml(xlsx, "xl/worksheets/sheet1.xml").iter(f"{SHEET}pageSetup"))
    assert page.get("paperSize") == "9"
    ods = classeur_ods([feuille_a({})], emission=EMISSION)
    with zipfile.ZipFile(BytesIO(ods)) as paquet:
        first = paquet.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert paquet.read("mimetype").decode() == MIME
        assert 'number:country="BE"' in paquet.read("content.xml").decode()
        assert 'fo:page-width="210mm"' in paquet.read("styles.xml").decode()


@ECRIVAINS
def test_the_same_sheets_give_the_same_bytes_and_three_hundred_lines_pass(ecrire):
    feuilles = [feuille_a({("telephonie", 2): [depense(f"F-{n}", f"{n}.10", "0.25") for n in range(300)]})]
    assert ecrire(feuilles, emission=EMISSION) == ecrire(feuilles, emission=EMISSION)
    assert sum(str(r[2]).startswith("F-") for r in _lu(ecrire(feuilles, emission=EMISSION))["A T1 2026"]) == 300


@ECRIVAINS
def test_no_sheet_or_twice_the_same_is_refused(ecrire):
    with pytest.raises(PieceIncoherente, match="Aucune feuille"):
        ecrire([], emission=EMISSION)
    with pytest.raises(PieceIncoherente, match="même trimestre"):
        ecrire([feuille_a({}), feuille_a({})], emission=EMISSION)


@pytest.mark.parametrize(("cle", "attendu"), [("1", 0), ("0.15", 0), ("0.125", 2), ("0.3333", 2), ("0.333333", 4)])
def test_a_key_shows_the_decimals_it_has(cle, attendu):
    assert decimales_de_cle(Decimal(cle)) == attendu


# LibreOffice believes the values that a file brings along unless it is told to calculate on loading.
RECALCULER_AU_CHARGEMENT = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501


@pytest.mark.long
@ECRIVAINS
def test_libreoffice_recomputes_the_same_totals(ecrire, tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("LibreOffice n’est pas là, cette preuve lente en a besoin : apt-get install libreoffice-calc")
    feuilles = cinq_feuilles()
    suffixe = "xlsx" if ecrire is classeur_xlsx else "ods"
    source = tmp_path / f"classeur.{suffixe}"
    # Cached values are spoilt first: only a real computation can bring the totals back.
    octets = ecrire(feuilles, emission=EMISSION)
    with zipfile.ZipFile(BytesIO(octets)) as avant, zipfile.ZipFile(source, "w") as apres:
        for info in avant.infolist():
            texte = avant.read(info)
            texte = re.sub(rb"(</f><v>)[-0-9.]+", rb"\g<1>1", texte)
            texte = re.sub(rb'(table:formula=(?:"[^"]*"|\'[^\']*\') [^>]*office:value=")[-0-9.]+', rb"\g<1>1", texte)
            apres.writestr(info, texte)
    profil = f"-env:UserInstallation=file://{tmp_path}/profil"
    reglages = tmp_path / "profil" / "user" / "registrymodifications.xcu"
    reglages.parent.mkdir(parents=True)
    reglages.write_text(RECALCULER_AU_CHARGEMENT, encoding="utf-8")
    ordre = [soffice, profil, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true"]
    subprocess.run(  # noqa: S603 - fixed arguments
        [*ordre, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120
    )
    texte = next(tmp_path.glob("*.csv")).read_text(encoding="utf-8")
    assert re.search(rf"TOTAL.*{str(feuilles[0].total).replace('.', '[.,]')}", texte)
