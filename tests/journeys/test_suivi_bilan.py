"""A bilan in Chromium: filled and saved by itself, compared, disagreed with, signed by hand, brought back on paper."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from clefdevoute.records.suivi.bilans import preuves_bilan
from clefdevoute.records.suivi.models import Bilan, Consentement, CoteBilan, Document, DomaineBilan, SignatureBilan
from tests.records.factories import AffectationFactory, EngagementFactory, TravailleurFactory
from tests.records.factories_bilan import (
    AvisTravailleurFactory,
    BilanFactory,
    ConsentementFactory,
    CoteBilanFactory,
    DocumentFactory,
)
from tests.workspaces.matrix_bilan import kept

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def person():
    row = TravailleurFactory(first_name="Samira", name="Boisclair", birth_date=dt.date(1994, 9, 4))
    EngagementFactory(travailleur=row, starts_on=dt.date(2025, 1, 12))
    return row


def signed_in(page: Page, live_server, person) -> Page:
    client = Client()
    client.force_login(AffectationFactory(role="accompagnateur", entreprise=person.entreprise).user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def first_bilan(person):
    """Lay down a bilan of two years ago, over our domains, with levels."""
    row = BilanFactory(travailleur=person, held_on=dt.date(2025, 2, 3))
    AvisTravailleurFactory(bilan=row, given_on=dt.date(2025, 2, 3))
    for rank, (family, name, level) in enumerate(
        [
            ("professionnel", "Rôle et autonomie au poste", 1),
            ("professionnel", "Compétences", 2),
            ("professionnel", "Projet d’emploi", 1),
            ("personnel", "Logement", 2),
            ("personnel", "Mobilité", 3),
            ("personnel", "Budget et dettes", 1),
        ]
    ):
        domaine = DomaineBilan.objects.create(entreprise=person.entreprise, famille=family, name=name, rank=rank)
        CoteBilanFactory(bilan=row, domaine=domaine, niveau=level)


def at(live_server, person, path="") -> str:
    return f"{live_server.url}/suivi/travailleurs/{person.pk}/{path}"


def choose(page: Page, name: str, level: str) -> None:
    page.get_by_role("group", name=f"Où la personne en est : {name}").get_by_text(level, exact=True).click()


def test_a_bilan_from_its_first_word_to_the_signature(page: Page, live_server, person):
    first_bilan(person)
    signed_in(page, live_server, person)
    page.goto(at(live_server, person, "bilans/"))
    page.get_by_role("button", name="Commencer un bilan").click()
    choose(page, "Compétences", "En bonne voie")
    choose(page, "Logement", "À construire")
    page.get_by_label("C’est un frein à l’emploi : Logement").check()
    page.get_by_text("Écrire sur « Logement »".replace("« ", "«\u00a0").replace(" »", "\u00a0»")).click()
    page.get_by_label("La situation : Logement").fill("Elle dort chez sa soeur.")
    with page.expect_response(lambda answer: "studio" in (answer.request.post_data or "")):
        page.get_by_label("Ce que la personne souhaite : Logement").fill("Un studio.")
    expect(page.locator("#enregistre")).to_contain_text("Enregistré à")
    page.reload()
    expect(page.get_by_label("La situation : Logement")).to_have_value("Elle dort chez sa soeur.")
    page.get_by_role("button", name="Terminer et relire ensemble").click()

    expect(page.get_by_role("heading", name="Sa signature")).to_be_visible()
    page.get_by_text("Pas d’accord", exact=True).click()
    page.get_by_label("Ses mots").fill("J’ai trouvé un studio hier.")
    page.get_by_text("Elle signe à l’écran").click()
    page.locator("canvas").scroll_into_view_if_needed()
    sheet = page.locator("canvas").bounding_box()
    assert sheet is not None
    page.mouse.move(sheet["x"] + 40, sheet["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(sheet["x"] + 40 + 20 * step, sheet["y"] + 60 + (30 if step % 2 else -20))
    page.mouse.up()
    expect(page.get_by_text("Signature tracée.")).to_be_visible()
    page.get_by_role("button", name="Enregistrer l’avis").click()
    expect(page.get_by_text("Avis et signature enregistrés.")).to_be_visible()
    expect(page.get_by_role("img", name="Signature de la personne")).to_be_visible()

    page.goto(at(live_server, person, "bilans/"))
    expect(page.get_by_text("1 en progrès, 1 en recul, 0 inchangés").first).to_be_visible()
    signed = SignatureBilan.objects.select_related("avis").get()
    assert (signed.kind, signed.avis.avis) == ("ecran", "desaccord")
    year = {"start": dt.date(2026, 1, 1), "end": dt.date(2099, 1, 1)}
    proofs = preuves_bilan(person.entreprise_id, [person.pk], **year)[person.pk]
    assert {(task, pk) for task, _day, _kind, pk in proofs} == {(3, signed.bilan_id)}


def test_the_copy_goes_out_on_paper_and_comes_back_by_its_code_without_a_script(no_js_page: Page, live_server, person):
    page = signed_in(no_js_page, live_server, person)
    page.goto(at(live_server, person, "bilans/"))
    page.get_by_role("button", name="Commencer un bilan").click()
    choose(page, "Mobilité", "Fragile")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Enregistré. Vous pouvez continuer plus tard.")).to_be_visible()
    page.get_by_role("button", name="Terminer et relire ensemble").click()
    expect(page.get_by_text("faites signer la page sur papier").first).to_be_visible()
    row = Bilan.objects.get()
    pdf = page.request.get(at(live_server, person, f"bilans/{row.pk}/copie.pdf")).body()
    (paper,) = [one.extract_text() for one in PdfReader(BytesIO(pdf)).pages]
    words = " ".join(paper.split())
    for said in ("Mon bilan", "Samira Boisclair", row.code, "Mobilité", "fragile", "Pas d’accord", "Signature"):
        assert said in words
    page.goto(f"{live_server.url}/suivi/bilans/page-signee/")
    page.get_by_label("Code de la page").fill(row.code.lower())
    page.get_by_role("button", name="Retrouver le bilan").click()
    page.get_by_text("D’accord", exact=True).click()
    page.set_input_files("#id_page", {"name": "page.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Enregistrer l’avis").click()
    expect(page.get_by_text("Avis et signature enregistrés.")).to_be_visible()
    assert SignatureBilan.objects.get().proof is not None


def test_every_page_fits_and_is_accessible(  # noqa: PLR0917
    page: Page, live_server, person, axe: Callable, no_overflow: Callable, small_targets: Callable, capture: Callable
):
    first_bilan(person)
    row = BilanFactory(travailleur=person, held_on=dt.date(2026, 11, 2))
    for old in CoteBilan.objects.all():
        CoteBilanFactory(bilan=row, domaine=old.domaine, niveau=min(4, old.niveau + 1), frein=old.niveau == 1)
    AvisTravailleurFactory(bilan=row, desaccord=True, given_on=dt.date(2026, 11, 2))
    draft = BilanFactory(travailleur=person, brouillon=True, held_on=dt.date(2026, 11, 20))
    for domaine in DomaineBilan.objects.all():
        CoteBilanFactory(bilan=draft, domaine=domaine, niveau=2 if domaine.rank < 2 else None, text=None, wish=None)
    asked = ConsentementFactory(travailleur=person)
    ConsentementFactory(travailleur=person, sante=True)
    paper = DocumentFactory(travailleur=person, proof=kept(person.entreprise))
    signed_in(page, live_server, person)
    paths = {
        "bilans": "bilans/",
        "bilan": f"bilans/{row.pk}/",
        "remplir": f"bilans/{draft.pk}/remplir/",
        "avis": f"bilans/{row.pk}/avis/",
        "copie": f"bilans/{row.pk}/copie/",
        "consentements": "consentements/",
        "consentement": f"consentements/{asked.pk}/",
        "demander": "consentements/demander/contact_tiers/",
        "documents": "documents/",
        "document": f"documents/{paper.pk}/",
        "papier": "dossier-papier/",
    }
    addresses = {name: at(live_server, person, path) for name, path in paths.items()}
    addresses |= {name: f"{live_server.url}/suivi/{name}/" for name in ("modeles", "bilans/domaines")}
    for name, address in addresses.items():
        for width, scheme in ((320, "light"), (1440, "dark" if name in {"bilans", "avis"} else "light")):
            dress(page, width, scheme)
            page.goto(address)
            no_overflow(page)
            axe(page)
            capture(page, f"bilan-{name.replace('/', '-')}-{width}-{scheme}")
            assert small_targets(page) == [], name


def test_a_consent_is_given_by_hand_and_taken_back(page: Page, live_server, person):
    signed_in(page, live_server, person)
    page.goto(at(live_server, person, "consentements/"))
    page.get_by_role("link", name="Demander : Envoyer ses données au Forem").click()
    page.get_by_role("button", name="Poser la question").click()
    page.get_by_text("Oui, signé à l’écran").click()
    page.locator("canvas").scroll_into_view_if_needed()
    sheet = page.locator("canvas").bounding_box()
    assert sheet is not None
    page.mouse.move(sheet["x"] + 40, sheet["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(sheet["x"] + 40 + 20 * step, sheet["y"] + 80 - 5 * step)
    page.mouse.up()
    page.get_by_role("button", name="Noter la réponse").click()
    expect(page.get_by_text("Oui noté")).to_be_visible()
    page.get_by_role("button", name="Retirer son oui").click()
    expect(page.get_by_text("Oui retiré.")).to_be_visible()
    assert Consentement.objects.get().withdrawn_on is not None
    assert not Document.objects.exists()
