"""A year without a right, or without wages yet: no page says that all is proved when nothing is."""

import datetime as dt

import pytest

from clefdevoute.records.frais.models import MontantCompteIndividuel
from clefdevoute.records.personnes.models import Engagement
from tests.records import annee_frais as scene
from tests.records import factories as make
from tests.workspaces.annee_pages import GESTION, signed_in, words
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
COVERS = "Le coût salarial couvre à lui seul"
PAGES = (f"{GESTION}/tableaux/", f"{GESTION}/justification/")


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_without_a_right_no_page_says_that_the_wages_cover(page):
    made = scene.make(persons=0)
    with on_day("2026-04-02"):
        said = words(signed_in(made).get(page))
    assert COVERS not in said
    assert "Inutile : le tableau A suffit" not in said
    assert "Aucun droit n’est ouvert" in said


@pytest.mark.parametrize("day", ["2025-08-15", "2026-04-02"])
@pytest.mark.parametrize("page", PAGES)
def test_without_wages_the_pages_ask_for_them_first(page, day):
    made = scene.make()
    MontantCompteIndividuel.objects.all().delete()
    with on_day(day):
        said = words(signed_in(made).get(page))
    assert COVERS not in said
    assert "Inutile : le tableau A suffit" not in said
    assert "Tapez d’abord les salaires." in said


def test_without_wages_the_dashboard_of_a_finished_year_does_not_call_it_enough():
    made = scene.make()
    MontantCompteIndividuel.objects.all().delete()
    with on_day("2026-04-02"):
        said = words(signed_in(made).get(f"{GESTION}/"))
    assert "Le coût salarial suffit" not in said
    assert "Il reste 50.000,00 € à justifier. Aucun salaire n’est enregistré" in said


def test_a_running_year_that_goes_on_is_not_finished():
    made = scene.make()
    row = scene.opened(made, granted="41000.00")
    assert row.granted_amount
    with on_day("2025-05-15"):
        page = signed_in(made).get(f"{GESTION}/justification/")
    (table,) = [one for group in page.context["groupes"] for one in group.taches if one.title == "Tableau A"]
    assert "Continuez jusqu’à T3/2025" in table.meta
    assert table.state == "en_cours"


def test_an_opened_year_without_persons_still_reads_in_full():
    made = scene.make()
    scene.opened(made)
    Engagement.objects.update(ends_on=dt.date(2025, 1, 1))
    with on_day("2026-04-02"):
        assert signed_in(made).get(f"{GESTION}/tableaux/").status_code == 200


@pytest.mark.parametrize("address", ["/gestion/charges/", "/gestion/2026-03-15/tableaux/a-2026-t2/"])
def test_where_there_is_no_key_yet_the_form_leads_to_one(address, gestionnaire, entreprise):
    make.AgrementFactory(entreprise=entreprise, starts_on=dt.date(2026, 3, 15))
    page = gestionnaire.get(address)
    assert "Il n’y a pas encore de clé de répartition." in page.content.decode().replace("\u00a0", " ")
    assert 'href="/gestion/cles/">Créer une clé' in page.content.decode()


def test_a_year_counted_at_eight_keeps_its_ceiling_at_seven_and_says_what_comes_next(gestionnaire, entreprise):
    make.AgrementFactory(entreprise=entreprise, starts_on=dt.date(2026, 1, 1))
    for rank in range(8):
        left = {"ends_on": dt.date(2026, 6, 30)} if rank == 0 else {}
        make.EngagementFactory(travailleur=make.TravailleurFactory(entreprise=entreprise), **left)
    with on_day("2026-09-01"):
        said = words(gestionnaire.get("/gestion/2026-01-01/"))
    assert "7 personnes TD ou TGD : moins que le minimum de 8" in said
    assert "Cette année garde son plafond de 25.000,00 € : 8 personnes le 01/01/2026" in said
    assert "janvier 2027, le plafond sera de 0,00 €." in said


def test_a_suspension_that_ended_is_said_from_one_day_to_another(gestionnaire, entreprise):
    agrement = make.AgrementFactory(entreprise=entreprise, starts_on=dt.date(2026, 1, 1))
    make.SuspensionFactory(agrement=agrement, starts_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 4, 30))
    assert "Suspension du 01/03/2026 au 30/04/2026" in words(gestionnaire.get("/gestion/entreprise/"))
