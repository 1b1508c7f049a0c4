"""The list of workers: found by part of a name, filtered, kept as a view, taken out exactly as it is shown."""

import csv
import io

import pytest
from bs4 import BeautifulSoup

from clefdevoute.documents.travailleurs.lecture import read
from clefdevoute.records.echeances.models import VueEnregistree
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent, User
from clefdevoute.records.personnes.models import StatutEngagement
from clefdevoute.records.suivi.models import SuiviPar
from tests.records.echeances_gestes import MONDAY
from tests.records.factories import (
    AccompagnateurFactory,
    ConditionStatutFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    UserFactory,
)
from tests.records.factories_echeances import VueEnregistreeFactory
from tests.records.factories_entretiens import ASavoirFactory
from tests.records.lundi import lundi, personne
from tests.workspaces.conftest import assert_swap_equals_reload, at_most, on_day

pytestmark = pytest.mark.django_db
URL = "/suivi/travailleurs/"
SEEN = [
    "Adelard Kofi", "Boisclair Samira", "Delbrume Rosa", "Ferrant Nadège", "Hauterive Mireille", "Montbrun Léa",
    "Orsini Pavel", "Petitpré Daniel", "Solane Ibrahim", "Vaucourt Joseph",
]  # fmt: skip


@pytest.fixture
def monday(sign_in, entreprise):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    client.user = User.objects.get(pk=client.session["_auth_user_id"])
    client.helene, client.people = lundi(entreprise, client.user)
    with on_day(MONDAY.isoformat()):
        yield client


def words(node):
    return " ".join(node.get_text(" ").replace("\u00a0", " ").split())


def shown(client, query=""):
    answer = client.get(f"{URL}?{query}")
    page = BeautifulSoup(answer.content, "html.parser")
    return [words(one) for one in page.select("tbody th a")]


def exported(client, query="", extension="csv"):
    answer = client.post(f"{URL}export.{extension}?{query}")
    assert answer.status_code == 200
    return answer


def names_in(answer):
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    header = next(place for place, row in enumerate(rows) if row[:1] == ["Nom"])
    return [f"{row[0]} {row[1]}" for row in rows[header + 1 :]]


FILTERS = [
    ("", SEEN),
    ("q=petitpre", ["Petitpré Daniel"]),
    ("q=NADEGE+fer", ["Ferrant Nadège"]),
    ("q=lea", ["Montbrun Léa"]),
    ("q=personne-de-ce-nom", []),
    ("site=Mons", ["Adelard Kofi", "Petitpré Daniel"]),
    ("statut=tgd", ["Orsini Pavel"]),
    ("echeance=retard", ["Boisclair Samira"]),
    ("echeance=bientot", ["Ferrant Nadège"]),
    ("echeance=ok", [name for name in SEEN if name not in {"Boisclair Samira", "Ferrant Nadège"}]),
    ("completude=incomplets", ["Boisclair Samira"]),
    ("completude=complets", [name for name in SEEN if name != "Boisclair Samira"]),
    ("referent=sans", []),
    ("referent=miens", SEEN),
    ("presence=partis", []),
    ("echeance=retard&site=Mons", []),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS, ids=[query or "tous" for query, _ in FILTERS])
def test_the_screen_and_the_export_share_one_question(monday, query, expected):
    assert shown(monday, query) == expected
    assert names_in(exported(monday, query)) == expected


def test_a_birth_date_and_a_number_find_one_person(monday):
    one = monday.people["kofi"]
    one.birth_date = MONDAY.replace(year=1988)
    one.save()
    assert shown(monday, "q=23/11/1988") == ["Adelard Kofi"]
    assert shown(monday, f"q={one.number}") == ["Adelard Kofi"]


def test_who_left_is_found_among_the_gone(monday):
    gone = personne(monday.helene, "Partie", "Zoé", ends_on=MONDAY.replace(day=1))
    assert "Partie Zoé" not in shown(monday)
    assert shown(monday, "presence=partis") == ["Partie Zoé"]
    assert "Partie Zoé" in shown(monday, "presence=tous")
    assert gone.pk


def test_by_due_date_the_late_come_first(monday):
    assert shown(monday, "tri=echeance")[:3] == ["Boisclair Samira", "Delbrume Rosa", "Montbrun Léa"]


