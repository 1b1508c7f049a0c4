"""The sheet to take home, read back from its own PDF: one page, plain words, whatever was decided."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from clefdevoute.documents.feuille_entretien import MOST, Decision, FeuilleEntretien, feuille_pdf

LE = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)
SHEET = FeuilleEntretien(
    entreprise="Ateliers du Tilleul SC",
    person="Mireille Hauterive",
    by="Hélène Marsoul",
    held_on=dt.date(2026, 11, 23),
    held="Lundi 23 novembre 2026",
    decisions=[
        Decision("Organiser deux demi-journées", "Vous et Hélène Marsoul.", "Avant le vendredi 11 décembre 2026.")
    ],
    next_day="Mardi 18 mai 2027",
    next_hour="à 14:00",
    next_place="Bureau, Hautpont",
    contact="Appelez Hélène : 0470 12 34 56.",
)


def read(sheet):
    pdf = PdfReader(io.BytesIO(feuille_pdf(sheet, le=LE)))
    return len(pdf.pages), " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_answers_three_questions_on_one_page():
    pages, text = read(SHEET)
    assert pages == 1
    for words in (
        "Ce que nous avons décidé",
        "Organiser deux demi-journées",
        "Avant le vendredi 11 décembre 2026.",
        "Mardi 18 mai 2027",
        "à 14:00",
        "0470 12 34 56",
    ):
        assert words in text


def test_nothing_decided_and_nothing_booked_is_said():
    empty = FeuilleEntretien("E", "P", "A", dt.date(2026, 1, 5), "Lundi 5 janvier 2026", ())
    pages, text = read(empty)
    assert pages == 1
    assert "Rien de nouveau" in text
    assert "Pas encore fixé." in text


@pytest.mark.parametrize("count", [MOST, MOST + 5])
def test_many_decisions_stay_on_one_page(count):
    many = FeuilleEntretien("E", "P", "A", dt.date(2026, 1, 5), "Lundi", [Decision("Appeler", "Vous.", "")] * count)
    pages, text = read(many)
    assert pages == 1
    assert ("demandez-les" in text) is (count > MOST)


def test_what_people_type_is_shown_never_read_as_markup():
    odd = FeuilleEntretien("E", "#panic() *x* $1$", "A", dt.date(2026, 1, 5), "Lundi", [Decision("#eval", "Vous.")])
    assert "#panic() *x* $1$" in read(odd)[1]
