"""A sealed packet opens for its purpose and its time alone; a key sent twice works once, even at one instant."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from clefdevoute.records.foundation import packets, sendings
from clefdevoute.records.foundation.models import Envoi
from clefdevoute.records.foundation.sendings import Claim, StillSending

HOUR = dt.timedelta(hours=1)
KEY = {"key": "k" * 64, "digest": "d" * 64}


def test_a_packet_opens_for_its_purpose_and_its_time_alone():
    now = timezone.now()
    text = packets.pack({"mot": "secret ’ é 🏠"}, purpose="a", now=now)
    assert "secret" not in text
    assert packets.unpack(text, purpose="a", now=now + HOUR, max_age=HOUR) == {"mot": "secret ’ é 🏠"}
    assert packets.unpack(text, purpose="b", now=now, max_age=HOUR) is None
    assert packets.unpack(text, purpose="a", now=now + 2 * HOUR, max_age=HOUR) is None
    assert packets.unpack(text[:-8] + "AAAAAAA=", purpose="a", now=now, max_age=HOUR) is None
    for odd in ("", "x", "é", "A" * 40, "\0"):
        assert packets.unpack(odd, purpose="a", now=now, max_age=HOUR) is None


@pytest.mark.django_db
def test_the_same_words_wait_for_the_first_answer_and_other_words_are_another_sending():
    now = timezone.now()
    assert sendings.claim(**KEY, now=now) == ""
    with pytest.raises(StillSending):
        sendings.claim(**KEY, now=now, patience=0)
    sendings.done(Claim(**KEY), answer="scellée")
    assert sendings.claim(**KEY, now=now) == "scellée"
    other = KEY | {"digest": "e" * 64}
    assert sendings.claim(**other, now=now) == ""
    sendings.done(Claim(**other), answer="autre")
    assert sendings.claim(**KEY, now=now) == "", "A, puis B, puis A : ce dernier A est voulu"


@pytest.mark.django_db
def test_a_freed_key_serves_again_and_an_old_one_is_forgotten():
    now = timezone.now()
    sendings.claim(**KEY, now=now)
    sendings.free(Claim(**KEY))
    assert sendings.claim(**KEY, now=now) == ""
    sendings.done(Claim(**KEY), answer="scellée")
    sendings.free(Claim(**KEY))
    assert sendings.claim(**KEY, now=now) == "scellée"
    assert sendings.claim(key="z" * 64, digest="z" * 64, now=now + sendings.KEPT + HOUR) == ""
    assert list(Envoi.objects.values_list("key", flat=True)) == ["z" * 64]


@pytest.mark.django_db
def test_envoi_once():
    row = Envoi.objects.create(**KEY, claimed_at=timezone.now())
    Envoi(key="l" * 64, digest=row.digest, claimed_at=row.claimed_at).validate_constraints()
    twin = Envoi(**KEY, claimed_at=row.claimed_at)
    with pytest.raises(ValidationError, match="ne compte qu’une fois"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_one_instant_one_works_and_the_other_gets_its_answer():
    start, now = Barrier(2), timezone.now()

    def send(_: int) -> str:
        start.wait()
        try:
            answer = sendings.claim(**KEY, now=now)
            if not answer:
                sendings.done(Claim(**KEY), answer="scellée")
            return answer
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == ["", "scellée"]
