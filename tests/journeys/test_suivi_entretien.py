"""Writing an interview: by keyboard alone, through a crash, an ended session and two tabs; and without a script."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.suivi.models import Brouillon, Demarche, Entretien, NotePartagee, NoteSante
from tests.records.factories import (
    AccompagnateurFactory,
    AffectationFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    UserFactory,
)
from tests.records.factories_agenda import RendezVousFactory
from tests.records.factories_dossier import DemarcheFactory

from .conftest import dress, eventually

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TEXT = "Mireille tient seule le poste de repassage. Elle se dit épuisée depuis l’été et dort mal."
SAVED = "Brouillon enregistré"


class Helene:
    """An accompagnatrice with her session, and the person whom she meets."""

    def __init__(self) -> None:
        entreprise = EntrepriseInsertionFactory(name="Ateliers du Tilleul SC")
        self.user = UserFactory(name="Hélène Marsoul")
        AffectationFactory(user=self.user, role="accompagnateur", entreprise=entreprise)
        self.who = AccompagnateurFactory(
            entreprise=entreprise, user=self.user, first_name="Hélène", name="Marsoul", mobile="0470 12 34 56"
        )
        self.mireille = TravailleurFactory(
            entreprise=entreprise, first_name="Mireille", name="Hauterive", birth_date=dt.date(1981, 2, 17)
        )
        EngagementFactory(travailleur=self.mireille, starts_on=dt.date(2026, 1, 5))
        DemarcheFactory(travailleur=self.mireille, text="Demander les dates du module « accueil »")
        self.rdv = RendezVousFactory(
            travailleur=self.mireille,
            accompagnateur=self.who,
            starts_at=timezone.now().replace(second=0, microsecond=0) - dt.timedelta(minutes=30),
            place="Bureau, Hautpont",
        )

    def signs_in(self, page: Page, live_server) -> Page:
        """Give a browser her session."""
        client = Client()
        client.force_login(self.user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    def page_of(self, live_server, *, booked: bool = True) -> str:
        """Give the address where the interview is written."""
        query = f"?rendez_vous={self.rdv.pk}" if booked else ""
        return f"{live_server.url}/suivi/travailleurs/{self.mireille.pk}/entretiens/nouveau/{query}"


@pytest.fixture
def look(axe: Callable, no_overflow: Callable, capture: Callable) -> Callable:
    """Check a page and take its picture, at each width and theme asked."""

    def check(page: Page, name: str, *dresses: tuple[int, str]) -> None:
        for width, scheme in dresses or ((320, "light"), (1440, "light")):
            dress(page, width, scheme)
            axe(page)
            no_overflow(page)
            capture(page, f"{name}-{width}-{scheme}")

    return check


@pytest.fixture
def helene(live_server) -> Helene:
    return Helene()


class Keys:
    """A keyboard that counts what is pressed besides the words themselves."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def tab_to(self, selector: str) -> None:
        for _ in range(60):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"60 tabulations sans atteindre {selector}")

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.mark.workspace
def test_by_keyboard_alone(page: Page, live_server, helene, look: Callable, capture: Callable):
    helene.signs_in(page, live_server).goto(helene.page_of(live_server))
    look(page, "entretien", (320, "light"), (1440, "dark"), (1440, "light"))
    keys = Keys(page)
    keys.press("Tab")
    keys.press("Enter")
    keys.tab_to("input[name=themes][value=formation]")
    keys.press("Space")
    keys.tab_to("#id_note_partagee")
    keys.write(TEXT)
    expect(page.get_by_text("parle peut-être de santé")).to_be_visible()
    expect(page.locator("#brouillon-etat")).to_contain_text(SAVED)
    capture(page, "entretien-avis")
    keys.tab_to("#deplacer")
    keys.press("Enter")
    expect(page.locator("#id_note_sante")).to_have_value("Elle se dit épuisée depuis l’été et dort mal.")
    expect(page.locator("#id_note_sante")).to_be_focused()
    keys.tab_to("input[name=tenues]")
    keys.press("Space")
    keys.tab_to("#id_action")
    keys.write("Organiser deux demi-journées à l’accueil")
    keys.tab_to("button[value=terminer]")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Feuille à remettre", level=1)).to_be_visible()
    look(page, "entretien-feuille")
    # At five keys a second this is under ten seconds of keys; the rest of the ninety is for the words.
    assert keys.pressed <= 48, keys.pressed
    assert_evidence(helene)
    page.get_by_role("link", name="Entretien du").click()
    expect(page.get_by_text("Santé", exact=True)).to_be_visible()
    look(page, "entretien-lu")
    page.goto(page.url + "corriger/")
    look(page, "entretien-corriger", (320, "light"))
    page.goto(f"{live_server.url}/suivi/travailleurs/{helene.mireille.pk}/entretiens/")
    look(page, "entretien-liste", (320, "light"))


