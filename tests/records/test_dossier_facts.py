"""Is the file complete, and what it proves: read from real rows, in as many queries for 300 persons as for one."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.suivi.actions import demarches, objectifs, syntheses
from clefdevoute.records.suivi.facts import completude, preuves_dossier
from clefdevoute.records.suivi.synthese import Chapitre
from tests.records.factories import (
    EngagementFactory,
    EntrepriseInsertionFactory,
    TravailleurFactory,
    UserFactory,
    actor,
)
from tests.records.factories_dossier import AucuneDemarcheFactory, DemarcheFactory, SyntheseFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
LATER = dt.timedelta(days=1)


@pytest.fixture
def person():
    row = TravailleurFactory(phone="0470 00 00 00")
    EngagementFactory(
        travailleur=row, starts_on=dt.date(2026, 11, 2), statut__verified_on=dt.date(2026, 11, 2),
        statut__verified_by=UserFactory(),
    )  # fmt: skip
    return row


@pytest.fixture
def helene(person):
    return actor(Role.ACCOMPAGNATEUR, person.entreprise)


def parts(person, as_of=TODAY):
    return completude(person.entreprise_id, [person.pk], as_of=as_of)[person.pk].value.parties


def test_the_first_part_names_each_datum_that_misses(person):
    assert parts(person)[0].complete
    person.phone, person.birth_date = "", None
    person.save()
    assert parts(person)[0].manque == ("la date de naissance", "un moyen de contact")
    other = TravailleurFactory(phone="0470 00 00 00")
    assert parts(other)[0].manque == ("la date d'engagement", "le statut vérifié")
    EngagementFactory(travailleur=other)
    assert parts(other)[0].manque == ("le statut vérifié",)


def test_a_status_without_conditions_is_verified_when_it_is_frozen():
    row = EngagementFactory(travailleur__phone="1", statut="autre").travailleur
    assert parts(row)[0].complete


def test_the_synthesis_grows_old_with_the_next_record(person, helene, now):
    assert parts(person)[2].manque == ("la synthèse des actions",)
    made = syntheses.make_synthese(travailleur=person, chapitres=[Chapitre("Objectifs")], by=helene, now=now)
    assert "confirmation" in parts(person)[2].manque[0]
    syntheses.confirm_synthese(synthese=made, by=helene, now=now)
    assert parts(person)[2].complete
    objectifs.create_objectif(travailleur=person, title="Lire", horizon="court", by=helene, now=now + LATER)
    assert "régénérée" in parts(person, TODAY + LATER)[2].manque[0]


def test_an_action_or_its_absence_makes_the_fourth_part(person, helene, now):
    assert not parts(person)[3].complete
    AucuneDemarcheFactory(travailleur=person)
    assert parts(person)[3].complete
    other = EngagementFactory(entreprise=person.entreprise, travailleur__entreprise=person.entreprise).travailleur
    row = demarches.create_demarche(travailleur=other, text="ONE", kind="sociale", by=helene, now=now)
    assert parts(other)[3].complete
    demarches.close_demarche(demarche=row, status="abandonne", reason="erreur", by=helene, now=now)
    assert not parts(other)[3].complete, "une démarche notée par erreur n’en est pas une"


def test_the_fifth_part_follows_the_clock_of_the_agenda(person):
    assert parts(person)[4].complete
    assert parts(person, dt.date(2027, 5, 2))[4].complete
    assert parts(person, dt.date(2027, 5, 3))[4].manque == ("l'entretien individuel dû le 02/05/2027",)


def test_without_keys_every_person_of_the_register_is_answered(person):
    EngagementFactory(travailleur__entreprise=person.entreprise)
    EngagementFactory()
    assert len(completude(person.entreprise_id, as_of=TODAY)) == 2


def test_the_number_of_queries_does_not_grow_with_the_persons():
    entreprise = EntrepriseInsertionFactory()

    def asked():
        with CaptureQueriesContext(connection) as seen:
            completude(entreprise.pk, as_of=TODAY)
        return len(seen)

    EngagementFactory(travailleur__entreprise=entreprise)
    few = asked()
    for _ in range(60):
        row = EngagementFactory(travailleur__entreprise=entreprise).travailleur
        DemarcheFactory(travailleur=row)
        SyntheseFactory(travailleur=row, confirmee=True)
    assert asked() == few <= 20


def test_the_evidence_names_its_task_its_day_and_its_row_inside_the_year(person, helene, now):
    goal = objectifs.create_objectif(travailleur=person, title="Lire", horizon="court", by=helene, now=now)
    step = demarches.create_demarche(travailleur=person, text="ONE", kind="sociale", by=helene, now=now)
    made = syntheses.make_synthese(travailleur=person, chapitres=[], by=helene, now=now)
    year = {"start": TODAY, "end": TODAY}
    found = preuves_dossier(person.entreprise_id, [person.pk], **year)[person.pk]
    assert [(task, day, kind) for task, day, kind, _ in found] == [
        (3, TODAY, "suivi.historiqueobjectif"),
        (7, TODAY, "suivi.demarche"),
    ]
    assert found[1][3] == step.pk
    assert goal.pk != found[0][3]
    syntheses.confirm_synthese(synthese=made, by=helene, now=now)
    found = preuves_dossier(person.entreprise_id, [person.pk], **year)[person.pk]
    assert (7, TODAY, "suivi.synthese", made.pk) in found
    assert preuves_dossier(person.entreprise_id, [person.pk], start=TODAY + LATER, end=TODAY + LATER) == {}
