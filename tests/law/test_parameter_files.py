"""Every file of dated values: complete, doubted where we doubt, and read alike by OpenFisca."""

import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from openfisca_core.parameters import Parameter as FiscaParameter
from openfisca_core.parameters import load_parameter_file

from clefdevoute.law.kernel.parameters import LAW_ROOT, Parameter, all_parameters

FILES = sorted(LAW_ROOT.glob("*/parameters/*.yaml"))
PARAMETERS = all_parameters()

# Where droit.md says MEMORY, doubt or our choice, the value must say so too.
DOUBTED = {"P12", "P15", "P18", "P19", "P20", "P23", "P24", "P25", "P26"}


def _id(parameter: Parameter) -> str:
    return parameter.name


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}.{path.stem}")
def test_a_file_loads_in_openfisca_and_agrees(path: Path) -> None:
    theirs, ours = load_parameter_file(str(path)), Parameter.load(path)
    if not isinstance(theirs, FiscaParameter):
        assert ours.is_scale
        return
    for since, value in zip(ours.dates, ours.values, strict=True):
        assert _plain(theirs(since.isoformat())) == _plain(value.value)
        assert _plain(theirs((since + dt.timedelta(days=1)).isoformat())) == _plain(value.value)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=_id)
def test_a_value_names_its_text_and_its_unit(parameter: Parameter) -> None:
    assert parameter.description
    assert parameter.metadata.get("unit") or parameter.is_scale
    for value in parameter.values:
        assert value.title.strip()
        assert not value.link or value.link.startswith("http")


@pytest.mark.parametrize("number", sorted({"P9", *DOUBTED}))
def test_each_parameter_of_the_list_is_held(number: str) -> None:
    held = [parameter for parameter in PARAMETERS if parameter.metadata.get("parameter") == number]
    assert held
    if number in DOUBTED:
        assert any(value.doubt for parameter in held for value in parameter.values)


def test_the_two_kilometre_tables_join_without_a_hole() -> None:
    tables = {p.name.partition(".")[2]: p for p in PARAMETERS if p.name.startswith("deplacements.taux_")}
    yearly, quarterly = tables["taux_annuel"], tables["taux_trimestriel"]
    assert [day.isoformat()[5:] for day in yearly.dates] == ["07-01"] * 10
    assert [value.value for value in quarterly.values[:6]] == [value.value for value in yearly.values[:6]]
    assert [value.link for value in quarterly.values + yearly.values].count("") == 0
    starts = [day for day in quarterly.dates if day >= dt.date(2022, 7, 1)]
    assert [(day.month - 1) % 3 for day in starts] == [0] * len(starts)
    gaps = [(b.year * 12 + b.month) - (a.year * 12 + a.month) for a, b in itertools.pairwise(starts)]
    assert gaps == [3] * (len(starts) - 1)
