"""The way out: noted, corrected, reopened; called three times, only by consent; counted without a name."""

import datetime as dt
from dataclasses import replace

import pytest

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent, Change
from clefdevoute.records.suivi import sorties as facts
from clefdevoute.records.suivi.actions import sorties as acts
from clefdevoute.records.suivi.models import Consentement, Sortie, SuiviPar, SuiviSortie, TentativeSortie
from tests.records.factories import AccompagnateurFactory, EngagementFactory, TravailleurFactory, actor
from tests.records.factories_bilan import ConsentementFactory
from tests.records.factories_sorties import SortieFactory, SuiviSortieFactory
from tests.records.factories_suivi import SuiviParFactory
from tests.workspaces.conftest import at_most

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
TODAY, LEFT = dt.date(2026, 11, 23), dt.date(2026, 11, 20)
YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}


@pytest.fixture
def sam():
    """Give a person hired in January 2024."""
    return EngagementFactory().travailleur


@pytest.fixture
def who(sam):
    return replace(actor(Role.ACCOMPAGNATEUR, sam.entreprise), on=TODAY)


def left(sam, who, **more):
    values = {"left_on": LEFT, "reason": "fin_contrat", "destination": "emploi", "remark": "Chez un boulanger."}
    return acts.noter_sortie(travailleur=sam, by=who, now=NOW, **(values | more))


def agreed(person, **more):
    return ConsentementFactory(
        travailleur=person,
        purpose=Consentement.Purpose.RAPPEL_SORTIE,
        asked_on=dt.date(2026, 1, 5),
        given_on=dt.date(2026, 1, 5),
        signature="papier",
        **more,
    )


def calls(row):
    return list(SuiviSortie.objects.of(row.entreprise_id).filter(sortie=row).order_by("months"))


def test_an_exit_keeps_its_stay_and_plans_three_calls_to_the_month(sam, who):
    row = left(sam, who, left_on=dt.date(2025, 8, 31))
    assert row.stay_starts_on == dt.date(2024, 1, 8)
    assert [(one.months, one.due_on) for one in calls(row)] == [
        (3, dt.date(2025, 11, 30)),
        (6, dt.date(2026, 2, 28)),
        (12, dt.date(2026, 8, 31)),
    ]


def test_one_exit_per_stay_and_another_after_coming_back(sam, who):
    left(sam, who, left_on=dt.date(2026, 3, 31))
    with pytest.raises(RowRefused, match=r"déjà notée, le 31/03/2026"):
        left(sam, who)
    EngagementFactory(travailleur=sam, starts_on=dt.date(2026, 6, 1))
    assert left(sam, who).stay_starts_on == dt.date(2026, 6, 1)


def test_nobody_leaves_without_having_come(who, sam):
    with pytest.raises(RowRefused, match="aucun contrat"):
        left(TravailleurFactory(entreprise=sam.entreprise), who)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"left_on": dt.date(2024, 1, 7)}, "précède l’entrée"),
        ({"left_on": dt.date(2028, 11, 20)}, "dans plus d’un an"),
        ({"reason": "voyage"}, "choix"),
        ({"destination": ""}, "champ"),
    ],
)
def test_a_wrong_exit_is_refused_in_a_sentence(sam, who, change, sentence):
    with pytest.raises(RowRefused, match=sentence):
        left(sam, who, **change)


def test_a_correction_moves_the_calls_not_made_and_leaves_its_trace(sam, who):
    row = left(sam, who)
    agreed(sam)
    first = SuiviSortie.objects.of(sam.entreprise_id).get(sortie=row, months=3)
    later = NOW + dt.timedelta(days=95)
    acts.noter_appel(suivi=first, tried_on=dt.date(2027, 2, 22), result="repondu", employed="oui", by=who, now=later)
    acts.corriger_sortie(sortie=row, left_on=dt.date(2026, 11, 10), remark="Autre boulanger.", by=who, now=later)
    assert [one.due_on for one in calls(row)] == [
        dt.date(2027, 2, 20),
        dt.date(2027, 5, 10),
        dt.date(2027, 11, 10),
    ]
    kept = {one.field: (one.old, one.new) for one in Change.objects.filter(subject_id=row.pk)}
    assert kept == {"left_on": ("2026-11-20", "2026-11-10"), "remark": (None, None)}


