"""Papers and models by their pages: refused without loss, walled, checked, produced, printed section by section."""

import datetime as dt
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Docx
from pypdf import PdfReader

from clefdevoute.documents.suivi.propres import attestation
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent, ProofFile
from clefdevoute.records.suivi.models import Document, DocumentProduit, ModeleDocument
from clefdevoute.records.suivi.synthese import Chapitre, Ligne, dump
from clefdevoute.ui.formats import NBSP
from tests.records import factories_parcours as made
from tests.records.factories import (
    AffectationFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
)
from tests.records.factories_amenagements import AmenagementFactory, DiagnosticAmenagementFactory
from tests.records.factories_bilan import (
    AvisTravailleurFactory,
    BilanFactory,
    BilanSanteFactory,
    ConsentementFactory,
    CoteBilanFactory,
    DocumentFactory,
)
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory, SyntheseFactory
from tests.records.factories_sorties import SortieFactory
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
SECRET = "Elle dort chez sa soeur"


@pytest.fixture(autouse=True)
def around(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    with on_day("2026-03-20"):
        yield


@pytest.fixture
def nadia(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def hugo(entreprise):
    client = Client()
    client.force_login(AffectationFactory(role="accompagnateur", entreprise=entreprise).user)
    return client


@pytest.fixture
def person(entreprise):
    return TravailleurFactory(
        entreprise=entreprise, first_name="Samira", name="Boisclair", birth_date=dt.date(1994, 9, 4)
    )


def at(name, person, **more):
    return reverse(f"accompagnateur:{name}", kwargs={"pk": person.pk} | more)


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def typed(**more):
    return {
        "kind": "diplome",
        "title": "Attestation de couture",
        "received_on": "20/03/2026",
        "fichier": SimpleUploadedFile("attestation.pdf", PDF),
    } | more


def test_a_paper_is_handed_in_opened_with_a_trace_checked_and_given_a_term(nadia, person):
    home = at("documents", person)
    assert nadia.post(home, typed())["Location"] == home
    row = Document.objects.get()
    assert (row.title, row.proof.classe, row.check_state) == ("Attestation de couture", "secret_social", "recu")
    assert "Attestation de couture" in text(nadia.get(home))
    one = {"document": row.pk}
    assert nadia.get(at("document_fichier", person, **one)).content == PDF
    assert AuditEvent.objects.filter(event="foundation.piece_secrete_lue", purpose="document").exists()
    refused = nadia.post(at("document_controler", person, **one), {"verdict": "refuse"})
    assert refused.status_code == 422
    assert "Un refus dit pourquoi" in text(refused)
    assert nadia.post(at("document_controler", person, **one), {"verdict": "verifie"}).status_code == 302
    assert "Vérifié" in text(nadia.get(at("document", person, **one)))
    assert nadia.post(at("document_terme", person, **one), {"expires_on": "19/03/2026"}).status_code == 422
    row.received_on = dt.date(2026, 1, 1)
    row.save()
    assert nadia.post(at("document_terme", person, **one), {"expires_on": "19/03/2026"}).status_code == 302
    assert "Expiré" in text(nadia.get(home))


BIG = b"\xff\xd8\xff" + b"0" * (50 * 1024 * 1024)
WRONG = [
    ({"fichier": SimpleUploadedFile("photo.jpg", BIG)}, "pèse 50 Mo, le maximum est de 20 Mo"),
    ({"fichier": SimpleUploadedFile("facture.pdf", b"MZ\x90\x00\x03\x00")}, "n’est pas d’un type admis"),
    ({"fichier": SimpleUploadedFile("vide.pdf", b"")}, "vide"),
    ({"fichier": ""}, "Il manque le fichier"),
    ({"kind": ""}, "Choisissez la sorte"),
    ({"received_on": "31/02/2026"}, "31/02/2026"),
    ({"received_on": "20/03/2099"}, "n’est pas encore passé"),
    ({"expires_on": "01/01/2026"}, "déjà échu à sa réception"),
]


@pytest.mark.parametrize(("more", "says"), WRONG, ids=lambda value: str(value)[-25:])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(nadia, person, more, says):
    given = typed(**more)
    for one in (given["fichier"], *more.values()):
        if hasattr(one, "seek"):
            one.seek(0)
    page = nadia.post(at("documents", person), given)
    assert page.status_code == 422
    assert says in text(page)
    assert BeautifulSoup(page.content, "html.parser").select_one("#id_title")["value"] == "Attestation de couture"
    assert not Document.objects.exists()


def test_a_file_read_once_is_kept_through_a_mistake_elsewhere(nadia, person):
    page = nadia.post(at("documents", person), typed(received_on=""))
    receipt = BeautifulSoup(page.content, "html.parser").select_one("[name=fichier_gardee]")["value"]
    again = typed(fichier_gardee=receipt)
    del again["fichier"]
    assert nadia.post(at("documents", person), again | {"kind": "sante"}).status_code == 422, "le mur a changé"
    assert nadia.post(at("documents", person), again).status_code == 302
    assert Document.objects.count() == 1


def test_confidential_opens_for_its_author_alone_and_health_by_consent(nadia, hugo, person):
    nadia.post(at("documents", person), typed(confidential="on", title="Lettre pour moi"))
    nadia.post(
        at("documents", person),
        typed(kind="sante", title="Certificat", fichier=SimpleUploadedFile("c.pdf", PDF + b"2")),
    )
    mine, health = Document.objects.get(confidential=True), Document.objects.get(health=True)
    assert health.proof.classe == "sante"
    for row in (mine, health):
        for name in ("document", "document_fichier"):
            assert nadia.get(at(name, person, document=row.pk)).status_code == 200
            assert hugo.get(at(name, person, document=row.pk)).status_code == 404
    assert "Lettre pour moi" not in text(hugo.get(at("documents", person)))
    yes = ConsentementFactory(sante=True, travailleur=person)
    assert hugo.get(at("document_fichier", person, document=health.pk)).content == PDF + b"2"
    assert hugo.get(at("document", person, document=mine.pk)).status_code == 404
    yes.withdrawn_on = dt.date(2026, 3, 20)
    yes.save()
    assert hugo.get(at("document_fichier", person, document=health.pk)).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ACCOMPAGNATEUR}))
