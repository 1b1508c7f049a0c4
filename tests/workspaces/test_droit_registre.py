"""The register's pages: searching, exporting what is filtered, typing a person and her contract, freezing a status."""

import csv
import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clefdevoute.documents.travailleurs import etapes
from clefdevoute.documents.travailleurs.lecture import read
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent, ProofFile
from clefdevoute.records.personnes.actions import imports
from clefdevoute.records.personnes.models import Absence, ConditionStatut, Engagement, StatutEngagement, Travailleur
from clefdevoute.records.personnes.registre.apercu import counts
from clefdevoute.ui.formats import NBSP
from tests.records import factories as make
from tests.workspaces.conftest import assert_swap_equals_reload, at_most, on_day

pytestmark = pytest.mark.django_db
LIST = "/gestion/travailleurs/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def person(entreprise, name, first="Ada", *, born=dt.date(1990, 5, 17), statut="td", **contract):
    row = make.TravailleurFactory(entreprise=entreprise, name=name, first_name=first, birth_date=born)
    make.EngagementFactory(travailleur=row, statut=statut, **contract)
    return row


@pytest.fixture
def people(entreprise):
    person(entreprise, "Évrard", "Noé", site="Couture")
    person(entreprise, "Lambin", "Zoé", site="Bois", statut="tgd", born=dt.date(1971, 3, 2))
    person(entreprise, "Parti", ends_on=dt.date(2025, 6, 30))
    person(entreprise, "Figer", statut="")
    return entreprise


def names(page) -> list[str]:
    return [row.travailleur.name for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Figer", "Lambin", "Évrard"]),
        ({"q": "evr", "au": "01/03/2026"}, ["Évrard"]),
        ({"q": "zo lam", "au": "01/03/2026"}, ["Lambin"]),
        ({"q": "02/03/1971"}, ["Lambin"]),
        ({"q": "parti"}, ["Parti"]),
        ({"q": "parti", "au": "01/03/2026"}, []),
        ({"statut": "tgd"}, ["Lambin"]),
        ({"statut": "aucun"}, ["Figer"]),
        ({"statut": "a_verifier"}, ["Lambin", "Évrard"]),
        ({"site": "Couture"}, ["Évrard"]),
        ({"au": "30/06/2025"}, ["Figer", "Lambin", "Parti", "Évrard"]),
        ({"au": "01/07/2025"}, ["Figer", "Lambin", "Évrard"]),
        ({"presence": "tous"}, ["Figer", "Lambin", "Parti", "Évrard"]),
        ({"q": "%"}, []),
    ],
)
def test_the_list_keeps_what_is_asked(gestionnaire, people, asked, found):
    with on_day("2026-03-02"):
        page = gestionnaire.get(LIST, asked)
        assert page.status_code == 200
        assert sorted(names(page)) == sorted(found)
        exported = read(gestionnaire.get(f"{LIST}export.csv", asked).content).rows
    assert sorted(row[1] for row in exported[1:]) == sorted(found), "l'export est exactement la liste"


def test_a_wrong_day_is_given_back_and_the_list_stays(gestionnaire, people):
    page = gestionnaire.get(LIST, {"au": "31/02/2026", "q": "evr"})
    assert page.status_code == 422
    assert "n’existe pas" in text(page)
    assert b'value="31/02/2026"' in page.content


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_what_leaves_comes_back_unchanged(gestionnaire, people, extension):
    by = make.actor(Role.GESTIONNAIRE, people)
    content = gestionnaire.get(f"{LIST}export.{extension}?presence=tous").content
    row = imports.deposit(
        entreprise_id=people.pk, content=content, filename=f"registre.{extension}", by=by, now=make.NOW
    )
    fates = etapes.preview(row, by=by, now=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), as_of=dt.date(2026, 3, 2))
    assert {issue: n for issue, n in counts(fates).items() if n} == {"inchange": 4}


