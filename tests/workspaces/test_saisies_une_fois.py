"""A form sent twice is done once, whatever the form: found in every page of the matrix and filled by a machine."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

import clefdevoute
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import Envoi
from clefdevoute.records.suivi.models import Objectif
from tests.records.factories import AffectationFactory, EngagementFactory
from tests.workspaces import test_url_matrix
from tests.workspaces.formulaires_machine import post_forms

PACKAGE = Path(clefdevoute.__file__).parent
WORKERS = (Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR, Role.SECRETARIAT)
ENTRIES = test_url_matrix.matrix.ENTRIES
PAGES = sorted(
    name for name, one in ENTRIES.items() if not one.post and not one.public and set(WORKERS) & set(one.roles)
)


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def rows():
    """Count the rows of every table that a person could see twice."""
    kinds = [one for one in apps.get_models() if one is not Envoi and one._meta.label != "sessions.Session"]
    return Counter({one._meta.label: one._base_manager.count() for one in kinds if one._meta.managed})


def test_every_form_that_is_sent_carries_its_key():
    bare = []
    for path in sorted(PACKAGE.rglob("*.html")):
        if path.parent.name == "composants":
            continue  # the gallery shows forms and sends none
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r'<form\b(?=[^>]*method="post").*?</form>', text, re.DOTALL):
            if "{% csrf_token %}" not in form:
                bare.append(f"{path.name} : {form[:80]}")
    assert bare == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_each_form_of_a_page_is_done_once(name, sign_in, entreprise):
    entry = ENTRIES[name]
    client = sign_in(next(role for role in WORKERS if role in entry.roles), entreprise)
    page = reverse(entry.name, kwargs=entry.kwargs(entreprise))
    shown = client.get(page)
    if shown.status_code != 200 or not shown["Content-Type"].startswith("text/html"):
        return
    for address, data in post_forms(shown.content, page):
        assert data.get("cv_envoi"), f"{address} : formulaire sans clé"
        before = rows()
        first = client.post(address, data)
        made = rows() - before
        if first.status_code != 302:
            assert not Envoi.objects.filter(answer="").exists()
            continue
        for upload in data.values():
            if hasattr(upload, "seek"):
                upload.seek(0)
        again = client.post(address, data)
        assert (again.status_code, again["Location"]) == (302, first["Location"])
        assert rows() - before == made, f"{address} : écrit deux fois"


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_one_instant_make_one_row(entreprise):
    held = AffectationFactory(role=Role.ACCOMPAGNATEUR.value, entreprise=entreprise)
    person = EngagementFactory(travailleur__entreprise=entreprise).travailleur
    client = Client()
    client.force_login(held.user)
    page = reverse("accompagnateur:objectif_nouveau", kwargs={"pk": person.pk})
    ((address, data),) = post_forms(client.get(page).content, page)
    start = Barrier(2)

    def click(_: int) -> str:
        twin = Client()
        twin.cookies = client.cookies
        start.wait()
        try:
            return twin.post(address, data)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))
    assert first == second
    assert Objectif.objects.count() == 1
