"""
A real browser against a real server: what every journey may use.

One Chromium, started the same way everywhere; nothing it does leaves the machine.
"""

import os
import re
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signals import got_request_exception
from playwright.sync_api import BrowserContext, Page, expect

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test

CHROMIUM = Path(os.environ.get("CLEFDEVOUTE_CHROMIUM", "/usr/bin/chromium"))
CAPTURES = Path(__file__).resolve().parent.parent.parent / "captures"
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (320, 768, 1440)
MOST_TABS = 80
MOST_SECONDS = 120
expect.set_options(timeout=60_000)  # a machine under load is slow, not wrong: only what never comes fails
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium; where there is none, fail and say what to install."""
    if not CHROMIUM.exists():
        pytest.fail(f"Chromium manque ({CHROMIUM}). Installez-le : apt-get install chromium")
    return browser_type_launch_args | {"executable_path": str(CHROMIUM), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Take the place of pytest-playwright's own, which pytest 9 already deprecates; journeys use live_server."""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Browse as a Belgian who reads French, without moving parts."""
    return browser_context_args | {"locale": "fr-BE", "timezone_id": "Europe/Brussels", "reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def no_fault(transactional_db: None) -> Iterator[None]:
    """
    Fail a journey during which the server met a fault, even one that the page hid, and show where it came from.

    The base stays until the server has answered all that the closed browser still asked: a page may save by itself
    at the very end, and an answer half-way would meet an emptied base, or keep it from being emptied.
    """
    faults: list[str] = []

    def note(request: Any, **_kept: Any) -> None:
        faults.append(f"{request.method} {request.path}\n{traceback.format_exc()}")

    got_request_exception.connect(note)
    yield
    _wait_for_the_server()
    got_request_exception.disconnect(note)
    assert not faults, "\n".join(faults)


def _wait_for_the_server() -> None:
    """Wait until no thread of the server holds a connection of the browser any more."""
    end = time.monotonic() + MOST_SECONDS
    while busy := [one.name for one in threading.enumerate() if "process_request_thread" in one.name]:
        assert time.monotonic() < end, f"le serveur travaille encore : {busy}"
        time.sleep(0.01)


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Give each gesture and each navigation the time of a machine under load: sixty files take a while to be read."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(1000 * MOST_SECONDS)
        return context

    return make


@pytest.fixture
def no_js_page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a browser that runs no script at all."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Check a page against WCAG 2.2 AA and the best practices; every violation is named with its element."""

    def check(page: Page) -> None:
        arrived(page)
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(_RULES)}})
        found = [
            f"{violation['id']} : {node['html'][:160]}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
        assert not found, "\n".join(found)

    return check


@pytest.fixture
def no_overflow() -> Callable[[Page], None]:
    """Check that nothing sticks out of the page at the right."""

    def check(page: Page) -> None:
        arrived(page)
        wide = page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
              && !e.closest('.cv-scroll')).slice(0, 5).map(e => e.outerHTML.slice(0, 160))"""
        )
        assert not wide, "\n".join(wide)

    return check


@pytest.fixture
def small_targets() -> Callable[[Page], list[str]]:
    """List the buttons, fields and rail links that a thumb would miss: under 44 px, links in a sentence aside."""

    def find(page: Page) -> list[str]:
        found: list[str] = page.evaluate(
            """() => [...document.querySelectorAll(
                '.cv-btn, .cv-nav a, .cv-menu__list a, .cv-menu__list button, .cv-pages a, .cv-tabs a, .cv-chip, ' +
                '.cv-seg label, .cv-check, .cv-why > summary, .cv-foot a, .cv-crumb a, .cv-brand, ' +
                'input.cv-input, select.cv-input, textarea.cv-input')]
              .filter(e => e.offsetParent && !e.closest('.cv-grid') || e.matches('summary.cv-btn'))
              .filter(e => { const b = e.getBoundingClientRect(); return b.height && b.height < 43.9; })
              .map(e => `${Math.round(e.getBoundingClientRect().height)} px : ${e.outerHTML.slice(0, 120)}`)"""
        )
        return found

    return find


@pytest.fixture
def capture(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Take a picture of the whole page into the git-ignored ``captures/``, to be looked at with a hard eye."""

    def take(page: Page, name: str = "") -> Path:
        CAPTURES.mkdir(exist_ok=True)
        path = CAPTURES / f"{re.sub(r'[^a-z0-9-]+', '-', (name or request.node.name).lower()).strip('-')}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take


def arrived(page: Page) -> None:
    """Wait until the page is whole and htmx has put its answers in place."""
    page.wait_for_load_state("load")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def eventually(page: Page, said: str) -> None:
    """Wait until a sentence of JavaScript is true of the page; its own waiting is refused by our security policy."""
    end = time.monotonic() + MOST_SECONDS
    while not page.evaluate(said):
        assert time.monotonic() < end, said
        page.wait_for_timeout(50)


def dress(page: Page, width: int, scheme: str = "light") -> None:
    """Give the page a width and a theme."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus reads so; a keyboard that never gets there fails, it does not wait."""
    for _ in range(MOST_TABS):
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} tabulations sans atteindre « {words} »")
