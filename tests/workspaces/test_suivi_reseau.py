"""The network and the conventions by their pages: typed, refused with all that was typed, warned of, bounded."""

import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.reseau.models import Contact, ConventionCpas, Partenaire, RapportCpas, Signature
from clefdevoute.ui.formats import NBSP
from tests.records import factories_reseau as made
from tests.records.factories import EngagementFactory
from tests.workspaces.conftest import assert_swap_equals_reload, at_most, on_day

pytestmark = pytest.mark.django_db
BASE = "/suivi/conventions/"
D = dt.date


@pytest.fixture(autouse=True)
def around(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    with on_day("2026-03-20"):
        yield


@pytest.fixture
def client(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def worker(entreprise):
    return EngagementFactory(
        entreprise=entreprise, travailleur__entreprise=entreprise, article60=True, starts_on=D(2026, 1, 5)
    ).travailleur


def paper():
    """A signed page, scanned."""
    return SimpleUploadedFile("signee.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def value_of(page, css):
    return BeautifulSoup(page.content, "html.parser").select_one(css)["value"]


def asked(client, url):
    """Count what a page asks the database."""
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def partner(**more):
    return {"kind": "cpas", "name": "CPAS de Namur", "city": "Namur", "postal_code": "5000", "bce": ""} | more


def test_a_partner_that_is_there_already_is_warned_of_then_added_all_the_same(client, entreprise):
    made.PartenaireFactory(entreprise=entreprise, cpas=True, name="C.P.A.S. de NAMUR".replace(".", ""), city="Namur")
    page = client.post("/suivi/reseau/nouveau/", partner(name="cpas de namur"))
    assert page.status_code == 409
    assert "Ce partenaire est peut-être déjà là" in text(page)
    assert value_of(page, "#id_name") == "cpas de namur"
    assert client.post("/suivi/reseau/nouveau/", partner(name="cpas de namur", malgre="1")).status_code == 302
    assert Partenaire.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"name": ""}, "Il manque le nom"),
        ({"bce": "0403170702"}, "Ce numéro d’entreprise est refusé"),
        ({"email": "pas une adresse"}, "nom@exemple.be"),
        ({"name": "x" * 201}, "trop long"),
    ],
)
def test_a_partner_that_cannot_be_says_why_and_keeps_what_was_typed(client, more, says):
    page = client.post("/suivi/reseau/nouveau/", partner(**more))
    assert page.status_code == 422
    assert says in text(page)
    assert value_of(page, "#id_city") == "Namur"
    assert not Partenaire.objects.exists()


def test_the_list_finds_without_accents_and_swaps_as_it_reloads(client, entreprise):
    made.PartenaireFactory(entreprise=entreprise, name="Épicerie sociale", city="Liège")
    made.PartenaireFactory(entreprise=entreprise, name="Garage Petit", closed_on=D(2026, 1, 1))
    before = client.get("/suivi/reseau/").content
    address = "/suivi/reseau/?q=epicerie+liege&kind="
    swapped = client.get(address, headers={"HX-Request": "true"})
    assert "Épicerie sociale" in text(swapped)
    page = BeautifulSoup(before, "html.parser")
    page.select_one("#id_q")["value"] = "epicerie liege"
    assert_swap_equals_reload(client, address, str(page).encode(), swapped.content, "#partenaires")
    assert "Garage Petit" not in text(client.get("/suivi/reseau/?q=garage"))
    assert "Garage Petit" in text(client.get("/suivi/reseau/?q=garage&closed=on"))


def test_three_hundred_partners_ask_no_more_than_one(client, entreprise):
    made.PartenaireFactory(entreprise=entreprise)
    one = asked(client, "/suivi/reseau/")
    for _ in range(299):
        made.PartenaireFactory(entreprise=entreprise)
    with at_most(one):
        page = client.get("/suivi/reseau/")
    assert page.context["page"].count == 300


