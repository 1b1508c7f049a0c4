"""A gestionnaire closes a year in Chromium: the tables, the papers, the package; without a mouse, without scripts."""

import datetime as dt
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from clefdevoute.documents.justification.paquet import verifier
from clefdevoute.records.subventions.models import DossierTransmis
from tests.records import annee_frais as scene
from tests.workspaces.annee_pages import GESTION, signed_in

from .conftest import dress, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PARTS = ("justification/", "tableaux/a-2025-t1/", "tableaux/b-2025-t2/", "subvention/", "declaration/", "dossier/")


@pytest.fixture
def year(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path / "preuves"
    made = scene.make()
    scene.opened(made)
    return made


def enter(page: Page, live_server, year) -> None:
    session = signed_in(year).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def address(live_server, part: str) -> str:
    return f"{live_server.url}{GESTION}/{part}"


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    year, live_server, page: Page, axe: Callable, no_overflow: Callable, small_targets: Callable, capture: Callable
):
    enter(page, live_server, year)
    for part in (*PARTS, "../de-minimis/"):
        for width in (320, 1440):
            dress(page, width, "dark" if width == 1440 and part == PARTS[1] else "light")
            page.goto(address(live_server, part))
            no_overflow(page)
            axe(page)
            assert small_targets(page) == []
            capture(page, f"justif-{part}-{width}")


@pytest.mark.workspace
def test_a_year_is_closed_from_the_table_to_the_receipt(year, live_server, page: Page, tmp_path):
    enter(page, live_server, year)
    page.goto(address(live_server, "tableaux/a-2025-t2/"))
    cell = page.get_by_label("Loyer, Juin, Montant")
    cell.fill("1.200")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#messages")).to_contain_text("Enregistré à")
    expect(cell).to_have_value("1.200,00")
    expect(page.locator("#tableau")).to_contain_text("516,30")

    page.get_by_role("link", name="Justification", exact=True).first.click()
    page.get_by_role("button", name="Figer le décompte").click()
    page.get_by_role("link", name="Produire la déclaration").click()
    page.get_by_label("Qualité").fill("Administratrice déléguée")
    page.get_by_role("button", name="Produire la déclaration").click()
    scan = tmp_path / "signee.pdf"
    scan.write_bytes(b"%PDF-1.7\n%%EOF\n")
    page.get_by_label("Copie signée").set_input_files(scan)
    page.get_by_role("button", name="Noter la signature").click()
    expect(page.get_by_text("Signée le")).to_be_visible()
    page.get_by_role("link", name="Justification", exact=True).first.click()
    page.get_by_role("link", name="Composer le dossier").click()
    page.get_by_role("button", name="Figer et transmettre").click()
    expect(page.locator("main")).to_contain_text("Dossier figé et transmis")
    with page.expect_download() as wanted:
        page.get_by_role("link", name="Télécharger le ZIP figé").click()
    saved = tmp_path / "dossier.zip"
    wanted.value.save_as(saved)
    assert verifier(saved.read_bytes()) == ()
    with zipfile.ZipFile(saved) as archive:
        assert not [name for name in archive.namelist() if "facture" in name or "route" in name]


def test_the_grid_is_filled_by_the_keyboard_alone(year, live_server, page: Page):
    enter(page, live_server, year)
    page.goto(address(live_server, "tableaux/a-2025-t2/"))
    page.get_by_label("Loyer, Avril, Montant").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Loyer, Mai, Montant")).to_be_focused()
    page.keyboard.press("Tab")  # the charge's own page
    page.keyboard.press("Tab")
    expect(page.get_by_label("Loyer, Juin, Montant")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Eau, Avril, N° de factures")).to_be_focused()
    page.keyboard.press("Tab")  # its amount has a VAT: corrected on the invoice
    page.keyboard.press("Tab")
    expect(page.get_by_label("Eau, Avril, Clé")).to_be_focused()
    page.keyboard.type("115")
    tab_to(page, "Enregistrer")
    page.keyboard.press("Enter")
    expect(page.locator(".cv-grid .cv-error")).to_contain_text("dépasse 100")
    expect(page.get_by_label("Eau, Avril, Clé")).to_have_value("115")


def test_the_whole_way_works_without_scripts(year, live_server, no_js_page: Page):
    enter(no_js_page, live_server, year)
    page = no_js_page
    page.goto(address(live_server, "tableaux/a-2025-t2/"))
    page.get_by_label("Fournisseur").fill("Centre de formation")
    page.get_by_label("Type de charge").select_option("formation")
    page.get_by_label("Date de la facture").fill("06/05/2025")
    page.get_by_label("N° de facture", exact=True).fill("FC-118")
    page.get_by_label("Montant hors TVA").fill("780")
    page.get_by_label("Clé de répartition").select_option(label="Bureau, 15\u00a0%")
    page.get_by_role("button", name="Ajouter la dépense").click()
    expect(page.locator("main")).to_contain_text("Dépense FC-118 ajoutée.")
    page.get_by_label("Formation, Mai, Montant").fill("800")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Formation, Mai, Montant")).to_have_value("800,00")

    page.goto(address(live_server, "justification/"))
    page.get_by_role("button", name="Figer le décompte").click()
    expect(page.get_by_role("link", name="Produire la déclaration")).to_be_visible()
    page.goto(address(live_server, "declaration/"))
    page.get_by_role("button", name="Produire la déclaration").click()
    page.get_by_role("button", name="Noter la signature").click()
    expect(page.get_by_text("Signée le")).to_be_visible()
    page.goto(address(live_server, "dossier/"))
    page.get_by_role("button", name="Figer et transmettre").click()
    expect(page.locator("main")).to_contain_text("Transmis le")
    sent = DossierTransmis.objects.get()
    assert sent.sent_on >= dt.date(2026, 3, 15)
