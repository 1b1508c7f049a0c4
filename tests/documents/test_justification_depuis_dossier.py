"""From the rows of a year to its papers: the same figures as the décompte, and a package of a closed list."""

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import pytest

from clefdevoute.documents.justification import depuis_dossier as papers
from clefdevoute.documents.justification.modele import Emission, Tableau
from clefdevoute.documents.justification.paquet import verifier
from clefdevoute.records.entreprises.models import CompteLigne, EntrepriseInsertion
from clefdevoute.records.frais.models import CompteIndividuel
from clefdevoute.records.subventions.decompte import decompter
from clefdevoute.records.subventions.errors import EnvoiRefuse
from clefdevoute.records.subventions.manque import manque, tables_of
from tests.records import annee_frais as scene

from .justification_samples import lire

pytestmark = pytest.mark.django_db
D = Decimal
EMISSION = Emission(le=scene.NOW, par="Bruno Lanterre")


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def year():
    made = scene.make()
    scene.opened(made)
    return made


def own(year) -> EntrepriseInsertion:
    return EntrepriseInsertion.objects.get(pk=year.entreprise.pk)


def counted(year):
    return decompter(entreprise=own(year), as_of=scene.INSIDE)


def bilan(year, today=scene.TODAY):
    return manque(entreprise=own(year), as_of=scene.INSIDE, today=today)


def opened_zip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_sheets_say_what_the_decompte_says(year):
    found = counted(year)
    sheets = papers.feuilles(own(year), found, Tableau.A)
    assert [sheet.nom for sheet in sheets] == ["A T1 2025", "A T2 2025", "A T3 2025", "A T4 2025", "A T1 2026"]
    assert sum(sheet.total for sheet in sheets) == tables_of(found).cumul == D("1890.75")
    telephone = next(charge for charge in sheets[2].charges if charge.code == "telephonie")
    assert [month.dedie for month in telephone.mois] == [D("72.60"), D("-18.15"), D("0.00")]
    assert [month.montant for month in telephone.mois] == [D("484.00"), D("-121.00"), D("0.00")]
    assert sheets[0].telephones == ("081 00 00 00",)


def test_a_month_outside_the_year_is_struck(year):
    first = papers.feuilles(own(year), counted(year), Tableau.A)[0]
    assert [month.hors_annee for month in first.charges[0].mois] == [True, True, False]
    assert first.charges[0].mois[2].du == dt.date(2025, 3, 15)


def test_the_account_of_the_enterprise_stands_beside_the_fiches(year):
    CompteLigne.objects.create(
        entreprise=year.entreprise, line="loyer", account="611000", starts_on=dt.date(2024, 1, 1)
    )
    sheet = papers.feuilles(own(year), counted(year), Tableau.A)[0]
    assert sheet.charges[0].comptes_imprimes == ("611", "611000")


def test_a_line_that_the_fiche_does_not_have_is_added_where_it_is_used(year):
    scene.invoice(year, "M-1", net="50.00", vat="0.00", day=dt.date(2025, 5, 5), line="missions")
    sheets = papers.feuilles(own(year), counted(year), Tableau.A)
    assert [any(charge.ajoutee for charge in sheet.charges) for sheet in sheets] == [False, True, False, False, False]


def test_the_package_holds_the_closed_list_and_nothing_else(year):
    """The ZIP opened: never an invoice, never a route sheet (A22)."""
    package = papers.produire(own(year), bilan(year), emission=EMISSION)
    inside = opened_zip(package.contenu)
    name = "nadia-lambert"
    shape = sorted(inside)
    assert [one.rstrip("0123456789.pdf") if name in one else one for one in shape] == [
        "00-liste-des-pieces.pdf",
        f"01-compte-individuel-2025-{name}",
        f"02-compte-individuel-2026-{name}",
        "03-tableau-a.pdf",
        "04-declaration-sur-l-honneur.pdf",
        "05-decompte.pdf",
        "06-classeur-xlsx.xlsx",
        "07-classeur-ods.ods",
        "pieces.json",
    ]
    listed = json.loads(inside["pieces.json"])["pieces"]
    assert [one["mention"] for one in listed[:2]] == ["", "Provisoire : l’année 2026 n’est pas close"]
    assert verifier(package.contenu) == ()


def test_table_b_leaves_only_when_it_is_needed(year):
    scene.invoice(year, "B-1", net="100.00", vat="0.00", day=dt.date(2025, 5, 5), line="nettoyage")
    names = sorted(opened_zip(papers.produire(own(year), bilan(year), emission=EMISSION).contenu))
    assert "04-tableau-b.pdf" in names  # 1.890,75 of A do not reach 6.060,00
    rich = scene.make(wages="4100.00")
    scene.opened(rich)  # wages alone reach the grant: no table at all
    content = papers.produire(own(rich), bilan(rich), emission=EMISSION).contenu
    assert not [one for one in opened_zip(content) if "tableau" in one or "classeur" in one]
    assert "aucune feuille à remplir" in " ".join(
        " ".join(lire(opened_zip(content)["00-liste-des-pieces.pdf"])).split()
    )


def test_the_declaration_says_the_figures_of_the_decompte(year):
    said = papers.declaration(own(year), counted(year), papers.Signature())
    assert (said.cout_salarial, said.frais_tableau_a, said.frais_retenus) == (D("40400.00"), D("1890.75"), D("1890.75"))
    assert said.total_justifie == D("42290.75")
    assert said.de_minimis is not None
    assert said.de_minimis.total == D("50000.00")


def test_a_compte_individuel_that_misses_refuses_the_package(year):
    CompteIndividuel.objects.filter(year=2025).update(replaced=True)
    with pytest.raises(EnvoiRefuse, match="Le compte individuel 2025 de Nadia") as refused:
        papers.produire(own(year), bilan(year), emission=EMISSION)
    assert refused.value.codes == ("compte_individuel_absent",)


def test_a_year_not_finished_refuses_the_package(year):
    with pytest.raises(EnvoiRefuse, match="à partir du 15/03/2026"):
        papers.produire(own(year), bilan(year, today=dt.date(2026, 3, 1)), emission=EMISSION)


def test_the_same_year_gives_the_same_bytes(year):
    first = papers.produire(own(year), bilan(year), emission=EMISSION)
    assert papers.produire(own(year), bilan(year), emission=EMISSION).sha256 == first.sha256
