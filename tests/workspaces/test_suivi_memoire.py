"""What *Aujourd'hui* keeps in memory is nobody else's, and is never older than the last write."""

import datetime as dt
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from clefdevoute.records.agenda.actions.rendez_vous import enregistrer_tenu
from clefdevoute.records.echeances import aujourdhui
from clefdevoute.records.echeances.lignes import Portee
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import User
from clefdevoute.records.suivi.models import Bilan, SuiviPar
from clefdevoute.workspaces.accompagnateur import jour
from clefdevoute.workspaces.accompagnateur.listes import rangees
from tests.records.echeances_gestes import MONDAY, days
from tests.records.factories import (
    AccompagnateurFactory,
    AffectationFactory,
    EntrepriseInsertionFactory,
    UserFactory,
    actor,
)
from tests.records.factories_bilan import BilanFactory
from tests.records.factories_dossier import ObjectifFactory
from tests.records.factories_entretiens import ASavoirFactory, BrouillonFactory
from tests.records.lundi import lundi, personne
from tests.workspaces.conftest import at_most, on_day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("counted")]
URL, EQUIPE = "/suivi/", "/suivi/?qui=equipe"


@pytest.fixture
def monday(sign_in, entreprise, settings):
    """Sign Hélène in on her Monday, memory on as in an installation; nothing of it reaches another test."""
    settings.MEMOIRE = True
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    client.helene, client.people = lundi(entreprise, User.objects.get(pk=client.session["_auth_user_id"]))
    with on_day(MONDAY.isoformat()):
        yield client
    for kept in (jour._DESSINS, aujourdhui._LIGNES):
        kept._kept.clear()


def page_of(client, url=URL):
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def lines(client, url=URL):
    return [" ".join(one.get_text(" ").split()) for one in page_of(client, url).select(".cv-row__what")]


def told(entreprise):
    """Tell the journal of what a factory wrote."""
    journal.append(event="essai.ecrit", by=None, entreprise_id=entreprise.pk, now=timezone.now())


def test_what_is_drawn_from_memory_is_what_is_drawn_without(monday, settings):
    first, second = page_of(monday), page_of(monday)
    settings.MEMOIRE = False
    third = page_of(monday)
    assert first.main.prettify() == second.main.prettify() == third.main.prettify()
    assert first.select_one("#rail").prettify() == third.select_one("#rail").prettify()


def test_a_second_look_asks_the_database_nothing_about_anybody(monday, entreprise):
    page_of(monday)
    with at_most(14):
        monday.get(URL)
    with at_most(14):
        monday.get(URL)


def test_a_write_by_a_colleague_shows_at_once(monday, entreprise):
    before = lines(monday)
    assert any("Samira Boisclair" in line for line in before)
    colleague = actor(Role.ACCOMPAGNATEUR, entreprise)
    enregistrer_tenu(
        travailleur=monday.people["samira"],
        accompagnateur=AccompagnateurFactory(entreprise=entreprise),
        starts_at=dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC),
        by=colleague,
        now=dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC),
    )
    assert not any("Planifier l’entretien individuel de Samira" in line for line in lines(monday))
    assert len(lines(monday)) < len(before)


def test_the_rail_of_every_page_counts_anew_after_a_write(monday, entreprise):
    def count():
        link = page_of(monday, "/suivi/registre/").select_one(".cv-nav a[href='/suivi/'] .cv-nav__n")
        return int(link.text)

    before = count()
    personne(monday.helene, "Nouvelle", "Venue", met="2026-04-01 10:00")
    assert count() == before, "une ligne sans trace au journal ne fait pas recompter"
    told(entreprise)
    assert count() == before + 1 == len(lines(monday))


def test_another_day_shows_another_page(monday):
    monday_lines = lines(monday)
    with on_day(days(60).isoformat()):
        assert lines(monday) != monday_lines
    assert lines(monday) == monday_lines


def test_a_draft_shows_at_once_though_the_journal_is_not_told(monday):
    before = lines(monday)
    draft = BrouillonFactory(travailleur=monday.people["kofi"], author=monday.helene.user, saved_at=timezone.now())
    drawn = lines(monday)
    assert any("Terminer l’entretien avec Kofi Adelard" in line for line in drawn)
    assert len(drawn) == len(before) + 1
    assert page_of(monday).select_one(".cv-nav a[href='/suivi/'] .cv-nav__n").text == str(len(drawn))
    draft.delete()
    assert lines(monday) == before


def test_a_draft_finished_goes_at_once(monday, entreprise):
    draft = BrouillonFactory(travailleur=monday.people["kofi"], author=monday.helene.user, saved_at=timezone.now())
    assert sum("Terminer l’entretien avec Kofi Adelard" in line for line in lines(monday)) == 1
    draft.delete()
    assert not any("Terminer" in line for line in lines(monday))


def test_a_bilan_typed_further_shows_its_new_day_at_once(monday):
    """The words of a bilan are saved at each pause, as a draft's: the journal is not told."""
    draft = BilanFactory(travailleur=monday.people["kofi"], brouillon=True, held_on=MONDAY)
    assert any("Brouillon du 23/11/2026" in line for line in lines(monday))
    Bilan.objects.filter(pk=draft.pk).update(held_on=days(-1))
    assert any("Brouillon du 22/11/2026" in line for line in lines(monday))


