"""The ledger of small aid by its page: added, corrected, taken off; the subsidy's own line at its year."""

import pytest
from bs4 import BeautifulSoup

from tests.records import annee_frais as scene
from tests.workspaces.annee_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def web():
    made = scene.make()
    scene.opened(made)
    return signed_in(made)


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").replace("\u00a0", " ").split())


def test_the_ledger_adds_corrects_and_takes_off_an_aid(web):
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


def test_the_subsidy_s_own_line_is_corrected_at_its_year(web):
    assert "Suit l’année" in words(web.get("/gestion/de-minimis/"))
