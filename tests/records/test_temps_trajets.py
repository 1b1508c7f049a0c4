"""Trips from the route sheet to the décompte: written, refused, counted at the day's rate, warned when typed twice."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.frais import actions as frais
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.saisies import MontantSaisi
from clefdevoute.records.subventions.decompte import decompter
from clefdevoute.records.subventions.facts import faits_annee
from clefdevoute.records.subventions.manque import manque
from clefdevoute.records.temps import actions
from clefdevoute.records.temps.facts import composantes, trajets
from clefdevoute.records.temps.models import AutorisationEtranger, Deplacement
from tests.records import annee_frais as scene
from tests.records.factories import AccompagnateurFactory, LectureFactory, ProofFileFactory, actor
from tests.records.factories_frais import AnneeFigeeFactory
from tests.records.factories_temps import AutorisationEtrangerFactory, DeplacementFactory

pytestmark = pytest.mark.django_db
D, NOW = Decimal, scene.NOW
DAY = dt.date(2025, 5, 12)
CAR = {
    "held_on": DAY,
    "departure": "Siège",
    "destination": "Liège",
    "purpose": "Réunion de réseau",
    "kilometres": D("100"),
}


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def person():
    return AccompagnateurFactory()


@pytest.fixture
def by(person):
    return actor(Role.GESTIONNAIRE, person.entreprise)


def test_a_trip_is_recorded_corrected_and_removed_each_in_the_journal(person, by):
    row = actions.enregistrer_trajet(accompagnateur=person, by=by, now=NOW, **CAR)
    actions.modifier_trajet(deplacement=row, by=by, now=NOW, kilometres=D("90"))
    actions.modifier_trajet(deplacement=row, by=by, now=NOW, kilometres=D("90"))
    assert Deplacement.objects.get().kilometres == D("90")
    actions.retirer_trajet(deplacement=row, by=by, now=NOW)
    assert not Deplacement.objects.exists()
    events = AuditEvent.objects.filter(event__startswith="temps.").values_list("event", flat=True)
    assert sorted(events) == ["temps.trajet_enregistre", "temps.trajet_modifie", "temps.trajet_retire"]


def test_nothing_moves_into_a_year_already_sent_nor_out_of_it(person, by):
    row = actions.enregistrer_trajet(accompagnateur=person, by=by, now=NOW, **CAR | {"held_on": dt.date(2025, 3, 1)})
    AnneeFigeeFactory(entreprise=person.entreprise)
    with pytest.raises(AccessDenied, match="déjà transmise"):
        actions.enregistrer_trajet(accompagnateur=person, by=by, now=NOW, **CAR)
    with pytest.raises(AccessDenied, match="déjà transmise"):
        actions.modifier_trajet(deplacement=row, by=by, now=NOW, held_on=DAY)
    sent = DeplacementFactory(accompagnateur=person)
    for act in (actions.modifier_trajet, actions.retirer_trajet):
        with pytest.raises(AccessDenied, match="déjà transmise"):
            act(deplacement=sent, by=by, now=NOW, **({"held_on": dt.date(2025, 3, 1)} if "mod" in act.__name__ else {}))
    assert Deplacement.objects.count() == 2


def test_a_trip_not_yet_made_is_refused_beside_its_day(person, by):
    with pytest.raises(RowRefused) as refusal:
        actions.enregistrer_trajet(accompagnateur=person, by=by, now=NOW, **CAR | {"held_on": dt.date(2026, 4, 3)})
    assert list(refusal.value.fields) == ["held_on"]
    assert actions.enregistrer_trajet(accompagnateur=person, by=by, now=NOW, **CAR | {"held_on": scene.TODAY}).pk


def test_a_journey_abroad_is_asked_granted_then_named_on_the_trip(person, by):
    asked = actions.demander_autorisation(
        accompagnateur=person,
        destination="Lille",
        departure_on=DAY,
        return_on=DAY,
        request="Visite d’une structure partenaire.",
        requested_on=dt.date(2025, 4, 1),
        by=by,
        now=NOW,
    )
    answer = {"decided_on": dt.date(2025, 4, 20), "by": by, "now": NOW}
    with pytest.raises(RowRefused, match="sa référence"):
        actions.noter_reponse(autorisation=asked, state=AutorisationEtranger.State.ACCORDEE, reference=" ", **answer)
    done = actions.noter_reponse(
        autorisation=asked, state=AutorisationEtranger.State.ACCORDEE, reference="DES/12", **answer
    )
    abroad = CAR | {"abroad": True, "autorisation": done}
    row = actions.enregistrer_trajet(accompagnateur=person, by=by, now=NOW, **abroad)
    assert row.autorisation == done
    with pytest.raises(RowRefused, match="vaut du 12/05/2025 au 12/05/2025, pas le 13/05/2025"):
        actions.enregistrer_trajet(accompagnateur=person, by=by, now=NOW, **abroad | {"held_on": dt.date(2025, 5, 13)})
    other = AccompagnateurFactory(entreprise=person.entreprise)
    with pytest.raises(RowRefused, match="celle d’une autre personne"):
        actions.enregistrer_trajet(accompagnateur=other, by=by, now=NOW, **abroad)


def worth(person, debut=scene.START, fin=scene.END, **more):
    return [(one.date, one.montant) for one in composantes(person.entreprise_id, debut, fin, **more)]


def test_a_trip_counts_on_its_day_at_the_rate_of_its_day(person):
    """100 km at the quarter's rate (0,4290; 0,4309; 0,4326), and only the trips inside the year."""
    days = (dt.date(2025, 3, 14), scene.START, dt.date(2025, 7, 1), scene.END, dt.date(2026, 3, 15))
    for day in days:
        DeplacementFactory(accompagnateur=person, held_on=day, kilometres=D("100"))
    assert worth(person) == [
        (scene.START, D("42.90")),
        (dt.date(2025, 7, 1), D("43.09")),
        (scene.END, D("43.26")),
    ]


