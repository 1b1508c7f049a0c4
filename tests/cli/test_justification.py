"""``clefdevoute justification produire``: the page's own package on disk, or a sentence and exit 1."""

import datetime as dt
import zipfile

import pytest

from clefdevoute.config import startup
from clefdevoute.config.commands import justification
from clefdevoute.documents.justification.paquet import verifier
from clefdevoute.records.foundation import proofs
from clefdevoute.records.frais.models import CompteIndividuel
from tests.records import annee_frais as scene
from tests.records.test_subventions_envoi import send, sign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ready(settings, tmp_path, monkeypatch):
    settings.PROOFS_DIR = tmp_path / "preuves"
    monkeypatch.setattr(startup, "begin", lambda **_: None)


@pytest.fixture
def year():
    made = scene.make()
    scene.opened(made)
    return made


def run(who, day, folder):
    return justification.main(["produire", "--entreprise", str(who), "--annee", str(day), "--sortie", str(folder)])


@pytest.mark.parametrize("form", ["bce", "bce_display", "pk"])
def test_it_writes_the_package_and_says_what_remains(year, tmp_path, capsys, form):
    assert run(getattr(year.entreprise, form), scene.INSIDE, tmp_path / "sortie") == 0
    (made,) = (tmp_path / "sortie").iterdir()
    assert verifier(made.read_bytes()) == ()
    assert made.name.endswith("-2025-03-15.zip")
    with zipfile.ZipFile(made) as archive:
        assert "03-tableau-a.pdf" in archive.namelist()
    assert "Avant l’envoi : Le décompte n’est pas figé" in capsys.readouterr().out


@pytest.mark.parametrize(
    "case",
    [
        ("0999.999.922", scene.INSIDE, "Aucune entreprise ne porte le numéro"),
        ("n’importe", scene.INSIDE, "Aucune entreprise ne porte le numéro"),
        (None, dt.date(2020, 1, 1), "précède l’agrément enregistré"),
        (None, dt.date(2035, 1, 1), "ne commence que le 15/03/2034"),
    ],
)
def test_a_refusal_is_a_sentence_and_exit_one(year, tmp_path, capsys, case):
    who, day, sentence = case
    assert run(who or year.entreprise.bce, day, tmp_path / "sortie") == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "sortie").exists()


def test_a_missing_compte_individuel_refuses(year, tmp_path, capsys):
    CompteIndividuel.objects.filter(year=2026).update(replaced=True)
    assert run(year.entreprise.bce, scene.INSIDE, tmp_path / "sortie") == 1
    assert "Le compte individuel 2026" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(year, tmp_path, capsys):
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    assert run(year.entreprise.bce, scene.INSIDE, tmp_path / "fichier" / "sous") == 1
    assert "Choisissez un autre dossier" in capsys.readouterr().err


def test_a_date_that_is_none_is_wrong_usage(year, tmp_path):
    with pytest.raises(SystemExit) as stop:
        run(year.entreprise.bce, "2025-13-01", tmp_path)
    assert stop.value.code == 2


def test_a_year_that_has_left_gives_its_frozen_copy_again(year, tmp_path, capsys):
    sign(year)
    sent = send(year)
    assert run(year.entreprise.bce, scene.INSIDE, tmp_path / "sortie") == 0
    (made,) = (tmp_path / "sortie").iterdir()
    assert made.read_bytes() == proofs.read(sent.package)
    said = capsys.readouterr().out
    assert f"récépissé {sent.receipt_number} : copie figée." in said
    assert sent.package.sha256 in said
