"""What still weighs on a day gives the same clocks as the whole history: the short way is no other law."""

import datetime as dt
import random

import pytest

from clefdevoute.records.agenda import facts
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import EmpechementFactory, PresenceFactory, RendezVousFactory, SeanceFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
ISSUES = ({"realise": True}, {"refuse": True}, {"absent": True}, {"excuse": True}, {"annule": True}, {})
FORMS = ("face_a_face", "face_a_face", "telephone", "video")
PRESENCES = ("present", "present", "absent", "excuse", "refuse", "inscrit")


def noon(days):
    return dt.datetime.combine(TODAY - dt.timedelta(days=days), dt.time(11), dt.UTC)


def drawn(seed):
    """Draw a person with a history of any kind, before and after she was hired."""
    chance = random.Random(seed)  # noqa: S311 - invented histories
    person = TravailleurFactory()
    hired = TODAY - dt.timedelta(days=chance.randrange(30, 900))
    EngagementFactory(
        travailleur=person, starts_on=hired, ends_on=TODAY - dt.timedelta(days=5) if seed % 7 == 0 else None
    )
    own = AccompagnateurFactory(entreprise=person.entreprise)
    for rank in range(chance.randrange(8)):
        RendezVousFactory(
            travailleur=person,
            accompagnateur=own,
            starts_at=noon(chance.randrange(-20, 1000)) + dt.timedelta(minutes=rank),
            form=chance.choice(FORMS),
            kind=chance.choice(("entretien", "entretien", "visite")),
            **chance.choice(ISSUES),
        )
    for _ in range(chance.randrange(6)):
        seance = SeanceFactory(
            accompagnateur=own, starts_at=noon(chance.randrange(-20, 900)), tenue=chance.random() < 0.7,
            is_collective_interview=chance.random() < 0.8, is_strategy=True,
        )  # fmt: skip
        PresenceFactory(seance=seance, travailleur=person, status=chance.choice(PRESENCES))
    if chance.random() < 0.4:
        EmpechementFactory(travailleur=person, starts_on=TODAY - dt.timedelta(days=chance.randrange(300)))
    return person


@pytest.mark.parametrize("seed", range(40))
def test_both_ways_draw_the_same_clocks(seed):
    person = drawn(seed)
    ask = {"entreprise_id": person.entreprise_id, "travailleur_ids": [person.pk], "as_of": TODAY}
    whole = {pk: one.etat(as_of=TODAY) for pk, one in facts.faits_horloges(**ask).items()}
    short = facts.horloges(**ask)
    assert {pk: one.value for pk, one in short.items()} == {pk: one.value for pk, one in whole.items()}
    assert {pk: one.sentence for pk, one in short.items()} == {pk: one.sentence for pk, one in whole.items()}