def test_an_export_runs_nothing_and_tells_no_condition(gestionnaire, entreprise):
    row = person(entreprise, "=2+5", site="@SUM(A1)")
    statut = StatutEngagement.objects.get(engagement__travailleur=row)
    make.ConditionStatutFactory(statut=statut, number=7)
    content = gestionnaire.get(f"{LIST}export.csv").content.decode("utf-8-sig")
    cells = next(iter(csv.reader(io.StringIO(content.splitlines()[1]), delimiter=";")))
    assert cells[1] == "'=2+5"
    assert cells[4] == "'@SUM(A1)"
    assert "Condition" not in content


def test_an_unknown_format_is_no_address(gestionnaire):
    assert gestionnaire.get(f"{LIST}export.exe").status_code == 404


def test_the_rail_counts_the_list_it_opens(gestionnaire, people):
    page = gestionnaire.get(LIST)
    rail = BeautifulSoup(page.content, "html.parser").select_one(".cv-nav .cv-nav__n")
    assert rail is not None
    assert int(rail.text) == page.context["page"].count == 3


def test_three_hundred_rows_ask_no_more_than_three(gestionnaire, entreprise):
    for rank in range(300):
        person(entreprise, f"Nom{rank:03d}")
    with at_most(16):
        page = gestionnaire.get(LIST, {"page": "3"})
    assert len(names(page)) == 20
    with at_most(10):
        gestionnaire.get(f"{LIST}export.xlsx")


def test_a_swapped_list_equals_its_reload(gestionnaire, people):
    url = f"{LIST}?q=evr"
    whole = gestionnaire.get(url)
    swapped = gestionnaire.get(url, headers={"HX-Request": "true"}).content
    assert_swap_equals_reload(gestionnaire, url, whole.content, swapped, "#registre")


def test_a_person_is_entered_then_given_a_contract_then_a_status(gestionnaire, entreprise):
    first = gestionnaire.post(f"{LIST}nouveau/", {"name": "Brasseur", "first_name": "Noé", "birth_date": "03/04/1990"})
    row = Travailleur.objects.get()
    assert (row.number, row.search_key) == ("1", "brasseur noe")
    assert first["Location"] == f"{LIST}{row.pk}/contrats/nouveau/"
    contract = {
        "starts_on": "02/03/2026",
        "hours_per_week": "19,5",
        "reference_hours": "38",
        "contract_kind": "cdi",
        "site": "Bois",
    }
    second = gestionnaire.post(first["Location"], contract)
    engagement = Engagement.objects.get()
    assert str(engagement.hours_per_week) == "19.50"
    assert second["Location"] == f"/gestion/contrats/{engagement.pk}/statut/"
    third = gestionnaire.post(
        second["Location"],
        {"statut": "td", "without_cess": "oui", "dei": "oui", "c1": "on", "verified_on": "01/03/2026"},
    )
    assert third["Location"] == f"{LIST}{row.pk}/"
    statut = StatutEngagement.objects.get()
    assert statut.summary == "TD, conditions vérifiées le 01/03/2026"
    assert list(ConditionStatut.objects.values_list("number", flat=True)) == [1]
    assert gestionnaire.get(second["Location"]).status_code == 302, "un statut figé ne se fige pas deux fois"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "first_name": "Noé"}, "Il manque le nom"),
        ({"name": "B", "first_name": "N", "birth_date": "31/02/1990"}, "n’existe pas"),
        ({"name": "B", "first_name": "N", "email": "pas une adresse"}, "n’est pas complète"),
        ({"name": "B", "first_name": "N", "number": "T1"}, "déjà ce numéro interne"),
    ],
)
def test_a_person_refused_comes_back_as_typed(gestionnaire, entreprise, typed, said):
    make.TravailleurFactory(entreprise=entreprise, number="T1")
    page = gestionnaire.post(f"{LIST}nouveau/", typed)
    assert page.status_code == 422
    assert said in text(page)
    form = BeautifulSoup(page.content, "html.parser")
    for name, value in typed.items():
        assert form.select_one(f"main [name={name}]").get("value", "") == value
    assert Travailleur.objects.count() == 1


