"""The clocks in *Aujourd'hui*: red for one person, amber for a séance, moved by nothing but an interview held."""

import pytest

from clefdevoute.records.echeances.lignes import Bande, Gravite
from clefdevoute.records.echeances.sources import horloges
from tests.records.echeances_gestes import MONDAY, days, portee, sentence, shown
from tests.records.factories import EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import EmpechementFactory, PresenceFactory, RendezVousFactory, SeanceFactory, at
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
LATE, SOON, LATER = "2026-04-28 10:00", "2026-06-08 10:00", "2026-09-01 10:00"


def followed(met=LATE, site="Hautpont", **fields):
    """Give a person met face to face on a day; her séance was held in October, so that clock sleeps."""
    names = {"name": "Boisclair", "first_name": "Samira"} | {k: v for k, v in fields.items() if k == "entreprise"}
    one = EngagementFactory(travailleur=TravailleurFactory(**names), site=site, statut=fields.get("statut", "td"))
    if met:
        RendezVousFactory(travailleur=one.travailleur, starts_at=at(met), realise=True)
    sit(one.travailleur, fields.get("sat", "2026-10-20 14:00"))
    return one.travailleur


def sit(person, moment, status="present"):
    seance = SeanceFactory(entreprise=person.entreprise, starts_at=at(moment), tenue=status == "present")
    PresenceFactory(seance=seance, travailleur=person, status=status)
    return seance


def lines(person, **who):
    return shown(horloges.lignes, person.entreprise, **who)


def test_a_late_interview_is_red():
    person = followed()
    [line] = lines(person)
    assert sentence(line) == "Planifier l’entretien individuel de Samira Boisclair"
    assert (line.bande(MONDAY), line.days_late(MONDAY), line.gravite) == (Bande.EN_RETARD, 26, Gravite.ROUGE)
    assert line.meta == "Dernier face à face le 28/04/2026 · Hautpont"


def test_it_goes_once_the_interview_is_held():
    person = followed()
    RendezVousFactory(travailleur=person, starts_at=at("2026-11-23 09:00"), realise=True)
    assert lines(person) == []


@pytest.mark.parametrize("how", [{"form": "telephone", "realise": True}, {"refuse": True}, {"absent": True}])
def test_a_call_a_refusal_an_absence_leave_it_there(how):
    person = followed()
    RendezVousFactory(travailleur=person, starts_at=at("2026-11-20 09:00"), **how)
    [line] = lines(person)
    assert line.days_late(MONDAY) == 26


def test_a_refusal_is_said_beside_it():
    person = followed()
    RendezVousFactory(travailleur=person, starts_at=at("2026-11-20 09:00"), refuse=True)
    assert lines(person)[0].meta.endswith("offre refusée le 20/11/2026")


def test_booking_moves_no_date():
    """Fixed after the due date: the line stays, with its delay; only its verb changes."""
    person = followed()
    RendezVousFactory(travailleur=person, starts_at=at("2026-12-02 10:00"))
    [line] = lines(person)
    assert line.days_late(MONDAY) == 26
    assert sentence(line) == "Tenir l’entretien individuel de Samira Boisclair"
    assert line.meta.startswith("Fixé le 02/12/2026, après l’échéance")


def test_fixed_in_time_the_appointment_takes_its_place():
    person = followed(SOON)
    [line] = lines(person)
    assert (line.due_on.isoformat(), line.bande(MONDAY)) == ("2026-12-08", Bande.CE_MOIS)
    RendezVousFactory(travailleur=person, starts_at=at("2026-12-08 16:00"))
    assert lines(person) == []


def test_a_reasoned_impediment_is_nothing_to_do():
    person = followed()
    EmpechementFactory(travailleur=person, starts_on=days(-60))
    assert lines(person) == []


def test_beyond_thirty_days_nothing_shows():
    assert lines(followed(LATER)) == []


def test_art_60_is_followed_and_other_statuses_are_not():
    assert len(lines(followed(statut="art60"))) == 1
    assert lines(followed(statut="autre")) == []


def test_one_line_for_the_seance_of_a_site():
    first = followed(LATER, sat="2026-05-20 14:00")
    followed(LATER, entreprise=first.entreprise, sat="2026-06-02 14:00")
    followed(LATER, entreprise=first.entreprise, sat="2026-05-25 14:00", site="Mons")
    together, alone = lines(first)
    assert sentence(together) == "Planifier une séance collective pour 2 travailleurs"
    assert (together.gravite, together.days_late(MONDAY)) == (Gravite.AMBRE, 3)
    assert together.meta == "Hautpont · dernière séance le 02/06/2026 · dont 1 en retard"
    assert sentence(alone) == "Planifier une séance collective pour Samira Boisclair"
    assert alone.key != together.key


def test_a_seance_counts_for_who_was_ticked_present():
    person = followed(LATER, sat="2026-05-20 14:00")
    seance = sit(person, "2026-11-20 14:00", status="inscrit")
    assert len(lines(person)) == 1, "on the list, yet never ticked"
    sit(person, "2026-11-21 14:00")
    assert lines(person) == []
    assert seance.status == "planifie"


def test_a_planned_seance_in_time_takes_its_place():
    person = followed(LATER, sat="2026-06-08 14:00")
    assert len(lines(person)) == 1
    sit(person, "2026-12-01 14:00", status="inscrit")
    assert lines(person) == []


def test_the_clocks_are_read_once_for_everybody():
    first = followed()
    for _ in range(11):
        followed(entreprise=first.entreprise)
    here = portee(first.entreprise)
    with at_most(13):
        assert len(list(horloges.lignes(here))) == 12
    with at_most(3):
        list(horloges.lignes(here))
