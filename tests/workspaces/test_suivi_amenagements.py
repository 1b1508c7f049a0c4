"""The wall of an adjustment, page by page: the measure crosses, and not a byte of what was said of health."""

import datetime as dt
import io
from contextlib import suppress

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from clefdevoute.records.amenagements.models import Amenagement, AvisAmenagement, DiagnosticAmenagement
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent, Change
from tests.records import factories as make
from tests.records.factories_amenagements import AmenagementFactory
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
MARKER = "Zygomatique-témoin"
MEASURE = "Une table de coupe réglable en hauteur"
OTHERS = (Role.GESTIONNAIRE, Role.SECRETARIAT, Role.ADMINISTRATION, Role.INSPECTION, Role.FEDERATION, Role.SUPPORT)


@pytest.fixture(autouse=True)
def today():
    with on_day("2026-11-22"):
        yield


@pytest.fixture
def person(entreprise):
    row = make.TravailleurFactory(entreprise=entreprise, name="Boisclair", first_name="Samira")
    make.EngagementFactory(travailleur=row)
    return row


@pytest.fixture
def suivi(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def chef(entreprise):
    held = make.AffectationFactory(role="gestionnaire", entreprise=entreprise, permissions=["chef_entreprise"])
    client = Client()
    client.force_login(held.user)
    return client


def page(answer):
    return answer.content.decode()


def sent(suivi, person):
    """Walk to the notice through the pages, with the marker in every box that stays."""
    need = {"need": f"{MARKER} besoin", "need_on": "01/10/2026", "asked_by": "travailleur"}
    suivi.post(f"/suivi/travailleurs/{person.pk}/amenagements/nouveau/", need)
    row = Amenagement.objects.get()
    analysis = {"analysed_on": "05/10/2026", "analysis": f"{MARKER} analyse", "kind": "poste", "measure": MEASURE}
    suivi.post(f"/suivi/amenagements/{row.pk}/analyse/", analysis)
    suivi.post(f"/suivi/amenagements/{row.pk}/sante/", {"text": f"{MARKER} santé"})
    assert hand_over(suivi, row).status_code == 302
    return AvisAmenagement.objects.get()


def hand_over(suivi, row):
    """Read the preview, then send it as the page does."""
    shown = BeautifulSoup(suivi.get(f"/suivi/amenagements/{row.pk}/avis/").content, "html.parser")
    return suivi.post(f"/suivi/amenagements/{row.pk}/avis/", {"relu": shown.select_one("input[name=relu]")["value"]})


def words_of(answer):
    """Give all that an answer says, a PDF read back included."""
    if answer.headers.get("Content-Type", "").startswith("application/pdf"):
        return "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.content)).pages)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


def names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def addresses(avis, person):
    """Give every address of the product that needs nothing, or that takes the notice, its adjustment or the person."""
    for name in sorted(set(names(get_resolver().url_patterns))):
        for kwargs in ({}, {"pk": avis.pk}, {"pk": avis.amenagement_id}, {"pk": person.pk}):
            with suppress(NoReverseMatch):
                yield reverse(name, kwargs=kwargs)


def test_no_other_role_ever_receives_a_byte_of_what_stays(suivi, person, sign_in, entreprise, chef):
    avis = sent(suivi, person)
    everywhere = [one for one in addresses(avis, person) if "deconnexion" not in one]
    assert len(everywhere) > 100
    for who, client in {role: sign_in(role, entreprise) for role in OTHERS}.items() | {("chef", chef)}:
        near = [one for one in everywhere if "amenagement" in one or str(person.pk) in one]
        for address in everywhere if who in {"chef", Role.GESTIONNAIRE} else near:
            assert MARKER not in words_of(client.get(address)), f"{who} : {address}"
        for extension in ("csv", "xlsx", "ods"):
            answer = client.get(f"/gestion/travailleurs/export.{extension}")
            assert MARKER not in words_of(answer), f"{who} : export.{extension}"
        assert MARKER not in words_of(client.get("/gestion/chercher/?q=Zygomatique"))
    assert MARKER in words_of(suivi.get(f"/suivi/amenagements/{avis.amenagement_id}/")), "le témoin est bien là"


def test_the_journal_the_history_and_the_mail_hold_none_of_it(suivi, person, chef):
    avis = sent(suivi, person)
    decide(chef, avis)
    kept = [f"{row.event} {row.purpose} {row.subject_kind}" for row in AuditEvent.objects.all()]
    kept += [f"{row.field} {row.old} {row.new}" for row in Change.objects.all()]
    kept += [f"{letter.subject} {letter.body}" for letter in mail.outbox]
    said = "\n".join(kept)
    assert "amenagements.avis_remis" in said
    assert MARKER not in said
    assert MEASURE not in said
    assert "bâtiment" not in said


def decide(chef, avis, **more):
    typed = {"outcome": "partiel", "review_on": "01/03/2027", "reasons": "Un seul poste du bâtiment."} | more
    return chef.post(f"/gestion/amenagements/{avis.pk}/", typed, follow=True)


def test_the_head_reads_the_measure_decides_and_the_answer_comes_back(suivi, person, chef):
    avis = sent(suivi, person)
    listed = page(chef.get("/gestion/amenagements/"))
    assert "Boisclair Samira" in listed
    read = page(chef.get(f"/gestion/amenagements/{avis.pk}/"))
    assert MEASURE in read
    assert "La raison de santé n’y est pas" in read
    assert "AVIQ" in read
    assert "À vérifier" in read or "Vérifiez" in read
    paper = words_of(chef.get(f"/gestion/amenagements/{avis.pk}/avis.pdf"))
    assert "table de coupe" in paper.replace("\n", " ")
    assert "Décision enregistrée." in page(decide(chef, avis))
    assert "Aucun avis n’attend" in page(chef.get("/gestion/amenagements/"))
    assert "Accepté en partie" in page(chef.get("/gestion/amenagements/?etat=decides"))
    today = page(suivi.get("/suivi/")).replace("\xa0", " ")
    assert "ce que la direction a décidé" in today
    back = page(suivi.get(f"/suivi/amenagements/{avis.amenagement_id}/"))
    assert "Un seul poste du bâtiment." in back
    suivi.post(f"/suivi/amenagements/{avis.amenagement_id}/dire/", {"told_on": "22/11/2026"})
    assert "ce que la direction a décidé" not in page(suivi.get("/suivi/"))


def test_a_refusal_without_reasons_comes_back_with_all_that_was_typed(suivi, person, chef):
    avis = sent(suivi, person)
    answer = decide(chef, avis, outcome="refuse", reasons="", review_on="01/03/2027")
    assert answer.status_code == 422
    assert "se motive" in page(answer)
    assert "01/03/2027" in page(answer)
    early = decide(chef, avis, review_on="20/11/2026")
    assert "se revoit à une date qui suit la décision" in page(early)
    assert "Un seul poste du bâtiment." in page(early)


def test_a_gestionnaire_who_is_not_the_head_reads_and_does_not_decide(suivi, person, gestionnaire):
    avis = sent(suivi, person)
    html = page(gestionnaire.get(f"/gestion/amenagements/{avis.pk}/"))
    assert MEASURE in html
    assert "Enregistrer la décision" not in html
    refused = decide(gestionnaire, avis)
    assert refused.status_code == 409
    assert "ne permet pas ceci" in page(refused)
    assert Amenagement.objects.get().decided_on is None


def test_the_preview_is_the_notice_and_warns_of_words_of_health(suivi, person):
    row = make_row(suivi, person, measure="Au calme, à cause de sa migraine")
    html = page(suivi.get(f"/suivi/amenagements/{row.pk}/avis/"))
    assert "Ces mots parlent peut-être de santé." in html
    assert "migraine" in html
    assert html.count("cv-btn--primary") == 1
    assert hand_over(suivi, row).status_code == 302, "un avertissement ne bloque pas"
    again = suivi.post(f"/suivi/amenagements/{row.pk}/avis/")
    assert again.status_code == 409
    assert "L’avis n’est pas parti." in page(again)


def test_a_measure_changed_after_the_preview_is_shown_again_and_does_not_leave(suivi, person):
    row = make_row(suivi, person, measure="Un tabouret")
    address = f"/suivi/amenagements/{row.pk}/avis/"
    read = BeautifulSoup(suivi.get(address).content, "html.parser").select_one("input[name=relu]")["value"]
    analysis = {"analysed_on": "05/10/2026", "analysis": "", "kind": "poste", "measure": "Un siège réglable"}
    suivi.post(f"/suivi/amenagements/{row.pk}/analyse/", analysis)
    answer = suivi.post(address, {"relu": read})
    assert answer.status_code == 409
    assert "L’avis a changé depuis que vous l’avez relu" in page(answer)
    assert "Un siège réglable" in page(answer)
    assert not AvisAmenagement.objects.exists()
    assert hand_over(suivi, row).status_code == 302


def make_row(suivi, person, **more):
    need = {"need": "La table", "need_on": "01/10/2026", "asked_by": "travailleur", "travailleur": str(person.pk)}
    suivi.post("/suivi/amenagements/nouveau/", need)
    row = Amenagement.objects.get()
    typed = {"analysed_on": "05/10/2026", "kind": "poste", "measure": MEASURE} | more
    suivi.post(f"/suivi/amenagements/{row.pk}/analyse/", typed)
    return row


def test_health_is_closed_until_its_author_opens_it_and_closed_to_a_colleague(suivi, person, sign_in, entreprise):
    row = make_row(suivi, person)
    address = f"/suivi/amenagements/{row.pk}/sante/"
    suivi.post(address, {"text": MARKER})
    before = AuditEvent.objects.filter(event="amenagements.sante_ouverte").count()
    assert MARKER not in page(suivi.get(address))
    assert MARKER not in page(suivi.get(f"/suivi/amenagements/{row.pk}/"))
    assert MARKER in page(suivi.post(address, {"ouvrir": "1"}))
    assert AuditEvent.objects.filter(event="amenagements.sante_ouverte").count() == before + 1
    held = make.AffectationFactory(role="accompagnateur", entreprise=entreprise)
    colleague = Client()
    colleague.force_login(held.user)
    assert MARKER not in page(colleague.post(address, {"ouvrir": "1"}))
    assert "Ouvrir ma note" not in page(colleague.get(address))
    assert DiagnosticAmenagement.objects.count() == 1


def test_a_review_before_the_decision_was_told_and_a_date_to_come_are_refused(suivi, person, chef):
    avis = sent(suivi, person)
    address = f"/suivi/amenagements/{avis.amenagement_id}/revue/"
    early = suivi.post(address, {"held_on": "22/11/2026", "result": "maintenu", "next_on": "01/06/2027"})
    assert early.status_code == 409
    assert "01/06/2027" in page(early)
    decide(chef, avis)
    tomorrow = suivi.post(f"/suivi/amenagements/{avis.amenagement_id}/dire/", {"told_on": "23/11/2026"})
    assert "pas encore venu" in page(tomorrow)


def asked(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_lists_cost_the_same_with_many_adjustments(suivi, chef, entreprise):
    few = AmenagementFactory(travailleur__entreprise=entreprise, need_on=dt.date(2026, 10, 1))
    for client, address in ((suivi, "/suivi/amenagements/"), (chef, "/gestion/amenagements/")):
        client.get(address)
        assert asked(client, address) < 60, few
    before = [asked(suivi, "/suivi/amenagements/"), asked(chef, "/gestion/amenagements/")]
    for _ in range(24):
        AmenagementFactory(travailleur__entreprise=entreprise, need_on=dt.date(2026, 10, 1))
    assert [asked(suivi, "/suivi/amenagements/"), asked(chef, "/gestion/amenagements/")] == before
    html = page(suivi.get("/suivi/amenagements/"))
    assert "25 aménagements" in html.replace("\xa0", " ")
    assert 'href="?page=2"' in html
