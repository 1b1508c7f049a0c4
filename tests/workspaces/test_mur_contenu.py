"""What was written about a person, put everywhere it may be kept: no page of another role gives a word of it."""

import contextlib

import pytest
from django.apps import apps
from django.core import mail
from django.db import DatabaseError, IntegrityError, models, transaction
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.foundation.models import AuditEvent
from tests.records.factories_amenagements import DiagnosticAmenagementFactory
from tests.records.factories_entretiens import (
    ASavoirFactory,
    EntretienFactory,
    NoteFactory,
    NotePriveeFactory,
    NoteSanteFactory,
)
from tests.workspaces import (
    matrix,
    test_url_matrix,  # noqa: F401 - it gathers every address
)

pytestmark = pytest.mark.django_db
SECRET = (FieldClass.SECRET_SOCIAL, FieldClass.SANTE)
WORD = "Chardonneret"
FOLLOW_UP = ("agenda", "suivi", "reseau", "amenagements", "parcours", "echeances")
FOR_THE_HEAD = {"amenagements.Amenagement.measure", "amenagements.DecisionAmenagement.reasons"}
"""What the head of the enterprise reads: the measure proposed to her, and her own reasons."""
OTHERS = sorted(set(Role) - {Role.ACCOMPAGNATEUR})


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def sealed_fields():
    """Name every field of text that holds what is said of a person, model by model."""
    for model in (one for app in FOLLOW_UP for one in apps.get_app_config(app).get_models()):
        classes = getattr(model, "classes", {})
        names = [
            field.name
            for field in model._meta.fields
            if classes.get(field.name) in SECRET
            and isinstance(field, (EncryptedTextField, models.TextField, models.CharField))
            and not field.choices
            and (field.max_length or 99) > 40
            and f"{model._meta.label}.{field.name}" not in FOR_THE_HEAD
        ]
        if names:
            yield model, names


def stamped():
    """Write the word in each of them; what is written once only stays as it was made."""
    done = set()
    for model, names in sealed_fields():
        for row in model._base_manager.all():
            for name in names:
                setattr(row, name, f'{{"texte": "{WORD}"}}' if name in {"content", "text"} else WORD)
            try:
                with transaction.atomic():
                    row.save(update_fields=names)
            except (DatabaseError, TypeError, ValueError):
                continue
            done.add(model._meta.label)
    return done


@pytest.fixture
def everywhere(entreprise):
    """Make one row behind each address, then the word in all of them; give where they are."""
    found = {}
    for name, entry in matrix.ENTRIES.items():
        with contextlib.suppress(IntegrityError), transaction.atomic():  # a second year, a second key of the same name
            found[name] = entry.kwargs(entreprise)
    assert len(found) > 0.9 * len(matrix.ENTRIES)
    one = EntretienFactory(travailleur__entreprise=entreprise)
    for note in (NoteFactory, NotePriveeFactory, NoteSanteFactory):
        note(entretien=one, text=WORD)
    ASavoirFactory(travailleur=one.travailleur, text=WORD)
    DiagnosticAmenagementFactory(amenagement__travailleur=one.travailleur, text=WORD)
    done = stamped()
    assert {"suivi.Objectif", "suivi.Demarche", "suivi.CoteBilan"} <= done
    assert {"parcours.PlanFormation", "parcours.Jobcoaching"} <= done
    return found


def test_no_other_role_receives_a_word(sign_in, entreprise, everywhere, caplog):
    seen = 0
    for role in OTHERS:
        client = sign_in(role, entreprise)
        for name, kwargs in everywhere.items():
            entry = matrix.ENTRIES[name]
            if role not in entry.roles or entry.post:
                continue
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(reverse(name, kwargs=kwargs), {"q": WORD}, headers=headers)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                told = body.decode("utf-8", "replace").replace(f'value="{WORD}"', "").replace(f"q={WORD}", "")
                seen += 1
                assert WORD not in told.replace(f"« {WORD} »", ""), f"{role} : {name}"
    assert seen > 200
    assert WORD not in caplog.text
    assert WORD not in "".join(f"{one.subject}{one.body}" for one in mail.outbox)
    for event in AuditEvent.objects.all():
        assert WORD not in str(event.__dict__)


def test_the_accompagnateur_does_receive_it(sign_in, entreprise, everywhere):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    for name in ("accompagnateur:objectif", "accompagnateur:demarche"):
        assert WORD in client.get(reverse(name, kwargs=everywhere[name])).content.decode(), name
