"""The register and the matrix on screen: dates, states in words, the pieces behind each cell; nothing of others."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.suivi.actions.objectifs import change_objectif
from tests.records import factories_reseau
from tests.records.factories import AccompagnateurFactory, AgrementFactory, EngagementFactory, TravailleurFactory, actor
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.records.factories_dossier import ObjectifFactory
from tests.records.factories_sorties import PartPriseFactory
from tests.workspaces.conftest import at_most, on_day

TODAY = "2026-11-23"


@pytest.fixture
def accompagnateur(sign_in, entreprise):
    """Give the browser of an accompagnateur of the enterprise."""
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def nadia(entreprise):
    """An agrément year from 15 March, and who accompanies since 2024."""
    AgrementFactory(entreprise=entreprise)
    return AccompagnateurFactory(entreprise=entreprise)


def person(entreprise, name="Georis", **fields):
    one = TravailleurFactory(entreprise=entreprise, name=name)
    EngagementFactory(travailleur=one, **fields)
    return one


def page(client, url):
    with on_day(TODAY):
        return client.get(url)


def test_the_register_shows_the_half_year_of_the_agrement(accompagnateur, entreprise, nadia):
    one = person(entreprise)
    for moment in ("2026-03-02 10:00", "2026-09-22 10:00"):
        RendezVousFactory(travailleur=one, accompagnateur=nadia, starts_at=at(moment), realise=True)
    text = page(accompagnateur, "/suivi/registre/").content.decode().replace("\u00a0", " ")
    assert "15 septembre 2026 au 14 mars 2027" in text
    assert "22/09/2026" in text
    assert "20 jours de retard" in text
    assert "02/03/2026" in text
    first = page(accompagnateur, "/suivi/registre/?annee=2026-03-15&semestre=1").content.decode()
    assert "En retard de 12 jours" in first.replace("&nbsp;", " ")


def test_without_agrement_the_register_goes_by_civil_years(accompagnateur, entreprise):
    person(entreprise)
    text = page(accompagnateur, "/suivi/registre/").content.decode()
    assert "Année civile" in text
    assert 'value="2026-01-01" selected' in text
    assert "Dès le 01/07/2026" in text


@pytest.mark.parametrize("query", ["?annee=abc&semestre=9", "?annee=2019-01-01", "?page=99", "?semestre=2&annee="])
def test_a_wrong_choice_shows_the_present(accompagnateur, nadia, query):
    assert page(accompagnateur, f"/suivi/registre/{query}").status_code == 200
    assert page(accompagnateur, f"/suivi/obligations/{query}").status_code == 200


def test_a_half_year_to_come_says_so(accompagnateur, entreprise, nadia):
    person(entreprise)
    with on_day("2026-05-01"):
        text = accompagnateur.get("/suivi/registre/?annee=2026-03-15&semestre=2").content.decode()
    assert "n’a pas commencé" in text


def test_the_matrix_says_each_state_in_words_and_leads_to_the_pieces(accompagnateur, entreprise, nadia):
    one = person(entreprise)
    art60 = person(entreprise, "Mbaye", statut="", art60=True, contract_kind="mise_a_disposition")
    seance = SeanceFactory(accompagnateur=nadia, starts_at=at("2026-09-17 13:00"), tenue=True, is_social_economy=True)
    PresenceFactory(seance=seance, travailleur=one, status="present")
    text = page(accompagnateur, "/suivi/obligations/").content.decode()
    assert "17/09" in text
    assert "Lacune" in text
    assert "À faire" in text
    assert "Sans objet" in text
    detail = page(accompagnateur, f"/suivi/obligations/{one.pk}/").content.decode()
    assert "17/09/2026" in detail
    assert "Présence à une séance" in detail
    gap = page(accompagnateur, f"/suivi/obligations/{art60.pk}/").content.decode()
    assert "Article 60 § 7 sans convention en vigueur" in gap.replace("\u00a0", " ")


def links(text):
    return {one.get("href") for one in BeautifulSoup(text, "html.parser").select("main a")}


def test_each_cell_opens_its_task_for_that_person(accompagnateur, entreprise, nadia):
    one = person(entreprise)
    shown = links(page(accompagnateur, "/suivi/obligations/?annee=2026-03-15").content)
    assert {f"/suivi/obligations/{one.pk}/?annee=2026-03-15#tache-{task}" for task in range(1, 12)} <= shown


def test_each_piece_opens_the_very_row_that_proves(accompagnateur, entreprise, nadia):
    one = person(entreprise)
    moment = at("2026-09-17 13:00")
    seance = SeanceFactory(accompagnateur=nadia, starts_at=moment, tenue=True, is_social_economy=True)
    PresenceFactory(seance=seance, travailleur=one, status="present")
    goal = ObjectifFactory(travailleur=one)
    change_objectif(objectif=goal, title="Une place en crèche", by=actor(Role.ACCOMPAGNATEUR, entreprise), now=moment)
    part = PartPriseFactory(participation__entreprise=entreprise, travailleur=one)
    packet = factories_reseau.TransmissionForemFactory(travailleur=one, made_on=dt.date(2026, 9, 1))
    factories_reseau.SuiteForemFactory(transmission=packet, remise=True, on=dt.date(2026, 9, 2))
    under = factories_reseau.ConventionPersonneFactory(
        travailleur=one, convention__cpas__entreprise=entreprise, convention__signee=True
    )
    shown = links(page(accompagnateur, f"/suivi/obligations/{one.pk}/?annee=2026-03-15").content)
    wanted = {
        f"/suivi/seances/{seance.pk}/",
        f"/suivi/travailleurs/{one.pk}/objectifs/{goal.pk}/",
        f"/suivi/participations/{part.participation_id}/",
        f"/suivi/forem/{packet.pk}/",
        f"/suivi/conventions/{under.convention_id}/",
    }
    assert wanted <= shown
    for address in wanted:
        assert page(accompagnateur, address).status_code == 200, address


def test_a_person_who_is_not_followed_has_no_line(accompagnateur, entreprise, nadia):
    one = person(entreprise, statut="autre")
    assert page(accompagnateur, f"/suivi/obligations/{one.pk}/").status_code == 404


def test_a_dossier_entrusted_to_a_colleague_is_not_told(accompagnateur, entreprise, nadia):
    one = person(entreprise, "Introuvable")
    entreprise.assigned_only = True
    entreprise.save()
    assert page(accompagnateur, f"/suivi/obligations/{one.pk}/").status_code == 404
    for url in ("/suivi/registre/", "/suivi/obligations/"):
        assert "Introuvable" not in page(accompagnateur, url).content.decode()


def test_five_workers_without_agrement_nor_subsidy_have_all_of_it(accompagnateur, entreprise):
    AccompagnateurFactory(entreprise=entreprise)
    people = [person(entreprise, f"Nom{rank}", starts_on=dt.date(2025, 1, 6)) for rank in range(4)]
    people.append(person(entreprise, "Mbaye", statut="", art60=True, contract_kind="mise_a_disposition"))
    shown = page(accompagnateur, "/suivi/obligations/")
    rows = BeautifulSoup(shown.content, "html.parser").select("main tbody tr")
    assert len(rows) == 5
    assert "Lacune" in next(row.get_text() for row in rows if "Mbaye" in row.get_text()), "article 60 sans convention"
    screens = (
        "",
        "formation/",
        "emploi/",
        "validation/",
        "amenagements/",
        "forem/",
        "bilans/",
        "documents/",
        "sortie/",
    )
    addresses = [f"/suivi/travailleurs/{one.pk}/{screen}" for one in people for screen in screens]
    for url in (*addresses, "/suivi/", "/suivi/registre/", "/suivi/conventions/", "/suivi/participations/", "/agenda/"):
        assert page(accompagnateur, url).status_code == 200, url


def test_the_lists_ask_the_same_whatever_the_persons(accompagnateur, entreprise, nadia):
    for rank in range(25):
        person(entreprise, f"Nom{rank:02}", starts_on=dt.date(2025, 1, 6))
    with at_most(80):
        page(accompagnateur, "/suivi/registre/")
    with at_most(120):
        page(accompagnateur, "/suivi/obligations/")
