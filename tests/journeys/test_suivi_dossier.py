"""A dossier in Chromium: read at every width, kept by keyboard and without a script, until it proves its task."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from clefdevoute.records.suivi.facts import completude, preuves_dossier
from clefdevoute.records.suivi.models import Demarche, Objectif
from tests.records.factories import AffectationFactory, EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import EmpechementFactory
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory, SyntheseFactory
from tests.records.factories_suivi import SuiviParFactory

from .conftest import dress, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BORN = dt.date(1994, 9, 4)


@pytest.fixture
def samira():
    """A person with a plan, a homonym, an impediment and a synthesis."""
    row = TravailleurFactory(name="Boisclair", first_name="Samira", birth_date=BORN, sex="f", phone="0470 12 34 56")
    EngagementFactory(travailleur=row, starts_on=dt.date(2026, 1, 12), site="Couture")
    SuiviParFactory(travailleur=row)
    goal = ObjectifFactory(travailleur=row, wish="Reprendre le cours du mardi")
    DemarcheFactory(travailleur=row, objectif=goal, promised_for=dt.date(2026, 2, 1))
    ObjectifFactory(travailleur=row, title="Apprendre à lire un plan", abandonne=True)
    DemarcheFactory(travailleur=row, text="Dossier ONE envoyé", faite=True)
    EmpechementFactory(travailleur=row, returns_on=None)
    SyntheseFactory(travailleur=row)
    return row


def signed_in(page: Page, live_server, person) -> Page:
    held = AffectationFactory(role="accompagnateur", entreprise=person.entreprise)
    client = Client()
    client.force_login(held.user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    page: Page, live_server, samira, axe: Callable, no_overflow: Callable, small_targets: Callable, capture: Callable
):
    TravailleurFactory(entreprise=samira.entreprise, name="Boisclair", first_name="Samira", birth_date=BORN)
    signed_in(page, live_server, samira)
    dossier = f"/suivi/travailleurs/{samira.pk}/"
    goal = Objectif.objects.get(status="en_cours")
    paths = {
        "vue": dossier,
        "ajouter": f"{dossier}ajouter/",
        "objectif": f"{dossier}objectifs/{goal.pk}/",
        "demarche": f"{dossier}demarches/nouvelle/",
        "synthese": f"{dossier}synthese/",
        "signaletique": f"{dossier}signaletique/",
        "empechements": f"{dossier}empechements/",
        "acces": f"{dossier}acces/",
        "chercher": "/suivi/chercher/?q=creche",
    }
    for name, path in paths.items():
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            page.goto(f"{live_server.url}{path}")
            no_overflow(page)
            axe(page)
            capture(page, f"dossier-{name}-{width}-{scheme}")
        assert small_targets(page) == [], name
    page.goto(f"{live_server.url}{dossier}")
    page.emulate_media(media="print")
    expect(page.get_by_text("Établi le")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("heading", name="Obtenir une place en crèche", exact=True)).to_be_visible()
    capture(page, "dossier-papier")


def test_a_plan_is_kept_with_the_keyboard_until_the_file_proves_it(page: Page, live_server, samira):
    signed_in(page, live_server, samira).goto(f"{live_server.url}/suivi/travailleurs/{samira.pk}/")
    tab_to(page, "Ajouter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Une démarche", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Nouvel objectif").focus()
    page.keyboard.type("Conduire un chariot")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Conduire un chariot", exact=True)).to_be_visible()
    page.get_by_label("Nouvelle démarche").fill("Texte pas encore envoyé")
    page.get_by_label("Statut de « Conduire un chariot »").select_option("en_cours")

    page.get_by_label("Statut de « Conduire un chariot »").select_option("abandonne")
    expect(page.get_by_text("porte son motif")).to_be_visible()  # the second choice wins, however quick it follows
    expect(page.get_by_label("Nouvelle démarche")).to_have_value("Texte pas encore envoyé")
    expect(page.get_by_text("Enregistré à")).to_be_visible()
    page.get_by_label("Motif de l’abandon").select_option("remplace")
    expect(page.get_by_text("Remplacé par un autre").first).to_be_attached()
    page.get_by_label("Visiter la crèche de Hautpont").check()
    expect(page.get_by_label("Statut de « Conduire un chariot »")).not_to_be_visible()
    page.goto(f"{live_server.url}/suivi/travailleurs/{samira.pk}/synthese/")
    page.get_by_role("button", name="Confirmer : j’ai relu").press("Enter")
    expect(page.get_by_text("À jour et confirmée")).to_be_visible()
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1, "a page of nothing before it, or after"
    today = timezone.localdate()
    assert completude(samira.entreprise_id, [samira.pk], as_of=today)[samira.pk].value.parties[2].complete
    proofs = preuves_dossier(samira.entreprise_id, [samira.pk], start=today, end=today)[samira.pk]
    assert {(task, kind) for task, _, kind, _ in proofs} >= {
        (3, "suivi.historiqueobjectif"),
        (7, "suivi.synthese"),
    }
    assert not Demarche.objects.filter(done_on__isnull=True).exists()


def test_without_a_script_statuses_and_the_timeline_work(no_js_page: Page, live_server, samira):
    page = signed_in(no_js_page, live_server, samira)
    page.goto(f"{live_server.url}/suivi/travailleurs/{samira.pk}/")
    page.get_by_label("Statut de « Obtenir une place en crèche »").select_option("realise")
    page.get_by_label("Visiter la crèche de Hautpont").check()
    page.get_by_role("button", name="Enregistrer les statuts").click()
    expect(page.get_by_text("Objectif atteint : Obtenir une place en crèche")).to_be_visible()
    page.get_by_role("navigation", name="Filtrer la frise").get_by_role("link", name="Démarches").click()
    expect(page.get_by_role("heading", name="Démarche : Dossier ONE envoyé")).to_be_visible()
    expect(page.get_by_role("heading", name="Objectif atteint")).to_have_count(0)
    page.get_by_role("group").filter(has_text="Ajouter").first.click()
    expect(page.get_by_role("link", name="Un empêchement motivé")).to_be_visible()
