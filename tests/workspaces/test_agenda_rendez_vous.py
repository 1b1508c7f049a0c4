"""An appointment by its pages: fixed, warned of, postponed, settled in one tap, cancelled, corrected."""

import datetime as dt

import pytest

from clefdevoute.records.agenda.models import Empechement, RendezVous
from clefdevoute.records.foundation.access import Role
from tests import clock
from tests.records.factories import EntrepriseInsertionFactory
from tests.records.factories_agenda import RendezVousFactory, at
from tests.workspaces.agenda_gestes import ROLES, TODAY, soup, staff, text, typed, worker
from tests.workspaces.conftest import assert_swap_equals_reload, at_most

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def around():
    with clock.at(f"{TODAY}T12:00"):
        yield


@pytest.fixture
def client(sign_in, entreprise):
    return sign_in(Role.SECRETARIAT, entreprise)


@pytest.fixture(params=ROLES)
def either(request, sign_in, entreprise):
    return sign_in(request.param, entreprise)


@pytest.fixture
def nadia(entreprise):
    return staff(entreprise, name="Lambert")


@pytest.fixture
def sam(entreprise):
    return worker(entreprise, name="Yilmaz", first_name="Sam")


def book(client, sam, nadia, **more):
    return client.post(f"/agenda/travailleurs/{sam.pk}/rendez-vous/", typed(nadia, **more))


def test_an_appointment_is_fixed_and_says_that_the_due_date_does_not_move(either, sam, nadia):
    page = either.get(f"/agenda/travailleurs/{sam.pk}/rendez-vous/")
    assert "entretien individuel dû au plus tard le 8 juillet 2024" in text(page)
    done = book(either, sam, nadia)
    row = RendezVous.objects.get()
    assert done["Location"] == f"/agenda/rendez-vous/{row.pk}/"
    assert (row.starts_at, row.place, row.status) == (at("2026-11-25 14:30"), "Bureau 2", "planifie")
    shown = text(either.get(done["Location"]))
    assert "L’échéance de l’entretien ne bouge pas" in shown
    assert "25 novembre 2026" in shown


def test_free_moments_are_links_that_fill_the_form(client, sam, nadia):
    page = client.get(f"/agenda/travailleurs/{sam.pk}/rendez-vous/?accompagnateur={nadia.pk}")
    assert "L’échéance est passée : au plus tôt" in text(page)
    link = soup(page).find("a", string=lambda words: words and "mardi 24 novembre" in words.replace("\xa0", " "))
    filled = soup(client.get(f"/agenda/travailleurs/{sam.pk}/rendez-vous/{link['href'].replace('&amp;', '&')}"))
    assert filled.select_one("#id_le")["value"] == "24/11/2026"
    assert filled.select_one("#id_heure")["value"] == "09:00"
    assert filled.select_one("#id_accompagnateur option[selected]")["value"] == str(nadia.pk)


WARNINGS = [
    ({"le": "25/12/2026"}, "jour férié : Noël"),
    ({"le": "28/11/2026"}, "tombe un week-end"),
    ({"le": "20/11/2026"}, "Ce moment est passé"),
    ({"le": "01/12/2023"}, "n’est pas sous contrat"),
]


@pytest.mark.parametrize(("more", "says"), WARNINGS, ids=[says for _, says in WARNINGS])
def test_what_is_worth_knowing_is_said_first_and_forbids_nothing(client, sam, nadia, more, says):
    page = book(client, sam, nadia, **more)
    assert page.status_code == 200
    assert says in text(page)
    assert "Fixer le rendez-vous quand même" in text(page)
    found = soup(page)
    assert found.select_one("#id_place")["value"] == "Bureau 2"
    assert found.select_one("#id_le")["value"] == more["le"]
    assert not RendezVous.objects.exists()
    seen = [field["value"] for field in found.select("input[name=vu]")]
    assert book(client, sam, nadia, **more, vu=seen).status_code == 302
    assert RendezVous.objects.count() == 1


def test_a_clash_that_came_up_meanwhile_is_said_again(client, sam, nadia):
    page = book(client, sam, nadia, le="28/11/2026")
    seen = [field["value"] for field in soup(page).select("input[name=vu]")]
    RendezVousFactory(accompagnateur=nadia, travailleur__entreprise=nadia.entreprise, starts_at=at("2026-11-28 14:00"))
    again = book(client, sam, nadia, le="28/11/2026", vu=seen)
    assert again.status_code == 200
    assert "a déjà un moment fixé à 14:00" in text(again)


