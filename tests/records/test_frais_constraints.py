"""Every named constraint of the costs: it lets the right row in, keeps the wrong one out, and says so in French."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.records import factories_frais as f
from tests.records import triplets_frais as triplets
from tests.records.factories import AccompagnateurFactory, EntrepriseInsertionFactory, ProofFileFactory
from tests.records.triplets_frais import Case

pytestmark = pytest.mark.django_db


def _same_supplier():
    """A first invoice, and what a second one shares with it."""
    facture = f.FactureFactory(number="A-1", number_key="A-1")
    return {"fournisseur": facture.fournisseur, "entreprise": facture.entreprise}


def _same_enterprise(make, **fields):
    def first():
        return {"entreprise": make(**fields).entreprise}

    return first


def _same_accompagnateur(make, **fields):
    def first():
        row = make(**fields)
        return {"accompagnateur": row.accompagnateur, "entreprise": row.entreprise}

    return first


def _same_facture():
    piece = f.PieceFactureFactory()
    return {"facture": piece.facture, "entreprise": piece.entreprise, "proof": piece.proof}


def _supplier():
    supplier = f.FournisseurFactory()
    return {"fournisseur": supplier, "entreprise": supplier.entreprise}


def _proof():
    entreprise = EntrepriseInsertionFactory()
    supplier = f.FournisseurFactory(entreprise=entreprise)
    return {
        "fournisseur": supplier,
        "entreprise": entreprise,
        "eur_proof": ProofFileFactory(entreprise=entreprise),
        "net_eur": Decimal("90.00"),
    }


def _invoice():
    facture = f.FactureFactory()
    cle = f.CleRepartitionFactory(entreprise=facture.entreprise)
    return {"facture": facture, "entreprise": facture.entreprise, "cle": cle}


def _key():
    cle = f.CleRepartitionFactory(version=False)
    return {"cle": cle, "entreprise": cle.entreprise}


def _accompagnateur():
    row = AccompagnateurFactory()
    return {"accompagnateur": row, "entreprise": row.entreprise, "proof": ProofFileFactory(entreprise=row.entreprise)}


def _worker():
    row = AccompagnateurFactory()
    return {"accompagnateur": row, "entreprise": row.entreprise}


def _drop():
    depot = f.DepotFactory()
    return {"depot": depot, "entreprise": depot.entreprise, "proof": ProofFileFactory(entreprise=depot.entreprise)}


def _same_drop():
    row = f.FichierDeposeFactory(rank=1)
    return {"depot": row.depot, "entreprise": row.entreprise, "proof": row.proof}


def _import():
    row = AccompagnateurFactory()
    return {"accompagnateur": row, "entreprise": row.entreprise, "file": ProofFileFactory(entreprise=row.entreprise)}


def _enterprise():
    return {"entreprise": EntrepriseInsertionFactory()}


GRANTED = {
    "abroad": "accordee",
    "abroad_reference": "DES/2025/12",
    "abroad_granted_on": dt.date(2025, 2, 1),
    "abroad_departure_on": dt.date(2025, 3, 1),
}
MAY = {"component": "pecule_vacances", "month": dt.date(2025, 5, 1)}

CASES = [
    Case(
        "cle_one_per_name",
        f.CleRepartitionFactory,
        {"name": "Bureau"},
        {"name": "Téléphone"},
        _same_enterprise(f.CleRepartitionFactory, name="Bureau"),
    ),
    Case("cle_has_a_name", f.CleRepartitionFactory, {"name": ""}, first=_enterprise),
    Case(
        "version_cle_percent_within_100",
        f.VersionCleFactory,
        {"percent": Decimal("100.0001")},
        {"percent": Decimal("100")},
        _key,
    ),
    Case("version_cle_has_a_basis", f.VersionCleFactory, {"basis": ""}, first=_key),
    Case(
        "fournisseur_number_ten_digits",
        f.FournisseurFactory,
        {"enterprise_number": "2403170701"},
        {"enterprise_number": ""},
        _enterprise,
    ),
    Case(
        "fournisseur_one_identifier",
        f.FournisseurFactory,
        {"foreign_vat_id": "FR40303265045"},
        {"foreign_vat_id": "FR40303265045", "enterprise_number": ""},
        _enterprise,
    ),
    Case(
        "fournisseur_once_per_number",
        f.FournisseurFactory,
        {"enterprise_number": "0403170701"},
        {"enterprise_number": "0400378485"},
        _same_enterprise(f.FournisseurFactory, enterprise_number="0403170701"),
    ),
    Case(
        "fournisseur_once_per_vat",
        f.FournisseurFactory,
        {"etranger": True},
        {"enterprise_number": "", "foreign_vat_id": "LU15027442"},
        _same_enterprise(f.FournisseurFactory, etranger=True),
    ),
    Case(
        "facture_one_per_piece_number",
        f.FactureFactory,
        {"piece_number": 7_000_001},
        {"piece_number": 7_000_002},
        lambda: {
            "fournisseur": (row := f.FactureFactory(piece_number=7_000_001)).fournisseur,
            "entreprise": row.entreprise,
        },
    ),
    Case(
        "facture_once_per_supplier_number_kind",
        f.FactureFactory,
        {"number": "a-1", "number_key": "A-1"},
        {"number": "A-1", "number_key": "A-1", "note_credit": True},
        _same_supplier,
    ),
    Case("facture_has_a_number", f.FactureFactory, {"number": "", "number_key": ""}, first=_supplier),
    Case(
        "facture_typed_amounts_add_up",
        f.FactureFactory,
        {"net": Decimal("0.10"), "vat": Decimal("0.20"), "gross": Decimal("0.31")},
        {"net": Decimal("0.10"), "vat": Decimal("0.20"), "gross": Decimal("0.30")},
        _supplier,
    ),
    Case("facture_file_iff_not_typed", f.FactureFactory, {"source": "pdf"}, first=_supplier),
    Case(
        "facture_period_in_order",
        f.FactureFactory,
        {"period_start": dt.date(2025, 4, 1), "period_end": dt.date(2025, 3, 31)},
        {"period_start": dt.date(2025, 4, 1), "period_end": dt.date(2025, 4, 1)},
        _supplier,
    ),
    Case(
        "facture_period_in_order",
        f.FactureFactory,
        {"period_start": dt.date(2025, 4, 1)},
        {"period_start": None},
        _supplier,
    ),
    Case(
        "facture_euro_amount_with_proof",
        f.FactureFactory,
        {"dollars": True},
        {"dollars": True, "vat_eur": Decimal("0.00")},
        _proof,
    ),
    Case(
        "facture_put_aside_with_reason",
        f.FactureFactory,
        {"state": "ecartee"},
        {"state": "ecartee", "state_reason": "Chantier."},
        _supplier,
    ),
    Case("facture_conflict_names_the_other", f.FactureFactory, {"state": "conflit"}, first=_supplier),
    Case(
        "facture_only_credit_note_credits",
        f.FactureFactory,
        {"credited_number": "A-1"},
        {"credited_number": "A-1", "note_credit": True},
        _supplier,
    ),
    Case(
        "facture_other_subsidy_with_share",
        f.FactureFactory,
        {"other_subsidy": "Fonds social"},
        {"other_subsidy": "Fonds social", "other_subsidy_percent": Decimal("40")},
        _supplier,
    ),
    Case("piece_facture_once", f.PieceFactureFactory, {}, {"proof": None}, _same_facture),
    Case("ligne_frais_has_a_line", f.LigneFraisFactory, {"line": ""}, first=_invoice),
    Case(
        "ligne_frais_abroad_with_reference",
        f.LigneFraisFactory,
        GRANTED | {"abroad_reference": ""},
        GRANTED,
        _invoice,
    ),
    Case(
        "ligne_frais_net_and_vat_same_sign",
        f.LigneFraisFactory,
        {"net": Decimal("10"), "vat": Decimal("-1")},
        {"net": Decimal("-10"), "vat": Decimal("-1")},
        _invoice,
    ),
    Case(
        "charge_dates_in_order",
        f.ChargeRecurrenteFactory,
        {"ends_on": dt.date(2023, 12, 31)},
        {"ends_on": dt.date(2024, 1, 1)},
        _key,
    ),
    Case("charge_due_day_in_month", f.ChargeRecurrenteFactory, {"due_day": 32}, {"due_day": 31}, _key),
    Case(
        "charge_amount_positive",
        f.ChargeRecurrenteFactory,
        {"net": Decimal("0.00")},
        {"net": Decimal("0.01")},
        _key,
    ),
    Case("charge_known_rhythm", f.ChargeRecurrenteFactory, {"every_months": 2}, {"every_months": 3}, _key),
    Case("charge_has_a_line", f.ChargeRecurrenteFactory, {"line": ""}, first=_key),
    Case(
        "annee_figee_dates_in_order",
        f.AnneeFigeeFactory,
        {"end": dt.date(2025, 3, 14)},
        {"end": dt.date(2025, 3, 15)},
        _enterprise,
    ),
    Case(
        "montant_compte_once",
        f.MontantCompteIndividuelFactory,
        {},
        {"component": "mission"},
        _same_accompagnateur(f.MontantCompteIndividuelFactory),
    ),
    Case(
        "montant_compte_month_by_its_first_day",
        f.MontantCompteIndividuelFactory,
        {"month": dt.date(2025, 4, 2)},
        first=_worker,
    ),
    Case(
        "montant_compte_aid_positive",
        f.MontantCompteIndividuelFactory,
        {"component": "autres_aides", "amount": Decimal("-0.01")},
        {"amount": Decimal("-0.01")},
        _worker,
    ),
    Case(
        "montant_compte_yearly_has_payment_date",
        f.MontantCompteIndividuelFactory,
        MAY,
        MAY | {"paid_on": dt.date(2025, 5, 30)},
        _worker,
    ),
    Case(
        "compte_individuel_one_in_force",
        f.CompteIndividuelFactory,
        {},
        {"replaced": True},
        _same_accompagnateur(f.CompteIndividuelFactory),
    ),
    Case("fichier_depose_once_per_rank", f.FichierDeposeFactory, {"rank": 1}, {"rank": 2}, _same_drop),
    Case("fichier_depose_refused_says_why", f.FichierDeposeFactory, {"message": ""}, first=_drop),
    Case(
        "fichier_depose_refused_says_why",
        f.FichierDeposeFactory,
        {"issue": "nouvelle"},
        {"issue": "refusee"},
        _drop,
    ),
    Case(
        "import_comptes_applied_at_iff_applied",
        f.ImportComptesFactory,
        {"state": "applique"},
        {"applique": True},
        _import,
    ),
    Case("compte_individuel_plausible_year", f.CompteIndividuelFactory, {"year": 26}, {"year": 2026}, _accompagnateur),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_right_row_comes_in(case):
    if case.name == "piece_facture_once":
        facture = f.PieceFactureFactory().facture
        f.PieceFactureFactory(facture=facture)
        return
    triplets.holds(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_database_keeps_the_wrong_row_out(case):
    triplets.refused_by_the_database(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_refusal_is_a_french_sentence(case):
    triplets.explained_in_french(case)


def test_no_constraint_is_forgotten():
    assert {case.name for case in CASES} == triplets.constraints_of("frais")
