"""The Forem by its pages: the gate in words, the preview line by line, the files, the receipt, withdrawal at once."""

import csv
import datetime as dt
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from pypdf import PdfReader

from clefdevoute.documents import metiers
from clefdevoute.documents.forem import LANGUES as NOMS
from clefdevoute.documents.forem import paroles
from clefdevoute.documents.forem.paquet import NIVEAUX
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.reseau.forem import champs_admis
from clefdevoute.records.reseau.models import ProfilForem, RechercheEmploi, SuiteForem, TransmissionForem
from clefdevoute.records.suivi.models import Consentement
from clefdevoute.records.suivi.textes_consentement import LANGUES
from clefdevoute.ui.formats import NBSP
from tests.records import factories_reseau as made
from tests.records.factories import TravailleurFactory
from tests.records.factories_bilan import ConsentementFactory
from tests.workspaces.conftest import assert_swap_equals_reload

pytestmark = pytest.mark.django_db
NISS = "85073003328"
HAIRDRESSER = metiers.chercher("coiffeuse")[0].uri


def day(ahead=0) -> str:
    return f"{timezone.localdate() + dt.timedelta(days=ahead):%d/%m/%Y}"


@pytest.fixture
def client(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


@pytest.fixture
def person(entreprise):
    return TravailleurFactory(entreprise=entreprise, name="Diallo", first_name="Amina", phone="0470 12 34 56")


@pytest.fixture
def ready(person):
    made.RechercheEmploiFactory(travailleur=person)
    made.ProfilForemFactory(travailleur=person, wanted=[HAIRDRESSER])
    return ConsentementFactory(travailleur=person, donne=True, expires_on=None)


def at(person, tail=""):
    return f"/suivi/travailleurs/{person.pk}/forem/{tail}"


def chosen(client, person, *codes) -> dict:
    """Choose fields on the preview, as its page sends them back."""
    page = BeautifulSoup(client.get(at(person, "apercu/")).content, "html.parser")
    return {"champs": list(codes), "vu": page.select_one("input[name=vu]")["value"]}


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").replace(NBSP, " ").split())


def test_the_gate_says_what_is_missing_in_plain_words(client, person):
    shown = text(client.get(at(person)))
    assert "Rien ne peut partir." in shown
    assert "Pas de consentement donné : demandez-le et datez-le." in shown
    assert "Pas encore demandeur d’emploi inoccupé (DEI) : l’envoi attend." in shown
    assert client.post(at(person, "recherche/"), {"dei_since": "02/02/2026", "seeking": "on"}).status_code == 302
    ConsentementFactory(travailleur=person, donne=True, expires_on=None)
    shown = text(client.get(at(person)))
    assert "Un dossier peut partir." in shown
    assert "Pourquoi cette réponse ?" in shown


@pytest.mark.parametrize(
    ("typed", "says", "status"),
    [
        ({"dei_since": day(1)}, "n’est pas encore passé", 409),
        ({"dei_since": "31/02/2026"}, "31/02/2026", 422),
        ({"dei_since": "02/02/2026", "ends_on": "01/02/2026"}, "finit avant d’avoir commencé", 422),
    ],
)
def test_a_search_that_cannot_be_is_refused_whole(client, person, typed, says, status):
    page = client.post(at(person, "recherche/"), typed)
    assert page.status_code == status
    assert says in text(page)
    assert BeautifulSoup(page.content, "html.parser").select_one("#id_dei_since")["value"] == typed["dei_since"]


def test_a_profile_keeps_what_was_typed_until_it_is_right(client, person):
    typed = {"langue_1": "nl", "niveau_1": "", "experience": "Deux ans de cuisine", "radius_km": "20"}
    page = client.post(at(person, "profil/"), typed)
    assert page.status_code == 422
    assert "Choisissez le niveau de cette langue" in text(page)
    assert "Deux ans de cuisine" in text(page)
    assert client.post(at(person, "profil/"), typed | {"niveau_1": "moyen"}).status_code == 302
    row = ProfilForem.objects.get()
    assert (row.languages, row.experience) == ([{"langue": "nl", "niveau": "moyen"}], "Deux ans de cuisine")
    assert "néerlandais (moyen)" in text(client.get(at(person, "apercu/")))


def test_occupations_are_searched_added_and_removed_without_a_script(client, person):
    found = client.get(at(person, "metiers/?q=coifeuse"))
    radio = BeautifulSoup(found.content, "html.parser").select_one(f'input[type=radio][value="{HAIRDRESSER}"]')
    assert radio is not None
    assert client.post(at(person, "metiers/?q=coifeuse"), {"ajouter": HAIRDRESSER}).status_code == 302
    assert ProfilForem.objects.get().wanted == [HAIRDRESSER]
    wrong = client.post(at(person, "metiers/?q=coifeuse"), {"ajouter": "http://ailleurs/1"})
    assert wrong.status_code == 422
    assert "n’est pas dans la liste" in text(wrong)
    assert "Aucun métier n’est choisi" in text(client.post(at(person, "metiers/"), {}))
    client.post(at(person, "metiers/"), {"retirer": HAIRDRESSER})
    assert ProfilForem.objects.get().wanted == []
    assert "Aucun métier trouvé pour « zzzqq »" in text(client.get(at(person, "metiers/?q=zzzqq")))


def test_the_search_swaps_as_it_reloads(client, person):
    before = client.get(at(person, "metiers/"))
    url = at(person, "metiers/?q=jardiniere")
    swapped = client.get(url, headers={"HX-Request": "true"})
    page = BeautifulSoup(before.content, "html.parser")
    page.select_one("#q")["value"] = "jardiniere"
    assert_swap_equals_reload(client, url, str(page).encode(), swapped.content, "#metiers")


def test_the_preview_lets_each_line_be_left_out_and_what_leaves_is_read_back(client, person, ready, entreprise):
    shown = text(client.get(at(person, "apercu/")))
    for words in ("Amina Diallo", "0470 12 34 56", "coiffeur/coiffeuse", "Jusqu’à 20 km de chez soi"):
        assert words in shown
    answer = client.post(at(person, "produire/"), chosen(client, person, "nom", "metiers_souhaites", "langues"))
    row = TransmissionForem.objects.get()
    assert answer["Location"] == f"/suivi/forem/{row.pk}/"
    page = text(client.get(answer["Location"]))
    assert "Laissées de côté Moyens de contact, Permis de conduire" in page
    files = {
        name: client.post(f"/suivi/forem/{row.pk}/fichiers/{name}/", {"niss": ""}) for name in ("pdf", "json", "csv")
    }
    read = json.loads(files["json"].content)
    assert read["donnees"]["metiers_souhaites"] == ["coiffeur/coiffeuse"]
    assert "contact" not in read["donnees"]
    assert read["entreprise"]["nom"] == entreprise.name
    rows = list(csv.reader(io.StringIO(files["csv"].content.decode("utf-8-sig")), delimiter=";"))
    assert ["langues", "Langues", "français (bon)"] in rows
    printed = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(files["pdf"].content)).pages)
    assert "Amina Diallo" in printed
    assert "0470 12 34 56" not in printed
    assert AuditEvent.objects.filter(event="reseau.forem_fichier").count() == 3
    assert "private, no-store" in files["pdf"]["Cache-Control"]


