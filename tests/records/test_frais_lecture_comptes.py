"""CSV of comptes individuels as social secretariats write them: read, refused line by line, nothing lost."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.documents.comptes.lecture import (
    CIBLES,
    FichierRefuse,
    lire_feuille,
    lire_montants,
    proposer,
    verifier,
)
from clefdevoute.documents.comptes.valeurs import ValeurRefusee, lire_jour, lire_mois, lire_montant
from clefdevoute.records.frais.composants import Composant

D = Decimal
WIDE = """Nom;Mois;Salaire brut;ONSS patronal;Assurance loi
Lambert Nadia;01/2025;2.600,00;650,25;
Lambert Nadia;02/2025;2.600,00 €;abc;12,50
;03/2025;2.600,00;650,25;
"""
LONG = """Travailleur;Période;Rubrique;Montant;Date de paiement
Lambert;2025-05;Pécule de vacances;1 800,50;30/05/2025
Lambert;2025-05;Salaire brut;2600;
Lambert;2025-05;Chèques-repas;80;
Lambert;2025-12;Prime de fin d'année;2600;
"""


def read(text, encoding="utf-8", **other):
    feuille = lire_feuille(text.encode(encoding))
    return lire_montants(feuille, proposer(feuille.headers), **other)


def test_one_column_per_component_keeps_the_good_cells_of_a_bad_line():
    found = read(WIDE)
    assert [(one.line, one.month.month, one.component.value, one.amount) for one in found.montants] == [
        (2, 1, "brut", D("2600.00")),
        (2, 1, "onss_patronal", D("650.25")),
        (3, 2, "brut", D("2600.00")),
        (3, 2, "assurance_loi", D("12.50")),
    ]
    assert [(one.line, one.column) for one in found.erreurs] == [(3, "ONSS patronal"), (4, "")]
    assert found.erreurs[0].cells == ("Lambert Nadia", "02/2025", "2.600,00 €", "abc", "12,50")
    assert "écrivez par exemple 1.234,56" in found.erreurs[0].message


def test_the_accompagnateur_may_be_that_of_the_whole_file():
    assert len(read(WIDE, accompagnateur="Lambert").montants) == 6


def test_one_row_per_component_with_payment_dates():
    found = read(LONG)
    assert [(one.component, one.amount, one.paid_on) for one in found.montants] == [
        (Composant.PECULE_VACANCES, D("1800.50"), dt.date(2025, 5, 30)),
        (Composant.BRUT, D("2600"), None),
    ]
    assert [one.line for one in found.erreurs] == [4, 5]
    assert "Chèques-repas" in found.erreurs[0].message
    assert "date de paiement" in found.erreurs[1].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_survive_the_usual_encodings(encoding):
    assert read("Période;Rémunération brute\n02/2025;10,00\n", encoding, accompagnateur="Éloïse").montants


def test_an_amount_given_twice_is_kept_once_and_said():
    found = read("Nom;Mois;Brut\nA;01/2025;1,00\na ;janvier 2025;2,00\n")
    assert [one.amount for one in found.montants] == [D("1.00")]
    assert "déjà à la ligne 2" in found.erreurs[0].message


def test_other_aids_are_written_positive_whatever_their_sign():
    found = read("Nom;Mois;Brut;APE\nA;01/2025;1,00;-250,00\n")
    assert found.montants[1].amount == D("250.00")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "pas de ligne"),
        (b"Nom;Mois\n", "pas de ligne"),
        (b"PK\x03\x04\x00\x00", "pas un CSV"),
        (b"a" * (5 * 1024 * 1024 + 1), "5 Mo"),
        (b"x;y\n" * 20_002, "20.000"),
        (b";".join([b"a"] * 201) + b"\n1\n", "200 colonnes"),
    ],
)
def test_a_file_that_is_no_usable_csv_says_why(content, word):
    with pytest.raises(FichierRefuse, match=word):
        lire_feuille(content)


def test_a_mapping_says_what_it_lacks():
    assert any("mois" in text for text in verifier({0: "brut"}))
    assert any("les deux" in text for text in verifier({0: "mois", 1: "element"}))
    assert any("même chose" in text for text in verifier({0: "mois", 1: "brut", 2: "brut"}))
    assert any("pas un choix" in text for text in verifier({0: "mois", 1: "brut", 2: "champagne"}))
    assert any("montants" in text for text in verifier({0: "mois"}))
    assert verifier({0: "mois", 1: "brut"}) == ()


def test_every_component_can_be_the_target_of_a_column_and_is_guessed_from_its_own_name():
    assert set(Composant) <= set(CIBLES)
    for component in Composant:
        assert proposer((component.label,)) == {0: component.value}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,5 €", "1234.5"),
        ("1\u00a0234,56", "1234.56"),
        ("1.234", "1234"),
        ("12.345.678", "12345678"),
        ("-12,50", "-12.50"),
        ("12,50-", "-12.50"),
        ("2600", "2600"),
    ],
)
def test_amounts_as_written(text, amount):
    assert lire_montant(text) == D(amount)


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "1.23.4", "NaN", "1e3", "1,2345", "١٢", "--1", "12,50,"])
def test_what_is_no_amount_is_refused_with_an_example(text):
    with pytest.raises(ValeurRefusee, match=r"1\.234,56"):
        lire_montant(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("01/2025", ""),
        ("2025-01", ""),
        ("202501", ""),
        ("janvier 2025", ""),
        ("JAN. 2025", ""),
        ("1", "2025"),
        ("31/01/2025", ""),
    ],
)
def test_months_as_written(text, year):
    assert lire_mois(text, year) == dt.date(2025, 1, 1)


@pytest.mark.parametrize("text", ["13/2025", "ju 2025", "1", "2025", "", "00/2025", "01/1999"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValeurRefusee):
        lire_mois(text)


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(ValeurRefusee, match="31/12/2026"):
        lire_jour("31/02/2025")


@given(st.decimals(min_value="-999999999.99", max_value="999999999.99", places=2))
def test_an_amount_written_as_belgium_does_reads_back(amount):
    text = f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert lire_montant(text) == amount


@given(st.text(max_size=60))
def test_no_cell_makes_the_reader_stumble(text):
    for reader in (lire_montant, lire_jour, lire_mois):
        try:
            reader(text)
        except ValeurRefusee:
            continue


@given(st.binary(max_size=300))
def test_no_file_makes_the_reader_stumble(content):
    try:
        feuille = lire_feuille(content)
        lire_montants(feuille, proposer(feuille.headers))
    except FichierRefuse:
        return
