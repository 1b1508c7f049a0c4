"""The agenda in Chromium: fixed by keyboard, postponed, one absent, the week, the feed; with and without a script."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from clefdevoute.records.agenda import facts
from clefdevoute.records.agenda.models import RendezVous
from tests.records.factories import (
    AccompagnateurFactory,
    AffectationFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
)
from tests.records.factories_agenda import (
    CourrielFactory,
    EmpechementFactory,
    PresenceFactory,
    RendezVousFactory,
    SeanceFactory,
)

from .conftest import dress, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def moment(days: int, hour: int) -> dt.datetime:
    """Give an hour of a day counted from today; the browser's clock is the real one."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


@pytest.fixture
def nadia():
    entreprise = EntrepriseInsertionFactory(name="Ateliers du Tilleul", phone="081 00 00 00")
    held = AffectationFactory(role="accompagnateur", entreprise=entreprise, user__name="Nadia Vermeiren")
    AffectationFactory(role="secretariat", entreprise=entreprise, user__email="accueil@exemple.be")
    who = AccompagnateurFactory(entreprise=entreprise, name="Vermeiren", user=held.user)
    for number, (first, name) in enumerate([("Sam", "Yilmaz"), ("Aïcha", "Benali"), ("Élise", "Dupont-Vanderlinden")]):
        person = TravailleurFactory(entreprise=entreprise, first_name=first, name=name, email="p@exemple.be")
        EngagementFactory(travailleur=person, site="Jambes", starts_on=timezone.localdate() - dt.timedelta(days=150))
        common = {"travailleur": person, "accompagnateur": who, "place": "Bureau du rez-de-chaussée"}
        RendezVousFactory(**common, starts_at=moment(-1, 9 + number))
        RendezVousFactory(**common, starts_at=moment(number + 1, 9), form="telephone" if number else "face_a_face")
    EmpechementFactory(travailleur=person, starts_on=timezone.localdate() - dt.timedelta(days=20))
    seance = SeanceFactory(accompagnateur=who, starts_at=moment(-2, 14), title="Entretien collectif, équipe du matin")
    PresenceFactory(seance=seance, travailleur=person)
    CourrielFactory(entreprise=entreprise)
    return who


def signed_in(page: Page, live_server, who, role: str = "accompagnateur") -> Page:
    client = Client()
    user = who.user if role == "accompagnateur" else AffectationFactory(role=role, entreprise=who.entreprise).user
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    page: Page, live_server, nadia, axe: Callable, no_overflow: Callable, small_targets: Callable, capture: Callable
):
    signed_in(page, live_server, nadia, "secretariat")
    row = RendezVous.objects.filter(status="planifie", travailleur__name="Yilmaz").latest("starts_at")
    seance = PresenceFactory._meta.model.objects.get().seance
    paths = {
        "semaine": "",
        "jour": f"jour/?le={moment(-1, 9):%Y-%m-%d}",
        "confirmer": "a-confirmer/",
        "chercher": "travailleurs/",
        "personne": f"travailleurs/{PresenceFactory._meta.model.objects.get().travailleur_id}/",
        "fixer": f"travailleurs/{row.travailleur_id}/rendez-vous/",
        "rendez-vous": f"rendez-vous/{row.pk}/",
        "annuler": f"rendez-vous/{row.pk}/annuler/",
        "convocation": f"rendez-vous/{row.pk}/convocation/",
        "empechement": f"travailleurs/{row.travailleur_id}/empechement/",
        "seance": f"seances/{seance.pk}/",
        "boite": "boite-de-sortie/",
        "flux": "flux/",
    }
    for name, path in paths.items():
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            page.goto(f"{live_server.url}/agenda/{path}")
            no_overflow(page)
            assert small_targets(page) == []
            axe(page)
            capture(page, f"agenda-{name}-{width}-{scheme}")


@pytest.mark.workspace
def test_a_week_by_keyboard_one_absent_one_postponed_and_the_feed_that_calendars_read(
    page: Page, live_server, nadia, axe: Callable
):
    signed_in(page, live_server, nadia)
    page.goto(f"{live_server.url}/agenda/travailleurs/")
    page.get_by_label("Nom, numéro ou naissance").fill("yilm")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 personne")).to_be_visible()
    tab_to(page, "Fixer : Yilmaz Sam")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Fixer un rendez-vous")).to_be_visible()
    page.locator("section", has_text="Moments libres").get_by_role("link").first.press("Enter")
    expect(page.get_by_label("Heure")).not_to_have_value("")
    page.get_by_label("Lieu").fill("Atelier")
    page.get_by_role("button", name="Fixer le rendez-vous").press("Enter")
    expect(page.get_by_text("L’échéance de l’entretien ne bouge pas")).to_be_visible()
    booked = RendezVous.objects.get(place="Atelier")

    page.get_by_role("link", name="Reporter").press("Enter")
    expect(page.get_by_role("heading", name="Reporter le rendez-vous")).to_be_visible()
    page.locator("section", has_text="Moments libres").get_by_role("link").last.press("Enter")
    page.get_by_role("button", name="Reporter").press("Enter")
    expect(page.get_by_text("Remplace celui du")).to_be_visible()
    axe(page)
    booked.refresh_from_db()
    assert (booked.status, booked.postponed_to.place) == ("reporte", "Atelier")

    page.goto(f"{live_server.url}/agenda/a-confirmer/")
    page.get_by_role("button", name="Réalisé : Yilmaz Sam").press("Enter")
    expect(page.get_by_text("Noté : réalisé, Yilmaz Sam.")).to_be_visible()
    page.get_by_role("button", name="Absent : Benali Aïcha").press("Enter")
    expect(page.get_by_text("Noté : absent, Benali Aïcha.")).to_be_visible()
    page.goto(f"{live_server.url}/agenda/?le={moment(-1, 9):%Y-%m-%d}")
    expect(page.get_by_text("Absent", exact=True).first).to_be_visible()

    page.goto(f"{live_server.url}/agenda/flux/")
    page.get_by_role("button", name="Ouvrir un flux").press("Enter")
    address = page.get_by_label("Adresse du flux").input_value()
    axe(page)
    answer = Client().get(address.removeprefix(live_server.url))
    starts = {event.decoded("dtstart") for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert booked.postponed_to.starts_at in starts

    clocks = facts.horloges(nadia.entreprise_id, as_of=timezone.localdate())
    held = {one.value.individuel.dernier for one in clocks.values()}
    assert held == {None, timezone.localdate() - dt.timedelta(days=1)}, "seul l’entretien réalisé compte"


def test_without_a_script_the_secretariat_settles_ticks_and_convokes(no_js_page: Page, live_server, nadia):
    page = signed_in(no_js_page, live_server, nadia, "secretariat")
    page.goto(f"{live_server.url}/agenda/a-confirmer/")
    page.get_by_role("button", name="Excusé : Benali Aïcha").click()
    expect(page.get_by_text("Noté : excusé, Benali Aïcha.")).to_be_visible()
    page.goto(f"{live_server.url}/agenda/seances/{SeanceFactory._meta.model.objects.get().pk}/")
    page.get_by_label("Présent").check()
    page.get_by_role("button", name="Noter les présences").click()
    expect(page.get_by_text("Présences notées.")).to_be_visible()
    row = RendezVous.objects.filter(status="planifie", travailleur__name="Yilmaz").latest("starts_at")
    page.goto(f"{live_server.url}/agenda/rendez-vous/{row.pk}/convocation/")
    with page.expect_download() as got:
        page.get_by_role("button", name="Produire la lettre").click()
    assert got.value.suggested_filename.endswith(".pdf")
