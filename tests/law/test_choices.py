"""A choice of law that no code knows is refused by name: a dated value is never passed over in silence."""

import datetime as dt
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from clefdevoute.law.accompagnement_social import couts, effectifs, rules
from clefdevoute.law.agrement import annee as annees
from clefdevoute.law.agrement.rules import rapport_activite
from clefdevoute.law.kernel.codec import decode
from clefdevoute.law.kernel.errors import BadFact, BadParameterFile
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.parameters import Parameter, ValueInForce

SINCE = dt.date(2017, 6, 30)
YEAR = dt.date(2026, 1, 1)


def _with(value: Any, name: str) -> Parameter:
    only = ValueInForce(parameter=name, value=value, since=SINCE, title="Essai")
    return Parameter(name, "Essai", {}, "", (SINCE,), (only,))


def _balance() -> Explained[Any]:
    return rules.solde(octroye=Decimal(100), justifie=Decimal(60), avance_versee=Decimal(80), as_of=YEAR)


ASKED = [
    pytest.param(
        rules, "INDEXATION", True, lambda: rules.droit(personnes=30, as_of=YEAR, agrement="en_cours"), id="P4"
    ),
    pytest.param(
        effectifs,
        "MODE_COMPTAGE",
        "au_hasard",
        lambda: effectifs.effectif_periode(engagements=(), debut=YEAR, fin=dt.date(2026, 12, 31)),
        id="P7",
    ),
    pytest.param(annees, "MODE_TRIMESTRE", "semestres", lambda: annees.annee(agree_depuis=YEAR, as_of=YEAR), id="P14"),
    pytest.param(rules, "SOLDE_NEGATIF", "oublie", _balance, id="P17"),
]


@pytest.mark.parametrize(("module", "name", "value", "ask"), ASKED)
def test_an_unknown_choice_of_law_is_refused(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, value: Any, ask: Any
) -> None:
    assert ask().value is not None
    monkeypatch.setattr(module, name, _with(value, f"essai.{name.lower()}"))
    with pytest.raises(BadParameterFile, match=f"essai.{name.lower()} : « {value} » n'est pas un choix connu"):
        ask()


def test_the_fate_of_a_negative_balance_follows_its_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "à rembourser, ou à déduire" in _balance().sentence
    monkeypatch.setattr(rules, "SOLDE_NEGATIF", _with("a_deduire", "essai.sort"))
    assert "à rembourser" not in _balance().sentence
    assert "à déduire de la prochaine avance." in _balance().sentence


def test_time_over_zero_reference_hours_is_refused_before_it_is_divided() -> None:
    with pytest.raises(BadFact, match="plus grandes que zéro"):
        couts.ContratAccompagnateur("A1", YEAR, None, Decimal(19), Decimal(0))


@pytest.mark.parametrize("year", [-1, 0, 9999, 10**30])
def test_a_report_of_no_calendar_year_is_refused(year: int) -> None:
    with pytest.raises(BadFact, match="n'est pas une année civile"):
        rapport_activite(exercice=year, as_of=YEAR)


@pytest.mark.parametrize(("raw", "kind"), [("٣", Decimal), ("１２３", Decimal), ("２０２６-01-01", dt.date)])
def test_digits_of_another_alphabet_are_no_digits(raw: str, kind: type) -> None:
    with pytest.raises(BadFact):
        decode(raw, kind, "fait")


@pytest.mark.parametrize("raw", ["9" * 5000, list(range(5000)), {"a": "b" * 5000}])
def test_a_refusal_stays_one_short_sentence_whatever_was_sent(raw: Any) -> None:
    with pytest.raises(BadFact) as refusal:
        decode(raw, Decimal, "fait")
    assert len(str(refusal.value)) < 250


def test_a_refusal_writes_json_words_not_those_of_the_machine() -> None:
    with pytest.raises(BadFact, match="« fait » : true n'est pas un nombre"):
        decode(True, Decimal, "fait")
    with pytest.raises(BadFact, match="« fait » : null n'est pas un nombre"):
        decode(None, Decimal, "fait")
