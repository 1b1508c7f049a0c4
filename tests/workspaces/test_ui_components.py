"""Components and base pages: every name known, nothing inline, every icon drawn."""

import datetime as dt
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from clefdevoute.config.refusals import RefusalMiddleware
from clefdevoute.records.foundation.errors import AccessDenied, RecordError
from clefdevoute.ui import errors, formats, gallery, htmx
from clefdevoute.ui.nav import BarPerson, NavGroup, NavItem
from clefdevoute.ui.pagination import paginate
from clefdevoute.ui.why import Why

UI = Path(htmx.__file__).parent
SOURCES = sorted((UI / "templates").rglob("*.html"))
PERSON = BarPerson(name="Ada", role="gestionnaire", entreprise="L’Essai SC", space="Gestion", logout_url="/sortie/")


class Undefined(str):
    """What Django shows for a variable nobody gave: a mistake in the page, so an error here."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"variable inconnue du gabarit : {name}")


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch):
    """Make every unknown variable of a template an error."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined("%s"))


def request(path: str = "/", **headers: str) -> HttpRequest:
    asked = RequestFactory().get(path, headers=headers)
    asked.user = AnonymousUser()
    asked._messages = []  # type: ignore[attr-defined]
    return asked


def render(source: str, **context: object) -> BeautifulSoup:
    template = engines["django"].from_string(compiled(source))
    return BeautifulSoup(template.render(context, request()), "html.parser")


def compiled(source: str) -> str:
    return str(CottonCompiler().process(source))


def test_the_gallery_knows_all_its_names(strict):
    asked = request("/composants/")
    html = get_template("ui/composants.html").render(gallery.gallery_context(asked), asked)
    assert "Pourquoi 26" in html


def test_strictness_is_real(strict):
    with pytest.raises(AssertionError, match="inconnu"):
        render("{{ inconnu }}")


def test_every_component_is_shown_in_the_gallery():
    shown = "".join(path.read_text(encoding="utf-8") for path in SOURCES if "composants" in str(path.relative_to(UI)))
    names = {path.stem.replace("_", "-") for path in (UI / "templates/cotton").glob("*.html")}
    missing = {name for name in names - {"print-head"} if not re.search(rf"<c-{name}[\s>/]", shown)}
    assert not missing


def test_every_component_has_its_line_in_the_reference():
    text = (UI.parents[2] / "docs/reference/composants.md").read_text(encoding="utf-8")
    names = {path.stem.replace("_", "-") for path in (UI / "templates/cotton").glob("*.html")}
    assert {name for name in names if f"`c-{name}`" not in text} == set()


def test_a_component_leaves_no_blank_behind_it():
    assert str(render('(<c-badge kind="ok">tenu</c-badge>).')).endswith("</span>).")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_style_nor_script_inline(path: Path):
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert not soup.find_all(style=True)
    assert not soup.find_all("style")
    assert not [script for script in soup.find_all("script") if not script.get("src")]
    assert not [tag for tag in soup.find_all(True) if any(re.match(r"on[a-z]|hx-on", name) for name in tag.attrs)]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/composants/", "/connexion/", "/compte/ferme/", "/rien-ici/"])
def test_pages_obey_the_policy_and_ask_nothing_from_elsewhere(client: Client, address: str):
    response = client.get(address)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    soup = BeautifulSoup(response.content, "html.parser")
    assert not soup.find_all(style=True)
    assert all(script.get("src", "").startswith("/static/") for script in soup.find_all("script"))
    assert all(link["href"].startswith("/static/") for link in soup.find_all("link"))
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', response.content.decode())
    assert soup.html["lang"] == "fr-BE"
    assert soup.find("a", class_="cv-skip")["href"] == "#contenu"
    assert len(soup.find_all("main", id="contenu")) == 1
    assert len(soup.find_all("h1")) == 1
    assert "HX-Request" in response.headers["Vary"]


