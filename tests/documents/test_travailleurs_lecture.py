"""Spreadsheets become rows of plain text: every kind, every alphabet; what is hostile is refused quickly."""

import datetime as dt
import io
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.documents.travailleurs.bornes import MAX_ROWS, FeuilleRefusee
from clefdevoute.documents.travailleurs.lecture import column_number, read
from clefdevoute.documents.travailleurs.ods import read as read_ods
from clefdevoute.records.personnes.registre.colonnes import header_row, letters, propose
from clefdevoute.records.personnes.registre.lignes import BadCell, read_date

EXPECTED = (("Numéro", "Nom", "Heures"), ("1", "Éloïse", "38,5"))
TEXT = "Numéro;Nom;Heures\r\n1;Éloïse;38,5\r\n"


def xlsx(fill) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book)
    return stream.getvalue()


def ods(body: str) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Registre">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def with_sheet(sheet: bytes, strings: bytes | None = None) -> bytes:
    """Put a hand-written sheet in the place of a real one."""
    whole = xlsx(lambda book: book.add_worksheet().write(0, 0, "Nom"))
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    members["xl/worksheets/sheet1.xml"] = sheet
    if strings is not None:
        members["xl/sharedStrings.xml"] = strings
    return archive(members)


SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s'
    b"</sheetData></worksheet>"
)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_every_alphabet_of_a_csv_gives_the_same_rows(encoding, separator):
    assert read(TEXT.replace(";", separator).encode(encoding)).rows == EXPECTED


def test_a_csv_cut_by_commas_keeps_its_quoted_decimals():
    assert read(b'Numero,Nom,Heures\n1,Dupont,"38,5"\n').rows[1] == ("1", "Dupont", "38,5")


def test_a_workbook_loses_its_false_decimals_and_writes_dates_plainly():
    def fill(book):
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Équipe")
        sheet.write_row(0, 0, ["Numéro", "Date", "Heures", "Vrai", "Formule"])
        sheet.write_number(1, 0, 61621)
        sheet.write_datetime(1, 1, dt.datetime(2026, 3, 2), date)
        sheet.write_number(1, 2, 19.5)
        sheet.write_boolean(1, 3, True)
        sheet.write_formula(1, 4, "=1+1", value=2)

    found = read(xlsx(fill))
    assert found.rows[1] == ("61621", "2026-03-02", "19.5", "oui", "2")
    assert found.sheets == ("Équipe",)


def test_a_sheet_is_chosen_by_name_and_a_wrong_name_lists_the_right_ones():
    book = xlsx(lambda book: (book.add_worksheet("A").write(0, 0, "un"), book.add_worksheet("B").write(0, 0, "deux")))
    assert read(book, sheet="B").rows == (("deux",),)
    with pytest.raises(FeuilleRefusee, match="Choisissez : A, B"):
        read(book, sheet="C")


def test_an_ods_prefers_values_to_their_display_and_drops_the_endless_empty_tail():
    rows = read(
        ods(
            "<table:table-row><table:table-cell office:value-type='string'><text:p>Heures</text:p></table:table-cell>"
            "<table:table-cell table:number-columns-repeated='16383'/></table:table-row>"
            "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>"
            "<table:table-row><table:table-cell/><table:table-cell office:value-type='float' office:value='38.5'>"
            "<text:p>38,50 h</text:p></table:table-cell><table:table-cell office:value-type='date' "
            "office:date-value='2026-03-02'><text:p>2 mars</text:p></table:table-cell></table:table-row>"
            "<table:table-row table:number-rows-repeated='1048570'><table:table-cell "
            "table:number-columns-repeated='16384'/></table:table-row>"
        )
    ).rows
    assert rows == (("Heures",), (), (), ("", "38.5", "2026-03-02"))


def _far(reference: bytes) -> bytes:
    return with_sheet(SHEET % (b'<row r="1"><c r="A1"><v>1</v></c><c r="' + reference + b'"><v>2</v></c></row>'))


def _filled(times: str) -> str:
    return f"<table:table-cell {times} office:value-type='string'><text:p>x</text:p></table:table-cell>"


