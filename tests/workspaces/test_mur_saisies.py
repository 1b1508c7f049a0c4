"""Requests that no page of ours sends: each is refused in a sentence or unknown, none breaks the page."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.records import factories as make
from tests.records import factories_frais as frais
from tests.workspaces.couts_gestes import START, approved

pytestmark = pytest.mark.django_db
ODD = ["\0", "²", "9" * 40, "1e99999", "NaN", "../../etc/passwd", "0001-01-01", "31/12/9999", "é" * 3000]


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def at(name, *args):
    return reverse(f"gestionnaire:{name}", args=args)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_word_in_an_address_breaks_no_page(gestionnaire, entreprise, odd):
    approved(entreprise)
    for address, names in (
        (at("travailleurs"), ("q", "page", "statut", "site", "au")),
        (at("factures"), ("q", "page", "etat", "fournisseur")),
        (at("chercher"), ("q",)),
        (at("de_minimis"), ("aide", "page")),
        (at("facture_taper"), ("piece",)),
        (at("hypothese", START), ("personnes", "jour", "q")),
        (at("compte_ligne"), ("ligne",)),
        ("/simulateur", ("personnes", "etp", "salaires", "q")),
    ):
        for name in names:
            assert gestionnaire.get(address, {name: odd}).status_code < 500, (address, name)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_value_in_a_form_breaks_no_page(gestionnaire, entreprise, odd):
    approved(entreprise)
    row = frais.FactureFactory(fournisseur__entreprise=entreprise)
    person = make.AccompagnateurFactory(entreprise=entreprise)
    frais.SubventionFactory(entreprise=entreprise, annee_agrement_start=START)
    for address, data in (
        (at("facture_imputer", row.pk), {"part-TOTAL_FORMS": odd, "part-INITIAL_FORMS": odd}),
        (at("facture_imputer", row.pk), {"part-TOTAL_FORMS": odd, "part-INITIAL_FORMS": "0", "ajouter": "1"}),
        (at("facture_departager", row.pk), {"garder": odd}),
        (at("facture_autre_subvention", row.pk), {"other_subsidy": odd, "other_subsidy_percent": odd}),
        (at("facture_ecarter", row.pk), {"reason": odd}),
        (at("cles"), {"name": odd, "percent": odd, "basis": odd, "since": odd}),
        (at("charges"), {"name": odd, "net": odd, "vat": odd, "due_day": odd, "starts_on": odd}),
        (at("compte", person.pk, 2025), {"m-2025-01-brut": odd, "brut-1": odd, odd: odd}),
        (at("montant_ajouter", person.pk, 2025), {"month": odd, "component": odd, "amount": odd, "paid_on": odd}),
        (at("subvention", START), {"quoi": odd}),
        (at("subvention", START), {"quoi": "annuler", "mouvement": odd}),
        (at("subvention", START), {"quoi": "octroyer", "octroyer-amount": odd, "octroyer-granted_on": odd}),
        (at("declaration", START), {"quoi": odd}),
        (at("dossier", START), {"channel": odd, "sent_on": odd, "receipt_number": odd}),
        (at("de_minimis"), {"aide": odd, "amount": odd, "granted_on": odd, "grantor": odd, "regulation": odd}),
        (at("travailleur_nouveau"), {"name": odd, "first_name": odd, "birth_date": odd, "number": odd}),
        (at("invitation"), {"email": odd, "name": odd, "role": odd, "starts_on": odd}),
        (at("tva"), {"percent": odd, "starts_on": odd}),
        (at("entreprise_modifier"), {"name": odd, "iban": odd, "reference_hours": odd, "phone": odd}),
        (reverse("compte:roles"), {"affectation": odd}),
        ("/connexion/", {"login": odd, "password": odd, "next": odd}),
    ):
        assert gestionnaire.post(address, data).status_code < 500, address


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_answer_in_an_import_breaks_no_page(gestionnaire, odd):
    file = SimpleUploadedFile("r.csv", "Nom;Prénom;Naissance;Début\nMaes;Lia;03/04/1990;01/02/2026\n".encode())
    columns = gestionnaire.post(at("imports"), {"fichier": file})["Location"]
    preview = columns.replace("colonnes", "apercu")
    assert gestionnaire.post(preview, {"montree": odd, "confirmee": odd}).status_code < 500
    assert gestionnaire.get(preview, {"lignes": odd, "page": odd}).status_code < 500
    assert gestionnaire.post(columns, {"name": odd}).status_code < 500
    assert gestionnaire.post(columns, {"feuille": odd}).status_code < 500
    assert gestionnaire.get(columns).status_code < 500


@pytest.mark.parametrize("year", [0, 1, 2016, 2101, 9999, 10000, 10**30])
def test_a_year_that_no_compte_individuel_has_is_no_address(gestionnaire, entreprise, year):
    person = make.AccompagnateurFactory(entreprise=entreprise)
    page = gestionnaire.post(at("compte_importer", person.pk, year), {})
    assert page.status_code == 404
    for name in ("montant_ajouter", "compte_deposer"):
        assert gestionnaire.post(at(name, person.pk, year), {}).status_code == 404


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_a_year_at_the_end_of_time_is_no_address(gestionnaire, entreprise, day):
    approved(entreprise)
    for name in ("annee", "justification", "dossier", "subvention", "declaration", "tableaux", "charges_annee"):
        assert gestionnaire.get(at(name, day)).status_code == 404
