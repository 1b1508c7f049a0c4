"""From an art. 60 § 7 worker without a convention to the report received by the CPAS, in Chromium."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from clefdevoute.records.reseau import facts
from clefdevoute.records.reseau.models import ConventionCpas, RapportCpas
from tests.records import factories_reseau as made
from tests.records.factories import AbsenceFactory, EngagementFactory, EntrepriseInsertionFactory

from .conftest import dress
from .suivi import as_accompagnateur

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def today(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path
    return timezone.localdate()


@pytest.fixture
def worker(today):
    entreprise = EntrepriseInsertionFactory(name="Ateliers du Tilleul")
    since = today - dt.timedelta(days=40)
    row = EngagementFactory(
        entreprise=entreprise,
        travailleur__entreprise=entreprise,
        travailleur__name="Diallo",
        travailleur__first_name="Amina",
        article60=True,
        starts_on=since,
    ).travailleur
    made.PartenaireFactory(entreprise=entreprise, cpas=True, name="CPAS de Namur", phone="081 33 70 11")
    AbsenceFactory(travailleur=row, entreprise=entreprise, starts_on=since + dt.timedelta(days=3), ends_on=None)
    return row


def french(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def sign(page: Page, name: str, day: dt.date) -> None:
    page.get_by_role("link", name=f"Noter la signature : {name}").click()
    page.get_by_label("Signée le").fill(french(day))
    page.get_by_role("button", name="Noter la signature").click()
    expect(page.get_by_text("Signature notée.")).to_be_visible()


def test_from_the_gap_to_the_report_received(page: Page, live_server, worker, today, capture: Callable):
    as_accompagnateur(page, live_server, worker.entreprise)
    page.goto(f"{live_server.url}/suivi/conventions/")
    expect(page.get_by_text("1 travailleur art. 60 § 7 sans convention en vigueur")).to_be_visible()
    page.get_by_role("link", name="Rédiger une convention").first.click()
    page.get_by_label("CPAS").select_option(label="CPAS de Namur")
    page.get_by_label("Début").fill(french(today - dt.timedelta(days=30)))
    page.get_by_label("Fin").fill(french(today + dt.timedelta(days=30)))
    page.get_by_label("Un rapport tous les (mois)").fill("1")
    for label in ("Présence au travail, sans motif d’absence", "Évolution au poste de travail"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.get_by_role("link", name="Ajouter une personne").click()
    page.get_by_label("Travailleur").select_option(label="Diallo Amina")
    page.get_by_role("button", name="Ajouter la personne").click()
    for party, name in (("Entreprise d’insertion", "Mme Dumont"), ("CPAS", "M. Renard")):
        page.get_by_role("link", name="Ajouter un signataire").click()
        page.get_by_label(party, exact=True).check()
        page.get_by_label("Nom et prénom").fill(name)
        page.get_by_role("button", name="Ajouter le signataire").click()
    page.get_by_role("link", name="Envoyer à signer").click()
    page.get_by_label("Envoyée à signer le").fill(french(today - dt.timedelta(days=20)))
    page.get_by_role("button", name="Noter l’envoi").click()
    expect(page.get_by_text("Le travail a commencé avant la dernière signature.")).to_be_visible()
    capture(page, "cpas-convention-a-signer")
    sign(page, "Mme Dumont", today - dt.timedelta(days=15))
    sign(page, "M. Renard", today - dt.timedelta(days=2))
    expect(page.get_by_text("En vigueur", exact=True)).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="PDF à signer").click()
    text = "\n".join(one.extract_text() for one in PdfReader(got.value.path()).pages)
    assert "Amina Diallo" in text
    assert "CPAS de Namur" in text
    page.locator("a[href*='/conventions/rapports/']").first.click()
    absent = f"Absences : depuis le {french(today - dt.timedelta(days=37))}."
    expect(page.get_by_label("Présence au travail, sans motif d’absence")).to_have_value(absent)
    page.get_by_label("Évolution au poste de travail").fill("Gagne en autonomie à la caisse.")
    page.get_by_role("button", name="Enregistrer le rapport").click()
    page.get_by_role("link", name="Noter l’envoi").click()
    page.get_by_label("Envoyé le").fill(french(today))
    page.get_by_label("Reçu par").fill("M. Renard")
    page.get_by_role("button", name="Noter l’envoi").click()
    expect(page.get_by_text("Ce rapport est parti.")).to_be_visible()
    found = facts.preuves_reseau(worker.entreprise_id, [worker.pk], start=today - dt.timedelta(days=60), end=today)
    assert {kind for _task, _day, kind, _pk in found[worker.pk]} == {facts.PERSONNE, facts.RAPPORT}


def test_every_page_is_accessible_and_fits(  # noqa: PLR0917
    page: Page, live_server, worker, today, axe, no_overflow, capture, small_targets
):
    entreprise = worker.entreprise
    held = made.ConventionCpasFactory(
        cpas__entreprise=entreprise, cpas__name="CPAS de Sambreville-Auvelais", rapports=True, envoyee=True,
        starts_on=today - dt.timedelta(days=100), ends_on=today + dt.timedelta(days=40),
        signed_on=today - dt.timedelta(days=90), sent_on=today - dt.timedelta(days=99),
    )  # fmt: skip
    made.ConventionPersonneFactory(
        convention=held, travailleur__name="Vandenbroucke-Peeters", starts_on=held.starts_on, ends_on=held.ends_on
    )
    made.SignatureFactory(convention=held, party="ei", name="Mme Dumont", signed_on=held.signed_on)
    waiting = made.ConventionCpasFactory(
        cpas=held.cpas, starts_on=today, ends_on=today + dt.timedelta(days=200), sent_on=today - dt.timedelta(days=20)
    )
    signature = made.SignatureFactory(convention=waiting, reminders=1, reminded_on=today - dt.timedelta(days=15))
    report = made.RapportCpasFactory(
        convention=held,
        travailleur__entreprise=entreprise,
        due_on=today - dt.timedelta(days=3),
        sections=["presence", "poste"],
    )
    made.ContactFactory(partenaire=held.cpas, name="Mme Renard", email="renard@exemple.be", phone="081 00 00 00")
    as_accompagnateur(page, live_server, entreprise)
    paths = {
        "conventions": "/suivi/conventions/",
        "convention": f"/suivi/conventions/{held.pk}/",
        "a-signer": f"/suivi/conventions/{waiting.pk}/",
        "relance": f"/suivi/conventions/signatures/{signature.pk}/relancer/",
        "nouvelle": "/suivi/conventions/nouvelle/",
        "rapport": f"/suivi/conventions/rapports/{report.pk}/",
        "reseau": "/suivi/reseau/",
        "partenaire": f"/suivi/reseau/{held.cpas_id}/",
    }
    for name, path in paths.items():
        for width, scheme in ((320, "light"), (1440, "dark")):
            dress(page, width, scheme)
            page.goto(f"{live_server.url}{path}")
            no_overflow(page)
            axe(page)
            assert small_targets(page) == []
            capture(page, f"cpas-{name}-{width}-{scheme}")


def test_without_a_script_and_by_keyboard_a_partner_is_added(no_js_page: Page, live_server, worker):
    page = as_accompagnateur(no_js_page, live_server, worker.entreprise)
    page.goto(f"{live_server.url}/suivi/reseau/nouveau/")
    page.get_by_label("Sorte").select_option(label="CPAS")
    page.get_by_label("Nom", exact=True).fill("cpas de namur")
    page.get_by_label("Localité").fill("Namur")
    page.get_by_role("button", name="Ajouter le partenaire").press("Enter")
    expect(page.get_by_text("Ce partenaire est peut-être déjà là.")).to_be_visible()
    expect(page.get_by_label("Nom", exact=True)).to_have_value("cpas de namur")
    page.get_by_role("button", name="Ajouter ce partenaire quand même").press("Enter")
    expect(page.get_by_text("Partenaire ajouté.")).to_be_visible()
    assert ConventionCpas.objects.count() == RapportCpas.objects.count() == 0