def test_nothing_chosen_produces_nothing(client, person, ready):
    page = client.post(at(person, "produire/"), {})
    assert page.status_code == 422
    assert "Aucune donnée n’est choisie" in text(page)
    assert client.post(at(person, "produire/"), chosen(client, person, "niss")).status_code == 422
    assert not TransmissionForem.objects.exists()


def test_the_preview_speaks_the_person_s_language_and_the_packet_the_forem_s(client, person, ready):
    Consentement.objects.filter(pk=ready.pk).update(language="nl")
    shown = text(client.get(at(person, "apercu/")))
    assert "Wat naar Forem vertrekt" in shown
    assert "Gewenste beroepen Métiers souhaités" in shown
    assert "Frans (goed)" in shown
    assert "Tot 20 km van huis" in shown
    client.post(at(person, "produire/"), chosen(client, person, "nom", "langues", "mobilite"))
    packet = json.loads(TransmissionForem.objects.get().packet)
    assert packet["langues"] == ["français (bon)"]
    assert "Jusqu’à 20 km de chez soi" in packet["mobilite"]


@pytest.mark.parametrize("language", [code for code in LANGUES if code != "fr"])
def test_every_word_of_the_preview_is_said_in_each_language_of_the_consent(language):
    lists = (
        NOMS,
        NIVEAUX,
        ProfilForem.Mobilite.choices,
        ProfilForem.Regime.choices,
        champs_admis(timezone.localdate()),
    )
    words = {str(label) for pairs in lists for _, label in pairs} | {*paroles.PAGE.values(), paroles.RAYON, paroles.DES}
    same = {one for one in words if paroles.dans(one, language) == one}
    assert not same


def test_a_line_changed_since_the_preview_is_shown_again_and_never_leaves_unseen(client, person, ready):
    data = chosen(client, person, "nom", "contact")
    person.phone = "0499 99 99 99"
    person.save()
    page = client.post(at(person, "produire/"), data)
    assert page.status_code == 422
    assert "Une donnée a changé depuis l’aperçu." in text(page)
    assert "0499 99 99 99" in text(page)
    assert client.post(at(person, "produire/"), {"champs": ["nom"]}).status_code == 422
    assert not TransmissionForem.objects.exists()
    again = BeautifulSoup(page.content, "html.parser").select_one("input[name=vu]")["value"]
    assert client.post(at(person, "produire/"), data | {"vu": again}).status_code == 302
    assert "0499 99 99 99" in TransmissionForem.objects.get().packet


