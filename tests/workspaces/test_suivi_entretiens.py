"""The pages of interviews: what is typed is kept, what is refused is said, and the walls hold to the byte."""

import datetime as dt
import logging
import re
import uuid
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.suivi.models import Brouillon, Entretien, NotePartagee
from clefdevoute.workspaces.accompagnateur import nav
from tests.records.factories import (
    AccompagnateurFactory,
    AffectationFactory,
    EngagementFactory,
    EntrepriseInsertionFactory,
    UserFactory,
)
from tests.records.factories_agenda import RendezVousFactory
from tests.records.factories_dossier import DemarcheFactory
from tests.records.factories_entretiens import (
    ASavoirFactory,
    BrouillonFactory,
    EntretienFactory,
    NoteFactory,
    NotePriveeFactory,
    NoteSanteFactory,
)
from tests.workspaces.conftest import _without_tokens, at_most

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SHARED, PRIVATE, HEALTH, DRAFT = "PARTAGEE-7Q", "PRIVEE-7Q", "SANTE-7Q", "BROUILLON-7Q"
OTHERS = [role for role in Role if role is not Role.ACCOMPAGNATEUR]


@pytest.fixture
def user(entreprise):
    user = UserFactory(name="Hélène Marsoul")
    AffectationFactory(user=user, role="accompagnateur", entreprise=entreprise)
    AccompagnateurFactory(entreprise=entreprise, user=user, first_name="Hélène", name="Marsoul")
    return user


@pytest.fixture
def helene(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def mireille(entreprise):
    row = EngagementFactory(travailleur__entreprise=entreprise, travailleur__first_name="Mireille")
    return row.travailleur


@pytest.fixture
def written(mireille, user):
    """An interview of hers with a word behind each wall."""
    held = RendezVousFactory(travailleur=mireille, realise=True)
    row = EntretienFactory(travailleur=mireille, rendez_vous=held, author=user)
    NoteFactory(entretien=row, text=SHARED)
    NotePriveeFactory(entretien=row, text=PRIVATE)
    NoteSanteFactory(entretien=row, text=HEALTH)
    BrouillonFactory(travailleur=mireille, author=user, content=f'{{"note_partagee": "{DRAFT}"}}')
    return row


def at(name, person, **more):
    return reverse(f"accompagnateur:{name}", kwargs={"pk": person.pk, **more})


def said(**values):
    """What a page sends."""
    usual = {
        "date": f"{timezone.localdate():%d/%m/%Y}",
        "heure": "0:05",
        "duree": "45",
        "forme": "face_a_face",
        "prochain": "plus_tard",
        "action_qui": "moi",
        "onglet": str(uuid.uuid4()),
        "version": "0",
    }
    return usual | values


def draft_of(mireille):
    return Brouillon.objects.get(travailleur=mireille)


def test_finishing_writes_and_leads_to_the_sheet(helene, mireille):
    answer = helene.post(
        at("entretien_nouveau", mireille),
        said(geste="terminer", note_partagee="Elle tient le poste.", feuille="on", themes=["poste"]),
    )
    row = Entretien.objects.get()
    assert answer["Location"] == at("entretien_feuille", mireille, entretien=row.pk)
    assert answer.cookies["cv_brouillon_fini"].value == f"cv-brouillon-entretien-{mireille.pk}"
    assert NotePartagee.objects.get().text == "Elle tient le poste."
    assert not Brouillon.objects.exists()
    page = helene.get(at("entretien", mireille, entretien=row.pk)).content.decode()
    assert "Elle tient le poste." in page
    assert "Poste de travail" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"date": "31/02/2026"}, "n’existe pas"),
        ({"date": ""}, "Il manque la date"),
        ({"date": "01/01/2099"}, "est à venir"),
        ({"heure": "26:00"}, "n’existe pas"),
        ({"forme": "pigeon"}, "Sélectionnez un choix"),
        ({"duree": "3 heures"}, "en minutes"),
        ({"prochain": "autre"}, "Il manque la date"),
        ({"prochain": "autre", "prochain_date": "01/01/2020", "prochain_heure": "9:00"}, "après maintenant"),
        ({"action": "Appeler", "action_avant": "demain"}, "n’est pas une date lisible"),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(helene, mireille, values, sentence):
    answer = helene.post(at("entretien_nouveau", mireille), said(geste="terminer", note_partagee="Gardé.", **values))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Gardé." in page
    for name, typed in values.items():
        assert not typed or name == "forme" or f'value="{typed}"' in page
    assert "Gardé." in draft_of(mireille).content
    assert not Entretien.objects.exists()


