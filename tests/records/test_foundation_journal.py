"""The journal: chained, without names, erasable where it says who, and nowhere else."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.config.commands import journal as command
from clefdevoute.records.foundation import journal, triggers
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.journal import GENESIS, INSTALLATION, Subject, Verification
from clefdevoute.records.foundation.models import AuditEvent, ChainHead, Change, JournalIdentity, SupportSession, User

pytestmark = pytest.mark.django_db


def write(actor, now, times=3, **words):
    facts = {"event": "frais.facture_recue", "by": actor, "entreprise_id": actor.entreprise_id, "now": now} | words
    return [journal.append(**facts) for _ in range(times)]


def tamper(sql, *params):
    """Do what only someone with the database in hand can do: take the triggers off, then write."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    triggers.install(connection)


def test_each_enterprise_has_its_own_chain(make_actor, now):
    first, second = make_actor(), make_actor()
    write(first, now, 3)
    write(second, now, 2)
    assert journal.verify(first.entreprise_id) == Verification(first.entreprise_id, 3)
    assert journal.verify(second.entreprise_id) == Verification(second.entreprise_id, 2)
    assert list(AuditEvent.objects.visible_to(first).values_list("sequence", flat=True).order_by("sequence")) == [
        1,
        2,
        3,
    ]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
def test_who_reads_the_journal_of_an_enterprise(make_actor, now, role, own):
    author = make_actor()
    write(author, now, 1, subject=Subject("essai", uuid7()), changes={"x": (1, 2)})
    reader = make_actor(role, author.entreprise_id if own else None)
    seen = role is Role.GESTIONNAIRE and own
    assert AuditEvent.objects.visible_to(reader).exists() is seen
    assert Change.objects.visible_to(reader).exists() is seen


def test_signing_in_belongs_to_the_installation(now):
    event = journal.append(event="foundation.connexion_refusee", by=None, entreprise_id=None, now=now)
    assert (event.entreprise_id, event.actor_ref, event.role) == (INSTALLATION, None, "")
    assert journal.verify(None).ok


def test_a_link_holds_no_name_no_value_and_no_real_identifier(make_actor, now):
    actor = make_actor()
    subject = User.objects.create_user("nom.secret@exemple.be", name="Nom Secret")
    (event,) = write(actor, now, 1, subject=subject, changes={"name": ("Avant", "Nom Secret")}, purpose="relecture")
    stored = " ".join(str(value) for value in AuditEvent.objects.filter(pk=event.pk).values_list()[0])
    for forbidden in ("Secret", "Avant", "exemple", str(subject.pk), str(actor.user_id)):
        assert forbidden not in stored
    assert {field.name for field in AuditEvent._meta.fields if isinstance(field, models.ForeignKey)} == set()
    change = Change.objects.get()
    assert (change.field, change.old, change.new, change.event_id) == ("name", "Avant", "Nom Secret", event.pk)


def test_values_of_secret_fields_never_reach_the_history(make_actor, now):
    subject = User.objects.create_user("anna@exemple.be")
    write(make_actor(), now, 1, subject=subject, changes={"password": ("ancien", "nouveau"), "inconnu": (1, 2)})
    assert list(Change.objects.order_by("field").values_list("field", "field_class", "old", "new")) == [
        ("inconnu", "sante", None, None),
        ("password", "secret_social", None, None),
    ]


def test_erasing_a_person_removes_one_identity_and_the_chain_still_verifies(make_actor, now):
    actor = make_actor()
    anna, bert = (User.objects.create_user(f"{name}@exemple.be", name=name) for name in ("anna", "bert"))
    write(actor, now, 2, subject=anna, changes={"name": ("", "anna")})
    write(actor, now, 1, subject=bert, changes={"name": ("", "bert")})
    before = JournalIdentity.objects.count()
    journal.forget("foundation.user", anna.pk)
    assert JournalIdentity.objects.count() == before - 1
    assert list(Change.objects.values_list("subject_id", flat=True)) == [bert.pk]
    assert journal.verify(actor.entreprise_id) == Verification(actor.entreprise_id, 3)
    assert journal.identity("foundation.user", anna.pk) != AuditEvent.objects.order_by("sequence").first().subject_ref


@pytest.mark.parametrize("event", ["", "facture", "Frais.Facture", "frais.facture reçue", "frais.x; Anna Dupont"])
def test_an_event_is_a_code(make_actor, now, event):
    with pytest.raises(ValueError, match="is not an event"):
        write(make_actor(), now, 1, event=event)


