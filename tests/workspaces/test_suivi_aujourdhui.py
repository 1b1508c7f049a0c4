"""*Aujourd'hui*: three bands, one verb and one button a line, one full button, numbers that equal their lists."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import get_resolver

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import User
from clefdevoute.records.suivi.models import SuiviPar
from clefdevoute.workspaces.accompagnateur import jour
from tests.records.echeances_gestes import MONDAY
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory, UserFactory
from tests.records.factories_agenda import RendezVousFactory, at
from tests.records.factories_dossier import ObjectifFactory
from tests.records.lundi import lundi, personne
from tests.repository.tree import SOURCE
from tests.workspaces.conftest import at_most, on_day
from tests.workspaces.test_url_matrix import names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]
URL = "/suivi/"


@pytest.fixture
def monday(sign_in, entreprise):
    """Sign Hélène in on her Monday."""
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    client.helene, client.people = lundi(entreprise, User.objects.get(pk=client.session["_auth_user_id"]))
    with on_day(MONDAY.isoformat()):
        yield client


def page_of(client, url=URL):
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").replace("\u00a0", " ").split())


def bands(page):
    """Read each band as (title, number said, lines)."""
    found = {}
    for section in page.select("section.cv-section")[:3]:
        title = words(section.select_one("h2"))
        said = words(section.select_one(".cv-section__head p")) if section.select_one(".cv-section__head p") else ""
        found[title] = (said, [words(line) for line in section.select(".cv-rows > li")])
    return found


def sentences(page):
    """Read each line without its second sentence and its button."""
    for meta in page.select(".cv-row__what .cv-meta"):
        meta.extract()
    lines = page.select(".cv-rows > li")
    return [f"{words(line.select_one('.cv-badge'))} : {words(line.select_one('.cv-row__what'))}" for line in lines]


def test_the_monday_reads_as_drawn(monday):
    page = page_of(monday)
    assert words(page.select_one(".cv-head__lede")) == "Lundi 23 novembre 2026. 9 choses à faire, dont 3 en retard."
    assert [said for said, _ in bands(page).values()] == [
        "3 lignes",
        "3 lignes, jusqu’au 29/11",
        "3 lignes, jusqu’au 23/12",
    ]
    assert sentences(page) == [
        "En retard de 26 jours : Planifier l’entretien individuel de Samira Boisclair",
        "En retard de 4 jours : Dire si le rendez-vous du 19/11 avec Ibrahim Solane a eu lieu",
        "Échu depuis 3 jours : Planifier une séance collective pour 2 travailleurs",
        "Aujourd’hui, 14:00 : Mener l’entretien de suivi avec Mireille Hauterive",
        "Mardi 24/11 : Faire la démarche de formation promise à Daniel Petitpré",
        "Vendredi 27/11 : Recueillir la réponse de Pavel Orsini pour le Forem",
        "1 er décembre : Revoir l’objectif à moyen terme de Kofi Adelard",
        "8 décembre : Préparer la fin de contrat de Daniel Petitpré",
        "8 décembre : Planifier l’entretien individuel de Nadège Ferrant",
    ]


def test_every_number_equals_the_list_that_it_opens(monday):
    page = page_of(monday)
    found = bands(page)
    for said, lines in found.values():
        assert said.startswith(f"{len(lines)} ligne")
    total = sum(len(lines) for _, lines in found.values())
    rail = page.select_one(".cv-nav a[aria-current=page] .cv-nav__n")
    assert int(rail.get_text()) == total


def test_one_full_button_on_the_first_line_and_one_button_a_line(monday):
    page = page_of(monday)
    lines = page.select(".cv-rows > li")
    assert all(len(line.select("a.cv-btn, button")) <= 1 for line in lines)
    full = page.select("main .cv-btn--primary")
    assert len(full) == 1
    assert full[0] in lines[0].select("a")


def test_the_line_goes_when_the_thing_is_done(monday):
    before = sum(len(lines) for _, lines in bands(page_of(monday)).values())
    RendezVousFactory(
        travailleur=monday.people["samira"],
        accompagnateur=monday.helene,
        starts_at=at("2026-11-23 08:00"),
        realise=True,
    )
    after = bands(page_of(monday))
    assert "Samira" not in str(after)
    assert sum(len(lines) for _, lines in after.values()) == before - 1


def test_the_guarantee_counts_persons_and_explains_its_dates(monday):
    page = page_of(monday)
    section = words(page.select_one("#h-garantie").find_parent("section"))
    assert "9 travailleurs sur 10 sont à jour de leur entretien individuel. Il manque Samira Boisclair." in section
    assert "Pourquoi ces dates ?" in section
    assert "Entretien individuel : en retard de 26 jours" in section


def test_the_team_sees_more_than_mine(monday, entreprise):
    other = personne(monday.helene, "Autre", "Quelqu’un", met="2026-04-01 10:00")
    SuiviPar.objects.filter(travailleur=other).update(accompagnateur=make_colleague(entreprise))
    assert "Autre" not in words(page_of(monday))
    team = page_of(monday, f"{URL}?qui=equipe")
    assert "Quelqu’un Autre" in words(team)
    rail = int(team.select_one(".cv-nav a[aria-current=page] .cv-nav__n").get_text())
    assert rail == sum(len(lines) for _, lines in bands(page_of(monday)).values()), "the rail opens one's own list"


def make_colleague(entreprise):
    return AccompagnateurFactory(entreprise=entreprise, user=UserFactory())


def test_a_band_of_more_than_twenty_lines_has_pages(monday):
    for _ in range(25):
        ObjectifFactory(travailleur=monday.people["kofi"], opened_on=dt.date(2026, 6, 1), review_on=MONDAY)
    page = page_of(monday)
    week = page.select("section.cv-section")[1]
    assert words(week.select_one(".cv-section__head p")).startswith("28 lignes")
    assert len(week.select(".cv-rows > li")) == 20
    [link] = [one for one in week.select(".cv-pages a") if words(one) == "2"]
    assert link["href"] == "?cette_semaine=2#h-cette_semaine"
    second = page_of(monday, f"{URL}{link['href']}")
    assert len(second.select("section.cv-section")[1].select(".cv-rows > li")) == 8
    assert len(second.select("section.cv-section")[0].select(".cv-rows > li")) == 3, "the other bands stay"
    assert not second.select("main .cv-btn--primary") or second.select(".cv-rows > li")[0].select(".cv-btn--primary")


def test_nothing_to_do_is_said(sign_in, entreprise):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    with on_day(MONDAY.isoformat()):
        page = page_of(client)
    assert words(page.select_one(".cv-head__lede")) == "Lundi 23 novembre 2026. Rien à faire d’ici au 23 décembre."
    assert "Rien n’est en retard." in words(page)
    assert "le gestionnaire inscrit les travailleurs" in words(page)


def test_the_questions_stay_few_for_three_hundred_persons(sign_in, entreprise):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    for _ in range(60):
        one = TravailleurFactory(entreprise=entreprise)
        EngagementFactory(travailleur=one)
    with on_day(MONDAY.isoformat()):
        client.get(URL)
        with at_most(60):
            client.get(URL)


def test_another_enterprise_is_never_in_it(monday, sign_in):
    other = TravailleurFactory(name="Voisin")
    EngagementFactory(travailleur=other)
    assert "Voisin" not in page_of(monday, f"{URL}?qui=equipe").get_text()


def test_assigned_only_keeps_a_colleagues_persons_out(monday, entreprise):
    entreprise.assigned_only = True
    entreprise.save()
    hidden = personne(monday.helene, "Cachée", "Personne", met="2026-04-01 10:00")
    SuiviPar.objects.filter(travailleur=hidden).update(accompagnateur=make_colleague(entreprise))
    page = page_of(monday, f"{URL}?qui=equipe")
    assert "Cachée" not in page.get_text()
    assert "Samira Boisclair" in words(page)


@pytest.mark.parametrize(
    ("due", "said"),
    [(-1, "En retard de 1 jour"), (0, "Aujourd’hui"), (1, "Mardi 24/11"), (8, "1er décembre"), (29, "22 décembre")],
)
def test_a_due_date_in_words(monday, due, said):
    row = ObjectifFactory(travailleur=monday.people["kofi"], opened_on=dt.date(2026, 6, 1), review_on=MONDAY)
    line = jour.Ligne(
        genre="objectif", source="x", due_on=MONDAY + dt.timedelta(days=due), subject_id=row.pk, before="", act="",
        url_name="x",
    )  # fmt: skip
    assert jour.marque(line, MONDAY)[1].replace("\u00a0", " ") == said


def named_addresses():
    """Read every address that a source of lines names."""
    for path in sorted((SOURCE / "records" / "echeances" / "sources").glob("*.py")):
        yield from re.findall(r"""["']((?:accompagnateur|agenda):[a-z_]+)["']""", path.read_text(encoding="utf-8"))


def test_every_line_leads_somewhere():
    known = set(names(get_resolver().url_patterns))
    assert sorted(set(named_addresses()) - known) == []
    assert len(set(named_addresses())) > 10