def test_the_niss_is_off_until_the_enterprise_turns_it_on_and_never_shown(gestionnaire, entreprise):
    assert b'name="niss"' not in gestionnaire.get(f"{LIST}nouveau/").content
    entreprise.niss_enabled = True
    entreprise.save()
    row = make.TravailleurFactory(entreprise=entreprise, niss="85073003328")
    page = gestionnaire.get(f"{LIST}{row.pk}/modifier/")
    assert b'name="niss"' in page.content
    assert b"85073003328" not in page.content
    gestionnaire.post(f"{LIST}{row.pk}/modifier/", {"number": row.number, "name": "Autre", "first_name": "Ada"})
    row.refresh_from_db()
    assert (row.name, row.niss) == ("Autre", "85073003328")


def test_a_contract_is_corrected_and_ended_on_its_last_day(gestionnaire, entreprise):
    row = person(entreprise, "Brasseur")
    engagement = Engagement.objects.get(travailleur=row)
    url = f"/gestion/contrats/{engagement.pk}"
    page = gestionnaire.post(f"{url}/fin/", {"ends_on": "01/01/2020"})
    assert page.status_code == 422
    assert "avant d’avoir commencé" in text(page)
    assert gestionnaire.post(f"{url}/fin/", {"ends_on": "30/06/2026"}).status_code == 302
    engagement.refresh_from_db()
    assert engagement.ends_on == dt.date(2026, 6, 30)


def test_an_absence_is_noted_ended_and_never_overlaps(gestionnaire, entreprise):
    row = person(entreprise, "Brasseur")
    url = f"{LIST}{row.pk}/absences/nouvelle/"
    assert gestionnaire.post(url, {"kind": "longue_duree", "starts_on": "02/03/2026"}).status_code == 302
    twice = gestionnaire.post(url, {"kind": "maladie", "starts_on": "05/03/2026"})
    assert twice.status_code == 422
    assert "chevauchent une autre absence" in text(twice)
    absence = Absence.objects.get()
    assert gestionnaire.post(f"/gestion/absences/{absence.pk}/fin/", {"ends_on": "30/04/2026"}).status_code == 302
    assert "30/04/2026" in text(gestionnaire.get(f"{LIST}{row.pk}/"))


@pytest.fixture
def elder(entreprise):
    row = person(entreprise, "Brasseur", born=dt.date(1960, 1, 1), statut="")
    return Engagement.objects.get(travailleur=row)


def test_another_condition_is_proposed_before_minority_and_disability(gestionnaire, elder):
    url = f"/gestion/contrats/{elder.pk}/statut/"
    typed = {"statut": "td", "without_cess": "oui", "dei": "oui", "c7": "on"}
    page = gestionnaire.post(url, typed)
    assert page.status_code == 422
    assert "La condition 3 suffit au statut" in text(page)
    assert b'name="quand_meme"' in page.content
    form = BeautifulSoup(page.content, "html.parser")
    assert form.select_one("input[name=c7]").has_attr("checked"), "rien de tapé ne se perd"
    assert gestionnaire.post(url, typed | {"quand_meme": "on"}).status_code == 302
    assert ConditionStatut.objects.get().number == 7


def test_an_age_that_the_law_denies_is_refused(gestionnaire, elder):
    page = gestionnaire.post(f"/gestion/contrats/{elder.pk}/statut/", {"statut": "td", "c2": "on"})
    assert page.status_code == 422
    assert "de 18 à 24 ans" in text(page).lower()
    assert not StatutEngagement.objects.exists()


def test_a_paper_is_kept_when_something_else_is_wrong(gestionnaire, elder):
    url = f"/gestion/contrats/{elder.pk}/statut/"
    wrong = {"statut": "td", "c3": "on", "verified_on": "hier"}
    page = gestionnaire.post(url, wrong | {"piece_3": SimpleUploadedFile("carte.pdf", PDF)})
    assert page.status_code == 422
    assert "« carte.pdf » est gardé" in text(page)
    receipt = BeautifulSoup(page.content, "html.parser").select_one("input[name=piece_3_gardee]")["value"]
    done = gestionnaire.post(url, wrong | {"verified_on": "01/03/2026", "piece_3_gardee": receipt})
    assert done.status_code == 302
    proof = ConditionStatut.objects.get().proof
    assert (proof.filename, proof.classe) == ("carte.pdf", "sante")


