"""Who may keep a route sheet and when: every role × own or other enterprise × own or colleague's sheet."""

import pytest

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.temps import policies
from tests.records.factories import EntrepriseInsertionFactory, UserFactory, actor
from tests.records.factories_frais import AnneeFigeeFactory
from tests.records.factories_temps import AutorisationEtrangerFactory, DeplacementFactory

pytestmark = pytest.mark.django_db


def agrees(name, who, row, expected):
    assert getattr(policies, f"can_{name}")(who, row) is expected
    check = getattr(policies, f"check_can_{name}")
    if expected:
        check(who, row)
        return
    with pytest.raises(AccessDenied) as refusal:
        check(who, row)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
@pytest.mark.parametrize("herself", [True, False], ids=["herself", "colleague"])
def test_matrix(role, own, herself):
    user = UserFactory()
    trip = DeplacementFactory(accompagnateur__user=user if herself else None)
    asked = AutorisationEtrangerFactory(accompagnateur=trip.accompagnateur)
    who = actor(role, trip.entreprise if own else EntrepriseInsertionFactory(), user=user)
    manager = own and role is Role.GESTIONNAIRE
    keeps = manager or (own and herself and role is Role.ACCOMPAGNATEUR)
    agrees("record", who, trip.accompagnateur, keeps)
    agrees("change", who, trip, keeps)
    agrees("decide", who, asked, manager)


def test_inside_a_year_already_sent_nothing_moves():
    trip = DeplacementFactory()
    asked = AutorisationEtrangerFactory(accompagnateur=trip.accompagnateur)
    AnneeFigeeFactory(entreprise=trip.entreprise)
    who = actor(Role.GESTIONNAIRE, trip.entreprise)
    agrees("change", who, trip, expected=False)
    agrees("decide", who, asked, expected=False)


def test_an_answer_is_noted_once():
    asked = AutorisationEtrangerFactory(accordee=True)
    agrees("decide", actor(Role.GESTIONNAIRE, asked.entreprise), asked, expected=False)


@pytest.mark.parametrize("make", [DeplacementFactory, AutorisationEtrangerFactory])
@pytest.mark.parametrize("role", list(Role))
def test_rows_are_seen_by_the_gestionnaire_and_the_accompagnateurs_of_the_enterprise_alone(make, role):
    row = make()
    seen = type(row).objects
    inside = role in {Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR}
    assert seen.visible_to(actor(role, row.entreprise)).filter(pk=row.pk).exists() is inside
    assert not seen.visible_to(actor(role, EntrepriseInsertionFactory())).exists()
    assert not seen.visible_to(actor(role)).exists()
    assert EntrepriseInsertion.objects.filter(pk=row.entreprise_id).exists()