def test_a_day_outside_the_contract_is_a_warning_not_a_wall(helene, mireille):
    day = {"date": "05/06/2023"}
    fragment = helene.post(at("entretien_brouillon", mireille), said(**day), headers=HTMX).content.decode()
    assert "en dehors des contrats de Mireille" in fragment
    assert helene.post(at("entretien_nouveau", mireille), said(geste="terminer", **day)).status_code == 302
    assert Entretien.objects.count() == 1


@pytest.mark.parametrize(
    ("geste", "kept", "health"),
    [
        ("deplacer", "Elle tient le poste.", "Elle est malade."),
        ("laisser", "Elle tient le poste. Elle est malade.", ""),
    ],
)
def test_the_sentence_moves_or_stays_without_a_script(helene, mireille, geste, kept, health):
    text = "Elle tient le poste. Elle est malade."
    answer = helene.post(at("entretien_nouveau", mireille), said(geste=geste, note_partagee=text))
    page = BeautifulSoup(helene.get(answer["Location"].split("#")[0]).content, "html.parser")
    assert page.select_one("#id_note_partagee").text.strip() == kept
    assert page.select_one("#id_note_sante").text.strip() == health
    assert not page.select("#vigilance .cv-notice")


def test_what_autosave_swaps_is_what_a_reload_shows(helene, mireille):
    url, tab = at("entretien_nouveau", mireille), str(uuid.uuid4())
    page = BeautifulSoup(helene.get(url).content, "html.parser")
    sent = {field["name"]: field.get("value", "") for field in page.select("#entretien input[name]:not([type=radio])")}
    sent |= said(note_partagee="Elle est malade. Un paresseux.", prochain="reserver", onglet=tab, feuille="on")
    sent |= {"heure": sent["heure"], "action_sorte": "sociale", "themes": []}
    helene.post(at("entretien_brouillon", mireille), sent, headers=HTMX)
    with at_most(37):
        answer = helene.post(at("entretien_brouillon", mireille), sent, headers=HTMX)
    assert answer.status_code == 200
    swapped = BeautifulSoup(answer.content, "html.parser")
    reloaded = BeautifulSoup(helene.get(url).content, "html.parser")
    for name in ("brouillon-etat", "conflit", "echeance", "vigilance", "prochain-propose"):
        part = swapped.select_one(f"#{name}")
        part.attrs.pop("hx-swap-oob", None)
        assert _without_tokens(BeautifulSoup(str(part), "html.parser")) == _without_tokens(
            BeautifulSoup(str(reloaded.select_one(f"#{name}")), "html.parser")
        )


def test_two_tabs_see_both_texts_and_nothing_is_written_over(helene, mireille):
    url = at("entretien_brouillon", mireille)
    helene.post(url, said(note_partagee="Le premier."), headers=HTMX)
    answer = helene.post(url, said(note_partagee="Le second."), headers=HTMX)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Le premier." in page
    assert "Le second." in page
    assert "Le premier." in draft_of(mireille).content
    both = helene.post(at("entretien_nouveau", mireille), said(geste="terminer", note_partagee="Le second."))
    assert both.status_code == 409
    assert not Entretien.objects.exists()
    other = str(draft_of(mireille).pk)
    kept = said(geste="garder_mien", autre=other, note_partagee="Le second.")
    assert helene.post(at("entretien_nouveau", mireille), kept).status_code == 302
    reread = helene.get(at("entretien_nouveau", mireille)).content.decode()
    assert "Le second." in reread
    assert "Le premier." in reread


def test_a_draft_finished_elsewhere_is_said_and_can_begin_again(helene, mireille):
    url = at("entretien_nouveau", mireille)
    gone = helene.post(url, said(geste="terminer", note_partagee="Encore là.", version="3"))
    assert gone.status_code == 409
    assert "Encore là." in gone.content.decode()
    helene.post(url, said(geste="nouveau", note_partagee="Encore là.", version="3"))
    assert "Encore là." in draft_of(mireille).content


