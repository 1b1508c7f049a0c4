"""The search finds persons and invoices of one's own enterprise, by name, date, number or amount."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.records.factories import EngagementFactory, EntrepriseInsertionFactory
from tests.records.factories_frais import FactureFactory
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
URL = reverse("gestionnaire:chercher")


def text_of(client, word):
    return client.get(URL, {"q": word}).content.decode()


@pytest.fixture
def person(entreprise):
    birth = dt.date(1990, 2, 14)
    found = EngagementFactory(
        entreprise=entreprise,
        travailleur__entreprise=entreprise,
        travailleur__name="Éloy",
        travailleur__first_name="Rosa",
        travailleur__birth_date=birth,
    )
    return found.travailleur


@pytest.mark.parametrize("word", ["éloy", "ELOY", "rosa el", "14/02/1990"])
def test_a_person_is_found_by_part_of_the_name_or_birth_date(gestionnaire, person, word):
    assert reverse("gestionnaire:travailleur", kwargs={"pk": person.pk}) in text_of(gestionnaire, word)


@pytest.mark.parametrize("word", ["TL-447", "186,40"])
def test_an_invoice_is_found_by_number_or_amount(gestionnaire, entreprise, word):
    found = FactureFactory(
        entreprise=entreprise,
        fournisseur__entreprise=entreprise,
        number="TL-4471903",
        net=Decimal("154.05"),
        vat=Decimal("32.35"),
        gross=Decimal("186.40"),
    )
    assert reverse("gestionnaire:facture", kwargs={"pk": found.pk}) in text_of(gestionnaire, word)


def test_another_enterprise_is_never_found(gestionnaire):
    other = EntrepriseInsertionFactory()
    stranger = EngagementFactory(entreprise=other, travailleur__entreprise=other, travailleur__name="Zyskind")
    page = text_of(gestionnaire, "Zyskind")
    assert str(stranger.travailleur.pk) not in page
    assert "Rien ne répond à ce mot." in page


@pytest.mark.parametrize("word", ["", "%", "\0", "'; --", "x" * 5000])
def test_odd_words_find_nothing_and_break_nothing(gestionnaire, person, word):
    answer = gestionnaire.get(URL, {"q": word})
    assert answer.status_code == 200
    assert str(person.pk) not in answer.content.decode()


def test_many_hits_cost_no_more_queries(gestionnaire, entreprise):
    for _ in range(15):
        EngagementFactory(entreprise=entreprise, travailleur__entreprise=entreprise, travailleur__name="Lambert")
    with at_most(16):
        page = text_of(gestionnaire, "lambert")
    assert "Voir les 15 contrats" in page
