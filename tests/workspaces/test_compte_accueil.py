"""The home of a role whose pages are still to come says what to do meanwhile, and offers nothing that leads nowhere."""

import pytest

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import User
from tests.records.factories import AffectationFactory
from tests.workspaces.couts_gestes import text

pytestmark = pytest.mark.django_db
WAITING = [Role.ADMINISTRATION, Role.INSPECTION, Role.TRAVAILLEUR, Role.FEDERATION, Role.SUPPORT]


@pytest.mark.parametrize("role", WAITING)
def test_a_role_without_pages_is_led_to_what_is_open(sign_in, entreprise, role):
    client = sign_in(role, entreprise)
    page = client.get("/accueil/")
    assert "Votre espace n’est pas encore ouvert" in text(page)
    assert "Prendre un autre rôle" not in text(page)
    assert all(client.get(path).status_code == 200 for path in ("/simulateur", "/regles/"))


def test_a_second_role_is_offered(sign_in, entreprise):
    client = sign_in(Role.INSPECTION, entreprise)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    AffectationFactory(role=Role.FEDERATION.value, entreprise=None, user=user)
    assert "Prendre un autre rôle" in text(client.get("/accueil/", follow=True))


def test_a_worker_is_told_whom_to_ask(sign_in, entreprise):
    assert "Demandez à la personne qui vous accompagne" in text(sign_in(Role.TRAVAILLEUR, entreprise).get("/accueil/"))
