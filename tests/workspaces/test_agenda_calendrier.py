"""The week and the day: order, filters, holidays, two hundred appointments; attendance of a séance."""

import datetime as dt

import pytest

from clefdevoute.records.agenda.models import Presence, RendezVous
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.ids import uuid7
from tests import clock
from tests.records.factories import EntrepriseInsertionFactory
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.workspaces.agenda_gestes import TODAY, soup, staff, text, worker
from tests.workspaces.conftest import assert_swap_equals_reload, at_most

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def around():
    with clock.at(f"{TODAY}T12:00"):
        yield


@pytest.fixture
def client(sign_in, entreprise):
    return sign_in(Role.SECRETARIAT, entreprise)


@pytest.fixture
def nadia(entreprise):
    return staff(entreprise, name="Lambert")


def meeting(nadia, when, **fields):
    person = fields.pop("travailleur", None) or worker(nadia.entreprise, **fields.pop("person", {}))
    return RendezVousFactory(travailleur=person, accompagnateur=nadia, starts_at=at(when), **fields)


def names(page) -> list[str]:
    return [one.get_text(strip=True) for one in soup(page).select("#calendrier tbody th")]


def test_a_week_goes_from_monday_to_friday_and_shows_a_week_end_only_when_something_stands_there(client, nadia):
    meeting(nadia, "2026-11-23 09:00", person={"name": "Bah"})
    meeting(nadia, "2026-11-23 08:00", person={"name": "Adam"})
    meeting(nadia, "2026-11-30 09:00", person={"name": "Hors"})
    SeanceFactory(accompagnateur=nadia, starts_at=at("2026-11-25 14:00"), title="Réunion d’équipe")
    page = client.get("/agenda/")
    assert names(page) == ["Adam Éloïse", "Bah Éloïse", "Réunion d’équipe"]
    titles = [one.get_text(strip=True) for one in soup(page).select("#calendrier h2")]
    assert titles[0].replace("\xa0", " ") == "Lundi 23 novembre"
    assert len(titles) == 5
    meeting(nadia, "2026-11-28 09:00")
    assert len(soup(client.get("/agenda/")).select("#calendrier h2")) == 6


def test_holidays_today_and_what_is_to_confirm_are_said_in_words(client, nadia):
    meeting(nadia, "2026-11-23 09:00")
    shown = text(client.get("/agenda/"))
    assert "Aujourd’hui" in shown
    assert "À confirmer" in shown
    assert "Jour férié : Noël" in text(client.get("/agenda/?le=2026-12-25"))


def test_moving_keeps_the_filters_and_comes_back_to_today(client, nadia):
    page = client.get(f"/agenda/?le=2026-11-30&accompagnateur={nadia.pk}&site=Namur")
    links = [one["href"] for one in soup(page).select("#calendrier .cv-cluster a")]
    assert links == [
        f"/agenda/?le={day}&accompagnateur={nadia.pk}&site=Namur" for day in ("2026-11-23", "2026-11-23", "2026-12-07")
    ]


def test_filters_by_accompagnateur_and_site(client, nadia):
    other = staff(nadia.entreprise, name="Maes")
    meeting(nadia, "2026-11-23 09:00", person={"name": "Adam", "site": "Namur"})
    meeting(other, "2026-11-23 10:00", person={"name": "Bah", "site": "Liège"})
    place = PresenceFactory(
        seance=SeanceFactory(accompagnateur=other, starts_at=at("2026-11-24 10:00"), title="Atelier"),
        travailleur=RendezVous.objects.get(accompagnateur=other).travailleur,
    )
    assert place
    assert names(client.get(f"/agenda/?accompagnateur={nadia.pk}")) == ["Adam Éloïse"]
    assert names(client.get("/agenda/?site=Liège")) == ["Bah Éloïse", "Atelier"]
    assert names(client.get("/agenda/?site=Namur")) == ["Adam Éloïse"]
    assert len(names(client.get("/agenda/?accompagnateur=nimporte"))) == 3