def test_a_ticket_counts_its_price_and_home_to_work_its_cost(person):
    DeplacementFactory(accompagnateur=person, titre=True)
    DeplacementFactory(accompagnateur=person, titre=True, nature="domicile_travail", price=D("55.00"))
    found = composantes(person.entreprise_id, scene.START, scene.END)
    assert {(one.genre, one.montant) for one in found} == {("mission", D("12.40")), ("domicile_travail", D("55.00"))}


def test_kilometres_of_the_civil_year_are_added_up_by_person(person):
    other = AccompagnateurFactory(entreprise=person.entreprise)
    for day in (dt.date(2024, 12, 31), dt.date(2025, 1, 10), dt.date(2025, 4, 1), dt.date(2026, 1, 5)):
        DeplacementFactory(accompagnateur=person, held_on=day, kilometres=D("100"))
    DeplacementFactory(accompagnateur=other, held_on=dt.date(2025, 4, 2), kilometres=D("7"))
    seen = trajets(person.entreprise_id, scene.START, scene.END)
    assert [(one.row.accompagnateur == person, one.facts["kilometres_annee"]) for one in seen] == [
        (True, D("100")),
        (False, D("0")),
        (True, D("0")),
    ]


ABROAD = [
    ({}, "en_attente", False),
    ({"accordee": True}, "accordee", True),
    ({"accordee": True, "decided_on": DAY}, "accordee", False),
    ({"refusee": True}, "refusee", False),
]


@pytest.mark.parametrize(("given", "word", "counts"), ABROAD)
def test_a_journey_abroad_counts_once_granted_before_the_departure(given, word, counts):
    year = scene.make()
    scene.opened(year)
    before = decompter(entreprise=year.entreprise, as_of=scene.INSIDE).explained.value.cout_salarial
    asked = AutorisationEtrangerFactory(accompagnateur=year.accompagnateur, **given)
    DeplacementFactory(accompagnateur=year.accompagnateur, titre=True, abroad=True, autorisation=asked)
    (found,) = composantes(year.entreprise.pk, scene.START, scene.END)
    assert found.etranger.autorisation == word
    (trip,) = trajets(year.entreprise.pk, scene.START, scene.END)
    assert trip.indemnite().value == (D("12.40") if counts else D("0"))
    after = decompter(entreprise=year.entreprise, as_of=scene.INSIDE).explained.value.cout_salarial
    assert after - before == (D("12.40") if counts else 0)


def test_a_journey_abroad_without_request_never_counts(person):
    DeplacementFactory(accompagnateur=person, abroad=True)
    (trip,) = trajets(person.entreprise_id, scene.START, scene.END)
    assert "sans demande d'autorisation" in trip.indemnite().sentence
    assert trip.indemnite().value == 0


def test_the_decompte_takes_the_table_of_rates_that_the_installation_chose():
    year = scene.make()
    DeplacementFactory(accompagnateur=year.accompagnateur, kilometres=D("1000"))
    quarterly = faits_annee(entreprise=year.entreprise, as_of=scene.INSIDE).trajets[0].montant
    LectureFactory(key="A12", value="wallon")
    walloon = faits_annee(entreprise=year.entreprise, as_of=scene.INSIDE).trajets[0].montant
    assert walloon == worth(year.accompagnateur, bareme="wallon")[0][1] != quarterly


def test_three_hundred_trips_ask_one_query():
    person = AccompagnateurFactory()
    proof = ProofFileFactory(entreprise=person.entreprise)
    for number in range(300):
        day = scene.START + dt.timedelta(days=number)
        DeplacementFactory(accompagnateur=person, titre=True, proof=proof, held_on=day)
    with CaptureQueriesContext(connection) as seen:
        assert len(worth(person)) == 300
    assert len(seen) == 1


def test_travel_typed_on_both_papers_is_said_and_blocks_nothing():
    year = scene.make()
    scene.opened(year)
    mission = MontantSaisi(dt.date(2025, 5, 1), Composant.MISSION, D("40.00"))
    frais.enregistrer_montants(accompagnateur=year.accompagnateur, montants=[mission], by=year.by, now=NOW)

    def said():
        found = manque(entreprise=year.entreprise, as_of=scene.INSIDE, today=scene.TODAY).items
        return [item for item in found if item.code == "deplacement_deux_fois"]

    DeplacementFactory(accompagnateur=year.accompagnateur, held_on=dt.date(2025, 6, 1))
    assert said() == []
    DeplacementFactory(accompagnateur=year.accompagnateur)
    (item,) = said()
    assert "05/2025 : les missions sont sur la feuille de route" in item.sentence
    assert not item.blocking
