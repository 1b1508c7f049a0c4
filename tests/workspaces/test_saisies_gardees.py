"""What is typed in a form outlives the session, its token and a change of role; nobody else reads it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models import Objectif
from tests.records.factories import AffectationFactory, EngagementFactory, EntrepriseInsertionFactory

pytestmark = pytest.mark.django_db
PASSWORD = "motdepasse-de-test"
SECRET = "Veut quitter son ex-mari, <b>loyer</b> & dettes\nLigne deux ’ é 🏠"


@pytest.fixture
def held(entreprise):
    """Give the affectation of the accompagnateur who types."""
    return AffectationFactory(role=Role.ACCOMPAGNATEUR.value, entreprise=entreprise)


@pytest.fixture
def desk(held) -> Client:
    """Give the browser of a shared desk, which checks tokens as a real one is."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(held.user)
    return client


@pytest.fixture
def address(entreprise) -> str:
    person = EngagementFactory(travailleur__entreprise=entreprise).travailleur
    return reverse("accompagnateur:objectif_nouveau", kwargs={"pk": person.pk})


def form_of(answer, action=None):
    """Read the fields that a desk would send of the page's own form."""
    page = BeautifulSoup(answer.content, "html.parser")
    forms = [one for one in page.select("main form[method=post]") if action in (None, one.get("action"))]
    data = {}
    for one in forms[0].select("input[name], textarea[name], select[name]"):
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            data[one["name"]] = chosen.get("value", "") if chosen else ""
        elif one.name == "textarea":
            data[one["name"]] = one.text.removeprefix("\n")
        elif one.get("type") not in {"checkbox", "radio", "file"} or one.has_attr("checked"):
            data[one["name"]] = one.get("value", "")
    return data


def typed(desk, address, **words):
    return form_of(desk.get(address)) | {"title": "Un logement", "horizon": "court"} | words


def sign_in_with(desk, page, email):
    return desk.post("/connexion/", form_of(page) | {"login": email, "password": PASSWORD})


def test_a_form_sent_after_the_session_ended_comes_back_filled_and_unsent(desk, held, address):
    data = typed(desk, address, wish=SECRET)
    desk.cookies.pop("sessionid")
    page = desk.post(address, data)
    assert page.status_code == 401
    body = page.content.decode()
    assert "rien n’est perdu" in body
    assert "ex-mari" not in body
    assert desk.session.get("saisies_gardees") is None
    back = sign_in_with(desk, page, held.user.email)
    assert (back.status_code, back["Location"]) == (302, address)
    assert "ex-mari" not in "".join(str(one.get_decoded()) + one.session_data for one in Session.objects.all())
    filled = desk.get(address)
    assert form_of(filled)["wish"] == SECRET
    assert "Votre texte est revenu" in filled.content.decode()
    assert not Objectif.objects.exists()
    assert desk.post(address, form_of(filled)).status_code == 302
    assert Objectif.objects.count() == 1
    assert "Votre texte est revenu" not in desk.get(address).content.decode()


def test_a_wrong_password_keeps_the_words_and_another_person_never_sees_them(desk, held, address):
    data = typed(desk, address, title=SECRET)
    other = AffectationFactory(role=Role.ACCOMPAGNATEUR.value, entreprise=held.entreprise)
    desk.cookies.pop("sessionid")
    page = desk.post(address, data)
    again = desk.post("/connexion/", form_of(page) | {"login": held.user.email, "password": "faux"})
    assert again.status_code == 200
    taken = sign_in_with(desk, again, other.user.email)
    assert taken["Location"] != address
    assert "formulaire d’une autre personne" in desk.get(taken["Location"], follow=True).content.decode()
    assert "ex-mari" not in desk.get(address).content.decode()
    mine = Client(enforce_csrf_checks=True)
    mine.get("/connexion/")
    fresh = {"csrfmiddlewaretoken": mine.cookies["csrftoken"].value}
    back = mine.post("/connexion/", form_of(again) | fresh | {"login": held.user.email, "password": PASSWORD})
    assert back["Location"] == address


def test_an_aged_token_keeps_the_words(desk, address):
    data = typed(desk, address, title=SECRET) | {"csrfmiddlewaretoken": "x" * 64}
    page = desk.post(address, data)
    assert page.status_code == 403
    assert "rien n’est perdu" in page.content.decode()
    assert "ex-mari" not in page.content.decode()
    back = desk.post(reverse("compte:reprendre"), form_of(page))
    assert back["Location"] == address
    assert form_of(desk.get(address))["title"].split() == SECRET.split()


