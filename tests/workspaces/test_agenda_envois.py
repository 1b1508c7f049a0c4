"""What leaves the agenda: letters in their window, e-mails without a name, the outbox, the calendar feed."""

import datetime as dt
from io import BytesIO

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from clefdevoute.records.agenda.models import Convocation, Courriel, FluxAgenda
from clefdevoute.records.entreprises.models import Affectation
from clefdevoute.records.foundation.access import Role
from tests import clock
from tests.records.factories_agenda import CourrielFactory, PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.workspaces.agenda_gestes import TODAY, soup, staff, text, worker
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
WAITING = "clefdevoute.records.agenda.boite.WaitingBackend"
MM = 72 / 25.4


@pytest.fixture(autouse=True)
def around():
    with clock.at(f"{TODAY}T12:00"):
        yield


@pytest.fixture
def client(sign_in, entreprise):
    return sign_in(Role.SECRETARIAT, entreprise)


@pytest.fixture
def nadia(entreprise):
    entreprise.name, entreprise.phone = "Ateliers du Tilleul", "081 00 00 00"
    entreprise.street, entreprise.postal_code, entreprise.city = "Rue Haute 1", "5000", "Namur"
    entreprise.save()
    return staff(entreprise, name="Lambert")


@pytest.fixture
def rdv(nadia):
    person = worker(
        nadia.entreprise,
        name="Yilmaz",
        first_name="Sam",
        email="sam@exemple.be",
        street="Rue des Essais 12 bte 3",
        postal_code="5100",
        city="Jambes",
    )
    return RendezVousFactory(
        travailleur=person, accompagnateur=nadia, starts_at=at("2026-11-24 14:30"), place="Bureau 2, rez-de-chaussée"
    )


def url(rdv, way=""):
    return f"/agenda/rendez-vous/{rdv.pk}/convocation/{way}"


def placed(pdf: bytes) -> list[tuple[str, float, float]]:
    """Read every piece of text of the first page with its place in millimetres from the top left corner."""
    page, found = PdfReader(BytesIO(pdf)).pages[0], []

    def visit(words, cm, tm, _font, _size):
        if words.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((words.strip(), x / MM, 297 - y / MM))

    page.extract_text(visitor_text=visit)
    return found


def test_the_letter_stands_in_the_window_and_tells_no_reason(client, rdv):
    answer = client.post(url(rdv, "lettre/"))
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) == 1
    words = " ".join(reader.pages[0].extract_text().replace("\xa0", " ").split())
    for said in ("Sam Yilmaz", "Rue des Essais 12 bte 3", "5100 Jambes", "mardi 24 novembre 2026", "14:30", "Bureau 2"):
        assert said in words
    assert "Vous avez un entretien" in words
    window = [one for one in placed(answer.content) if one[1] > 105 and 40 < one[2] < 95]
    assert window, "l’adresse manque"
    for said, x, y in window:
        assert 109 <= x <= 190, said
        assert 59 <= y <= 80, f"{said} à {y:.0f} mm"
    assert any("Jambes" in said for said, _x, _y in window)
    assert Convocation.objects.get().channel == "lettre"


def test_the_mail_names_nobody(client, rdv, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url(rdv, "courriel/")).status_code == 302
    (sent,) = mail.outbox
    assert sent.to == ["sam@exemple.be"]
    assert sent.subject == "Votre rendez-vous"
    assert "mardi 24 novembre 2026" in sent.body
    assert "à 14:30" in sent.body
    assert "Bureau 2" in sent.body
    assert "081 00 00 00" in sent.body
    for secret in ("Sam", "Yilmaz", "Lambert", "Nadia", "TD", "social"):
        assert secret not in sent.subject + sent.body
    shown = text(client.get(url(rdv)))
    assert "Déjà convoqué." in shown
    assert "le 23/11/2026 à 12:00 · parti" in shown


def test_without_a_server_it_waits_in_the_outbox_where_a_person_hands_it_over(client, rdv, settings):
    settings.EMAIL_BACKEND = WAITING
    page = client.post(url(rdv, "courriel/"), follow=True)
    assert "aucun serveur n’est réglé" in text(page)
    assert mail.outbox == []
    box = client.get("/agenda/boite-de-sortie/")
    assert "rien ne part d’ici" in text(box)
    row = Courriel.objects.get()
    link = soup(box).find("a", href=lambda href: href and href.startswith("mailto:"))
    assert "sam%40exemple.be" in link["href"]
    assert client.post(f"/agenda/boite-de-sortie/{row.pk}/remis/").status_code == 302
    assert "Aucun courriel n’attend" in text(client.get("/agenda/boite-de-sortie/"))
    again = client.post(f"/agenda/boite-de-sortie/{row.pk}/remis/")
    assert again.status_code == 409
    assert "déjà parti" in text(again)