def test_a_contact_leaves_and_stays_named(client, entreprise):
    row = made.PartenaireFactory(entreprise=entreprise)
    assert client.post(f"/suivi/reseau/{row.pk}/contacts/", {"name": "Mme Renard"}).status_code == 302
    contact = Contact.objects.get()
    client.post(f"/suivi/reseau/contacts/{contact.pk}/", {"name": "Mme Renard", "left_on": "01/03/2026"})
    assert "N’y travaillent plus : Mme Renard" in text(client.get(f"/suivi/reseau/{row.pk}/"))


def drafted(partner_row, **more):
    return {
        "cpas": str(partner_row.pk),
        "reference": "2026/4",
        "starts_on": "01/01/2026",
        "ends_on": "31/12/2026",
        "renewal": "expresse",
        "report_months": "3",
        "sections": ["presence", "poste"],
    } | more


WRONG = [
    ({"ends_on": "31/12/2025"}, "finit avant d’avoir commencé"),
    ({"starts_on": "31/02/2026"}, "31/02/2026"),
    ({"cpas": "x"}, "Choisissez un CPAS du réseau"),
    ({"report_months": "25"}, "tous les 1 à 24 mois"),
    ({"report_months": "trois"}, "nombre de mois"),
    ({"sections": []}, "cochez ce qu’il peut dire"),
    ({"sections": ["sante"]}, "sante"),
]


@pytest.mark.parametrize(("more", "says"), WRONG, ids=lambda value: str(value)[:30])
def test_a_convention_that_cannot_be_keeps_what_was_typed(client, entreprise, more, says):
    cpas = made.PartenaireFactory(entreprise=entreprise, cpas=True)
    page = client.post(f"{BASE}nouvelle/", drafted(cpas, **more))
    assert page.status_code == 422
    assert says in text(page)
    assert value_of(page, "#id_reference") == "2026/4"
    assert not ConventionCpas.objects.exists()


def test_without_a_cpas_one_is_asked_for_first(client):
    page = client.get(f"{BASE}nouvelle/", follow=True)
    assert page.redirect_chain[0][0] == "/suivi/reseau/nouveau/?sorte=cpas"
    assert "Ajoutez d’abord le CPAS au réseau" in text(page)


def test_a_convention_is_drafted_signed_and_read_back_in_both_files(client, entreprise, worker):
    cpas = made.PartenaireFactory(entreprise=entreprise, cpas=True, name="CPAS de Namur")
    assert "1 travailleur art. 60 § 7 sans convention" in text(client.get(BASE))
    row_url = client.post(f"{BASE}nouvelle/", drafted(cpas))["Location"]
    person = {"travailleur": str(worker.pk), "starts_on": "05/01/2026", "ends_on": "31/12/2026"}
    wrong = client.post(f"{row_url}personnes/", person | {"ends_on": "31/01/2027"})
    assert wrong.status_code == 422
    assert "La convention va du 01/01/2026 au 31/12/2026" in text(wrong)
    assert client.post(f"{row_url}personnes/", person).status_code == 302
    early = client.post(f"{row_url}envoyer/", {"sent_on": "10/01/2026"})
    assert early.status_code == 422
    assert "Nommez qui signe" in text(early)
    for party in ("ei", "cpas"):
        client.post(f"{row_url}signataires/", {"party": party, "name": f"Signe {party}"})
    tomorrow = timezone.localdate(timezone.now()) + dt.timedelta(days=1)
    future = client.post(f"{row_url}envoyer/", {"sent_on": f"{tomorrow:%d/%m/%Y}"})
    assert future.status_code == 409
    assert "n’est pas encore passé" in text(future)
    client.post(f"{row_url}envoyer/", {"sent_on": "10/01/2026"})
    assert "Le travail a commencé avant la dernière signature" in text(client.get(row_url))
    for signature in Signature.objects.all():
        client.post(f"{BASE}signatures/{signature.pk}/", {"signed_on": "12/01/2026"})
    shown = text(client.get(row_url))
    assert "En vigueur" in shown
    assert "la dernière signature est du 12/01/2026" in shown
    assert RapportCpas.objects.count() == 4
    assert "sans convention" not in text(client.get(BASE))
    words = (
        "CPAS de Namur",
        str(worker.first_name),
        "Évolution au poste de travail",
        "secret professionnel",
    )
    docx = "\n".join(p.text for p in Document(io.BytesIO(client.get(f"{row_url}convention.docx").content)).paragraphs)
    pdf = PdfReader(io.BytesIO(client.get(f"{row_url}convention.pdf").content))
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for word in (entreprise.name, *words):
        assert word in docx.replace(NBSP, " ")
        assert word in printed.replace(NBSP, " ")
    assert "{{" not in docx


