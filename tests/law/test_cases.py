"""
Every worked case of every matter, as a jurist wrote it in ``law/<matter>/cases/*.yaml``.

A case names a ``rule`` (of its own matter, or ``matter.rule``), its ``source``, its ``facts`` (those of another case
first, where ``comme`` names one) and what must come out: ``expected`` (an object names only the fields that matter),
``exact`` (the whole sentence), ``sentence``, ``doubts`` and ``law`` (pieces that must be read), ``no_doubts`` (pieces
that must not), or ``refused`` (a piece of the refusal). Each answer must also survive JSON without loss.
"""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clefdevoute.law.kernel.cases import as_json, with_facts
from clefdevoute.law.kernel.codec import from_json, read_facts, to_json
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.kernel.money import NBSP
from clefdevoute.law.kernel.parameters import LAW_ROOT, load_yaml
from clefdevoute.law.kernel.registry import rule_named

KEYS = {
    "name",
    "source",
    "rule",
    "comme",
    "facts",
    "expected",
    "exact",
    "sentence",
    "doubts",
    "no_doubts",
    "law",
    "refused",
}
FILES = sorted(LAW_ROOT.glob("*/cases/*.yaml"))


def _cases() -> list[Any]:
    found = []
    for path in FILES:
        for case in with_facts(load_yaml(path)):
            name = f"{path.parent.parent.name}/{path.stem}: {case['name']}"
            found.append(pytest.param(path, case, id=name))
    return found


def differences(found: Any, expected: Any, where: str = "value") -> list[str]:
    """Name every place where the answer is not what the case expects; fields not named are free."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{where}: {found!r} is no object"]
        missing = [f"{where}.{key}: absent" for key in expected if str(key) not in found]
        return missing + [
            fault
            for key, item in expected.items()
            if str(key) in found
            for fault in differences(found[str(key)], item, f"{where}.{key}")
        ]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{where}: {found!r} instead of {expected!r}"]
        return [
            fault
            for n, (one, item) in enumerate(zip(found, expected, strict=True))
            for fault in differences(one, item, f"{where}[{n}]")
        ]
    if isinstance(expected, Decimal):
        same = not isinstance(found, bool) and Decimal(str(found)) == expected
    else:
        same = (found.replace(NBSP, " ") if isinstance(found, str) else found) == as_json(expected)
    return [] if same else [f"{where}: {found!r} instead of {as_json(expected)!r}"]


def _ask(path: Path, case: dict[str, Any]) -> Any:
    rule = case["rule"] if "." in case["rule"] else f"{path.parent.parent.name}.{case['rule']}"
    spec = rule_named(rule)
    return spec.function(**read_facts(spec, as_json(case["facts"])))


@pytest.mark.parametrize(("path", "case"), _cases())
def test_case(path: Path, case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, f"unknown key in the case: {set(case) - KEYS}"
    assert {"name", "source", "rule", "facts"} <= set(case)
    if "refused" in case:
        with pytest.raises(LawError) as refusal:
            _ask(path, case)
        assert case["refused"] in str(refusal.value)
        return
    assert "expected" in case
    answer = _ask(path, case)
    frozen = to_json(answer)
    assert differences(frozen["value"], case["expected"]) == []
    assert answer.sentence.replace(NBSP, " ") == case.get("exact", answer.sentence.replace(NBSP, " "))
    texts = [step.sentence.replace(NBSP, " ") for _, step in answer.walk()]
    for piece in [case["sentence"]] if isinstance(case.get("sentence"), str) else case.get("sentence", []):
        assert any(piece in text for text in texts), f"« {piece} » is not said in:\n" + "\n".join(texts)
    for piece in case.get("doubts", []):
        assert any(piece in doubt for doubt in answer.doubts), f"« {piece} » is not doubted in {answer.doubts}"
    for piece in case.get("no_doubts", []):
        assert not any(piece in doubt for doubt in answer.doubts), f"« {piece} » is doubted without need"
    for name in case.get("law", []):
        assert any(value.parameter == name for _, step in answer.walk() for value in step.law)
    assert from_json(json.loads(json.dumps(frozen))) == answer


def test_every_file_of_cases_is_named_after_something_and_holds_cases() -> None:
    assert FILES, "no worked case was found"
    for path in FILES:
        names = [case["name"] for case in load_yaml(path)]
        assert names, path
        assert len(names) == len(set(names)), f"{path.name}: a name is used twice"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"a": "1.00"}, {"a": Decimal("2")}),
        ({"a": "1.00"}, {"b": Decimal("1")}),
        (["1"], []),
        ("2020-01-01", dt.date(2020, 1, 2)),
        (True, Decimal(1)),
        ("x", {"a": 1}),
    ],
)
def test_the_comparison_sees_a_difference(found: Any, expected: Any) -> None:
    assert differences(found, expected)
