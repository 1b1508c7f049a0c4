"""The simulator's address: what is typed wrong is said and kept, nothing breaks the page, nothing is stored."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from clefdevoute.records.foundation.access import Role
from clefdevoute.workspaces.public.forms import SimulateurForm
from tests.workspaces.test_public_simulateur import FULL, URL, facts_of, page, text_of

# ---------- What is typed wrong ----------

WRONG = [
    ("personnes", "1e3", "« 1e3 » n’est pas un nombre lisible. Écrivez un nombre, par exemple 31."),
    ("personnes", "-4", "« -4 » est négatif."),
    ("personnes", "12,5", "« 12,5 » a 1 décimale ; un nombre n’en a pas ici."),
    ("personnes", "", "Il manque le nombre de personnes. Écrivez-le, par exemple 31."),
    ("personnes", "trente", "« trente » n’est pas un nombre lisible."),
    ("personnes", "1000000000", "« 1000000000 » dépasse 1.000.000 personnes."),
    ("debut", "31/02/2027", "« 31/02/2027 » n’existe pas : ce mois-là a 28 jours."),
    ("debut", "29/06/2017", "Aucun palier connu le 29/06/2017 : le premier prend effet le 30/06/2017."),
    ("debut", "01/01/27", "laisse douter du siècle"),
    ("debut", "", "Il manque la date."),
    ("etp", "0", "Zéro ETP n’a pas de coût. Écrivez un temps plus grand, par exemple 0,5."),
    ("etp", "un mi-temps", "n’est pas un nombre lisible"),
    ("salaires", "-1", "« -1 » est négatif."),
    ("salaires", "1,234", "Pour des milliers, mettez un point : 1.234."),
    ("frais", "1.2.3", "n’est pas un nombre lisible"),
    ("minimis", "9" * 40, "est trop grand pour être juste"),
]


@pytest.mark.parametrize(("name", "typed", "sentence"), WRONG)
def test_a_wrong_answer_is_said_at_its_field_and_all_that_was_typed_is_kept(name, typed, sentence):
    query = FULL | {"salaires": "40.000,0", "frais": "3.200"} | {name: typed}
    soup = page(query)
    field = soup.select_one(f"#{name}")
    assert field.get("aria-invalid") == "true"
    assert f"{name}_error" in field["aria-describedby"]
    assert sentence in text_of(soup, f"#{name}_error")
    for other, value in query.items():
        assert soup.select_one(f"#{other}").get("value", "") == value
    assert not soup.select("#adresse")


def test_other_results_stay_when_one_answer_is_wrong():
    soup = page(FULL | {"salaires": "beaucoup"})
    assert text_of(soup, ".cv-figure") == "50.000,00 €"
    assert facts_of(soup)["Avance"] == "40.000,00\u00a0€"
    assert facts_of(soup)["Solde"] == "–"
    soup = page(FULL | {"frais": "x"})
    assert (facts_of(soup)["À justifier par les tableaux"], facts_of(soup)["Solde"]) == ("6.000,00\u00a0€", "–")
    soup = page(FULL | {"minimis": "x"})
    assert (facts_of(soup)["Avance"], facts_of(soup)["Coût salarial admissible"]) == ("–", "40.000,00\u00a0€")
    assert "8 à 25" in text_of(page(FULL | {"personnes": "x"}))


@pytest.mark.parametrize(
    "query",
    [
        {"personnes": "1000000000", "debut": "01/01/2027", "etp": "1000000000", "salaires": "999999999999,99"},
        {
            "personnes": "999999999999999",
            "debut": "31/12/2100",
            "frais": "999999999999999",
            "salaires": "1",
            "etp": "0,0001",
        },
        {"personnes": "31", "debut": "30/06/2017", "etp": "1", "salaires": "1", "aides": "999999999999999"},
        {"personnes": "31", "debut": "29/02/2028", "etp": "1", "salaires": "0,01", "minimis": "999999999999999"},
        {"personnes": "0", "debut": "2027-01-01"},
        {"personnes": "\x00", "debut": "\ud83d", "etp": "<script>", "salaires": "' or 1=1"},
    ],
)
def test_extreme_answers_are_answered(query):
    soup = page(urlencode(query, errors="surrogatepass"))
    assert soup.select_one("#simulation")
    assert "<script>" not in str(soup.select_one("#simulation"))


@given(st.dictionaries(st.sampled_from([*SimulateurForm.base_fields]), st.text(max_size=20), min_size=1))
@settings(max_examples=80, deadline=None)
def test_nothing_typed_breaks_the_page(query):
    assert page(urlencode(query)).select_one("#simulation")


# ---------- Nothing is kept ----------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        URL,
        f"{URL}?{urlencode(FULL)}",
        f"{URL}?personnes=x",
        "/regles/",
        "/regles/accompagnement_social.droit/",
        "/parametres/",
    ],
)
def test_no_cookie_no_session_no_query_for_a_stranger(path):
    """This test has no database: pytest-django refuses any query."""
    client = Client()
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    assert not client.cookies
    assert "Set-Cookie" not in answer
    assert answer["Cache-Control"] == "public, max-age=300"
    assert client.head(path, follow=True).status_code == 200
    assert client.post(path).status_code == 405


def test_a_signed_in_person_keeps_her_copy_to_herself(sign_in, entreprise):
    answer = sign_in(Role.GESTIONNAIRE, entreprise).get(URL)
    assert answer["Cache-Control"] == "private, no-cache"
    nav = BeautifulSoup(answer.content, "html.parser").select_one("nav[aria-label=Site]")
    assert [a.get_text() for a in nav.select("a")] == ["Simulateur", "Règles", "Paramètres", "Mon espace"]


def test_the_current_page_is_marked_in_the_bar():
    for path, label in [(URL, "Simulateur"), ("/regles/sieg.place/", "Règles"), ("/parametres/", "Paramètres")]:
        soup = BeautifulSoup(Client().get(path).content, "html.parser")
        assert [a.get_text() for a in soup.select("nav[aria-label=Site] [aria-current=page]")] == [label]
