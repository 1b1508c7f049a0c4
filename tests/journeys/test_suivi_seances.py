"""A séance of twelve in Chromium, from planning to the credited files; an exit with its attestation; a handover."""

import datetime as dt
import io
from collections.abc import Callable

import pypdf
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from clefdevoute.records.agenda import facts
from clefdevoute.records.agenda.models import Presence, Seance
from clefdevoute.records.suivi.models import Releve, Sortie, SuiviPar
from tests.records.factories import (
    AccompagnateurFactory,
    AffectationFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
)
from tests.records.factories_agenda import RendezVousFactory
from tests.records.factories_bilan import ConsentementFactory
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory
from tests.records.factories_sorties import FeuillePresenceFactory, PartPriseFactory, SuiviSortieFactory
from tests.records.factories_suivi import SuiviParFactory

from .conftest import dress, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAMES = (
    ("Adelard", "Kofi"),
    ("Boisclair", "Samira"),
    ("Colinet", "Luc"),
    ("Dogan", "Elif"),
    ("Evrard", "Michel"),
    ("Fontaine", "Aïcha"),
    ("Gilson", "Marc"),
    ("Haddad", "Nour"),
    ("Istasse", "Jean"),
    ("Jaspar", "Rosa"),
    ("Kabongo", "Divine"),
    ("Lejeune", "Pol"),
)


@pytest.fixture
def team():
    """Nadia follows twelve persons hired a year ago, none of whom has met anybody collectively since."""
    entreprise = EntrepriseInsertionFactory(name="Ateliers du Tilleul")
    held = AffectationFactory(role="accompagnateur", entreprise=entreprise, user__name="Nadia Vermeiren")
    nadia = AccompagnateurFactory(entreprise=entreprise, user=held.user, name="Vermeiren", first_name="Nadia")
    hugo = AccompagnateurFactory(entreprise=entreprise, name="Collard", first_name="Hugo")
    persons = [
        EngagementFactory(
            travailleur__entreprise=entreprise,
            travailleur__name=name,
            travailleur__first_name=first,
            site="Namur" if number % 3 else "Dinant",
            starts_on=timezone.localdate() - dt.timedelta(days=340),
        ).travailleur
        for number, (name, first) in enumerate(NAMES)
    ]
    for person in persons:
        SuiviParFactory(travailleur=person, accompagnateur=nadia, starts_on=dt.date(2026, 1, 5))
    return {"entreprise": entreprise, "user": held.user, "nadia": nadia, "hugo": hugo, "persons": persons}


def signed_in(page: Page, live_server, team) -> Page:
    client = Client()
    client.force_login(team["user"])
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def plan(page: Page, live_server) -> None:
    """Plan a séance for this morning with everybody whom the clocks propose."""
    page.goto(f"{live_server.url}/suivi/seances/nouvelle/")
    page.get_by_label("Titre").fill("Comprendre sa fiche de paie")
    page.get_by_label("Principes de l’économie sociale").check()
    page.get_by_label("Jour", exact=True).fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_label("Heure").fill("00:05")
    page.get_by_label("Lieu").fill("Réfectoire")
    page.get_by_role("button", name="Planifier la séance").press("Enter")
    expect(page.get_by_role("heading", name="Comprendre sa fiche de paie", level=1)).to_be_visible()


def test_a_seance_of_twelve_goes_from_planning_to_the_credited_files(page: Page, live_server, team):
    signed_in(page, live_server, team)
    dress(page, 320)
    plan(page, live_server)
    row = Seance.objects.get()
    assert Presence.objects.filter(seance=row).count() == 12
    sheet = page.request.get(f"{live_server.url}/suivi/seances/{row.pk}/feuille.pdf")
    assert "Boisclair Samira" in pypdf.PdfReader(io.BytesIO(sheet.body())).pages[0].extract_text()
    page.get_by_role("group", name="Adelard Kofi").get_by_text("Absent").click()
    page.get_by_role("group", name="Boisclair Samira").get_by_text("Refusé").click()
    page.get_by_role("button", name="Tous les autres présents").or_(
        page.get_by_role("button", name="Tous présents")
    ).click()
    expect(page.get_by_text("Séance créditée dans 10 dossiers.")).to_be_visible()
    clocks = facts.horloges(team["entreprise"].pk, as_of=timezone.localdate())
    late = [str(one) for one in team["persons"] if clocks[one.pk].value.collectif.situation == "en_retard"]
    assert late == ["Adelard Kofi", "Boisclair Samira"]
    page.goto(f"{live_server.url}/suivi/travailleurs/{team['persons'][2].pk}/")
    expect(page.get_by_text("Séance collective : Comprendre sa fiche de paie").first).to_be_visible()


def test_without_a_script_a_seance_is_planned_ticked_and_an_exit_noted(no_js_page: Page, live_server, team):
    page = signed_in(no_js_page, live_server, team)
    plan(page, live_server)
    page.get_by_role("button", name="Tous présents").click()
    expect(page.get_by_text("12 présents sur 12")).to_be_visible()
    leave(page, live_server, team["persons"][0])
    assert Sortie.objects.get().reason == "fin_contrat"


