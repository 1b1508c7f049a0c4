"""The overview of a dossier: what it shows, what it saves at once, and in how many questions to the base."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.suivi.actions import demarches, objectifs
from clefdevoute.records.suivi.models import AucuneDemarche, Demarche, Objectif
from clefdevoute.workspaces.accompagnateur.frise import Filtre
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait
from tests.records.factories import EngagementFactory, actor
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory
from tests.records.factories_entretiens import EntretienFactory, NoteFactory
from tests.workspaces.conftest import assert_swap_equals_reload

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NOON = dt.datetime(2026, 11, 20, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def person(entreprise):
    return EngagementFactory(
        travailleur__entreprise=entreprise, travailleur__name="Boisclair", travailleur__first_name="Samira"
    ).travailleur


@pytest.fixture
def helene(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


def at(name, person, **more):
    return reverse(f"accompagnateur:{name}", kwargs={"pk": person.pk, **more})


def page(client, person):
    return client.get(at("dossier", person)).content.decode()


def test_an_empty_dossier_says_what_each_part_lacks_and_where_to_mend_it(helene, person):
    text = page(helene, person)
    assert "il manque un moyen de contact" in text
    assert "Noter une démarche" in text
    assert "Rien n’est encore noté" in text
    assert "Entrée dans l’entreprise" in text


def test_objectives_and_actions_stand_together_and_former_plans_stay(helene, person):
    goal = ObjectifFactory(travailleur=person, wish="Reprendre le cours du mardi")
    DemarcheFactory(travailleur=person, objectif=goal, promised_for=dt.date(2025, 1, 2))
    ObjectifFactory(travailleur=person, title="Apprendre à lire un plan", abandonne=True)
    DemarcheFactory(travailleur=person, text="Dossier ONE envoyé", faite=True)
    text = page(helene, person)
    for words in (
        "Obtenir une place en crèche",
        "« Reprendre le cours du mardi »",
        "Visiter la crèche de Hautpont",
        "promise pour le 02/01/2025",
        "Plans d’avant",
        "Apprendre à lire un plan",
        "N’est plus possible",
        "Dossier ONE envoyé",
    ):
        assert words in text, words
    assert "niss" not in text.lower()


def statuses(text):
    """Read the fields of the statuses as a browser would send them."""
    data = {}
    for field in re.findall(r'<input type="hidden" name="([od]-[^"]+-vu)" value="([^"]*)"', text):
        data[field[0]] = field[1]
        if field[0].startswith("o-"):
            data[field[0].removesuffix("-vu")] = field[1]
        elif field[1]:
            data[field[0].removesuffix("-vu")] = "on"
    return data


def test_a_status_and_a_tick_are_saved_at_once(helene, person):
    goal, step = ObjectifFactory(travailleur=person), DemarcheFactory(travailleur=person)
    before = helene.get(at("dossier", person))
    data = statuses(before.content.decode()) | {f"o-{goal.pk}": "realise", f"d-{step.pk}": "on"}
    answer = helene.post(at("statuts", person), data)
    assert answer.status_code == 302
    assert answer["Location"].endswith("#h-objectifs")
    goal.refresh_from_db()
    step.refresh_from_db()
    assert (goal.status, step.status) == ("realise", "realise")
    helene.post(at("statuts", person), {f"d-{step.pk}-vu": "1"})
    step.refresh_from_db()
    assert step.status == "en_cours"
    assert "Enregistré" in page(helene, person)


def test_giving_up_asks_why_and_saves_the_rest(helene, person):
    goal, step = ObjectifFactory(travailleur=person), DemarcheFactory(travailleur=person)
    data = statuses(page(helene, person)) | {f"o-{goal.pk}": "abandonne", f"d-{step.pk}": "on"}
    answer = helene.post(at("statuts", person), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "porte son motif" in text
    assert f'name="o-{goal.pk}-motif"' in text
    assert '<option value="abandonne" selected>' in text
    assert Demarche.objects.get().status == "realise"
    helene.post(at("statuts", person), data | {f"o-{goal.pk}-motif": "impossible"})
    assert Objectif.objects.get().reason == "impossible"


def test_a_page_left_open_undoes_nothing_that_a_colleague_saved(helene, person, entreprise):
    goal, step = ObjectifFactory(travailleur=person), DemarcheFactory(travailleur=person)
    stale = statuses(page(helene, person))
    other = actor(Role.ACCOMPAGNATEUR, entreprise)
    now = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
    objectifs.change_objectif(objectif=goal, by=other, now=now, status="realise")
    demarches.close_demarche(demarche=step, by=other, now=now)
    assert helene.post(at("statuts", person), stale).status_code == 302
    assert Objectif.objects.get().status == Demarche.objects.get().status == "realise"


def test_another_persons_objective_is_not_changed_through_this_page(helene, person, entreprise):
    goal = ObjectifFactory(travailleur__entreprise=entreprise)
    for key in (goal.pk, "x", "\0"):
        helene.post(at("statuts", person), {f"o-{key}": "realise", f"o-{key}-vu": "en_cours"})
    goal.refresh_from_db()
    assert goal.status == "en_cours"


def test_an_objective_and_an_action_are_added_in_one_line(helene, person):
    helene.post(at("objectif_ligne", person), {"o-title": "Obtenir une place en crèche", "o-horizon": "court"})
    goal = Objectif.objects.get()
    line = {"d-text": "Appeler l’ONE", "d-kind": "sociale", "d-objectif": str(goal.pk), "d-promised_for": "01/12/2026"}
    answer = helene.post(at("demarche_ligne", person), line)
    assert answer.status_code == 302
    step = Demarche.objects.get()
    assert (step.objectif, step.text, step.promised_for) == (goal, "Appeler l’ONE", dt.date(2026, 12, 1))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("objectif_ligne", {"o-title": " ", "o-horizon": "court"}, ("", "Écrivez-le en quelques mots")),
        ("objectif_ligne", {"o-title": "Lire", "o-horizon": "x"}, ("Lire", "Horizon")),
        (
            "demarche_ligne",
            {"d-text": "Appeler", "d-kind": "sociale", "d-promised_for": "31/02/2026"},
            ("Appeler", "31/02/2026"),
        ),
    ],
)
def test_a_line_that_cannot_be_kept_comes_back_as_it_was_typed(helene, person, name, data, words):
    answer = helene.post(at(name, person), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in text for word in words)
    assert not Objectif.objects.exists()
    assert not Demarche.objects.exists()


def test_none_to_this_day_puts_the_fourth_part_in_order(helene, person):
    assert "aucune démarche à ce jour" in page(helene, person)
    helene.post(at("aucune_demarche", person))
    assert AucuneDemarche.objects.count() == 1
    assert "aucune à ce jour, noté au dossier" in page(helene, person)


def with_rail(before, swapped):
    """Put in the page what htmx swaps beside its target: the numbers of the rail and of the menu."""
    page, part = (BeautifulSoup(one, "html.parser") for one in (before, swapped))
    for place in ("#rail", "#menu-espace"):
        page.select_one(place).replace_with(part.select_one(place))
    return str(page).encode()


@pytest.mark.parametrize("what", ["statuts", "objectif_ligne", "demarche_ligne"])
def test_what_htmx_swaps_is_what_a_reload_shows(helene, person, what):
    goal = ObjectifFactory(travailleur=person)
    url = at("dossier", person)
    before = helene.get(url).content
    data = {
        "statuts": statuses(before.decode()) | {f"o-{goal.pk}": "realise"},
        "objectif_ligne": {"o-title": "Lire", "o-horizon": "long"},
        "demarche_ligne": {"d-text": "Appeler", "d-kind": "emploi"},
    }[what]
    swapped = helene.post(at(what, person), data, headers=HTMX).content
    for marker in (b" hx-preserve", b' hx-swap-oob="true"'):
        swapped = swapped.replace(marker, b"")
    assert_swap_equals_reload(helene, url, with_rail(before, swapped), swapped, "#corps")


def test_the_timeline_filters_by_kind_and_period_and_htmx_gets_the_same(helene, person):
    DemarcheFactory(travailleur=person, text="Dossier ONE envoyé", faite=True)
    ObjectifFactory(travailleur=person)
    url = at("dossier", person)
    asked = url + "?genre=demarches&du=01/01/2026&au=31/12/2026"
    before, swapped = helene.get(url).content, helene.get(asked, headers=HTMX).content
    assert "Dossier ONE" in swapped.decode()
    assert "Entrée dans l’entreprise" not in swapped.decode()
    page_asked = helene.get(asked).content.decode()
    assert swapped.decode().strip() in page_asked or "Démarche : Dossier ONE" in page_asked
    assert "Rien de cette sorte" in helene.get(url + "?genre=demarches&au=01/01/2020").content.decode()
    wrong = helene.get(url + "?du=hier&au=31/02/2026").content.decode()
    assert "hier" in wrong
    assert before


def test_a_filter_keeps_its_kind_and_both_ends_of_its_period():
    asked = Filtre(genre="bilans", du=dt.date(2026, 1, 1), au=dt.date(2026, 1, 31))
    kept = [
        (genre, day.isoformat())
        for genre in ("bilans", "demarches")
        for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 1, 31), dt.date(2026, 2, 1))
        if asked.keeps(Fait(on=day, genre=genre, icon="fait", title="x"))
    ]
    assert kept == [("bilans", "2026-01-01"), ("bilans", "2026-01-31")]


def test_a_dossier_with_forty_interviews_costs_no_more_questions_than_one_with_one(helene, person):
    def fill(ranks):
        for rank in ranks:
            held = EntretienFactory(travailleur=person, rendez_vous__starts_at=NOON - dt.timedelta(days=7 * rank))
            NoteFactory(entretien=held)
            goal = ObjectifFactory(travailleur=person, abandonne=rank % 3 == 0)
            DemarcheFactory(travailleur=person, objectif=goal, faite=rank % 2 == 0)

    def asked(address):
        helene.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert helene.get(address).status_code == 200
        return len(seen)

    urls = (at("dossier", person), at("dossier", person) + "?genre=entretiens&page=2")
    fill(range(1))
    few = [asked(url) for url in urls]
    fill(range(1, 41))
    assert [asked(url) for url in urls] == few
