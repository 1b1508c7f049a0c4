"""What no form expects, in every form of the dossier's pages: a sentence, nothing typed lost, no broken page."""

import io
import zipfile
from functools import cache

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.workspaces.formulaires_machine import post_forms
from tests.workspaces.test_saisies_une_fois import ENTRIES, PAGES, WORKERS

pytestmark = pytest.mark.django_db
HTML = "<script>alert('é’ 🏠')</script> & \"cité\" 👩🏽‍🦽"
TEXTS = {
    "html": HTML,
    "long": "Dix mille signes. " * 556,
    "nul": "un mot\0caché",
    "jour": "29/02/2027",
    "futur": "31/12/2099",
}


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def bomb():
    """Make a .docx whose one part unpacks to two hundred megabytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        with target.open("word/document.xml", "w") as part:
            for _ in range(200):
                part.write(b" " * 1024 * 1024)
    return stream.getvalue()


@cache
def files():
    """Give the files that are not what their name says, or are too much."""
    return {
        "vide": ("vide.pdf", b""),
        "exe": ("contrat.pdf", b"MZ\x90\x00" + bytes(4000)),
        "bombe": ("modele.docx", bomb()),
        "lourd": ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(21 * 1024 * 1024)),
    }


DOSSIER = [name for name in PAGES if name.startswith("accompagnateur:")]


def spoiled(data, fields, text):
    """Type the same odd text in every field that takes a text."""
    return data | dict.fromkeys(fields, text)


def open_page(name, sign_in, entreprise):
    entry = ENTRIES[name]
    client = sign_in(next(role for role in WORKERS if role in entry.roles), entreprise)
    page = reverse(entry.name, kwargs=entry.kwargs(entreprise))
    shown = client.get(page)
    if shown.status_code != 200 or not shown["Content-Type"].startswith("text/html"):
        return client, page, b""
    return client, page, shown.content


def text_fields(content, page, at):
    form = BeautifulSoup(content, "html.parser").select("main form[method=post]")[at]
    typed = form.select(
        "textarea[name], input[name]:not([type]), input[type=text], input[type=number], input[type=search]"
    )
    return [one["name"] for one in typed]


@pytest.mark.parametrize("name", DOSSIER)
def test_no_odd_text_breaks_a_page_or_is_lost(name, sign_in, entreprise):
    client, page, content = open_page(name, sign_in, entreprise)
    for at, (address, data) in enumerate(post_forms(content, page)):
        fields = text_fields(content, page, at)
        for kind, text in TEXTS.items() if fields else ():
            answer = client.post(address, spoiled(data, fields, text))
            assert answer.status_code < 500, f"{address} : {kind}"
            if answer.status_code in {200, 409, 422} and "html" in answer.get("Content-Type", "") and kind != "nul":
                soup = BeautifulSoup(answer.content, "html.parser")
                kept = [one.text for one in soup.select("textarea")] + [
                    one["value"] for one in soup.select("input[value]")
                ]
                assert any(text.strip() == one.strip() for one in kept), (
                    f"{address} : {kind} perdu, {answer.status_code}"
                )
            assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("name", DOSSIER)
def test_no_odd_file_breaks_a_page(name, sign_in, entreprise):
    client, page, content = open_page(name, sign_in, entreprise)
    for address, data in post_forms(content, page):
        places = [key for key, value in data.items() if hasattr(value, "seek")]
        for kind, (filename, body) in files().items() if places else ():
            sent = data | {key: SimpleUploadedFile(filename, body) for key in places}
            answer = client.post(address, sent)
            assert answer.status_code in {302, 409, 413, 422, 200}, f"{address} : {kind} {answer.status_code}"
