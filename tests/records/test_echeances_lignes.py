"""The frame of *Aujourd'hui*: bands, names, order, counts, and the wall around other people's dossiers."""

import datetime as dt
import uuid

import pytest

from clefdevoute.records.echeances import aujourdhui
from clefdevoute.records.echeances.lignes import Bande, Genre, Ligne, Portee, dimanche
from clefdevoute.records.foundation.access import Role
from tests.records.echeances_gestes import MONDAY, portee
from tests.records.factories import (
    AccompagnateurFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    UserFactory,
    actor,
)
from tests.records.factories_suivi import SuiviParFactory
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
SUNDAY = dt.date(2026, 11, 29)


def line(due_on, *, travailleur=None, **fields):
    given = {
        "genre": Genre.ACTION,
        "source": "essai",
        "subject_id": uuid.uuid4(),
        "before": "Appeler",
        "act": "Appeler",
    }
    given |= {"url_name": "accompagnateur:dossier"}
    return Ligne(due_on=due_on, travailleur_id=travailleur and travailleur.pk, **(given | fields))


@pytest.mark.parametrize(
    ("day", "band"),
    [
        (MONDAY - dt.timedelta(days=1), Bande.EN_RETARD),
        (MONDAY, Bande.CETTE_SEMAINE),
        (SUNDAY, Bande.CETTE_SEMAINE),
        (SUNDAY + dt.timedelta(days=1), Bande.CE_MOIS),
        (dt.date(2026, 12, 23), Bande.CE_MOIS),
        (dt.date(2026, 12, 24), None),
    ],
)
def test_each_day_has_its_band(day, band):
    """Late before today, this week until Sunday, this month until thirty days: both ends included."""
    assert line(day).bande(MONDAY) == band


def test_a_sunday_ends_its_own_week():
    assert dimanche(SUNDAY) == SUNDAY
    assert line(SUNDAY).bande(SUNDAY) == Bande.CETTE_SEMAINE
    assert line(SUNDAY + dt.timedelta(days=1)).bande(SUNDAY) == Bande.CE_MOIS


def test_lines_are_named_sorted_and_counted():
    person = TravailleurFactory(name="Boisclair", first_name="Samira")
    other = TravailleurFactory(entreprise=person.entreprise, name="Adelard", first_name="Kofi")
    lines = [
        line(MONDAY, travailleur=person, at=dt.datetime(2026, 11, 23, 13, tzinfo=dt.UTC)),
        line(MONDAY, travailleur=other, at=dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)),
        line(MONDAY - dt.timedelta(days=3), who="CPAS de Valdigny"),
        line(MONDAY + dt.timedelta(days=31), travailleur=person),
    ]
    here = portee(person.entreprise)
    found = aujourdhui.lignes(here, [lambda _: lines])
    assert [one.who for one in found.toutes()] == ["CPAS de Valdigny", "Kofi Adelard", "Samira Boisclair"]
    assert (
        aujourdhui.comptes(here, [lambda _: lines])
        == {band: len(found.bandes[band]) for band in Bande}
        == {Bande.EN_RETARD: 1, Bande.CETTE_SEMAINE: 2, Bande.CE_MOIS: 0}
    )
    assert found.count == 3


def test_a_line_about_another_enterprise_is_dropped():
    """Even a source that forgot its filter shows nobody else's person."""
    stranger = TravailleurFactory()
    found = aujourdhui.lignes(portee(EntrepriseInsertionFactory()), [lambda _: [line(MONDAY, travailleur=stranger)]])
    assert found.count == 0


def test_assigned_only_hides_the_persons_of_a_colleague():
    entreprise = EntrepriseInsertionFactory(assigned_only=True)
    mine = SuiviParFactory(travailleur__entreprise=entreprise, accompagnateur__user=UserFactory())
    theirs = SuiviParFactory(travailleur__entreprise=entreprise)
    user = mine.accompagnateur.user
    lines = [line(MONDAY, travailleur=one.travailleur) for one in (mine, theirs)]
    found = aujourdhui.lignes(portee(entreprise, user=user), [lambda _: lines])
    assert [one.travailleur_id for one in found.toutes()] == [mine.travailleur_id]


def test_mine_are_those_i_follow_and_those_nobody_follows():
    entreprise = EntrepriseInsertionFactory()
    me = AccompagnateurFactory(entreprise=entreprise, user=UserFactory())
    mine = SuiviParFactory(travailleur__entreprise=entreprise, accompagnateur=me).travailleur
    theirs = SuiviParFactory(travailleur__entreprise=entreprise).travailleur
    handed_over = SuiviParFactory(
        travailleur__entreprise=entreprise, accompagnateur=me, ends_on=MONDAY - dt.timedelta(days=1)
    ).travailleur
    SuiviParFactory(travailleur=handed_over, starts_on=MONDAY)
    nobodys = TravailleurFactory(entreprise=entreprise)
    people = [mine, theirs, handed_over, nobodys]

    def source(_):
        return [line(MONDAY, travailleur=one) for one in people]

    team = aujourdhui.lignes(portee(entreprise, user=me.user), [source])
    own = aujourdhui.lignes(portee(entreprise, user=me.user, miens=True), [source])
    assert team.count == 4
    assert {one.travailleur_id for one in own.toutes()} == {mine.pk, nobodys.pk}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOMPAGNATEUR])
def test_no_other_role_is_told_anything(role):
    contract = EngagementFactory(ends_on=MONDAY + dt.timedelta(days=60))
    entreprise = contract.entreprise if role in {Role.SECRETARIAT, Role.GESTIONNAIRE, Role.TRAVAILLEUR} else None
    here = Portee.of(actor(role, entreprise, on=MONDAY), as_of=MONDAY)
    assert here is None or aujourdhui.lignes(here).count == 0


def test_naming_asks_as_often_whatever_the_number():
    person = TravailleurFactory()
    many = [line(MONDAY, travailleur=TravailleurFactory(entreprise=person.entreprise)) for _ in range(30)]
    here = portee(person.entreprise)
    with at_most(2):
        assert aujourdhui.lignes(here, [lambda _: many]).count == 30
