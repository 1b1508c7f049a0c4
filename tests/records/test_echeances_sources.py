"""Each source of *Aujourd'hui*: the line is there, the thing is done, the line is gone; queries stay few."""

import datetime as dt

import pytest
from django.utils import timezone

from clefdevoute.records.echeances.lignes import Bande
from clefdevoute.records.echeances.sources import SOURCES, consentements, contrats, dossiers, objectifs, rendez_vous
from tests.records.echeances_gestes import MONDAY, days, portee, sentence, shown
from tests.records.factories import EngagementFactory, TravailleurFactory
from tests.records.factories_agenda import RendezVousFactory, SeanceFactory, at
from tests.records.factories_bilan import ConsentementFactory
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory
from tests.records.factories_sorties import SortieFactory
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db


MINE = {"horloges", "rendez_vous", "objectifs", "dossiers", "contrats", "consentements"}


def person(**fields):
    return TravailleurFactory(**({"name": "Boisclair", "first_name": "Samira"} | fields))


def test_an_appointment_that_passed_waits_for_its_outcome():
    row = RendezVousFactory(travailleur=person(), starts_at=at("2026-11-19 10:00"), place="Bureau")
    [line] = shown(rendez_vous.lignes, row.entreprise)
    assert sentence(line) == "Dire si le rendez-vous du 19/11 avec Samira Boisclair a eu lieu"
    assert (line.bande(MONDAY), line.days_late(MONDAY)) == (Bande.EN_RETARD, 4)
    assert line.meta == "Prévu à 10:00, Bureau · aucun statut noté"
    row.status, row.settled_at = "absent", timezone.now()
    row.save()
    assert shown(rendez_vous.lignes, row.entreprise) == []


def test_an_appointment_of_this_week_is_to_be_held():
    row = RendezVousFactory(travailleur=person(), starts_at=at("2026-11-23 14:00"))
    RendezVousFactory(travailleur=row.travailleur, starts_at=at("2026-11-30 14:00"))
    [line] = shown(rendez_vous.lignes, row.entreprise)
    assert sentence(line) == "Mener l’entretien de suivi avec Samira Boisclair"
    assert line.bande(MONDAY) is Bande.CETTE_SEMAINE
    assert line.at == row.starts_at


def test_a_seance_waits_for_its_attendance():
    row = SeanceFactory(starts_at=at("2026-11-20 14:00"))
    [line] = shown(rendez_vous.lignes, row.entreprise)
    assert sentence(line) == "Pointer les présences de la séance Entretien collectif de l’équipe"
    row.status, row.settled_at = "realise", timezone.now()
    row.save()
    assert shown(rendez_vous.lignes, row.entreprise) == []


def test_an_objective_comes_to_its_review():
    row = ObjectifFactory(travailleur=person(), horizon="moyen", review_on=days(8))
    [line] = shown(objectifs.a_revoir, row.entreprise)
    assert sentence(line) == "Revoir l’objectif à moyen terme de Samira Boisclair"
    assert "crèche" not in repr(line), "the words of an objective stay in the dossier"
    row.review_on = days(60)
    row.save()
    assert shown(objectifs.a_revoir, row.entreprise) == []
    row.review_on, row.status, row.closed_on = days(8), "realise", MONDAY
    row.save()
    assert shown(objectifs.a_revoir, row.entreprise) == []


def test_an_action_promised():
    row = DemarcheFactory(travailleur=person(), promised_for=days(1))
    DemarcheFactory(travailleur=row.travailleur, promised_for=None)
    [line] = shown(objectifs.promises, row.entreprise)
    assert sentence(line) == "Faire la démarche sociale promise à Samira Boisclair"
    assert line.meta == "Promise le 02/03/2026, avec la personne"
    assert "crèche" not in repr(line)
    row.status, row.done_on = "realise", MONDAY
    row.save()
    assert shown(objectifs.promises, row.entreprise) == []


def test_an_action_that_the_person_does_herself():
    row = DemarcheFactory(travailleur=person(), promised_for=days(-2), par="travailleur", kind="emploi")
    [line] = shown(objectifs.promises, row.entreprise)
    assert sentence(line) == "Faire le point sur la démarche d’emploi de Samira Boisclair"