def test_a_receipt_of_somebody_else_or_forged_gives_nothing(gestionnaire, elder):
    other = make.ProofFileFactory(classe="sante", entreprise_id=elder.entreprise_id)
    url = f"/gestion/contrats/{elder.pk}/statut/"
    gestionnaire.post(url, {"statut": "td", "c3": "on", "piece_3_gardee": str(other.pk)})
    assert ConditionStatut.objects.get().proof is None


def test_a_paper_of_no_admitted_kind_is_refused_at_its_field(gestionnaire, elder):
    url = f"/gestion/contrats/{elder.pk}/statut/"
    script = SimpleUploadedFile("carte.pdf", b"#!/bin/sh\necho")
    page = gestionnaire.post(url, {"statut": "td", "c3": "on", "piece_3": script})
    assert page.status_code == 422
    assert "n’est pas d’un type admis" in text(page)
    assert not ProofFile.objects.exists()


def test_a_number_opens_for_who_recorded_it_alone_and_each_opening_is_written(gestionnaire, sign_in, elder):
    url = f"/gestion/contrats/{elder.pk}"
    paper = {"piece_7": SimpleUploadedFile("aviq.pdf", PDF)}
    gestionnaire.post(f"{url}/statut/", {"statut": "td", "c7": "on", "quand_meme": "on"} | paper)
    row = ConditionStatut.objects.get()
    shown = gestionnaire.get(f"{url}/conditions/")
    assert "AVIQ" in text(shown)
    assert "no-store" in shown["Cache-Control"]
    assert AuditEvent.objects.filter(event="personnes.conditions_ouvertes").count() == 1
    assert gestionnaire.get(f"/gestion/conditions/{row.pk}/preuve/").content == PDF
    assert AuditEvent.objects.filter(event="foundation.piece_secrete_lue").count() == 1
    colleague = Client()
    colleague.force_login(make.AffectationFactory(entreprise=elder.entreprise).user)
    assert "AVIQ" not in text(colleague.get(f"{url}/conditions/"))
    assert colleague.get(f"/gestion/conditions/{row.pk}/preuve/").status_code == 404
    for page in (LIST, f"{LIST}{elder.travailleur_id}/"):
        assert "condition 7" not in text(gestionnaire.get(page)).lower()
        assert "AVIQ" not in text(gestionnaire.get(page))


def test_what_a_frozen_status_lacks_is_added_and_a_colleague_learns_no_number(gestionnaire, elder):
    statut = make.StatutEngagementFactory(engagement=elder)
    make.ConditionStatutFactory(statut=statut, number=6)
    url = f"/gestion/contrats/{elder.pk}/statut/completer/"
    paper = {"piece_6": SimpleUploadedFile("langue.pdf", PDF + b"6")}
    done = gestionnaire.post(url, {"c3": "on", "c6": "on", "quand_meme": "on"} | paper)
    assert done.status_code == 302, "la condition 6 d'une autre passe en silence"
    assert sorted(ConditionStatut.objects.values_list("number", flat=True)) == [3, 6]
    later = gestionnaire.post(url, {"c3": "on", "piece_3": SimpleUploadedFile("carte.pdf", PDF)})
    assert later.status_code == 302
    assert ConditionStatut.objects.get(number=3).proof.filename == "carte.pdf"
    assert ConditionStatut.objects.get(number=6).proof is None


def test_a_status_is_checked_once_and_corrected_with_a_reason(gestionnaire, elder):
    make.StatutEngagementFactory(engagement=elder)
    url = f"/gestion/contrats/{elder.pk}/statut"
    with on_day("2026-03-02"):
        late = gestionnaire.post(f"{url}/verifier/", {"verified_on": "03/03/2026"})
        assert late.status_code == 422
        assert "dans le futur" in text(late)
        assert gestionnaire.post(f"{url}/verifier/", {"verified_on": "02/03/2026"}).status_code == 302
    silent = gestionnaire.post(f"{url}/corriger/", {"statut": "autre", "correction_reason": " "})
    assert silent.status_code == 422
    assert "Écrivez pourquoi" in text(silent)
    assert gestionnaire.post(f"{url}/corriger/", {"statut": "autre", "correction_reason": "CESS"}).status_code == 302
    assert StatutEngagement.objects.get().statut == "autre"
