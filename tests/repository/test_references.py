"""The generated references are fresh, the written ones name what exists, and every link of the docs leads somewhere."""

import re

import pytest
from scripts.reference_records import FOLDER, own_models, pages

from clefdevoute.cli import COMMANDS
from tests.repository.tree import ROOT, tracked

REMEDY = "la page n'est plus à jour : lancez « python scripts/reference_records.py »"
FEATURES = [*range(1, 7), *range(11, 59), 60, 61, 63, 75, 76, 92, 96, 97, 100]
ROW = re.compile(r"^\| F(\d+) \|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|$", re.MULTILINE)


@pytest.mark.parametrize("name", ["champs.md", "permissions.md"])
def test_the_page_is_fresh(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], REMEDY


def test_every_domain_of_records_is_described():
    assert set(own_models()) == {
        *("foundation", "entreprises", "personnes", "agenda", "suivi", "reseau", "amenagements", "parcours"),
        *("echeances", "frais", "temps", "subventions"),
    }


def test_every_command_has_its_paragraph():
    page = (FOLDER / "commandes.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## `(\w+)`$", page, re.MULTILINE)) == sorted(COMMANDS)


def features():
    """Read the rows of the page of features: number, then what, where, module, test."""
    text = (FOLDER / "fonctions.md").read_text(encoding="utf-8")
    return {int(number): [cell.strip() for cell in cells] for number, *cells in ROW.findall(text)}


def test_every_feature_of_this_issue_has_its_row():
    assert list(features()) == sorted(features())
    assert set(FEATURES) <= set(features())


def test_every_path_of_the_features_exists():
    missing = [
        (number, path)
        for number, cells in features().items()
        for path in re.findall(r"`((?:src|tests|bench|docs|demo)[\w./-]*)`", " ".join(cells))
        if not (ROOT / path).exists()
    ]
    assert missing == []


def test_a_reached_feature_names_its_module_and_its_test():
    for number, (_, where, module, test) in features().items():
        assert where, f"F{number}"
        if "pas atteint" not in where.lower():
            assert re.search(r"`src/clefdevoute/|`demo`", module), f"F{number} has no module"
            assert "`tests/" in test, f"F{number} has no test"


LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_every_link_of_the_docs_leads_somewhere():
    pages_of_docs = [path for path in tracked() if path.suffix == ".md" and "shared" not in path.parts]
    broken = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path in pages_of_docs
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists()
    ]
    assert broken == []


def test_a_broken_link_is_seen():
    assert LINK.findall("voir [ici](nulle/part.md#x) et [là](https://exemple.be)") == [
        "nulle/part.md",
        "https://exemple.be",
    ]
