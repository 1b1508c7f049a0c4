"""The benches time what is true: three writings of the same rules agree on the invented sector."""

import importlib
import sys

import pytest

from tests.repository.tree import ROOT


@pytest.fixture
def regles(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    yield importlib.import_module("regles")
    for name in ("regles", "regles_openfisca", "secteur", "mesure"):
        sys.modules.pop(name, None)


def test_the_law_a_bare_sweep_and_openfisca_agree(regles):
    """Twelve enterprises, so every first month, and every step of the scale."""
    enterprises = list(regles.secteur(12, 2))
    ours = regles.nous([regles.faits(one) for one in enterprises])
    bare = regles.python_nu(enterprises)
    assert regles.empreinte(ours) == regles.empreinte(bare) == regles.empreinte(regles.openfisca(enterprises)())
    assert {row[7] for row in bare} == {0, 25_000_00, 50_000_00, 75_000_00, 100_000_00}
    assert any(row[-1] < 0 for row in bare), "no year to give back: the sector is too kind"


def test_the_invented_sector_has_the_shape_it_says(regles):
    drawn = list(regles.secteur(111, 1))
    workers = [len({c.personne for c in one.contrats}) for one in drawn]
    assert (min(workers), max(workers), sum(workers) / len(workers)) == (5, 115, 60)
    assert regles.secteur(1, 1).__next__() == drawn[0], "an enterprise is drawn from its own number alone"