HOSTILE = {
    "vide": b"",
    "texte avec un octet nul": b"Nom;Prenom\n\x00\x01;b\n",
    "ancien classeur": b"\xd0\xcf\x11\xe0" + bytes(600),
    "archive tronquée": xlsx(lambda book: book.add_worksheet())[:900],
    "archive sans classeur": archive({"bonjour.txt": b"x"}),
    "bombe": archive({"xl/worksheets/sheet1.xml": bytes(200 * 2**20)}),
    "bombe cachée ailleurs": archive({"docProps/x.xml": bytes(200 * 2**20)}),
    "mille membres": archive({f"xl/{n}.xml": b"x" for n in range(2500)}),
    "cellule lointaine, ligne": _far(b"A1048576"),
    "cellule lointaine, colonne": _far(b"XFD2"),
    "ligne lointaine": with_sheet(SHEET % b'<row r="1048576"><c><v>1</v></c></row>'),
    "texte partagé recopié": with_sheet(
        SHEET % (b"<row>" + b'<c t="s"><v>0</v></c>' * 90 + b"</row>"),
        b"<sst><si><t>" + b"x" * 10**7 + b"</t></si></sst>",
    ),
    "ods répété en lignes": ods(
        f"<table:table-row table:number-rows-repeated='1000000'>{_filled('')}</table:table-row>"
    ),
    "ods répété en colonnes": ods(
        "<table:table-row>" + _filled("table:number-columns-repeated='16384'") + "</table:table-row>"
    ),
    "ods répétition absurde": ods("<table:table-row table:number-rows-repeated='-1'/>"),
    "ods à entités": archive(
        {"content.xml": b'<!DOCTYPE a [<!ENTITY x "boum">]><a>&x;</a>', "mimetype": b"x"},
    ),
    "un million de lignes": b"a;b\n" * 1_000_000,
    "mille colonnes": b";".join(b"x" for _ in range(1000)),
    "cellule sans fin": b"Nom;" + b"x" * 1_000_000,
    "guillemet jamais refermé": b'Nom;"' + b"x\n" * 200_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_a_remedy_within_two_seconds(content):
    start = time.process_time()
    with pytest.raises(FeuilleRefusee) as refused:
        read(content)
    assert time.process_time() - start < 2
    assert len(str(refused.value).split(". ")) >= 2


@pytest.mark.parametrize("name", ["bombe", "cellule lointaine, ligne", "texte partagé recopié", "un million de lignes"])
def test_a_hostile_file_takes_little_memory(name, tmp_path):
    """In a process of its own: what one test took is not given back before the next."""
    path = tmp_path / "hostile"
    path.write_bytes(HOSTILE[name])
    program = (
        "import resource, sys, pathlib\n"
        "from clefdevoute.documents.travailleurs.lecture import read, FeuilleRefusee\n"
        "content = pathlib.Path(sys.argv[1]).read_bytes()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n    read(content)\nexcept FeuilleRefusee:\n    pass\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)  # noqa: S603
    assert int(done.stdout) < 250


@pytest.mark.parametrize("times", ["number-columns-repeated='101'", "number-columns-repeated='16384'"])
def test_a_repeated_cell_is_counted_before_it_is_obeyed(times):
    """Asked of the reader itself: the bound that comes after it would be too late for a billion."""
    content = ods(f"<table:table-row>{_filled('table:' + times)}</table:table-row>")
    with zipfile.ZipFile(io.BytesIO(content)) as made, pytest.raises(FeuilleRefusee):
        read_ods(made.read("content.xml"))


def test_a_register_of_ten_thousand_lines_is_within_bounds():
    assert MAX_ROWS >= 10_000


@given(st.integers(min_value=0, max_value=700))
def test_a_column_has_one_name(index):
    assert column_number(letters(index)) == index + 1


@given(st.dates(min_value=dt.date(1927, 5, 19), max_value=dt.date(2099, 12, 31)))
def test_a_date_reads_the_same_in_its_three_writings(day):
    serial = (day - dt.date(1899, 12, 30)).days
    assert read_date(f"{day:%d/%m/%Y}") == read_date(day.isoformat()) == read_date(str(serial)) == day


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_date_or_a_sentence(raw):
    try:
        found = read_date(raw)
    except BadCell:
        return
    assert found is None or isinstance(found, dt.date)


@given(st.binary(max_size=400))
def test_whatever_is_handed_in_is_read_or_refused(content):
    try:
        found = read(content)
    except FeuilleRefusee:
        return
    assert all(isinstance(cell, str) for row in found.rows for cell in row)


@pytest.mark.parametrize(
    ("headers", "field", "index"),
    [
        (["N°", "NOM", "PRÉNOM"], "first_name", 2),
        (["Matricule", "Nom de famille", "Prénoms"], "number", 0),
        (["Nom", "Né(e) le", "Date d’entrée"], "birth_date", 1),
        (["Nom", "Né(e) le", "Date d’entrée"], "starts_on", 2),
        (["Nom", "Régime horaire", "Statut TD/TGD"], "statut", 2),
        (["Heures / sem.", "Conditions vérifiées le"], "verified_on", 1),
        (["Heures / sem.", "Conditions vérifiées le"], "hours_per_week", 0),
        (["Type de contrat", "Début de contrat", "Fin de contrat (prévue)"], "ends_on", 2),
    ],
)
def test_a_header_is_recognised_whatever_its_accents_and_case(headers, field, index):
    assert propose(headers)[field] == index


def test_the_headers_are_found_under_a_title():
    assert header_row((("Registre 2026",), (), ("Nom", "Prénom", "Début"), ("Dupont", "Éloïse", "01/01/2024"))) == 2
