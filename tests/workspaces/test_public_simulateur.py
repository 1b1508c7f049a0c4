"""The simulator: the law's own figures, in an address that anyone may keep, and nothing kept here."""

import contextlib
import datetime as dt
import io
import json
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from clefdevoute.config.commands import droit as command
from clefdevoute.ui.formats import euros
from clefdevoute.workspaces.public.forms import SimulateurForm, adresse
from clefdevoute.workspaces.public.simulation import Reponses, simulate
from tests.workspaces.conftest import assert_swap_equals_reload

URL = "/simulateur"
FULL = {
    "personnes": "31",
    "debut": "2027-01-01",
    "etp": "0,8",
    "salaires": "40000",
    "frais": "3200",
    "minimis": "118000",
}
HTMX = {"HX-Request": "true"}


def page(query: dict[str, str] | str, **headers: str) -> BeautifulSoup:
    """Open the simulator as a stranger; a redirect to the shortest address is followed."""
    text = query if isinstance(query, str) else urlencode(query)
    answer = Client().get(f"{URL}?{text}", follow=True, headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text_of(soup: BeautifulSoup, selector: str = "") -> str:
    """Read a part's text with plain spaces; the main part without a selector."""
    parts = soup.select(selector) if selector else [soup.find("main") or soup]
    return " ".join(part.get_text(" ", strip=True) for part in parts).replace("\u00a0", " ")


def facts_of(soup: BeautifulSoup) -> dict[str, str]:
    names = [item.get_text(strip=True) for item in soup.select("#simulation dl.cv-facts dt")]
    values = [item.get_text(strip=True) for item in soup.select("#simulation dl.cv-facts dd")]
    return dict(zip(names, values, strict=True))


def ask(rule: str, tmp_path, **facts: object) -> dict:
    """Ask the command line, as any other program would."""
    path = tmp_path / "faits.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        assert command.main(["regle", rule, "--facts", str(path), "--json"]) == 0
    return json.loads(out.buffer.getvalue())


# ---------- The figures ----------


def test_the_whole_year_is_shown_and_every_figure_answers_why():
    soup = page(FULL)
    assert text_of(soup, ".cv-figure") == "50.000,00 €"
    assert facts_of(soup) == {
        "Avance": "40.000,00\u00a0€",
        "Coût salarial admissible": "40.000,00\u00a0€",
        "À justifier par les tableaux": "6.000,00\u00a0€",
        "Solde": "3.200,00\u00a0€",
    }
    questions = [
        summary.get_text(strip=True).replace("\u00a0", " ") for summary in soup.select(".cv-steps .cv-why > summary")
    ]
    assert questions == [
        "Pourquoi 50.000,00 € ?",
        "Pourquoi 632.000,00 € de place ?",
        "Pourquoi 40.000,00 € d’avance ?",
        "Pourquoi 40.000,00 € de coût salarial ?",
        "Pourquoi au plus 6.000,00 € ?",
        "Pourquoi 6.000,00 € à justifier ?",
        "Pourquoi 3.200,00 € retenus ?",
        "Pourquoi 3.200,00 € de solde ?",
    ]


def test_every_reason_leads_to_a_rule_that_opens():
    links = {a["href"] for a in page(FULL).select(".cv-why a[href^='/regles/']")}
    assert len(links) == 8
    for link in links:
        assert Client().get(link).status_code == 200


amounts = st.integers(0, 30_000_000).map(lambda cents: Decimal(cents) / 100)
answers = st.builds(
    Reponses,
    personnes=st.integers(0, 90),
    debut=st.dates(dt.date(2017, 6, 30), dt.date(2029, 12, 31)),
    etp=st.integers(1, 30_000).map(lambda parts: Decimal(parts) / 10_000),
    salaires=amounts,
    frais=amounts,
    deplacements=st.one_of(st.just(Decimal(0)), amounts),
    aides=st.one_of(st.just(Decimal(0)), amounts),
    minimis=st.one_of(st.just(Decimal(0)), st.integers(0, 900_000).map(Decimal)),
)


@given(given_answers=answers)
@settings(max_examples=30, deadline=None)
def test_figures_equal_the_command_line(tmp_path_factory, given_answers):
    """Facts written here by hand, one wage a year instead of twelve: another road to the same figures."""
    tmp_path = tmp_path_factory.mktemp("faits")
    debut = given_answers.debut
    day = debut.isoformat()
    right = ask(
        "accompagnement_social.droit", tmp_path, personnes=given_answers.personnes, as_of=day, agrement="en_cours"
    )
    soup = page(adresse(given_answers))
    ceiling = Decimal(right["value"]["plafond"])
    assert text_of(soup, ".cv-figure") == euros(ceiling).replace("\u00a0", " ")
    if not right["value"]["ouvert"]:
        assert facts_of(soup) == {}
        return
    year = ask("agrement.annee", tmp_path, agree_depuis=day, as_of=day)["value"]
    aid = [{"octroyee_le": day, "montant": f"{given_answers.minimis:f}"}]
    room = ask("sieg.place", tmp_path, octroi_le=day, montant=f"{ceiling:f}", aides=aid)["value"]
    granted = room["a_demander"]
    advance = ask(
        "accompagnement_social.avance",
        tmp_path,
        octroye=granted,
        as_of=day,
        origine="contrat_recu",
        origine_le=day,
        de_minimis_possible=Decimal(granted) > 0,
    )["value"]
    wages = ask(
        "accompagnement_social.cout_salarial",
        tmp_path,
        composantes=[
            {"accompagnateur": "A1", "genre": kind, "date": year["fin"], "montant": f"{amount:f}"}
            for kind, amount in (
                ("salaire_brut", given_answers.salaires),
                ("mission", given_answers.deplacements),
                ("autre_aide", given_answers.aides),
            )
        ],
        contrats=[
            {
                "accompagnateur": "A1",
                "debut": "2010-01-01",
                "fin": None,
                "heures": f"{given_answers.etp * 38:f}",
                "heures_reference": "38",
            }
        ],
        debut=day,
        fin=year["fin"],
        etp_max=right["value"]["etp_max"],
    )["value"]
    owed = ask(
        "accompagnement_social.montant_a_justifier",
        tmp_path,
        octroye=granted,
        cout_salarial=wages["admissible"],
        base=wages["base_frais"],
        as_of=day,
    )["value"]
    kept = min(given_answers.frais, Decimal(owed))
    balance = ask(
        "accompagnement_social.solde",
        tmp_path,
        octroye=granted,
        justifie=f"{Decimal(wages['admissible']) + kept:.2f}",
        avance_versee=advance,
        as_of=year["fin"],
    )["value"]
    back = Decimal(balance["a_rembourser"])
    assert facts_of(soup) == {
        **({} if room["possible"] else {"À demander, de minimis": euros(Decimal(granted))}),
        "Avance": euros(Decimal(advance)),
        "Coût salarial admissible": euros(Decimal(wages["admissible"])),
        "À justifier par les tableaux": euros(Decimal(owed)),
        **({"À rembourser": euros(back)} if back else {"Solde": euros(Decimal(balance["a_payer"]))}),
    }


@given(given_answers=answers)
@settings(max_examples=15, deadline=None)
def test_each_answer_is_the_rules_own_on_its_own_facts(tmp_path_factory, given_answers):
    tmp_path = tmp_path_factory.mktemp("faits")
    for answer in simulate(given_answers).answers():
        frozen = json.loads(json.dumps(command.to_json(answer)))
        assert ask(frozen["rule"], tmp_path, **frozen["facts"]) == frozen


@pytest.mark.parametrize(
    ("persons", "row", "left"),
    [
        ("8", "8 à 25", "18"),
        ("25", "8 à 25", "1"),
        ("26", "26 à 44", "19"),
        ("45", "45 à 59", "15"),
        ("60", "60 et plus", ""),
    ],
)
def test_one_row_of_the_steps_is_where_one_stands(persons, row, left):
    soup = page({"personnes": persons, "debut": "01/01/2027"})
    (here,) = soup.select("#simulation tr[aria-current=true]")
    assert here.th.get_text(strip=True) == row
    coming = [cell.get_text(strip=True) for cell in soup.select("#simulation td") if "encore" in cell.get_text()]
    assert [words.replace("\u00a0", " ").split()[1] for words in coming] == ([left] if left else [])
    assert len(soup.select("#simulation .cv-chart .l-step")) == 1


def test_at_the_first_step_a_full_time_counts_for_half_and_bears_half_the_costs():
    soup = page({"personnes": "10", "debut": "15/03/2027", "etp": "1", "salaires": "40000", "frais": "9000"})
    assert "12 mois réduits : 20.000,00 € admissibles." in text_of(soup)
    assert "Pourquoi au plus 3.000,00 € ?" in text_of(soup)
    assert facts_of(soup)["À justifier par les tableaux"] == "3.000,00\u00a0€"


def test_under_eight_no_right_and_how_many_are_missing():
    soup = page({"personnes": "7", "debut": "01/01/2027", "etp": "1", "salaires": "40000"})
    assert text_of(soup, ".cv-figure") == "0,00 €"
    assert "moins que le minimum de 8" in text_of(soup)
    assert "encore 1 personne" in text_of(soup)
    assert not soup.select("#simulation tr[aria-current=true]")


def test_a_ceiling_that_does_not_fit_goes_on_with_what_to_ask_for():
    soup = page(FULL | {"minimis": "720000"})
    assert "L’aide entière ne passe pas : demandez au plus 30.000,00 €." in text_of(soup)
    assert "La suite du calcul prend le montant à demander : 30.000,00 €." in text_of(soup)
    assert facts_of(soup)["À demander, de minimis"] == "30.000,00\u00a0€"
    assert facts_of(soup)["Avance"] == "24.000,00\u00a0€"


def test_no_room_at_all_gives_no_advance():
    soup = page(FULL | {"minimis": "750000"})
    assert facts_of(soup)["Avance"] == "0,00\u00a0€"
    assert "ne tient pas sous le plafond de minimis" in text_of(soup)


def test_a_year_without_known_regulation_says_so_and_still_answers():
    soup = page(FULL | {"debut": "01/01/2031"})
    assert "Aucun règlement de minimis SIEG connu au 01/01/2031" in text_of(soup)
    assert facts_of(soup)["Avance"] == "40.000,00\u00a0€"


def test_less_time_than_expected_is_said_without_blocking():
    assert "moins que le minimum de 1 ETP" in text_of(page(FULL | {"personnes": "45", "etp": "0,5"}))


# ---------- The address ----------


@given(given_answers=answers)
@settings(max_examples=100, deadline=None)
def test_an_address_read_back_is_the_same_answers_and_the_same_address(given_answers):
    query = adresse(given_answers)
    form = SimulateurForm(QueryDict(query))
    assert form.is_valid(), form.errors
    assert form.reponses == given_answers
    assert adresse(form.reponses) == query
    for name in SimulateurForm.optional:
        assert (f"{name}=" in query) is bool(getattr(given_answers, name))


def test_what_is_typed_leads_to_the_one_short_address():
    typed = "salaires=40.000%2C00+%E2%82%AC&frais=&aides=0&utm_source=x&etp=1&debut=1%2F1%2F2027&personnes=31"
    answer = Client().get(f"{URL}?{typed}")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{URL}?personnes=31&debut=2027-01-01&etp=1&salaires=40000",
    )
    assert Client().get(answer["Location"]).status_code == 200


