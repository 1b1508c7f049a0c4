"""Who keeps the agenda and when: every role × own or other enterprise, and the states that close a door."""

import datetime as dt

import pytest

from clefdevoute.records.agenda import models, policies
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from tests.records import factories_agenda as made
from tests.records.factories import EntrepriseInsertionFactory, UserFactory, actor

pytestmark = pytest.mark.django_db
KEEPERS = {Role.ACCOMPAGNATEUR, Role.SECRETARIAT}
NOW = made.at("2026-03-12 15:00")


def agrees(name, expected, *args):
    verb, _, rest = name.partition("_")
    assert getattr(policies, f"can_{name}")(*args) is expected
    check = getattr(policies, f"check_{CHECKS[verb]}" + (f"_{rest}" if rest else ""))
    if expected:
        check(*args)
        return
    with pytest.raises(AccessDenied) as refusal:
        check(*args)
    assert str(refusal.value).endswith(".")


CHECKS = {
    "read": "reads",
    "write": "writes",
    "move": "moves",
    "settle": "settles",
    "correct": "corrects",
    "enrol": "enrols",
    "tick": "ticks",
    "change": "changes",
    "convoke": "convokes",
    "feed": "feeds",
    "revoke": "revokes",
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
def test_matrix(role, own):
    planned = made.RendezVousFactory()
    entreprise = planned.entreprise
    shared = {"accompagnateur": planned.accompagnateur}
    who = actor(role, entreprise if own else EntrepriseInsertionFactory())
    keeps = own and role in KEEPERS
    agrees("read", keeps, who, entreprise.pk)
    agrees("write", keeps, who, entreprise.pk)
    agrees("move", keeps, who, planned)
    agrees("settle", keeps, who, planned)
    held = made.RendezVousFactory(travailleur=planned.travailleur, starts_at=made.at("2026-02-01 09:00"), realise=True)
    agrees("correct", keeps, who, held)
    seance = made.SeanceFactory(**shared)
    agrees("enrol", keeps, who, seance)
    agrees("tick", keeps, who, seance, NOW)
    agrees("convoke", keeps, who, planned)
    agrees("change_empechement", keeps, who, made.EmpechementFactory(travailleur=planned.travailleur))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("herself", [True, False], ids=["herself", "colleague"])
def test_a_feed_is_opened_and_revoked_by_her_whose_agenda_it_is(role, herself):
    user = UserFactory()
    flux = made.FluxAgendaFactory(**({"accompagnateur__user": user} if herself else {}))
    who = actor(role, flux.entreprise, user=user)
    keeps = herself and role is Role.ACCOMPAGNATEUR
    agrees("feed", keeps, who, flux.accompagnateur)
    agrees("revoke", keeps, who, flux)
    assert models.FluxAgenda.objects.visible_to(who).exists() is keeps


@pytest.mark.parametrize("state", ["realise", "refuse", "absent", "excuse", "annule"])
def test_what_is_settled_is_corrected_and_neither_moved_nor_announced(state):
    row = made.RendezVousFactory(**{state: True})
    who = actor(Role.SECRETARIAT, row.entreprise)
    for name in ("move", "settle", "convoke"):
        agrees(name, False, who, row)
    agrees("correct", True, who, row)


def test_what_was_postponed_is_corrected_in_its_successor():
    new = made.RendezVousFactory(starts_at=made.at("2026-04-01 09:00"))
    old = made.RendezVousFactory(travailleur=new.travailleur, status="reporte", settled_at=made.NOTED, postponed_to=new)
    agrees("correct", False, actor(Role.ACCOMPAGNATEUR, old.entreprise), old)
    agrees("correct", False, actor(Role.ACCOMPAGNATEUR, old.entreprise), new)


def test_attendance_waits_for_its_day_and_never_opens_on_a_cancelled_seance():
    seance = made.SeanceFactory()
    who = actor(Role.SECRETARIAT, seance.entreprise)
    agrees("tick", False, who, seance, NOW - dt.timedelta(days=1))
    agrees("tick", True, who, seance, made.at("2026-03-12 08:00"))
    gone = made.SeanceFactory(accompagnateur=seance.accompagnateur, annulee=True)
    agrees("enrol", False, who, gone)
    agrees("tick", False, who, gone, NOW)


def test_what_was_withdrawn_or_revoked_stays_so():
    row = made.EmpechementFactory(withdrawn_at=made.NOTED)
    agrees("change_empechement", False, actor(Role.ACCOMPAGNATEUR, row.entreprise), row)
    flux = made.FluxAgendaFactory(revoked_at=made.NOTED)
    agrees("revoke", False, actor(Role.ACCOMPAGNATEUR, flux.entreprise, user=flux.accompagnateur.user), flux)


MAKERS = [
    made.RendezVousFactory,
    made.SeanceFactory,
    made.PresenceFactory,
    made.EmpechementFactory,
    made.CourrielFactory,
    made.ConvocationFactory,
]


@pytest.mark.parametrize("make", MAKERS, ids=lambda one: one._meta.model.__name__)
@pytest.mark.parametrize("role", list(Role))
def test_rows_are_seen_by_accompagnateurs_and_secretariat_of_the_enterprise_alone(make, role):
    row = make()
    rows = type(row).objects
    assert rows.visible_to(actor(role, row.entreprise)).filter(pk=row.pk).exists() is (role in KEEPERS)
    assert not rows.visible_to(actor(role, EntrepriseInsertionFactory())).exists()
    assert not rows.visible_to(actor(role)).exists()
