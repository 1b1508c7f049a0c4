"""A person with two roles signs in, changes role, changes her password and leaves, in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.records import factories as make

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OLD, NEW = "motdepasse-de-test", "une-clef-au-sommet-7"


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/connexion/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").click()


@pytest.fixture
def user(transactional_db):
    first = make.AffectationFactory(role="gestionnaire", entreprise__name="Atelier du Hêtre")
    make.AffectationFactory(user=first.user, role="accompagnateur", entreprise__name="Atelier du Saule")
    return first.user


@pytest.mark.workspace
def test_a_session_plays_one_role_at_a_time(live_server, page: Page, user, axe: Callable, no_overflow: Callable):
    sign_in(page, live_server.url, user.email, OLD)
    page.wait_for_url("**/gestion/")
    expect(page.locator(".cv-bar__org")).to_have_text("Atelier du Hêtre")
    for width in (320, 1440):
        dress(page, width)
        page.goto(f"{live_server.url}/roles/")
        axe(page)
        no_overflow(page)
    page.get_by_role("button", name="Atelier du Saule").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    axe(page)
    assert page.goto(f"{live_server.url}/gestion/").status == 404


def test_a_wrong_password_says_so_and_keeps_the_address(live_server, page: Page, user, axe: Callable):
    sign_in(page, live_server.url, user.email, "pas-celui-la-du-tout")
    expect(page.locator("input[name=login]")).to_have_value(user.email)
    expect(page.locator("main")).to_contain_text("mot de passe")
    axe(page)


def test_a_new_password_opens_and_the_old_one_no_longer(live_server, page: Page, user):
    sign_in(page, live_server.url, user.email, OLD)
    page.wait_for_url("**/gestion/")
    page.goto(f"{live_server.url}/compte/mot-de-passe/")
    page.locator("input[name=oldpassword]").fill(OLD)
    page.locator("input[name=password1]").fill(NEW)
    page.locator("input[name=password2]").fill(NEW)
    page.locator("main button[type=submit]").click()
    expect(page.locator("input[name=oldpassword]")).to_have_value("")
    page.context.clear_cookies()
    sign_in(page, live_server.url, user.email, OLD)
    expect(page.locator("input[name=login]")).to_have_value(user.email)
    sign_in(page, live_server.url, user.email, NEW)
    page.wait_for_url("**/gestion/")
    page.locator(".cv-bar__who summary").click()
    page.locator(".cv-bar__who").get_by_role("button", name="Me déconnecter").click()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/gestion/")
    expect(page.locator("input[name=login]")).to_be_visible()
