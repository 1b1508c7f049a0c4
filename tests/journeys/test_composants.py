"""The gallery in Chromium: every component readable, reachable and in its place, in both themes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import WIDTHS, dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(live_server, page: Page) -> Page:
    """The gallery, opened; a blocked style, script or file is a failure."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto(f"{live_server.url}/composants/")
    page.wait_for_load_state("networkidle")
    assert not faults
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_accessible_and_fits(  # noqa: PLR0917
    gallery: Page, axe: Callable, no_overflow: Callable, small_targets: Callable, capture: Callable, width, scheme
):
    dress(gallery, width, scheme)
    no_overflow(gallery)
    axe(gallery)
    assert small_targets(gallery) == []
    capture(gallery, f"composants-{width}-{scheme}")


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
def test_texts_of_a_drawing_never_meet_nor_leave_it(gallery: Page, width: int):
    dress(gallery, width)
    gallery.evaluate("document.fonts.ready")
    charts = gallery.evaluate(
        """() => [...document.querySelectorAll('svg.cv-chart[role=img]')].map(svg => {
          const frame = svg.getBoundingClientRect();
          const texts = [...svg.querySelectorAll('text')].map(t => {
            const b = t.getBoundingClientRect();
            return {text: t.textContent, l: b.left, r: b.right, t: b.top + 3, b: b.bottom - 3,
                    out: b.left < frame.left - 1 || b.right > frame.right + 1};
          });
          const out = texts.filter(t => t.out).map(t => t.text);
          for (const a of texts) for (const c of texts)
            if (a !== c && a.l < c.r && c.l < a.r && a.t < c.b && c.t < a.b) out.push(a.text + ' / ' + c.text);
          return out;
        })"""
    )
    assert len(charts) == 8
    assert [faults for faults in charts if faults] == []


def test_the_asked_theme_wins_over_the_system(gallery: Page):
    dress(gallery, 1440, "light")
    gallery.get_by_role("link", name="Sombre").click()
    expect(gallery.locator("html")).to_have_attribute("data-theme", "dark")
    assert gallery.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 24, 28)"


def test_icons_come_from_the_sprite(gallery: Page):
    box = gallery.locator(".cv-icons .cv-icon").first.evaluate(
        "svg => { const b = svg.getBBox(); return [b.width, b.height]; }"
    )
    assert min(box) > 5


def test_keyboard_skips_to_the_content_and_closes_menus(gallery: Page):
    dress(gallery, 1440)
    gallery.keyboard.press("Tab")
    expect(gallery.get_by_role("link", name="Aller au contenu")).to_be_focused()
    gallery.keyboard.press("Enter")
    expect(gallery.locator("main")).to_be_focused()
    menu = gallery.locator("details.cv-bar__who")
    menu.locator("summary").focus()
    gallery.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    gallery.keyboard.press("Tab")
    gallery.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", re.compile(".*"))
    expect(menu.locator("summary")).to_be_focused()


def test_arrows_walk_down_a_column_of_the_grid(gallery: Page):
    gallery.get_by_label("Loyer, Juin, Montant").focus()
    gallery.keyboard.press("ArrowDown")
    expect(gallery.get_by_label("Eau, Avril, Montant")).to_be_focused()
    gallery.keyboard.press("ArrowUp")
    expect(gallery.get_by_label("Loyer, Juin, Montant")).to_be_focused()


def test_chosen_files_are_listed_by_name_and_size(gallery: Page):
    gallery.locator("#factures").set_input_files(
        [
            {"name": "a.xml", "mimeType": "text/xml", "buffer": b"x" * 2048},
            {"name": "b.pdf", "mimeType": "x", "buffer": b"y"},
        ]
    )
    listed = gallery.locator("[data-cv-drop]").first.get_by_role("listitem")
    expect(listed).to_have_text([re.compile("a.xml2.ko"), re.compile("b.pdf1.ko")])


def test_menu_holds_the_rail_on_a_telephone(gallery: Page):
    dress(gallery, 320)
    gallery.get_by_text("Menu", exact=True).click()
    menu = gallery.get_by_role("navigation", name="Menu de l’espace Gestion")
    expect(menu.get_by_role("link", name="Justification 5")).to_be_visible()
    expect(menu.get_by_text("Bruno Lanterre, gestionnaire")).to_be_visible()


def test_an_error_behind_htmx_says_itself_at_the_top(gallery: Page):
    gallery.evaluate(
        """() => { const b = document.createElement('button'); b.textContent = 'Essayer'; b.id = 'essai';
        b.setAttribute('hx-get', '/rien-ici/'); document.querySelector('main').append(b);
        htmx.process(b); b.click(); }"""
    )
    expect(gallery.locator("#messages")).to_contain_text("Il n’y a rien à cette adresse.")
    expect(gallery.locator("#essai")).to_be_attached()
    assert gallery.locator("html").count() == 1


def test_a_lost_connection_says_itself(gallery: Page):
    gallery.context.set_offline(True)
    gallery.evaluate("() => htmx.ajax('GET', '/composants/', {target: '#contenu'}).catch(() => 0)")
    expect(gallery.locator("#messages")).to_contain_text("le serveur ne répond pas")


def test_without_script_all_is_there(live_server, no_js_page: Page):
    no_js_page.goto(f"{live_server.url}/composants/")
    why = no_js_page.get_by_text("Les mêmes nombres en tableau").first
    why.click()
    expect(no_js_page.get_by_role("cell", name="Fin de contrat prévue")).to_be_visible()
    expect(no_js_page.locator("#factures")).to_have_attribute("multiple", "")


def test_on_paper_actions_vanish_and_reasons_unfold(gallery: Page):
    gallery.emulate_media(media="print")
    expect(gallery.locator(".cv-print-head")).to_be_visible()
    for gone in (".cv-bar", ".cv-nav", ".cv-foot", ".cv-filters"):
        expect(gallery.locator(gone).first).to_be_hidden()
    assert gallery.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(gallery.get_by_role("cell", name="Fin de contrat prévue")).to_be_visible()


@pytest.mark.parametrize("path", ["/connexion/", "/compte/ferme/", "/il-n-y-a-rien-ici/"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_without_session_are_accessible(  # noqa: PLR0917
    live_server, page: Page, axe: Callable, no_overflow: Callable, capture: Callable, path, width
):
    dress(page, width, "dark" if width == 320 else "light")
    page.goto(f"{live_server.url}{path}")
    no_overflow(page)
    axe(page)
    capture(page, f"{path}-{width}")