def test_an_ended_session_gets_a_sentence_never_the_sign_in_page(mireille):
    answer = Client().post(at("entretien_brouillon", mireille), said(note_partagee="x"), headers=HTMX)
    assert answer.status_code == 401
    assert "votre session est finie" in answer.content.decode()
    assert "<form" not in answer.content.decode()
    plain = Client().post(at("entretien_nouveau", mireille), said(note_partagee="x"))
    assert plain["Location"].startswith("/connexion/")


def test_markup_in_a_note_stays_a_text_everywhere(helene, mireille):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'></textarea>{{ 7|add:7 }} malade"
    fragment = helene.post(at("entretien_brouillon", mireille), said(note_partagee=evil, action=evil), headers=HTMX)
    clash = helene.post(at("entretien_brouillon", mireille), said(note_partagee=evil + "!"), headers=HTMX)
    pages = [fragment, clash, helene.get(at("entretien_nouveau", mireille))]
    tab = draft_of(mireille)
    helene.post(
        at("entretien_nouveau", mireille),
        said(
            geste="terminer",
            note_partagee=evil,
            note_sante=evil,
            action=evil,
            lieu=evil[:60],
            version=str(tab.version),
            vu=re.findall(r'name="vu" value="(\w+)"', fragment.content.decode()),
        ),
    )
    row = Entretien.objects.get()
    for name in ("entretien", "entretien_corriger", "entretien_feuille"):
        pages.append(helene.get(at(name, mireille, entretien=row.pk)))
    pages += [helene.get(at("dossier", mireille)), helene.get(at("entretiens", mireille))]
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "14 malade" not in text
    pdf = helene.get(at("entretien_feuille_pdf", mireille, entretien=row.pk))
    assert pdf.content.startswith(b"%PDF")


def test_fifty_thousand_characters_are_one_note(helene, mireille):
    text = "Elle tient son poste. " * 2300
    answer = helene.post(at("entretien_nouveau", mireille), said(geste="terminer", note_partagee=text))
    assert answer.status_code == 302
    assert len(NotePartagee.objects.get().text) > 50_000


def test_a_call_winds_no_clock_and_is_quick(helene, mireille):
    answer = helene.post(at("appel_nouveau", mireille), said(geste="terminer", forme="telephone", note_partagee="Vu."))
    row = Entretien.objects.get()
    assert answer["Location"] == at("entretien", mireille, entretien=row.pk)
    assert row.rendez_vous.form == "telephone"
    assert "inchangée" in helene.get(answer["Location"]).content.decode()


def test_an_appointment_already_written_leads_to_its_interview(helene, mireille, written):
    answer = helene.get(f"{at('entretien_nouveau', mireille)}?rendez_vous={written.rendez_vous_id}")
    assert answer["Location"] == at("entretien", mireille, entretien=written.pk)
    for wrong in ("x", uuid.uuid4()):
        assert helene.get(f"{at('entretien_nouveau', mireille)}?rendez_vous={wrong}").status_code == 404


def test_a_correction_keeps_the_former_words_and_says_a_clash(helene, mireille, written):
    url = at("entretien_corriger", mireille, entretien=written.pk)
    typed = {"partagee": "Corrigée.", "privee": PRIVATE, "sante": HEALTH}
    typed |= {"v_partagee": 1, "v_privee": 1, "v_sante": 1, "themes": ["poste"]}
    assert helene.post(url, typed).status_code == 302
    page = helene.get(at("entretien", mireille, entretien=written.pk)).content.decode()
    assert "Corrigée." in page
    assert SHARED in page
    clash = helene.post(url, typed | {"partagee": "Par-dessus."})
    assert clash.status_code == 409
    assert "Par-dessus." in clash.content.decode()
    assert "Corrigée." in clash.content.decode()
    assert NotePartagee.objects.count() == 2


def test_drafts_are_listed_and_thrown_away_by_their_author(helene, mireille, written):
    assert "Reprendre" in helene.get(reverse("accompagnateur:brouillons")).content.decode()
    assert DRAFT not in helene.get(reverse("accompagnateur:brouillons")).content.decode()
    assert "Terminer l’entretien avec" in helene.get(reverse("accompagnateur:aujourdhui")).content.decode()
    helene.post(reverse("accompagnateur:brouillon_jeter", args=[draft_of(mireille).pk]))
    assert "Aucun brouillon" in helene.get(reverse("accompagnateur:brouillons")).content.decode()