def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(client, nadia):
    meeting(nadia, "2026-11-23 09:00", person={"name": "Adam"})
    for url in ("/agenda/?le=31/02/2026", "/agenda/jour/?le=bientôt"):
        page = client.get(url)
        assert page.status_code == 200
        assert soup(page).select_one("#f-le_error") is not None
        assert "Adam" in text(page)


def test_the_day_swapped_equals_the_day_reloaded(client, nadia):
    meeting(nadia, "2026-11-24 09:00")
    before = client.get("/agenda/jour/").content
    url = "/agenda/jour/?le=24/11/2026"
    swapped = client.get(url, headers={"HX-Request": "true"}).content
    was, will = b'value="23/11/2026"', b'value="24/11/2026"'
    assert_swap_equals_reload(client, url, before.replace(was, will), swapped, "#calendrier")
    before = client.get("/agenda/").content
    swapped = client.get("/agenda/?le=24/11/2026", headers={"HX-Request": "true"}).content
    assert_swap_equals_reload(client, "/agenda/?le=24/11/2026", before.replace(was, will), swapped, "#calendrier")


def test_a_neighbour_s_agenda_stays_next_door(client, nadia):
    meeting(staff(EntrepriseInsertionFactory(), name="Voisin"), "2026-11-23 09:00", person={"name": "Ailleurs"})
    shown = text(client.get("/agenda/"))
    assert "Ailleurs" not in shown
    assert "Voisin" not in shown


def test_a_week_of_two_hundred_appointments_asks_no_more_than_one(client, nadia):
    people = [worker(nadia.entreprise) for _ in range(10)]
    rows = []
    for number in range(200):
        start = at("2026-11-23 08:00") + dt.timedelta(days=number % 5, minutes=10 * (number // 5))
        row = RendezVousFactory.build(
            travailleur=people[number % 10], accompagnateur=nadia, starts_at=start, duration_min=10, realise=True
        )
        row.id = uuid7()
        rows.append(row)
    RendezVous.objects.bulk_create(rows)
    with at_most(12):
        page = client.get("/agenda/")
    assert page.context["count"] == 200
    with at_most(12):
        client.get("/agenda/jour/")


def test_the_secretariat_lands_on_today_with_its_own_rail(client, nadia):
    meeting(nadia, "2026-11-23 09:00")
    page = client.get("/accueil/", follow=True)
    assert page.redirect_chain[-1][0] == "/agenda/jour/"
    rail = soup(page).select_one(".cv-nav")
    assert "Le contenu" in rail.get_text() or "scellé" in rail.get_text()
    count = rail.find("a", href="/agenda/a-confirmer/").select_one(".cv-nav__n").get_text()
    assert int(count) == client.get("/agenda/a-confirmer/").context["page"].count == 1
    assert "/suivi/" not in page.content.decode()


def test_attendance_is_ticked_for_everybody_at_once(client, nadia):
    seance = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-11-23 09:00"))
    rows = [PresenceFactory(seance=seance, travailleur=worker(nadia.entreprise)) for _ in range(12)]
    page = client.get(f"/agenda/seances/{seance.pk}/")
    assert len(soup(page).select("fieldset")) == 12
    ticks = {f"p-{row.pk}": "present" if n else "excuse" for n, row in enumerate(rows)}
    done = client.post(f"/agenda/seances/{seance.pk}/", ticks, follow=True)
    assert "Présences notées" in text(done)
    assert Presence.objects.filter(seance=seance, status="present").count() == 11
    seance.refresh_from_db()
    assert seance.status == "realise"
    wrong = client.post(f"/agenda/seances/{seance.pk}/", ticks | {f"p-{rows[0].pk}": "venu"})
    assert wrong.status_code == 409
    assert "n’est pas une présence" in text(wrong)


def test_a_seance_to_come_is_read_and_not_ticked(client, nadia):
    place = PresenceFactory(seance__accompagnateur=nadia, seance__starts_at=at("2026-11-24 09:00"))
    url = f"/agenda/seances/{place.seance_id}/"
    assert soup(client.get(url)).select("input[type=radio]") == []
    assert client.post(url, {f"p-{place.pk}": "present"}).status_code == 409
