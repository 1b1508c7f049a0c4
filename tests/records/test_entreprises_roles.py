"""Who acts, where: affectations, the session's choice, the matrix of every policy of this floor."""

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from clefdevoute.config.middleware import ActorMiddleware
from clefdevoute.records.entreprises import actions, facts, policies
from clefdevoute.records.entreprises.affectations import actor_for, affectations_of
from clefdevoute.records.entreprises.models import Affectation, Agrement, EntrepriseInsertion
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.personnes import policies as person_policies
from clefdevoute.records.personnes.actions import accompagnateurs, registre, statuts
from clefdevoute.records.personnes.models import (
    Absence,
    Accompagnateur,
    ConditionStatut,
    ContratAccompagnateur,
    Engagement,
    ImportTravailleurs,
    PeriodeExperience,
    StatutEngagement,
    Travailleur,
)
from clefdevoute.workspaces.compte import session as door
from tests.records import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
NOW = make.NOW
CHEF = ("chef_entreprise",)
INSIDE_ROLES = {Role.ACCOMPAGNATEUR, Role.SECRETARIAT, Role.GESTIONNAIRE, Role.TRAVAILLEUR}


def as_role(role, entreprise, permissions=()):
    """Give an actor of that role; roles outside every enterprise have none."""
    return make.actor(role, entreprise if role in INSIDE_ROLES else None, permissions=permissions)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own", [True, False])
class TestMatrix:
    def test_policies(self, role, own):
        here, there = make.EntrepriseInsertionFactory(), make.EntrepriseInsertionFactory()
        who = as_role(role, here if own else there)
        gestionnaire = role is Role.GESTIONNAIRE and own
        support = role is Role.SUPPORT
        assert policies.can_edit_entreprise(who, here.pk) is gestionnaire
        assert person_policies.can_write_registre(who, here.pk) is gestionnaire
        assert person_policies.can_write_equipe(who, here.pk) is gestionnaire
        assert policies.can_create_entreprise(who) is support
        assert policies.can_choose_lecture(who) is support
        assert policies.can_give_affectation(who, Role.ACCOMPAGNATEUR, here.pk) is support
        assert policies.can_give_affectation(who, Role.INSPECTION, None) is support

    def test_a_chef_invites_in_her_own_enterprise_only(self, role, own):
        here, there = make.EntrepriseInsertionFactory(), make.EntrepriseInsertionFactory()
        who = as_role(role, here if own else there, CHEF if role is Role.GESTIONNAIRE else ())
        allowed = role is Role.SUPPORT or (role is Role.GESTIONNAIRE and own)
        assert policies.can_give_affectation(who, Role.ACCOMPAGNATEUR, here.pk) is allowed
        assert policies.can_give_affectation(who, Role.ADMINISTRATION, None) is (role is Role.SUPPORT)

    def test_conditions_open_for_their_author_and_an_inspection(self, role, own):
        row = make.ConditionStatutFactory()
        who = as_role(role, row.entreprise if own else make.EntrepriseInsertionFactory())
        assert person_policies.can_open_condition(who, row) is (role is Role.INSPECTION)
        author = Actor(row.recorded_by_id, role, who.entreprise_id)
        inside = own and role in {Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR}
        assert person_policies.can_open_condition(author, row) is (inside or role is Role.INSPECTION)
        assert ConditionStatut.objects.visible_to(author).exists() is (inside or role is Role.INSPECTION)

    def test_imports(self, role, own):
        row = make.ImportTravailleursFactory()
        done = make.ImportTravailleursFactory(applique=True, entreprise=row.entreprise)
        who = Actor(row.uploaded_by_id, role, (row.entreprise if own else make.EntrepriseInsertionFactory()).pk)
        gestionnaire = role is Role.GESTIONNAIRE and own
        assert person_policies.can_apply_import(who, row) is gestionnaire
        assert person_policies.can_undo_import(who, row) is False
        assert person_policies.can_undo_import(who, done) is gestionnaire

    def test_what_is_seen(self, role, own):
        """Persons: the team; statuses: without the secretariat; accompagnateurs: also who controls."""
        contract = make.EngagementFactory()
        make.AbsenceFactory(travailleur=contract.travailleur)
        make.ImportTravailleursFactory(entreprise=contract.entreprise)
        support_contract = make.ContratAccompagnateurFactory(
            accompagnateur=make.AccompagnateurFactory(entreprise=contract.entreprise)
        )
        make.PeriodeExperienceFactory(accompagnateur=support_contract.accompagnateur)
        make.AgrementFactory(entreprise=contract.entreprise)
        who = as_role(role, contract.entreprise if own else make.EntrepriseInsertionFactory())
        team = own and role in {Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR, Role.SECRETARIAT}
        controls = role in {Role.ADMINISTRATION, Role.INSPECTION}
        for model in (Travailleur, Engagement, Absence):
            assert model.objects.visible_to(who).exists() is team
        assert StatutEngagement.objects.visible_to(who).exists() is (team and role is not Role.SECRETARIAT)
        assert ImportTravailleurs.objects.visible_to(who).exists() is (own and role is Role.GESTIONNAIRE)
        for model in (Accompagnateur, PeriodeExperience, ContratAccompagnateur, Agrement):
            assert model.objects.visible_to(who).exists() is (team or controls)
        mine = EntrepriseInsertion.objects.filter(pk=contract.entreprise_id).visible_to(who)
        assert mine.exists() is (controls or (own and role in INSIDE_ROLES))
        assert Affectation.objects.visible_to(who).exists() is False


