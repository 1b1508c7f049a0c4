"""Who may open a dossier, whom it is entrusted to, and the trace that an opening leaves."""

import datetime as dt
from dataclasses import replace

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.suivi import acces, dossiers, policies
from clefdevoute.records.suivi.actions import suivis
from clefdevoute.records.suivi.models import SuiviPar
from tests.records.factories import AccompagnateurFactory, EntrepriseInsertionFactory, TravailleurFactory, actor
from tests.records.factories_suivi import SuiviParFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def team():
    """Two accompagnateurs of one enterprise, with their accounts, and a person."""
    entreprise = EntrepriseInsertionFactory()
    one, two = (replace(actor(Role.ACCOMPAGNATEUR, entreprise), on=TODAY) for _ in range(2))
    nadia, hugo = (AccompagnateurFactory(entreprise=entreprise, user_id=who.user_id) for who in (one, two))
    return {
        "entreprise": entreprise,
        "one": one,
        "two": two,
        "nadia": nadia,
        "hugo": hugo,
        "person": TravailleurFactory(entreprise=entreprise),
    }


@pytest.mark.parametrize("role", Role)
def test_only_accompagnateurs_of_the_enterprise_open_a_dossier(role, team):
    who = actor(role, team["entreprise"])
    assert dossiers.travailleurs(who).exists() is (role is Role.ACCOMPAGNATEUR)
    assert policies.can_read_dossier(who, team["person"]) is (role is Role.ACCOMPAGNATEUR)
    assert not policies.can_read_dossier(actor(role, EntrepriseInsertionFactory()), team["person"])


def test_a_team_reads_every_dossier_unless_the_enterprise_chose_assigned_only(team):
    suivis.assign(
        travailleur=team["person"],
        accompagnateur=team["nadia"],
        starts_on=dt.date(2026, 1, 1),
        by=team["one"],
        now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    assert policies.can_write_dossier(team["two"], team["person"])
    team["entreprise"].assigned_only = True
    team["entreprise"].save()
    assert policies.can_write_dossier(team["one"], team["person"])
    with pytest.raises(AccessDenied, match="suivi par un collègue"):
        policies.check_reads_dossier(team["two"], team["person"])


def test_a_releve_opens_until_its_last_day(team):
    team["entreprise"].assigned_only = True
    team["entreprise"].save()
    SuiviParFactory(
        travailleur=team["person"],
        accompagnateur=team["hugo"],
        kind="releve",
        starts_on=TODAY - dt.timedelta(days=3),
        ends_on=TODAY,
    )
    assert policies.can_read_dossier(team["two"], team["person"])
    assert not policies.can_read_dossier(replace(team["two"], on=TODAY + dt.timedelta(days=1)), team["person"])
    assert not policies.can_read_dossier(replace(team["two"], on=None), team["person"])


def test_a_new_referent_ends_the_former_one_the_day_before(team, now):
    common = {"travailleur": team["person"], "by": team["one"], "now": now}
    suivis.assign(accompagnateur=team["nadia"], starts_on=dt.date(2026, 1, 1), **common)
    suivis.assign(accompagnateur=team["hugo"], starts_on=dt.date(2026, 6, 1), **common)
    rows = SuiviPar.objects.visible_to(team["one"]).order_by("starts_on")
    assert [row.ends_on for row in rows] == [dt.date(2026, 5, 31), None]
    with pytest.raises(RowRefused, match="Donnez une date plus tardive"):
        suivis.assign(accompagnateur=team["nadia"], starts_on=dt.date(2026, 6, 1), **common)


def test_a_colleague_of_another_enterprise_is_refused(team, now):
    with pytest.raises(RowRefused, match="une autre entreprise"):
        suivis.assign(
            travailleur=team["person"],
            accompagnateur=AccompagnateurFactory(),
            starts_on=TODAY,
            by=team["one"],
            now=now,
        )


def test_an_opening_is_noted_once_a_day_and_shown_with_its_name(team, now):
    for moment in (now, now + dt.timedelta(hours=2), now + dt.timedelta(days=1)):
        acces.opened(team["person"], by=team["one"], now=moment)
    acces.opened(team["person"], by=team["two"], now=now)
    events = list(acces.openings(team["person"]))
    assert len(events) == 3
    shown = acces.named(events)
    assert shown[0].role == "Accompagnateur social"
    assert len({one.name for one in shown}) == 2