def test_after_a_death_nobody_is_called(sam, who):
    row = left(sam, who)
    acts.corriger_sortie(sortie=row, reason="deces", destination="autre", by=who, now=NOW)
    assert {one.outcome for one in calls(row)} == {"sans_objet"}
    acts.corriger_sortie(sortie=row, reason="fin_contrat", by=who, now=NOW)
    assert {one.outcome for one in calls(row)} == {"a_faire"}


def test_an_exit_ends_who_follows_after_the_last_call_and_reopening_gives_it_back(sam, who):
    held = SuiviParFactory(travailleur=sam)
    stands_in = SuiviParFactory(travailleur=sam, releve=True)
    row = left(sam, who)
    held.refresh_from_db()
    assert held.ends_on == row.followed_until == dt.date(2027, 12, 20)
    with pytest.raises(RowRefused, match="avec sa raison"):
        acts.rouvrir_sortie(sortie=row, reason=" ", by=who, now=NOW)
    acts.rouvrir_sortie(sortie=row, reason="Contrat prolongé.", by=who, now=NOW)
    held.refresh_from_db()
    stands_in.refresh_from_db()
    assert held.ends_on is None
    assert stands_in.ends_on == dt.date(2026, 12, 31)
    assert {one.outcome for one in calls(row)} == {"sans_objet"}
    with pytest.raises(RowRefused, match="rouverte le 23/11/2026"):
        acts.corriger_sortie(sortie=row, reason="autre", by=who, now=NOW)
    assert left(sam, who).stay_starts_on == row.stay_starts_on


def test_an_attestation_leaves_its_day(sam, who):
    row = acts.noter_attestation(sortie=left(sam, who), by=who, now=NOW)
    assert row.attestation_on == TODAY
    assert AuditEvent.objects.filter(event="suivi.attestation_produite").count() == 1


@pytest.fixture
def due():
    return SuiviSortieFactory()


@pytest.fixture
def caller(due):
    return replace(actor(Role.ACCOMPAGNATEUR, due.entreprise), on=TODAY)


def call(due, caller, result="pas_joint", tried_on=TODAY, **more):
    return acts.noter_appel(suivi=due, tried_on=tried_on, result=result, by=caller, now=NOW, **more)


def test_without_consent_or_once_withdrawn_nobody_calls(due, caller):
    with pytest.raises(RowRefused, match="n’appelez pas"):
        call(due, caller)
    row = agreed(due.travailleur)
    call(due, caller)
    row.withdrawn_on = TODAY
    row.save()
    with pytest.raises(RowRefused, match="n’appelez pas"):
        call(due, caller)
    assert TentativeSortie.objects.of(due.entreprise_id).count() == 1


def test_several_attempts_then_the_one_answer(due, caller):
    agreed(due.travailleur)
    assert call(due, caller).outcome == "a_faire"
    assert call(due, caller, "a_rappeler").attempts == 2
    with pytest.raises(RowRefused, match="dites si elle est en emploi"):
        call(due, caller, "repondu")
    row = call(due, caller, "repondu", employed="non")
    assert (row.outcome, row.employed, row.answered_on, row.attempts) == ("repondu", "non", TODAY, 3)
    with pytest.raises(RowRefused, match="déjà clos"):
        call(due, caller)
    acts.corriger_reponse(suivi=row, employed="oui", by=caller, now=NOW)
    assert Change.objects.filter(subject_id=row.pk, field="employed", old="non", new="oui").exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(dt.date(2026, 11, 24), "pas encore fait"), (dt.date(2026, 6, 29), "précède la sortie")],
)
def test_a_call_on_a_day_that_cannot_be_is_refused(due, caller, day, sentence):
    agreed(due.travailleur)
    with pytest.raises(RowRefused, match=sentence):
        call(due, caller, tried_on=day)


