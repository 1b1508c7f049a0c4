"""A page that writes about an enterprise tells its journal, or the test that pressed its button fails."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from clefdevoute.records.foundation import journal
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.acces import OPENED
from tests.records.factories import TravailleurFactory
from tests.records.factories_entretiens import BrouillonFactory
from tests.traces import TraceMiddleware, UntracedWrite

pytestmark = pytest.mark.django_db


def press(write, method="post"):
    """Let a page do something."""

    def page(_):
        write()
        return HttpResponse()

    return TraceMiddleware(page)(getattr(RequestFactory(), method)("/"))


def rename(one):
    Travailleur.objects.filter(pk=one.pk).update(name="Autre")


def tell(one, event="essai.ecrit"):
    journal.append(event=event, by=None, entreprise_id=one.entreprise_id, now=timezone.now())


def test_a_write_without_its_event_fails():
    one = TravailleurFactory()
    with pytest.raises(UntracedWrite, match="personnes_travailleur"):
        press(lambda: rename(one))


def test_a_mere_reading_is_no_event_for_a_write():
    one = TravailleurFactory()
    with pytest.raises(UntracedWrite):
        press(lambda: (rename(one), tell(one, OPENED)))


def test_a_write_with_its_event_passes():
    one = TravailleurFactory()
    assert press(lambda: (rename(one), tell(one))).status_code == 200


def test_an_event_undone_counts_for_nothing_and_neither_does_a_write_undone():
    one = TravailleurFactory()

    def undone(act):
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    assert press(lambda: undone(lambda: rename(one))).status_code == 200
    with pytest.raises(UntracedWrite):
        press(lambda: (undone(lambda: tell(one)), rename(one)))


def test_a_draft_saved_at_each_pause_needs_none():
    draft = BrouillonFactory()

    def pause():
        draft.version += 1
        draft.save()

    assert press(pause).status_code == 200
