"""Identification numbers: the shared rows, our own twin, and properties that no typed case can cover."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import nn as stdnum_nn

from clefdevoute.law.identifiants import forms, rules


def _niss(first_nine: str, century: str = "") -> str:
    return f"{first_nine}{97 - int(century + first_nine) % 97:02d}"


def _bce(first_eight: str) -> str:
    return f"{first_eight}{97 - int(first_eight) % 97:02d}"


def _communication(first_ten: str) -> str:
    return f"{first_ten}{int(first_ten) % 97 or 97:02d}"


def _iban(account: str) -> str:
    bban = f"{account}{int(account) % 97 or 97:02d}"
    return f"BE{98 - int(f'{bban}111400') % 97:02d}{bban}"


def _valid_kinds(text: str) -> dict[str, str | None]:
    answers = [
        rules.niss(numero=text).value,
        rules.bce(numero=text).value,
        rules.iban(numero=text).value,
        rules.communication_structuree(communication=text).value,
    ]
    return {str(answer.sorte): answer.forme_normale for answer in answers if answer.valable}


@pytest.mark.shared(twin="test_our_own_numbers")
def test_every_shared_row_has_its_verdict(shared: Path) -> None:
    names = {"nn": "nn", "bis": "bis", "vat": "bce", "iban": "iban"}
    rows = list(csv.DictReader((shared / "data/reference-be/identifiers.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 20
    for row in rows:
        expected = {names[kind]: row["compact"] for kind in row["valid_as"].split("|") if kind in names}
        assert _valid_kinds(row["value"]) == expected, row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_niss("900101001"), {"nn": _niss("900101001")}),
        (_niss("050229003", "2"), {"nn": _niss("050229003", "2")}),
        (_niss("904101001"), {"bis": _niss("904101001")}),
        (_niss("902101001"), {"bis": _niss("902101001")}),
        (_niss("901301001"), {}),
        (_niss("905301001"), {}),
        (_bce("02000000"), {"bce": _bce("02000000")}),
        (_bce("10000000"), {"bce": _bce("10000000")}),
        (f"BE {_bce('10000000')}", {"bce": _bce("10000000")}),
        (_bce("04287594")[1:], {"bce": _bce("04287594")}),
        (_bce("20000000"), {}),
        (f"+++{_communication('0000000097')}+++", {"communication_structuree": "000000009797"}),
        (f"***{_communication('1234567890')}***", {"communication_structuree": _communication("1234567890")}),
        ("000000009700", {}),
        (_iban("0010000001"), {"iban": _iban("0010000001")}),
        ("FR14 2004 1010 0505 0001 3M02 606", {"iban": "FR1420041010050500013M02606"}),
        ("", {}),
        ("0" * 11, {}),
        ("1" * 300, {}),
        ("٠٤٢٨٧٥٩٤٩٧", {}),
    ],
)
def test_our_own_numbers(text: str, expected: dict[str, str]) -> None:
    assert _valid_kinds(text) == expected


@pytest.mark.parametrize(
    ("answer", "display"),
    [
        (rules.niss(numero="85073003328"), "85.07.30-033.28"),
        (rules.bce(numero="BE0123456749"), "0123.456.749"),
        (rules.communication_structuree(communication="090933755493"), "+++090/9337/55493+++"),
        (rules.iban(numero="be68539007547034"), "BE68 5390 0754 7034"),
    ],
)
def test_a_number_is_shown_as_belgium_writes_it(answer, display: str) -> None:
    assert answer.value.affichage == display
    assert display in answer.sentence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_niss("901301001"), "le mois 13 n'existe"),
        ("85.07.30-033.29", "chiffres de contrôle"),
        ("85.07.30-033", "il a 9 chiffres, il en faut 11"),
        ("85.07.3O-033.28", "autre chose que des chiffres"),
        ("", "il est vide"),
    ],
)
def test_a_refusal_says_why(text: str, reason: str) -> None:
    answer = rules.niss(numero=text)
    assert reason in answer.value.motif
    assert "Recopiez" in answer.sentence


def test_check_digits_00_01_99_of_an_iban_are_refused() -> None:
    """98 is also 1 modulo 97, so python-stdnum lets 01 pass in its place."""
    account = next(f"{n:010d}" for n in range(1, 500) if _iban(f"{n:010d}").startswith("BE98"))
    good = _iban(account)
    assert forms.iban_normal(good) == good
    assert forms.iban_normal(good.replace("BE98", "BE01")) is None


@given(st.integers(0, 1), st.integers(0, 9_999_999))
def test_ten_digits_from_any_writing(series: int, rest: int) -> None:
    number = _bce(f"{series}{rest:07d}")
    assert forms.bce_normal(number) == number or int(number[:8]) == 0
    for writing in (forms.bce_display(number), f"BE{number}", f" be {number[:4]}-{number[4:7]}/{number[7:]} "):
        assert forms.bce_normal(writing) == forms.bce_normal(number)


@given(st.integers(0, 9_999_999_999), st.integers(1, 96))
def test_one_wrong_check_is_always_seen(base: int, step: int) -> None:
    number = _communication(f"{base:010d}")
    wrong = f"{number[:10]}{(int(number[10:]) + step - 1) % 97 + 1:02d}"
    assert forms.communication_normal(number) == number
    assert forms.communication_normal(wrong) in {None, number}
    assert wrong == number or forms.communication_normal(wrong) is None


@given(st.integers(0, 25), st.integers(0, 12), st.integers(0, 31), st.integers(1, 998), st.booleans())
def test_a_national_number_agrees_with_stdnum(year: int, month: int, day: int, counter: int, recent: bool) -> None:
    number = _niss(f"{year:02d}{month:02d}{day:02d}{counter:03d}", "2" if recent else "")
    assert rules.niss(numero=number).value.valable is stdnum_nn.is_valid(number)


@pytest.mark.parametrize(
    ("normal", "good", "bad"),
    [
        (forms.niss_normal, "85073003328", "85073003329"),
        (forms.bce_normal, "0123456749", "0123456748"),
        (forms.communication_normal, "090933755493", "090933755494"),
        (forms.iban_normal, "BE68539007547034", "BE68539007547035"),
    ],
)
def test_other_floors_get_the_number_or_nothing(normal, good: str, bad: str) -> None:
    assert normal(f" {good} ") == good
    assert normal(bad) is None


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    _valid_kinds(text)
