"""Who may touch costs and when: every role × own or other enterprise × state, and the refusal beside each no."""

import datetime as dt

import pytest

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.models import Facture
from tests.records import factories_frais as f
from tests.records.factories import EntrepriseInsertionFactory, actor

pytestmark = pytest.mark.django_db
STATES = list(Facture.State)
S = Facture.State
WHEN = {
    "impute": {S.A_IMPUTER, S.IMPUTEE},
    "put_aside": {S.A_IMPUTER, S.IMPUTEE, S.HORS_PERIODE, S.CONFLIT},
    "take_back": {S.ECARTEE, S.HORS_PERIODE},
    "resolve": {S.CONFLIT},
    "correct": {S.A_IMPUTER, S.HORS_PERIODE},
    "complete": {S.A_IMPUTER, S.IMPUTEE, S.HORS_PERIODE},
}


def pair(name):
    return getattr(policies, f"check_can_{name}"), getattr(policies, f"can_{name}")


def agrees(name, who, row, expected):
    """The button and the refusal never disagree, and the refusal is a sentence."""
    check, can = pair(name)
    assert can(who, row) is expected
    if expected:
        check(who, row)
        return
    with pytest.raises(AccessDenied) as refusal:
        check(who, row)
    assert str(refusal.value).endswith(".")


def in_state(state):
    facture = f.FactureFactory()
    facture.state = state
    return facture


@pytest.mark.parametrize("name", sorted(WHEN))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
def test_invoice_matrix(name, role, own):
    for state in STATES:
        facture = in_state(state)
        who = actor(role, facture.entreprise if own else EntrepriseInsertionFactory())
        agrees(name, who, facture, role is Role.GESTIONNAIRE and own and state in WHEN[name])


@pytest.mark.parametrize("name", ["impute", "correct", "complete"])
def test_inside_a_year_already_sent_nothing_moves(name):
    facture = in_state(S.A_IMPUTER)
    f.AnneeFigeeFactory(entreprise=facture.entreprise)
    agrees(name, actor(Role.GESTIONNAIRE, facture.entreprise), facture, expected=False)


def test_both_ends_of_a_year_already_sent_are_in_it():
    year = f.AnneeFigeeFactory()
    days = {dt.date(2025, 3, 14): False, year.start: True, year.end: True, dt.date(2026, 3, 15): False}
    assert {day: bool(policies.frozen_year(year.entreprise_id, day)) for day in days} == days
    assert policies.frozen_year(EntrepriseInsertionFactory().pk, year.start) is None


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
def test_keys_charges_and_amounts_matrix(role, own):
    key = f.CleRepartitionFactory()
    who = actor(role, key.entreprise if own else EntrepriseInsertionFactory())
    allowed = role is Role.GESTIONNAIRE and own
    charge = f.ChargeRecurrenteFactory(entreprise=key.entreprise, cle=key)
    amount = f.MontantCompteIndividuelFactory(accompagnateur__entreprise=key.entreprise)
    agrees("revise", who, key, allowed)
    agrees("change_charge", who, charge, allowed)
    agrees("erase_amount", who, amount, allowed)
    assert policies.can_write(who, key.entreprise_id) is allowed


def test_a_closed_key_is_not_revised():
    key = f.CleRepartitionFactory(closed=True)
    agrees("revise", actor(Role.GESTIONNAIRE, key.entreprise), key, expected=False)


def test_an_amount_of_a_year_already_sent_is_not_erased():
    amount = f.MontantCompteIndividuelFactory()
    f.AnneeFigeeFactory(entreprise=amount.entreprise)
    agrees("erase_amount", actor(Role.GESTIONNAIRE, amount.entreprise), amount, expected=False)


def test_what_an_electronic_file_says_is_not_corrected():
    facture = f.FactureFactory(ubl=True)
    agrees("correct", actor(Role.GESTIONNAIRE, facture.entreprise), facture, expected=False)


SEES = {Role.GESTIONNAIRE: (True, False), Role.INSPECTION: (True, True)}


ROWS = [f.FactureFactory, f.LigneFraisFactory, f.CompteIndividuelFactory, f.VersionCleFactory]


@pytest.mark.parametrize("make", ROWS)
@pytest.mark.parametrize("role", list(Role))
def test_rows_are_seen_by_the_gestionnaire_of_the_enterprise_and_the_inspection_alone(make, role):
    row = make()
    model = type(row)
    own, other = SEES.get(role, (False, False))
    assert model.objects.visible_to(actor(role, row.entreprise)).filter(pk=row.pk).exists() is own
    assert model.objects.visible_to(actor(role, EntrepriseInsertionFactory())).filter(pk=row.pk).exists() is other
    assert model.objects.visible_to(actor(role)).filter(pk=row.pk).exists() is other