def test_giving_up_takes_an_attempt_and_is_no_answer(due, caller):
    agreed(due.travailleur)
    with pytest.raises(RowRefused, match="au moins une fois"):
        acts.clore_sans_reponse(suivi=due, by=caller, now=NOW)
    call(due, caller, "numero_faux")
    row = acts.clore_sans_reponse(suivi=due, by=caller, now=NOW)
    assert (row.outcome, row.employed) == ("sans_reponse", "")


def test_the_calls_to_make_are_those_due_with_consent(due):
    ask = {"on": TODAY, "until": TODAY}
    assert not facts.a_appeler(due.entreprise_id, **ask).exists()
    agreed(due.travailleur)
    assert list(facts.a_appeler(due.entreprise_id, **ask)) == [due]
    assert not facts.a_appeler(due.entreprise_id, on=TODAY, until=dt.date(2026, 9, 29)).exists()
    due.sortie.reopened_on, due.sortie.reopening_reason = TODAY, "Erreur."
    due.sortie.save()
    assert not facts.a_appeler(due.entreprise_id, **ask).exists()


def test_exits_are_counted_by_reason_and_outcome_without_a_name(due):
    here = due.entreprise
    SuiviSortieFactory(repondu=True, sortie__travailleur__entreprise=here)
    SortieFactory(travailleur__entreprise=here, reason="demission", destination="formation", attestation_on=TODAY)
    SortieFactory(travailleur__entreprise=here, rouverte=True)
    SortieFactory()
    with at_most(2):
        found = facts.bilan_sorties(here.pk, **YEAR)
    assert found.total == 3
    assert {word: count for word, count in found.reasons.items() if count} == {
        "Fin du contrat": 2,
        "Départ à sa demande": 1,
    }
    assert found.destinations["Formation"] == found.attestations == 1
    three = found.termes[0]
    assert (three.months, three.due, three.answered, three.employed, three.unanswered) == (3, 2, 1, 1, 0)


def test_a_followed_person_without_referent_is_found_until_someone_takes_her_up(sam):
    assert list(facts.sans_referent(sam.entreprise_id, as_of=TODAY)) == [sam]
    other = EngagementFactory(travailleur__entreprise=sam.entreprise, statut="autre").travailleur
    assert other not in facts.sans_referent(sam.entreprise_id, as_of=TODAY)
    held = SuiviParFactory(travailleur=sam, releve=True)
    assert list(facts.sans_referent(sam.entreprise_id, as_of=TODAY)) == [sam]
    SuiviParFactory(travailleur=sam, accompagnateur=held.accompagnateur)
    with at_most(4):
        assert not facts.sans_referent(sam.entreprise_id, as_of=TODAY)


def test_who_left_is_not_without_referent_and_who_came_back_is(sam, who):
    left(sam, who)
    assert not facts.sans_referent(sam.entreprise_id, as_of=TODAY)
    EngagementFactory(travailleur=sam, starts_on=dt.date(2026, 11, 22))
    assert list(facts.sans_referent(sam.entreprise_id, as_of=TODAY)) == [sam]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOMPAGNATEUR])
def test_nobody_else_notes_or_sees_an_exit(sam, who, role):
    row = left(sam, who)
    other = actor(role, sam.entreprise)
    assert not Sortie.objects.visible_to(other).exists()
    assert not SuiviSortie.objects.visible_to(other).exists()
    with pytest.raises(AccessDenied):
        acts.corriger_sortie(sortie=row, reason="autre", by=other, now=NOW)


def test_the_remark_is_sealed(sam, who):
    row = left(sam, who)
    raw = Sortie.objects.of(sam.entreprise_id).filter(pk=row.pk).values_list("remark", flat=True).get()
    assert b"boulanger" not in bytes(raw)
    assert Sortie.objects.of(sam.entreprise_id).get(pk=row.pk).remark == "Chez un boulanger."


def test_the_people_who_follow_are_left_alone_by_an_exit_of_someone_else(sam, who):
    held = SuiviParFactory(accompagnateur=AccompagnateurFactory(entreprise=sam.entreprise))
    left(sam, who)
    assert SuiviPar.objects.of(held.entreprise_id).get(pk=held.pk).ends_on is None
