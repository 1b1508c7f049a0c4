"""The dated values against the two source texts themselves, and against our own copy of their figures."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from clefdevoute.law.accompagnement_social.values import CATEGORIES_FRAIS, lines_at
from clefdevoute.law.accompagnement_social.values import ETP_MAXIMAL as ETP
from clefdevoute.law.accompagnement_social.values import SUBVENTION_MAXIMALE as BAREME

DAY = dt.date(2018, 4, 27)
WORDS = {"1 mi-temps": "0.5", "maximum un temps plein": "1", "maximum 1 et 1/2 ETP": "1.5", "maximum 2 ETP": "2"}

# Our own sample, in the form of the fiche: it never skips.
SAMPLE = """25.000\t8\t1 mi-temps
50.000\t26\tmaximum un temps plein
75.000\t45\tmaximum 1 et 1/2 ETP
100.000\t60\tmaximum 2 ETP
Loyer\t611
Charges (gaz/mazout- Electricité)\t6126 - 6127 - 6128
Eau\t6125
Formation\t6236
Téléphonie / Internet\t61620-61621
TABLEAU B
Maintenance informatique\t6117
Fournitures de bureau et imprimés\t6124
Assurances responsabilité civile\t6146
Assurances légale accident du travail\t6230
Nettoyage des locaux\t6116
Frais postaux\t6160-61601
"""

# Our own sample, in the form of the federation's page.
STEPS = """Minimum 60 travailleurs TD/TGD
100\u00a0000€
2 ETP
Minimum 45 travailleurs TD/TGD
75 000€
1,5 ETP
Minimum 26 travailleurs TD/TGD
50 000€
1 ETP
Minimum 8 travailleurs TD/TGD
25 000€
0.5 ETP
"""


def _plain(label: str) -> str:
    return label.replace(" ", "").replace("É", "E")


def _agrees_with(text: str) -> None:
    steps = re.findall(r"^(\d+\.000)\t(\d+)\t(.+?)\s*$", text, re.MULTILINE)
    read = tuple((Decimal(persons), Decimal(amount.replace(".", ""))) for amount, persons, _ in steps)
    assert read == BAREME.at(DAY).value
    assert tuple((Decimal(n), Decimal(WORDS[words])) for _, n, words in steps) == ETP.at(DAY).value
    rows = re.findall(r"^([^\t\n]+)\t(61[\d -]*|62[\d -]*?)\s*$", text, re.MULTILINE)
    ours = [(_plain(row["libelle"]), row["comptes"]) for row in lines_at(DAY) if row["ajoutee"] == "non"]
    assert [(_plain(label), accounts) for label, accounts in rows] == ours
    first_of_b = next(row for row in lines_at(DAY, "B"))
    assert text.index(first_of_b["libelle"]) > text.rindex("TABLEAU B")


def test_our_copy_of_the_figures_agrees_with_the_dated_values() -> None:
    _agrees_with(SAMPLE)


@pytest.mark.shared(twin="test_our_copy_of_the_figures_agrees_with_the_dated_values")
def test_the_fiche_itself_agrees_with_the_dated_values(shared: Path) -> None:
    text = (shared / "textes" / "fiche-explicative-06.txt").read_text(encoding="utf-8")
    _agrees_with(text)
    for row in CATEGORIES_FRAIS.at(DAY).value:
        assert re.search(rf"^- {row['code']}\) Les frais", text, re.MULTILINE)


def _steps_agree_with(text: str) -> None:
    quotas = re.findall(r"Minimum (\d+) travailleurs TD/TGD\n([\d \u00a0]+)€\n([\d.,]+) ETP", text)
    figures = {
        (Decimal(n), Decimal(re.sub(r"\D", "", amount)), Decimal(etp.replace(",", "."))) for n, amount, etp in quotas
    }
    ours = zip(BAREME.at(DAY).value, ETP.at(DAY).value, strict=True)
    assert figures == {(n, amount, etp) for (n, amount), (_, etp) in ours}


def test_our_copy_of_the_steps_agrees() -> None:
    _steps_agree_with(STEPS)


@pytest.mark.shared(twin="test_our_copy_of_the_steps_agrees")
def test_the_page_of_the_federation_agrees_with_the_steps(shared: Path) -> None:
    _steps_agree_with((shared / "textes" / "page-accompagnement-social.txt").read_text(encoding="utf-8"))


def test_a_wrong_figure_would_be_seen() -> None:
    with pytest.raises(AssertionError):
        _agrees_with(SAMPLE.replace("45", "46"))
    with pytest.raises(AssertionError):
        _agrees_with(SAMPLE.replace("6236", "6237"))
    with pytest.raises(AssertionError):
        _steps_agree_with(STEPS.replace("1,5", "1,4"))
