"""« Assigned only » in the agenda: time taken without name or reason, and every way in closed."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from clefdevoute.records.foundation.access import Role
from tests.records.factories import AccompagnateurFactory, AffectationFactory, EngagementFactory
from tests.records.factories_agenda import CourrielFactory, EmpechementFactory, RendezVousFactory
from tests.records.factories_suivi import SuiviParFactory
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 25)
PLACE = "Bureau de Gembloux"


@pytest.fixture(autouse=True)
def around():
    with on_day(str(DAY)):
        yield


def of(entreprise, name):
    return EngagementFactory(travailleur__entreprise=entreprise, travailleur__name=name).travailleur


def planned(person, who, hour, **more):
    starts_at = timezone.make_aware(dt.datetime.combine(DAY, dt.time(hour)))
    return RendezVousFactory(travailleur=person, accompagnateur=who, starts_at=starts_at, **more)


@pytest.fixture
def nadia(entreprise):
    held = AffectationFactory(role=Role.ACCOMPAGNATEUR.value, entreprise=entreprise)
    return AccompagnateurFactory(entreprise=entreprise, user=held.user, name="Nadia")


@pytest.fixture
def suivi(nadia):
    client = Client()
    client.force_login(nadia.user)
    return client


@pytest.fixture
def dates(entreprise, nadia):
    """Give an appointment of a person she follows, one of a person she does not, one she holds for a colleague."""
    thomas = AccompagnateurFactory(entreprise=entreprise, name="Thomas")
    mine, other, borrowed = (of(entreprise, name) for name in ("Suivie", "Autrui", "Prêtée"))
    SuiviParFactory(travailleur=mine, accompagnateur=nadia, starts_on=dt.date(2026, 1, 1))
    return (
        planned(mine, thomas, 9),
        planned(other, thomas, 10, place=PLACE, kind="visite"),
        planned(borrowed, nadia, 11),
    )


def narrow(entreprise):
    entreprise.assigned_only = True
    entreprise.save()


def test_without_the_option_everybody_of_the_team_is_named(suivi, dates):
    page = suivi.get(f"/agenda/?le={DAY}").content.decode()
    assert all(name in page for name in ("Suivie", "Autrui", "Prêtée", PLACE))


@pytest.mark.parametrize("address", [f"/agenda/?le={DAY}", f"/agenda/jour/?le={DAY}"])
def test_with_it_the_others_are_time_taken_without_name_place_or_reason(suivi, entreprise, dates, address):
    narrow(entreprise)
    page = suivi.get(address).content.decode()
    assert "Suivie" in page
    assert "Prêtée" in page
    assert "Occupé" in page
    assert "Thomas" in page
    for hidden in ("Autrui", PLACE, "Visite sur le lieu", str(dates[1].pk), str(dates[1].travailleur_id)):
        assert hidden not in page, hidden


def test_a_cancelled_one_of_theirs_takes_no_time(suivi, entreprise, dates):
    narrow(entreprise)
    row = dates[1]
    row.status, row.cancel_reason, row.settled_at = "annule", "erreur", timezone.now()
    row.save()
    assert "Occupé" not in suivi.get(f"/agenda/?le={DAY}").content.decode()


def test_every_way_to_the_others_is_closed(suivi, entreprise, dates):
    narrow(entreprise)
    row, away = dates[1], EmpechementFactory(travailleur=dates[1].travailleur)
    person = row.travailleur_id
    for part in ("", "reporter/", "modifier/", "annuler/", "corriger/", "convocation/"):
        assert suivi.get(f"/agenda/rendez-vous/{row.pk}/{part}").status_code == 404, part
    for part in ("issue/", "convocation/lettre/", "convocation/courriel/", "convocation/sms/"):
        assert suivi.post(f"/agenda/rendez-vous/{row.pk}/{part}", {"status": "realise"}).status_code == 404, part
    for address in (
        f"/agenda/travailleurs/{person}/",
        f"/agenda/travailleurs/{person}/rendez-vous/",
        f"/agenda/travailleurs/{person}/empechement/",
        f"/agenda/empechements/{away.pk}/",
    ):
        assert suivi.get(address).status_code == 404, address
    for address in ("/agenda/travailleurs/", "/agenda/travailleurs/?q=autrui", "/agenda/a-confirmer/"):
        assert "Autrui " not in suivi.get(address).content.decode()
    assert suivi.get(f"/agenda/rendez-vous/{dates[2].pk}/").status_code == 200


def test_the_letters_of_the_others_are_not_in_the_outbox(suivi, entreprise, dates):
    suivi.post(f"/agenda/rendez-vous/{dates[1].pk}/convocation/courriel/")
    dates[1].travailleur.email = "autrui@exemple.be"
    dates[1].travailleur.save()
    suivi.post(f"/agenda/rendez-vous/{dates[1].pk}/convocation/courriel/")
    loose = CourrielFactory(entreprise=entreprise, to="sans@exemple.be")
    assert "autrui@exemple.be" in suivi.get("/agenda/boite-de-sortie/").content.decode()
    narrow(entreprise)
    page = suivi.get("/agenda/boite-de-sortie/").content.decode()
    assert "autrui@exemple.be" not in page
    assert loose.to in page


def test_the_secretariat_keeps_every_agenda(sign_in, entreprise, dates):
    narrow(entreprise)
    page = sign_in(Role.SECRETARIAT, entreprise).get(f"/agenda/?le={DAY}").content.decode()
    assert "Autrui" in page
    assert "Occupé" not in page