def test_the_columns_say_text_icon_and_colour(monday):
    page = BeautifulSoup(monday.get(URL).content, "html.parser")
    [row] = [row for row in page.select("tbody tr") if "Boisclair" in row.get_text()]
    late = row.select_one(".cv-badge--late")
    assert words(late) == "En retard de 26 jours"
    assert late.select_one("svg")
    assert "17/05/1990" in words(row)
    assert "4 sur 5" in words(row)
    assert "Hélène Marsoul" in words(row)


def test_a_pinned_line_shows_in_the_list_and_never_in_a_file(monday):
    ASavoirFactory(travailleur=monday.people["kofi"], text="Appeler après seize heures.", author=monday.user)
    assert "Appeler après seize heures." in monday.get(URL).content.decode()
    for extension in ("csv", "ods", "xlsx"):
        assert b"seize heures" not in exported(monday, extension=extension).content
    assert "seize heures" not in "\n".join(",".join(row) for row in read(exported(monday).content).rows)


def test_no_condition_of_a_status_is_shown_or_written(monday, entreprise):
    contract = EngagementFactory(travailleur__entreprise=entreprise, travailleur__name="Aaa")
    ConditionStatutFactory(statut=StatutEngagement.objects.get(engagement=contract), handicap=True)
    page = monday.get(URL).content.decode()
    file = exported(monday).content.decode("utf-8-sig")
    for text in (page, file):
        assert "handicap" not in text.lower()
        assert "minorit" not in text.lower()
    assert "TD, conditions vérifiées le 03/03/2025" in file


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_the_first_sheet_says_what_it_is(monday, extension):
    content = exported(monday, "echeance=retard&site=Hautpont", extension).content
    rows = read(content).rows
    said = dict(row[:2] for row in rows[:8])
    assert said["Liste"] == "Travailleurs suivis"
    assert said["Situation au"] in {"2026-11-23", "23/11/2026"}
    assert said["Par"] == monday.user.name
    assert said["Filtre : Entretien"] == "En retard"
    assert said["Filtre : Site"] == "Hautpont"
    assert said["Lignes"] in {"1", "1.0"}
    if extension != "csv":
        assert [row[0] for row in read(content, sheet="Travailleurs").rows] == ["Nom", "Boisclair"]


def test_a_file_runs_nothing(monday):
    personne(monday.helene, '=HYPERLINK("http://x")', "+Zoé")
    text = exported(monday).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'+Zoé" in text


def test_each_export_is_in_the_journal(monday):
    before = AuditEvent.objects.filter(event="echeances.liste_exportee").count()
    exported(monday, extension="ods")
    link = AuditEvent.objects.filter(event="echeances.liste_exportee").order_by("-sequence").first()
    assert AuditEvent.objects.filter(event="echeances.liste_exportee").count() == before + 1
    assert link.purpose == "liste_ods"


def test_an_export_is_asked_for_and_of_a_known_kind(monday):
    assert monday.get(f"{URL}export.csv").status_code == 405
    assert monday.post(f"{URL}export.exe").status_code == 404


def test_what_htmx_swaps_is_what_a_reload_shows(monday):
    before = monday.get(URL).content
    swapped = monday.get(f"{URL}?q=samira", headers={"HX-Request": "true"}).content
    assert b"<html" not in swapped
    part = BeautifulSoup(swapped, "html.parser").select_one("#travailleurs")
    whole = BeautifulSoup(monday.get(f"{URL}?q=samira").content, "html.parser").select_one("#travailleurs")
    assert words(part) == words(whole)
    assert_swap_equals_reload(
        monday, URL, before, monday.get(URL, headers={"HX-Request": "true"}).content, "#travailleurs"
    )


def test_a_filter_that_is_not_offered_is_said_and_filters_nothing(monday):
    answer = monday.get(f"{URL}?statut=inconnu")
    assert answer.status_code == 422
    assert shown(monday, "statut=inconnu") == SEEN
    assert monday.get(f"{URL}?q=%00&page=99999").status_code == 200


