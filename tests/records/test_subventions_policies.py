"""Who moves a year's file and when: every role × own or other enterprise × state, and each refusal a sentence."""

from pathlib import Path

import pytest

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.subventions import policies
from clefdevoute.records.subventions.etats import LABELS, OWNERS, TRANSITIONS, Side, as_page
from clefdevoute.records.subventions.models import Subvention
from tests.records import factories_frais as f
from tests.records.factories import EntrepriseInsertionFactory, actor
from tests.records.test_frais_policies import SEES

pytestmark = pytest.mark.django_db
S = Subvention.State
BEFORE = {S.CONTRAT_TRANSMIS, S.AVANCE_DECIDEE, S.AVANCE_LIQUIDEE, S.PIECES_DEMANDEES}
WHEN = {
    "submit": BEFORE | {S.CORRECTION_DEMANDEE},
    "freeze": BEFORE | {S.CORRECTION_DEMANDEE},
    "declare": BEFORE | {S.CORRECTION_DEMANDEE},
    "renounce": {S.CONTRAT_TRANSMIS, S.AVANCE_DECIDEE},
    "note": {one.origin for one in TRANSITIONS if one.noted},
    "record_grant": BEFORE,
    "record_movement": set(S) - {S.CLOTUREE, S.SANS_SUITE},
}


def agrees(name, who, row, expected):
    assert getattr(policies, f"can_{name}")(who, row) is expected
    check = getattr(policies, f"check_can_{name}")
    if expected:
        check(who, row)
        return
    with pytest.raises(AccessDenied) as refusal:
        check(who, row)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", sorted(WHEN))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
def test_file_matrix(name, role, own):
    row = f.SubventionFactory()
    who = actor(role, row.entreprise if own else EntrepriseInsertionFactory())
    for state in S:
        row.state = state
        agrees(name, who, row, role is Role.GESTIONNAIRE and own and state in WHEN[name])


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("target", list(S))
def test_only_what_a_letter_can_say_after_a_state_is_noted(state, target):
    row = f.SubventionFactory.build(entreprise=EntrepriseInsertionFactory(), state=state)
    who = actor(Role.GESTIONNAIRE, row.entreprise)
    expected = any(one.origin == state and one.target == target and one.noted for one in TRANSITIONS)
    try:
        policies.check_can_note_as(who, row, target)
    except AccessDenied:
        assert not expected
    else:
        assert expected


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("chef", [True, False])
@pytest.mark.parametrize("replaced", [True, False])
@pytest.mark.parametrize("signed", [True, False])
def test_signature_matrix(role, own, chef, replaced, signed):
    """One cell in sixty-four: the head of this enterprise, once, on the declaration in force."""
    row = f.DeclarationHonneurFactory(replaced=replaced, signee=signed)
    given = ("chef_entreprise",) if chef and role is Role.GESTIONNAIRE else ()
    who = actor(role, row.entreprise if own else EntrepriseInsertionFactory(), permissions=given)
    agrees("sign", who, row, bool(given) and own and not replaced and not signed)
    agrees("post", who, row, role is Role.GESTIONNAIRE and own and signed and not replaced)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
def test_ledger_and_preparation_matrix(role, own):
    row = f.AideDeMinimisFactory()
    who = actor(role, row.entreprise if own else EntrepriseInsertionFactory())
    allowed = role is Role.GESTIONNAIRE and own
    assert policies.can_keep_ledger(who, row.entreprise_id) is allowed
    assert policies.can_prepare(who, row.entreprise_id) is allowed


def test_every_state_has_two_labels_and_an_owner_and_can_be_reached():
    assert set(LABELS) == set(OWNERS) == set(S)
    assert {one.target for one in TRANSITIONS} == set(S)
    assert all(own and other for own, other in LABELS.values())


def test_nobody_moves_out_of_an_ended_file_and_only_then_is_there_no_owner():
    ended = {state for state, owner in OWNERS.items() if owner is None}
    assert ended == set(S) - {one.origin for one in TRANSITIONS}


def test_the_owner_of_a_state_has_a_move_to_make():
    for state, owner in OWNERS.items():
        sides = {one.side for one in TRANSITIONS if one.origin == state}
        assert owner is None or owner in sides or owner is Side.ENTREPRISE


def test_the_page_of_the_states_is_fresh():
    page = Path(__file__).resolve().parents[2] / "docs/reference/etats-subvention.md"
    assert page.read_text(encoding="utf-8") == as_page()


ROWS = [f.SubventionFactory, f.MouvementFactory, f.AideDeMinimisFactory, f.DossierTransmisFactory]


@pytest.mark.parametrize("make", ROWS)
@pytest.mark.parametrize("role", list(Role))
def test_rows_are_seen_by_their_gestionnaire_the_administration_and_the_inspection(make, role):
    row = make()
    own, other = {Role.ADMINISTRATION: (True, True), **SEES}.get(role, (False, False))
    assert type(row).objects.visible_to(actor(role, row.entreprise)).filter(pk=row.pk).exists() is own
    assert type(row).objects.visible_to(actor(role, EntrepriseInsertionFactory())).filter(pk=row.pk).exists() is other