def test_nobody_else_receives_a_byte_of_a_paper(role, sign_in, entreprise, nadia, person):
    nadia.post(at("documents", person), typed(title=SECRET))
    row = Document.objects.get()
    client = sign_in(role, entreprise)
    for name in ("document", "document_fichier"):
        page = client.get(at(name, person, document=row.pk))
        assert page.status_code == 404
        assert PDF not in page.content
    assert SECRET not in client.get("/gestion/").content.decode()


def docx(*paragraphs):
    document = Docx()
    for words in paragraphs:
        document.add_paragraph(words)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_a_model_is_taken_used_replaced_and_retired(nadia, person):
    models = reverse("accompagnateur:modeles")
    page = text(nadia.get(models))
    assert "travailleur.prenom" in page
    assert "Un .odt n’est pas lu" in page
    upload = SimpleUploadedFile("lettre.docx", docx("Chère {{ travailleur.prenom }},"))
    assert nadia.post(models, {"name": "Lettre", "fichier": upload}).status_code == 302
    row = ModeleDocument.objects.get()
    assert nadia.get(reverse("accompagnateur:modele", kwargs={"pk": row.pk})).content.startswith(b"PK")
    made = nadia.post(at("document_produire", person), {"modele": str(row.pk)})
    assert "#produit-" in made["Location"]
    produced = DocumentProduit.objects.get()
    given = nadia.get(at("document_produit", person, produit=produced.pk)).content
    assert Docx(io.BytesIO(given)).paragraphs[0].text == "Chère Samira,"
    assert produced.source == "Lettre (version 1)"
    again = SimpleUploadedFile("lettre.docx", docx("Bonjour {{ travailleur.prenom }},"))
    nadia.post(models, {"name": "Lettre", "fichier": again})
    new = ModeleDocument.objects.get(retired_on__isnull=True)
    assert new.version == 2
    nadia.post(reverse("accompagnateur:modele_retirer", kwargs={"pk": new.pk}))
    refused = nadia.post(at("document_produire", person), {"modele": str(new.pk)})
    assert refused.status_code == 422
    assert "Choisissez un modèle" in text(refused)
    assert DocumentProduit.objects.count() == 1


