"""The year after: it opens on the balance of the one before, and a year that has left asks for nothing more."""

import datetime as dt

import pytest

from clefdevoute.records.subventions.models import Subvention
from tests.records import annee_frais as scene
from tests.workspaces.annee_pages import GESTION, signed_in, words
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
NEXT = f"/gestion/{dt.date(2026, 3, 15)}"


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture(autouse=True)
def today():
    with on_day("2026-04-02"):
        yield


def test_a_first_year_proposes_the_day_on_which_the_contract_was_sent():
    page = signed_in(scene.make()).get(f"{GESTION}/subvention/")
    form = page.context["forms"]["ouvrir"]
    assert form["contract_sent_on"].value() == "20/03/2024"
    assert form["origin"].value() == Subvention.Origin.CONTRAT_RECU


def test_a_later_year_opens_on_the_balance_and_sends_no_contract_again():
    made = scene.make()
    scene.opened(made)
    web = signed_in(made)
    form = web.get(f"{NEXT}/subvention/").context["forms"]["ouvrir"]
    assert form["origin"].value() == Subvention.Origin.SOLDE_PRECEDENT
    assert not form["contract_sent_on"].value()
    said = words(web.get(f"{NEXT}/justification/"))
    assert "dites si son avance vient avec le solde d’avant" in said
    assert "Il manque l’envoi du contrat" not in said
    assert "Envoyer le contrat de travail" not in words(web.get(f"{NEXT}/"))


def test_the_tables_of_a_year_that_has_left_ask_for_no_invoice():
    made = scene.make()
    row = scene.opened(made)
    web = signed_in(made)
    assert "Ouvrez le tableau B." in words(web.get(f"{GESTION}/tableaux/"))
    Subvention.objects.filter(pk=row.pk).update(state=Subvention.State.JUSTIFICATION_TRANSMISE)
    said = words(web.get(f"{GESTION}/tableaux/"))
    assert "Cette année est transmise." in said
    assert "imputez d’autres factures" not in said