def test_the_pinned_line_and_the_chips(helene, mireille):
    ASavoirFactory(travailleur=mireille, text="Avant.", replaced_at=timezone.now() + dt.timedelta(days=1))
    assert helene.post(at("a_savoir", mireille), {"text": "x" * 141}).status_code == 422
    helene.post(at("a_savoir", mireille), {"text": "Appeler après 16 h"})
    page = helene.get(at("a_savoir", mireille)).content.decode()
    assert "Appeler après 16 h" in page
    assert "Avant." in page
    url = reverse("accompagnateur:themes")
    assert helene.post(url, {"label": ""}).status_code == 422
    helene.post(url, {"label": "Permis"})
    assert "Permis" in helene.get(at("entretien_nouveau", mireille)).content.decode()


PAGES = ("dossier", "entretiens", "entretien_nouveau", "a_savoir")
OF_ONE = ("entretien", "entretien_corriger", "entretien_feuille", "entretien_feuille_pdf")


def answers(client, mireille, written):
    for name in PAGES:
        yield client.get(at(name, mireille))
    for name in OF_ONE:
        yield client.get(at(name, mireille, entretien=written.pk))
    yield client.get(reverse("accompagnateur:brouillons"))
    yield client.post(at("entretien_brouillon", mireille), said(), headers=HTMX)


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_receives_a_byte(sign_in, entreprise, mireille, written, role):
    client = sign_in(role, entreprise)
    for answer in answers(client, mireille, written):
        assert answer.status_code == 404
        assert not any(word in answer.content.decode(errors="replace") for word in (SHARED, PRIVATE, HEALTH, DRAFT))


def test_another_enterprise_receives_not_a_byte(sign_in, mireille, written):
    client = sign_in(Role.ACCOMPAGNATEUR, EntrepriseInsertionFactory())
    for answer in answers(client, mireille, written):
        text = answer.content.decode(errors="replace")
        assert not any(word in text for word in (SHARED, PRIVATE, HEALTH, DRAFT))
        assert answer.status_code == 404 or "Aucun brouillon" in text


def test_a_colleague_reads_the_shared_text_alone(sign_in, entreprise, mireille, written):
    seen = ""
    for answer in answers(sign_in(Role.ACCOMPAGNATEUR, entreprise), mireille, written):
        seen += answer.content.decode(errors="replace")
    assert SHARED in seen
    assert not any(word in seen for word in (PRIVATE, HEALTH, DRAFT))


def test_the_sheet_holds_no_note(helene, mireille, written):
    page = helene.get(at("entretien_feuille", mireille, entretien=written.pk)).content.decode()
    assert not any(word in page for word in (SHARED, PRIVATE, HEALTH))


def test_a_crash_leaks_no_word_in_its_page_nor_in_the_log(helene, mireille, caplog):
    helene.raise_request_exception = False
    place = "clefdevoute.workspaces.accompagnateur.views.entretiens.terminer"
    with caplog.at_level(logging.DEBUG), mock.patch(place, side_effect=RuntimeError("panne")):
        answer = helene.post(at("entretien_nouveau", mireille), said(geste="terminer", note_privee=PRIVATE))
    assert answer.status_code == 500
    assert PRIVATE not in answer.content.decode()
    assert PRIVATE not in caplog.text
    assert PRIVATE in draft_of(mireille).content


def test_pages_ask_the_database_a_bounded_number_of_times(helene, mireille, user, monkeypatch):
    monkeypatch.setattr(nav, "COUNTS", {})  # what Aujourd'hui costs is bounded by its own test
    for day in range(1, 41):
        start = timezone.now() - dt.timedelta(days=day)
        held = RendezVousFactory(travailleur=mireille, realise=True, starts_at=start)
        row = EntretienFactory(travailleur=mireille, rendez_vous=held, author=user)
        NoteFactory(entretien=row)
        DemarcheFactory(travailleur=mireille)
    helene.get(at("entretiens", mireille))
    with at_most(37):
        helene.get(at("entretiens", mireille))
    with at_most(41):
        helene.get(at("entretien_nouveau", mireille))
    with at_most(41):
        helene.get(at("entretien", mireille, entretien=row.pk))