WRONG = [
    ({"le": "31/02/2026"}, "31/02/2026"),
    ({"le": ""}, "Il manque le jour"),
    ({"heure": "25:00"}, "25:00"),
    ({"heure": ""}, "Il manque l’heure"),
    ({"accompagnateur": "x"}, "Choisissez la personne dans la liste"),
    ({"le": "24/11/2062", "vu": []}, "vérifiez l’année"),
    ({"duration_min": "7"}, "7"),
]


@pytest.mark.parametrize(("more", "says"), WRONG, ids=lambda value: str(value)[:40])
def test_what_cannot_be_is_said_and_all_that_was_typed_stays(client, sam, nadia, more, says):
    page = book(client, sam, nadia, **more)
    assert page.status_code == 422
    assert says in text(page)
    assert soup(page).select_one("#id_place")["value"] == "Bureau 2"
    assert not RendezVous.objects.exists()


def test_postponing_keeps_the_old_one_in_the_agenda(either, sam, nadia):
    old = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-24 10:00"))
    page = either.post(f"/agenda/rendez-vous/{old.pk}/reporter/", typed(nadia, le="01/12/2026", place="Atelier"))
    new = RendezVous.objects.get(starts_at=at("2026-12-01 14:30"))
    assert page["Location"] == f"/agenda/rendez-vous/{new.pk}/"
    assert new.place == "Atelier"
    assert "Reporté au 01/12/2026, 14:30" in text(either.get(f"/agenda/rendez-vous/{old.pk}/"))
    assert "Remplace celui du 24/11/2026, 10:00" in text(either.get(f"/agenda/rendez-vous/{new.pk}/"))
    again = either.post(f"/agenda/rendez-vous/{old.pk}/reporter/", typed(nadia, le="02/12/2026"))
    assert again.status_code == 409
    assert "n’est plus planifié" in text(again)
    week = text(either.get("/agenda/?le=2026-11-24"))
    assert "Reporté" in week


@pytest.mark.parametrize("status", ["realise", "excuse", "absent", "refuse"])
def test_one_tap_settles_and_the_line_goes(either, sam, nadia, status):
    row = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-23 09:00"))
    RendezVousFactory(accompagnateur=nadia, travailleur=worker(nadia.entreprise), starts_at=at("2026-11-23 10:00"))
    shown = soup(either.get("/agenda/a-confirmer/"))
    form = shown.select_one(f'form[action="/agenda/rendez-vous/{row.pk}/issue/"]')
    assert form["hx-boost"] == "true", "la page entière revient : les nombres du rail suivent"
    sent = {"status": status, "retour": form.select_one("[name=retour]")["value"]}
    boosted = {"HX-Request": "true", "HX-Boosted": "true"}
    swapped = either.post(form["action"], sent, headers=boosted, follow=True)
    row.refresh_from_db()
    assert row.status == status
    assert "Noté" in text(swapped)
    assert swapped.context["page"].count == 1
    assert soup(swapped).select_one("#contenu") is not None


def test_on_the_day_page_one_tap_leads_back_to_that_day(client, sam, nadia):
    row = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-20 09:00"))
    page = client.get("/agenda/jour/?le=2026-11-20")
    back = soup(page).select_one("input[name=retour]")["value"]
    done = client.post(f"/agenda/rendez-vous/{row.pk}/issue/", {"status": "absent", "retour": back})
    assert done["Location"] == "/agenda/jour/?le=2026-11-20"
    again = client.post(f"/agenda/rendez-vous/{row.pk}/issue/", {"status": "realise", "retour": back})
    assert again.status_code == 409
    assert "déjà notée" in text(again)
    assert "Vendredi 20 novembre" in text(again)


def test_a_forged_way_back_leads_nowhere_else(client, sam, nadia):
    row = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-20 09:00"))
    sent = {"status": "absent", "retour": "https://ailleurs.example/?x=1"}
    assert client.post(f"/agenda/rendez-vous/{row.pk}/issue/", sent)["Location"].startswith("/agenda/a-confirmer/")


def test_before_its_day_it_can_be_excused_and_not_held(client, sam, nadia):
    row = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-24 09:00"))
    shown = soup(client.get(f"/agenda/rendez-vous/{row.pk}/"))
    assert [one["value"] for one in shown.select("button[name=status]")] == ["excuse", "refuse"]
    page = client.post(f"/agenda/rendez-vous/{row.pk}/issue/", {"status": "realise", "retour": "confirmer"})
    assert page.status_code == 409
    assert "avant ce jour" in text(page)