def test_each_page_of_a_band_is_its_own(monday, entreprise):
    for _ in range(25):
        ObjectifFactory(travailleur=monday.people["kofi"], opened_on=dt.date(2026, 6, 1), review_on=MONDAY)
    told(entreprise)
    first = lines(monday)
    assert lines(monday, f"{URL}?cette_semaine=2") != first == lines(monday)


def test_a_colleague_never_gets_the_page_kept_for_another(monday, entreprise):
    """Her own persons, her own drafts: the key is hers."""
    BrouillonFactory(travailleur=monday.people["kofi"], author=monday.helene.user, saved_at=timezone.now())
    assert any("Kofi" in line for line in lines(monday))
    other = AffectationFactory(role="accompagnateur", entreprise=entreprise, user=UserFactory())
    AccompagnateurFactory(entreprise=entreprise, user=other.user)
    told(entreprise)
    lines(monday)
    lines(monday, EQUIPE)
    monday.force_login(other.user)
    assert not any("Samira" in line or "Kofi" in line for line in lines(monday)), "elle ne suit personne"
    team = lines(monday, EQUIPE)
    assert any("Samira" in line for line in team)
    assert not any("Terminer l’entretien" in line for line in team), "le brouillon est à son auteur"


def test_assigned_only_holds_in_memory(monday, entreprise):
    assert any("Samira" in line for line in lines(monday, EQUIPE))
    entreprise.assigned_only = True
    entreprise.save()
    SuiviPar.objects.filter(travailleur=monday.people["samira"]).update(
        accompagnateur=AccompagnateurFactory(entreprise=entreprise, user=UserFactory())
    )
    told(entreprise)
    assert not any("Samira" in line for line in lines(monday, EQUIPE))


def test_a_session_read_before_the_wall_went_up_leaves_nothing_behind(monday, entreprise):
    """The wall goes up between the reading of the session and that of the lines: what it keeps stays its own."""
    open_to_all = actor(Role.ACCOMPAGNATEUR, entreprise, user=monday.helene.user, on=MONDAY)
    assert any("Samira" in line for line in lines(monday, EQUIPE))
    SuiviPar.objects.filter(travailleur=monday.people["samira"]).update(
        accompagnateur=AccompagnateurFactory(entreprise=entreprise, user=UserFactory())
    )
    entreprise.assigned_only = True
    entreprise.save()
    told(entreprise)
    late = Portee.of(replace(open_to_all, narrow=False), as_of=MONDAY)
    assert any("Samira" in line.who for line in aujourdhui.gardees(late, []).toutes())
    now = Portee.of(replace(open_to_all, narrow=True), as_of=MONDAY)
    assert not any("Samira" in line.who for line in aujourdhui.gardees(now, []).toutes())
    assert not any("Samira" in line for line in lines(monday, EQUIPE))
    assert not any("Boisclair" in row.text for row in page_of(monday, "/suivi/travailleurs/").select("tbody tr"))


def test_the_list_of_workers_is_counted_and_shown_anew(monday, entreprise):
    url = "/suivi/travailleurs/"

    def shown(address=url):
        return [row.th.get_text(" ", strip=True) for row in page_of(monday, address).select("tbody tr")]

    before = shown()
    assert shown() == before
    ASavoirFactory(travailleur=monday.people["kofi"], text="Préfère être appelé après 16 h.")
    assert any("Préfère être appelé" in name for name in shown()), "la ligne épinglée n’est jamais gardée"
    personne(monday.helene, "Aaronson", "Venue")
    told(entreprise)
    assert len(shown()) == len(before) + 1
    assert page_of(monday, url).select_one(f".cv-nav a[href='{url}'] .cv-nav__n").text == str(len(before) + 1)
    assert len(shown(f"{url}?q=aaronson")) == 1


def test_no_sealed_word_is_kept_in_memory(monday):
    """The pinned line is sealed in the base: what is kept for the next look does not hold it."""
    ASavoirFactory(travailleur=monday.people["kofi"], text="Mot scellé de Kofi.")
    assert "Mot scellé de Kofi." in page_of(monday, "/suivi/travailleurs/").text
    for _, (_, kept) in rangees._RANGEES._kept.items():
        assert not any(row.savoir for row in kept)


def test_another_enterprise_of_the_same_user_has_its_own(monday):
    assert lines(monday)
    elsewhere = EntrepriseInsertionFactory()
    held = AffectationFactory(role="accompagnateur", entreprise=elsewhere, user=monday.helene.user)
    lundi_here = lines(monday, EQUIPE)
    session = monday.session
    session["affectation"] = str(held.pk)
    session.save()
    assert lines(monday, EQUIPE) == []
    assert lundi_here


def test_opening_a_dossier_leaves_the_memory_standing(monday, entreprise):
    lines(monday)
    before = journal.ecrit(entreprise.pk)
    assert monday.get(f"/suivi/travailleurs/{monday.people['kofi'].pk}/").status_code == 200
    assert journal.ecrit(entreprise.pk) == before
    events = journal.AuditEvent.objects.filter(entreprise_id=entreprise.pk, event="suivi.dossier_ouvert")
    assert events.count() == 1
