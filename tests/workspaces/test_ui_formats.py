"""French forms: what is written can be read back, and every refusal says what, why and what to do."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.ui import formats, saisie
from clefdevoute.ui.fields import DateFrField, EuroField, NombreField, PourcentField
from clefdevoute.ui.templatetags import cv

N = formats.NBSP
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("999999999.99"), places=2)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("50000"), f"50.000,00{N}€"),
        (Decimal("0"), f"0,00{N}€"),
        (Decimal("1234567.895"), f"1.234.567,90{N}€"),
        (Decimal("-12.5"), f"−12,50{N}€"),
        (8, f"8,00{N}€"),
    ],
)
def test_amounts(value, written):
    assert formats.euros(value) == written


@pytest.mark.parametrize(
    ("ratio", "written"), [("0.15", f"15{N}%"), ("0.155", f"15,5{N}%"), ("1", f"100{N}%"), ("0", f"0{N}%")]
)
def test_shares(ratio, written):
    assert formats.pourcent(Decimal(ratio)) == written


def test_dates_and_times():
    assert formats.date_courte(dt.date(2026, 11, 22)) == "22/11/2026"
    assert formats.date_longue(dt.date(2026, 12, 1)) == f"1er{N}décembre 2026"
    assert formats.date_longue(dt.date(2026, 11, 24), year=False, weekday=True) == f"mardi 24{N}novembre"
    assert formats.heure(dt.datetime(2026, 11, 22, 13, 32, tzinfo=dt.UTC)) == "14:32"
    late = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    assert formats.date_courte(late) == "01/01/2027", "une heure de minuit passe au jour local suivant"


@pytest.mark.parametrize(
    ("count", "word"), [(0, "ligne"), (1, "ligne"), ("1.5", "ligne"), (2, "lignes"), (14, "lignes"), (-2, "lignes")]
)
def test_agreement(count, word):
    assert formats.pluriel(Decimal(count), "ligne") == word


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Pourquoi 26 ?", f"Pourquoi 26{N}?"),
        ("« l'EI » : 15 %", f"«{N}l’EI{N}»{N}: 15{N}%"),
        ("à 14:32", "à 14:32"),
        ("20 Mo au plus", f"20{N}Mo au plus"),
    ],
)
def test_typography(typed, set_):
    assert formats.typo(typed) == set_


def test_typo_raises_ordinals_and_escapes():
    assert cv.typo("le 1er juin") == "le 1<sup>er</sup> juin"
    assert cv.typo("<script>'") == "&lt;script&gt;’"


@given(AMOUNTS)
def test_an_amount_written_is_read_back(amount):
    assert saisie.euros(formats.euros(amount)) == amount
    assert saisie.euros(str(amount)) == amount


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_a_date_written_is_read_back(day):
    assert saisie.date(formats.date_courte(day)) == day == saisie.date(day.isoformat())


@given(st.decimals(min_value=0, max_value=1, places=4))
def test_a_share_written_is_read_back(ratio):
    assert saisie.pourcent(formats.pourcent(ratio)) == ratio


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    for read in (saisie.euros, saisie.pourcent, saisie.date):
        said = ""
        try:
            read(text)
        except saisie.SaisieError as refusal:
            said = str(refusal)
        assert not said or (said.startswith("« ") and said.endswith("."))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234.5", "1234.50"),
        ("1234,5", "1234.50"),
        ("1 234,50 €", "1234.50"),
        ("€ 12", "12.00"),
        ("12 EUR", "12.00"),
        ("1.234", "1234.00"),
        ("1,234.50", "1234.50"),
        ("1.234.567,89", "1234567.89"),
        (f"1{N}234,5", "1234.50"),
        ("1\u202f234,5", "1234.50"),
        ("0", "0.00"),
        ("0007", "7.00"),
        ("+5", "5.00"),
    ],
)
def test_amounts_are_read_as_they_are_written_here(typed, amount):
    assert saisie.euros(typed) == Decimal(amount)
    assert str(saisie.euros(typed)) == amount


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "n’est pas un nombre lisible"),
        ("€", "n’est pas un nombre lisible"),
        ("douze", "n’est pas un nombre lisible"),
        ("NaN", "n’est pas un nombre lisible"),
        ("1e3", "n’est pas un nombre lisible"),
        ("Infinity", "n’est pas un nombre lisible"),
        ("1.23.456", "n’est pas un nombre lisible"),
        ("1,2,3", "n’est pas un nombre lisible"),
        ("١٢", "n’est pas un nombre lisible"),
        ("12,345", "a 3 décimales ; un montant en a 2 au plus"),
        ("12,345", "Pour des milliers, mettez un point : 12.345."),
        ("-5", "est négatif"),
        ("−5", "est négatif"),
        ("9" * 16, "trop grand"),
    ],
)
def test_amounts_refused(typed, says):
    with pytest.raises(saisie.SaisieError, match=says.replace(".", r"\.")):
        saisie.euros(typed)


def test_a_negative_amount_is_read_where_it_is_wanted():
    assert saisie.euros("-5,10", negative=True) == Decimal("-5.10")


@pytest.mark.parametrize(
    ("typed", "ratio"), [("15", "0.15"), ("15 %", "0.15"), ("12,5%", "0.125"), ("100", "1"), ("0", "0")]
)
def test_shares_read(typed, ratio):
    assert saisie.pourcent(typed) == Decimal(ratio)


@pytest.mark.parametrize(("typed", "says"), [("115", "dépasse 100 %"), ("-1", "est négatif"), ("%", "lisible")])
def test_shares_refused(typed, says):
    with pytest.raises(saisie.SaisieError, match=says):
        saisie.pourcent(typed)


@pytest.mark.parametrize(
    "typed", ["22/11/2026", "22-11-2026", "22.11.2026", "22 11 2026", "2026-11-22", " 22/11/2026 "]
)
def test_dates_read(typed):
    assert saisie.date(typed) == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "n’est pas une date lisible"),
        ("demain", "n’est pas une date lisible"),
        ("11/2026", "n’est pas une date lisible"),
        ("22/11/26", "laisse douter du siècle"),
        ("31/02/2026", "n’existe pas : ce mois-là a 28 jours"),
        ("29/02/2026", "n’existe pas"),
        ("00/01/2026", "n’existe pas"),
        ("01/13/2026", "pas de mois 13"),
        ("01/01/0026", "n’est pas entre 1900 et 2100"),
        ("22/11-2026x", "n’est pas une date lisible"),
    ],
)
def test_dates_refused(typed, says):
    with pytest.raises(saisie.SaisieError, match=says):
        saisie.date(typed)


class AllFields(forms.Form):
    montant = EuroField()
    cle = PourcentField()
    etp = NombreField()
    date = DateFrField(required=False)


def test_fields_read_and_write_back():
    form = AllFields({"montant": "1.234,5", "cle": "15 %", "etp": "0,8", "date": ""})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "montant": Decimal("1234.50"),
        "cle": Decimal("0.15"),
        "etp": Decimal("0.8"),
        "date": None,
    }
    stored = AllFields(
        initial={
            "montant": Decimal("1234.5"),
            "cle": Decimal("0.15"),
            "etp": Decimal("0.8"),
            "date": dt.date(2026, 1, 2),
        }
    )
    assert [field.value() for field in stored] == ["1.234,50", "15", "0,8", "02/01/2026"]


def test_a_refused_text_comes_back_as_typed():
    form = AllFields({"montant": " 12,345 ", "cle": "115", "etp": "-1", "date": "31/02/2026"})
    assert not form.is_valid()
    assert set(form.errors) == {"montant", "cle", "etp", "date"}
    assert [field.value() for field in form] == [" 12,345 ", "115", "-1", "31/02/2026"]


def test_a_missing_text_says_what_to_write():
    form = AllFields({})
    assert form.errors["montant"] == ["Il manque le montant. Écrivez-le en euros, par exemple 1.234,50."]


def test_the_same_amount_written_otherwise_has_not_changed():
    field = EuroField()
    assert not field.has_changed(Decimal("1234.50"), "1234.5")
    assert field.has_changed(Decimal("1234.50"), "1234.6")
    assert field.has_changed(Decimal("1234.50"), "douze")


def test_filters_write_a_dash_for_nothing():
    assert cv.montant(None) == "–"
    assert cv.euros("pas un nombre") == "pas un nombre"
    assert cv.compte(3, "ligne") == f"3{N}lignes"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14:30", dt.time(14, 30)),
        ("14h30", dt.time(14, 30)),
        ("14 h 30", dt.time(14, 30)),
        ("1430", dt.time(14, 30)),
        ("930", dt.time(9, 30)),
        ("9h", dt.time(9)),
        ("14", dt.time(14)),
        ("9.05", dt.time(9, 5)),
    ],
)
def test_a_time_of_day_is_read_as_it_is_written(typed, read):
    assert saisie.heure(typed) == read


@pytest.mark.parametrize("typed", ["25:00", "14:60", "midi", "", "14:30:00", "-3"])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(saisie.SaisieError, match="14:30"):
        saisie.heure(typed)


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1\u00a0jour"), (365, "365\u00a0jours"), (366, "plus d’un an"), (1509, "plus de 4\u00a0ans")],
)
def test_days_beyond_a_year_are_said_in_years(count, words):
    assert formats.jours(count) == words


def test_de_is_elided_before_a_vowel():
    assert formats.apres_de("Revoir l’objectif de", "Aïssatou") + "Aïssatou" == "Revoir l’objectif d’Aïssatou"
    assert formats.apres_de("Revoir l’objectif de", "Éric") + "Éric" == "Revoir l’objectif d’Éric"
    assert formats.apres_de("Revoir l’objectif de", "Samira") + "Samira" == "Revoir l’objectif de Samira"
    assert formats.apres_de("Promise à", "Aline") + "Aline" == "Promise à Aline"
