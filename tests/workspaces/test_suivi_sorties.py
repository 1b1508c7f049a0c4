"""The way out by its pages: noted, corrected, reopened, attested without content, called by consent, counted."""

import datetime as dt
import io

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.suivi.horloges import horloges
from clefdevoute.records.suivi.models import Sortie, SuiviSortie, TentativeSortie
from clefdevoute.ui.formats import NBSP
from tests.records.factories import EngagementFactory
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.records.factories_bilan import ConsentementFactory
from tests.records.factories_sorties import PartPriseFactory, SortieFactory, SuiviSortieFactory
from tests.records.factories_suivi import SuiviParFactory
from tests.workspaces.conftest import at_most, on_day

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def around():
    with on_day(str(TODAY)):
        yield


@pytest.fixture
def suivi(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def sam(entreprise):
    person = EngagementFactory(travailleur__entreprise=entreprise, travailleur__phone="0470 12 34 56").travailleur
    SuiviParFactory(travailleur=person)
    return person


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def url(person, more="") -> str:
    return f"/suivi/travailleurs/{person.pk}/sortie/{more}"


def typed(**more):
    said = {"left_on": "20/11/2026", "reason": "fin_contrat", "destination": "emploi", "remark": "Chez un boulanger."}
    return said | more


def noted(suivi, sam, **more):
    page = suivi.post(url(sam, "noter/"), typed(**more))
    assert page.status_code == 302, text(page)
    return Sortie.objects.get()


def test_an_exit_noted_shows_all_of_it_and_hides_nothing(suivi, sam):
    assert "Aucune sortie n’est notée" in text(suivi.get(url(sam)))
    noted(suivi, sam)
    shown = text(suivi.get(url(sam)))
    for words in ("20/11/2026", "Fin du contrat", "Emploi chez un autre employeur", "Chez un boulanger.", "20/02/2027"):
        assert words in shown
    assert "Le registre montre encore un contrat" in shown
    assert "Nadia Lambert" in shown
    assert suivi.get(f"/suivi/travailleurs/{sam.pk}/").status_code == 200


WRONG = [
    ({"left_on": "31/02/2026"}, "31/02/2026"),
    ({"left_on": "07/01/2024"}, "précède l’entrée"),
    ({"left_on": "20/11/2029"}, "dans plus d’un an"),
    ({"reason": ""}, "Choisissez pourquoi la personne part"),
    ({"destination": ""}, "Choisissez où va la personne"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_exit_comes_back_with_its_sentence_and_what_was_typed(suivi, sam, change, sentence):
    page = suivi.post(url(sam, "noter/"), typed(**change))
    assert page.status_code == 422
    assert sentence in text(page)
    assert "Chez un boulanger." in BeautifulSoup(page.content, "html.parser").select_one("[name=remark]").text
    assert not Sortie.objects.exists()


def test_a_second_exit_of_the_same_stay_is_refused(suivi, sam):
    noted(suivi, sam)
    page = suivi.post(url(sam, "noter/"), typed())
    assert page.status_code == 422
    assert "déjà notée, le 20/11/2026" in text(page)


def test_corrected_then_reopened_with_its_reason(suivi, sam):
    row = noted(suivi, sam)
    assert suivi.post(f"/suivi/sorties/{row.pk}/corriger/", typed(reason="demission")).status_code == 302
    assert "Départ à sa demande" in text(suivi.get(url(sam)))
    page = suivi.post(f"/suivi/sorties/{row.pk}/rouvrir/", {"reason": " "})
    assert page.status_code == 422
    assert "écrivez-la en une phrase" in text(page)
    suivi.post(f"/suivi/sorties/{row.pk}/rouvrir/", {"reason": "Contrat prolongé."})
    shown = text(suivi.get(url(sam)))
    assert "Aucune sortie n’est notée pour ce passage" in shown
    assert "Rouverte le 22/11/2026 : Contrat prolongé." in shown


def test_the_attestation_counts_and_tells_no_content(suivi, sam):
    for month in (2, 5, 9):
        RendezVousFactory(travailleur=sam, starts_at=at(f"2026-0{month}-10 10:00"), realise=True)
    RendezVousFactory(travailleur=sam, starts_at=at("2026-10-10 10:00"), realise=True, form="telephone")
    RendezVousFactory(travailleur=sam, starts_at=at("2026-10-12 10:00"), absent=True)
    RendezVousFactory(travailleur=sam, starts_at=at("2026-11-21 10:00"), realise=True)
    meeting = SeanceFactory(accompagnateur__entreprise=sam.entreprise, tenue=True, title="Budget et dettes")
    PresenceFactory(seance=meeting, travailleur=sam, status="present")
    row = noted(suivi, sam)
    answer = suivi.post(f"/suivi/sorties/{row.pk}/attestation/")
    assert answer["Content-Type"] == "application/pdf"
    read = " ".join(pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().replace(NBSP, " ").split())
    for words in ("4 entretiens individuels, dont 3 en face à face", "1 séance collective", "8 janvier 2024", sam.name):
        assert words in read
    for secret in ("boulanger", "Budget", "Fin du contrat", "Emploi"):
        assert secret not in read
    assert "Produite le 22/11/2026" in text(suivi.get(url(sam)))
    assert AuditEvent.objects.filter(event="suivi.attestation_produite").count() == 1


@pytest.fixture
def call(entreprise):
    row = SuiviSortieFactory(
        sortie__travailleur__entreprise=entreprise, sortie__travailleur__name="Boisclair", due_on=dt.date(2026, 11, 20)
    )
    EngagementFactory(travailleur=row.travailleur, ends_on=dt.date(2026, 6, 30))
    return row


def agreed(row, **more):
    return ConsentementFactory(travailleur=row.travailleur, purpose="rappel_sortie", donne=True, **more)


def test_one_question_several_attempts_one_answer(suivi, call):
    agreed(call)
    address = f"/suivi/sorties/rappels/{call.pk}/"
    assert suivi.post(address, {"result": "pas_joint", "tried_on": "21/11/2026"}).status_code == 302
    assert "pas joint" in text(suivi.get(address))
    assert suivi.post(address, {"employed": "oui", "tried_on": "22/11/2026"}).status_code == 302
    call.refresh_from_db()
    assert (call.outcome, call.employed, call.attempts) == ("repondu", "oui", 2)
    assert "a répondu, en emploi" in text(suivi.get(url(call.travailleur)))
    suivi.post(address, {"employed": "non"})
    call.refresh_from_db()
    assert call.employed == "non"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Notez la réponse, oui ou non"),
        ({"employed": "oui", "result": "pas_joint"}, "gardez l’un des deux"),
        ({"employed": "oui", "tried_on": "23/11/2036"}, "pas encore fait"),
        ({"employed": "oui", "tried_on": "demain"}, "demain"),
    ],
)
def test_a_wrong_call_is_said_and_not_written(suivi, call, said, sentence):
    agreed(call)
    page = suivi.post(f"/suivi/sorties/rappels/{call.pk}/", {"tried_on": "22/11/2026"} | said)
    assert page.status_code == 422
    assert sentence in text(page)
    assert not TentativeSortie.objects.exists()


def test_without_consent_the_page_says_not_to_call_and_nothing_is_written(suivi, call):
    address = f"/suivi/sorties/rappels/{call.pk}/"
    assert "n’a pas dit oui à cet appel" in text(suivi.get(address))
    page = suivi.post(address, {"employed": "oui", "tried_on": "22/11/2026"})
    assert page.status_code == 422
    assert "n’appelez pas" in text(page)
    shown = text(suivi.get(url(call.travailleur)))
    assert "Accord pour être rappelé : Non demandé" in shown
    assert "Appeler" not in shown
    assert "Boisclair" not in text(suivi.get("/suivi/sorties/?annee=2025"))


def test_the_timeline_tells_the_exit_the_news_and_the_parts_without_their_words(suivi, sam):
    noted(suivi, sam)
    row = SuiviSortie.objects.get(months=3)
    row.outcome, row.employed, row.answered_on = "repondu", "oui", TODAY
    row.save()
    PartPriseFactory(participation__entreprise=sam.entreprise, travailleur=sam, role="representant")
    PartPriseFactory(participation__entreprise=sam.entreprise, participation__annulee=True, travailleur=sam)
    shown = text(suivi.get(f"/suivi/travailleurs/{sam.pk}/"))
    for words in (
        "Sortie de l’entreprise Fin du contrat · Emploi chez un autre employeur",
        "Nouvelles 3 mois après la sortie En emploi",
        "Participation à la gestion : Assemblée générale Consultation · Représentant élu ou désigné",
    ):
        assert words in shown
    assert shown.count("Consultation · Participant") == 0
    assert "boulanger" not in shown


def test_giving_up_is_closed_apart(suivi, call):
    agreed(call)
    page = suivi.post(f"/suivi/sorties/rappels/{call.pk}/clore/")
    assert page.status_code == 409
    assert "au moins une fois" in text(page)
    suivi.post(f"/suivi/sorties/rappels/{call.pk}/", {"result": "numero_faux", "tried_on": "22/11/2026"})
    suivi.post(f"/suivi/sorties/rappels/{call.pk}/clore/")
    assert SuiviSortie.objects.get(pk=call.pk).outcome == "sans_reponse"
    assert suivi.get(f"/suivi/sorties/rappels/{call.pk}/").status_code == 404


def test_the_list_shows_calls_exits_and_counts(suivi, call, entreprise):
    agreed(call)
    SortieFactory(travailleur__entreprise=entreprise, reason="demission", attestation_on=TODAY)
    shown = text(suivi.get("/suivi/sorties/"))
    assert "Prendre des nouvelles de Éloïse Boisclair" in shown
    assert "2 en 2026" in shown
    assert "Départ à sa demande 1" in shown
    assert "3 mois 1 0 0 0 0" in shown
    assert suivi.get("/suivi/sorties/?annee=abc").context["year"] == 2026


def test_a_year_with_sixty_exits_costs_as_many_queries_as_two(suivi, entreprise):
    """What the rail and the header ask on every page is part of the count."""
    found = []
    for number in (2, 58):
        for _ in range(number):
            row = SuiviSortieFactory(sortie__travailleur__entreprise=entreprise, due_on=TODAY)
            agreed(row)
        with CaptureQueriesContext(connection) as seen:
            assert suivi.get("/suivi/sorties/").status_code == 200
        found.append(len(seen))
    assert found[0] == found[1]
    with at_most(found[0] + 40):
        assert suivi.get(url(row.travailleur)).status_code == 200


def test_of_an_assigned_only_enterprise_a_colleague_is_told_nothing(suivi, sam, entreprise):
    row = noted(suivi, sam)
    entreprise.assigned_only = True
    entreprise.save()
    assert suivi.get(url(sam)).status_code == 404
    assert suivi.get(f"/suivi/sorties/{row.pk}/corriger/").status_code == 404
    assert str(sam.name) not in text(suivi.get("/suivi/sorties/"))


def test_once_the_exit_is_noted_nothing_is_due_and_the_header_says_when_she_left(suivi, sam):
    late = text(suivi.get(f"/suivi/travailleurs/{sam.pk}/"))
    assert "Entretien en retard" in late or "Entretien au plus tard" in late
    noted(suivi, sam)
    for tab in ("", "entretiens/", "sortie/"):
        head = text(suivi.get(f"/suivi/travailleurs/{sam.pk}/{tab}"))
        assert "Sortie le 20/11/2026" in head
        assert "Entretien en retard" not in head
        assert "Entretien au plus tard" not in head
    today = text(suivi.get("/suivi/"))
    assert "Planifier l’entretien individuel de" not in today
    assert "Dû au plus tard" not in text(suivi.get(f"/agenda/travailleurs/{sam.pk}/"))


def test_an_exit_to_come_or_taken_back_leaves_the_clock_running(suivi, sam):
    noted(suivi, sam, left_on="30/12/2026")
    assert "Sortie le" not in text(suivi.get(f"/suivi/travailleurs/{sam.pk}/entretiens/"))
    suivi.post(f"/suivi/sorties/{Sortie.objects.get().pk}/rouvrir/", {"reason": "Contrat prolongé."})
    head = text(suivi.get(f"/suivi/travailleurs/{sam.pk}/entretiens/"))
    assert "Entretien en retard" in head or "Entretien au plus tard" in head


def test_a_person_who_came_back_is_followed_anew(suivi, sam):
    noted(suivi, sam, left_on="01/10/2026")
    EngagementFactory(travailleur=sam, starts_on=dt.date(2026, 11, 2), ends_on=None)
    assert "Sortie le" not in text(suivi.get(f"/suivi/travailleurs/{sam.pk}/entretiens/"))


def test_both_clocks_close_on_the_day_noted_and_she_leaves_the_lists(suivi, sam, entreprise):
    noted(suivi, sam)
    assert sam.pk not in horloges(entreprise.pk, as_of=TODAY)
    clocks = horloges(entreprise.pk, [sam.pk], as_of=TODAY)[sam.pk].value
    assert (clocks.individuel.situation, clocks.collectif.situation) == ("clos", "clos")
    day_before = horloges(entreprise.pk, [sam.pk], as_of=dt.date(2026, 11, 19))[sam.pk].value
    assert day_before.individuel.situation != "clos"
