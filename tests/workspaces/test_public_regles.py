"""The public rules and values: each figure leads to its rule, its text and its proof."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clefdevoute.law.kernel.cases import all_cases
from clefdevoute.law.kernel.describe import describe
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.kernel.parameters import all_parameters, parameter_named
from clefdevoute.law.kernel.registry import public_rules
from clefdevoute.ui.formats import date_courte
from clefdevoute.workspaces.public.catalogue import page_of
from clefdevoute.workspaces.public.lecture import CHOICES, value_lines

RULES = [spec.name for spec in public_rules()]


def read(path: str) -> BeautifulSoup:
    answer = Client().get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("’", "'").split())


def glued(text: str) -> str:
    """Compare letters alone: an ordinal is raised, its letters stand apart."""
    return "".join(flat(text).replace("°", "").split())


def text_of(soup) -> str:
    return flat(soup.get_text(" "))


def test_every_public_rule_is_listed_once_with_its_sentence_and_texts():
    soup = read("/regles/")
    links = [a["href"] for a in soup.select("main section a")]
    assert sorted(links) == sorted(f"/regles/{name}/" for name in RULES)
    for spec in public_rules():
        row = soup.select_one(f"main a[href='/regles/{spec.name}/']").parent
        assert flat(spec.sentence) in text_of(row)
        assert all(glued(text) in glued(text_of(row)) for text in spec.references)


@pytest.mark.parametrize("name", RULES)
def test_the_page_of_a_rule_is_whole(name):
    spec = next(spec for spec in public_rules() if spec.name == name)
    soup = read(f"/regles/{name}/")
    text = text_of(soup.main)
    assert flat(spec.sentence) in text_of(soup.h1)
    codes = {code.get_text() for code in soup.select("section[aria-labelledby=h-faits] th .cv-code")}
    assert codes >= {fact["name"] for fact in describe(spec)["facts"]}
    for fact in describe(spec)["facts"]:
        assert glued(fact["meaning"]) in glued(text)
    values = text_of(soup.select_one("section[aria-labelledby=h-valeurs]") or soup.new_tag("p"))
    for parameter in page_of(name).parameters:
        assert flat(parameter.description) in values
        assert all(date_courte(since) in values for since in parameter_named(parameter.name).dates)
    for case in (case for case in all_cases() if case.rule == name):
        assert glued(case.name) in glued(text)


@pytest.mark.parametrize("name", RULES)
def test_each_case_shows_what_the_law_answers(name):
    shown = page_of(name).cases
    cases = [case for case in all_cases() if case.rule == name]
    assert [case.name for case in shown] == [case.name for case in cases]
    assert shown, "a rule without a worked case proves nothing"
    for seen, case in zip(shown, cases, strict=True):
        try:
            answer, refused = case.ask().sentence, False
        except LawError as refusal:
            answer, refused = str(refusal), True
        assert (seen.answer, seen.refused) == (answer, refused)
        assert {fact.name for fact in seen.facts} == set(case.facts)
        assert refused is bool(case.refused)


def test_every_value_of_law_leads_to_a_rule():
    reached = {parameter.name for name in RULES for parameter in page_of(name).parameters}
    assert sorted({parameter.name for parameter in all_parameters()} - reached) == []


def test_the_steps_of_the_subsidy_and_its_doubt_are_on_the_rule_of_the_right():
    page = page_of("accompagnement_social.droit")
    steps = next(p for p in page.parameters if p.name == "accompagnement_social.subvention_maximale")
    assert [line.replace("\u00a0", " ") for line in steps.values[0].lines] == [
        "dès 8 personnes : 25.000,00 €",
        "dès 26 personnes : 50.000,00 €",
        "dès 45 personnes : 75.000,00 €",
        "dès 60 personnes : 100.000,00 €",
    ]
    assert steps.verified == dt.date(2018, 4, 27)
    assert any(doubt.startswith("Lecture A1 ") for doubt in page.doubts)
    assert not any(doubt.startswith("accompagnement_social.") for doubt in page.doubts)


def test_a_step_of_another_rule_has_its_page_though_no_list_names_it():
    hidden = {step.rule for case in all_cases() if not case.refused for _, step in _walk(case)} - set(RULES)
    assert hidden, "the law has steps that are not offered on their own"
    for name in sorted(hidden):
        assert "Étape d'une autre règle" in text_of(read(f"/regles/{name}/"))
        assert f"/regles/{name}/" not in str(read("/regles/"))


def _walk(case):
    try:
        return list(case.ask().walk())
    except LawError:
        return []


@pytest.mark.parametrize(
    "name",
    [
        "rien",
        "accompagnement_social",
        "accompagnement_social.rien",
        "kernel.codec",
        "..",
        "a" * 5000,
        "é.è",
        "sieg.place.x",
    ],
)
def test_an_unknown_rule_is_no_address(name):
    assert Client().get(f"/regles/{name}/").status_code == 404


# ---------- Values on a day ----------


@pytest.mark.parametrize("day", [dt.date(2016, 1, 1), dt.date(2018, 1, 1), dt.date(2024, 1, 1), dt.date(2026, 11, 22)])
def test_each_value_of_the_day_has_its_date_its_text_and_its_doubt(day):
    soup = read(f"/parametres/?au={date_courte(day)}")
    assert f"Valeurs en vigueur le {date_courte(day)}." in text_of(soup.main)
    rows = {row["id"]: row for row in soup.select("main tbody tr")}
    assert set(rows) == {parameter.name for parameter in all_parameters()}
    for parameter in all_parameters():
        text = text_of(rows[parameter.name])
        if parameter.dates[0] > day:
            assert f"Pas encore de valeur : la première prend effet le {date_courte(parameter.dates[0])}." in text
            continue
        value = parameter.at(day)
        assert f"depuis le {date_courte(value.since)}" in text
        assert all(glued(line) in glued(text) for line in value_lines(parameter, value))
        assert ("À vérifier" in text) is bool(value.doubt)
        assert rows[parameter.name].select("a[href^='/regles/']")


def test_the_kilometre_rate_follows_the_day():
    before = text_of(read("/parametres/?au=31/12/2025").select_one("tr[id='deplacements.taux_trimestriel']"))
    after = text_of(read("/parametres/?au=2026-01-01").select_one("tr[id='deplacements.taux_trimestriel']"))
    assert "0,4312 €/km" in before
    assert "0,4326 €/km" in after


@pytest.mark.parametrize("typed", ["31/02/2020", "hier", "1e3", "99999-01-01"])
def test_an_unreadable_day_is_kept_and_said_and_today_is_shown(typed):
    soup = read(f"/parametres/?au={typed}")
    assert soup.select_one("#au")["value"] == typed
    assert soup.select_one("#au_error").get_text(strip=True)
    assert len(soup.select("main tbody tr")) == len(all_parameters())


def test_no_stored_word_is_shown_as_such():
    for parameter in all_parameters():
        if parameter.metadata.get("unit") == "choix":
            for value in parameter.values:
                assert value.value is None or "/" in value.value or value.value in CHOICES