def test_our_model_tells_the_dates_of_the_follow_up(nadia, person):
    EngagementFactory(travailleur=person, starts_on=dt.date(2026, 1, 12))
    assert nadia.post(at("document_produire", person), {"modele": "attestation"}).status_code == 302
    produced = DocumentProduit.objects.get()
    given = nadia.get(at("document_produit", person, produit=produced.pk)).content
    words = "\n".join(one.text for one in Docx(io.BytesIO(given)).paragraphs)
    assert "Samira Boisclair" in words
    assert "depuis le 12/01/2026" in words
    assert nadia.get(reverse("accompagnateur:modele_exemple", kwargs={"code": "plan"})).content.startswith(b"PK")
    assert nadia.get(reverse("accompagnateur:modele_exemple", kwargs={"code": "autre"})).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("lettre.docx", docx("Chère {{ travailleur.prenon }},"), "Vouliez-vous « travailleur.prenom »"),
        ("lettre.docx", docx("Chère {{ travailleur.prenom }"), "mal écrite"),
        ("lettre.odt", b"PK\x03\x04rien", ".docx"),
        ("lettre.docx", b"bonjour", "n’est pas un document .docx"),
    ],
    ids=["inconnue", "cassee", "odt", "texte"],
)
def test_a_wrong_model_is_refused_with_a_sentence_and_its_name_stays(nadia, name, content, says):
    page = nadia.post(
        reverse("accompagnateur:modeles"), {"name": "Ma lettre", "fichier": SimpleUploadedFile(name, content)}
    )
    assert page.status_code == 422
    assert says in text(page)
    assert BeautifulSoup(page.content, "html.parser").select_one("#id_name")["value"] == "Ma lettre"
    assert not ModeleDocument.objects.exists()


def test_the_page_of_models_says_what_it_takes_and_nothing_else(nadia):
    shown = text(nadia.get(reverse("accompagnateur:modeles")))
    assert "Un .docx, 5 Mo au plus." in shown
    assert "PDF, image" not in shown


def test_a_model_of_another_enterprise_is_not_offered(nadia, sign_in, person):
    other = EntrepriseInsertionFactory()
    stranger = sign_in(Role.ACCOMPAGNATEUR, other)
    stranger.post(
        reverse("accompagnateur:modeles"), {"name": "Lettre", "fichier": SimpleUploadedFile("a.docx", attestation())}
    )
    row = ModeleDocument.objects.get()
    assert nadia.post(at("document_produire", person), {"modele": str(row.pk)}).status_code == 422
    assert nadia.get(reverse("accompagnateur:modele", kwargs={"pk": row.pk})).status_code == 404


def pages(answer):
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


@pytest.fixture
def full(person, nadia):
    """Make a dossier with words in every section, health of the signed-in accompagnateur included."""
    user = AffectationFactory._meta.model.objects.get(
        user__email=f"accompagnateur-{person.entreprise_id}@exemple.be"
    ).user
    row = BilanFactory(travailleur=person, author=user)
    CoteBilanFactory(bilan=row, text=SECRET, name="Logement")
    AvisTravailleurFactory(bilan=row, desaccord=True)
    BilanSanteFactory(bilan=row, author=user, text="Mal au dos.")
    ObjectifFactory(travailleur=person, title="Une place en crèche")
    DemarcheFactory(travailleur=person, text="Dossier envoyé à la crèche")
    DocumentFactory(travailleur=person, title="Diplôme de couture")
    DocumentFactory(travailleur=person, title="Papier à moi", confidential=True)
    return person


PATHS = ["formation", "emploi", "validation", "amenagements", "sortie"]
ALL = [
    "signaletique",
    "bilan",
    "objectifs",
    "synthese",
    "demarches",
    "entretiens",
    *PATHS,
    "documents",
    "consentements",
]