def test_a_role_left_in_another_tab_writes_nothing_and_is_taken_again(desk, held, address):
    data = typed(desk, address, title=SECRET)
    elsewhere = AffectationFactory(
        role=Role.ACCOMPAGNATEUR.value, entreprise=EntrepriseInsertionFactory(), user=held.user
    )
    roles = desk.get(reverse("compte:roles"))
    desk.post(reverse("compte:roles"), form_of(roles) | {"affectation": str(elsewhere.pk)})
    data["csrfmiddlewaretoken"] = desk.cookies["csrftoken"].value
    page = desk.post(address, data)
    assert page.status_code == 409
    assert "changé de rôle" in page.content.decode()
    assert not Objectif.objects.exists()
    assert desk.post(reverse("compte:reprendre"), form_of(page))["Location"] == address
    assert form_of(desk.get(address))["title"].split() == SECRET.split()


def test_a_new_worker_typed_for_one_enterprise_is_never_written_in_another(sign_in, entreprise):
    held = AffectationFactory(role=Role.GESTIONNAIRE.value, entreprise=entreprise)
    other = AffectationFactory(role=Role.GESTIONNAIRE.value, user=held.user, entreprise=EntrepriseInsertionFactory())
    client = Client()
    client.force_login(held.user)
    address = reverse("gestionnaire:travailleur_nouveau")
    data = form_of(client.get(address)) | {"name": "Maes", "first_name": "Lia", "birth_date": "03/04/1990"}
    client.post(reverse("compte:roles"), {"affectation": str(other.pk)})
    assert client.post(address, data).status_code == 409
    assert not Travailleur.objects.exists()


def test_a_form_left_open_by_a_colleague_writes_nothing_under_another_name(desk, held, address):
    data = typed(desk, address, title=SECRET)
    other = AffectationFactory(role=Role.ACCOMPAGNATEUR.value, entreprise=held.entreprise)
    desk.force_login(other.user)
    page = desk.post(address, data | {"csrfmiddlewaretoken": desk.cookies["csrftoken"].value})
    assert page.status_code == 409
    assert "Une autre personne est connectée" in page.content.decode()
    assert "ex-mari" not in page.content.decode()
    door = desk.post(reverse("compte:reprendre"), form_of(page))
    assert door.status_code == 401
    assert "_auth_user_id" not in desk.session
    assert sign_in_with(desk, door, held.user.email)["Location"] == address


def test_a_role_that_has_ended_gives_nothing_back(desk, held, address):
    data = typed(desk, address, title=SECRET)
    desk.cookies.pop("sessionid")
    page = desk.post(address, data)
    type(held).objects.filter(pk=held.pk).update(ends_on="2020-01-01", starts_on="2019-01-01")
    after = sign_in_with(desk, page, held.user.email)
    assert after["Location"] == reverse("compte:accueil")
    assert "saisies_gardees" not in desk.session


def test_passwords_and_files_are_not_kept(desk, held):
    address = reverse("account_change_password")
    data = form_of(desk.get(address)) | {"oldpassword": PASSWORD, "password1": "a" * 20, "password2": "a" * 20}
    desk.cookies.pop("sessionid")
    answer = desk.post(address, data)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/connexion/")


def test_a_file_is_asked_for_again_by_its_name_once_signed_in(desk, held):
    page = reverse("accompagnateur:participation_nouvelle")
    data = form_of(desk.get(page)) | {"organ": "Comité"}
    upload = SimpleUploadedFile("accord Lia.pdf", b"%PDF-1.4 essai")
    desk.cookies.pop("sessionid")
    door = desk.post(page, data | {"piece": upload})
    assert "choisi à nouveau" in door.content.decode()
    assert "accord Lia" not in door.content.decode()
    back = sign_in_with(desk, door, held.user.email)
    shown = desk.get(back["Location"]).content.decode()
    assert re.search(r"«.accord Lia\.pdf.» doit être choisi à nouveau", shown)


def test_a_part_of_a_page_is_answered_with_the_way_back(desk, held, address):
    data = typed(desk, address, title=SECRET)
    desk.cookies.pop("sessionid")
    answer = desk.post(address, data, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert BeautifulSoup(answer.content, "html.parser").select_one(".cv-errorpage input[name=cv_garde]")


def test_a_form_that_is_no_longer_on_its_page_gives_its_words_to_copy(desk, held, address):
    data = typed(desk, address, title=SECRET) | {"disparu": "Un champ qui n’est plus là"}
    desk.cookies.pop("sessionid")
    back = sign_in_with(desk, desk.post(address, data), held.user.email)
    assert "Un champ qui n’est plus là" in desk.get(back["Location"]).content.decode()


@pytest.mark.parametrize("odd", ["", "x", "é" * 50, "A" * 5000, "\0"])
def test_an_odd_word_is_no_word(desk, address, odd):
    data = typed(desk, address) | {"cv_envoi": odd, "cv_garde": odd}
    desk.cookies.pop("sessionid")
    assert desk.post(address, data).status_code == 302
    fresh = {"csrfmiddlewaretoken": desk.cookies["csrftoken"].value}
    assert desk.post(reverse("compte:reprendre"), fresh | {"cv_garde": odd}).status_code == 302