def assert_evidence(helene: Helene) -> None:
    """Find in the base what one page wrote at once."""
    row = Entretien.objects.get()
    helene.rdv.refresh_from_db()
    assert (helene.rdv.status, row.themes) == ("realise", ["formation"])
    assert NotePartagee.objects.get().text == "Mireille tient seule le poste de repassage."
    assert NoteSante.objects.get().text == "Elle se dit épuisée depuis l’été et dort mal."
    assert Demarche.objects.get(entretien=row).text == "Organiser deux demi-journées à l’accueil"
    assert Demarche.objects.get(entretien__isnull=True).status == "realise"
    assert RendezVous.objects.filter(status="planifie").count() == 1
    assert not Brouillon.objects.exists()


def test_a_crash_an_ended_session_and_a_cut_network(new_context: Callable, live_server, helene):
    first = new_context()
    page = helene.signs_in(first.new_page(), live_server)
    page.goto(helene.page_of(live_server))
    page.get_by_label("Note partagée").fill("Avant la panne.")
    expect(page.locator("#brouillon-etat")).to_contain_text(SAVED)
    first.close()

    second = new_context()
    page = helene.signs_in(second.new_page(), live_server)
    page.goto(helene.page_of(live_server))
    note = page.get_by_label("Note partagée")
    expect(note).to_have_value("Avant la panne.")
    expect(page.get_by_text("Brouillon repris")).to_be_visible()

    second.set_offline(True)
    note.fill("Avant la panne. Sans réseau.")
    expect(page.get_by_text("le serveur ne répond pas")).to_be_visible()
    second.set_offline(False)
    expect(page.locator("#brouillon-etat")).to_contain_text(SAVED)

    second.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    note.fill("Avant la panne. Sans réseau. Sans session.")
    expect(page.get_by_text("votre session est finie")).to_be_visible()
    eventually(page, "localStorage.length > 0")
    kept = page.evaluate("Object.values(localStorage).join('')")
    assert kept
    assert "session" not in kept  # sealed: nothing of it can be read at a shared desk
    helene.signs_in(page, live_server).goto(helene.page_of(live_server))
    expect(page.get_by_text("Ce que vous aviez tapé avant la coupure est revenu.")).to_be_visible()
    expect(note).to_have_value("Avant la panne. Sans réseau. Sans session.")
    expect(page.locator("#brouillon-etat")).to_contain_text(SAVED)
    eventually(page, "localStorage.length === 0")
    assert "Sans session" in Brouillon.objects.get().content


def test_two_tabs_and_no_script(page: Page, no_js_page: Page, live_server, helene, look: Callable):
    one = helene.signs_in(page, live_server)
    one.goto(helene.page_of(live_server, booked=False))
    two = one.context.new_page()
    two.goto(helene.page_of(live_server, booked=False))
    two.get_by_label("Note partagée").fill("Écrit dans le second onglet.")
    expect(two.locator("#brouillon-etat")).to_contain_text(SAVED)
    one.get_by_label("Note partagée").fill("Écrit dans le premier onglet.")
    expect(one.locator("#conflit")).to_contain_text("Écrit dans le second onglet.")
    expect(one.get_by_label("Note partagée")).to_have_value("Écrit dans le premier onglet.")
    look(one, "entretien-conflit")
    one.get_by_role("button", name="Garder le texte de cet onglet").click()
    expect(one.get_by_label("Note partagée")).to_have_value("Écrit dans le premier onglet.")
    expect(one.get_by_text("Texte remplacé")).to_be_visible()

    plain = helene.signs_in(no_js_page, live_server)
    plain.goto(helene.page_of(live_server))
    plain.get_by_label("Note partagée").fill("Il est malade.")
    plain.get_by_role("button", name="Terminer l’entretien").click()
    expect(plain.get_by_role("heading", name="Feuille à remettre", level=1)).to_be_visible()
    expect(plain.get_by_text("parle peut-être de santé")).to_be_visible()
    expect(plain.get_by_role("link", name="Corriger la note")).to_be_visible()
    assert NotePartagee.objects.get().text == "Il est malade."
