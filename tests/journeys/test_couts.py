"""The costs in Chromium: files dropped, an invoice imputed, a compte individuel typed; then without a script."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import Depot, Facture, FichierDepose, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi
from tests.documents.factures_exemples import ENTREPRISE, facture
from tests.records.annee_frais import Year, make
from tests.records.factories import NOW, AffectationFactory

from .conftest import dress, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BASE = "/gestion"


@pytest.fixture
def year(settings, tmp_path) -> Year:
    """A year with wages, a rent, three invoices and their key."""
    settings.PROOFS_DIR = tmp_path / "preuves"
    made = make()
    EntrepriseInsertion.objects.filter(pk=made.entreprise.pk).update(bce=ENTREPRISE.numero)
    return made


def signed_in(page: Page, live_server, year: Year) -> Page:
    """Open a session without the form: signing in has its own journey."""
    client = Client()
    client.force_login(AffectationFactory(role="gestionnaire", entreprise=year.entreprise).user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


@pytest.fixture
def desk(live_server, page: Page, year: Year) -> Page:
    """The gestionnaire's browser; a console error or an answer of 500 is a failure."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
    signed_in(page, live_server, year)
    page.goto(f"{live_server.url}{BASE}/factures/")
    yield page
    assert not faults


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Sixty files: fifty-seven invoices, one of them twice, one photo, one broken."""
    made = {f"facture-{n:02d}.xml": facture(number=f"J-{n}", issue_date=dt.date(2025, 5, 1)) for n in range(57)}
    made |= {"encore.xml": made["facture-00.xml"], "photo.pdf": b"%PDF-1.7\n%%EOF\n", "coupee.xml": b"<Invoice"}
    folder = tmp_path / "depot"
    folder.mkdir()
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return sorted(str(path) for path in folder.iterdir())


def pages(live_server, year: Year) -> list[str]:
    """List every page of costs."""
    first = Facture.objects.order_by("piece_number").first()
    imported = actions.deposer_import(
        accompagnateur=year.accompagnateur,
        fichier=FichierSaisi(b"mois;brut\n04/2025;1,00\nx;2\n", "paie.csv"),
        by=year.by,
        now=NOW,
    )
    depot = actions.ouvrir_depot(entreprise=year.entreprise, by=year.by, now=NOW)
    return [
        f"{live_server.url}{BASE}{path}"
        for path in (
            "/factures/?etat=toutes",
            "/factures/deposer/",
            f"/factures/depots/{depot.pk}/",
            "/factures/fichiers/",
            "/factures/taper/",
            f"/factures/{first.pk}/",
            f"/factures/{first.pk}/corriger/",
            "/cles/",
            f"/cles/{year.bureau.pk}/",
            "/charges/",
            "/comptes-individuels/",
            f"/comptes-individuels/{year.accompagnateur.pk}/2025/",
            f"/comptes-individuels/imports/{imported.pk}/",
        )
    ]


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    desk: Page, live_server, year: Year, axe: Callable, no_overflow: Callable, capture: Callable
):
    for place, address in enumerate(pages(live_server, year)):
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(desk, width, scheme)
            desk.goto(address)
            no_overflow(desk)
            axe(desk)
            capture(desk, f"couts-{place}-{width}-{scheme}")


def test_sixty_files_dropped_then_one_imputed_with_the_keyboard(desk: Page, files: list[str], axe: Callable):
    desk.get_by_role("link", name="Déposer des factures").click()
    desk.wait_for_url("**/factures/deposer/")
    desk.evaluate(
        """() => { const data = new DataTransfer(); data.items.add(new File(['a'], 'glissee.xml'));
        const drop = new DragEvent('drop', {dataTransfer: data, bubbles: true});
        document.querySelector('[data-cv-drop]').dispatchEvent(drop); }"""
    )
    expect(desk.get_by_text("glissee.xml")).to_be_visible()
    desk.set_input_files("#fichiers", files)
    desk.get_by_role("button", name="Déposer les fichiers").click()
    desk.wait_for_url("**/factures/depots/**")
    expect(desk.get_by_text("60 fichiers")).to_be_visible()
    expect(desk.get_by_text("Déjà reçue")).to_be_visible()
    assert Depot.objects.count() == 1
    assert FichierDepose.objects.filter(done=False).count() == 2
    axe(desk)
    desk.locator("main").get_by_role("link", name="J-0", exact=False).first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Imprimerie du Moulin SRL")
    desk.get_by_label("Poste").focus()
    desk.keyboard.type("Eau")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Bureau")
    tab_to(desk, "Imputer la facture")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Facture imputée.")).to_be_visible()
    desk.locator("summary", has_text="Pourquoi").first.click()
    expect(desk.get_by_text("15 % de").first).to_be_visible()
    axe(desk)


def test_an_invoice_is_shared_then_refused_with_what_was_typed(desk: Page):
    desk.goto(desk.url.split("?")[0] + "?etat=toutes")
    desk.locator("tbody th a").first.click()
    desk.get_by_text("Changer l’imputation").click()
    desk.get_by_role("button", name="Partager sur un autre poste").click()
    expect(desk.get_by_label("Poste")).to_have_count(2)
    for place, amount in ((0, "9999"), (1, "1")):
        desk.locator(f"#id_part-{place}-line").select_option(label=("Eau", "Loyer")[place])
        desk.locator(f"#id_part-{place}-cle").select_option(index=1)
        box = desk.locator(f"#id_part-{place}-net")
        if not box.is_visible():
            desk.get_by_text("Montant partiel").nth(place).click()
        box.fill(amount)
        desk.locator(f"#id_part-{place}-vat").fill("0")
    desk.get_by_role("button", name="Imputer la facture").click()
    expect(desk.get_by_text("Les parts dépassent le montant de la facture")).to_be_visible()
    expect(desk.locator("#id_part-0-net")).to_have_value("9999")


def test_the_grid_saves_itself_cell_by_cell(desk: Page, live_server, year: Year):
    desk.goto(f"{live_server.url}{BASE}/comptes-individuels/{year.accompagnateur.pk}/2025/")
    cell = desk.get_by_label("Déplacements de mission, avril")
    cell.fill("12,50")
    cell.press("ArrowDown")
    expect(desk.get_by_label("Déplacements de mission, mai")).to_be_focused()
    expect(desk.get_by_text("Enregistré à")).to_be_visible()
    desk.keyboard.type("douze")
    desk.keyboard.press("Tab")
    expect(desk.get_by_text("1 case à revoir")).to_be_visible()
    expect(desk.get_by_label("Déplacements de mission, mai")).to_have_value("douze")
    row = MontantCompteIndividuel.objects.get(component="mission")
    assert (row.month, row.amount) == (dt.date(2025, 4, 1), Decimal("12.50"))


def test_a_cell_still_being_typed_is_not_sent_half_written(desk: Page, live_server, year: Year):
    desk.goto(f"{live_server.url}{BASE}/comptes-individuels/{year.accompagnateur.pk}/2025/")
    held: list[Route] = []

    def slow(route: Route) -> None:
        """Keep the first answer back, as an old machine does."""
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    desk.route("**/comptes-individuels/**", slow)
    desk.locator("[name=m01-mission]").focus()
    for text in ("10", "20"):
        desk.keyboard.type(text)
        desk.keyboard.press("ArrowDown")
    desk.keyboard.type("30.")
    for _ in range(1000):
        if held:
            break
        desk.wait_for_timeout(20)
    with desk.expect_request(lambda request: request.method == "POST") as later:
        held[0].continue_()
    sent = dict(parse_qsl(later.value.post_data or "", keep_blank_values=True))
    assert (sent["m02-mission"], sent["m03-mission"]) == ("20", "")
    expect(desk.locator("[name=m03-mission]")).to_be_focused()
    with desk.expect_request(lambda request: request.method == "POST") as last:
        desk.keyboard.type("000")
        desk.keyboard.press("ArrowDown")
    sent = dict(parse_qsl(last.value.post_data or "", keep_blank_values=True))
    assert sent["m03-mission"] == "30.000"
    expect(desk.get_by_text("case à revoir")).to_have_count(0)


def test_without_a_script_everything_is_done_with_forms(no_js_page: Page, live_server, year: Year, files: list[str]):
    page = signed_in(no_js_page, live_server, year)
    page.goto(f"{live_server.url}{BASE}/factures/deposer/")
    page.set_input_files("#fichiers", files[:3])
    page.get_by_role("button", name="Déposer les fichiers").click()
    page.get_by_role("link", name="Taper").click()
    page.get_by_role("textbox", name="Fournisseur").fill("Photographe")
    page.get_by_label("Numéro", exact=True).fill("P-1")
    page.get_by_label("Date d’émission").fill("02/05/2025")
    page.get_by_label("Hors TVA").fill("115")
    page.get_by_role("button", name="Enregistrer la facture").click()
    expect(page.get_by_text("Facture enregistrée")).to_be_visible()
    page.goto(f"{live_server.url}{BASE}/cles/")
    page.get_by_label("Nom").fill("Téléphone")
    page.get_by_label("Pourcentage").fill("115")
    page.get_by_label("Raisonnement écrit").fill("1 ligne sur 4")
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.locator(".cv-field .cv-error")).to_contain_text("dépasse 100")
    page.get_by_label("Pourcentage").fill("25")
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.get_by_role("link", name="Téléphone")).to_be_visible()
    page.goto(f"{live_server.url}{BASE}/comptes-individuels/{year.accompagnateur.pk}/2025/")
    page.get_by_label("Médecine du travail, mai").fill("60,50")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Enregistré à")).to_be_visible()
    assert MontantCompteIndividuel.objects.filter(component="medecine_travail").count() == 1
