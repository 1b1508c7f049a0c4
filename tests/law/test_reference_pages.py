"""The generated references of the law: fresh, whole, and leading back from every article."""

import re

import pytest
from scripts.reference_droit import FOLDER, TEXTS, pages, placed

from clefdevoute.law.kernel.parameters import LAW_ROOT, all_parameters
from clefdevoute.law.kernel.registry import public_rules

PAGES = pages()
REMEDY = "la page n'est plus à jour : lancez « python scripts/reference_droit.py »"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_fresh(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], REMEDY


def test_nothing_is_missing_from_the_concordance() -> None:
    found, homeless = placed()
    held = {item.name for rows in found.values() for item in rows} | {item.name for item in homeless}
    assert held >= {parameter.name for parameter in all_parameters()}
    assert held >= {spec.name for spec in public_rules()}
    assert held >= {path.relative_to(LAW_ROOT).as_posix() for path in LAW_ROOT.glob("*/cases/*.yaml")}
    assert not [item.name for item in homeless if item.kind == "règles" and not item.name.startswith("identifiants.")][
        1:
    ]


def test_every_text_is_applied_by_something() -> None:
    found, _ = placed()
    assert [name for name, _ in TEXTS if name not in found] == []


def test_an_article_leads_to_values_rules_and_cases() -> None:
    found, _ = placed()
    kinds = {item.kind for item in found["AGW du 24 mai 2017, art. 3, § 3 (accompagnateur)"]}
    assert kinds >= {"paramètres", "règles"}
    assert {item.kind for item in found["P12"]} >= {"paramètres", "règles"}


def test_every_parameter_and_reading_of_the_list_is_placed() -> None:
    found, _ = placed()
    assert [f"P{n}" for n in range(1, 27) if f"P{n}" not in found] == []
    apart = {21, 22, 27}  # signing, sending and who chooses a reading: screens, not rules
    assert [f"A{n}" for n in range(1, 31) if n not in apart and f"A{n}" not in found] == []


def test_links_of_the_parameters_page_are_whole() -> None:
    links = re.findall(r"\]\(([^)]*)\)", PAGES["parametres.md"])
    assert links
    assert all(re.fullmatch(r"https?://\S+", link) for link in links)
