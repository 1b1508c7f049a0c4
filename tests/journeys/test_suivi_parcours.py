"""The three paths in Chromium, each ending in its evidence: by keyboard, without a script, at 320 and 1440 px."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from clefdevoute.records.parcours.facts import preuves_parcours
from clefdevoute.records.reseau.models import Partenaire
from tests.records import factories as make
from tests.records import factories_parcours as p

from .conftest import dress

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person():
    row = make.TravailleurFactory(name="Boisclair", first_name="Samira")
    end = timezone.localdate() + dt.timedelta(days=60)
    make.EngagementFactory(travailleur=row, ends_on=end, contract_kind="cdd")
    for kind, name in (("formation", "Centre Textile"), ("entreprise", "Confection Meuse"), ("validation", "Centre V")):
        Partenaire.objects.create(entreprise=row.entreprise, kind=kind, name=name)
    return row


def signed_in(page: Page, live_server, person) -> Page:
    client = Client()
    client.force_login(make.AffectationFactory(role="accompagnateur", entreprise=person.entreprise).user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def open_screen(page: Page, live_server, person, part: str) -> None:
    page.goto(f"{live_server.url}/suivi/travailleurs/{person.pk}/{part}/")


def go(page: Page, verb: str) -> None:
    page.get_by_role("link", name=verb).first.click()


def fill(page: Page, fields: dict[str, str]) -> None:
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)


def send(page: Page, verb: str, said: str) -> None:
    page.get_by_role("button", name=verb, exact=True).press("Enter")
    expect(page.get_by_text(said)).to_be_visible()


def proved(person, task: int) -> int:
    found = preuves_parcours(person.entreprise_id, [person.pk], start=dt.date(2020, 1, 1), end=timezone.localdate())
    return len([one for one in found.get(person.pk, []) if one[0] == task])


def days_ago(days: int) -> str:
    return f"{timezone.localdate() - dt.timedelta(days=days):%d/%m/%Y}"


def test_a_training_plan_by_keyboard_ends_in_its_evidence(page: Page, live_server, person):
    signed_in(page, live_server, person)
    open_screen(page, live_server, person, "formation")
    go(page, "Ouvrir un plan")
    fill(page, {"Besoin de formation": "Lire un plan de coupe", "Noté le": days_ago(60)})
    send(page, "Ouvrir le plan", "Plan ouvert.")
    go(page, "Demander l’expertise")
    fill(page, {"Demandée le": days_ago(50), "Référence de la convention Forem": "FOREM/2026/7"})
    send(page, "Noter la demande", "Demande notée.")
    go(page, "Noter la réponse")
    fill(page, {"Reçue le": days_ago(40)})
    page.get_by_label("D’accord avec le plan").check()
    send(page, "Noter la réponse", "Réponse notée.")
    go(page, "Ajouter un module")
    fill(page, {"Intitulé": "Patronage", "Premier jour": days_ago(30), "Heures prévues": "24"})
    page.get_by_label("Opérateur").select_option(label="Centre Textile")
    send(page, "Ajouter le module", "Module ajouté.")
    page.get_by_role("link", name="Noter : les heures, Patronage").click()
    fill(page, {"Jour": days_ago(20), "Heures suivies": "4,5"})
    send(page, "Noter les heures", "4,5 heures suivies sur 24 prévues")
    go(page, "Évaluer le plan")
    page.get_by_label("Le besoin est rencontré").check()
    send(page, "Évaluer et clore le plan", "Plan évalué et clos.")
    assert proved(person, 4) == 5


def test_a_jobcoaching_without_a_script_ends_in_its_evidence(no_js_page: Page, live_server, person):
    page = signed_in(no_js_page, live_server, person)
    open_screen(page, live_server, person, "fin-de-contrat")
    go(page, "Ouvrir un jobcoaching")
    fill(page, {"Souhait, dans les mots de la personne": "Coudre en atelier", "Ouvert le": days_ago(30)})
    page.get_by_label("Entreprise visée").select_option(label="Confection Meuse")
    send(page, "Ouvrir le jobcoaching", "Jobcoaching ouvert.")
    go(page, "Ajouter une étape")
    page.get_by_label("Essai ou stage").check()
    fill(page, {"Le": days_ago(20), "Dernier jour de l’essai": days_ago(10)})
    page.get_by_label("Par la personne seule").check()
    send(page, "Ajouter l’étape", "Étape ajoutée.")
    page.get_by_role("link", name="Noter l’issue : Essai").click()
    page.get_by_label("Positif").check()
    send(page, "Noter l’issue", "Issue notée.")
    page.get_by_role("link", name="Noter l’issue", exact=True).click()
    page.get_by_label("Engagement à durée indéterminée").check()
    send(page, "Clore le jobcoaching", "Jobcoaching clos, avec son issue.")
    assert proved(person, 5) == 3


def test_a_title_is_won_and_every_screen_fits(page: Page, live_server, person, axe: Callable, no_overflow: Callable):
    signed_in(page, live_server, person)
    p.CompetenceEvalueeFactory(travailleur=person)
    open_screen(page, live_server, person, "validation")
    go(page, "Noter l’information donnée")
    fill(page, {"Personne informée le": days_ago(60), "Métier": "couturier"})
    page.get_by_role("button", name="Noter l’information").press("Enter")
    page.get_by_label("Garder mes mots").check()
    send(page, "Noter l’information", "Information notée")
    go(page, "Noter la réponse")
    page.get_by_label("Intéressé", exact=True).check()
    fill(page, {"Elle répond le": days_ago(50)})
    send(page, "Noter la réponse", "Réponse notée.")
    go(page, "Noter l’inscription")
    fill(page, {"Inscrit le": days_ago(40)})
    page.get_by_role("button", name="Noter l’inscription").press("Enter")
    page.get_by_label("Garder mes mots").check()
    send(page, "Noter l’inscription", "Inscription notée.")
    go(page, "Noter la guidance")
    fill(page, {"Entretien de guidance le": days_ago(30)})
    send(page, "Noter la guidance", "Guidance notée.")
    go(page, "Fixer l’épreuve")
    fill(page, {"Épreuve le": days_ago(5)})
    send(page, "Fixer l’épreuve", "Épreuve fixée")
    for part in ("formation", "emploi", "validation", "competences"):
        for width, scheme in ((320, "dark"), (1440, "light")):
            dress(page, width, scheme)
            open_screen(page, live_server, person, part)
            no_overflow(page)
            axe(page)
    dress(page, 320)
    for part in ("fin-de-contrat", "validation/feuille", "sans-objet/4", "formation/nouveau", "emploi/nouveau"):
        open_screen(page, live_server, person, part)
        no_overflow(page)
    open_screen(page, live_server, person, "validation")
    go(page, "Noter le résultat")
    page.get_by_label("Titre obtenu").check()
    fill(page, {"Titre de compétence": "Piquage industriel"})
    send(page, "Noter le résultat", "Résultat noté.")
    assert proved(person, 6) == 6
