"""The real invoices and rule tests nobody of us wrote: values, decisions and every broken rule agree."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from clefdevoute.documents.factures.lecture import lire, regles_brisees
from clefdevoute.documents.factures.modele import FactureLue, Refus
from clefdevoute.documents.factures.presentation import en_json

DECISIONS = {"accept": "accept", "accept with warning": "warn", "reject": "reject"}
SIMPLES = ("syntax", "invoice_id", "issue_date", "due_date", "currency", "is_credit_note", "line_count")
LISTES = ("payee_ibans", "payment_ids")
TEST = "{http://difi.no/xsd/vefa/validator/1.0}"


def _expected(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.shared(twin="test_factures_familles.py::test_each_family_is_accepted")
def test_every_shared_invoice_reads_as_expected(shared):
    folder = shared / "data" / "invoices-ubl"
    cases = _expected(folder)
    assert len(cases) == 76
    for case in cases:
        name = case["file"]
        read = lire((folder / name).read_bytes(), filename=name)
        said = en_json(read, file=name)
        assert said["decision"] == DECISIONS[case["suggested_import"]], name
        if isinstance(read, FactureLue):
            _compare(name, said, case)
            assert {un.rule for un in read.warnings} == set(case["en16931_fatal"]), name


def _compare(name: str, said: dict[str, Any], case: dict[str, Any]) -> None:
    for key in (*SIMPLES, *LISTES):
        assert said[key] == case[key], (name, key)
    for party in ("supplier", "buyer"):
        assert said[party] == {key: case[party][key] for key in said[party]}, (name, party)
    assert said["totals"] == {key: case["totals"][key] for key in said["totals"]}, name
    attachments = [{key: one[key] for key in ("filename", "mime", "decoded_bytes")} for one in case["attachments"]]
    assert said["attachments"] == attachments, name


@pytest.mark.shared(twin="test_factures_regles.py::test_a_rule_is_silent_until_it_is_broken")
def test_every_shared_rule_case_passes_or_fails_its_rule(shared):
    folder = shared / "data" / "invoices-rules"
    checked = 0
    for entry in _expected(folder):
        tests = etree.parse(folder / entry["file"]).getroot().findall(TEST + "test")
        for case in entry["cases"]:
            documents = [child for child in tests[case["case"] - 1].iterchildren("*") if child.tag != TEST + "assert"]
            broken = regles_brisees(etree.tostring(documents[0]))
            assert broken.isdisjoint(case["must_pass"]), (entry["file"], case["case"])
            assert broken.issuperset(case["must_fail"]), (entry["file"], case["case"])
            checked += len(case["must_pass"]) + len(case["must_fail"])
    assert checked == 591


@pytest.mark.shared(twin="test_factures_lecture.py::test_not_an_invoice")
def test_every_other_syntax_is_refused_politely(shared):
    folder = shared / "data" / "invoices-other-syntax"
    for case in _expected(folder):
        read = lire((folder / case["file"]).read_bytes(), filename=case["file"])
        assert isinstance(read, Refus), case["file"]
        assert read.code == "pas_une_facture_ubl"
        assert "pièce d’une facture encodée à la main" in read.message
