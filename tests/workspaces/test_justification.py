"""A year closed by its pages: what misses, frozen, declared, signed, sent once, told afterwards."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from clefdevoute.documents.justification.paquet import verifier
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.frais.models import ChargeRecurrente, CompteIndividuel, LigneFrais
from clefdevoute.records.subventions import actions, manque
from clefdevoute.records.subventions.models import DeclarationHonneur, DecompteFige, DossierTransmis, Subvention
from clefdevoute.workspaces.gestionnaire.justifier import liens
from tests.records import annee_frais as scene
from tests.workspaces.annee_pages import GESTION, signed_in, words
from tests.workspaces.conftest import assert_swap_equals_reload, at_most

pytestmark = pytest.mark.django_db
D = Decimal
PAGE, FILE, PAPER, PACKAGE = (
    f"{GESTION}/{part}/" for part in ("justification", "subvention", "declaration", "dossier")
)
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def year():
    made = scene.make()
    scene.opened(made)
    return made


@pytest.fixture
def web(year):
    return signed_in(year)


def day(offset: int = 0) -> str:
    return f"{timezone.localdate() + dt.timedelta(days=offset):%d/%m/%Y}"


def signed(year, web) -> None:
    web.post(PAGE)
    web.post(PAPER, {"quoi": "produire", "name": "Bruno Lanterre", "quality": "Gérant", "place": "Namur"})
    scan = SimpleUploadedFile("signee.pdf", PDF + b"signee", "application/pdf")
    web.post(PAPER, {"quoi": "signer", "signed_on": day(), "document": scan})


def send(web, **changed):
    return web.post(PACKAGE, {"channel": "courriel", "sent_on": day(), "receipt_number": ""} | changed)


def test_an_empty_table_is_not_said_to_be_filled(year, web):
    LigneFrais.objects.all().delete()
    ChargeRecurrente.objects.all().delete()
    said = words(web.get(PAGE))
    assert "Vide : imputez d’abord les factures de l’année" in said
    assert "Rempli, il ne suffit pas" not in said


def test_what_misses_is_counted_and_leads_where_it_is_mended(year, web):
    CompteIndividuel.objects.update(replaced=True)
    EntrepriseInsertion.objects.update(file_number="")
    page = web.get(PAGE)
    assert "Il manque 4 choses avant l’envoi." in words(page)  # two documents, the file number, the frozen décompte
    assert "Encore 3 choses à compléter." in words(page)
    links = BeautifulSoup(page.content, "html.parser").select(".cv-notice li a")
    assert all(link["href"] for link in links)
    assert "Compte individuel 2025 de Nadia" in words(page)


def test_the_figures_are_the_decompte_s_and_each_has_its_reasons(web):
    page = words(web.get(PAGE))
    for said in ("Total justifié 42.290,75", "Solde 2.290,75", "Pourquoi 40.400,00 € de coût salarial ?"):
        assert said in page
    assert "/regles/accompagnement_social.cout_salarial/" in web.get(PAGE).content.decode()


def test_a_year_is_closed_step_by_step(year, web):
    assert "Figer le décompte" in words(web.get(PAGE))
    assert "Produire la déclaration" in words(web.post(PAGE, follow=True))
    produced = web.post(PAPER, {"quoi": "produire", "name": "Bruno Lanterre", "quality": "", "place": ""}, follow=True)
    assert "Déclaration produite" in words(produced)
    assert web.get(f"{PAPER}produite/").content.startswith(b"%PDF-")
    assert "Noter la signature" in words(web.get(PAGE))
    web.post(PAPER, {"quoi": "signer", "signed_on": day()})
    assert "Rien ne manque." in words(web.get(PAGE))
    answer = web.get(f"{PACKAGE}epreuve.zip")
    assert verifier(answer.content) == ()
    assert send(web).status_code == 302
    assert "Transmis le" in words(web.get(PACKAGE))
    assert Subvention.objects.get().state == "justification_transmise"
    assert "Dossier transmis le" in words(web.get(PAGE))


def test_the_frozen_zip_is_the_one_whose_hash_the_receipt_says(year, web):
    signed(year, web)
    send(web)
    sent = DossierTransmis.objects.get()
    content = b"".join(web.get(f"{PACKAGE}zip/"))
    assert content == proofs.read(sent.package)
    assert verifier(content) == ()
    page = words(web.get(PACKAGE))
    assert sent.package.sha256 in page
    assert sent.receipt_number in page
    assert web.get(f"{PACKAGE}recepisse/").content == web.get(f"{PACKAGE}recepisse/").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        kinds = {piece["genre"] for piece in json.loads(archive.read("pieces.json"))["pieces"]}
        signed_copy = next(name for name in names if "declaration" in name)
        assert archive.read(signed_copy) == PDF + b"signee"
    assert kinds == {
        "compte_individuel",
        "tableau_a",
        "declaration_sur_l_honneur",
        "decompte",
        "classeur_xlsx",
        "classeur_ods",
    }  # never an invoice, never a route sheet (A22)


def test_each_download_is_in_the_journal(year, web):
    signed(year, web)
    send(web)
    web.get(f"{PACKAGE}zip/")
    web.get(f"{PACKAGE}recepisse/")
    found = AuditEvent.objects.filter(event="subventions.dossier_telecharge")
    assert sorted(found.values_list("purpose", flat=True)) == ["dossier_zip", "recepisse"]


def test_sending_is_refused_while_a_compte_individuel_misses_and_nothing_is_lost(year, web):
    signed(year, web)
    CompteIndividuel.objects.filter(year=2026).update(replaced=True)
    refused = send(web, receipt_number="ADM-77")
    assert refused.status_code == 409
    assert "Le compte individuel 2026 de Nadia" in words(refused)
    field = BeautifulSoup(refused.content, "html.parser").select_one("[name=receipt_number]")
    assert field["value"] == "ADM-77"
    assert not DossierTransmis.objects.exists()
    assert web.get(f"{PACKAGE}epreuve.zip").status_code == 409


def test_a_package_asked_twice_is_sent_once(year, web):
    signed(year, web)
    send(web)
    again = web.post(PACKAGE, {"channel": "courriel", "sent_on": day()}, follow=True)
    assert "Ce dossier est déjà transmis : rien n’a été envoyé une seconde fois." in words(again)
    assert DossierTransmis.objects.count() == 1


def test_a_package_that_another_request_sent_meanwhile_is_shown(year, web, monkeypatch):
    """The page was ready to send when another window did: the records refuse, the page shows the receipt."""
    signed(year, web)
    sending = actions.transmettre

    def first_another(**words):
        sending(**words)
        return sending(**words)

    monkeypatch.setattr("clefdevoute.workspaces.gestionnaire.views.dossier.actions.transmettre", first_another)
    answer = send(web)
    assert answer.status_code == 302
    assert DossierTransmis.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"sent_on": "31/12/2099"}, 409, "choisissez une date passée"),
        ({"sent_on": "bientôt"}, 422, "n’est pas une date lisible"),
        ({"channel": "pigeon"}, 422, "pigeon"),
    ],
)
def test_a_sending_badly_typed_is_refused(year, web, changed, status, sentence):
    signed(year, web)
    refused = send(web, **changed)
    assert refused.status_code == status
    assert sentence in words(refused)
    assert not DossierTransmis.objects.exists()


def test_freezing_waits_until_nothing_else_misses(year, web):
    CompteIndividuel.objects.filter(year=2025).update(replaced=True)
    refused = web.post(PAGE)
    assert refused.status_code == 409
    assert "quand plus rien d’autre ne manque" in words(refused)
    assert not DecompteFige.objects.exists()


def test_freezing_by_htmx_leaves_what_a_reload_shows(web):
    before = web.get(PAGE).content
    swapped = web.post(PAGE, headers={"HX-Request": "true"})
    assert swapped.status_code == 200
    assert_swap_equals_reload(web, PAGE, before, swapped.content, "#justification")


def test_a_change_after_freezing_asks_to_freeze_again(year, web):
    signed(year, web)
    scene.invoice(year, "N-1", net="10.00", vat="0.00", day=dt.date(2025, 9, 1), line="eau")
    assert "figez-le à nouveau" in words(web.get(PAGE))
    assert "Les données ont changé depuis celle-ci" in words(web.get(PAPER))


def test_the_declaration_waits_for_the_frozen_decompte(web):
    refused = web.post(PAPER, {"quoi": "produire", "name": "Bruno Lanterre", "quality": "Gérant", "place": "Namur"})
    assert refused.status_code == 409
    assert "Le décompte n’est pas figé" in words(refused)
    assert 'value="Bruno Lanterre"' in refused.content.decode()
    assert not DeclarationHonneur.objects.exists()


def test_only_the_head_of_the_enterprise_notes_the_signature(year):
    web = signed_in(year, chef=False)
    web.post(PAGE)
    web.post(PAPER, {"quoi": "produire", "name": "", "quality": "", "place": ""})
    assert "ne permet pas ceci : signer la déclaration" in words(web.get(PAPER))
    refused = web.post(PAPER, {"quoi": "signer", "signed_on": day()})
    assert refused.status_code == 409
    assert DeclarationHonneur.objects.get().signed_on is None


def test_who_signed_last_year_is_offered_this_year(year, web):
    signed(year, web)
    offered = BeautifulSoup(web.get(PAPER).content, "html.parser").select_one("[name=quality]")
    assert offered["value"] == "Gérant"


@pytest.mark.parametrize(("offset", "status"), [(0, 302), (-4000, 409), (2, 409)])
def test_the_signature_is_dated_between_the_paper_and_today(year, web, offset, status):
    web.post(PAGE)
    web.post(PAPER, {"quoi": "produire", "name": "", "quality": "", "place": ""})
    answer = web.post(PAPER, {"quoi": "signer", "signed_on": day(offset)})
    assert answer.status_code == status


def test_the_posting_of_the_original_is_noted_once(year, web):
    signed(year, web)
    assert web.post(PAPER, {"quoi": "poster", "posted_on": day()}).status_code == 302
    assert "Posté le" in words(web.get(PAPER))
    assert web.post(PAPER, {"quoi": "poster", "posted_on": day()}).status_code == 409


def test_a_credit_note_received_later_is_told_with_its_effect(year, web):
    signed(year, web)
    send(web)
    note = scene.invoice(year, "NC-9", net="100.00", vat="21.00", day=dt.date(2025, 8, 20), credit=True)
    origin = scene.Facture.objects.get(number="T-1")
    scene.Facture.objects.filter(pk=note.pk).update(credited=origin, received_at=timezone.now())
    page = words(web.get(PAGE))
    assert "18,15 € de moins justifiés. Signalez-la à l’administration." in page
    assert "−18,15" in page
    assert "Total justifié 42.290,75" in page  # what was sent does not change


def test_once_sent_a_paper_is_the_piece_that_left(year, web):
    signed(year, web)
    send(web)
    sent = DossierTransmis.objects.get()
    hashes = {piece["sha256"] for piece in sent.pieces}
    for name in ("a-pdf", "xlsx", "ods", "decompte"):
        content = web.get(f"{GESTION}/documents/{name}/").content
        assert hashlib.sha256(content).hexdigest() in hashes, name
    refused = web.get(f"{GESTION}/documents/b-pdf/")
    assert refused.status_code == 409
    assert "n’était pas dans le dossier transmis" in words(refused)


def test_the_receipt_names_each_piece_and_who_sent(year, web):
    signed(year, web)
    send(web)
    page = PdfReader(io.BytesIO(web.get(f"{PACKAGE}recepisse/").content)).pages[0].extract_text()
    said = " ".join(page.split())
    assert "Tableau A, frais de fonctionnement" in said
    assert "Déclaration sur l’honneur, copie de l’original signé" in said
    assert DossierTransmis.objects.get().receipt_number in said.replace("- ", "-")
    assert "Reste à faire : envoyer l’original signé" in said


def test_once_sent_the_tables_are_read_only(year, web):
    signed(year, web)
    send(web)
    page = web.get(f"{GESTION}/tableaux/a-2025-t2/")
    assert "Cette année est transmise." in words(page)
    assert not BeautifulSoup(page.content, "html.parser").select("[data-cv-grid] input")


def test_a_grant_above_the_ceiling_is_a_sentence_everywhere(year, web):
    """The law refuses to count: the pages say so and lead to the grant."""
    Subvention.objects.update(granted_amount=D("60000.00"))
    for address in (PAGE, f"{GESTION}/tableaux/", PACKAGE, PAPER):
        page = web.get(address)
        assert page.status_code == 200
    assert "dépasse le plafond du droit" in words(web.get(PAGE))
    assert web.get(f"{GESTION}/documents/decompte/").status_code == 409


@pytest.mark.parametrize("start", ["2024-03-15", "2026-03-15", "2027-03-15"])
def test_other_years_open_too_even_those_not_begun(web, start):
    for part in ("justification", "tableaux", "subvention", "declaration", "dossier"):
        assert web.get(f"/gestion/{start}/{part}/").status_code == 200
    if start == "2027-03-15":
        assert "ne commence que le 15/03/2027" in words(web.get(f"/gestion/{start}/justification/"))


@pytest.mark.parametrize("start", ["2025-04-01", "1999-01-01", "2025-02-31"])
def test_a_year_that_is_not_one_s_own_is_no_address(web, start):
    for part in ("justification", "tableaux", "subvention", "declaration", "dossier"):
        assert web.get(f"/gestion/{start}/{part}/").status_code == 404


def test_the_page_to_close_is_last_year_s_until_it_has_left(year, web):
    assert web.get("/gestion/justification/")["Location"] == PAGE
    signed(year, web)
    send(web)
    assert web.get("/gestion/justification/")["Location"] != PAGE


def test_without_an_accompagnateur_the_page_says_what_to_do(year, web):
    scene.Accompagnateur.objects.update(phone="")
    year.accompagnateur.entreprise.refresh_from_db()
    for contract in scene.ContratAccompagnateurFactory._meta.model.objects.all():
        contract.ends_on = dt.date(2024, 12, 31)
        contract.save()
    page = words(web.get(PAGE))
    assert "Aucun accompagnateur n’est sous contrat pendant l’année" in page
    assert web.get(f"{PACKAGE}epreuve.zip").status_code == 409


def test_the_page_asks_a_bounded_number_of_queries(year, web):
    web.get(PAGE)
    with at_most(55):
        web.get(PAGE)


def test_every_place_where_something_is_mended_has_its_page():
    """The words of ``manque`` are read in its source: a new one without a page fails here, not before a person."""
    folder = Path(manque.__file__).parent
    text = "".join((folder / name).read_text(encoding="utf-8") for name in ("manque.py", "manque_couts.py"))
    said = set(re.findall(r'"([a-z_]+)"(?:, (?:blocking=)?(?:True|False))?\)?\n', text)) & set(liens.PAGES)
    assert {"entreprise", "comptes", "travailleurs", "de_minimis"} <= said
    used = {word for code, word in re.findall(r'"([a-z_]+)", [^\n]*?, "([a-z_]+)"', text)}
    assert used <= set(liens.PAGES)
    assert all(liens.page(word, scene.START) for word in liens.PAGES)