def test_every_icon_used_is_in_the_sprite():
    drawn = set(gallery.sprite_names())
    used = set()
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'(?:<c-icon name|icon)="([a-z]+)"', text))
        for branches in re.findall(r'<c-icon name="(\{%[^"]*)"', text):
            used |= set(re.findall(r"%\}([a-z]+)\{%", branches))
    assert used - drawn == set()
    assert {"alerte", "cadenas", "sante", "attente"} <= used


def test_the_figures_and_links_of_the_rail():
    nav = [NavGroup(title="La preuve", items=[NavItem(label="Factures", url="/f/", count=0, current=True)])]
    html = get_template("ui/base.html").render({"nav": nav, "actor_bar": PERSON}, request())
    soup = BeautifulSoup(html, "html.parser")
    rail = soup.find("nav", class_="cv-nav")
    assert rail.a["aria-current"] == "page"
    assert rail.find(class_="cv-nav__n").text == "0", "zéro se montre : il égale la liste vide"
    assert soup.find("details", class_="cv-bar__menu").find("a", href="/f/")
    assert soup.find("form", action="/sortie/")["method"] == "post"
    assert not soup.find(class_="cv-bar__find"), "sans adresse de recherche, pas de case vide"


def test_messages_say_themselves_and_escape():
    html = get_template("ui/base.html").render({"messages": [Message(messages.ERROR, "<b>non</b>")]}, request())
    box = BeautifulSoup(html, "html.parser").find(id="messages")
    assert box["role"] == "status"
    assert "cv-notice--error" in box.div["class"]
    assert box.b is None
    assert "<b>non</b>" in box.text


def test_a_component_never_sees_the_variables_of_its_page():
    soup = render('<c-section title="Droit">x</c-section>', sub="fuite", wide=True, id="fuite")
    assert "fuite" not in str(soup)
    assert soup.section["class"] == ["cv-section"]
    assert soup.section["aria-labelledby"] == soup.h2["id"] == "h-droit"


def test_the_print_head_takes_the_person_from_the_session_not_from_the_page(monkeypatch: pytest.MonkeyPatch):
    assert "L’Essai SC" not in render('<c-print-head title="Coûts" />', actor_bar=PERSON).text
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "template_context_processors", (lambda _: {"actor_bar": PERSON},))
    assert "L’Essai SC" in render('<c-print-head title="Coûts" />').text


def test_passed_on_attributes_are_escaped():
    soup = render('<c-button hx-get="/x/" :data-x="evil">Ouvrir</c-button>', evil='"><script>')
    assert soup.button["hx-get"] == "/x/"
    assert soup.button["data-x"] == '"><script>'
    assert soup.script is None


def test_an_impossible_button_says_why():
    soup = render('<c-button reason="Encore 5 choses à compléter.">Vérifier</c-button>')
    assert soup.button["aria-disabled"] == "true"
    assert soup.find(id=soup.button["aria-describedby"]).text.startswith("Encore 5")
    assert soup.button["type"] == "button"


def test_a_field_binds_label_help_and_error():
    form = gallery.GalleryForm({"montant": "12,345"})
    soup = render('<c-field :field="form.montant" unit="€" />', form=form)
    entry = soup.input
    assert soup.label["for"] == entry["id"]
    help_id, error_id = entry["aria-describedby"].split()
    assert soup.find(id=help_id).text.startswith("Celui de la facture")
    assert "a 3 décimales" in soup.find(id=error_id).text
    assert entry["value"] == "12,345"
    assert entry["aria-invalid"] == "true"
    order = [tag.get("id") or tag.name for tag in soup.find_all(["label", "p", "div", "input"])]
    assert order.index(help_id) < order.index(error_id) < order.index(entry["id"])


def test_a_box_for_writing_names_its_readers():
    with pytest.raises(Exception, match="Qui lira"):
        render('<c-note label="Note" id="n" name="n"></c-note>')