def test_withdrawn_between_preview_and_production_nothing_leaves_and_nothing_chosen_is_lost(client, person, ready):
    data = chosen(client, person, "nom", "permis")
    Consentement.objects.filter(pk=ready.pk).update(withdrawn_on=timezone.localdate())
    page = client.post(at(person, "produire/"), data)
    assert page.status_code == 409
    assert "Rien ne part." in text(page)
    assert f"retiré le {day()}" in text(page)
    boxes = BeautifulSoup(page.content, "html.parser").select("input[name=champs][checked]")
    assert [box["value"] for box in boxes] == ["nom", "permis"]
    assert not TransmissionForem.objects.exists()
    assert BeautifulSoup(page.content, "html.parser").find(string="Produire le dossier") is None


def test_withdrawn_after_production_the_files_close_and_the_log_stays(client, person, ready):
    client.post(at(person, "produire/"), chosen(client, person, "nom"))
    row = TransmissionForem.objects.get()
    url = f"/suivi/forem/{row.pk}/"
    assert client.post(f"{url}fichiers/json/", {"niss": ""}).status_code == 200
    Consentement.objects.filter(pk=ready.pk).update(withdrawn_on=timezone.localdate())
    page = client.post(f"{url}fichiers/json/", {"niss": ""})
    assert page.status_code == 409
    assert b"Amina Diallo" not in page.content.replace(b"Amina Diallo</h1>", b"").split(b"<h2")[1]
    shown = text(client.get(url))
    assert "Plus rien ne part." in shown
    assert "Fichier sorti JSON" in shown
    assert client.post(f"{url}remise/", {"on": day(), "channel": "main", "recipient": "X"}).status_code == 409


def test_the_niss_is_checked_written_in_that_copy_and_kept_nowhere(client, person, ready):
    client.post(at(person, "produire/"), chosen(client, person, "nom"))
    row = TransmissionForem.objects.get()
    url = f"/suivi/forem/{row.pk}/fichiers/json/"
    wrong = client.post(url, {"niss": "85073003329"})
    assert wrong.status_code == 422
    assert "Ce NISS est refusé" in text(wrong)
    assert json.loads(client.post(url, {"niss": NISS}).content)["niss"] == "85.07.30-033.28"
    assert "niss" not in json.loads(client.post(url, {"niss": ""}).content)
    assert "NISS" not in row.packet
    assert "33.28" not in row.packet
    person.refresh_from_db()
    assert person.niss is None
    assert [one.with_niss for one in SuiteForem.objects.order_by("at")] == [True, False]
    assert "avec le NISS tapé pour cette copie" in text(client.get(f"/suivi/forem/{row.pk}/"))


def test_the_receipt_and_the_answer_close_the_packet(client, person, ready):
    client.post(at(person, "produire/"), chosen(client, person, "nom"))
    url = f"/suivi/forem/{TransmissionForem.objects.get().pk}/"
    wrong = client.post(f"{url}remise/", {"on": day(), "channel": "main", "recipient": ""})
    assert wrong.status_code == 422
    assert "Dites qui reçoit" in text(wrong)
    early = client.post(f"{url}remise/", {"on": day(), "channel": "main", "recipient": "Mme Lambert"})
    assert "Aucun fichier n’est encore sorti" in text(early)
    client.post(f"{url}fichiers/pdf/", {"niss": ""})
    client.post(f"{url}remise/", {"on": day(), "channel": "main", "recipient": "Mme Lambert"})
    assert "Remis en main propre, reçu par Mme Lambert" in text(client.get(url))
    empty = client.post(f"{url}reponse/", {"on": day(), "answer": ""})
    assert empty.status_code == 422
    assert "Écrivez la réponse en une phrase" in text(empty)
    client.post(f"{url}reponse/", {"on": day(), "answer": "Entretien fixé le 02/04."})
    shown = text(client.get(url))
    assert "Réponse du Forem Entretien fixé le 02/04." in shown
    assert "Noter la réponse" not in shown
    assert "réponse notée" in text(client.get("/suivi/forem/"))


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ACCOMPAGNATEUR])
def test_no_other_role_receives_a_byte(sign_in, entreprise, person, ready, role):
    row = made.TransmissionForemFactory(travailleur=person)
    other = sign_in(role, entreprise)
    for url in (at(person), at(person, "apercu/"), f"/suivi/forem/{row.pk}/", "/suivi/forem/"):
        page = other.get(url)
        assert page.status_code == 404
        assert b"Diallo" not in page.content
    assert other.post(f"/suivi/forem/{row.pk}/fichiers/pdf/", {}).status_code == 404
    assert not SuiteForem.objects.exists()


def test_a_format_that_does_not_exist_is_no_page(client, person, ready):
    row = made.TransmissionForemFactory(travailleur=person)
    assert client.post(f"/suivi/forem/{row.pk}/fichiers/exe/", {}).status_code == 404
    assert RechercheEmploi.objects.count() == 1


def test_the_sources_are_named_for_everybody(client):
    shown = text(client.get("/sources/"))
    assert "Ce service utilise la classification ESCO de la Commission européenne." in shown
    assert "Licence Ouverte 2.0" in shown
