"""Hélène's Monday in Chromium: what is due, one line planned, one settled, the list filtered, kept and taken out."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.echeances.models import ReglageRappel, VueEnregistree
from clefdevoute.records.foundation.models import AuditEvent
from tests.records.echeances_gestes import MONDAY
from tests.records.factories import AffectationFactory
from tests.records.lundi import lundi
from tests.workspaces.conftest import on_day

from .conftest import dress, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FOLDED = "&statut=&site=&completude=&referent=&tri="


@pytest.fixture
def helene(transactional_db):
    held = AffectationFactory(
        role="accompagnateur", user__name="Hélène Marsoul", entreprise__name="Ateliers du Tilleul"
    )
    row, _ = lundi(held.entreprise, held.user)
    with on_day(MONDAY.isoformat()):
        yield row


def signed_in(page: Page, live_server, helene) -> Page:
    client = Client()
    client.force_login(helene.user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def test_the_pages_are_accessible_and_fit(  # noqa: PLR0917
    page: Page, live_server, helene, axe: Callable, no_overflow: Callable, small_targets: Callable, capture: Callable
):
    signed_in(page, live_server, helene)
    paths = {
        "aujourdhui": "",
        "travailleurs": "travailleurs/?site=Hautpont",
        "vues": "travailleurs/vues/?echeance=retard",
        "rappels": "rappels/",
    }
    for name, path in paths.items():
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            page.goto(f"{live_server.url}/suivi/{path}")
            no_overflow(page)
            assert small_targets(page) == []
            axe(page)
            capture(page, f"lundi-{name}-{width}-{scheme}")


def test_monday_morning_by_keyboard_up_to_the_evidence(page: Page, live_server, helene, axe: Callable):
    signed_in(page, live_server, helene)
    page.goto(f"{live_server.url}/suivi/")
    expect(page.get_by_text("9 choses à faire, dont 3 en retard.")).to_be_visible()
    tab_to(page, "Planifier : Samira Boisclair")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Fixer un rendez-vous")).to_be_visible()
    page.locator("section", has_text="Moments libres").get_by_role("link").first.press("Enter")
    expect(page.get_by_label("Heure")).not_to_have_value("")
    page.get_by_role("button", name="Fixer le rendez-vous").press("Enter")
    expect(page.get_by_text("L’échéance de l’entretien ne bouge pas")).to_be_visible()

    page.goto(f"{live_server.url}/suivi/")
    expect(page.get_by_text("En retard de 26 jours", exact=True)).to_be_visible()
    expect(page.locator("li", has_text="Tenir l’entretien individuel de Samira Boisclair")).to_be_visible()
    tab_to(page, "Indiquer : Ibrahim Solane")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Absent").first.press("Enter")
    expect(page.get_by_text("Absent").first).to_be_visible()
    page.goto(f"{live_server.url}/suivi/")
    expect(page.get_by_text("2 lignes", exact=True)).to_be_visible()
    expect(page.locator("main").get_by_text("Ibrahim Solane")).to_have_count(0)

    page.goto(f"{live_server.url}/suivi/registre/")
    expect(page.get_by_text("Boisclair").first).to_be_visible()
    axe(page)
    row = RendezVous.objects.get(travailleur__name="Solane", starts_at__date="2026-11-19")
    assert row.status == "absent"


def test_the_list_is_filtered_in_place_kept_and_taken_out(page: Page, live_server, helene):
    signed_in(page, live_server, helene)
    page.goto(f"{live_server.url}/suivi/travailleurs/")
    page.get_by_label("Entretien").select_option("retard")
    page.get_by_role("button", name="Filtrer").press("Enter")
    expect(page.get_by_text("1 personne", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/suivi/travailleurs/?q=&echeance=retard&presence=actifs" + FOLDED)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Exporter cette ligne en CSV").press("Enter")
    text = taken.value.path().read_text(encoding="utf-8-sig")
    assert "Filtre : Entretien;En retard" in text
    assert text.rstrip().rpartition("\n")[2].startswith("Boisclair;Samira;17/05/1990")
    assert AuditEvent.objects.filter(event="echeances.liste_exportee").count() == 1
    page.get_by_role("link", name="Enregistrer cette vue").press("Enter")
    page.get_by_label("Nom de la vue").fill("En retard")
    page.get_by_role("button", name="Enregistrer cette vue").press("Enter")
    expect(page.get_by_text("La vue « En retard » est enregistrée.")).to_be_visible()
    assert VueEnregistree.objects.get().query == {"echeance": "retard"}


def test_without_a_script_the_list_and_the_reminders_work(no_js_page: Page, live_server, helene):
    page = signed_in(no_js_page, live_server, helene)
    page.goto(f"{live_server.url}/suivi/travailleurs/")
    page.get_by_label("Nom, naissance ou numéro").fill("nadege")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("link", name="Ferrant Nadège")).to_be_visible()
    expect(page.get_by_text("1 personne", exact=True)).to_be_visible()
    page.goto(f"{live_server.url}/suivi/rappels/")
    page.get_by_label("Jours avant l’échéance").fill("3")
    page.get_by_label("Dossiers à compléter").uncheck()
    page.get_by_role("button", name="Enregistrer mes rappels").click()
    expect(page.get_by_text("Vos rappels sont réglés.")).to_be_visible()
    kept = ReglageRappel.objects.get()
    assert (kept.days_before, kept.muted) == (3, ["dossier"])
