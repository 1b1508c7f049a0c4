"""E-mails and convocations: what leaves, what waits, what failed, and that nothing leaves twice."""

import smtplib
from unittest import mock

import pytest
from django.core import mail

from clefdevoute.records.agenda import boite, policies
from clefdevoute.records.agenda.actions import convocations, courriels
from clefdevoute.records.agenda.models import Convocation, Courriel
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from tests.records.factories import EntrepriseInsertionFactory, actor
from tests.records.factories_agenda import PresenceFactory, RendezVousFactory, at

pytestmark = pytest.mark.django_db
NOW = at("2026-03-02 12:00")
WAITING = "clefdevoute.records.agenda.boite.WaitingBackend"
WORDS = {"subject": "Votre rendez-vous", "body": "Le 10 mars à 10 heures."}


@pytest.fixture
def rdv():
    return RendezVousFactory(travailleur__email="sam@exemple.be")


@pytest.fixture
def who(rdv):
    return actor(Role.SECRETARIAT, rdv.entreprise)


def convoke(rdv, who, channel="courriel", **words):
    return convocations.convoquer(rendez_vous=rdv, channel=channel, by=who, now=NOW, **(WORDS | words))


def test_with_a_server_the_mail_leaves_once_the_transaction_is_done(rdv, who, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = convoke(rdv, who)
        assert mail.outbox == []
    made.courriel.refresh_from_db()
    assert made.courriel.state == "parti"
    assert [(one.to, one.subject, one.body) for one in mail.outbox] == [(["sam@exemple.be"], *WORDS.values())]
    assert boite.send(made.courriel.pk, now=NOW) is None
    assert len(mail.outbox) == 1
    assert not policies.can_hand_over(who, made.courriel)


def test_without_a_server_it_waits_and_a_person_hands_it_over(rdv, who, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = WAITING
    with django_capture_on_commit_callbacks(execute=True):
        made = convoke(rdv, who)
    made.courriel.refresh_from_db()
    assert (made.courriel.state, made.courriel.handed_at) == ("a_remettre", None)
    assert not boite.has_server()
    courriels.noter_remis(courriel=made.courriel, by=who, now=NOW)
    made.courriel.refresh_from_db()
    assert (made.courriel.state, made.courriel.handed_at) == ("parti", NOW)
    with pytest.raises(AccessDenied, match="déjà parti"):
        courriels.renvoyer_courriel(courriel=made.courriel, by=who, now=NOW)


def test_a_server_that_refuses_is_said_and_tried_again(rdv, who, django_capture_on_commit_callbacks):
    with (
        mock.patch("django.core.mail.EmailMessage.send", side_effect=smtplib.SMTPServerDisconnected),
        django_capture_on_commit_callbacks(execute=True),
    ):
        made = convoke(rdv, who)
    made.courriel.refresh_from_db()
    assert made.courriel.state == "echec"
    with django_capture_on_commit_callbacks(execute=True):
        courriels.renvoyer_courriel(courriel=made.courriel, by=who, now=NOW)
    made.courriel.refresh_from_db()
    assert made.courriel.state == "parti"


def test_an_address_is_needed_for_a_mail_and_not_for_a_letter(who, rdv):
    rdv.travailleur.email = ""
    rdv.travailleur.save()
    with pytest.raises(RowRefused, match="pas d’adresse de courriel"):
        convoke(rdv, who)
    assert convoke(rdv, who, "lettre").courriel is None
    assert Convocation.objects.visible_to(who).count() == 1
    assert not Courriel.objects.exists()


def test_a_place_at_a_seance_is_convoked_too(rdv, who):
    place = PresenceFactory(entreprise=rdv.entreprise, seance__accompagnateur=rdv.accompagnateur)
    made = convocations.convoquer(presence=place, channel="sms", by=who, now=NOW)
    assert (made.presence, made.rendez_vous) == (place, None)
    with pytest.raises(TypeError):
        convocations.convoquer(channel="sms", by=who, now=NOW)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
def test_who_writes(rdv, role, own):
    person = actor(role, rdv.entreprise if own else EntrepriseInsertionFactory())
    writes = own and role in {Role.ACCOMPAGNATEUR, Role.SECRETARIAT}
    assert policies.can_mail(person, rdv.entreprise_id) is writes
    if not writes:
        with pytest.raises(AccessDenied):
            convoke(rdv, person)


def test_a_subject_of_two_lines_becomes_one(rdv, who):
    made = convoke(rdv, who, subject="Votre\r\nBcc: tous@exemple.be rendez-vous")
    assert made.courriel.subject == "Votre Bcc: tous@exemple.be rendez-vous"
