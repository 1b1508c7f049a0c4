"""The import of a register through its pages: columns, preview, answers, writing, undoing; nothing is lost between."""

import io

import pytest
import xlsxwriter
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.personnes.actions import imports as actions
from clefdevoute.records.personnes.models import Engagement, ImportTravailleurs, Travailleur
from clefdevoute.ui.formats import NBSP
from tests.records import factories as make
from tests.workspaces.conftest import at_most, on_day

pytestmark = pytest.mark.django_db
IMPORTS = "/gestion/travailleurs/imports/"
HEAD = "N°;Nom;Prénom;Né le;Entrée;Sortie;Heures;Statut\n"
GOOD = HEAD + "12;Brasseur;Noé;03/04/1990;02/03/2026;;38;TD\n13;Lambin;Zoé;04/05/1991;02/03/2026;;19;TGD\n"


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture(autouse=True)
def today():
    with on_day("2026-03-02"):
        yield


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def laid(client, content: str | bytes, name: str = "registre.csv") -> str:
    data = content.encode() if isinstance(content, str) else content
    page = client.post(IMPORTS, {"fichier": SimpleUploadedFile(name, data)})
    assert page.status_code == 302, text(page)
    return str(page["Location"])


def previewed(client, content: str) -> str:
    columns = laid(client, content)
    form = client.get(columns).context["form"]
    page = client.post(columns, {one.name: one.value() or "" for one in form})
    assert page.status_code == 302, text(page)
    return str(page["Location"])


def test_a_register_goes_from_file_to_rows_and_back(gestionnaire, entreprise):
    preview = previewed(gestionnaire, GOOD)
    page = gestionnaire.get(preview)
    assert page.context["counted"]["creer"] == 2
    assert "Écrire 2 lignes au registre" in text(page)
    assert not Travailleur.objects.exists(), "rien ne s'écrit avant"
    done = gestionnaire.post(preview.replace("apercu", "appliquer"))
    result = gestionnaire.get(done["Location"])
    assert "Annuler tout l’import" in text(result)
    assert Engagement.objects.count() == 2
    assert gestionnaire.get(preview).status_code == 302, "un import appliqué montre son résultat"
    undone = gestionnaire.post(done["Location"] + "annuler/")
    assert "le registre est comme avant" in text(gestionnaire.get(undone["Location"]))
    assert not Travailleur.objects.exists()


def test_the_file_and_the_columns_survive_leaving_and_coming_back(gestionnaire):
    columns = laid(gestionnaire, GOOD.replace("Né le", "Colonne D"))
    assert "À reprendre" in text(gestionnaire.get(IMPORTS))
    form = gestionnaire.get(columns).context["form"]
    assert form["birth_date"].value() is None
    typed = {one.name: one.value() or "" for one in form} | {"birth_date": "3"}
    gestionnaire.post(columns, typed)
    assert gestionnaire.get(columns).context["form"]["birth_date"].value() == "3"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Choisissez la colonne : sans elle"),
        ({"birth_date": "1"}, "Cette colonne est déjà « Nom »"),
        ({"birth_date": "99"}, "Sélectionnez un choix valide"),
    ],
)
def test_a_wrong_column_is_said_at_its_field(gestionnaire, change, said):
    columns = laid(gestionnaire, GOOD)
    form = gestionnaire.get(columns).context["form"]
    page = gestionnaire.post(columns, {one.name: one.value() or "" for one in form} | change)
    assert page.status_code == 422
    assert said in text(page)


def test_each_wrong_cell_is_named_with_its_remedy_and_the_others_pass(gestionnaire):
    wrong = GOOD + "14;;Léa;31/02/1990;02/03/2026;;60;Peut-être\n"
    preview = previewed(gestionnaire, wrong)
    page = gestionnaire.get(preview, {"lignes": "erreur"})
    said = text(page)
    assert "B4, nom : la cellule est vide. Complétez-la." in said
    assert "D4, date de naissance : « 31/02/1990 » n’est pas une date" in said
    assert "G4, heures par semaine" in said
    assert len(page.context["rows"]) == 1
    gestionnaire.post(preview.replace("apercu", "appliquer"))
    assert Travailleur.objects.count() == 2


def test_two_who_may_be_one_wait_for_an_answer_which_is_kept(gestionnaire, entreprise):
    known = make.TravailleurFactory(entreprise=entreprise, number="7", name="Brasseur", first_name="Noé")
    preview = previewed(gestionnaire, HEAD + ";Brasseur;Noé;17/05/1990;02/03/2026;;38;TD\n")
    page = gestionnaire.get(preview)
    assert page.context["counted"]["a_confirmer"] == 1
    assert "Aucune ligne ne peut s’écrire." in text(page)
    gestionnaire.post(preview, {"montree": "2", "confirmee": "2"})
    page = gestionnaire.get(preview)
    assert page.context["counted"]["modifier"] == 1
    assert BeautifulSoup(page.content, "html.parser").select_one("#c-2").has_attr("checked")
    gestionnaire.post(preview, {"montree": "2"})
    assert gestionnaire.get(preview).context["counted"]["a_confirmer"] == 1, "une réponse se reprend"
    gestionnaire.post(preview, {"montree": "2", "confirmee": "2"})
    gestionnaire.post(preview.replace("apercu", "appliquer"))
    assert Travailleur.objects.get() == known
    assert Engagement.objects.get().travailleur == known


