"""A packet for the Forem in Chromium: her facts, the preview with her, the files, the receipt, the answer."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clefdevoute.documents import metiers
from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.models import ProfilForem, TransmissionForem
from tests.records import factories_reseau as made
from tests.records.factories import EngagementFactory, EntrepriseInsertionFactory
from tests.records.factories_bilan import ConsentementFactory

from .conftest import dress
from .suivi import as_accompagnateur

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person():
    entreprise = EntrepriseInsertionFactory(name="Ateliers du Tilleul")
    row = EngagementFactory(
        entreprise=entreprise,
        travailleur__entreprise=entreprise,
        travailleur__name="Diallo",
        travailleur__first_name="Amina",
        travailleur__phone="0470 12 34 56",
    ).travailleur
    ConsentementFactory(travailleur=row, donne=True, expires_on=None)
    return row


def test_from_her_search_for_work_to_the_answer_of_the_forem(page: Page, live_server, person, capture: Callable):
    as_accompagnateur(page, live_server, person.entreprise)
    page.goto(f"{live_server.url}/suivi/travailleurs/{person.pk}/forem/")
    expect(page.get_by_text("Rien ne peut partir.")).to_be_visible()
    page.get_by_role("link", name="Noter la recherche d’emploi").click()
    page.get_by_label("DEI depuis le", exact=True).fill("02/02/2026")
    page.get_by_label("Cherche un emploi").check()
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("Un dossier peut partir.")).to_be_visible()
    page.get_by_role("link", name="Compléter le profil").click()
    page.get_by_label("Langue 1", exact=True).select_option(label="français")
    page.get_by_label("Niveau de la langue 1").select_option(label="bon")
    page.get_by_label("Expérience professionnelle").fill("Trois ans de nettoyage de bureaux")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Choisir les métiers souhaités").click()
    page.get_by_label("Métier", exact=True).press_sequentially("coifeuse")
    expect(page.get_by_label("coiffeur/coiffeuse").first).to_be_visible()
    page.get_by_label("coiffeur/coiffeuse").first.check()
    page.get_by_role("button", name="Ajouter ce métier").click()
    expect(page.get_by_role("button", name="Retirer : coiffeur/coiffeuse")).to_be_visible()
    page.get_by_role("link", name="Revenir au dossier Forem").click()
    page.get_by_role("link", name="Montrer l’aperçu à la personne").click()
    page.get_by_label("Moyens de contact").uncheck()
    capture(page, "forem-apercu")
    page.get_by_role("button", name="Produire le dossier").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="JSON").click()
    read = json.loads(Path(got.value.path()).read_text(encoding="utf-8"))
    assert read["donnees"]["metiers_souhaites"] == ["coiffeur/coiffeuse"]
    assert "contact" not in read["donnees"]
    page.reload()
    expect(page.get_by_text("Fichier sorti")).to_be_visible()
    page.get_by_role("link", name="Noter la remise").click()
    page.get_by_label("Reçu par").fill("Mme Lambert, Forem Namur")
    page.get_by_role("button", name="Noter la remise").click()
    page.get_by_role("link", name="Noter la réponse").click()
    page.get_by_label("Réponse, en une phrase").fill("Entretien fixé")
    page.get_by_role("button", name="Noter la réponse").click()
    expect(page.get_by_text("Entretien fixé")).to_be_visible()
    today = timezone.localdate()
    found = facts.preuves_reseau(person.entreprise_id, [person.pk], start=today, end=today)
    assert [(task, kind) for task, _day, kind, _pk in found[person.pk]] == [(8, facts.REMISE)]


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    page: Page, live_server, person, axe, no_overflow, capture, small_targets
):
    made.RechercheEmploiFactory(travailleur=person)
    made.ProfilForemFactory(travailleur=person, wanted=[metiers.chercher("aide ménagère")[0].uri])
    row = made.TransmissionForemFactory(travailleur=person, fields=["nom", "permis"])
    made.SuiteForemFactory(transmission=row)
    made.SuiteForemFactory(transmission=row, remise=True)
    as_accompagnateur(page, live_server, person.entreprise)
    one = f"/suivi/travailleurs/{person.pk}/forem/"
    paths = {
        "liste": "/suivi/forem/",
        "dossier": one,
        "profil": f"{one}profil/",
        "metiers": f"{one}metiers/?q=nettoyage",
        "apercu": f"{one}apercu/",
        "envoye": f"/suivi/forem/{row.pk}/",
        "sources": "/sources/",
    }
    for name, path in paths.items():
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            page.goto(f"{live_server.url}{path}")
            no_overflow(page)
            axe(page)
            assert small_targets(page) == []
            capture(page, f"forem-{name}-{width}-{scheme}")


def test_without_a_script_an_occupation_is_chosen_and_a_packet_made(no_js_page: Page, live_server, person):
    made.RechercheEmploiFactory(travailleur=person)
    page = as_accompagnateur(no_js_page, live_server, person.entreprise)
    page.goto(f"{live_server.url}/suivi/travailleurs/{person.pk}/forem/metiers/")
    page.get_by_label("Métier", exact=True).fill("jardinières")
    page.get_by_role("button", name="Chercher").last.press("Enter")
    page.get_by_label("aide jardinier/aide jardinière").first.check()
    page.get_by_role("button", name="Ajouter ce métier").press("Enter")
    expect(page.get_by_role("button", name="Retirer : aide jardinier/aide jardinière")).to_be_visible()
    assert ProfilForem.objects.get().wanted
    page.goto(f"{live_server.url}/suivi/travailleurs/{person.pk}/forem/apercu/")
    page.get_by_role("button", name="Produire le dossier").press("Enter")
    expect(page.get_by_role("heading", name="1. Prendre les fichiers")).to_be_visible()
    assert TransmissionForem.objects.count() == 1