def test_a_purpose_is_a_code(make_actor, now):
    with pytest.raises(ValueError, match="no text"):
        write(make_actor(), now, 1, purpose="pour voir le dossier d’Anna")


BREAKS = {
    "changed": ("UPDATE foundation_auditevent SET role = 'support' WHERE sequence = 2", 2, "a été modifié"),
    "removed": ("DELETE FROM foundation_auditevent WHERE sequence = 2", 2, "n° 2 manque"),
    "cut": ("DELETE FROM foundation_auditevent WHERE sequence = 3", 3, "fin de la chaîne"),
    "unlinked": ("UPDATE foundation_auditevent SET previous_hash = hash WHERE sequence = 2", 2, "ne suit pas"),
    "headless": ("DELETE FROM foundation_chainhead", 4, "fin de la chaîne"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_first_broken_link_is_named(make_actor, now, capsys, name):
    sql, link, words = BREAKS[name]
    actor = make_actor()
    write(actor, now, 3)
    tamper(sql)
    outcome = journal.verify(actor.entreprise_id)
    assert (outcome.ok, outcome.broken_at) == (False, link)
    assert words in outcome.reason
    assert command.main(["verifier"]) == 1
    assert words in capsys.readouterr().err


def test_the_command_says_that_all_is_whole(make_actor, now, capsys):
    actor = make_actor()
    write(actor, now, 2)
    assert command.main(["verifier"]) == 0
    assert capsys.readouterr().out == "Journal intact : 1 chaîne, 2 maillons.\n"
    assert command.main(["verifier", "--entreprise", str(actor.entreprise_id)]) == 0


def test_an_event_of_a_refused_write_does_not_stay(make_actor, now):
    actor = make_actor()

    @transaction.atomic
    def write_then_fail():
        write(actor, now, 1)
        User.objects.create(email="double@exemple.be")
        User.objects.create(email="double@exemple.be")

    with pytest.raises(IntegrityError):
        write_then_fail()
    assert journal.verify(actor.entreprise_id) == Verification(actor.entreprise_id, 0)


def test_eight_writers_at_once_leave_one_unbroken_chain(in_threads, now):
    """The head of the chain makes them queue: no rank twice, none missing."""
    actor = Actor(uuid7(), Role.GESTIONNAIRE, uuid7())

    outcomes = in_threads(8, lambda index: len(write(actor, now, 10, subject=Subject("essai", uuid.UUID(int=index)))))
    assert outcomes == [10] * 8
    (verdict,) = in_threads(1, lambda _: journal.verify(actor.entreprise_id))
    assert verdict == Verification(actor.entreprise_id, 80)


@given(
    at=st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.timezones()),
    purpose=st.text("abc_0", max_size=40),
    sequence=st.integers(1, 10**12),
)
def test_the_hash_depends_on_every_field_and_not_on_the_time_zone(at, purpose, sequence):
    link = AuditEvent(
        entreprise_id=INSTALLATION, sequence=sequence, at=at, event="a.b", purpose=purpose, previous_hash=GENESIS
    )
    same = journal.digest(link)
    link.at = at.astimezone(dt.UTC)
    assert journal.digest(link) == same
    for name, other in {
        "sequence": sequence + 1,
        "at": at.astimezone(dt.UTC) + dt.timedelta(microseconds=1),
        "event": "a.c",
        "purpose": purpose + "x",
        "role": "support",
        "actor_ref": uuid.UUID(int=1),
        "subject_kind": "x",
        "subject_ref": uuid.UUID(int=2),
        "previous_hash": bytes(31) + b"\x01",
        "entreprise_id": uuid.UUID(int=3),
        "id": uuid.UUID(int=4),
    }.items():
        kept = getattr(link, name)
        setattr(link, name, other)
        assert journal.digest(link) != same, name
        setattr(link, name, kept)
    stored = {field.name for field in AuditEvent._meta.fields}
    assert stored - {"hash"} == {*AuditEvent.classes, "id"} - {"hash"}


def test_heads_count_every_link(make_actor, now):
    actor = make_actor()
    last = write(actor, now, 4)[-1]
    head = ChainHead.objects.get(entreprise_id=actor.entreprise_id)
    assert (head.sequence, bytes(head.hash)) == (4, bytes(last.hash))
    assert SupportSession.objects.count() == 0