def test_the_dossier_on_paper_has_the_sections_that_were_chosen(nadia, full):
    home = at("dossier_papier", full)
    page = BeautifulSoup(nadia.get(home).content, "html.parser")
    ticked = {one["value"] for one in page.select("[name=sections][checked]")}
    assert ticked == set(ALL)
    words = pages(nadia.post(home, {"pour": "personne", "sections": ["bilan", "objectifs"]}))
    for said in (SECRET, "Je sais déjà lire un plan.", "Une place en crèche", "Date et signature", "20"):
        assert said in words
    for said in ("Mal au dos", "Dossier envoyé", "Diplôme de couture"):
        assert said not in words
    assert "Ne sont pas sur ce papier" in words
    assert DocumentProduit.objects.get().source == "Dossier sur papier, pour la personne"


def test_health_is_printed_only_when_it_is_ticked_and_never_for_an_audit(nadia, full):
    home = at("dossier_papier", full)
    assert "Mal au dos." in pages(nadia.post(home, {"pour": "personne", "sections": [*ALL, "sante"]}))
    assert not DocumentProduit.objects.exists(), "un papier de santé reste à son auteur"
    assert ProofFile.objects.get(classe="sante")
    words = pages(nadia.post(home, {"pour": "controle", "sections": [*ALL, "sante"]}))
    for said in (SECRET, "Mal au dos", "Une place en crèche", "Dossier envoyé", "Diplôme de couture", "lire un plan"):
        assert said not in words
    for said in ("26/01/2026", "Objectif à", "Pour un contrôle"):
        assert said in words
    assert "Papier à moi" not in pages(nadia.post(home, {"pour": "personne", "sections": ALL}))


@pytest.fixture
def walked(person):
    """Make a dossier with words on every path, and a diagnosis that no paper prints."""
    made.HeuresModuleFactory(module__plan__travailleur=person, module__plan__need=SECRET, module__title="Couture 2")
    made.EtapeJobcoachingFactory(jobcoaching__travailleur=person, jobcoaching__wish="Un atelier près de chez elle")
    made.EpreuveValidationFactory(validation__travailleur=person, validation__note="Elle hésite.")
    need = AmenagementFactory(travailleur=person, analyse=True, measure="Un siège réglable")
    DiagnosticAmenagementFactory(amenagement=need, text="Hernie discale")
    SortieFactory(travailleur=person)
    content = json.dumps(dump([Chapitre("Logement", (Ligne("Bail signé"),))], on=dt.date(2026, 2, 1)))
    SyntheseFactory(travailleur=person, content=content, confirmee=True)
    return person


WORDS = (SECRET, "Couture 2", "Un atelier près de chez elle", "Elle hésite.", "Un siège réglable", "Bail signé")


def test_the_paths_the_synthesis_and_the_exit_are_sections_too(nadia, walked):
    home = at("dossier_papier", walked)
    words = pages(nadia.post(home, {"pour": "personne", "sections": [*PATHS, "synthese"]}))
    for said in (*WORDS, "Plan de formation", "suivies sur", "Informée de la validation", "Vers :"):
        assert said in words
    assert "Hernie" not in words


def test_for_an_audit_the_paths_give_days_and_no_word(nadia, walked):
    words = pages(nadia.post(at("dossier_papier", walked), {"pour": "controle", "sections": ALL}))
    for said in (*WORDS, "Hernie"):
        assert said not in words
    for said in ("Besoin de formation", "Jobcoaching ouvert", "Synthèse confirmée", "Besoin d’aménagement noté"):
        assert said in words


def test_no_section_chosen_is_said(nadia, full):
    page = nadia.post(at("dossier_papier", full), {"pour": "personne"})
    assert page.status_code == 422
    assert "Choisissez au moins une section" in text(page)


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def test_the_list_costs_the_same_with_forty_papers(nadia, person):
    DocumentFactory(travailleur=person)
    home = at("documents", person)
    nadia.get(home)
    few = queries(nadia, home)
    for _ in range(40):
        DocumentFactory(travailleur=person)
    assert queries(nadia, home) == few
