"""A place taken back before the day, a signed sheet joined after it: with a trace, and nothing else undone."""

import pytest

from clefdevoute.records.agenda.actions import feuilles, seances
from clefdevoute.records.agenda.models import FeuillePresence, Presence
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent, Change
from tests.records.factories import ProofFileFactory, actor
from tests.records.factories_agenda import PresenceFactory, at

pytestmark = pytest.mark.django_db
NOW = at("2026-03-12 16:00")


@pytest.fixture
def place():
    return PresenceFactory()


@pytest.fixture
def who(place):
    return actor(Role.SECRETARIAT, place.entreprise)


def test_a_place_is_taken_back_with_its_trace(place, who):
    feuilles.desinscrire(presence=place, by=who, now=NOW)
    assert not Presence.objects.visible_to(who).exists()
    assert Change.objects.filter(field="travailleur", new=None).get().old == str(place.travailleur_id)


def test_what_was_ticked_is_corrected_never_taken_back(place, who):
    seances.pointer_presences(seance=place.seance, statuses={place.travailleur_id: "present"}, by=who, now=NOW)
    with pytest.raises(RowRefused, match=r"déjà notée \(présent\)"):
        feuilles.desinscrire(presence=place, by=who, now=NOW)


def test_a_signed_sheet_is_joined_from_the_day_on_and_withdrawn_without_losing_it(place, who):
    proof = ProofFileFactory(entreprise=place.entreprise)
    with pytest.raises(AccessDenied, match="ce jour-là au plus tôt"):
        feuilles.joindre_feuille(seance=place.seance, proof=proof, by=who, now=at("2026-03-11 16:00"))
    row = feuilles.joindre_feuille(seance=place.seance, proof=proof, by=who, now=NOW)
    with pytest.raises(RowRefused, match="déjà joint"):
        feuilles.joindre_feuille(seance=place.seance, proof=proof, by=who, now=NOW)
    feuilles.retirer_feuille(feuille=row, by=who, now=NOW)
    assert FeuillePresence.objects.visible_to(who).get().withdrawn_at == NOW
    with pytest.raises(RowRefused, match="déjà retirée"):
        feuilles.retirer_feuille(feuille=row, by=who, now=NOW)
    assert AuditEvent.objects.filter(event__startswith="agenda.feuille_").count() == 2


def test_a_file_of_another_enterprise_is_refused(place, who):
    with pytest.raises(RowRefused, match="autre entreprise"):
        feuilles.joindre_feuille(seance=place.seance, proof=ProofFileFactory(), by=who, now=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ACCOMPAGNATEUR, Role.SECRETARIAT}])
def test_nobody_else_does_either(place, role):
    other = actor(role, place.entreprise)
    with pytest.raises(AccessDenied):
        feuilles.desinscrire(presence=place, by=other, now=NOW)
    assert not FeuillePresence.objects.visible_to(other).exists()