def test_affectations_hold_from_their_first_to_their_last_day():
    row = make.AffectationFactory(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 1, 31))
    held = [affectations_of(row.user, dt.date(2026, 1, 1) + dt.timedelta(days=n)) for n in (-1, 0, 30, 31)]
    assert [bool(found) for found in held] == [False, True, True, False]


def test_an_actor_is_made_of_ones_own_affectation_only():
    row = make.AffectationFactory(permissions=["chef_entreprise"])
    found = actor_for(row.user, row)
    assert found == Actor(row.user_id, Role.GESTIONNAIRE, row.entreprise_id, frozenset({"chef_entreprise"}))
    with pytest.raises(AccessDenied):
        actor_for(make.UserFactory(), row)


def test_a_session_is_one_role_in_one_enterprise():
    first = make.AffectationFactory()
    second = make.AffectationFactory(user=first.user, role="accompagnateur")
    session = SessionStore()
    assert door.affectation_of(first.user, session, DAY) == first
    chosen = door.switch_affectation(user=first.user, session=session, affectation_id=second.pk, as_of=DAY)
    assert door.affectation_of(first.user, session, DAY) == second
    assert (chosen.role, chosen.entreprise_id) == (Role.ACCOMPAGNATEUR, second.entreprise_id)


def test_another_persons_role_cannot_be_taken_and_an_ended_one_is_not_replaced_unseen():
    mine, other = make.AffectationFactory(), make.AffectationFactory()
    session = SessionStore()
    for wanted in (other.pk, uuid.uuid4()):
        with pytest.raises(AccessDenied, match="Choisissez"):
            door.switch_affectation(user=mine.user, session=session, affectation_id=wanted, as_of=DAY)
    make.AffectationFactory(user=mine.user, role="accompagnateur")
    door.switch_affectation(user=mine.user, session=session, affectation_id=mine.pk, as_of=DAY)
    Affectation.objects.filter(pk=mine.pk).update(ends_on=DAY)
    assert door.affectation_of(mine.user, session, DAY + dt.timedelta(days=1)) is None


@pytest.mark.parametrize("workspace", ["gestionnaire", "administration", "public"])
@pytest.mark.parametrize("role", [None, *Role])
def test_a_stranger_to_a_workspace_gets_404(workspace, role):
    user = make.UserFactory()
    if role:
        inside = make.EntrepriseInsertionFactory() if role in INSIDE_ROLES else None
        make.AffectationFactory(user=user, role=role.value, entreprise=inside)
    request = RequestFactory().get("/")
    request.user, request.session = user, SessionStore()
    request.resolver_match = ResolverMatch(lambda: None, (), {}, namespaces=[workspace])
    middleware = ActorMiddleware(lambda request: HttpResponse())
    middleware(request)
    if workspace == "public" or (role and role.value == workspace):
        assert middleware.process_view(request) is None
    else:
        with pytest.raises(Http404):
            middleware.process_view(request)


class TestEntrepriseActions:
    def test_two_agrements_never_share_a_day(self):
        entreprise = make.EntrepriseInsertionFactory()
        by = make.actor(Role.GESTIONNAIRE, entreprise)
        facts_of = {"entreprise": entreprise, "by": by, "now": NOW}
        actions.record_agrement(
            kind="initial", starts_on=dt.date(2022, 3, 15), ends_on=dt.date(2024, 3, 14), **facts_of
        )
        with pytest.raises(RowRefused, match="chevauche"):
            actions.record_agrement(kind="indetermine", starts_on=dt.date(2024, 3, 14), **facts_of)
        actions.record_agrement(kind="indetermine", starts_on=dt.date(2024, 3, 15), **facts_of)
        read = facts.agrement_facts(entreprise.pk)
        assert [one.kind for one in read.agrements] == ["initial", "indetermine"]

    def test_the_vat_share_holds_from_its_date(self):
        entreprise = make.EntrepriseInsertionFactory()
        by = make.actor(Role.GESTIONNAIRE, entreprise)
        for start, percent in ((dt.date(2024, 1, 1), 60), (dt.date(2026, 1, 1), 80)):
            actions.set_part_tva(entreprise=entreprise, starts_on=start, percent=percent, by=by, now=NOW)
        days = (dt.date(2023, 12, 31), dt.date(2025, 12, 31), dt.date(2026, 1, 1))
        assert [facts.part_tva_at(entreprise.pk, day) for day in days] == [None, 60, 80]

    def test_a_refusal_names_the_field(self):
        by = make.actor(Role.SUPPORT)
        with pytest.raises(RowRefused) as refused:
            actions.create_entreprise(name="Essai", bce="0403170702", by=by, now=NOW)
        assert "Recopiez" in refused.value.fields["bce"][0]

    def test_the_number_is_kept_as_ten_digits(self):
        row = actions.create_entreprise(name="Essai", bce="BE 0403.170.701", by=make.actor(Role.SUPPORT), now=NOW)
        assert (row.bce, row.bce_display) == ("0403170701", "0403.170.701")