def test_the_signed_copy_is_joined_even_later_and_opens(client, entreprise):
    row = made.SignatureFactory(
        convention__cpas__entreprise=entreprise, convention__envoyee=True, name="Anne Lambert", party="cpas"
    )
    one = f"{BASE}signatures/{row.pk}/"
    early = client.post(f"{one}joindre/", {"proof": paper()})
    assert early.status_code == 422
    assert "pas encore notée" in text(early)
    assert client.get(f"{one}exemplaire/").status_code == 404
    client.post(one, {"signed_on": "20/12/2025"})
    assert "Joindre l’exemplaire" in text(client.get(f"{BASE}{row.convention_id}/"))
    empty = client.post(f"{one}joindre/", {"proof_gardee": ""})
    assert "Il manque l’exemplaire" in text(empty)
    assert client.post(f"{one}joindre/", {"proof": paper()}).status_code == 302
    assert "Ouvrir l’exemplaire" in text(client.get(f"{BASE}{row.convention_id}/"))
    opened = client.get(f"{one}exemplaire/")
    assert opened.content == paper().read()
    assert "sandbox" in opened["Content-Security-Policy"]
    assert "déjà joint" in text(client.post(f"{one}joindre/", {"proof": paper()}))


def test_a_wrong_name_never_holds_a_convention_up(client, entreprise, worker):
    draft = made.ConventionCpasFactory(cpas__entreprise=entreprise)
    wrong = made.SignatureFactory(convention=draft, name="Faute de frappe", party="ei")
    under = made.ConventionPersonneFactory(convention=draft, travailleur=worker)
    assert client.post(f"{BASE}signatures/{wrong.pk}/retirer/").status_code == 302
    assert client.post(f"{BASE}personnes/{under.pk}/retirer/").status_code == 302
    assert not Signature.objects.exists()
    assert AuditEvent.objects.filter(event="reseau.signataire_retire").count() == 1
    sent = made.SignatureFactory(
        convention__cpas__entreprise=entreprise, convention__envoyee=True, name="Qui est parti"
    )
    one = f"{BASE}signatures/{sent.pk}/"
    assert client.post(f"{one}retirer/").status_code == 403
    assert client.post(f"{one}remplacer/", {"name": ""}).status_code == 422
    assert client.post(f"{one}remplacer/", {"name": "Qui est venue"}).status_code == 302
    assert "Qui est venue" in text(client.get(f"{BASE}{sent.convention_id}/"))
    client.post(one, {"signed_on": "20/12/2025"})
    refused = client.post(f"{one}remplacer/", {"name": "Un autre"})
    assert refused.status_code == 422
    assert "sa signature reste" in text(refused)


def test_what_is_typed_is_never_a_tag_of_the_document(client, entreprise):
    cpas = made.PartenaireFactory(entreprise=entreprise, cpas=True, name="CPAS {{ 7*7 }} <b>&")
    row = made.ConventionCpasFactory(cpas=cpas, reference="{% for x in y %}")
    content = client.get(f"{BASE}{row.pk}/convention.docx").content
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    assert "CPAS {{ 7*7 }} <b>&" in words
    assert "{% for x in y %}" in words


