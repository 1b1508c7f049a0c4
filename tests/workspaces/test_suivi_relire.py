"""Words of health or judgement: one press of « Terminer » saves, and the next page gives them to read again."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clefdevoute.records.suivi.models import NotePartagee
from tests.records.factories import AccompagnateurFactory, AffectationFactory, EngagementFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def helene(entreprise):
    user = UserFactory(name="Hélène Marsoul")
    AffectationFactory(user=user, role="accompagnateur", entreprise=entreprise)
    AccompagnateurFactory(entreprise=entreprise, user=user, first_name="Hélène", name="Marsoul")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def mireille(entreprise):
    return EngagementFactory(travailleur__entreprise=entreprise, travailleur__first_name="Mireille").travailleur


def at(name, person):
    return reverse(f"accompagnateur:{name}", kwargs={"pk": person.pk})


def said(**values):
    """What a page sends."""
    usual = {
        "date": f"{timezone.localdate():%d/%m/%Y}",
        "heure": "0:05",
        "duree": "45",
        "forme": "face_a_face",
        "prochain": "plus_tard",
        "action_qui": "moi",
        "onglet": str(uuid.uuid4()),
        "version": "0",
    }
    return usual | values


@pytest.mark.parametrize("sheet", [{}, {"feuille": "on"}])
def test_one_press_saves_and_the_next_page_shows_the_words_to_read_again(helene, mireille, sheet):
    text = "Elle tient le poste. Elle est malade. Un paresseux."
    url = at("entretien_nouveau", mireille)
    first = helene.post(url, said(geste="terminer", note_partagee=text, **sheet))
    assert first.status_code == 302
    assert NotePartagee.objects.get().text == text
    page = BeautifulSoup(helene.get(first["Location"]).content, "html.parser")
    assert "malade" in page.select_one("#relire").text
    assert "paresseux" in page.select_one("#relire").text
    corrected = page.select_one("#relire a")["href"]
    calm = BeautifulSoup(helene.get(first["Location"].split("?")[0]).content, "html.parser")
    assert calm.select_one("#relire") is None
    again = said(note_partagee="", partagee="Elle est malade.", v_partagee="1", v_privee="0", v_sante="0")
    assert helene.post(corrected, again)["Location"].endswith("?relire=1")
    mended = said(partagee="Elle tient le poste.", v_partagee="2", v_privee="0", v_sante="0")
    assert not helene.post(corrected, mended)["Location"].endswith("?relire=1")


def test_words_left_on_purpose_are_not_shown_again(helene, mireille):
    url, text = at("entretien_nouveau", mireille), "Elle est malade."
    left = helene.post(url, said(geste="laisser", note_partagee=text))
    page = BeautifulSoup(helene.get(left["Location"].split("#")[0]).content, "html.parser")
    sent = {one["name"]: one["value"] for one in page.select("input[name=laisse], input[name=version], [name=onglet]")}
    done = helene.post(url, said(geste="terminer", note_partagee=text, **sent))
    assert done.status_code == 302
    assert "relire" not in done["Location"]
