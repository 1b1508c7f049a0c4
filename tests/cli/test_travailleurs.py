"""``createuser`` and ``travailleurs importer``: a sentence and an exit code, the same writes as the pages."""

import json

import pytest

from clefdevoute.config.commands import createuser, travailleurs
from clefdevoute.records.entreprises.models import Affectation, EntrepriseInsertion
from clefdevoute.records.foundation.models import User
from clefdevoute.records.personnes.models import Travailleur

pytestmark = pytest.mark.django_db
BCE = "0403.170.701"
CREATE = ["--email", "Chef@EI.be", "--role", "gestionnaire", "--entreprise", BCE]
REGISTER = "Matricule;Nom;Prénom;Né(e) le;Date d’entrée;Régime;Statut\n1;Dupont;Éloïse;17/05/1990;08/01/2024;38;TD\n"


@pytest.fixture(autouse=True)
def proofs_dir(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path / "preuves"


@pytest.fixture
def password(tmp_path):
    path = tmp_path / "mdp"
    path.write_text("une-longue-phrase-secrete\n", encoding="utf-8")
    return ["--mot-de-passe", str(path)]


@pytest.fixture
def chef(password):
    assert createuser.main([*CREATE, "--creer-entreprise", "EI Essai", "--chef", *password]) == 0


def importer(tmp_path, text, *more):
    path = tmp_path / "registre.csv"
    path.write_bytes(text.encode("cp1252"))
    return travailleurs.main(["importer", str(path), "--entreprise", BCE, "--par", "chef@ei.be", *more])


def test_an_account_opens_with_its_role(chef):
    row = Affectation.objects.get()
    assert (row.user.email, row.role, row.permissions) == ("chef@ei.be", "gestionnaire", ["chef_entreprise"])
    assert User.objects.get().check_password("une-longue-phrase-secrete")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (CREATE, "Aucune entreprise"),
        (["--email", "a@b.be", "--role", "inspection", "--chef"], "ne se donne pas"),
        (["--email", "pas une adresse", "--role", "inspection"], "adresse de courriel valide"),
    ],
)
def test_a_refused_account_leaves_nothing(words, said, password, capsys):
    assert createuser.main([*words, *password]) == 1
    assert said in capsys.readouterr().err
    assert not User.objects.exists()
    assert not EntrepriseInsertion.objects.exists()


def test_a_register_is_imported(chef, tmp_path, capsys):
    assert importer(tmp_path, REGISTER) == 0
    assert "1 créées" in capsys.readouterr().out
    assert Travailleur.objects.get().first_name == "Éloïse"


def test_a_preview_writes_no_worker(chef, tmp_path):
    assert importer(tmp_path, REGISTER, "--apercu") == 0
    assert not Travailleur.objects.exists()


def test_a_faulty_line_is_named_and_the_status_says_so(chef, tmp_path, capsys):
    assert importer(tmp_path, REGISTER + "2;Nguyen;;02/11/1985;01/03/2025;19,5;TGD\n", "--json") == 1
    out = capsys.readouterr().out
    said = json.loads(out[out.index("{") :])
    assert said["counts"]["creer"] == 1
    assert said["lines"][0]["messages"] == ["C3, prénom : la cellule est vide. Complétez-la."]


@pytest.mark.parametrize(
    ("more", "said"),
    [(["--par", "autre@ei.be"], "n’est pas gestionnaire"), (["--colonne", "name=1"], "ne désigne pas une colonne")],
)
def test_a_refusal_is_a_sentence(chef, tmp_path, capsys, more, said):
    assert importer(tmp_path, REGISTER, *more) == 1
    assert said in capsys.readouterr().err


def test_a_missing_file_is_a_sentence(capsys):
    assert travailleurs.main(["importer", "absent.csv", "--entreprise", BCE, "--par", "chef@ei.be"]) == 1
    assert "ne se lit pas" in capsys.readouterr().err
