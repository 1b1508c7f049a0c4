"""The enterprise's page: identity, approval, VAT, own accounts, readings only seen, access given by the head alone."""

import datetime as dt
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clefdevoute.records.entreprises.facts import comptes_at, part_tva_at
from clefdevoute.records.entreprises.models import Affectation, Agrement, Suspension
from clefdevoute.records.foundation.models import AuditEvent, User
from clefdevoute.ui.formats import NBSP
from tests.records import factories as make
from tests.workspaces.conftest import at_most, on_day

pytestmark = pytest.mark.django_db
PAGE = "/gestion/entreprise/"
SHEET = {
    "name": "Ateliers",
    "fiscal_year_start_month": "1",
    "reference_hours": "38",
}


@pytest.fixture(autouse=True)
def today():
    with on_day("2026-03-02"):
        yield


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


@pytest.fixture
def head(entreprise) -> Client:
    held = make.AffectationFactory(entreprise=entreprise, permissions=["chef_entreprise"])
    client = Client()
    client.force_login(held.user)
    return client


def test_what_the_enterprise_says_of_itself_is_changed(gestionnaire, entreprise):
    typed = SHEET | {"file_number": "EI0200147", "iban": "BE68 5390 0754 7034", "reference_hours": "37,5"}
    assert gestionnaire.post(f"{PAGE}modifier/", typed).status_code == 302
    entreprise.refresh_from_db()
    assert (entreprise.iban, entreprise.reference_hours) == ("BE68539007547034", Decimal("37.50"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"file_number": "147"}, "commence par EI02"),
        ({"iban": "BE00 0000 0000 0000"}, "numéro de compte est refusé"),
        ({"reference_hours": "99"}, "au plus 50 heures"),
        ({"cessation_kind": "faillite"}, "un motif et une date"),
    ],
)
def test_a_wrong_figure_is_said_and_what_was_typed_stays(gestionnaire, entreprise, change, said):
    page = gestionnaire.post(f"{PAGE}modifier/", SHEET | {"city": "Ciney"} | change)
    assert page.status_code == 422
    assert said in text(page)
    assert b'value="Ciney"' in page.content
    entreprise.refresh_from_db()
    assert entreprise.city == ""


def test_an_approval_is_entered_answered_suspended_and_never_overlaps(gestionnaire, entreprise):
    url = f"{PAGE}agrements/nouveau/"
    first = {"kind": "initial", "starts_on": "15/03/2024", "ends_on": "14/03/2026", "decision": "Arrêté"}
    assert gestionnaire.post(url, first).status_code == 302
    assert "l'agrément est en cours" in text(gestionnaire.get(PAGE)).replace("’", "'")
    twice = gestionnaire.post(url, {"kind": "renouvele", "starts_on": "01/01/2026", "ends_on": "31/12/2029"})
    assert twice.status_code == 422
    assert "chevauche l’agrément" in text(twice)
    row = Agrement.objects.get()
    open_ended = gestionnaire.post(url, {"kind": "renouvele", "starts_on": "15/03/2026"})
    assert "Il manque le dernier jour" in text(open_ended)
    gestionnaire.post(f"{PAGE}agrements/{row.pk}/suspension/", {"starts_on": "01/02/2026", "reason": "Contrôle"})
    assert Suspension.objects.get().agrement == row
    assert "suspendus" in text(gestionnaire.get(PAGE))
    gestionnaire.post(f"{PAGE}agrements/{row.pk}/fin/", {"ends_on": "28/02/2026"})
    row.refresh_from_db()
    assert row.ends_on == dt.date(2026, 2, 28)


def test_the_share_of_vat_holds_from_its_day(gestionnaire, entreprise):
    gestionnaire.post(f"{PAGE}tva/", {"starts_on": "01/01/2026", "percent": "62,5"})
    assert part_tva_at(entreprise.pk, dt.date(2026, 1, 1)) == Decimal("62.50")
    assert part_tva_at(entreprise.pk, dt.date(2025, 12, 31)) is None
    page = gestionnaire.post(f"{PAGE}tva/", {"starts_on": "01/01/2026", "percent": "115"})
    assert page.status_code == 422
    assert "dépasse 100 %" in text(page)
    assert b'value="115"' in page.content