def test_a_renewal_proposes_the_next_dates_and_the_same_content(client, entreprise):
    row = made.ConventionCpasFactory(cpas__entreprise=entreprise, signee=True, rapports=True)
    page = client.get(f"{BASE}nouvelle/?renouvelle={row.pk}")
    assert value_of(page, "#id_starts_on") == "01/01/2027"
    answer = client.post(
        f"{BASE}nouvelle/?renouvelle={row.pk}", drafted(row.cpas, starts_on="01/01/2027", ends_on="31/12/2027")
    )
    assert ConventionCpas.objects.get(starts_on=D(2027, 1, 1)).renews_id == row.pk
    assert "Renouvelée par" in text(client.get(f"{BASE}{row.pk}/"))
    assert answer.status_code == 302


def test_a_denunciation_has_a_reason(client, entreprise):
    row = made.ConventionCpasFactory(cpas__entreprise=entreprise, signee=True)
    page = client.post(f"{BASE}{row.pk}/denoncer/", {"denounced_on": "30/04/2026", "reason": ""})
    assert page.status_code == 422
    assert "Une dénonciation a un motif" in text(page)
    assert value_of(page, "#id_denounced_on") == "30/04/2026"
    client.post(f"{BASE}{row.pk}/denoncer/", {"denounced_on": "30/04/2026", "reason": "Fin de l’atelier"})
    assert "avec effet au 30/04/2026 : Fin de l’atelier" in text(client.get(f"{BASE}{row.pk}/"))


def test_a_report_is_written_in_its_sections_and_sent_once(client, entreprise, worker):
    held = made.ConventionCpasFactory(cpas__entreprise=entreprise, signee=True)
    row = made.RapportCpasFactory(convention=held, travailleur=worker)
    url = f"{BASE}rapports/{row.pk}/"
    page = client.get(url)
    assert "Présence sans absence dans la période." in text(page)
    assert BeautifulSoup(page.content, "html.parser").select_one("#id_projet") is None
    typed = {"presence": "Présente.", "poste": "Tient la caisse."}
    client.post(url, typed | {"projet": "Ne doit pas entrer."})
    pdf = PdfReader(io.BytesIO(client.get(f"{url}rapport.pdf").content))
    printed = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    assert "Tient la caisse." in printed
    assert "Ne doit pas entrer" not in printed
    long = client.post(url, typed | {"poste": "x" * 4001})
    assert long.status_code == 422
    assert "Présente." in text(long)
    sent = {"sent_on": "19/03/2026", "channel": "courriel", "recipient": "Mme Renard"}
    assert client.post(f"{url}envoyer/", sent).status_code == 302
    again = client.post(f"{url}envoyer/", sent)
    assert again.status_code == 409
    assert "est parti le 19/03/2026" in text(again)


def test_the_cockpit_asks_no_more_for_sixty_conventions_than_for_one(client, entreprise):
    cpas = made.PartenaireFactory(entreprise=entreprise, cpas=True)

    def add():
        held = made.ConventionCpasFactory(cpas=cpas, signee=True)
        made.ConventionPersonneFactory(convention=held)
        made.RapportCpasFactory(convention=held)
        made.SignatureFactory(convention=held)

    add()
    one = asked(client, BASE)
    for _ in range(59):
        add()
    with at_most(one):
        page = client.get(BASE)
    assert len(page.context["groups"][0].rangees) == 60


@pytest.mark.parametrize("role", [Role.GESTIONNAIRE, Role.SECRETARIAT, Role.ADMINISTRATION, Role.INSPECTION])
def test_no_other_role_is_told_anything(sign_in, entreprise, role):
    row = made.RapportCpasFactory(convention__cpas__entreprise=entreprise, text='{"poste": "secret"}')
    other = sign_in(role, entreprise)
    for url in (BASE, f"{BASE}{row.convention_id}/", f"{BASE}rapports/{row.pk}/", "/suivi/reseau/"):
        page = other.get(url)
        assert page.status_code == 404
        assert b"secret" not in page.content
