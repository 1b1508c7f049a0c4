"""The wall of health: what one gestionnaire hands in about conditions, another of the same enterprise never sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.personnes.models import ConditionStatut
from tests.records import factories as make
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
IMPORTS = "/gestion/travailleurs/imports/"
REGISTER = "N°;Nom;Prénom;Né le;Entrée;Heures;Statut;Conditions\n12;Brasseur;Noé;03/04/1990;02/03/2026;38;TD;2, 6\n"


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture(autouse=True)
def today():
    with on_day("2026-03-02"):
        yield


@pytest.fixture
def colleague(entreprise) -> Client:
    """Sign another gestionnaire of the same enterprise in, head of it."""
    held = make.AffectationFactory(role=Role.GESTIONNAIRE.value, entreprise=entreprise, permissions=["chef_entreprise"])
    client = Client()
    client.force_login(held.user)
    return client


def laid(client: Client) -> str:
    file = SimpleUploadedFile("registre.csv", REGISTER.encode())
    return str(client.post(IMPORTS, {"fichier": file})["Location"])


def applied(client: Client) -> str:
    columns = laid(client)
    form = client.get(columns).context["form"]
    client.post(columns, {one.name: one.value() or "" for one in form})
    return str(client.post(columns.replace("colonnes", "appliquer"))["Location"])


@pytest.mark.parametrize("step", ["colonnes", "apercu"])
def test_the_file_of_an_import_opens_for_who_laid_it_down_alone(gestionnaire, colleague, step):
    address = laid(gestionnaire)
    assert "Conditions" in gestionnaire.get(address).content.decode()
    page = colleague.get(address.replace("colonnes", step))
    assert page.status_code == 403
    assert "Brasseur" not in page.content.decode()
    assert "2, 6" not in page.content.decode()


def test_a_colleague_neither_chooses_nor_applies_another_s_import(gestionnaire, colleague):
    address = laid(gestionnaire)
    assert colleague.post(address, {"feuille": "x"}).status_code == 403
    assert colleague.post(address, {"name": "0"}).status_code == 403
    assert colleague.post(address.replace("colonnes", "appliquer")).status_code == 403
    assert not ConditionStatut.objects.exists()


def test_no_page_of_a_colleague_tells_which_condition_held(gestionnaire, colleague):
    result = applied(gestionnaire)
    held = ConditionStatut.objects.select_related("statut__engagement").get(number=6)
    contract = held.statut.engagement
    opened = gestionnaire.get(f"/gestion/contrats/{contract.pk}/conditions/").content.decode()
    assert "inorit" in opened, "qui l'a enregistrée la relit"
    for address in (
        result,
        IMPORTS,
        "/gestion/travailleurs/",
        "/gestion/travailleurs/export.csv",
        "/gestion/chercher/?q=Brasseur",
        f"/gestion/travailleurs/{contract.travailleur_id}/",
        f"/gestion/contrats/{contract.pk}/conditions/",
        f"/gestion/contrats/{contract.pk}/statut/verifier/",
    ):
        page = colleague.get(address)
        assert page.status_code == 200, address
        assert "inorit" not in page.content.decode(), address
        assert "condition 6" not in page.content.decode().lower(), address
