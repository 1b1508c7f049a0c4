"""What is typed about a person, a partner or a séance is text on every page of the follow-up, never a tag."""

import contextlib

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.foundation.models import User
from tests.records import factories as make
from tests.workspaces import (
    matrix,
    test_url_matrix,  # noqa: F401 - it gathers every address
)

pytestmark = pytest.mark.django_db
TAG = '"><img src=x onerror=alert(1)>'
APPS = ("entreprises", "personnes", "agenda", "suivi", "reseau", "amenagements", "parcours", "echeances")
OURS = sorted(name for name in matrix.ENTRIES if name.split(":")[0] in {"accompagnateur", "agenda"})


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


SHAPED = {
    "TexteAvis.text",
    "RapportCpas.text",
    "Brouillon.content",
    "Synthese.content",
    "SignatureBilan.strokes",
    "Brouillon.replaced",
    "Consentement.strokes",
}
"""What is kept in a shape of its own, that words alone would break."""


def typed(field):
    """Tell whether a person types that field in her own words."""
    if f"{field.model.__name__}.{field.name}" in SHAPED:
        return False
    if isinstance(field, EncryptedTextField):
        return field.name not in {"content", "packet"}
    text = isinstance(field, (models.CharField, models.TextField)) and not field.choices and not field.primary_key
    return text and (field.max_length or 99) >= 60 and field.name not in {"sha256", "token_hash", "search_key"}


def stamp():
    """Write the tag wherever a person types; what is written once only, or checked, stays as it was made."""
    done = 0
    for model in (one for app in APPS for one in apps.get_app_config(app).get_models()):
        for name in [field.name for field in model._meta.fields if typed(field)]:
            for row in model._base_manager.all():
                setattr(row, name, TAG)
                with contextlib.suppress(DatabaseError, TypeError, ValueError), transaction.atomic():
                    row.save(update_fields=[name])
                    done += 1
    return done


def test_nothing_that_was_typed_runs_in_a_page(sign_in, entreprise):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    make.AccompagnateurFactory(entreprise=entreprise, user=User.objects.get())
    places = {}
    for name in OURS:
        with contextlib.suppress(IntegrityError), transaction.atomic():
            places[name] = matrix.ENTRIES[name].kwargs(entreprise)
    assert stamp() > 300
    escaped = 0
    for name, kwargs in places.items():
        if matrix.ENTRIES[name].post:
            continue
        page = client.get(reverse(name, kwargs=kwargs), {"q": TAG})
        if "html" in page["Content-Type"]:
            body = page.content.decode()
            assert "<img src=x" not in body, name
            escaped += "&lt;img src=x" in body
    assert escaped > 80
