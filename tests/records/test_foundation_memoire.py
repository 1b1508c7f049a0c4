"""Memory serves what was reckoned until something is written in the enterprise, and never within a transaction."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.memoire import Memoire

MONDAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept(settings):
    settings.MEMOIRE = True


class Reckoned:
    """Counts how often it was asked."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return f"calcul {self.times}"


@pytest.fixture
def ei():
    return uuid.uuid4()


def write(entreprise_id, **said):
    return journal.append(event="essai.ecrit", by=None, entreprise_id=entreprise_id, now=timezone.now(), **said)


def test_a_write_is_seen_and_a_reading_changes_nothing(ei):
    memory, reckon = Memoire(8), Reckoned()
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 1"
    write(uuid.uuid4())
    write(ei, reading=True)
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 1"
    write(ei)
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 2"
    write(ei, reading=True)
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 2"


def test_a_write_undone_is_never_taken_for_the_one_that_follows(ei):
    memory, reckon = Memoire(8), Reckoned()
    write(ei)
    with transaction.atomic():
        undone = write(ei)
        seen = memory.lire(ei, "a", lambda: "jamais écrit", as_of=MONDAY)
        assert (seen, len(memory)) == ("jamais écrit", 0)
        transaction.set_rollback(True)
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 1"
    done = write(ei)
    assert done.sequence == undone.sequence
    assert journal.ecrit(ei) == done.id != undone.id
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 2"


def test_within_a_transaction_everything_is_reckoned(ei):
    """What an action has just written has no event yet: memory would give what stood before."""
    memory, reckon = Memoire(8), Reckoned()
    memory.lire(ei, "a", reckon, as_of=MONDAY)
    with transaction.atomic():
        assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 2"
        assert memory.garde(ei, "a", as_of=MONDAY) is None
    assert memory.garde(ei, "a", as_of=MONDAY) == "calcul 1"


def test_a_write_during_the_reckoning_is_not_lost(ei):
    """The last write is read before the rows: what another does meanwhile makes the next look reckon again."""
    memory, reckon = Memoire(8), Reckoned()

    def overtaken():
        found = reckon()
        write(ei)
        return found

    assert memory.lire(ei, "a", overtaken, as_of=MONDAY) == "calcul 1"
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 2"


def test_key_enterprise_day_and_stamp_each_stand_apart(ei):
    memory, reckon = Memoire(8), Reckoned()
    memory.lire(ei, "a", reckon, as_of=MONDAY)
    assert memory.lire(ei, "b", reckon, as_of=MONDAY) == "calcul 2"
    assert memory.lire(uuid.uuid4(), "a", reckon, as_of=MONDAY) == "calcul 3"
    assert memory.lire(ei, "a", reckon, as_of=MONDAY + dt.timedelta(days=1)) == "calcul 4"
    assert memory.lire(ei, "a", reckon, as_of=MONDAY, stamp=["brouillon"]) == "calcul 5"
    assert memory.lire(ei, "a", reckon, as_of=MONDAY, stamp=["brouillon"]) == "calcul 5"


def test_it_is_bounded_and_drops_the_longest_unread(ei):
    memory = Memoire(3)
    for key in "abc":
        memory.lire(ei, key, lambda key=key: key, as_of=MONDAY)
    memory.lire(ei, "a", Reckoned(), as_of=MONDAY)
    memory.lire(ei, "d", lambda: "d", as_of=MONDAY)
    assert len(memory) == 3
    assert [memory.garde(ei, key, as_of=MONDAY) for key in "abcd"] == ["a", None, "c", "d"]


def test_several_threads_share_it(ei):
    """As the server does: each thread asks with its own key under the others' eyes; nobody gets another's."""
    memory, wrong = Memoire(4), []
    ask = journal.ecrit
    version = ask(ei)

    def work(name):
        for turn in range(200):
            got = memory._found((ei, name), (version, MONDAY, None))
            if got is not None and got[1] != name:
                wrong.append((name, got))
            memory._keep((ei, name), ((version, MONDAY, None), name))
            if turn % 50 == 0:
                len(memory)

    threads = [threading.Thread(target=work, args=(f"clé {number}",)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not wrong
    assert len(memory) <= 4


def test_switched_off_it_keeps_nothing(ei, settings):
    settings.MEMOIRE = False
    memory, reckon = Memoire(8), Reckoned()
    memory.lire(ei, "a", reckon, as_of=MONDAY)
    assert memory.lire(ei, "a", reckon, as_of=MONDAY) == "calcul 2"
    assert len(memory) == 0
