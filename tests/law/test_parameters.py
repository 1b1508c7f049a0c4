"""The dated values: each loads in another engine, agrees with it, and a new amount is one line of YAML."""

import ast
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from openfisca_core.parameters import load_parameter_file

from clefdevoute.law.accompagnement_social import rules
from clefdevoute.law.kernel.codec import encode
from clefdevoute.law.kernel.errors import BadParameterFile, NoValueInForce
from clefdevoute.law.kernel.parameters import LAW_ROOT, Parameter, all_parameters

PERSONS = (0, 7, 8, 25, 26, 44, 45, 59, 60, 500)


@pytest.mark.parametrize("parameter", [one for one in all_parameters() if one.is_scale], ids=lambda one: one.name)
def test_every_scale_has_the_rows_that_openfisca_reads(parameter: Parameter) -> None:
    """The other files are compared in test_parameter_files.py."""
    matter, _, stem = parameter.name.partition(".")
    theirs = load_parameter_file(str(LAW_ROOT / matter / "parameters" / f"{stem}.yaml"), stem)
    for value in parameter.values:
        there = theirs.get_at_instant(value.since.isoformat())
        rows = zip(there.thresholds, there.amounts, strict=True)
        assert [(Decimal(str(t)), Decimal(str(a))) for t, a in rows] == list(value.value)


@pytest.mark.parametrize("name", ["subvention_maximale", "etp_maximal", "etp_minimal"])
def test_the_scale_of_openfisca_agrees_with_ours(name: str) -> None:
    path = LAW_ROOT / "accompagnement_social" / "parameters" / f"{name}.yaml"
    scale = load_parameter_file(str(path), name).get_at_instant("2026-01-01")
    value = {"subvention_maximale": "plafond", "etp_maximal": "etp_max", "etp_minimal": "etp_min"}[name]
    theirs = [Decimal(str(amount)) for amount in scale.calc(list(PERSONS))]
    ours = [
        getattr(rules.droit(personnes=n, as_of=dt.date(2026, 1, 1), agrement="en_cours").value, value) for n in PERSONS
    ]
    assert ours == theirs


MONEY = {"accompagnement_social", "agrement", "sieg"}


@pytest.mark.parametrize(
    "parameter",
    [one for one in all_parameters() if one.name.partition(".")[0] in MONEY and one.metadata["parameter"] != "P23"],
    ids=lambda parameter: parameter.name,
)
def test_every_value_of_the_money_says_its_text_and_until_when_it_was_read(parameter: Parameter) -> None:
    assert parameter.description
    assert dt.date.fromisoformat(str(parameter.metadata["last_value_still_valid_on"]))
    for value in parameter.values:
        assert value.title


def test_the_parameters_of_the_money_half_are_all_there() -> None:
    numbers = {str(parameter.metadata.get("parameter")) for parameter in all_parameters()}
    wanted = {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 16, 17, 21, 22}
    assert {f"P{n}" for n in wanted} | {"A29"} <= numbers


@pytest.mark.parametrize("name", ["categories_frais", "lignes_tableaux", "pieces"])
def test_lists_hold_texts_only(name: str) -> None:
    path = LAW_ROOT / "accompagnement_social" / "parameters" / f"{name}.yaml"
    for value in Parameter.load(path).values:
        assert all(isinstance(text, str) for row in value.value for text in row.values())


def _copy(tmp_path: Path, name: str, old: str, new: str, *, reference: bool = True) -> Parameter:
    """Load a copy with one line changed and, as every new date asks, its reference."""
    source = (LAW_ROOT / "accompagnement_social" / "parameters" / f"{name}.yaml").read_text(encoding="utf-8")
    assert source.count(old) == 1
    path = tmp_path / "accompagnement_social" / "parameters" / f"{name}.yaml"
    path.parent.mkdir(parents=True)
    source = source.replace(old, new)
    if reference:
        source = source.replace("  reference:\n", "  reference:\n    2030-01-01: {title: Un arrêté à venir}\n")
    path.write_text(source, encoding="utf-8")
    return Parameter.load(path)


def _ceiling(persons: int, year: int) -> Decimal:
    return rules.droit(personnes=persons, as_of=dt.date(year, 1, 1), agrement="en_cours").value.plafond


def test_one_line_of_yaml_changes_an_amount_from_its_date_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Python changes, and the past keeps its law."""
    changed = _copy(
        tmp_path,
        "subvention_maximale",
        "  amount: {2017-06-30: {value: 25000}}",
        "  amount: {2017-06-30: {value: 25000}, 2030-01-01: {value: 27500}}",
    )
    monkeypatch.setattr(rules, "SUBVENTION_MAXIMALE", changed)
    assert [_ceiling(8, year) for year in (2018, 2029, 2030, 2040)] == [25000, 25000, 27500, 27500]
    assert [_ceiling(26, year) for year in (2029, 2030)] == [50000, 50000]


def test_a_rate_changes_from_its_date_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = "  2017-06-30: {value: 0.15}\nmetadata:"
    changed = _copy(
        tmp_path, "plafond_frais", old, "  2017-06-30: {value: 0.15}\n  2030-01-01: {value: 0.20}\nmetadata:"
    )
    monkeypatch.setattr(rules, "PLAFOND_FRAIS", changed)
    base = Decimal("10000.00")
    amounts = [rules.plafond_frais(base=base, as_of=dt.date(year, 1, 1)).value for year in (2029, 2030)]
    assert amounts == [Decimal("1500.00"), Decimal("2000.00")]


def test_a_new_amount_without_its_text_is_refused(tmp_path: Path) -> None:
    old = "  2017-06-30: {value: 0.15}\nmetadata:"
    new = "  2017-06-30: {value: 0.15}\n  2030-01-01: {value: 0.20}\nmetadata:"
    with pytest.raises(BadParameterFile, match="aucune référence pour la valeur du 01/01/2030"):
        _copy(tmp_path, "plafond_frais", old, new, reference=False)


def test_before_the_first_value_the_law_refuses_to_guess() -> None:
    with pytest.raises(NoValueInForce, match="première valeur enregistrée prend effet le 30/06/2017"):
        rules.PLAFOND_FRAIS.at(dt.date(2017, 6, 29))


def test_an_unknown_rounding_is_a_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = _copy(tmp_path, "arrondi_maximum", "{value: vers_le_bas}", "{value: au_hasard}")
    monkeypatch.setattr(rules, "ARRONDI_MAXIMUM", changed)
    with pytest.raises(BadParameterFile, match="au_hasard"):
        rules.plafond_frais(base=Decimal(1), as_of=dt.date(2026, 1, 1))


CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "getenv", "environ"}


@pytest.mark.parametrize("path", sorted(LAW_ROOT.rglob("*.py")), ids=lambda path: path.relative_to(LAW_ROOT).as_posix())
def test_the_law_has_no_clock_and_no_chance(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not called & CLOCKS
    assert not imported & {"time", "random", "secrets", "os"}


def test_json_of_a_list_in_force_is_what_was_written() -> None:
    lines = next(p for p in all_parameters() if p.name == "accompagnement_social.lignes_tableaux").values[0].value
    assert json.loads(json.dumps(encode(lines))) == [dict(row) for row in lines]
