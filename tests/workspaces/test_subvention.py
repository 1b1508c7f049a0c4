"""A year's file and the ledger of small aids: opened, granted, paid, corrected; a bad entry is said and kept."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from clefdevoute.records.subventions.models import Subvention
from tests.records import annee_frais as scene
from tests.workspaces.annee_pages import GESTION, signed_in, words

pytestmark = pytest.mark.django_db
D = Decimal
FILE, PAGE = f"{GESTION}/subvention/", f"{GESTION}/justification/"


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def year():
    made = scene.make()
    scene.opened(made)
    return made


@pytest.fixture
def web(year):
    return signed_in(year)


def test_a_year_opens_on_the_contract_and_notes_its_money():
    year = scene.make()
    web = signed_in(year)
    assert "Ouvrir l’année" in words(web.get(PAGE))
    opened = {"quoi": "ouvrir", "ouvrir-origin": "contrat_recu", "ouvrir-contract_sent_on": "20/03/2025"}
    assert web.post(FILE, opened).status_code == 302
    assert web.post(FILE, opened).status_code == 409  # once
    granted = {"quoi": "octroyer", "octroyer-amount": "50.000,00", "octroyer-granted_on": "10/04/2025"}
    assert web.post(FILE, granted).status_code == 302
    money = {
        "quoi": "encaisser",
        "encaisser-kind": "avance",
        "encaisser-amount": "40.000",
        "encaisser-moved_on": "02/05/2025",
        "encaisser-reference": "",
    }
    assert "40.000,00" in words(web.post(FILE, money, follow=True))
    row = Subvention.objects.get()
    assert (row.persons_count, row.granted_amount) == (27, D("50000.00"))
    movement = BeautifulSoup(web.get(FILE).content, "html.parser").select_one("[name=mouvement]")["value"]
    web.post(FILE, {"quoi": "annuler", "mouvement": movement})
    assert "Aucun versement n’est noté." in words(web.get(FILE))
    noted = {"quoi": "noter", "noter-target": "avance_decidee", "noter-reason": "Lettre du 3 mai"}
    assert "Avance décidée" in words(web.post(FILE, noted, follow=True))


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"quoi": "ouvrir", "ouvrir-origin": "contrat_recu"}, 409, "donnez la date d’envoi"),
        ({"quoi": "ouvrir", "ouvrir-origin": "contrat_recu", "ouvrir-contract_sent_on": "hier"}, 422, "« hier »"),
        ({"quoi": "octroyer"}, 409, "Cette demande ne se lit pas"),
        ({"quoi": "annuler", "mouvement": "x"}, 409, "ne se lit pas"),
    ],
)
def test_a_file_badly_typed_says_what_to_do(typed, status, sentence):
    web = signed_in(scene.make())
    answer = web.post(FILE, typed)
    assert answer.status_code == status
    assert sentence in words(answer)


def test_the_ledger_adds_corrects_and_takes_off_an_aid(year, web):
    typed = {"granted_on": "01/06/2024", "amount": "25.000", "regulation": "sieg", "grantor": "Wallonie Entreprendre"}
    added = web.post("/gestion/de-minimis/", typed, follow=True)
    assert "Aide ajoutée au registre." in words(added)
    link = BeautifulSoup(added.content, "html.parser").find("a", string=lambda text: text and "Corriger" in text)
    link = link or next(a for a in BeautifulSoup(added.content, "html.parser").select("a") if "aide=" in a["href"])
    pk = link["href"].split("aide=")[1].split("#")[0]
    assert 'value="25.000,00"' in web.get(f"/gestion/de-minimis/?aide={pk}").content.decode()
    web.post("/gestion/de-minimis/", typed | {"aide": pk, "amount": "26.000"})
    assert "26.000,00" in words(web.get("/gestion/de-minimis/"))
    assert "Aide retirée" in words(web.post("/gestion/de-minimis/", {"aide": pk, "quoi": "retirer"}, follow=True))


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"amount": "0"}, 409, "plus grand que zéro"),
        ({"grantor": ""}, 422, "Nommez l’autorité"),
        ({"granted_on": "31/02/2024"}, 422, "n’existe pas"),
        ({"aide": "pas-un-id"}, 302, ""),
    ],
)
def test_an_aid_badly_typed_is_kept_and_said(web, changed, status, sentence):
    typed = {"granted_on": "01/06/2024", "amount": "25.000", "regulation": "sieg", "grantor": "Autorité"}
    answer = web.post("/gestion/de-minimis/", typed | changed)
    assert answer.status_code == status
    assert sentence in words(answer)


def test_the_subsidy_s_own_line_is_corrected_at_its_year(year, web):
    assert "Suit l’année" in words(web.get("/gestion/de-minimis/"))