def test_cancelling_asks_for_a_reason_and_leaves_it_in_sight(client, sam, nadia):
    row = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-24 09:00"))
    assert client.post(f"/agenda/rendez-vous/{row.pk}/annuler/", {}).status_code == 422
    assert client.post(f"/agenda/rendez-vous/{row.pk}/annuler/", {"reason": "travailleur"}).status_code == 302
    assert "À la demande du travailleur" in text(client.get(f"/agenda/rendez-vous/{row.pk}/"))


def test_correcting_and_changing_details(client, sam, nadia):
    row = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-20 09:00"))
    assert client.post(f"/agenda/rendez-vous/{row.pk}/modifier/", typed(nadia, place="Atelier")).status_code == 302
    client.post(f"/agenda/rendez-vous/{row.pk}/issue/", {"status": "realise", "retour": "rendez_vous"})
    sent = {"status": "absent", "form": "face_a_face"}
    assert client.post(f"/agenda/rendez-vous/{row.pk}/corriger/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.place, row.status) == ("Atelier", "absent")
    assert client.post(f"/agenda/rendez-vous/{row.pk}/modifier/", typed(nadia)).status_code == 409


def test_an_impediment_is_noted_closed_withdrawn(client, sam):
    url = f"/agenda/travailleurs/{sam.pk}/"
    note = {"reason": "incapacite", "starts_on": "01/11/2026", "returns_on": ""}
    wrong = client.post(f"{url}empechement/", note | {"returns_on": "01/10/2026"})
    assert wrong.status_code == 422
    assert "précède le premier jour" in text(wrong)
    assert soup(wrong).select_one("#id_starts_on")["value"] == "01/11/2026"
    assert client.post(f"{url}empechement/", note).status_code == 302
    row = Empechement.objects.get()
    assert client.post(f"/agenda/empechements/{row.pk}/", note | {"returns_on": "20/11/2026"}).status_code == 302
    assert "retour le 20/11/2026" in text(client.get(url))
    client.post(f"/agenda/empechements/{row.pk}/retirer/")
    assert "retiré le 23/11/2026" in text(client.get(url))
    again = client.post(f"/agenda/empechements/{row.pk}/retirer/", follow=True)
    assert "a été retiré" in text(again)


def test_the_page_of_a_person_tells_dates_and_why(client, sam, nadia):
    RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-09-02 10:00"), realise=True)
    shown = text(client.get(f"/agenda/travailleurs/{sam.pk}/"))
    assert "dû au plus tard le 2 mars 2027" in shown
    assert "Pourquoi ces échéances ?" in shown
    assert "02/09/2026" in shown


def test_persons_are_found_without_accents_by_number_and_birth_date(client, sam, entreprise):
    worker(entreprise, name="Çelik", first_name="Élif", number="N77", birth_date=dt.date(1988, 2, 3))
    worker(EntrepriseInsertionFactory(), name="Celikoglu")
    for word in ("celik", "eli ce", "N77", "03/02/1988"):
        page = client.get("/agenda/travailleurs/", {"q": word})
        assert page.context["page"].count == 1, word
    assert "Personne ne répond" in text(client.get("/agenda/travailleurs/", {"q": "zzz"}))
    before = client.get("/agenda/travailleurs/").content
    url = "/agenda/travailleurs/?q=celik"
    swapped = client.get(url, headers={"HX-Request": "true"}).content
    assert_swap_equals_reload(
        client, url, before.replace(b'name="q" value=""', b'name="q" value="celik"'), swapped, "#personnes"
    )


def test_few_queries_for_a_list_and_a_person(client, sam, nadia):
    for number in range(30):
        worker(nadia.entreprise)
        RendezVousFactory(
            travailleur=sam,
            accompagnateur=nadia,
            starts_at=at("2026-01-05 10:00") + dt.timedelta(days=number),
            realise=True,
        )
    with at_most(14):
        client.get("/agenda/travailleurs/")
    with at_most(22):
        client.get(f"/agenda/travailleurs/{sam.pk}/")


@pytest.mark.parametrize("role", [Role.GESTIONNAIRE, Role.ADMINISTRATION, Role.INSPECTION, Role.FEDERATION])
def test_nobody_else_reads_a_line_of_the_agenda(sign_in, entreprise, sam, nadia, role):
    row = RendezVousFactory(travailleur=sam, accompagnateur=nadia, starts_at=at("2026-11-24 09:00"))
    other = sign_in(role, entreprise)
    for url in ("/agenda/", "/agenda/jour/", f"/agenda/rendez-vous/{row.pk}/", f"/agenda/travailleurs/{sam.pk}/"):
        page = other.get(url)
        assert page.status_code == 404
        assert "Yilmaz" not in page.content.decode()
