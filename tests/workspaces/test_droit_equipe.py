"""The accompagnateurs' pages: eligible or not with its pieces, half-time, a second contract that shares no day."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from clefdevoute.records.personnes.models import Accompagnateur, ContratAccompagnateur, PeriodeExperience
from clefdevoute.ui.formats import NBSP
from tests.records import factories as make
from tests.workspaces.conftest import at_most, on_day

pytestmark = pytest.mark.django_db
LIST = "/gestion/accompagnateurs/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def around(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    with on_day("2026-03-02"):
        yield


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def test_a_diploma_typed_with_its_copy_makes_eligible(gestionnaire):
    typed = {
        "name": "Vermeiren",
        "first_name": "Nadia",
        "diploma": "social",
        "diploma_title": "Assistante sociale",
        "diploma_on": "30/06/2015",
        "functions_start": "01/01/2024",
    }
    page = gestionnaire.post(f"{LIST}nouveau/", typed | {"diploma_proof": SimpleUploadedFile("diplome.pdf", PDF)})
    row = Accompagnateur.objects.get()
    shown = gestionnaire.get(page["Location"])
    assert shown.context["fiche"].eligible.label == "Éligible"
    assert "copie du diplôme « Assistante sociale » (diplome.pdf)" in text(shown)
    assert gestionnaire.get(f"{LIST}{row.pk}/diplome/").content == PDF
    gestionnaire.post(f"{LIST}{row.pk}/modifier/", typed | {"phone": "081 00 00 00"})
    row.refresh_from_db()
    assert row.phone
    assert row.diploma_proof is not None, "une copie déposée reste"


def test_experience_is_added_up_without_its_overlaps(gestionnaire, entreprise):
    row = make.AccompagnateurFactory(entreprise=entreprise, functions_start=dt.date(2024, 1, 1))
    url = f"{LIST}{row.pk}/experiences/nouvelle/"
    base = {"kind": "accompagnement_social", "employer": "Relais"}
    gestionnaire.post(url, base | {"starts_on": "01/01/2018", "ends_on": "31/12/2019"})
    gestionnaire.post(url, base | {"starts_on": "01/07/2018", "ends_on": "30/06/2020"})
    shown = gestionnaire.get(f"{LIST}{row.pk}/")
    assert shown.context["fiche"].eligible.label == "Non éligible", "deux ans et demi, et non quatre ans"
    gestionnaire.post(url, base | {"starts_on": "01/07/2020", "ends_on": "31/12/2020"})
    fiche = gestionnaire.get(f"{LIST}{row.pk}/").context["fiche"]
    assert fiche.eligible.label == "Éligible, sur pièces"
    assert len(fiche.manquantes) == 3
    mistake = PeriodeExperience.objects.last()
    gestionnaire.post(f"/gestion/experiences/{mistake.pk}/retirer/")
    assert gestionnaire.get(f"{LIST}{row.pk}/").context["fiche"].eligible.label == "Non éligible"


def test_less_than_half_time_is_said_and_never_blocked(gestionnaire, entreprise):
    row = make.AccompagnateurFactory(entreprise=entreprise)
    typed = {"kind": "accompagnement", "starts_on": "01/01/2026", "hours_per_week": "18,5", "reference_hours": "38"}
    assert gestionnaire.post(f"{LIST}{row.pk}/contrats/nouveau/", typed).status_code == 302
    assert "Moins qu’un mi-temps" in text(gestionnaire.get(f"{LIST}{row.pk}/"))


def test_a_second_contract_on_the_same_day_is_refused_with_all_that_was_typed(gestionnaire, entreprise):
    row = make.AccompagnateurFactory(entreprise=entreprise)
    make.ContratAccompagnateurFactory(accompagnateur=row, weekdays="123")
    typed = {"kind": "second", "starts_on": "01/02/2026", "hours_per_week": "15", "reference_hours": "38"}
    url = f"{LIST}{row.pk}/contrats/nouveau/"
    page = gestionnaire.post(url, typed | {"weekdays": ["3", "4"]})
    assert page.status_code == 422
    assert "un jour de la semaine en commun" in text(page)
    ticked = BeautifulSoup(page.content, "html.parser").select("input[name=weekdays][checked]")
    assert [one["value"] for one in ticked] == ["3", "4"]
    assert gestionnaire.post(url, typed | {"weekdays": ["4", "5"]}).status_code == 302
    assert ContratAccompagnateur.objects.get(kind="second").weekdays == "45"


@pytest.mark.parametrize(("persons", "answer"), [(9, "Second contrat permis"), (27, "Avis à demander")])
def test_a_second_contract_beyond_the_first_step_asks_for_an_opinion(gestionnaire, entreprise, persons, answer):
    make.AgrementFactory(entreprise=entreprise)
    for _ in range(persons):
        make.EngagementFactory(travailleur=make.TravailleurFactory(entreprise=entreprise))
    row = make.AccompagnateurFactory(entreprise=entreprise, diplome=True)
    make.ContratAccompagnateurFactory(accompagnateur=row, weekdays="123")
    make.ContratAccompagnateurFactory(accompagnateur=row, second=True)
    assert gestionnaire.get(f"{LIST}{row.pk}/").context["fiche"].second.label == answer


def test_a_contract_is_sent_and_keeps_its_paper(gestionnaire, entreprise):
    row = make.AccompagnateurFactory(entreprise=entreprise)
    typed = {"kind": "accompagnement", "starts_on": "01/01/2026", "hours_per_week": "19", "reference_hours": "38"}
    gestionnaire.post(f"{LIST}{row.pk}/contrats/nouveau/", typed | {"proof": SimpleUploadedFile("contrat.pdf", PDF)})
    contract = ContratAccompagnateur.objects.get()
    url = f"{LIST}contrats/{contract.pk}/modifier/"
    assert b'name="kind"' not in gestionnaire.get(url).content
    assert gestionnaire.post(url, typed | {"sent_on": "03/01/2026", "weekdays": ["1"]}).status_code == 302
    contract.refresh_from_db()
    assert (contract.sent_on, contract.weekdays) == (dt.date(2026, 1, 3), "1")
    assert gestionnaire.get(f"{LIST}contrats/{contract.pk}/preuve/").content == PDF


def test_a_list_of_twenty_asks_no_more_than_two(gestionnaire, entreprise):
    for _ in range(20):
        row = make.AccompagnateurFactory(entreprise=entreprise)
        make.PeriodeExperienceFactory(accompagnateur=row)
        make.ContratAccompagnateurFactory(accompagnateur=row)
    with at_most(14):
        assert len(gestionnaire.get(LIST).context["rows"]) == 20


def test_a_diploma_without_its_kind_is_refused_as_typed(gestionnaire):
    page = gestionnaire.post(f"{LIST}nouveau/", {"name": "V", "first_name": "N", "diploma_title": "Bac"})
    assert page.status_code == 422
    assert "Choisissez l’orientation du diplôme" in text(page)
    assert b'value="Bac"' in page.content


def test_one_phone_alone_stands_without_a_dash(gestionnaire, entreprise):
    row = make.AccompagnateurFactory(entreprise=entreprise, phone="", mobile="0470 00 00 01")
    page = gestionnaire.get(f"/gestion/accompagnateurs/{row.pk}/").content.decode()
    assert "0470 00 00 01" in page
    assert "· 0470" not in page
