"""A week of the accompagnateur, act by act: each line leads straight to its gesture, and nothing is a dead end."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from clefdevoute.records.echeances.sources import consentements, dossiers, horloges
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import User
from clefdevoute.records.suivi.models import Demarche, Objectif, Synthese
from tests.records.echeances_gestes import MONDAY, sentence, shown
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.records.factories_bilan import ConsentementFactory
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory
from tests.records.factories_parcours import SansObjetFactory
from tests.workspaces.conftest import on_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(entreprise):
    return EngagementFactory(
        travailleur__entreprise=entreprise, travailleur__name="Boisclair", travailleur__first_name="Samira"
    ).travailleur


@pytest.fixture
def helene(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


def address(name, person, **more):
    return reverse(f"accompagnateur:{name}", kwargs={"pk": person.pk, **more})


def read(answer):
    return BeautifulSoup(answer.content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").replace("\u00a0", " ").split())


def listed(person, seance):
    PresenceFactory(seance=seance, travailleur=person, status="inscrit")


def test_a_seance_planned_too_late_for_some_is_held_not_planned_again(person):
    """Its form proposes nobody who has a place: « Planifier » would lead to an empty list."""
    other = EngagementFactory(travailleur=TravailleurFactory(entreprise=person.entreprise)).travailleur
    held = SeanceFactory(entreprise=person.entreprise, starts_at=at("2026-05-20 14:00"), tenue=True)
    for one in (person, other):
        PresenceFactory(seance=held, travailleur=one, status="present")
    seance = SeanceFactory(entreprise=person.entreprise, starts_at=at("2026-12-10 14:00"))
    listed(person, seance)
    found = [one for one in shown(horloges.lignes, person.entreprise) if one.source == horloges.COLLECTIF]
    assert [sentence(one) for one in found if one.travailleur_id == person.pk] == [
        "Tenir la séance collective attendue par Samira Boisclair"
    ]
    assert sum(one.before.startswith("Planifier") for one in found) == 1
    listed(other, seance)
    [line] = [one for one in shown(horloges.lignes, person.entreprise) if one.source == horloges.COLLECTIF]
    assert sentence(line) == "Tenir la séance collective attendue par 2 travailleurs"
    assert (line.due_on, line.act, line.meta) == (
        dt.date(2026, 11, 20),
        "Ouvrir",
        "Fixée le 10/12/2026, après l’échéance",
    )
    assert (line.url_name, line.url_kwargs) == ("accompagnateur:seance", {"pk": seance.pk})


def test_the_answer_to_a_question_is_noted_on_the_page_the_line_opens(person, helene):
    row = ConsentementFactory(travailleur=person, asked_on=MONDAY - dt.timedelta(days=20), given_on=None)
    [line] = shown(consentements.lignes, person.entreprise)
    with on_day(MONDAY.isoformat()):
        page = read(helene.get(reverse(line.url_name, kwargs=line.url_kwargs)))
    assert line.url_kwargs == {"pk": person.pk, "row": row.pk}
    assert page.find("button", string="Noter la réponse")


def test_one_missing_part_is_mended_on_its_own_page(person):
    lines = {one.travailleur_id: one for one in shown(dossiers.lignes, person.entreprise)}
    assert lines[person.pk].url_name == "accompagnateur:dossier", "several parts lack"
    missing = {1: "signaletique", 2: "bilans", 3: "synthese", 4: "dossier"}
    parts = [dossiers.Partie(number, "", complete=False, manque=("x",)) for number in missing]
    assert [dossiers._page([part]) for part in parts] == list(missing.values())


def test_an_action_is_closed_by_one_button_and_what_was_typed_is_saved_with_it(person, helene):
    row = DemarcheFactory(travailleur=person, text="Demander un bail", promised_for=dt.date(2026, 11, 20))
    url = address("demarche", person, demarche=row.pk)
    page = read(helene.get(url))
    heads = [words(one) for one in page.select("main h2")]
    assert heads.index("Où on en est") < heads.index("La démarche"), "what one opens it for comes first"
    assert page.select_one("main form button[type=submit]").get("name") is None, "Enter in a field saves, no more"
    typed = {"text": "Demander un bail écrit", "kind": "sociale", "par": "travailleur", "promised_for": "20/11/2026"}
    helene.post(url, typed | {"status": "a_demarrer", "geste": "faite"})
    done = Demarche.objects.get()
    assert (done.status, done.text, done.done_on is None) == ("realise", "Demander un bail écrit", False)
    assert not read(helene.get(url)).find("button", value="faite")


def test_an_objective_is_kept_on_by_one_button(person, helene):
    row = ObjectifFactory(travailleur=person, title="Trouver une crèche", horizon="court")
    url = address("objectif", person, objectif=row.pk)
    with on_day(MONDAY.isoformat()):
        page = read(helene.get(url))
        assert words(page.find("button", value="maintenir")) == "Maintenir, et revoir le 23/02/2027"
        typed = {"title": row.title, "horizon": "court", "review_on": "02/11/2026", "status": "en_cours"}
        helene.post(url, typed | {"geste": "maintenir"})
    assert Objectif.objects.get().review_on == dt.date(2027, 2, 23)
    assert Objectif.objects.get().status == "en_cours"


def test_a_synthesis_is_read_and_confirmed_by_one_button(person, helene):
    goal = ObjectifFactory(travailleur=person, title="Trouver une crèche")
    url = address("synthese", person)
    typed = {"lu": read(helene.get(url)).select_one("main input[name=lu]")["value"]}
    goal.title = "Trouver une crèche à Ciney"
    goal.save()
    answer = words(read(helene.post(url, typed, follow=True)))
    assert "Le dossier a changé pendant que vous lisiez" in answer, "nobody confirms what she did not read"
    assert Synthese.objects.get().confirmed_at is None
    Synthese.objects.all().delete()
    page = read(helene.get(url))
    assert "Trouver une crèche à Ciney" in words(page)
    answer = helene.post(url, {"lu": page.select_one("main input[name=lu]")["value"]}, follow=True)
    assert "À jour et confirmée" in words(read(answer))
    assert "Produire à nouveau" in words(read(answer))


def test_an_absence_is_noted_from_the_page_of_the_interview(person, helene):
    row = RendezVousFactory(travailleur=person)
    page = read(helene.get(f"{address('entretien_nouveau', person)}?rendez_vous={row.pk}"))
    link = page.find("a", href=reverse("agenda:rendez_vous", kwargs={"pk": row.pk}))
    assert words(link) == "Samira ne peut pas venir, ou n’est pas là : le noter"


def test_no_second_appointment_is_booked_by_habit(person, helene):
    url = address("entretien_nouveau", person)
    chosen = "input[name=prochain][checked]"
    assert read(helene.get(url)).select_one(chosen)["value"] == "reserver"
    RendezVousFactory(travailleur=person, starts_at=timezone.now() + dt.timedelta(days=3))
    assert read(helene.get(url)).select_one(chosen)["value"] == "plus_tard"


def test_a_proposed_moment_is_taken_where_the_thumb_is_and_the_place_is_the_usual_one(person, helene):
    user = User.objects.get(pk=helene.session["_auth_user_id"])
    who = AccompagnateurFactory(entreprise=person.entreprise, user=user)
    RendezVousFactory(travailleur__entreprise=person.entreprise, accompagnateur=who, place="Bureau, Ciney")
    url = reverse("agenda:nouveau", kwargs={"pk": person.pk})
    page = read(helene.get(url))
    assert page.select_one("[name=place]")["value"] == "Bureau, Ciney"
    assert len(page.select("main .cv-btn--primary")) == 1
    page = read(helene.get(url + page.select_one("main li a.cv-btn")["href"]))
    [button] = page.select("main .cv-btn--primary")
    assert words(button).startswith("Prendre ")
    assert page.select_one(f"form#{button['form']} [name=heure]")["value"]


def test_an_action_agrees_in_the_feminine(person, helene):
    row = DemarcheFactory(travailleur=person, faite=True)
    page = read(helene.get(address("demarche", person, demarche=row.pk)))
    assert [words(one) for one in page.select("[name=status] option")][2:] == ["Réalisée", "Abandonnée"]
    assert row.get_status_display() == "Réalisée"
    assert ObjectifFactory(travailleur=person, status="realise", closed_on=MONDAY).get_status_display() == "Réalisé"


def test_none_is_singular_in_french(person, helene):
    assert "0 objectif, 0 démarche" in words(read(helene.get(address("dossier", person))))


def test_a_task_without_object_is_named_not_numbered(person, helene):
    SansObjetFactory(travailleur=person, task=5)
    text = words(read(helene.get(address("dossier", person))))
    assert "Jobcoaching : sans objet" in text
    assert "Tâche 5" not in text


def test_each_obligation_leads_to_its_proof_or_to_what_makes_it(person, helene):
    page = read(helene.get(address("obligations_personne", person)))
    for section in page.select("main section[id^=tache-]"):
        if "Sans objet" not in words(section):
            assert section.select("a"), words(section)
    table = read(helene.get(reverse("accompagnateur:obligations"))).select_one("table")
    links = [a["href"] for a in table.select("td a")]
    assert links
    assert all(f"{person.pk}" in href and "#tache-" in href for href in links)
