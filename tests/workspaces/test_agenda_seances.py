"""Séances by the secretariat: planned, moved, places given, sheet printed, ticked; and not a word of content."""

import datetime as dt
import io

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from clefdevoute.records.agenda.models import Presence, Seance
from clefdevoute.records.foundation.access import Role
from tests.records.factories import AccompagnateurFactory, EngagementFactory
from tests.records.factories_agenda import PresenceFactory, SeanceFactory
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def accueil(sign_in, entreprise):
    return sign_in(Role.SECRETARIAT, entreprise)


@pytest.fixture
def nadia(entreprise):
    return AccompagnateurFactory(entreprise=entreprise, first_name="Nadia")


def text(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ")


def typed(nadia, **more):
    said = {
        "le": f"{timezone.localdate() + dt.timedelta(days=7):%d/%m/%Y}",
        "heure": "14:00",
        "duration_min": "90",
        "title": "Réunion d’équipe",
        "objets": ["is_collective_interview"],
        "accompagnateur": str(nadia.pk),
        "place": "Réfectoire",
    }
    return said | more


def test_a_seance_is_planned_filled_printed_moved_and_ticked(accueil, nadia, entreprise):
    person = EngagementFactory(travailleur__entreprise=entreprise, travailleur__name="Boisclair").travailleur
    planned = accueil.post("/agenda/seances/nouvelle/", typed(nadia))
    seance = Seance.objects.get()
    assert planned["Location"] == f"/agenda/seances/{seance.pk}/"
    found = accueil.get(f"/agenda/seances/{seance.pk}/?q=boiscl")
    assert "Boisclair" in text(found)
    accueil.post(f"/agenda/seances/{seance.pk}/inscrire/", {"travailleur": [str(person.pk), "²"]})
    place = Presence.objects.get()
    sheet = accueil.get(f"/agenda/seances/{seance.pk}/feuille.pdf")
    assert "Boisclair" in pypdf.PdfReader(io.BytesIO(sheet.content)).pages[0].extract_text()
    moved = accueil.post(
        f"/agenda/seances/{seance.pk}/reporter/", {"le": f"{timezone.localdate():%d/%m/%Y}", "heure": "0:01"}
    )
    after = Seance.objects.get(status="planifie")
    assert moved["Location"] == f"/agenda/seances/{after.pk}/"
    place = Presence.objects.get(seance=after)
    assert "Présences notées" in text(
        accueil.post(f"/agenda/seances/{after.pk}/", {f"p-{place.pk}": "present"}, follow=True)
    )
    assert Presence.objects.get(pk=place.pk).status == "present"
    assert "Réunion" in text(accueil.get("/agenda/seances/?quand=passees"))


def test_what_is_mistyped_is_said_and_kept(accueil, nadia):
    for more, sentence in (
        ({"le": "29/02/2027"}, "n’existe pas"),
        ({"title": ""}, "Il manque le titre"),
        ({"objets": []}, "Cochez au moins un objet"),
        ({"accompagnateur": ""}, "Choisissez la personne"),
        ({"title": "x" * 151}, "au plus 150"),
    ):
        answer = accueil.post("/agenda/seances/nouvelle/", typed(nadia, **more))
        assert answer.status_code == 422
        assert sentence in text(answer).replace("\xa0", " ")
        assert "Réfectoire" in answer.content.decode()
    assert not Seance.objects.exists()


def test_it_is_corrected_cancelled_and_a_place_taken_back(accueil, nadia):
    place = PresenceFactory(seance__accompagnateur=nadia, seance__starts_at=timezone.now() + dt.timedelta(days=7))
    url = f"/agenda/seances/{place.seance_id}/"
    assert accueil.post(f"{url}modifier/", typed(nadia, title="Atelier")).status_code == 302
    assert Seance.objects.get().title == "Atelier"
    assert "n’est plus attendu" in text(accueil.post(f"/agenda/seances/places/{place.pk}/oter/", follow=True))
    assert not Presence.objects.exists()
    assert accueil.post(f"{url}annuler/", {"reason": "fermeture"}).status_code == 302
    assert Seance.objects.get().status == "annule"
    refused = accueil.post(f"{url}annuler/", {"reason": "fermeture"})
    assert refused.status_code == 409


def test_the_rail_leads_there_and_the_list_costs_the_same_with_forty(accueil, nadia):
    assert "/agenda/seances/" in accueil.get("/agenda/").content.decode()
    for number in range(40):
        SeanceFactory(accompagnateur=nadia, starts_at=timezone.now() + dt.timedelta(days=7), title=f"Séance {number}")
    with at_most(20):
        page = accueil.get("/agenda/seances/")
    assert "Séance 0" in text(page)
    assert "/suivi/" not in page.content.decode()