def test_why_unfolds_reasons_sources_and_doubts():
    why = Why(
        question="Pourquoi 8 ?",
        sentence="Huit.",
        steps=(Why(sentence="Un.", sources=(("art. 21", "/a/"), ("1er tableau", "")), doubts=("date de comptage",)),),
    )
    soup = render('<c-why :why="why" />', why=why)
    assert soup.summary.text == "Pourquoi 8\u00a0?"
    assert soup.ol.li.a["href"] == "/a/"
    assert "À vérifier" in soup.ol.li.find(class_="cv-doubt").text
    assert render('<c-why :why="why" />', why=None).details is None


@pytest.mark.parametrize(
    ("kind", "icon"), [("late", "alerte"), ("soon", "horloge"), ("ok", "fait"), ("", "calendrier"), ("pause", "pause")]
)
def test_a_badge_says_by_text_icon_and_colour(kind: str, icon: str):
    soup = render(f'<c-badge kind="{kind}">texte</c-badge>')
    assert soup.use["href"].endswith(f"#i-{icon}")
    assert soup.text.strip() == "texte"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("pas_commence", "Pas commencé"),
        ("en_cours", "En cours"),
        ("manque", "Il manque"),
        ("termine", "Terminé"),
        ("impossible", "Pas encore possible"),
        ("sans_objet", "Sans objet"),
    ],
)
def test_a_task_says_its_state(state: str, said: str):
    assert said in render(f'<c-task-row state="{state}" title="Tableau B" />').text


def test_pages_keep_the_filters():
    page = paginate(request("/?site=hautpont&page=2"), list(range(45)))
    assert page.items == list(range(20, 40))
    assert (page.previous_url, page.next_url) == ("?site=hautpont&page=1", "?site=hautpont&page=3")
    assert [link.label for link in page.links if link.current] == ["2"]
    assert paginate(request("/?page=zzz"), list(range(45))).items[0] == 0
    assert paginate(request("/?page=99"), list(range(45))).items == list(range(40, 45))
    assert not paginate(request("/"), list(range(20))).several


def test_page_or_fragment():
    page, fragment = "ui/erreurs/page.html", "ui/erreurs/_avis.html"
    context = {"status": 404, "sentence": errors.SENTENCES[404]}
    assert b"<html" in htmx.page_or_fragment(request(), page, fragment, context).content
    part = htmx.page_or_fragment(request(**{"HX-Request": "true"}), page, fragment, context, status=422)
    assert part.status_code == 422
    assert b"<html" not in part.content
    whole = request(**{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in htmx.page_or_fragment(whole, page, fragment, context).content


@pytest.mark.parametrize("status", sorted(errors.SENTENCES))
def test_an_error_says_what_why_and_what_to_do(status: int):
    response = errors.error_page(request(), status)
    assert response.status_code == status
    text = BeautifulSoup(response.content, "html.parser").main.text
    sentence = errors.SENTENCES[status]
    assert all(formats.typo(part) in text for part in (sentence.title, sentence.what, sentence.why, sentence.todo))


def test_the_page_of_a_crash_needs_nothing():
    html = get_template("500.html").render()
    assert "Une panne de notre côté" in html


def test_a_refusal_of_the_records_becomes_its_page():
    middleware = RefusalMiddleware(lambda _: HttpResponse())
    refused = middleware.process_exception(request(), AccessDenied("Ce dossier est à une autre entreprise."))
    assert refused is not None
    assert refused.status_code == 403
    assert "autre entreprise" in refused.content.decode()
    conflict = middleware.process_exception(request(), RecordError("La facture est figée."))
    assert conflict is not None
    assert conflict.status_code == 409
    assert middleware.process_exception(request(), ValueError()) is None


def test_a_form_without_token_is_refused_with_a_way_out():
    response = Client(enforce_csrf_checks=True).post("/connexion/", {})
    assert response.status_code == 403
    assert "Formulaire périmé" in response.content.decode()


def test_the_time_of_the_gallery_is_frozen():
    assert gallery.gallery_context(request())["curve"].today == dt.date(2026, 11, 23)
