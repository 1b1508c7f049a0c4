"""Séances by their pages: planned with whom the clocks call, ticked at once, credited, printed, proved on paper."""

import datetime as dt
import io

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clefdevoute.records.agenda import facts
from clefdevoute.records.agenda.models import FeuillePresence, Presence, Seance
from clefdevoute.records.foundation.access import Role
from clefdevoute.ui.formats import NBSP
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import PresenceFactory, SeanceFactory, at
from tests.workspaces.conftest import assert_swap_equals_reload, on_day
from tests.workspaces.matrix_seances import PDF

pytestmark = pytest.mark.django_db
URL = "/suivi/seances/"
TODAY = dt.date(2026, 11, 23)
HELD = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def around(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    with on_day(str(TODAY)):
        yield


@pytest.fixture
def suivi(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def nadia(entreprise, suivi):
    user = suivi.session["_auth_user_id"]
    return AccompagnateurFactory(entreprise=entreprise, user_id=user, functions_start=dt.date(2024, 1, 8))


def people(entreprise, count, site="Namur", **more):
    return [
        EngagementFactory(
            travailleur__entreprise=entreprise, site=site, starts_on=dt.date(2026, 3, 2), **more
        ).travailleur
        for _ in range(count)
    ]


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def typed(nadia, **more):
    return {
        "title": "Comprendre sa fiche de paie",
        "objets": ["is_collective_interview", "is_social_economy"],
        "day": "20/11/2026",
        "time": "09:00",
        "duration_min": "90",
        "place": "Réfectoire",
        "accompagnateur": str(nadia.pk),
    } | more


def held(nadia, persons, **more):
    row = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-11-20 09:00"), **more)
    for person in persons:
        PresenceFactory(seance=row, travailleur=person)
    return row


def test_the_clocks_propose_whom_to_invite_ticked_by_site(suivi, nadia, entreprise):
    here, there = people(entreprise, 2), people(entreprise, 1, "Dinant")
    page = BeautifulSoup(suivi.get(f"{URL}nouvelle/?site=Dinant").content, "html.parser")
    boxes = {box["value"]: box.has_attr("checked") for box in page.select("input[name=travailleur]")}
    assert boxes == {str(one.pk): False for one in here} | {str(there[0].pk): True}
    assert "En retard de 82 jours" in page.get_text().replace(NBSP, " ")
    assert len(suivi.get(f"{URL}nouvelle/").context["ticked"]) == 3


def test_planned_ticked_and_credited_in_each_file_and_in_the_clocks_at_once(suivi, nadia, entreprise):
    persons = people(entreprise, 3)
    chosen = [str(one.pk) for one in persons[:2]]
    assert suivi.post(f"{URL}nouvelle/", typed(nadia, travailleur=chosen)).status_code == 302
    row = Seance.objects.get()
    assert (row.is_collective_interview, row.is_social_economy, row.is_strategy) == (True, True, False)
    url = f"{URL}{row.pk}/"
    one, two = Presence.objects.filter(seance=row).order_by("travailleur__name")
    done = suivi.post(f"{url}presences/", {f"p-{one.pk}": "present", f"p-{two.pk}": "refuse"})
    assert done["Location"] == url
    shown = text(suivi.get(url))
    assert "Séance créditée dans 1 dossier" in shown
    assert "1 présent sur 2" in shown
    clocks = facts.horloges(entreprise.pk, as_of=TODAY)
    assert clocks[one.travailleur_id].value.collectif.situation == "a_jour"
    assert clocks[two.travailleur_id].value.collectif.offres_refusees == (HELD,)
    proofs = facts.preuves_agenda(entreprise.pk, [one.travailleur_id, two.travailleur_id], start=HELD, end=TODAY)
    assert [(task, day) for task, day, *_ in proofs[one.travailleur_id]] == [(1, HELD), (11, HELD)]
    assert two.travailleur_id not in proofs


def test_all_present_spares_who_was_ticked_otherwise_and_works_without_a_script(suivi, nadia, entreprise):
    row = held(nadia, people(entreprise, 3))
    first = Presence.objects.filter(seance=row).first()
    suivi.post(f"{URL}{row.pk}/presences/", {f"p-{first.pk}": "excuse", "tous": "1"})
    assert sorted(Presence.objects.values_list("status", flat=True)) == ["excuse", "present", "present"]


def test_who_is_not_ticked_is_not_credited(suivi, nadia, entreprise):
    row = held(nadia, people(entreprise, 2))
    first = Presence.objects.filter(seance=row).first()
    suivi.post(f"{URL}{row.pk}/presences/", {f"p-{first.pk}": "present"})
    assert sorted(Presence.objects.values_list("status", flat=True)) == ["inscrit", "present"]


def test_nothing_ticked_is_said_and_nothing_is_written(suivi, nadia, entreprise):
    row = held(nadia, people(entreprise, 1))
    page = suivi.post(f"{URL}{row.pk}/presences/", {})
    assert page.status_code == 422
    assert "Rien n’est coché" in text(page)
    row.refresh_from_db()
    assert row.status == "planifie"


WRONG = [
    ({"title": ""}, "Il manque le titre"),
    ({"objets": []}, "Cochez au moins un objet"),
    ({"day": "31/02/2026"}, "31/02/2026"),
    ({"day": "23/11/2036"}, "trop loin d’aujourd’hui"),
    ({"time": "25:00"}, "25:00"),
    ({"duration_min": "2"}, "5 minutes à 10 heures"),
    ({"duration_min": "une heure"}, "n’est pas un nombre entier"),
    ({"accompagnateur": "x"}, "Choisissez la personne dans la liste"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_entry_comes_back_with_its_sentence_and_all_that_was_typed(suivi, nadia, entreprise, change, sentence):
    person = people(entreprise, 2)[0]
    page = suivi.post(f"{URL}nouvelle/", typed(nadia, travailleur=[str(person.pk)], **change))
    assert page.status_code == 422
    assert sentence in text(page)
    form = BeautifulSoup(page.content, "html.parser")
    assert form.select_one("[name=place]")["value"] == "Réfectoire"
    assert [box["value"] for box in form.select("[name=travailleur][checked]")] == [str(person.pk)]
    assert not Seance.objects.exists()


def test_before_its_day_nothing_is_ticked(suivi, nadia, entreprise):
    row = held(nadia, people(entreprise, 1), title="Demain")
    row.starts_at = timezone.now() + dt.timedelta(days=2)
    row.save()
    place = Presence.objects.get()
    page = suivi.get(f"{URL}{row.pk}/")
    assert "Enregistrer les présences" not in text(page)
    page = suivi.post(f"{URL}{row.pk}/presences/", {f"p-{place.pk}": "present"})
    assert page.status_code == 409
    assert "ce jour-là au plus tôt" in text(page)


def test_places_are_given_by_name_and_taken_back(suivi, nadia, entreprise):
    row = held(nadia, [])
    stranger = TravailleurFactory(name="Boisclair")
    person = TravailleurFactory(entreprise=entreprise, name="Boisclair", search_key="boisclair eloise")
    page = suivi.get(f"{URL}{row.pk}/?q=boisCLAIR")
    assert [one.pk for one in page.context["found"]] == [person.pk]
    suivi.post(f"{URL}{row.pk}/inscrire/", {"travailleur": [str(person.pk), str(stranger.pk), "x"]})
    place = Presence.objects.get()
    assert place.travailleur == person
    assert "Hors contrat ce jour-là" in text(suivi.get(f"{URL}{row.pk}/"))
    suivi.post(f"{URL}places/{place.pk}/oter/")
    assert not Presence.objects.exists()


def test_a_ticked_place_is_not_taken_back(suivi, nadia, entreprise):
    row = held(nadia, people(entreprise, 1), tenue=True)
    place = Presence.objects.get()
    place.status = "present"
    place.save()
    page = suivi.post(f"{URL}places/{place.pk}/oter/")
    assert page.status_code == 409
    assert "corrigez-la plutôt" in text(page)
    assert row.status == "realise"


def test_a_seance_is_corrected_postponed_or_cancelled_and_stays(suivi, nadia, entreprise):
    row = held(nadia, people(entreprise, 2))
    assert suivi.post(f"{URL}{row.pk}/corriger/", typed(nadia, title="Autre titre")).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.is_social_economy, row.starts_at) == ("Autre titre", True, at("2026-11-20 09:00"))
    suivi.post(f"{URL}{row.pk}/reporter/", {"day": "30/11/2026", "time": "10h"})
    row.refresh_from_db()
    assert row.status == "reporte"
    later = row.postponed_to
    assert Presence.objects.filter(seance=later).count() == 2
    page = suivi.post(f"{URL}{later.pk}/annuler/", {"reason": ""})
    assert page.status_code == 422
    suivi.post(f"{URL}{later.pk}/annuler/", {"reason": "fermeture"})
    assert "Annulée" in text(suivi.get(f"{URL}{later.pk}/"))
    assert suivi.post(f"{URL}{later.pk}/reporter/", {"day": "01/12/2026", "time": "10:00"}).status_code == 409


def test_the_sheet_bears_names_and_no_birth_date(suivi, nadia, entreprise):
    (person,) = people(entreprise, 1)
    row = held(nadia, [person], title="Fiche de paie")
    answer = suivi.get(f"{URL}{row.pk}/feuille.pdf")
    assert answer["Content-Type"] == "application/pdf"
    read = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Fiche de paie" in read
    assert str(person) in read
    assert "20\u00a0novembre\u00a02026, de 09:00 à 10:30" in read.replace(" novembre ", "\u00a0novembre\u00a0").replace(
        "20 ", "20\u00a0"
    )
    assert f"{person.birth_date:%d/%m/%Y}" not in read


def test_the_signed_sheet_is_joined_opened_and_withdrawn(suivi, nadia, entreprise):
    row = held(nadia, people(entreprise, 1))
    page = suivi.post(f"{URL}{row.pk}/feuille-signee/", {})
    assert page.status_code == 422
    assert "Aucun fichier n’est choisi" in text(page)
    page = suivi.post(f"{URL}{row.pk}/feuille-signee/", {"feuille": SimpleUploadedFile("virus.pdf", b"MZ\x90\x00")})
    assert page.status_code == 422
    assert "n’est pas d’un type admis" in text(page)
    suivi.post(f"{URL}{row.pk}/feuille-signee/", {"feuille": SimpleUploadedFile("signee.pdf", PDF)})
    joined = FeuillePresence.objects.get()
    assert "signee.pdf" in text(suivi.get(f"{URL}{row.pk}/"))
    assert suivi.get(f"{URL}feuilles/{joined.pk}/").content == PDF
    suivi.post(f"{URL}feuilles/{joined.pk}/retirer/")
    assert "Aucune feuille signée" in text(suivi.get(f"{URL}{row.pk}/"))


def test_the_list_tells_what_waits_what_comes_and_what_was(suivi, nadia, entreprise):
    held(nadia, people(entreprise, 2), title="À pointer")
    row = held(nadia, people(entreprise, 2), title="Déjà tenue", tenue=True)
    Presence.objects.filter(seance=row).update(status="present")
    shown = text(suivi.get(URL))
    assert "À pointer (1)" in shown
    assert "Déjà tenue" not in shown
    past = text(suivi.get(f"{URL}?quand=passees"))
    assert "2 présents sur 2" in past
    assert "Aucune séance n’est planifiée" in text(suivi.get(f"{URL}?quand=a_venir"))


def test_what_a_search_swaps_is_what_a_reload_shows(suivi, nadia, entreprise):
    """Only the search swaps: an attendance or a place moves the counts of the rail, so the whole page comes anew."""
    row = held(nadia, people(entreprise, 2))
    TravailleurFactory(entreprise=entreprise, name="Boisclair", search_key="boisclair eloise")
    url = f"{URL}{row.pk}/"
    before = suivi.get(url).content
    swapped = suivi.get(f"{url}?q=bois", HTTP_HX_REQUEST="true").content
    assert b"Boisclair" in swapped
    assert_swap_equals_reload(suivi, f"{url}?q=bois", before, swapped, "#seance")


def test_a_hundred_persons_cost_as_many_queries_as_two(suivi, nadia, entreprise):
    """What the rail asks on every page is part of the count; an attendance writes once for everybody."""
    found = []
    for number in (2, 98):
        row = held(nadia, TravailleurFactory.create_batch(number, entreprise=entreprise))
        people(entreprise, number // 2)
        url = f"{URL}{row.pk}/"
        counts = []
        for address in (url, f"{URL}nouvelle/", URL):
            with CaptureQueriesContext(connection) as seen:
                assert suivi.get(address).status_code == 200
            counts.append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            assert suivi.post(f"{url}presences/", {"tous": "1"}).status_code == 302
        found.append([*counts, len(seen)])
    assert found[0][:3] == found[1][:3]
    assert found[1][3] <= found[0][3] <= 40
    assert Presence.objects.filter(status="present").count() == 100