class TestViews:
    """Saved views: a name, the filters, shared or not."""

    @staticmethod
    def keep(client, query, **fields):
        return client.post(f"{URL}vues/?{query}", {"name": "En retard, Hautpont"} | fields)

    def test_a_view_is_kept_and_opens_its_filters(self, monday):
        answer = self.keep(monday, "echeance=retard&site=Hautpont")
        view = VueEnregistree.objects.get()
        assert (view.query, view.shared) == ({"echeance": "retard", "site": "Hautpont"}, False)
        assert answer["Location"] == f"{URL}?site=Hautpont&echeance=retard"
        page = BeautifulSoup(monday.get(answer["Location"]).content, "html.parser")
        assert words(page.select_one(".cv-tabs a[aria-current=page]")) == "En retard, Hautpont"

    def test_a_name_taken_or_empty_keeps_what_was_typed(self, monday):
        self.keep(monday, "site=Mons")
        again = self.keep(monday, "site=Hautpont", shared="on")
        assert again.status_code == 422
        assert "Vous avez déjà une vue de ce nom" in again.content.decode()
        assert 'value="En retard, Hautpont"' in again.content.decode()
        assert "Donnez un nom" in self.keep(monday, "", name=" ").content.decode()

    def test_a_colleague_sees_a_shared_view_and_cannot_change_it(self, monday, entreprise):
        other = UserFactory(name="Karim Delvaux")
        hidden = VueEnregistreeFactory(entreprise=entreprise, user=other, name="À lui")
        shared = VueEnregistreeFactory(entreprise=entreprise, user=other, name="À tous", shared=True)
        page = monday.get(URL).content.decode()
        assert "À tous" in page
        assert "de Karim Delvaux" in page
        assert "À lui" not in page
        for view in (hidden, shared):
            assert monday.post(f"{URL}vues/{view.pk}/retrait/").status_code == 404
            assert monday.post(f"{URL}vues/{view.pk}/partage/").status_code == 404

    def test_shared_then_taken_back_then_put_away(self, monday):
        self.keep(monday, "site=Mons")
        view = VueEnregistree.objects.get()
        monday.post(f"{URL}vues/{view.pk}/partage/")
        assert VueEnregistree.objects.get().shared
        monday.post(f"{URL}vues/{view.pk}/partage/")
        assert not VueEnregistree.objects.get().shared
        monday.post(f"{URL}vues/{view.pk}/retrait/")
        assert not VueEnregistree.objects.exists()

    def test_a_shared_view_never_leaves_the_enterprise(self, monday):
        VueEnregistreeFactory(entreprise=EntrepriseInsertionFactory(), shared=True, name="D’ailleurs")
        assert "D’ailleurs" not in monday.get(URL).content.decode()


def test_assigned_only_hides_a_colleagues_persons_from_the_list_and_the_file(monday, entreprise):
    entreprise.assigned_only = True
    entreprise.save()
    hidden = personne(monday.helene, "Cachée", "Personne")
    colleague = AccompagnateurFactory(entreprise=entreprise, user=UserFactory())
    SuiviPar.objects.filter(travailleur=hidden).update(accompagnateur=colleague)
    assert shown(monday) == SEEN
    assert names_in(exported(monday)) == SEEN


def test_another_enterprise_is_never_listed(monday):
    EngagementFactory(travailleur__name="Voisin")
    assert "Voisin" not in monday.get(f"{URL}?presence=tous").content.decode()


def test_the_questions_do_not_grow_with_the_persons(sign_in, entreprise):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    for _ in range(45):
        EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise))
    with on_day(MONDAY.isoformat()):
        client.get(URL)
        with at_most(110):
            page = BeautifulSoup(client.get(URL).content, "html.parser")
        with at_most(110):
            client.get(f"{URL}?echeance=ok&completude=incomplets")
        with at_most(110):
            assert len(names_in(exported(client))) == 45
    assert len(page.select("tbody tr")) == 20
    assert page.select(".cv-pages")


def test_reminders_are_set_and_a_wrong_number_is_kept(monday):
    page = monday.get("/suivi/rappels/").content.decode()
    assert "des nombres et un lien, aucun nom" in page.replace("\u00a0", " ")
    wrong = monday.post("/suivi/rappels/", {"champ": "equipe", "days_before": "quarante", "repeat_days": "7"})
    assert wrong.status_code == 422
    assert 'value="quarante"' in wrong.content.decode()
    assert "de 0 à 30" in wrong.content.decode()
    given = {"active": "on", "champ": "equipe", "days_before": "3", "repeat_days": "0", "genres": ["entretien"]}
    assert monday.post("/suivi/rappels/", given).status_code == 302
    again = BeautifulSoup(monday.get("/suivi/rappels/").content, "html.parser")
    assert [one["value"] for one in again.select("input[name=genres][checked]")] == ["entretien"]
    assert again.select_one("input[name=days_before]")["value"] == "3"
