"""Handovers by their pages: some or all, to whom, until when; the sheet and its wall; who has no referent."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.suivi import acces
from clefdevoute.records.suivi.models import Releve, SuiviPar
from clefdevoute.ui.formats import NBSP
from tests.records.factories import AccompagnateurFactory, EngagementFactory
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory
from tests.records.factories_suivi import SuiviParFactory
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db
URL = "/suivi/releve/"


@pytest.fixture(autouse=True)
def around():
    with on_day("2026-11-22"):
        yield


@pytest.fixture
def suivi(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def team(suivi, entreprise):
    """Nadia, who is signed in, follows three persons; Hugo is her colleague."""
    nadia = AccompagnateurFactory(entreprise=entreprise, user_id=suivi.session["_auth_user_id"], name="Vermeiren")
    hugo = AccompagnateurFactory(entreprise=entreprise, name="Collard", first_name="Hugo")
    persons = [EngagementFactory(travailleur__entreprise=entreprise, site="Namur").travailleur for _ in range(3)]
    for person in persons:
        SuiviParFactory(travailleur=person, accompagnateur=nadia)
    return {"nadia": nadia, "hugo": hugo, "persons": persons}


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def typed(team, **more):
    said = {
        "de": str(team["nadia"].pk),
        "to_accompagnateur": str(team["hugo"].pk),
        "kind": "temporaire",
        "starts_on": "22/11/2026",
        "ends_on": "04/12/2026",
        "travailleur": [str(team["persons"][0].pk)],
    }
    return said | more


def handed(suivi, team, **more):
    page = suivi.post(f"{URL}nouvelle/", typed(team, **more))
    assert page.status_code == 302, text(page)
    return Releve.objects.get()


def test_one_person_is_handed_over_for_a_time_and_the_sheet_says_so(suivi, team):
    row = handed(suivi, team)
    shown = text(suivi.get(f"{URL}{row.pk}/"))
    assert "De Nadia Vermeiren à Hugo Collard, du 22/11/2026 au 04/12/2026" in shown
    assert "s’arrête de lui-même après le 04/12/2026" in shown
    assert str(team["persons"][0]) in shown
    assert str(team["persons"][1]) not in shown
    assert "Hugo Collard Relève 22/11/2026 04/12/2026" in text(
        suivi.get(f"/suivi/travailleurs/{team['persons'][0].pk}/sortie/")
    )


def test_all_persons_go_in_one_click_and_for_good(suivi, team):
    handed(suivi, team, toutes="1", kind="definitive", travailleur=[])
    held = SuiviPar.objects.filter(kind="referent", ends_on__isnull=True)
    assert {row.accompagnateur_id for row in held} == {team["hugo"].pk}
    assert "Hugo Collard est référent" in text(suivi.get(f"{URL}{Releve.objects.get().pk}/"))


WRONG = [
    ({"travailleur": []}, "cochez-en au moins une"),
    ({"to_accompagnateur": ""}, "Choisissez la personne dans la liste"),
    ({"ends_on": "21/11/2026"}, "finit avant d’avoir commencé"),
    ({"ends_on": "bientôt"}, "bientôt"),
    ({"kind": "x"}, "x"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_handover_comes_back_with_its_sentence_and_the_boxes(suivi, team, change, sentence):
    page = suivi.post(f"{URL}nouvelle/", typed(team, **change))
    assert page.status_code == 422
    assert sentence in text(page)
    boxes = BeautifulSoup(page.content, "html.parser").select("[name=travailleur][checked]")
    assert [box["value"] for box in boxes] == typed(team, **change)["travailleur"]
    assert not Releve.objects.exists()


def test_a_colleague_who_fell_ill_is_handed_over_by_another(suivi, team):
    page = suivi.get(f"{URL}nouvelle/?de={team['hugo'].pk}")
    assert "Hugo Collard n’est référent de personne" in text(page)
    assert "Suivis par Nadia Vermeiren" in text(suivi.get(f"{URL}nouvelle/"))


def test_the_end_is_changed_never_into_the_past(suivi, team):
    row = handed(suivi, team)
    page = suivi.post(f"{URL}{row.pk}/fin/", {"ends_on": "01/11/2026"})
    assert page.status_code == 422
    assert "ne se referme pas en arrière" in text(page)
    assert suivi.post(f"{URL}{row.pk}/fin/", {"ends_on": "31/12/2099"}).status_code == 302
    assert SuiviPar.objects.get(kind="releve").ends_on == dt.date(2099, 12, 31)


def test_content_shows_on_demand_only_and_leaves_its_trace(suivi, team):
    person = team["persons"][0]
    ObjectifFactory(travailleur=person, title="Passer le permis")
    DemarcheFactory(travailleur=person, text="Appeler l’auto-école")
    row = handed(suivi, team)
    plain = text(suivi.get(f"{URL}{row.pk}/"))
    assert "Objectifs ouverts 1" in plain
    assert "permis" not in plain
    assert not acces.openings(person)
    full = text(suivi.get(f"{URL}{row.pk}/?contenu=1"))
    assert "Passer le permis" in full
    assert "Appeler l’auto-école" in full
    assert [one.purpose for one in acces.openings(person)] == ["releve"]


def test_whose_dossier_is_closed_to_me_shows_dates_alone(suivi, team, entreprise):
    other = EngagementFactory(travailleur__entreprise=entreprise).travailleur
    SuiviParFactory(travailleur=other, accompagnateur=team["hugo"])
    ObjectifFactory(travailleur=other, title="Garder le secret")
    handed(
        suivi,
        team,
        de=str(team["hugo"].pk),
        to_accompagnateur=str(AccompagnateurFactory(entreprise=entreprise).pk),
        travailleur=[str(other.pk)],
    )
    entreprise.assigned_only = True
    entreprise.save()
    shown = text(suivi.get(f"{URL}{Releve.objects.get().pk}/?contenu=1"))
    assert "1 dossier ne vous est pas ouvert" in shown
    assert "Réservé à qui suit la personne" in shown
    assert "Garder le secret" not in shown
    assert not acces.openings(other)


def test_persons_without_referent_are_listed_and_taken_up(suivi, team, entreprise):
    alone = [EngagementFactory(travailleur__entreprise=entreprise).travailleur for _ in range(2)]
    assert "2 personnes ne sont suivies par personne" in text(suivi.get(URL))
    page = suivi.get(f"{URL}sans-referent/")
    assert all(str(one) in text(page) for one in alone)
    wrong = suivi.post(f"{URL}sans-referent/", {"accompagnateur": str(team["nadia"].pk), "starts_on": "22/11/2026"})
    assert wrong.status_code == 422
    assert "cochez-en au moins une" in text(wrong)
    done = suivi.post(
        f"{URL}sans-referent/",
        {"accompagnateur": str(team["hugo"].pk), "starts_on": "22/11/2026", "travailleur": [str(alone[0].pk)]},
    )
    assert done["Location"] == URL
    assert "1 personne n’est suivie par personne" in text(suivi.get(URL))
    assert str(alone[0]) not in text(suivi.get(f"{URL}sans-referent/"))


def test_a_sheet_of_forty_persons_costs_as_many_queries_as_one_of_two(suivi, team, entreprise):
    found = []
    for number in (2, 38):
        persons = []
        for _ in range(number):
            person = EngagementFactory(travailleur__entreprise=entreprise).travailleur
            SuiviParFactory(travailleur=person, accompagnateur=team["nadia"])
            ObjectifFactory(travailleur=person)
            DemarcheFactory(travailleur=person)
            persons.append(person)
        suivi.post(f"{URL}nouvelle/", typed(team, travailleur=[str(one.pk) for one in persons]))
        row = Releve.objects.order_by("-id").first()
        counts = []
        for address in (f"{URL}{row.pk}/", f"{URL}nouvelle/"):
            with CaptureQueriesContext(connection) as seen:
                assert suivi.get(address).status_code == 200
            counts.append(len(seen))
        found.append(counts)
    assert found[0] == found[1]