def test_answers_of_other_pages_are_kept(gestionnaire, entreprise):
    preview = previewed(gestionnaire, GOOD)
    row = ImportTravailleurs.objects.get()
    row.confirmed = [40, 41]
    row.save()
    gestionnaire.post(preview, {"montree": ["41", "2", "x"], "confirmee": ["2", "99"]})
    row.refresh_from_db()
    assert row.confirmed == [2, 40]


def test_a_change_is_told_from_what_to_what(gestionnaire, entreprise):
    person = make.TravailleurFactory(entreprise=entreprise, number="12", name="Brasseur", first_name="Noé")
    make.EngagementFactory(travailleur=person, starts_on="2026-03-02")
    preview = previewed(gestionnaire, HEAD + "12;Brasseur;Noé;17/05/1990;02/03/2026;31/12/2026;19;TD\n")
    said = text(gestionnaire.get(preview))
    assert "Fin du contrat : 31/12/2026, vide jusqu’ici." in said
    assert "Heures par semaine : 38 devient 19." in said


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "vide.csv", "vide"),
        (b"\x00\x01\x02", "image.xlsx", "type admis"),
        (b"#!/bin/sh", "r.csv", "type admis"),
    ],
)
def test_a_file_that_is_no_register_is_refused_where_it_was_laid(gestionnaire, content, name, said):
    page = gestionnaire.post(IMPORTS, {"fichier": SimpleUploadedFile(name, content)})
    assert page.status_code in {409, 422}
    assert said in text(page)
    assert not ImportTravailleurs.objects.exists()


def test_no_file_at_all_asks_for_one(gestionnaire):
    page = gestionnaire.post(IMPORTS)
    assert page.status_code == 422
    assert "Choisissez un fichier" in text(page)


def test_a_pdf_is_kept_and_told_unreadable(gestionnaire):
    columns = laid(gestionnaire, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "registre.pdf")
    page = gestionnaire.get(columns)
    assert page.status_code == 422
    assert "Ce fichier ne se lit pas" in text(page)
    assert "Déposer le fichier corrigé" in text(page)


def test_an_import_is_its_depositor_s(gestionnaire, entreprise):
    by = make.actor(Role.GESTIONNAIRE, entreprise)
    row = actions.deposit(entreprise_id=entreprise.pk, content=GOOD.encode(), filename="r.csv", by=by, now=make.NOW)
    page = gestionnaire.get(f"{IMPORTS}{row.pk}/apercu/")
    assert page.status_code == 403
    assert "celui d’une autre personne" in text(page)


def test_an_import_built_upon_says_why_it_cannot_be_undone(gestionnaire):
    preview = previewed(gestionnaire, GOOD)
    done = gestionnaire.post(preview.replace("apercu", "appliquer"))["Location"]
    person = Travailleur.objects.first()
    gestionnaire.post(
        f"/gestion/travailleurs/{person.pk}/modifier/", {"name": "Autre", "first_name": "Ada", "number": "9"}
    )
    page = gestionnaire.post(f"{done}annuler/")
    assert page.status_code == 409
    assert "ne s’annule plus" in text(page)
    assert Travailleur.objects.count() == 2


def test_applying_twice_writes_once(gestionnaire):
    preview = previewed(gestionnaire, GOOD)
    apply = preview.replace("apercu", "appliquer")
    gestionnaire.post(apply)
    again = gestionnaire.post(apply)
    assert again.status_code == 409
    assert "déjà appliqué" in text(again)
    assert Travailleur.objects.count() == 2


def test_a_preview_of_a_thousand_lines_shows_fifty_in_bounded_queries(gestionnaire):
    lines = "".join(f"{n};Nom{n};Ada;03/04/1990;02/03/2026;;38;TD\n" for n in range(1000))
    preview = previewed(gestionnaire, HEAD + lines)
    with at_most(17):
        page = gestionnaire.get(preview, {"page": "3"})
    assert len(page.context["rows"]) == 50
    assert page.context["rows"][0].row == 102


def test_a_line_in_fault_says_whose_it_is_and_thousands_are_dotted(gestionnaire, entreprise):
    many = "".join(f"{n};Nom{n};Prénom{n};03/04/1990;02/03/2026;;38;TD\n" for n in range(1001))
    page = text(gestionnaire.get(previewed(gestionnaire, HEAD + many)))
    assert "1.001 lignes" in page
    assert "Écrire 1.001 lignes au registre" in page
    assert "À créer (1.001)" in page
    wrong = text(gestionnaire.get(previewed(gestionnaire, GOOD + "14;Colin;Ève;31/02/1990;02/03/2026;;38;TD\n")))
    assert "4 Colin Ève Erreur D4, date de naissance" in wrong


def test_the_result_says_what_was_done_not_what_is_to_do(gestionnaire, entreprise):
    preview = previewed(gestionnaire, GOOD + "14;Colin;Ève;31/02/1990;02/03/2026;;38;TD\n")
    result = gestionnaire.get(gestionnaire.post(preview.replace("apercu", "appliquer"))["Location"])
    said = text(result)
    assert "Créées 2 Laissées, en erreur 1" in said
    assert "À créer" not in said


def test_a_cover_page_before_the_register_is_passed_over(gestionnaire, entreprise):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Page de garde").write(0, 0, "Registre du personnel")
        sheet = book.add_worksheet("Registre")
        for row, line in enumerate(GOOD.replace("Heures", "Heures;Type").replace("38;", "38;CDI;").splitlines()):
            sheet.write_row(row, 0, line.split(";"))
    page = gestionnaire.get(laid(gestionnaire, content.getvalue(), "registre.xlsx"))
    assert "feuille « Registre »" in text(page)
    form = page.context["form"]
    assert form["name"].value() == "1"
    assert form["contract_kind"].value() == "7"
