"""Every named constraint of the subsidies: it lets the right row in, keeps the wrong one out, and says so in French."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.records import factories_frais as f
from tests.records import triplets_frais as triplets
from tests.records.factories import EntrepriseInsertionFactory, ProofFileFactory
from tests.records.triplets_frais import Case

pytestmark = pytest.mark.django_db


def _enterprise():
    return {"entreprise": EntrepriseInsertionFactory()}


def _subvention():
    row = f.SubventionFactory()
    return {"subvention": row, "entreprise": row.entreprise}


def _signed():
    row = f.SubventionFactory()
    return {
        "subvention": row,
        "entreprise": row.entreprise,
        "signed_document": ProofFileFactory(entreprise=row.entreprise),
    }


def _cancelled():
    first = f.MouvementFactory()
    second = f.MouvementFactory(subvention=first.subvention, cancels=first)
    return {"subvention": second.subvention, "entreprise": second.entreprise, "cancels": first}


def _sent():
    row = f.DossierTransmisFactory(receipt_number="AS-1")
    return {
        "decompte": row.decompte,
        "subvention": row.subvention,
        "entreprise": row.entreprise,
        "package": row.package,
    }


def _ledger():
    row = f.SubventionFactory()
    f.AideDeMinimisFactory(entreprise=row.entreprise, subvention=row)
    return {"entreprise": row.entreprise, "subvention": row}


CASES = [
    Case(
        "subvention_one_per_annee_agrement",
        f.SubventionFactory,
        {},
        {"annee_agrement_start": dt.date(2024, 3, 15)},
        lambda: {"entreprise": f.SubventionFactory().entreprise},
    ),
    Case(
        "subvention_year_in_order",
        f.SubventionFactory,
        {"annee_agrement_end": dt.date(2025, 3, 15)},
        {"annee_agrement_end": dt.date(2025, 9, 30)},
        _enterprise,
    ),
    Case(
        "subvention_contract_has_its_date",
        f.SubventionFactory,
        {"contract_sent_on": None},
        {"contract_sent_on": None, "origin": "solde_precedent"},
        _enterprise,
    ),
    Case(
        "subvention_grant_amount_with_date",
        f.SubventionFactory,
        {"granted_on": None},
        {"sans_octroi": True},
        _enterprise,
    ),
    Case(
        "subvention_grant_amount_with_date",
        f.SubventionFactory,
        {"granted_amount": None},
        {"granted_amount": Decimal("0.00")},
        _enterprise,
    ),
    Case(
        "subvention_count_with_its_date",
        f.SubventionFactory,
        {"reference_on": None},
        {"reference_on": None, "persons_count": None},
        _enterprise,
    ),
    Case(
        "subvention_sans_suite_with_reason",
        f.SubventionFactory,
        {"state": "sans_suite"},
        {"sans_suite": True},
        _enterprise,
    ),
    Case(
        "mouvement_amount_positive",
        f.MouvementFactory,
        {"amount": Decimal("0.00")},
        {"amount": Decimal("0.01")},
        _subvention,
    ),
    Case("mouvement_cancelled_once", f.MouvementFactory, {}, {"cancels": None}, _cancelled),
    Case(
        "decompte_fige_has_its_hash",
        f.DecompteFigeFactory,
        {"sha256": "rien"},
        {"sha256": "ab" * 32},
        _subvention,
    ),
    Case(
        "declaration_one_in_force",
        f.DeclarationHonneurFactory,
        {},
        {"replaced": True},
        lambda: {
            "subvention": (row := f.DeclarationHonneurFactory()).subvention,
            "entreprise": row.entreprise,
        },
    ),
    Case(
        "declaration_posted_after_signed",
        f.DeclarationHonneurFactory,
        {"posted_on": dt.date(2026, 3, 19), "signee": True},
        {"posted_on": dt.date(2026, 3, 20), "signee": True},
        _subvention,
    ),
    Case("declaration_signed_document_has_date", f.DeclarationHonneurFactory, {}, {"signee": True}, _signed),
    Case(
        "dossier_one_per_receipt",
        f.DossierTransmisFactory,
        {"receipt_number": "AS-1"},
        {"receipt_number": "AS-2"},
        _sent,
    ),
    Case("dossier_has_a_receipt", f.DossierTransmisFactory, {"receipt_number": ""}, {}, _sent),
    Case(
        "aide_amount_positive",
        f.AideDeMinimisFactory,
        {"amount": Decimal("0.00")},
        {"amount": Decimal("0.01")},
        _enterprise,
    ),
    Case("aide_one_per_subvention", f.AideDeMinimisFactory, {}, {"subvention": None}, _ledger),
    Case("aide_has_a_grantor", f.AideDeMinimisFactory, {"grantor": ""}, {}, _enterprise),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_right_row_comes_in(case):
    triplets.holds(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_database_keeps_the_wrong_row_out(case):
    triplets.refused_by_the_database(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_refusal_is_a_french_sentence(case):
    triplets.explained_in_french(case)


def test_no_constraint_is_forgotten():
    assert {case.name for case in CASES} == triplets.constraints_of("subventions")
