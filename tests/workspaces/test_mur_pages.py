"""Every address, read and written by force: what it leaves behind, what it says to caches and browsers."""

import hashlib
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from clefdevoute.config.readonly import allowed_tables
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent, JournalIdentity
from tests.records.factories import EntrepriseInsertionFactory
from tests.workspaces import matrix
from tests.workspaces.test_url_matrix import ask

pytestmark = pytest.mark.django_db
READ = sorted(name for name, entry in matrix.ENTRIES.items() if not entry.post)
PRIVATE = sorted(name for name, entry in matrix.ENTRIES.items() if not entry.public)


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def state() -> Iterator[tuple[str, str]]:
    """Fold each table that a GET may not touch."""
    for model in apps.get_models():
        if model._meta.db_table in allowed_tables() or not model._meta.managed:
            continue
        rows = serializers.serialize("json", model._default_manager.order_by("pk"))
        yield model._meta.label, hashlib.sha256(rows.encode()).hexdigest()


@pytest.mark.parametrize("name", READ)
def test_reading_leaves_every_row_as_it_was(name, sign_in, entreprise):
    entry = matrix.ENTRIES[name]
    client = sign_in(Role.GESTIONNAIRE, entreprise)
    address = reverse(entry.name, kwargs=entry.kwargs(entreprise))
    before = dict(state())
    client.get(address)
    client.head(address)
    client.options(address)
    assert dict(state()) == before


@pytest.mark.parametrize("name", PRIVATE)
def test_what_only_a_signed_in_person_sees_is_kept_by_no_cache(name, sign_in, entreprise):
    answer = ask(sign_in(Role.GESTIONNAIRE, entreprise), matrix.ENTRIES[name], entreprise)
    assert "no-store" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", sorted(name for name in matrix.ENTRIES if name != "compte:accueil"))
def test_no_form_is_taken_without_its_token(name, sign_in, entreprise):
    entry = matrix.ENTRIES[name]
    client = Client(enforce_csrf_checks=True)
    client.cookies = sign_in(Role.GESTIONNAIRE, entreprise).cookies
    answer = client.post(reverse(entry.name, kwargs=entry.kwargs(entreprise)), {"quoi": "x"})
    assert answer.status_code in {403, 405}, answer.status_code


def test_a_whole_day_of_pages_leaves_a_journal_of_codes_and_an_unbroken_chain(sign_in):
    for entry in matrix.ENTRIES.values():
        entreprise = EntrepriseInsertionFactory()
        ask(sign_in(Role.GESTIONNAIRE, entreprise), entry, entreprise)
    assert AuditEvent.objects.count() > 20
    for link in AuditEvent.objects.all():
        for word in (link.event, link.purpose, link.role, link.subject_kind):
            assert re.fullmatch(r"[a-z0-9_.]*", word), word
    assert all(outcome.ok for outcome in journal.verify_all())
    JournalIdentity.objects.all().delete()
    assert all(outcome.ok for outcome in journal.verify_all()), "effacer les identités ne rompt aucune chaîne"