class TestContracts:
    """The next step, ninety days before the end (F42)."""

    @staticmethod
    def contract(**fields):
        return EngagementFactory(travailleur=person(), **({"contract_kind": "cdd", "ends_on": days(70)} | fields))

    @pytest.mark.parametrize(("left", "seen"), [(91, False), (90, True), (60, True), (0, True), (-1, False)])
    def test_from_ninety_days_before_until_the_last_day(self, left, seen):
        row = self.contract(ends_on=days(left))
        assert bool(shown(contrats.lignes, row.entreprise)) is seen

    def test_it_is_due_sixty_days_before(self):
        row = self.contract()
        [line] = shown(contrats.lignes, row.entreprise)
        assert sentence(line) == "Préparer la fin de contrat de Samira Boisclair"
        assert (line.due_on, line.meta) == (days(10), "CDD jusqu’au 01/02/2027")

    def test_gone_once_another_contract_runs_further(self):
        row = self.contract()
        EngagementFactory(travailleur=row.travailleur, starts_on=days(71), ends_on=days(400))
        assert shown(contrats.lignes, row.entreprise) == []

    def test_gone_once_the_exit_is_written(self):
        row = self.contract()
        SortieFactory(travailleur=row.travailleur, stay_starts_on=row.starts_on, left_on=days(70))
        assert shown(contrats.lignes, row.entreprise) == []

    def test_who_is_not_followed_has_no_line(self):
        row = self.contract(statut="autre")
        assert shown(contrats.lignes, row.entreprise) == []


def test_a_question_of_consent_waits_for_its_answer():
    row = ConsentementFactory(travailleur=person(), asked_on=days(-20))
    [line] = shown(consentements.lignes, row.entreprise)
    assert sentence(line) == "Recueillir la réponse de Samira Boisclair pour le Forem"
    assert (line.due_on, line.meta) == (days(-6), "Accord demandé le 03/11/2026")
    row.refused_on = MONDAY
    row.save()
    assert shown(consentements.lignes, row.entreprise) == []


def test_a_question_that_would_tell_something_is_not_named():
    row = ConsentementFactory(travailleur=person(), asked_on=days(-20), purpose="sante_equipe")
    [line] = shown(consentements.lignes, row.entreprise)
    assert "santé" not in repr(line).replace("sante_equipe", "")
    assert sentence(line) == "Recueillir la réponse de Samira Boisclair à la demande d’accord"


class TestDossiers:
    """What a dossier lacks, thirty days after the engagement; the interview has its own line."""

    @staticmethod
    def hired(since, **fields):
        return EngagementFactory(travailleur=person(phone="081 00 00 00"), starts_on=since, **fields).travailleur

    def test_a_first_dossier_is_due_thirty_days_after_the_engagement(self):
        one = self.hired(days(-20))
        [line] = shown(dossiers.lignes, one.entreprise)
        assert sentence(line) == "Compléter le dossier de Samira Boisclair"
        assert (line.due_on, line.bande(MONDAY)) == (days(10), Bande.CE_MOIS)
        assert line.meta.startswith("Il manque le statut vérifié, un bilan actuel, la synthèse des actions")

    def test_an_interview_late_is_not_said_twice(self):
        one = self.hired(dt.date(2025, 1, 6))
        [line] = shown(dossiers.lignes, one.entreprise)
        assert "entretien" not in line.meta

    def test_it_names_what_is_left_and_no_more(self):
        one = self.hired(days(-20))
        DemarcheFactory(travailleur=one)
        [line] = shown(dossiers.lignes, one.entreprise)
        assert "démarche" not in line.meta

    def test_a_person_not_followed_or_gone_has_no_line(self):
        assert shown(dossiers.lignes, self.hired(days(-90), statut="autre").entreprise) == []
        assert shown(dossiers.lignes, self.hired(days(-90), ends_on=days(-1)).entreprise) == []


def busy(entreprise, number):
    """Give so many persons something in every source."""
    for _ in range(number):
        one = TravailleurFactory(entreprise=entreprise)
        EngagementFactory(travailleur=one, ends_on=days(80))
        RendezVousFactory(travailleur=one, starts_at=at("2026-11-19 10:00"))
        ObjectifFactory(travailleur=one, review_on=days(3))
        DemarcheFactory(travailleur=one, promised_for=days(3))
        ConsentementFactory(travailleur=one, asked_on=days(-20))


@pytest.mark.parametrize(
    "source", SOURCES, ids=lambda source: f"{source.__module__.rpartition('.')[2]}.{source.__name__}"
)
def test_no_source_asks_once_per_person(source, entreprise):
    busy(entreprise, 12)
    here = portee(entreprise)
    with at_most(21):
        found = list(source(here))
    assert found or source.__module__.rpartition(".")[2] not in MINE


@pytest.fixture
def entreprise():
    return TravailleurFactory().entreprise


def test_hours_are_those_of_belgium():
    """An appointment at half past midnight in Belgium is of that day, not of the day before in London."""
    row = RendezVousFactory(travailleur=person(), starts_at=at("2026-11-23 00:30"))
    [line] = shown(rendez_vous.lignes, row.entreprise)
    assert line.due_on == MONDAY
    assert row.starts_at.astimezone(dt.UTC).date() == days(-1)