def test_a_failed_mail_is_tried_again(client, rdv, nadia, django_capture_on_commit_callbacks):
    row = CourrielFactory(entreprise=nadia.entreprise, state="echec")
    assert "Échec de l’envoi" in text(client.get("/agenda/boite-de-sortie/"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/agenda/boite-de-sortie/{row.pk}/envoyer/")
    row.refresh_from_db()
    assert row.state == "parti"


def test_without_an_address_the_mail_is_not_offered_and_refused_in_a_sentence(client, rdv):
    rdv.travailleur.email = ""
    rdv.travailleur.save()
    shown = client.get(url(rdv))
    assert soup(shown).select(f'form[action="{url(rdv, "courriel/")}"]') == []
    page = client.post(url(rdv, "courriel/"))
    assert page.status_code == 409
    assert "pas d’adresse de courriel" in text(page)


def test_the_text_to_copy_and_its_trace(client, rdv):
    copied = soup(client.get(url(rdv))).select_one("#sms").get_text()
    assert "mardi 24 novembre 2026 à 14:30" in copied
    assert "Yilmaz" not in copied
    assert len(copied) <= 306, "deux SMS au plus"
    client.post(url(rdv, "sms/"))
    assert Convocation.objects.get().channel == "sms"


def test_what_is_over_is_not_announced(client, rdv):
    rdv.status, rdv.settled_at = "realise", timezone.now()
    rdv.save()
    for way in ("lettre/", "courriel/", "sms/"):
        page = client.post(url(rdv, way))
        assert page.status_code == 409
        assert "On ne convoque qu’à un moment planifié" in text(page)


def test_a_seance_gives_one_letter_for_each_person_enrolled_and_says_not_what_it_is_about(client, nadia):
    seance = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-11-26 09:00"), title="Stratégie secrète")
    url = f"/agenda/seances/{seance.pk}/lettres/"
    assert "Personne n’est inscrit" in text(client.post(url, follow=True))
    for name in ("Adam", "Bah", "Celik"):
        PresenceFactory(seance=seance, travailleur=worker(nadia.entreprise, name=name))
    PresenceFactory(seance=seance, travailleur=worker(nadia.entreprise, name="Excusé"), status="excuse")
    with at_most(27):
        answer = client.post(url)
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert [name in page for name, page in zip(("Adam", "Bah", "Celik"), pages, strict=True)] == [True] * 3
    assert "Vous avez une réunion" in pages[0].replace("\xa0", " ")
    assert "secrète" not in "".join(pages)
    assert Convocation.objects.filter(presence__seance=seance).count() == 3
    assert "convocations produites le 23/11/2026" in text(client.get(f"/agenda/seances/{seance.pk}/"))


@pytest.fixture
def own(sign_in, entreprise, nadia):
    """The browser of Nadia, who holds an agenda."""
    browser = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    nadia.user_id = browser.session["_auth_user_id"]
    nadia.save()
    return browser


def opened(own) -> str:
    page = own.post("/agenda/flux/")
    return soup(page).select_one("#flux")["value"].replace("http://testserver", "")


def test_a_feed_is_shown_once_and_read_back_by_a_calendar_library(own, client, rdv, nadia):
    SeanceFactory(accompagnateur=nadia, starts_at=at("2027-07-01 09:00"), title="Stratégie")
    gone = RendezVousFactory(
        travailleur=rdv.travailleur, accompagnateur=nadia, starts_at=at("2026-11-26 09:00"), annule=True
    )
    other = RendezVousFactory(
        travailleur=rdv.travailleur, accompagnateur=staff(nadia.entreprise), starts_at=at("2026-11-27 09:00")
    )
    path = opened(own)
    assert "value" not in str(soup(own.get("/agenda/flux/")).select_one("#flux"))
    client.logout()
    answer = client.get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    events = {str(one["uid"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}
    assert str(other.pk) not in events
    assert len(events) == 3
    event = events[str(rdv.pk)]
    assert event.decoded("dtstart") == at("2026-11-24 14:30")
    assert event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(minutes=60)
    assert str(event["url"]) == f"http://testserver/agenda/rendez-vous/{rdv.pk}/"
    assert str(events[str(gone.pk)]["status"]) == "CANCELLED"
    zones = calendar.walk("VTIMEZONE")
    assert [str(one["tzid"]) for one in zones] == ["Europe/Brussels"]
    for line in answer.content.split(b"\r\n"):
        assert len(line) <= 75, "RFC 5545, § 3.1"
    body = answer.content.decode()
    for secret in ("Yilmaz", "Sam", "Lambert", "Bureau", "ntretien", "Stratégie", nadia.entreprise.name):
        assert secret not in body


def test_an_unchanged_feed_is_not_sent_again(own, client, rdv):
    path = opened(own)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    RendezVousFactory(travailleur=rdv.travailleur, accompagnateur=rdv.accompagnateur, starts_at=at("2026-11-30 09:00"))
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_wrong_a_replaced_a_revoked_and_an_orphaned_feed_answer_404(own, client, rdv, nadia):
    first = opened(own)
    second = opened(own)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert client.get("/agenda/flux/inventee.ics").status_code == 404
    held = nadia.user.pk
    Affectation.objects.filter(user_id=held).update(ends_on=dt.date(2026, 11, 22))
    assert client.get(second).status_code == 404
    Affectation.objects.filter(user_id=held).update(ends_on=None)
    assert client.get(second).status_code == 200
    own.post("/agenda/flux/revoquer/")
    assert client.get(second).status_code == 404
    assert FluxAgenda.objects.count() == 2


def test_the_secretariat_opens_no_feed(client, nadia):
    assert "Aucun agenda n’est le vôtre" in text(client.get("/agenda/flux/"))
    assert client.post("/agenda/flux/").status_code == 404
    assert not FluxAgenda.objects.exists()


def test_a_feed_costs_few_queries_whatever_it_holds(own, client, rdv, nadia):
    path = opened(own)
    for number in range(60):
        RendezVousFactory(
            travailleur=rdv.travailleur,
            accompagnateur=nadia,
            starts_at=at("2026-12-01 08:00") + dt.timedelta(hours=number),
        )
    client.logout()
    with at_most(4):
        assert client.get(path).content.count(b"BEGIN:VEVENT") == 61
