"""Bilans by their pages: filled, saved by itself, compared, disagreed with, signed, copied, walled."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.suivi.models import (
    AvisTravailleur,
    Bilan,
    BilanSante,
    Consentement,
    CoteBilan,
    DomaineBilan,
    SignatureBilan,
)
from clefdevoute.ui.formats import NBSP
from tests.records.factories import TravailleurFactory
from tests.records.factories_bilan import (
    STROKES,
    AvisTravailleurFactory,
    BilanFactory,
    BilanSanteFactory,
    ConsentementFactory,
    CoteBilanFactory,
)
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TODAY = "2026-03-20"
SECRET = "Elle dort chez sa soeur"


@pytest.fixture(autouse=True)
def around(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    with on_day(TODAY):
        yield


@pytest.fixture
def nadia(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def person(entreprise):
    return TravailleurFactory(entreprise=entreprise, first_name="Samira", name="Boisclair")


def at(name, person, **more):
    return reverse(f"accompagnateur:{name}", kwargs={"pk": person.pk} | more)


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def begin(client, person):
    page = client.post(at("bilans", person), {"held_on": "20/03/2026"})
    assert page.status_code == 302, text(page)
    return Bilan.objects.get(travailleur=person, state="brouillon")


def typed(row, revision=None, **more):
    """Type one domain, the others left as they are."""
    home = CoteBilan.objects.get(bilan=row, name="Logement")
    return {
        "held_on": "20/03/2026",
        "revision": str(row.revision if revision is None else revision),
        f"niveau_{home.pk}": "2",
        f"frein_{home.pk}": "on",
        f"text_{home.pk}": SECRET,
        f"wish_{home.pk}": "Un studio.",
    } | more


def finished(client, person):
    row = begin(client, person)
    page = client.post(at("bilan_remplir", person, bilan=row.pk), typed(row, terminer="1"))
    assert page["Location"] == at("bilan_avis", person, bilan=row.pk)
    return Bilan.objects.get(pk=row.pk)


def test_a_bilan_is_filled_saved_and_finished_partial(nadia, person):
    row = begin(nadia, person)
    assert nadia.post(at("bilans", person), {"held_on": "20/03/2026"})["Location"].endswith("/remplir/")
    assert Bilan.objects.count() == 1, "un seul brouillon par personne"
    page = nadia.get(at("bilan_remplir", person, bilan=row.pk))
    for name in (
        "Rôle et autonomie au poste",
        "Entourage",
        "Lu par vous seul, et par l’équipe si la personne a dit oui",
    ):
        assert name in text(page)
    assert nadia.post(at("bilan_remplir", person, bilan=row.pk), typed(row)).status_code == 302
    home = CoteBilan.objects.get(bilan=row, name="Logement")
    assert (home.niveau, home.frein, home.text, home.wish) == (2, True, SECRET, "Un studio.")
    row.refresh_from_db()
    nadia.post(at("bilan_remplir", person, bilan=row.pk), typed(row, terminer="1"))
    shown = text(nadia.get(at("bilans", person)))
    assert "il manque le domaine professionnel" in shown
    assert "Avis à recueillir" in shown


def test_the_pause_saves_and_what_is_swapped_is_what_a_reload_shows(nadia, person):
    row = begin(nadia, person)
    address = at("bilan_remplir", person, bilan=row.pk)
    before = nadia.get(address).content
    tab = BeautifulSoup(before, "html.parser").select_one("[name=tab]")["value"]
    part = nadia.post(address, typed(row, tab=tab), headers={"HX-Request": "true"})
    assert part.status_code == 200
    state = BeautifulSoup(part.content, "html.parser").select_one("#etat-bilan")
    assert state.select_one("[name=revision]")["value"] == "1"
    assert "Enregistré à" in state.get_text()
    reloaded = BeautifulSoup(nadia.get(address).content, "html.parser").select_one("#etat-bilan")
    for one in (state, reloaded):
        one.select_one("[name=tab]")["value"] = ""
    assert state.prettify() == reloaded.prettify()
    again = nadia.post(address, typed(row, revision=0, tab=tab, held_on="19/03/2026"), headers={"HX-Request": "true"})
    assert again.status_code == 200, "la même page reprend ses propres mots"


def test_two_tabs_that_disagree_show_both_texts_and_one_is_chosen(nadia, person):
    row = begin(nadia, person)
    address = at("bilan_remplir", person, bilan=row.pk)
    home = CoteBilan.objects.get(bilan=row, name="Logement")
    nadia.post(address, typed(row))
    page = nadia.post(address, typed(row, revision=0, **{f"text_{home.pk}": "Elle a un studio."}))
    assert page.status_code == 409
    assert SECRET in text(page)
    assert "Elle a un studio." in text(page)
    assert CoteBilan.objects.get(pk=home.pk).text == SECRET
    forced = typed(row, revision=0, force="1", **{f"text_{home.pk}": "Elle a un studio."})
    assert nadia.post(address, forced).status_code == 302
    assert CoteBilan.objects.get(pk=home.pk).text == "Elle a un studio."


WRONG = [
    ({"held_on": "31/02/2026"}, "31/02/2026"),
    ({"held_on": "21/03/2099"}, "n’est pas encore passé"),
]


@pytest.mark.parametrize(("more", "says"), WRONG, ids=lambda value: str(value)[:20])
def test_a_wrong_day_is_said_and_every_word_is_kept(nadia, person, more, says):
    row = begin(nadia, person)
    page = nadia.post(at("bilan_remplir", person, bilan=row.pk), typed(row, terminer="1", **more))
    assert page.status_code == 422
    assert says in text(page)
    assert SECRET in page.content.decode()
    assert CoteBilan.objects.get(bilan=row, name="Logement").text == SECRET
    row.refresh_from_db()
    assert (row.state, row.held_on) == ("brouillon", dt.date(2026, 3, 20))


def test_an_empty_bilan_is_not_finished(nadia, person):
    row = begin(nadia, person)
    page = nadia.post(at("bilan_remplir", person, bilan=row.pk), {"terminer": "1", "held_on": "20/03/2026"})
    assert page.status_code == 422
    assert "Rien n’est encore noté" in text(page)


def test_the_person_disagrees_in_her_words_then_signs_on_the_screen(nadia, person):
    row = finished(nadia, person)
    address = at("bilan_avis", person, bilan=row.pk)
    assert "Elle peut ne pas être d’accord" in text(nadia.get(address))
    wrong = nadia.post(address, {"words": "Je sais lire un plan.", "given_on": "20/03/2026"})
    assert wrong.status_code == 422
    assert "Je sais lire un plan." in wrong.content.decode()
    no = {"avis": "desaccord", "words": "Je sais lire un plan.", "given_on": "20/03/2026"}
    assert nadia.post(address, no)["Location"] == at("bilan", person, bilan=row.pk)
    shown = text(nadia.get(at("bilan", person, bilan=row.pk)))
    assert "Pas d’accord" in shown
    assert "Je sais lire un plan." in shown
    assert "Ce bilan n’est pas signé." in shown
    signed = {"avis": "accord", "given_on": "20/03/2026", "signature": "ecran", "strokes": STROKES}
    assert nadia.post(address, signed).status_code == 302
    page = nadia.get(at("bilan", person, bilan=row.pk))
    assert "Je signe : je suis d’accord." in text(page)
    assert BeautifulSoup(page.content, "html.parser").select_one("svg.cv-sign__drawn path")["d"].startswith("M10 20L")
    assert "Ce bilan n’est pas signé." not in text(page)


def test_the_paper_comes_back_by_its_code_and_a_mistake_loses_nothing(nadia, person):
    row = finished(nadia, person)
    found = nadia.post(reverse("accompagnateur:bilan_retrouver"), {"code": f" {row.code.lower().replace('-', ' ')} "})
    assert found["Location"] == at("bilan_avis", person, bilan=row.pk) + "?signature=papier"
    lost = nadia.post(reverse("accompagnateur:bilan_retrouver"), {"code": "ZZZZ-ZZZZ"})
    assert lost.status_code == 422
    assert "Aucun bilan terminé ne porte ce code" in text(lost)
    address = at("bilan_avis", person, bilan=row.pk)
    paper = {"avis": "accord", "given_on": "20/03/2026", "signature": "papier"}
    assert "Il manque la page signée" in text(nadia.post(address, paper))
    program = SimpleUploadedFile("page.pdf", b"MZ\x90\x00\x03\x00\x00\x00")
    refused = nadia.post(address, paper | {"words": "Oui.", "page": program})
    assert "n’est pas d’un type admis" in text(refused)
    assert "Oui." in refused.content.decode()
    page = nadia.post(address, paper | {"avis": "", "page": SimpleUploadedFile("page.pdf", PDF)})
    kept = BeautifulSoup(page.content, "html.parser").select_one("[name=page_gardee]")["value"]
    assert nadia.post(address, paper | {"page_gardee": kept}).status_code == 302
    signed = SignatureBilan.objects.get()
    assert (signed.kind, signed.proof.classe) == ("papier", "secret_social")
    assert nadia.get(at("bilan_page_signee", person, bilan=row.pk)).content == PDF
    assert AuditEvent.objects.filter(event="foundation.piece_secrete_lue").exists()


def test_first_and_last_stand_side_by_side_with_an_equal_table(nadia, person):
    old = BilanFactory(travailleur=person, held_on=dt.date(2025, 1, 10))
    new = BilanFactory(travailleur=person, held_on=dt.date(2026, 1, 10))
    first = CoteBilanFactory(bilan=old, niveau=1, name="Logement", famille="personnel")
    CoteBilanFactory(bilan=new, niveau=3, domaine=first.domaine, name="Toit", famille="personnel", frein=True)
    page = nadia.get(at("bilans", person))
    assert "1 en progrès, 0 en recul, 0 inchangés" in text(page)
    assert "Toit 1 · À construire 3 · En bonne voie +2 frein" in text(page)
    found = BeautifulSoup(page.content, "html.parser")
    assert found.select_one("svg.cv-chart desc").get_text() == "Toit, de À construire à En bonne voie"


def test_the_copy_is_plain_and_says_nothing_of_health_nor_of_our_words(nadia, person):
    row = finished(nadia, person)
    user = Bilan.objects.get(pk=row.pk).author
    BilanSanteFactory(bilan=row, author=user, text="Mal au dos depuis l’hiver.")
    page = nadia.get(at("bilan_copie", person, bilan=row.pk))
    for words in (
        "Ce que nous allons travailler",
        "Logement",
        "fragile",
        "Un studio.",
        "Je ne suis pas d’accord",
        row.code,
    ):
        assert words in text(page)
    for words in (SECRET, "Mal au dos"):
        assert words not in page.content.decode()
    pdf = nadia.get(at("bilan_copie_pdf", person, bilan=row.pk))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_health_is_shown_to_its_author_and_to_the_team_by_consent_alone(nadia, sign_in, entreprise, person):
    row = BilanFactory(travailleur=person)
    CoteBilanFactory(bilan=row)
    BilanSanteFactory(bilan=row, text="Mal au dos depuis l’hiver.")
    address = at("bilan", person, bilan=row.pk)
    assert "Mal au dos" not in nadia.get(address).content.decode()
    ConsentementFactory(sante=True, travailleur=person)
    assert "Mal au dos" in nadia.get(address).content.decode()


def test_the_domains_of_the_enterprise_are_edited(nadia, entreprise):
    address = reverse("accompagnateur:domaines")
    page = nadia.get(address)
    assert "Langue et lecture" in page.content.decode()
    assert not DomaineBilan.objects.exists()
    assert nadia.post(address, {"famille": "personnel", "name": "Numérique"}).status_code == 302
    home = DomaineBilan.objects.get(name="Logement")
    one = reverse("accompagnateur:domaine", kwargs={"pk": home.pk})
    assert nadia.post(one, {"name": "Toit"}).status_code == 302
    assert "existe déjà" in text(nadia.post(one, {"name": "Mobilité"}))
    assert nadia.post(one, {"retirer": "1", "name": "Toit"}).status_code == 302
    assert "Retirés" in text(nadia.get(address))
    wrong = nadia.post(address, {"name": "Sans famille"})
    assert wrong.status_code == 422
    assert "Sans famille" in wrong.content.decode()


def test_a_consent_is_asked_answered_and_taken_back_in_one_gesture(nadia, person):
    home = at("consentements", person)
    assert text(nadia.get(home)).count("Non demandé") == 4
    asked = nadia.post(
        at("consentement_demander", person, purpose="forem"), {"language": "nl", "asked_on": "20/03/2026"}
    )
    row = Consentement.objects.get()
    assert asked["Location"] == at("consentement", person, row=row.pk)
    page = nadia.get(asked["Location"])
    assert "Ik mag nee zeggen" in text(page)
    assert "Ik mag nee zeggen" in text(nadia.get(at("consentement_page", person, row=row.pk)))
    assert nadia.post(asked["Location"], {"answered_on": "20/03/2026"}).status_code == 422
    yes = {"reponse": "oui_ecran", "answered_on": "20/03/2026", "strokes": STROKES}
    assert nadia.post(asked["Location"], yes)["Location"] == home
    shown = text(nadia.get(home))
    assert "Donné" in shown
    assert "signé à l’écran" in shown
    assert nadia.post(at("consentement_retirer", person, row=row.pk))["Location"] == home
    assert "Retiré" in text(nadia.get(home))
    twice = nadia.post(at("consentement_retirer", person, row=row.pk))
    assert twice.status_code == 409
    assert "pas de oui en cours" in text(twice)


def test_a_no_is_noted_without_any_signature_and_a_paper_may_follow(nadia, person):
    row = ConsentementFactory(travailleur=person)
    address = at("consentement", person, row=row.pk)
    assert nadia.post(address, {"reponse": "non", "answered_on": "20/03/2026"}).status_code == 302
    assert "Refusé" in text(nadia.get(at("consentements", person)))
    other = ConsentementFactory(travailleur=person, purpose="rappel_sortie", asked_on=dt.date(2026, 3, 1))
    address = at("consentement", person, row=other.pk)
    assert nadia.post(address, {"reponse": "oui_papier", "answered_on": "20/03/2026"}).status_code == 302
    signed = at("consentement_signe", person, row=other.pk)
    assert nadia.get(signed).status_code == 404
    assert nadia.post(signed, {"page": SimpleUploadedFile("page.pdf", PDF)}).status_code == 302
    assert nadia.get(signed).content == PDF
    assert nadia.post(signed, {"page": SimpleUploadedFile("page.pdf", PDF)}).status_code == 422


def test_a_service_is_named_before_it_is_asked_about(nadia, person):
    address = at("consentement_demander", person, purpose="contact_tiers")
    page = nadia.post(address, {"language": "fr", "asked_on": "20/03/2026"})
    assert page.status_code == 422
    assert "Écrivez le service" in text(page)
    named = {"language": "fr", "asked_on": "20/03/2026", "tiers": "Médiation de dettes"}
    assert nadia.post(address, named).status_code == 302
    assert nadia.get(at("consentement_demander", person, purpose="autre")).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.GESTIONNAIRE, Role.SECRETARIAT, Role.ADMINISTRATION, Role.INSPECTION, Role.FEDERATION]
)
def test_nobody_else_receives_a_byte_of_it(role, sign_in, entreprise, person):
    row = BilanFactory(travailleur=person)
    CoteBilanFactory(bilan=row, text=SECRET)
    AvisTravailleurFactory(bilan=row, words=SECRET)
    client = sign_in(role, entreprise)
    for name in ("bilan", "bilan_remplir", "bilan_avis", "bilan_copie", "bilan_copie_pdf"):
        page = client.get(at(name, person, bilan=row.pk))
        assert page.status_code == 404
        assert SECRET not in page.content.decode()


def test_another_person_s_bilan_is_not_under_this_person(nadia, entreprise, person):
    row = BilanFactory(travailleur__entreprise=entreprise)
    assert nadia.get(at("bilan", person, bilan=row.pk)).status_code == 404
    assert nadia.post(at("bilan_avis", person, bilan=row.pk), {"avis": "accord"}).status_code == 404
    assert not AvisTravailleur.objects.exists()
    assert not BilanSante.objects.exists()


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def one_bilan(person, year):
    row = BilanFactory(travailleur=person, held_on=dt.date(year, 1, 10))
    CoteBilanFactory(bilan=row)
    AvisTravailleurFactory(bilan=row)


def test_the_list_costs_the_same_with_ten_bilans(nadia, person):
    one_bilan(person, 2015)
    home = at("bilans", person)
    nadia.get(home)
    few = queries(nadia, home)
    for year in range(2016, 2026):
        one_bilan(person, year)
    assert queries(nadia, home) == few
