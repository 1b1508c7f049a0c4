"""The journal: chained, without names, erasable where it says who, and nowhere else."""

import datetime as dt

import pytest

from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.models import AuditEvent, Change, JournalIdentity, User

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def test_a_chain_verifies_and_shows_what_was_touched():
    ei, user = uuid7(), User.objects.create_user("Anna@Exemple.be", "motdepasse-long", name="Anna")
    actor = Actor(user.id, Role.GESTIONNAIRE, ei)
    for _ in range(3):
        journal.append(
            event="frais.facture_recue",
            by=actor,
            subject=user,
            entreprise_id=ei,
            now=NOW,
            changes={"name": ("A", "Anna")},
        )
    assert journal.verify(ei) == journal.Verification(ei, 3)
    assert Change.objects.count() == 3


def test_erasing_a_person_leaves_the_chain_whole():
    ei, user = uuid7(), User.objects.create_user("anna@exemple.be", name="Anna")
    journal.append(event="a.b", by=None, subject=user, entreprise_id=ei, now=NOW, changes={"name": ("A", "B")})
    ref = AuditEvent.objects.get().subject_ref
    journal.forget("foundation.user", user.id)
    assert journal.verify(ei).ok
    assert not JournalIdentity.objects.filter(journal_id=ref).exists()
    assert not Change.objects.exists()