def leave(page: Page, live_server, person) -> None:
    page.goto(f"{live_server.url}/suivi/travailleurs/{person.pk}/sortie/noter/")
    page.get_by_label("Dernier jour dans l’entreprise").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_label("Raison").select_option("fin_contrat")
    page.get_by_label("Destination").select_option("emploi")
    page.get_by_role("button", name="Noter la sortie").click()
    expect(page.get_by_text("Sortie notée.")).to_be_visible()


def test_an_exit_leaves_with_its_attestation_and_its_call(page: Page, live_server, team):
    signed_in(page, live_server, team)
    person = team["persons"][3]
    for day in (30, 90):
        moment = timezone.now() - dt.timedelta(days=day)
        RendezVousFactory(travailleur=person, accompagnateur=team["nadia"], starts_at=moment, realise=True)
    leave(page, live_server, person)
    with page.expect_download() as got:
        page.get_by_role("button", name="Produire l’attestation").click()
    read = pypdf.PdfReader(got.value.path()).pages[0].extract_text()
    assert "2\u00a0entretiens individuels" in read
    page.reload()
    expect(page.get_by_text("Produite le")).to_be_visible()
    left = timezone.localdate() - dt.timedelta(days=95)
    due = SuiviSortieFactory(
        sortie__travailleur=team["persons"][4], sortie__left_on=left, due_on=left + dt.timedelta(days=91)
    )
    ConsentementFactory(travailleur=team["persons"][4], purpose="rappel_sortie", donne=True)
    page.goto(f"{live_server.url}/suivi/sorties/")
    page.get_by_role("link", name="Appeler : Michel Evrard").click()
    page.get_by_label("Oui", exact=True).check()
    page.get_by_role("button", name="Noter l’appel").click()
    expect(page.get_by_text("Réponse notée.")).to_be_visible()
    due.refresh_from_db()
    assert due.employed == "oui"


def test_a_handover_by_keyboard_gives_access_until_its_end(page: Page, live_server, team):
    signed_in(page, live_server, team)
    page.goto(f"{live_server.url}/suivi/releve/nouvelle/")
    page.get_by_label("Collègue", exact=True).select_option(label="Hugo Collard")
    page.get_by_label("Jusqu’au", exact=True).fill(f"{timezone.localdate() + dt.timedelta(days=14):%d/%m/%Y}")
    page.get_by_label("Jusqu’au", exact=True).press("Tab")
    tab_to(page, "Confier les 12 personnes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Fiche de relève", level=1)).to_be_visible()
    assert SuiviPar.objects.filter(kind="releve", accompagnateur=team["hugo"]).count() == 12
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Lejeune Pol")).to_be_visible()
    expect(page.get_by_role("button", name="Ouvrir le dossier").first).to_be_hidden()


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    page: Page, live_server, team, axe: Callable, no_overflow: Callable, small_targets: Callable, capture: Callable
):
    signed_in(page, live_server, team)
    paths = addresses(page, live_server, team)
    for name, path in paths.items():
        page.goto(f"{live_server.url}{path}")
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            no_overflow(page)
            axe(page)
            assert not small_targets(page), path
            capture(page, f"suivi-seances-{name}-{width}-{scheme}")


def addresses(page: Page, live_server, team) -> dict[str, str]:
    """Lay a row behind every page of this part."""
    plan(page, live_server)
    seance, one, two = Seance.objects.get(), *team["persons"][:2]
    FeuillePresenceFactory(seance=seance)
    leave(page, live_server, one)
    ObjectifFactory(travailleur=two, title="Passer le permis B")
    DemarcheFactory(travailleur=two, text="Appeler l’auto-école")
    call = SuiviSortieFactory(sortie__travailleur=team["persons"][5], attempts=1)
    ConsentementFactory(travailleur=call.travailleur, purpose="rappel_sortie", donne=True)
    PartPriseFactory(participation__entreprise=team["entreprise"], travailleur=two)
    EngagementFactory(travailleur__entreprise=team["entreprise"], travailleur__name="Mahaux")
    page.goto(f"{live_server.url}/suivi/releve/nouvelle/")
    page.get_by_label("Collègue", exact=True).select_option(label="Hugo Collard")
    page.get_by_label("Jusqu’au", exact=True).fill("31/12/2099")
    page.get_by_label(str(two)).check()
    page.get_by_role("button", name="Confier les dossiers cochés").click()
    expect(page.get_by_role("heading", name="Fiche de relève", level=1)).to_be_visible()
    row = Releve.objects.get()
    return {
        "liste": "/suivi/seances/",
        "nouvelle": "/suivi/seances/nouvelle/",
        "seance": f"/suivi/seances/{seance.pk}/?q=mah",
        "sortie": f"/suivi/travailleurs/{one.pk}/sortie/",
        "noter": f"/suivi/travailleurs/{two.pk}/sortie/noter/",
        "sorties": "/suivi/sorties/",
        "appel": f"/suivi/sorties/rappels/{call.pk}/",
        "releve": "/suivi/releve/",
        "releve-nouvelle": "/suivi/releve/nouvelle/",
        "releve-fiche": f"/suivi/releve/{row.pk}/?contenu=1",
        "sans-referent": "/suivi/releve/sans-referent/",
        "participations": "/suivi/participations/",
        "participation": "/suivi/participations/nouvelle/",
    }