class TestPersonActions:
    def test_the_niss_is_refused_unless_turned_on_and_never_repeated(self):
        entreprise = make.EntrepriseInsertionFactory()
        by = make.actor(Role.GESTIONNAIRE, entreprise)
        row = make.TravailleurFactory(entreprise=entreprise)
        with pytest.raises(RowRefused, match="Activez-le"):
            registre.modify_travailleur(travailleur=row, niss="85.07.30-033.28", by=by, now=NOW)
        actions.modify_entreprise(entreprise=entreprise, niss_enabled=True, by=by, now=NOW)
        row = registre.modify_travailleur(travailleur=row, niss="85.07.30-033.28", by=by, now=NOW)
        assert Travailleur.objects.get(pk=row.pk).niss == "85073003328"
        with pytest.raises(RowRefused) as refused:
            registre.modify_travailleur(travailleur=row, niss="85073003329", by=by, now=NOW)
        assert "850730" not in str(refused.value)

    def test_a_status_is_frozen_once_and_corrected_with_a_reason(self):
        contract = make.EngagementFactory(statut="")
        by = make.actor(Role.GESTIONNAIRE, contract.entreprise)
        row = statuts.freeze_statut(engagement=contract, statut="td", conditions={6: None}, by=by, now=NOW)
        with pytest.raises(RowRefused, match="déjà figé"):
            statuts.freeze_statut(engagement=contract, statut="tgd", by=by, now=NOW)
        with pytest.raises(RowRefused, match="Écrivez pourquoi"):
            statuts.correct_statut(statut=row, to="tgd", reason=" ", by=by, now=NOW)
        assert statuts.correct_statut(statut=row, to="tgd", reason="Erreur d’encodage", by=by, now=NOW).statut == "tgd"

    def test_conditions_are_opened_on_record(self, django_assert_num_queries):
        row = make.ConditionStatutFactory(handicap=True)
        author = Actor(row.recorded_by_id, Role.GESTIONNAIRE, row.entreprise_id)
        colleague = make.actor(Role.GESTIONNAIRE, row.entreprise)
        assert [one.number for one in statuts.open_conditions(statut=row.statut, by=author, now=NOW)] == [7]
        assert statuts.open_conditions(statut=row.statut, by=colleague, now=NOW) == []
        inspector = make.actor(Role.INSPECTION)
        with pytest.raises(AccessDenied, match="pour une raison"):
            statuts.open_conditions(statut=row.statut, by=inspector, now=NOW)
        assert statuts.open_conditions(statut=row.statut, by=inspector, now=NOW, purpose="controle_sur_place")

    def test_two_contracts_together_share_no_weekday(self):
        person = make.AccompagnateurFactory()
        by = make.actor(Role.GESTIONNAIRE, person.entreprise)
        given = {"accompagnateur": person, "hours_per_week": 19, "starts_on": dt.date(2024, 1, 1), "by": by, "now": NOW}
        first = accompagnateurs.sign_contrat(**given)
        with pytest.raises(RowRefused, match="disent chacun"):
            accompagnateurs.sign_contrat(kind="second", weekdays="345", **given)
        accompagnateurs.modify_contrat(contrat=first, weekdays="213", by=by, now=NOW)
        with pytest.raises(RowRefused, match="en commun"):
            accompagnateurs.sign_contrat(kind="second", weekdays="345", **given)
        assert accompagnateurs.sign_contrat(kind="second", weekdays="54", **given).weekdays == "45"

    def test_two_absences_never_share_a_day(self):
        absence = make.AbsenceFactory()
        by = make.actor(Role.GESTIONNAIRE, absence.entreprise)
        with pytest.raises(RowRefused, match="chevauchent"):
            registre.record_absence(
                travailleur=absence.travailleur, kind="maladie", starts_on=dt.date(2025, 3, 14), by=by, now=NOW
            )