def test_an_own_account_stands_beside_the_line(gestionnaire, entreprise):
    typed = {"line": "loyer", "account": "611000", "label": "Loyers", "starts_on": "01/01/2026"}
    assert gestionnaire.post(f"{PAGE}comptes/", typed).status_code == 302
    assert comptes_at(entreprise.pk, dt.date(2026, 3, 2))["loyer"].account == "611000"
    assert "611000 Loyers" in text(gestionnaire.get(PAGE))
    assert gestionnaire.post(f"{PAGE}comptes/", typed | {"line": "rien"}).status_code == 422


def test_readings_are_seen_and_not_changed_here(gestionnaire):
    page = gestionnaire.get(PAGE)
    shown = {row.key: str(row.value) for row in page.context["lectures"]}
    assert shown["A2"] == "au jour de comptage"
    assert shown["A4"] == "non"
    make.LectureFactory(key="A4", value="oui", starts_on=dt.date(2026, 1, 1))
    after = {row.key: (str(row.value), row.chosen) for row in gestionnaire.get(PAGE).context["lectures"]}
    assert after["A4"] == ("oui", True)


def test_the_head_invites_and_ends_an_access(head, entreprise):
    typed = {"name": "Benoît", "email": "Benoit@Exemple.be", "role": "gestionnaire", "starts_on": "02/03/2026"}
    assert head.post(f"{PAGE}inviter/", typed).status_code == 302
    user = User.objects.get(email="benoit@exemple.be")
    assert not user.has_usable_password()
    held = Affectation.objects.get(user=user)
    assert (held.entreprise, held.role) == (entreprise, "gestionnaire")
    assert AuditEvent.objects.filter(event="entreprises.role_donne").exists()
    assert "clefdevoute django changepassword" in text(head.get(PAGE))
    assert head.post(f"{PAGE}acces/{held.pk}/fin/", {"ends_on": "30/06/2026"}).status_code == 302
    held.refresh_from_db()
    assert held.ends_on == dt.date(2026, 6, 30)


def test_a_gestionnaire_who_is_not_the_head_invites_nobody(gestionnaire):
    assert "Seul le chef d’entreprise invite" in text(gestionnaire.get(PAGE))
    typed = {"name": "Benoît", "email": "b@exemple.be", "role": "gestionnaire", "starts_on": "02/03/2026"}
    page = gestionnaire.post(f"{PAGE}inviter/", typed)
    assert page.status_code == 409
    assert "ne permet pas ceci" in text(page)
    assert b'value="b@exemple.be"' in page.content
    assert not User.objects.filter(email="b@exemple.be").exists()


def test_only_a_gestionnaire_is_head(head):
    typed = {"name": "N", "email": "n@exemple.be", "role": "secretariat", "chef": "on", "starts_on": "02/03/2026"}
    page = head.post(f"{PAGE}inviter/", typed)
    assert page.status_code == 422
    assert "agit comme gestionnaire" in text(page)


def test_a_role_of_the_administration_cannot_be_given_from_here(head):
    typed = {"name": "N", "email": "n@exemple.be", "role": "administration", "starts_on": "02/03/2026"}
    assert head.post(f"{PAGE}inviter/", typed).status_code == 422
    assert not Affectation.objects.filter(role="administration").exists()


def test_the_page_asks_a_bounded_number_of_queries(gestionnaire, entreprise):
    make.AgrementFactory(entreprise=entreprise)
    for _ in range(30):
        make.AffectationFactory(entreprise=entreprise)
    with at_most(22):
        assert gestionnaire.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("initial", "", "2 ans depuis ce premier jour finissent le 14/03/2027."),
        ("renouvele", "", "4 ans depuis ce premier jour finissent le 14/03/2029."),
        ("indetermine", "14/03/2027", "À durée indéterminée, il n’y a pas de dernier jour : effacez-le."),
    ],
)
def test_the_last_day_of_an_approval_is_asked_beside_its_field(gestionnaire, kind, typed, said):
    given = {"kind": kind, "starts_on": "15/03/2025", "ends_on": typed, "decision": "AM 2025/31"}
    page = gestionnaire.post("/gestion/entreprise/agrements/nouveau/", given)
    assert page.status_code == 422
    assert said in page.context["form"].errors["ends_on"][0]
    assert "AM 2025/31" in page.content.decode()