def test_the_page_gives_its_address_and_writes_answers_the_belgian_way():
    soup = page(FULL)
    assert soup.select_one("#adresse").get_text() == (
        "http://testserver/simulateur?personnes=31&debut=2027-01-01&etp=0,8&salaires=40000&frais=3200&minimis=118000"
    )
    assert {name: soup.select_one(f"#{name}")["value"] for name in ("debut", "etp", "salaires", "minimis")} == {
        "debut": "01/01/2027",
        "etp": "0,8",
        "salaires": "40.000,00",
        "minimis": "118.000,00",
    }
    assert soup.select_one("details#preciser").has_attr("open")
    assert not page({"personnes": "31", "debut": "2027-01-01"}).select_one("details#preciser").has_attr("open")


@pytest.mark.parametrize("query", [FULL, {**FULL, "salaires": "beaucoup"}, {"personnes": "", "debut": ""}])
def test_a_swap_shows_what_a_reload_shows(query):
    client = Client()
    before = client.get(URL).content
    swapped = client.get(f"{URL}?{urlencode(query)}", headers=HTMX)
    assert swapped.status_code == 200
    assert b"<html" not in swapped.content
    pushed = swapped["HX-Push-Url"]
    for selector in ("#simulation", "#annonce"):
        found = BeautifulSoup(swapped.content, "html.parser").select_one(selector)
        found.attrs.pop("hx-swap-oob", None)
        reloaded = BeautifulSoup(client.get(pushed).content, "html.parser").select_one(selector)
        assert found.prettify() == reloaded.prettify()
    announced = str(BeautifulSoup(swapped.content, "html.parser").select_one("#annonce")).replace(
        ' hx-swap-oob="true"', ""
    )
    status = BeautifulSoup(before, "html.parser")
    status.select_one("#annonce").replace_with(BeautifulSoup(announced, "html.parser"))
    assert_swap_equals_reload(client, pushed, str(status).encode(), swapped.content, "#simulation")


def test_the_canonical_order_is_the_order_of_the_questions():
    amounts = {name: Decimal(1) for name in ("etp", "salaires", "frais", "deplacements", "aides", "minimis")}
    given_answers = Reponses(personnes=31, debut=dt.date(2027, 1, 1), **amounts)
    assert [name for name, _ in parse_qsl(adresse(given_answers))] == list(SimulateurForm.base_fields)
