"""The part in the management by its pages: noted with roles, corrected, cancelled, proved, warned of."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.parcours.models import Participation, PartPrise
from clefdevoute.ui.formats import NBSP
from tests.records.factories import AccompagnateurFactory, EngagementFactory
from tests.workspaces.conftest import on_day
from tests.workspaces.matrix_seances import PDF

pytestmark = pytest.mark.django_db
URL = "/suivi/participations/"


@pytest.fixture(autouse=True)
def around(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    with on_day("2026-11-22"):
        yield


@pytest.fixture
def suivi(sign_in, entreprise):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    AccompagnateurFactory(entreprise=entreprise, user_id=client.session["_auth_user_id"])
    return client


@pytest.fixture
def persons(entreprise):
    return [EngagementFactory(travailleur__entreprise=entreprise).travailleur for _ in range(2)]


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def typed(persons, **more):
    said = {"held_on": "10/06/2026", "organ": "assemblee", "organ_name": "AG de juin", "form": "decision"}
    return said | {f"r-{persons[0].pk}": "membre", f"r-{persons[1].pk}": ""} | more


def test_noted_shown_corrected_and_cancelled(suivi, persons):
    assert "Aucune participation n’est notée" in text(suivi.get(URL))
    proof = SimpleUploadedFile("pv.pdf", PDF)
    assert suivi.post(f"{URL}nouvelle/", typed(persons) | {"proof": proof})["Location"] == URL
    shown = text(suivi.get(URL))
    assert f"{persons[0]} (membre de l’organe)" in shown
    assert "pv.pdf" in shown
    row = Participation.objects.get()
    assert suivi.get(f"{URL}{row.pk}/preuve/").content == PDF
    suivi.post(f"{URL}{row.pk}/", typed(persons, **{f"r-{persons[0].pk}": "", f"r-{persons[1].pk}": "observateur"}))
    held = PartPrise.objects.get(removed_on__isnull=True)
    assert (held.travailleur, held.role) == (persons[1], "observateur")
    assert Participation.objects.get().proof is not None
    assert suivi.post(f"{URL}{row.pk}/annuler/", {"cancel_reason": " "}).status_code == 422
    suivi.post(f"{URL}{row.pk}/annuler/", {"cancel_reason": "Notée deux fois."})
    assert "Annulée le 22/11/2026 Notée deux fois." in text(suivi.get(URL))


def test_coming_from_a_dossier_the_person_is_proposed(suivi, persons):
    page = BeautifulSoup(suivi.get(f"{URL}nouvelle/?travailleur={persons[1].pk}").content, "html.parser")
    chosen = page.select_one(f"#r-{persons[1].pk} option[selected]")
    assert chosen["value"] == "participant"
    assert suivi.get(f"{URL}nouvelle/?travailleur=x").status_code == 200


WRONG = [
    ({"held_on": "23/11/2036"}, "n’a pas encore eu lieu"),
    ({"organ": "autre", "organ_name": ""}, "écrivez son nom"),
    ({"form": ""}, "Choisissez la forme"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_one_comes_back_with_its_sentence_and_the_roles(suivi, persons, change, sentence):
    page = suivi.post(f"{URL}nouvelle/", typed(persons, **change))
    assert page.status_code == 422
    assert sentence in text(page)
    form = BeautifulSoup(page.content, "html.parser")
    assert form.select_one(f"#r-{persons[0].pk} option[selected]")["value"] == "membre"
    assert not Participation.objects.exists()


def test_nobody_ticked_is_said(suivi, persons):
    page = suivi.post(f"{URL}nouvelle/", typed(persons, **{f"r-{persons[0].pk}": ""}))
    assert "cochez qui a pris part" in text(page)


def test_a_person_without_contract_that_day_is_warned_of_not_refused(suivi, persons):
    suivi.post(f"{URL}nouvelle/", typed(persons, held_on="10/06/2020"))
    assert f"Hors contrat ce jour-là : {persons[0]}." in text(suivi.get(URL))


def test_without_an_accompagnateur_behind_the_account_it_is_said(sign_in, entreprise, persons):
    page = sign_in(Role.ACCOMPAGNATEUR, entreprise).post(f"{URL}nouvelle/", typed(persons))
    assert page.status_code == 422
    assert "demandez-le au gestionnaire" in text(page)
