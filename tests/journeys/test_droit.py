"""The right, clicked through in Chromium: dashboard, hypothesis, a register from its file, a frozen status."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, expect

from clefdevoute.records.personnes.models import ConditionStatut, Engagement, Travailleur
from tests.records import factories as make

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "motdepasse-de-test"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CSV = (
    "N°;Nom;Prénom;Né le;Entrée;Heures;Statut\n"
    "40;Brasseur;Noé;03/04/1990;02/03/2026;38;TD\n"
    "41;Lambin;Zoé;31/02/1991;02/03/2026;19;TD\n"
    ";Dupont;Éloïse;17/05/1990;02/03/2026;19;TD\n"
)


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def entreprise(transactional_db):
    """Nine persons present, one of whom leaves within the month: the first step is about to be lost."""
    held = make.AffectationFactory(user__email="camille@exemple.be", permissions=["chef_entreprise"])
    entreprise = held.entreprise
    make.AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 1, 1))
    for rank in range(8):
        ends = timezone.localdate() + dt.timedelta(days=20) if rank == 0 else None
        row = make.TravailleurFactory(entreprise=entreprise, name=f"Personne{rank}")
        make.EngagementFactory(travailleur=row, ends_on=ends)
    make.TravailleurFactory(entreprise=entreprise, number="7", name="Dupont", first_name="Éloïse")
    person = make.AccompagnateurFactory(entreprise=entreprise, diplome=True)
    make.ContratAccompagnateurFactory(accompagnateur=person, weekdays="123")
    return entreprise


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/connexion/")
    page.locator("input[name=login]").fill("camille@exemple.be")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{url}/gestion/")


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    live_server,
    page: Page,
    entreprise,
    axe: Callable,
    no_overflow: Callable,
    small_targets: Callable,
    capture: Callable,
):
    worker = Travailleur.objects.filter(name="Personne1").get()
    contract = Engagement.objects.get(travailleur=worker)
    bare = make.EngagementFactory(travailleur=worker, starts_on=dt.date(2025, 1, 6), site="Bois", statut="")
    person = make.Accompagnateur.objects.get()
    sign_in(page, live_server.url)
    pages = {
        "bord": "/gestion/",
        "hypothese": f"/gestion/{timezone.localdate().year}-01-01/hypothese/?entrees=1&sorties=2",
        "travailleurs": "/gestion/travailleurs/",
        "travailleur": f"/gestion/travailleurs/{worker.pk}/",
        "travailleur-modifier": f"/gestion/travailleurs/{worker.pk}/modifier/",
        "contrat": f"/gestion/contrats/{contract.pk}/modifier/",
        "statut": f"/gestion/contrats/{bare.pk}/statut/",
        "conditions": f"/gestion/contrats/{contract.pk}/conditions/",
        "imports": "/gestion/travailleurs/imports/",
        "accompagnateurs": "/gestion/accompagnateurs/",
        "accompagnateur": f"/gestion/accompagnateurs/{person.pk}/",
        "accompagnateur-contrat": f"/gestion/accompagnateurs/{person.pk}/contrats/nouveau/",
        "entreprise": "/gestion/entreprise/",
        "entreprise-modifier": "/gestion/entreprise/modifier/",
        "invitation": "/gestion/entreprise/inviter/",
    }
    for name, path in pages.items():
        page.goto(f"{live_server.url}{path}")
        for width, scheme in ((320, "dark"), (1440, "light")):
            dress(page, width, scheme)
            no_overflow(page)
            axe(page)
            assert small_targets(page) == [], name
            capture(page, f"droit-{name}-{width}")


def test_a_hypothesis_is_swapped_in_and_keeps_its_address(live_server, page: Page, entreprise):
    sign_in(page, live_server.url)
    expect(page.get_by_text(re.compile(r"vous serez 7\s: un de moins que le palier"))).to_be_visible()
    page.get_by_role("link", name="Essayer une hypothèse").click()
    page.get_by_label("Entrées").fill("1")
    page.get_by_role("button", name="Compter").click()
    row = page.get_by_role("row", name=re.compile("Plafond de l’année suivante"))
    expect(row).to_contain_text("25.000,00")
    expect(page).to_have_url(re.compile(r"entrees=1&sorties=0"))
    page.get_by_label("Entrées").fill("un")
    page.get_by_role("button", name="Compter").click()
    expect(page.get_by_role("alert")).to_contain_text("nombre entier de personnes")


def _import(page: Page, url: str) -> None:
    page.goto(f"{url}/gestion/travailleurs/imports/")
    page.locator("input[name=fichier]").set_input_files(
        {"name": "registre.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    page.get_by_role("button", name="Déposer le fichier").click()
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_text("D3, date de naissance")).to_be_visible()
    page.get_by_label("C’est la même personne").check()
    page.get_by_role("button", name="Garder mes réponses").click()
    page.get_by_role("button", name="Écrire 2 lignes au registre").click()
    expect(page.get_by_role("button", name="Annuler tout l’import")).to_be_visible()


def test_a_register_is_imported_and_undone_without_script(live_server, no_js_page: Page, entreprise):
    sign_in(no_js_page, live_server.url)
    _import(no_js_page, live_server.url)
    assert Engagement.objects.filter(entreprise=entreprise).count() == 10
    no_js_page.get_by_role("button", name="Annuler tout l’import").click()
    expect(no_js_page.get_by_text("le registre est comme avant")).to_be_visible()
    assert Engagement.objects.filter(entreprise=entreprise).count() == 8


def test_the_pages_of_an_import_are_accessible(
    live_server, page: Page, entreprise, axe: Callable, no_overflow: Callable
):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/gestion/travailleurs/imports/")
    page.locator("input[name=fichier]").set_input_files(
        {"name": "registre.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    page.get_by_role("button", name="Déposer le fichier").click()
    for last in ("Voir l’aperçu", "Écrire 1 ligne au registre", ""):
        expect(page.get_by_role("button", name=last or "Annuler tout l’import")).to_be_visible()
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            no_overflow(page)
            axe(page)
        if last:
            page.get_by_role("button", name=last).click()


def test_a_person_is_entered_with_the_keyboard_alone_up_to_the_frozen_status(live_server, page: Page, entreprise):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/gestion/travailleurs/nouveau/")
    page.get_by_label("Nom", exact=True).focus()
    page.keyboard.type("Absil")
    page.keyboard.press("Tab")
    page.keyboard.type("Vanessa")
    page.keyboard.press("Tab")
    page.keyboard.type("01/05/1960")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Contrat de Absil Vanessa")).to_be_visible()
    page.get_by_label("Premier jour").focus()
    page.keyboard.type("02/03/2026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Statut de Absil Vanessa")).to_be_visible()
    page.get_by_label("Condition 3 : aîné", exact=True).focus()
    page.keyboard.press("Space")
    join = page.get_by_text("Joindre la preuve de la condition 3")
    join.focus()
    page.keyboard.press("Enter")
    page.locator("input[name=piece_3]").set_input_files({"name": "c.pdf", "mimeType": "x", "buffer": PDF})
    button = page.get_by_role("button", name="Figer le statut")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("TD, conditions à vérifier")).to_be_visible()
    held = ConditionStatut.objects.get()
    assert (held.number, held.proof.filename) == (3, "c.pdf")
    assert held.recorded_by == get_user_model().objects.get(email="camille@exemple.be")


def test_the_register_is_filtered_in_place_and_exported(live_server, page: Page, entreprise):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/gestion/travailleurs/")
    page.get_by_label("Nom, n° ou naissance").fill("personne3")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("link", name="Personne3")).to_be_visible()
    expect(page.get_by_role("link", name="Personne4")).to_have_count(0)
    expect(page).to_have_url(re.compile("q=personne3"))
    with page.expect_download() as got:
        page.get_by_role("link", name="Exporter cette ligne en CSV").click()
    assert got.value.path().read_text("utf-8-sig").count("Personne") == 1
