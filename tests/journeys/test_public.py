"""A stranger's way: simulate with and without script, share, print, read the rule behind a figure."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FULL = "/simulateur?personnes=31&debut=2027-01-01&etp=0,8&salaires=40000&frais=3200&minimis=118000"
PAGES = {
    "accueil": "/",
    "simulateur": "/simulateur",
    "simulation": FULL,
    "simulation-refus": "/simulateur?personnes=1e3&debut=2027-01-01&etp=0,8&salaires=4,123&minimis=a",
    "regles": "/regles/",
    "regle": "/regles/accompagnement_social.droit/",
    "regle-decompte": "/regles/accompagnement_social.decompte/",
    "regle-au-long-nom": "/regles/accompagnement_social.montant_a_justifier/",
    "parametres": "/parametres/?au=01/01/2024",
}


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_public_pages_are_accessible_and_fit(  # noqa: PLR0917
    live_server,
    page: Page,
    axe: Callable,
    no_overflow: Callable,
    small_targets: Callable,
    capture: Callable,
    width,
    scheme,
):
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    dress(page, width, scheme)
    for name, path in PAGES.items():
        page.goto(f"{live_server.url}{path}")
        no_overflow(page)
        axe(page)
        assert small_targets(page) == [], name
        capture(page, f"public-{name}-{width}-{scheme}")
    assert faults == []


@pytest.mark.workspace
def test_a_simulation_by_keyboard_pushes_an_address_that_anyone_opens(live_server, page: Page):
    dress(page, 1440)
    page.goto(f"{live_server.url}/simulateur")
    page.evaluate("window.stays = true")
    page.get_by_label("Travailleurs TD et TGD").focus()
    for typed in ("31", "01/01/2027", "0,8", "40.000", "3.200"):
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Calculer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".cv-figure")).to_have_text("50.000,00\u00a0€")
    expect(page.get_by_role("button", name="Calculer")).to_be_focused()
    expect(page.locator("#annonce")).to_contain_text("31\u00a0personnes TD ou TGD")
    assert page.evaluate("window.stays"), "the page was reloaded instead of swapped"
    address = f"{live_server.url}/simulateur?personnes=31&debut=2027-01-01&etp=0,8&salaires=40000&frais=3200"
    expect(page).to_have_url(address)
    expect(page.locator("#adresse")).to_have_value(address)
    shown = page.locator("#simulation").inner_text()
    page.reload()
    assert page.locator("#simulation").inner_text() == shown
    page.go_back()
    expect(page.locator(".cv-figure")).to_have_count(0)


def test_a_wrong_answer_is_named_and_the_rest_stays(live_server, page: Page):
    page.goto(f"{live_server.url}{FULL}")
    page.get_by_label("Salaires et cotisations de l’année").fill("beaucoup")
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator("#cv-erreurs")).to_be_focused()
    expect(page.get_by_label("Salaires et cotisations de l’année")).to_have_value("beaucoup")
    expect(page.get_by_label("Frais de fonctionnement de l’année")).to_have_value("3.200,00")
    expect(page.locator(".cv-figure")).to_have_text("50.000,00\u00a0€")
    expect(page).to_have_url(re.compile("salaires=beaucoup"))


def test_without_script_a_figure_leads_to_its_rule_and_its_text(live_server, no_js_page: Page):
    page = no_js_page
    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="Simuler").click()
    page.get_by_label("Travailleurs TD et TGD").fill("27")
    page.get_by_label("Date du comptage").fill("15/03/2027")
    page.get_by_text("Préciser", exact=False).click()
    page.get_by_label("Aides de minimis déjà octroyées").fill("720.000,00 €")
    page.get_by_role("button", name="Calculer").click()
    expect(page).to_have_url(re.compile(r"\?personnes=27&debut=2027-03-15&minimis=720000$"))
    expect(page.get_by_text("demandez au plus 30.000,00\u00a0€").first).to_be_visible()
    page.get_by_text("Pourquoi 50.000,00\u00a0€").click()
    page.get_by_role("link", name="règle accompagnement_social.droit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quel droit ouvre ce nombre de travailleurs")
    expect(page.get_by_role("cell", name="dès 26\u00a0personnes").first).to_be_visible()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Paramètres").click()
    page.get_by_label("Valeurs en vigueur le").fill("31/12/2025")
    page.get_by_role("button", name="Filtrer").click()
    expect(page).to_have_url(re.compile(r"\?au=31%2F12%2F2025$"))
    expect(page.get_by_text("0,4312\u00a0€/km")).to_be_visible()


def test_on_paper_the_answers_the_figures_and_the_reasons_are_there(live_server, page: Page):
    page.goto(f"{live_server.url}{FULL}")
    page.emulate_media(media="print")
    for shown in (".cv-print-head", ".cv-figure", "#personnes", "#adresse", ".cv-chart", ".cv-why__tree >> nth=0"):
        expect(page.locator(shown).first).to_be_visible()
    for gone in (".cv-bar", ".cv-foot", "#calculer", "#personnes_helptext"):
        expect(page.locator(gone)).to_be_hidden()
