"""A register handed in, previewed, applied, undone: what a gestionnaire sees and what stays recorded."""

import datetime as dt
import io

import pytest
import xlsxwriter

from clefdevoute.documents.travailleurs import etapes
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied, RecordError
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.personnes.actions import imports, registre
from clefdevoute.records.personnes.models import (
    ConditionStatut,
    Engagement,
    ImportTravailleurs,
    StatutEngagement,
    Travailleur,
)
from tests.records.factories import (
    AbsenceFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    actor,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
TODAY = dt.date(2026, 3, 2)
HEADERS = "N°;Nom;Prénom;Date de naissance;Site;Début;Fin;Heures/semaine;Contrat;Statut;Conditions;Vérifié le"
FILE = f"""{HEADERS}
1;Dupont;Éloïse;17/05/1990;Namur;08/01/2024;;38;CDI;TD;1, 3;05/01/2024
2;Nguyen;Minh;02/11/1985;Jambes;01/03/2025;28/02/2026;19,5;CDD;TGD;;
3;Peeters;Jan;1970-01-31;Namur;45658;;30;;art. 60;;
"""


@pytest.fixture
def entreprise() -> EntrepriseInsertion:
    return EntrepriseInsertionFactory()


@pytest.fixture
def by(entreprise):
    return actor(Role.GESTIONNAIRE, entreprise)


@pytest.fixture(autouse=True)
def proofs_dir(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def deposit(by, text: str | bytes, name: str = "registre.csv") -> ImportTravailleurs:
    content = text if isinstance(text, bytes) else text.encode("cp1252")
    return imports.deposit(entreprise_id=by.entreprise_id, content=content, filename=name, by=by, now=NOW)


def apply(by, text: str | bytes, name: str = "registre.csv", now: dt.datetime = NOW) -> ImportTravailleurs:
    return etapes.apply(deposit(by, text, name), by=by, now=now, as_of=TODAY)


def fates(by, text: str) -> list[str]:
    return [one.issue.value for one in etapes.preview(deposit(by, text), by=by, now=NOW, as_of=TODAY)]


def test_a_new_register_is_created_whole(by):
    done = apply(by, FILE)
    assert done.counts["creer"] == 3
    assert list(Travailleur.objects.values_list("number", "name", "first_name", "birth_date")) == [
        ("1", "Dupont", "Éloïse", dt.date(1990, 5, 17)),
        ("2", "Nguyen", "Minh", dt.date(1985, 11, 2)),
        ("3", "Peeters", "Jan", dt.date(1970, 1, 31)),
    ]
    contracts = Engagement.objects.order_by("travailleur__number")
    assert list(contracts.values_list("starts_on", "ends_on", "hours_per_week", "contract_kind", "art60")) == [
        (dt.date(2024, 1, 8), None, 38, "cdi", False),
        (dt.date(2025, 3, 1), dt.date(2026, 2, 28), 19.5, "cdd", False),
        (dt.date(2025, 1, 1), None, 30, "autre", True),
    ]
    summaries = [str(row) for row in StatutEngagement.objects.order_by("engagement__travailleur__number")]
    assert summaries == ["TD, conditions vérifiées le 05/01/2024", "TGD, conditions à vérifier", "Art. 60 § 7"]
    assert list(ConditionStatut.objects.values_list("number", flat=True)) == [1, 3]
    assert AuditEvent.objects.filter(event="personnes.import_applique").count() == 1


def test_the_same_file_again_changes_nothing(by):
    apply(by, FILE)
    assert fates(by, FILE.replace("Jan", "Jan ")) == ["inchange"] * 3


def test_only_what_differs_is_changed(by):
    apply(by, FILE)
    done = apply(by, FILE.replace("02/11/1985", "03/11/1985").replace("19,5", "20"), now=LATER)
    assert (done.counts["modifier"], done.counts["inchange"]) == (1, 2)
    minh = Travailleur.objects.get(number="2")
    assert minh.birth_date == dt.date(1985, 11, 3)
    assert Engagement.objects.get(travailleur=minh).hours_per_week == 20


def test_a_person_has_several_contracts_and_is_created_once(by):
    text = f"""{HEADERS}
7;Diallo;Awa;01/02/1999;;01/01/2024;30/06/2024;38;CDD;TD;;
7;Diallo;Awa;01/02/1999;;01/07/2024;;38;CDI;;;
"""
    apply(by, text)
    assert Travailleur.objects.count() == 1
    assert Engagement.objects.count() == 2


def test_a_faulty_line_names_its_cell_and_lets_the_others_in(by, golden):
    text = f"""{HEADERS}
1;Dupont;;17/05/1990;Namur;08/01/2024;;38;CDI;TD;9;05/01/2024
2;Nguyen;Minh;31/02/1985;Jambes;01/03/2025;28/02/2024;190;toujours;VIP;;01/01/2030
3;Peeters;Jan;31/01/1970;Namur;01/01/2025;;30;CDI;autre;1;
4;=cmd();Ann;31/01/1970;Namur;01/01/2025;;30;CDI;;;
5;Simon;Luc;31/01/2015;Namur;01/01/2025;;30;CDI;;;
6;Bon;Line;31/01/1980;Namur;01/01/2025;;30;CDI;;;
"""
    shown = etapes.preview(deposit(by, text), by=by, now=NOW, as_of=TODAY)
    said = [f"{one.row} {one.issue.value}" + "".join(f"\n   {f.message}" for f in one.faults) for one in shown]
    golden("import_fautes.txt", "\n".join(said) + "\n")
    assert apply(by, text).counts["creer"] == 1


def test_same_name_and_birth_date_without_number_asks_first(by, entreprise):
    known = TravailleurFactory(
        entreprise=entreprise, number="A1", name="Dupont", first_name="Eloise", birth_date=dt.date(1990, 5, 17)
    )
    text = f"{HEADERS}\n;DUPONT;Éloïse;17/05/1990;;08/01/2024;;38;CDI;TD;;\n"
    row = deposit(by, text)
    (shown,) = etapes.preview(row, by=by, now=NOW, as_of=TODAY)
    assert shown.issue == "a_confirmer"
    assert "Confirmez" in shown.sentences[0]
    row = imports.choose(imported=row, by=by, confirmed=[shown.row])
    etapes.apply(row, by=by, now=NOW, as_of=TODAY)
    assert Travailleur.objects.get() == known
    assert Engagement.objects.get().travailleur_id == known.pk


def test_an_unconfirmed_line_is_left_out(by, entreprise):
    TravailleurFactory(entreprise=entreprise, name="Dupont", first_name="Éloïse", birth_date=dt.date(1990, 5, 17))
    apply(by, f"{HEADERS}\n;Dupont;Éloïse;17/05/1990;;08/01/2024;;38;CDI;TD;;\n")
    assert not Engagement.objects.exists()


def test_a_number_that_names_somebody_else_asks_first(by, entreprise):
    TravailleurFactory(
        entreprise=entreprise, number="1", name="Autre", first_name="Luc", birth_date=dt.date(1970, 1, 1)
    )
    assert fates(by, FILE)[0] == "a_confirmer"


def test_a_frozen_status_is_never_changed_by_a_file(by, entreprise):
    apply(by, FILE)
    changed = FILE.replace(";TGD;", ";TD;")
    (line,) = [
        one for one in etapes.preview(deposit(by, changed), by=by, now=NOW, as_of=TODAY) if one.issue == "conflit"
    ]
    assert "figé : TGD" in line.sentences[0]
    apply(by, changed, now=LATER)
    assert StatutEngagement.objects.get(engagement__travailleur__number="2").statut == "tgd"


def test_a_line_given_twice_is_a_conflict(by):
    assert fates(by, FILE + FILE.splitlines()[1] + "\n") == ["creer", "creer", "creer", "conflit"]


def test_one_number_for_two_persons_is_a_conflict(by):
    text = f"{HEADERS}\n1;Dupont;Éloïse;;;08/01/2024;;38;CDI;;;\n1;Simon;Luc;;;08/02/2024;;38;CDI;;;\n"
    assert fates(by, text) == ["creer", "conflit"]


def test_another_enterprise_is_neither_read_nor_written(by):
    elsewhere = TravailleurFactory(number="1", name="Dupont", first_name="Éloïse")
    apply(by, FILE)
    elsewhere.refresh_from_db()
    assert Travailleur.objects.of(by.entreprise_id).count() == 3
    assert elsewhere.birth_date == dt.date(1990, 5, 17)


def test_undo_takes_back_what_was_created(by):
    done = apply(by, FILE)
    undone = imports.undo(imported=done, by=by, now=LATER)
    assert undone.state == "annule"
    assert not Travailleur.objects.exists()
    assert not ConditionStatut.objects.exists()


def test_undo_puts_back_what_was_changed(by):
    apply(by, FILE)
    before = list(Engagement.objects.order_by("id").values("id", "hours_per_week", "ends_on"))
    names = list(Travailleur.objects.order_by("id").values("id", "name", "birth_date", "search_key"))
    done = apply(
        by, FILE.replace("19,5", "20").replace("28/02/2026", "31/03/2026").replace("Nguyen", "Nguyên-Tran"), now=LATER
    )
    assert Travailleur.objects.filter(search_key="nguyen tran minh").exists()
    imports.undo(imported=done, by=by, now=LATER)
    assert list(Engagement.objects.order_by("id").values("id", "hours_per_week", "ends_on")) == before
    assert list(Travailleur.objects.order_by("id").values("id", "name", "birth_date", "search_key")) == names


def test_undo_is_refused_once_a_row_was_changed(by):
    done = apply(by, FILE)
    minh = Travailleur.objects.get(number="2")
    registre.modify_travailleur(travailleur=minh, phone="081 00 00 00", by=by, now=LATER)
    with pytest.raises(RecordError, match="ne s’annule plus : 1 fiche"):
        imports.undo(imported=done, by=by, now=LATER)
    assert Travailleur.objects.count() == 3


@pytest.mark.parametrize("build", [AbsenceFactory, lambda **f: EngagementFactory(statut="", **f)])
def test_undo_is_refused_once_something_was_built_upon_it(by, build):
    done = apply(by, FILE)
    build(travailleur=Travailleur.objects.get(number="2"))
    with pytest.raises(RecordError, match="ont été ajoutés depuis"):
        imports.undo(imported=done, by=by, now=LATER)
    assert StatutEngagement.objects.count() == 3


def test_an_import_is_applied_once_and_undone_once(by):
    done = apply(by, FILE)
    with pytest.raises(AccessDenied, match="déjà appliqué"):
        etapes.apply(done, by=by, now=LATER, as_of=TODAY)
    undone = imports.undo(imported=done, by=by, now=LATER)
    with pytest.raises(AccessDenied, match="Seul un import appliqué"):
        imports.undo(imported=undone, by=by, now=LATER)


def test_the_file_of_another_person_stays_closed(by, entreprise):
    row = deposit(by, FILE)
    colleague = actor(Role.GESTIONNAIRE, entreprise)
    with pytest.raises(AccessDenied, match="autre personne"):
        etapes.preview(row, by=colleague, now=NOW, as_of=TODAY)
    assert not type(row.file).objects.visible_to(colleague).exists()


def test_the_mapping_can_be_corrected_and_says_what_it_lacks(by):
    row = deposit(by, "A;B;C;D\nDupont;Éloïse;08/01/2024;38\n")
    with pytest.raises(RecordError, match="Choisissez la colonne « Nom »"):
        etapes.preview(row, by=by, now=NOW, as_of=TODAY)
    row = imports.choose(imported=row, by=by, mapping={"name": 0, "first_name": 1, "starts_on": 2, "hours_per_week": 3})
    (shown,) = etapes.preview(row, by=by, now=NOW, as_of=TODAY)
    assert shown.issue == "creer"
    etapes.apply(row, by=by, now=NOW, as_of=TODAY)
    assert Travailleur.objects.get().number == "1"


def workbook(rows: int) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Travailleurs")
        sheet.write_row(0, 0, HEADERS.split(";"))
        for n in range(1, rows + 1):
            born = dt.date(1960, 1, 1) + dt.timedelta(days=n)
            start = dt.date(2020, 1, 1) + dt.timedelta(days=n % 2000)
            sheet.write_row(
                n, 0, [n, f"Nom{n}", f"Prénom{n}", born, "Namur", start, None, 38, "CDI", "TD", "1;8", start]
            )
    return stream.getvalue()


def test_a_workbook_is_imported_like_a_csv(by):
    done = apply(by, workbook(12), "registre.xlsx")
    assert done.counts["creer"] == 12
    assert Travailleur.objects.get(number="12").birth_date == dt.date(1960, 1, 13)


@pytest.mark.parametrize("rows", [5, 60])
def test_the_preview_asks_the_same_few_questions_for_any_number(by, rows, django_assert_max_num_queries):
    row = deposit(by, workbook(rows), "registre.xlsx")
    with django_assert_max_num_queries(10):
        etapes.preview(row, by=by, now=NOW, as_of=TODAY)


def test_each_opening_of_the_file_by_its_depositor_is_written_in_the_journal(by):
    row = deposit(by, workbook(1), "registre.xlsx")
    before = AuditEvent.objects.filter(event="foundation.piece_secrete_lue").count()
    etapes.preview(row, by=by, now=NOW, as_of=TODAY)
    assert AuditEvent.objects.filter(event="foundation.piece_secrete_lue").count() == before + 1
